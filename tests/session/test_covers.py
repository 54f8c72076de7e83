"""Who made a session and its cover: the listener's or the author's, else drawn once for its looks and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures_for_tests import picture

from voiceguide import load, render
from voiceguide.errors import RoutineError, UsageError
from voiceguide.exports import finished, suffixes
from voiceguide.pages import cover as covers
from voiceguide.publish.beside import Wanted

ROUTINE = """title: One step
summary: Rests for a moment.
language: en
steps:
  - {name: Rest, duration: 10s, say: Rest your hands.}
"""
QUICKLY = {
    "voice": "tone",
    "bed": "none",
    "gate": "brief",
    "opening": False,
    "closing": False,
    "overwrite": True,
}
"""As soon as a session can be made, again and again."""


def test_a_cover_is_drawn_once_a_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same session takes it from the cache; another version of what draws it, or of Pillow, draws it anew."""
    drawn: list[tuple[str, ...]] = []
    monkeypatch.setattr(covers, "cover", lambda *words: drawn.append(words) or b"\x89PNG\r\n\x1a\n")
    path = tmp_path / "one.yaml"
    path.write_text(ROUTINE, "utf-8")

    def times_drawn() -> int:
        render(load(path), tmp_path / "a.flac", **QUICKLY)
        return len(drawn)

    assert [times_drawn(), times_drawn()] == [1, 1]
    monkeypatch.setattr(covers, "VERSION", covers.VERSION + 1)
    assert [times_drawn(), times_drawn()] == [2, 2]
    monkeypatch.setattr(covers, "drawn_by", lambda: (covers.VERSION, "another"))
    assert [times_drawn(), times_drawn()] == [3, 3]


def test_a_cover_is_drawn_for_its_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They choose its motif: another routine of the same title and length has a picture of its own."""
    drawn: list[str] = []
    monkeypatch.setattr(covers, "cover", lambda *words: drawn.append(words[2]) or b"\x89PNG\r\n\x1a\n")
    for tags in ("[feet]", "[neck]"):
        path = tmp_path / "one.yaml"
        path.write_text(f"tags: {tags}\n{ROUTINE}", "utf-8")
        render(load(path), tmp_path / "a.flac", **QUICKLY)
    assert drawn == [covers.motif_of(("feet",)), covers.motif_of(("neck",))]
    assert len(set(drawn)) == 2


SIGNED = f"author: Ana Rossi\ncover: own.jpg\n{ROUTINE}"


@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_tells_its_author_and_shows_the_own_cover(tmp_path: Path, suffix: str) -> None:
    """The routine's; the same bytes, as far as a format has pictures."""
    (tmp_path / "own.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "one.yaml").write_text(SIGNED, "utf-8")
    render(load(tmp_path / "one.yaml"), tmp_path / f"a{suffix}", **QUICKLY)
    told = finished.read(tmp_path / f"a{suffix}")
    assert (told.artist, told.cover) == ("Ana Rossi", picture("JPEG"))


def test_the_listeners_own_goes_before_the_authors(tmp_path: Path) -> None:
    """In the file and on its page; a line of it is the same from Python as from a file."""
    (tmp_path / "own.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "mine.png").write_bytes(picture("PNG"))
    (tmp_path / "one.yaml").write_text(SIGNED, "utf-8")
    routine = load(tmp_path / "one.yaml")
    chosen = {**QUICKLY, "artist": "Bo & Co", "cover": tmp_path / "mine.png", "beside": Wanted(player=True)}
    render(routine, tmp_path / "a.mp3", **chosen)
    told, page = finished.read(tmp_path / "a.mp3"), (tmp_path / "a.html").read_text("utf-8")
    assert (told.artist, told.cover) == ("Bo & Co", picture("PNG"))
    assert "By Bo &amp; Co" in page
    assert "data:image/png;base64," in page
    for wrong in ({"artist": "two\nlines"}, {"artist": " "}, {"artist": "a" * 201}, {"cover": tmp_path / "none.png"}):
        with pytest.raises(UsageError, match=next(iter(wrong))):
            render(routine, tmp_path / "b.mp3", **{**chosen, **wrong})
    assert not (tmp_path / "b.mp3").exists()


def test_a_cover_that_is_none_is_a_fault_of_the_file(tmp_path: Path) -> None:
    """With its line: one that is not there, one that is broken, one that leads out; and an author's name is short."""
    (tmp_path / "broken.png").write_bytes(b"no picture")
    for line, rule in {
        "cover: none.png": "unknown-cover",
        "cover: broken.png": "bad-cover",
        "cover: ../own.jpg": "unsafe-path",
        f"author: {'a' * 201}": "long-name",
    }.items():
        (tmp_path / "one.yaml").write_text(f"{line}\n{ROUTINE}", "utf-8")
        with pytest.raises(RoutineError) as raised:
            load(tmp_path / "one.yaml")
        assert [(fault.rule, fault.place.line) for fault in raised.value.faults] == [(rule, 1)]
