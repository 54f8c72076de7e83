"""A session's cover comes from the cache until its looks, its words or Pillow are others."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import load, render
from voiceguide.pages import cover as covers

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
