"""Every door where a path comes in, with names that no disk takes: one message, and nothing is begun."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import QUICK

import voiceguide

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result

LONG = "a" * 300
NAMES = {
    "long": LONG,
    "long folder": f"{LONG}/b",
    "longest": "d/" * 2100 + "b",
    "NUL": "a\0b",
    "half a letter": "\ud800",
    "a byte that is none": "a\udcff",
    "a circle": "loop/b",
    "through a file": "small.yaml/b",
    "none": "",
}
TONE = ("--voice", "tone")
DOORS = [
    ["list", "--routines", "X"],
    ["show", "X"],
    ["show", "X.yaml"],
    ["show", "small.yaml+X.yaml"],
    ["show", "small.yaml", "--routines", "X"],
    ["plan", "small.yaml", *TONE, "--bed", "X.wav"],
    ["check", "X.yaml"],
    ["card", "small.yaml", *TONE, "-o", "X.txt"],
    ["card", "X.mp3"],
    ["preview", "small.yaml", "--step", "1", *QUICK, "-o", "X.txt"],
    ["render", "small.yaml", *QUICK, "-o", "X.txt"],
    ["render", "small.yaml", *QUICK, "-o", "a.wav", "--timeline", "small.yaml/X.json"],
    ["play", "X.wav", "--device", "null"],
    ["batch", "X.yaml", "-o", "out"],
    ["batch", "no-such", "-o", "X"],
    ["batch", "jobs.yaml", "-o", "out"],
    ["measure", "X.wav"],
    ["measure", "s.wav", "--timeline", "X.json"],
    ["measure", "s.wav", "--plot", "X.txt"],
    ["player", "X.mp3"],
    ["player", "X"],
    ["player", "s.wav", "--routine", "X"],
    ["feed", "X", "--url", "https://a.b"],
    ["feed", ".", "--url", "https://a.b", "--title", "X"],
    ["say", "Hello.", *TONE, "-o", "X.txt"],
    ["new", "X/", "--yes"],
    ["new", "small.yaml", "--yes", "--title", "X"],
    ["import", "X.md"],
    ["import", "small.yaml", "-o", "X.txt"],
    ["schema", "-o", "small.yaml/X"],
]
VARIABLES = ["VOICEGUIDE_ROUTINES", "VOICEGUIDE_CONFIG", "VOICEGUIDE_RENDER_BED", "VOICEGUIDE_CACHE"]


@pytest.fixture(autouse=True)
def odd(folder: Path) -> None:
    """A link that leads to itself."""
    if os.name == "nt":
        pytest.skip("other names are odd there")
    (folder / "loop").symlink_to("loop")


@pytest.mark.parametrize("arguments", DOORS, ids=" ".join)
def test_a_path_ends_in_one_message(arguments: list[str], folder: Path, run: Callable[..., Result]) -> None:
    """The exit code is a user's fault or a file's, and no file is made or changed."""
    for kind, name in NAMES.items():
        asked = json.dumps(name or "x")
        (folder / "jobs.yaml").write_text(f"- routine: {asked}\n  bed: {asked}\n")
        before = {path: path.lstat().st_mtime_ns for path in folder.iterdir()}
        result = run(*(argument.replace("X", name) for argument in arguments))
        if name or "--routines" not in arguments:  # no folder at all is this one
            assert result.code in {1, 2, 3}, (kind, result)
            assert result.out == "", kind
            assert re.search(r"^Error: |^Usage: |:\d+:\d+: ", result.err), (kind, result.err)
        assert not re.search("this is a bug|Traceback|Errno", result.err), (kind, result.err)
        assert {path: path.lstat().st_mtime_ns for path in folder.iterdir()} == before, kind


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_variable_does(variable: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder or a file that a variable names and cannot be is told; a cache that cannot be there stops no list."""
    for name in ("~nosuch/x", *(name for name in NAMES.values() if name and name.isprintable())):
        monkeypatch.setenv(variable, name)
        result = run("plan", "small.yaml", *TONE)
        assert result.code in ({0, 2} if variable == "VOICEGUIDE_CACHE" else {2}), (name, result)
        assert not re.search("this is a bug|Traceback|Errno", result.err), (name, result.err)
        assert run("list").code == (2 if variable in VARIABLES[:2] else 0), name


@pytest.mark.parametrize("named", ["small.yaml", "", "nowhere"])
def test_a_home_that_is_none(named: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a config file nor a cache needs to be there."""
    for name in ("VOICEGUIDE_CACHE", "VOICEGUIDE_CONFIG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", os.path.abspath(named) if named else "")  # noqa: PTH100 (a Path is never empty)
    assert run("list").code == 0


@pytest.mark.parametrize("name", ["a\udcffb", "a\x1b]b"])
def test_a_file_of_such_a_name_is_read(name: str, folder: Path, run: Callable[..., Result]) -> None:
    """What lies on the disk can be used, though its name is no text."""
    try:
        (folder / f"{name}.yaml").write_bytes((folder / "small.yaml").read_bytes())
    except OSError:
        pytest.skip("this disk takes text only")
    assert run("check", f"{name}.yaml").code == 0
    assert run("list", "--routines", ".").code == 0
    assert run("preview", f"{name}.yaml", "--step", "1", *QUICK, "--bed", "none", "-o", "a.wav").code == 0
    assert run("plan", f"{name}.yaml", *TONE, "--json").json["routine"] == name.replace("\udcff", "?")
    (folder / "a.wav").rename(folder / f"{name}.wav")
    assert run("measure", f"{name}.wav").code == 0


def test_only_one_place_looks_where_a_path_leads() -> None:
    """`Path` raises for some names, and `store/paths` does not: rooms that are given paths ask there."""
    package = Path(voiceguide.__file__).parent
    rooms = ("authoring", "batch", "catalogue", "cli", "exports", "play", "publish", "routine", "session", "sound")
    for path in (file for room in rooms for file in (package / room).rglob("*.py")):
        assert not re.search(r"\.(exists|is_file|is_dir)\(\)", path.read_text("utf-8")), path
