"""`voiceguide player` writes a page for a session's file, and says what is missing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL

from voiceguide.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

    Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def session(folder: Path, rendered: Path) -> Path:
    """The session, in the folder of the test's own."""
    for name in ("s.mp3", "s.json"):
        shutil.copy(rendered / name, folder)
    return folder


def page(folder: Path, name: str = "s.html") -> str:
    return (folder / name).read_text("utf-8")


def test_player_follows_measure():
    assert [*COMMANDS].index("player") == [*COMMANDS].index("measure") + 1


def test_the_page_stands_beside_the_file_once(run: Run, refused: Callable[..., str], folder: Path) -> None:
    """Its path is the result; a page that exists stays unless asked."""
    assert run("player", "s.mp3").out == "s.html\n"
    assert (folder / "s.html").stat().st_size > (folder / "s.mp3").stat().st_size * 4 / 3
    assert "--overwrite" in refused("player", "s.mp3")
    assert run("player", "s.mp3", "--overwrite").code == 0


def test_a_page_is_named_like_one(refused: Callable[..., str], folder: Path) -> None:
    """So that no page takes the place of its own sound."""
    before = (folder / "s.mp3").read_bytes()
    assert "got s.mp3" in refused("player", "s.mp3", "-o", "s.mp3", "--overwrite")
    assert (folder / "s.mp3").read_bytes() == before


def test_a_drawing_that_is_gone_is_said(run: Run, folder: Path) -> None:
    """One that stood beside the routine, which only the routine finds; the page and the card are made without it."""
    from mutagen.id3 import ID3

    ID3(folder / "s.mp3").delete()
    told = json.loads((folder / "s.json").read_text("utf-8"))
    told["chapters"][1]["show"] = "mine.svg"
    (folder / "s.json").write_text(json.dumps(told), "utf-8")
    for command in ("player", "card"):
        made = run(command, "s.mp3", "--timeline", "s.json", "--overwrite")
        assert made.code == 0
        assert "mine.svg" in made.err
        assert run(command, "s.mp3", "--timeline", "s.json", "--overwrite", "--quiet").err == ""


def test_a_timeline_can_be_given(run: Run, refused: Callable[..., str], folder: Path) -> None:
    """A file that carries none needs one; that of another session is refused."""
    from mutagen.id3 import ID3

    ID3(folder / "s.mp3").delete()
    assert "--timeline" in refused("player", "s.mp3")
    assert run("player", "s.mp3", "--timeline", "s.json", "-o", "other.html").out == "other.html\n"
    assert "First strokes" in page(folder, "other.html")
    other = json.loads((folder / "s.json").read_text("utf-8"))
    other["duration"] = other["chapters"][-1]["end"] = 1000.0
    (folder / "other.json").write_text(json.dumps(other), "utf-8")
    assert "another session" in refused("player", "s.mp3", "--timeline", "other.json", "-o", "b.html")


def test_a_linked_page_stands_in_the_files_folder(run: Run, refused: Callable[..., str], folder: Path) -> None:
    """It is small, and refused anywhere else, as it would find no sound there."""
    assert run("player", "s.mp3", "--link").code == 0
    assert (folder / "s.html").stat().st_size < (folder / "s.mp3").stat().st_size
    (folder / "pages").mkdir()
    message = refused("player", "s.mp3", "--link", "-o", "pages/s.html")
    assert "--link" in message
    assert not (folder / "pages" / "s.html").exists()


def test_notes_are_those_of_the_routine_in_the_file(run: Run, folder: Path) -> None:
    """Where it is found under its name and is still called so; else those asked for, or none."""
    run("player", "s.mp3")
    assert "Eat a little first." not in page(folder)  # small.yaml is in no folder of routines
    run("player", "s.mp3", "--routines", ".", "--overwrite")
    assert "Eat a little first." in page(folder)
    (folder / "small.yaml").write_text(SMALL.replace("title: Small one", "title: Another"), "utf-8")
    run("player", "s.mp3", "--routines", ".", "--overwrite")
    assert "Eat a little first." not in page(folder)
    run("player", "s.mp3", "--routine", "small.yaml", "--overwrite")
    assert "Eat a little first." in page(folder)


@pytest.mark.parametrize(("name", "code", "told"), [("none.mp3", 1, "none.mp3"), ("small.yaml", 2, "got .yaml")])
def test_what_is_no_session_is_refused(refused: Callable[..., str], folder: Path, name, code, told) -> None:
    """And no page is left."""
    assert told in refused("player", name, code=code)
    assert not list(folder.glob("*.html"))
