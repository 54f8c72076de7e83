"""A format of somebody else's works with all that is made of a finished file, or is refused before a word is spoken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import engines_for_tests as engines
import formats_for_tests as formats
import pytest
from commands_for_tests import QUICK, SMALL

from voiceguide.session import load, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session in such a format, made once."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "small.yaml").write_text(SMALL, "utf-8")
    bare: dict[str, Any] = {"opening": False, "closing": False, "gate": "brief", "bed": "none"}
    with pytest.MonkeyPatch.context() as patch:
        formats.register(patch)
        render(load(folder / "small.yaml"), folder / "s.plain", voice="tone", **bare)
    return folder / "s.plain"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the formats, and a voice that counts."""
    formats.register(monkeypatch)
    engines.register(monkeypatch)
    engines.Counting.spoken.clear()


def test_a_player_plays_it(run: Callable[..., Result]) -> None:
    """The page knows its type, and that of a finished file too."""
    made = run("render", "small.yaml", *QUICK, "--bed", "none", "-o", "s.plain", "--player")
    assert made.out == "s.plain\n"
    page = Path("s.html").read_text("utf-8")
    assert '"type":"audio/x-plain"' in page.replace(": ", ":")
    Path("s.html").unlink()
    assert run("player", "s.plain").out == "s.html\n"
    assert Path("s.html").read_text("utf-8").count("Small one") == page.count("Small one")


def test_a_feed_names_it(run: Callable[..., Result], plain: Path) -> None:
    """With its type, its length and its chapters."""
    Path("out").mkdir()
    shutil.copy(plain, "out")
    assert run("feed", "out", "--url", "https://example.org/m").code == 0
    enclosure = ElementTree.parse("out/feed.xml").find("channel/item/enclosure")  # noqa: S314 (our own file)
    assert enclosure is not None
    assert enclosure.get("type") == "audio/x-plain"
    assert Path("out/s.chapters.json").exists()


def test_a_card_is_made_of_it(run: Callable[..., Result], plain: Path) -> None:
    """By the timeline that it carries."""
    assert run("card", str(plain)).out == "s-card.html\n"
    assert "First strokes" in Path("s-card.html").read_text("utf-8")


def test_what_no_page_plays_is_refused_before_a_word_is_spoken(refused: Callable[..., str]) -> None:
    """And nothing is written."""
    message = refused("render", "small.yaml", *QUICK[2:], "--voice", "counting", "-o", "s.mute", "--player")
    assert "pages cannot play .mute files: choose another format" in message
    assert not engines.Counting.spoken
    assert not Path("s.mute").exists()


def test_what_no_page_plays_is_not_linked_by_a_feed(run: Callable[..., Result], plain: Path) -> None:
    """The whole feed is refused, with the file's name, and nothing of it is there."""
    Path("out").mkdir()
    shutil.copy(plain, "out/s.mute")
    result = run("feed", "out", "--url", "https://example.org/m")
    assert (result.code, [*Path("out").glob("feed.xml")]) == (2, [])
    assert "s.mute: pages cannot play .mute files" in result.err
