"""The words of strokes are captions like all others: each at its way's start, and gone before the next."""

from __future__ import annotations

from pathlib import Path

from voiceguide.sidecars.captions import captions
from voiceguide.timeline import reading

PATH = Path(__file__).parents[1] / "sessions" / "rhythm-short-full.json"


def test_every_word_of_a_stroke_is_a_caption() -> None:
    """And nothing is shown for a stroke that only sounds."""
    timeline = reading.read(PATH)
    words = {"out", "back", "last"}
    starts = {clip.start for clip in timeline.on("narration") if clip.role in words}
    said = {caption.start: caption.text for caption in captions(timeline) if caption.start in starts}
    strokes = [cycle for chapter in timeline.chapters for slot in chapter.slots for cycle in slot.cycles]
    first = timeline.chapters[1].slots[0].cycles
    assert [said.get(cycle.out[0]) for cycle in first] == ["Glide"] * 2 + [None] * (len(first) - 3) + ["One last time."]
    assert [said.get(cycle.back[0]) for cycle in first[:2]] == ["Back"] * 2
    assert {cycle.out[0] for cycle in strokes if cycle.voiced} <= {*said}
