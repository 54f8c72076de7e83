"""`voiceguide check`: every fault and warning of every file, with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

GOOD = (
    SMALL.replace("20s..40s", "4m..5m").replace("16s..60s", "1m..90s").replace("Glide up.", "Glide up, six seconds.")
    + "reminders: [Slow and even., Soft hands.]\n"
)
"""All well: hands come soon, and work for most of it."""
BAD = SMALL.replace("say: Glide up.", "say: Glide up.\n    speed: slow").replace("hold: {press: 5s", "hold: {press: 5")
WARNED = SMALL.replace("Glide up.", "Press hard on the spine.").replace("16s..60s", "16s..60s\n    pressure: 7")


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    """A file that is all well, one with two faults, and one with warnings."""
    (folder / "small.yaml").write_text(GOOD, "utf-8")
    (folder / "bad.yaml").write_text(BAD, "utf-8")
    (folder / "warned.yaml").write_text(WARNED, "utf-8")


def test_a_good_file(run: Callable[..., Result]) -> None:
    """Nothing on stdout, a word on stderr, exit 0; as JSON an empty array."""
    result = run("check", "small.yaml")
    assert (result.code, result.out) == (0, "")
    assert "small.yaml" in result.err
    result = run("check", "small.yaml", "--json")
    assert (result.code, result.json) == (0, [])


def test_faults(run: Callable[..., Result]) -> None:
    """Each fault on a line of its own with file, line and column, and exit 3."""
    result = run("check", "bad.yaml")
    assert result.code == 3
    lines = [line for line in result.out.splitlines() if line.startswith("bad.yaml:")]
    assert [line.split(":")[1] for line in lines] == ["14", "19"]
    assert "speed" in lines[0]
    assert "steps[1].hold.press" in lines[1]
    assert "2 faults" in result.err


def test_faults_as_json(run: Callable[..., Result]) -> None:
    """One array for all files, with exactly the interface's fields."""
    result = run("check", "small.yaml", "bad.yaml", "warned.yaml", "--json")
    assert result.code == 3
    found = result.json
    assert all(set(f) == {"file", "line", "column", "path", "level", "rule", "message"} for f in found)
    assert [(f["file"], f["line"], f["level"]) for f in found[:2]] == [
        ("bad.yaml", 14, "fault"),
        ("bad.yaml", 19, "fault"),
    ]
    assert found[1]["path"] == "steps[1].hold.press"
    assert {f["level"] for f in found if f["file"] == "warned.yaml"} == {"warning"}
    assert all(isinstance(f["line"], int) and isinstance(f["column"], int) for f in found)


def test_warnings_and_strict(run: Callable[..., Result]) -> None:
    """Warnings alone end with 0; with --strict they are faults."""
    assert run("check", "warned.yaml").code == 0
    assert "warning" in run("check", "warned.yaml").out
    result = run("check", "warned.yaml", "--strict", "--json")
    assert result.code == 3
    assert {f["level"] for f in result.json} == {"fault"}


def test_what_does_not_fit(run: Callable[..., Result], folder: Path) -> None:
    """By estimate: words too many for their slot are a fault with the duration's line."""
    (folder / "long.yaml").write_text(SMALL.replace("Glide up.", "Glide up and up again. " * 20))
    result = run("check", "long.yaml", "--json")
    assert result.code == 3
    assert [(f["rule"], f["line"]) for f in result.json if f["level"] == "fault"] == [("does-not-fit", 14)]


def test_a_bundled_name(run: Callable[..., Result]) -> None:
    """A routine of ours has no fault, and works by its name."""
    result = run("check", "upper-back", "--json")
    assert result.code == 0
    assert all(f["level"] == "warning" for f in result.json)


def test_a_file_that_is_not_there(refused: Callable[..., str]) -> None:
    """That is usage: exit 2, and no JSON."""
    assert '"small.yaml"' in refused("check", "smal.yaml")
    assert "folder" in refused("check", "../here/")
    refused("check", "small.yaml", "nothing.yaml", "--json")
    refused("check")


def test_a_language_nobody_speaks(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A file whose language cannot be spoken here is told of, and not at fault."""
    from voiceguide import voices
    from voiceguide.errors import MissingError

    def missing(*_arguments: object, **_options: object) -> None:
        raise MissingError("No voice for it is ready here.")

    monkeypatch.setattr(voices, "pick", missing)
    result = run("check", "small.yaml", "--json")
    assert result.code == 0
    assert any("No voice" in f["message"] for f in result.json)


def _interrupted_after(*events: Callable[[], object]) -> Callable[[float], None]:
    """A sleep in which the events happen one after the other, each followed by a look, and then Ctrl-C."""
    waits = iter([step for event in events for step in (event, lambda: None)])

    def sleep(_seconds: float) -> None:
        event = next(waits, None)
        if event is None:
            raise KeyboardInterrupt
        event()

    return sleep


def test_watching(run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each change is checked with its time, faults and "all well"; Ctrl-C ends it with 130."""
    from voiceguide.cli import check

    path = folder / "small.yaml"
    sleep = _interrupted_after(lambda: path.write_text(BAD, "utf-8"), lambda: path.write_text(GOOD, "utf-8"))
    monkeypatch.setattr(check.time, "sleep", sleep)
    result = run("check", "--watch", "small.yaml")
    assert result.code == 130
    told = [line for line in result.err.splitlines() if line.startswith("small.yaml: ")]
    assert told == ["small.yaml: all well", "small.yaml: 2 faults, 0 warnings", "small.yaml: all well"]
    assert len(re.findall(r"\d\d:\d\d:\d\d", result.err)) == 3
    assert [line.split(":")[1] for line in result.out.splitlines() if line.startswith("small.yaml:")] == ["14", "19"]
    assert "Traceback" not in result.err
    assert "\x1b" not in result.out


def test_watching_a_file_that_goes(run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told of, and watched on: it may come back."""
    from voiceguide.cli import check

    path = folder / "small.yaml"
    monkeypatch.setattr(check.time, "sleep", _interrupted_after(path.unlink, lambda: path.write_text(GOOD, "utf-8")))
    result = run("check", "--watch", "small.yaml", "--strict")
    assert result.code == 130
    assert result.err.index("all well") < result.err.index("found none") < result.err.rindex("all well")


def test_watching_on_a_terminal(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen is cleared before each check."""
    from voiceguide.cli import check

    cleared: list[bool] = []
    monkeypatch.setattr(check.click, "clear", lambda: cleared.append(True))
    monkeypatch.setattr(check.time, "sleep", _interrupted_after())
    assert run("check", "--watch", "small.yaml", "--quiet").code == 130
    assert cleared == [True]


def test_watching_is_no_json(refused: Callable[..., str]) -> None:
    """One document never ends: usage."""
    assert "--watch" in refused("check", "--watch", "--json", "small.yaml")
    refused("check", "--watch", "nothing.yaml")
