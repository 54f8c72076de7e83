"""Nothing is written through a link that nobody named: it is refused before anything else is written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from batches_for_tests import TINY
from finished_for_tests import write_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a link takes a privilege there")

TONE = ("--voice", "tone")
FEED = ("feed", "out/feed", "--url", "https://example.org")
BESIDE = ("--player", "--captions", "vtt,srt,lrc", "--chapters-json", "--transcript")
BATCH = ("batch", "small.yaml", *TONE, "-o", "out")
WRITERS = {
    **{
        f"out/s{suffix}": ("render", "small.yaml", *TONE, *BESIDE, "-o", "out/s.mp3")
        for suffix in (".html", ".vtt", ".srt", ".lrc", ".chapters.vtt", ".chapters.json", ".txt")
    },
    "small-short.mp3": ("render", "small.yaml", *TONE),
    "small-preview.mp3": ("preview", "small.yaml", *TONE),
    "small-short-card.html": ("card", "small.yaml", *TONE),
    "made.html": ("player", "made.mp3"),
    "mine.yaml": ("new", "mine", "--yes"),
    "routine.schema.json": ("new", "other", "--yes"),
    "rest-your-hands.yaml": ("import", "article.txt"),
    **{f"out/{name}": (*BATCH, "--length", "short,20s") for name in ("small-20s.mp3", "index.json", "index.m3u")},
    **{f"out/feed/t{suffix}": FEED for suffix in (".html", ".vtt", ".srt", ".txt", ".chapters.json", ".png")},
    **{f"out/feed/{name}": FEED for name in ("cover.png", "feed.xml", "index.html")},
}
ARTICLE = (
    "# Rest your hands\n\n1. Stroke the palm with your thumb for two minutes.\n2. Hold each finger for a minute.\n"
)


@pytest.fixture(autouse=True)
def _sources(folder: Path) -> None:
    (folder / "small.yaml").write_text(TINY, "utf-8")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    (folder / "out" / "feed").mkdir(parents=True)


@pytest.mark.parametrize("there", ["a file", "nothing"])
@pytest.mark.parametrize("name", WRITERS)
def test_a_name_that_the_program_makes_up_is_not_followed(
    name: str, there: str, refused: Callable[..., str], folder: Path, tmp_path: Path
):
    """With --overwrite a file elsewhere stays as it was; without it, none is made elsewhere."""
    command = WRITERS[name]
    if command[0] in ("feed", "player"):
        write_session(folder / ("made.mp3" if command[0] == "player" else "out/feed/t.mp3"))
    elsewhere = tmp_path / "elsewhere"
    if there == "a file":
        elsewhere.write_bytes(b"theirs")
    (folder / name).symlink_to(elsewhere)
    before = _all(tmp_path)
    overwrite = ("--overwrite",) if there == "a file" else ()
    assert f"{name} is a link" in refused(*command, *overwrite)
    assert _all(tmp_path) == before


def _all(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_a_name_that_somebody_types_is_followed(run: Callable[..., Result], folder: Path, tmp_path: Path):
    """As it was asked for, and the link stays one."""
    (folder / "mine.json").symlink_to(tmp_path / "elsewhere.json")
    (tmp_path / "elsewhere.json").write_bytes(b"old")
    assert run("schema", "-o", "mine.json", "--overwrite").code == 0
    assert (folder / "mine.json").is_symlink()
    assert b"$schema" in (tmp_path / "elsewhere.json").read_bytes()


def test_what_stands_in_a_feed_already_may_be_a_link(run: Callable[..., Result], folder: Path, tmp_path: Path):
    """It is not written, so it stays."""
    write_session(folder / "out" / "feed" / "s.mp3")
    (tmp_path / "words.txt").write_text("theirs", "utf-8")
    (folder / "out" / "feed" / "s.txt").symlink_to(tmp_path / "words.txt")
    assert run("feed", "out/feed", "--url", "https://example.org").code == 0
    assert (tmp_path / "words.txt").read_text("utf-8") == "theirs"
