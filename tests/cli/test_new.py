"""`voiceguide new`: a routine to begin with, from questions or options, that is all well."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import QUICK, SOON

from voiceguide.routine.json_schema import text
from voiceguide.routine.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

    from voiceguide.routine.model import Routine


class Typed(io.StringIO):
    """Somebody at a terminal who types lines."""

    def isatty(self) -> bool:
        """Whether there is a terminal."""
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that types lines at the next command's questions."""
    return lambda *lines: monkeypatch.setattr(sys, "stdin", Typed("".join(f"{line}\n" for line in lines)))


def _steps(routine: Routine) -> list[tuple[str | None, bool]]:
    return [(step.name.get(routine.language), bool(step.sides)) for step in routine.steps]


def test_nothing_is_asked_where_nobody_types(run: Callable[..., Result], folder: Path) -> None:
    """The path on stdout, what to do next as the last line of stderr; then it is checked and rendered as told."""
    result = run("new", "sunday-back")
    assert (result.code, result.out) == (0, "sunday-back.yaml\n")
    last = result.err.splitlines()[-1]
    assert "voiceguide check sunday-back.yaml" in last
    assert "voiceguide render sunday-back.yaml" in last
    routine = read(folder / "sunday-back.yaml")
    assert (routine.title.get("en"), routine.audience, routine.bed) == ("Sunday back", "giver", "warm-pad")
    assert run("check", "--strict", "sunday-back.yaml").code == 0


def test_what_is_written_renders(run: Callable[..., Result], folder: Path) -> None:
    """A file comes out of it."""
    assert run("new", "short", "--step", "Circles: 20s", "--bed", "none").code == 0
    result = run("render", "short.yaml", *QUICK, *SOON, "-o", "short.mp3")
    assert result.code == 0, result.err
    assert (folder / "short.mp3").stat().st_size > 100_000


def test_every_answer_can_be_an_option(run: Callable[..., Result], typed: Callable[..., None], folder: Path) -> None:
    """Then nothing is asked, even of somebody who could type."""
    typed()
    result = run(
        *(
            "new",
            "abend",
            "--title",
            "Am Abend: Ruhe",
            "--summary",
            "Für mich.",
            "--for",
            "self",
            "--position",
            "seated",
        ),
        *("--language", "de", "--bed", "rain", "--step", "Kreise: 1m, both", "--step", "Ruhe: 2", "-o", "x.yaml"),
    )
    assert (result.code, result.out) == (0, "x.yaml\n"), result.err
    routine = read(folder / "x.yaml")
    assert (routine.title.get("de"), routine.summary.get("de")) == ("Am Abend: Ruhe", "Für mich.")
    assert (routine.audience, routine.language, routine.bed) == ("self", "de", "rain")
    assert "sitzend" in str(routine.position)
    assert _steps(routine) == [("Kreise", True), ("Ruhe", False)]
    assert run("check", "--strict", "x.yaml").code == 0


def test_questions(run: Callable[..., Result], typed: Callable[..., None], folder: Path) -> None:
    """Answers are taken, Enter is the default, and an answer that cannot be is asked for again."""
    typed("", "self", "chair", "seated", "", "Circles", "soon", "1", "y", "Rest", "", "", "", "ocean")
    result = run("new", "evening")
    assert (result.code, result.out) == (0, "evening.yaml\n"), result.err
    assert "What is it called? [Evening]" in result.err
    assert "expected a duration" in result.err
    routine = read(folder / "evening.yaml")
    assert (routine.title.get("en"), routine.audience, routine.bed) == ("Evening", "self", "ocean")
    assert "seated" in str(routine.position)
    assert _steps(routine) == [("Circles", True), ("Rest", False)]


def test_enter_alone_is_the_usual_routine(run: Callable[..., Result], typed: Callable[..., None], folder: Path) -> None:
    """The very file that --yes writes."""
    typed(*[""] * 6)
    assert run("new", "one").code == 0
    typed()
    assert run("new", "one", "--yes", "-o", "other.yaml").code == 0
    one, other = ((folder / name).read_text("utf-8") for name in ("one.yaml", "other.yaml"))
    assert one == other.replace("other.yaml", "one.yaml")


def test_leaving_in_the_middle(run: Callable[..., Result], typed: Callable[..., None], folder: Path) -> None:
    """Nothing is written, and the exit code says so."""
    typed("Title")
    assert run("new", "evening").code == 130
    assert sorted(path.name for path in folder.iterdir()) == ["small.yaml"]


def test_the_schema_beside_it(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """It is there as the first line says, is renewed when it is an older one, and nobody else's file is touched."""
    assert run("new", "one").code == 0
    first = (folder / "one.yaml").read_text("utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    schema = folder / name
    assert schema.read_text("utf-8") == text()
    schema.write_text(text().replace("receiver", "somebody"), "utf-8")
    assert run("new", "two").code == 0
    assert schema.read_text("utf-8") == text()
    schema.write_text("mine", "utf-8")
    assert "--no-schema" in refused("new", "three")
    assert not (folder / "three.yaml").exists()
    assert run("new", "three", "--no-schema").code == 0
    assert schema.read_text("utf-8") == "mine"
    assert "schema" not in (folder / "three.yaml").read_text("utf-8")


def test_an_existing_file_stays(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """Unless --overwrite; it is found before anything is asked."""
    before = (folder / "small.yaml").read_text("utf-8")
    assert "--overwrite" in refused("new", "small")
    assert (folder / "small.yaml").read_text("utf-8") == before
    assert run("new", "small.yaml", "--overwrite").out == "small.yaml\n"
    assert (folder / "small.yaml").read_text("utf-8") != before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a/b"], "without a folder"),
        (["x", "-o", "x.txt"], ".yaml"),
        (["x", "-o", "nowhere/x.yaml"], "folder"),
        (["x", "--language", "it"], "de, en, es, fr"),
        (["x", "--bed", "rian"], '"rain"'),
        (["x", "--step", "Circles"], '--step: expected a step with its time, as "Circles: 1m"'),
        (["x", "--step", "Circles: 5s"], "20 s"),
        (["x", "--title", "Hello {name}"], "{name}"),
        (["x", "--title", " "], "title"),
        ([], "NAME"),
    ],
)
def test_what_cannot_be(arguments: list[str], told: str, refused: Callable[..., str], folder: Path) -> None:
    """Usage: exit 2, a message, and no file."""
    assert told in refused("new", *arguments)
    assert sorted(path.name for path in folder.iterdir()) == ["small.yaml"]


def test_warnings_are_told(run: Callable[..., Result]) -> None:
    """What is asked for and not wise is written, with a word about it."""
    result = run("new", "x", "--step", "Press hard on the spine: 1m")
    assert result.code == 0
    assert "x.yaml:" in result.err
    assert "spine" in result.err
    assert run("new", "y", "--quiet").err == ""
