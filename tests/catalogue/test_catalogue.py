"""The catalogue finds routines by name and by path, and lists them without reading them twice."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL

from voiceguide import catalogue
from voiceguide.errors import MissingError, UsageError
from voiceguide.routine import finding, reading
from voiceguide.store.assets import routines_folder
from voiceguide.store.documents import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.routine.model import Routine


PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with routines of one's own, one named as a bundled one."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("mine.yaml", "other.yml", "upper-back.yaml"):
        (folder / name).write_text(SMALL, "utf-8")
    (folder / "notes.txt").write_text("not a routine")
    (folder / "folder.yaml").mkdir()
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the routines that were read since."""
    names: list[str] = []
    true: Callable[..., Routine] = reading.read

    def noted(path: Path) -> Routine:
        names.append(path.name)
        return true(path)

    monkeypatch.setattr(reading, "read", noted)
    return names


def test_what_is_said_of_a_routine_is_known_in_each_of_its_languages() -> None:
    """Without reading the routine: a page in that language lists it so."""
    known = {entry["name"]: entry for entry in finding.index()}
    said = known["upper-back"]["said"]
    assert [*said] == known["upper-back"]["languages"]
    assert said["en"]["title"] == known["upper-back"]["title"]
    assert len({each["title"] for each in said.values()}) == len(said) > 1


def test_index_is_true() -> None:
    """What `list` says of the bundled routines is what reading them says; `scripts/make_index.py` writes it."""
    index = json.loads((routines_folder() / finding.INDEX).read_text("utf-8"))
    paths = [path for _, path in sorted(finding.files().items())]
    assert index == [catalogue.entry(reading.read(path)) for path in paths]


def test_find_by_name(own: Path) -> None:
    """A name is a bundled routine, or one of the user's own, which come first."""
    assert finding.find("upper-back").parent == routines_folder()
    assert finding.find("upper-back", (own,)) == own / "upper-back.yaml"
    assert finding.find("mine", (own,)) == own / "mine.yaml"
    assert finding.find("other", (own,)) == own / "other.yml"


def test_find_by_path(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is taken as it is, with or without a routine's suffix."""
    assert finding.find(own / "mine.yaml") == own / "mine.yaml"
    assert finding.find(str(own / "notes.txt")) == own / "notes.txt"
    monkeypatch.chdir(own)
    assert finding.find("mine.yaml").resolve() == own / "mine.yaml"
    assert finding.find("notes.txt").resolve() == own / "notes.txt"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("uper-back", 'Did you mean "upper-back"?'),
        ("nothing", "voiceguide list"),
        ("", "voiceguide list"),
        ("own/mine.yml", 'Did you mean "mine.yaml"?'),
        ("nowhere/mine.yaml", "there is no such file"),
        ("own/folder.yaml", "this is a folder"),
        ("own/", "this is a folder"),
    ],
)
def test_not_found(asked: str, words: str, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is told with what may be meant."""
    monkeypatch.chdir(own.parent)
    with pytest.raises(UsageError) as raised:
        finding.find(asked)
    assert words in str(raised.value)


def test_folders(own: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those asked for come before those of the environment; one that is not there is told."""
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv(finding.VARIABLE, os.pathsep.join((str(other), "")))
    assert finding.folders([str(own)]) == (own, other)
    with pytest.raises(UsageError, match="nowhere"):
        finding.folders([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="mine"):
        finding.folders([own / "mine.yaml"])


def test_lists_without_reading_twice(own: Path, read: list[str]) -> None:
    """The bundled are never read; the user's once, and again when they change."""
    entries, broken = catalogue.listed([own])
    assert [entry["name"] for entry in entries] == sorted({"mine", "other", *finding.files()})
    assert broken == []
    assert read == ["mine.yaml", "other.yml", "upper-back.yaml"]
    assert catalogue.listed([own]) == (entries, [])
    assert len(read) == 3
    (own / "mine.yaml").write_text(SMALL.replace("Small one", "Another one"), "utf-8")
    changed, _ = catalogue.listed([own])
    assert read[3:] == ["mine.yaml"]
    assert [entry["title"] for entry in changed if entry not in entries] == ["Another one"]


@pytest.mark.parametrize("fact", [*catalogue.TOLD, "positions"])
def test_what_is_told_of_a_routine_is_looked_at(fact: str) -> None:
    """Each thing that is kept or stands in the index is what was told, or none of it is taken."""
    good = finding.index()[0]
    assert finding.told(Value(good, "kept")) == good
    for value in (None, 7, [7], "\ud800", {"short": 10**400, "full": 1}, {"short": float("nan"), "full": 1}):
        with pytest.raises(UsageError, match=rf"kept: {fact}"):
            finding.told(Value(good | {fact: value}, "kept"))


@pytest.mark.parametrize("content", ["{", "[7]", '[{"name": "a"}]'])
def test_a_damaged_index_of_the_bundled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str) -> None:
    """It says what to do."""
    (tmp_path / finding.INDEX).write_text(content)
    monkeypatch.setattr(finding, "routines_folder", lambda: tmp_path)
    with pytest.raises(UsageError, match=r"index\.json: .*Install voiceguide again"):
        finding.index()


def test_the_first_folder_wins(own: Path, tmp_path: Path) -> None:
    """Of two routines of one name the list shows the one that `find` gives."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "mine.yaml").write_text(SMALL.replace("Small one", "First"), "utf-8")
    entries, _ = catalogue.listed([first, own])
    assert {entry["name"]: entry["title"] for entry in entries}["mine"] == "First"
    assert finding.find("mine", (first, own)).parent == first


@pytest.mark.parametrize("kept", ["no JSON", "[" * 100_000, '{"x": 1}', pytest.param("pipe", marks=PIPES), "others"])
def test_a_damaged_memory_is_made_again(kept: str, own: Path, cache: Path, read: list[str]) -> None:
    """What was kept of earlier lists may be anything, even a pipe: everything is read anew, and nobody waits."""
    entries, _ = catalogue.listed([own])
    file = cache / "routines.json"
    if kept == "others":
        known = json.loads(file.read_text("utf-8"))
        kept = json.dumps({path: {**one, "entry": {}} for path, one in known.items()})
    if kept == "pipe":
        file.unlink()
        os.mkfifo(file)
    else:
        file.write_text(kept)
    assert catalogue.listed([own]) == (entries, [])
    assert len(read) == 6


def test_what_cannot_be_listed_is_told(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with faults with how many, one that nobody can speak with what is missing; the others are listed."""
    (own / "mine.yaml").write_text("title: x\n")
    entries, broken = catalogue.listed([own])
    assert {"mine", "other"} & {entry["name"] for entry in entries} == {"other"}
    assert len(broken) == 1
    assert "2 faults" in broken[0]
    assert f"voiceguide check {own / 'mine.yaml'}" in broken[0]

    def missing(_routine: Routine) -> None:
        raise MissingError("No voice for it is ready here.")

    monkeypatch.setattr(catalogue, "entry", missing)
    (own / "other.yml").write_text(SMALL + "\n")
    _, broken = catalogue.listed([own])
    assert f"{own / 'other.yml'}: left out: No voice for it is ready here." in broken


@pytest.mark.parametrize(
    ("edits", "positions"),
    [
        ({}, ["lying", "seated"]),
        ({"setups: [lying, seated]\n": ""}, ["lying"]),
        ({"setups: [lying, seated]\n": "", "lying face down": "on a stool"}, ["seated"]),
        ({"setups: [lying, seated]\n": "", "position: lying face down\n": ""}, []),
        (
            {"setups: [lying, seated]\n": "", "position: lying": "language: de\nposition: liegend,"},
            ["lying"],
        ),
    ],
)
def test_positions(edits: dict[str, str], positions: list[str], tmp_path: Path) -> None:
    """How one can be in a routine, by its setups' names and its position, in its own language."""
    text = SMALL
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    assert catalogue.entry(reading.read(tmp_path / "a.yaml"))["positions"] == positions


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(own: Path) -> None:
    """It is told, not a bug."""
    own.chmod(0o000)
    try:
        with pytest.raises(UsageError, match="own"):
            finding.files([own])
    finally:
        own.chmod(0o755)
