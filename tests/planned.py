"""Plans for tests: routines written as YAML, and sessions laid out in which every word lasts exactly one second."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from voiceguide import phrases
from voiceguide.choices import Choices
from voiceguide.planning import Lengths
from voiceguide.routine.reading import read
from voiceguide.session.drafting import Drafting
from voiceguide.text.utter import utter

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine
    from voiceguide.session.drafting import Draft
    from voiceguide.text.utterance import Sentence
    from voiceguide.timeline import Chapter, Clip, Slot

SOUNDS = {
    "step": 5.0,
    "switch": 3.0,
    "press": 1.0,
    "release": 1.0,
    "halfway": 5.0,
    "last-minute": 6.0,
    "breath": 10.0,
    "swell": 12.0,
    "end": 15.0,
}
"""Seconds of each sound of the code."""

Heard = tuple[str, float, float, str | None]
"""(role, start, end, words or sound), in seconds from the start of what it belongs to."""


def spoken(sentence: Sentence) -> float:
    """Return a second a word."""
    return float(len(sentence.spoken.split()))


def lengths(*, estimated: bool = False, **sounds: float) -> Lengths:
    """Return lengths in which a word lasts a second, with other sounds where asked."""
    return Lengths(spoken, {**SOUNDS, **sounds}, estimated=estimated)


def words(count: int, first: str = "Go") -> str:
    """Return one sentence of so many words: it lasts as many seconds."""
    return " ".join([first, *["on"] * (count - 1)])


def phrase(key: str, **values: str) -> float:
    """Return the seconds of one of the program's own English phrases."""
    text = phrases.load("en").get(key, "giver")
    return utter(key, (text,), {"title": "T", "minutes": "10 minutes", **values}, "en").length(spoken)


HEAD = "title: T\nsummary: S"


def routine(steps: str, top: str = "", head: str = HEAD) -> Routine:
    """Return the routine of these list items, with `head` and `top` above them; RoutineError with its faults."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.yaml"
        path.write_text(f"{head}\n{top}\nsteps:\n{steps}\n", encoding="utf-8")
        return read(path)


def told(key: str, audience: Literal["giver", "self"] = "giver", **values: str) -> str:
    """Return the words of one of the program's own English phrases, as a clip's text has them."""
    text = phrases.load("en").get(key, audience)
    return utter(key, (text,), {"title": "T", "minutes": "10 minutes", **values}, "en").pieces()[0].text


def nearest(refused: object) -> str:
    """Return the total that a refusal names as the nearest that works."""
    found = re.search(r"the nearest total that works is ([\w.]+)", str(refused))
    assert found, str(refused)
    return found[1]


@dataclass(frozen=True)
class Plan:
    """A draft, to be looked into."""

    draft: Draft

    @property
    def duration(self) -> float:
        """Seconds of the session."""
        return self.draft.layout.duration

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All of them, opening and closing too."""
        return self.draft.layout.chapters

    @property
    def clips(self) -> tuple[Clip, ...]:
        """Narration and chimes, by start."""
        return self.draft.layout.clips

    @property
    def left_out(self) -> dict[str, int]:
        """What found no place, by role."""
        return dict(self.draft.layout.left_out)

    def steps(self) -> tuple[Chapter, ...]:
        """The chapters that are steps."""
        return tuple(chapter for chapter in self.chapters if chapter.step is not None)

    def slot(self, chapter: int = 0, side: int = 0) -> Slot:
        """A slot of a step's chapter."""
        return self.steps()[chapter].slots[side]

    def seconds(self, chapter: int = 0, side: int = 0) -> float:
        """How long a slot lasts."""
        slot = self.slot(chapter, side)
        return round(slot.end - slot.start, 6)

    def in_slot(self, chapter: int = 0, side: int = 0) -> list[Heard]:
        """What starts in a slot, in seconds from its start."""
        slot = self.slot(chapter, side)
        return self.between(slot.start, slot.end)

    def said(self, chapter: int = 0, side: int = 0) -> list[tuple[str, float]]:
        """Role and start of the words in a slot."""
        slot = self.slot(chapter, side)
        return [(c.role, round(c.start - slot.start, 6)) for c in self.within(slot.start, slot.end, "narration")]

    def rung(self, chapter: int = 0, side: int = 0) -> list[tuple[str, float]]:
        """Sound and start of the chimes in a slot."""
        slot = self.slot(chapter, side)
        return [(c.role, round(c.start - slot.start, 6)) for c in self.within(slot.start, slot.end, "chime")]

    def lead_in(self, chapter: int = 0) -> list[Heard]:
        """What starts in a chapter's lead-in, in seconds from the chapter's start."""
        found = self.steps()[chapter]
        return self.between(found.start, found.slots[0].start)

    def lead_in_seconds(self, chapter: int = 0) -> float:
        """How long a chapter's lead-in lasts."""
        found = self.steps()[chapter]
        return round(found.slots[0].start - found.start, 6)

    def after(self, chapter: int = 0, side: int = -1) -> list[Heard]:
        """What starts between a slot and the next one, or its chapter's end, in seconds from the slot's end."""
        found = self.steps()[chapter]
        side %= len(found.slots)
        end = found.slots[side + 1].start if side + 1 < len(found.slots) else found.end
        return self.between(found.slots[side].end, end)

    def between(self, start: float, end: float) -> list[Heard]:
        """What starts in [start, end), in seconds from `start`."""
        return [
            (clip.role, round(clip.start - start, 6), round(clip.end - start, 6), clip.text or clip.sound)
            for clip in self.within(start, end)
        ]

    def within(self, start: float, end: float, track: str | None = None) -> list[Clip]:
        """The clips that start in [start, end)."""
        return [clip for clip in self.clips if start - 1e-9 <= clip.start < end - 1e-9 and track in (None, clip.track)]


def plan(
    steps: str,
    top: str = "",
    *,
    head: str = HEAD,
    measured: Lengths | None = None,
    **choices: Any,
) -> Plan:
    """Lay out a session of these steps, a word a second; without opening and closing unless asked.

    Raises as planning does: RoutineError, UsageError.
    """
    chosen = Choices(**{"opening": False, "closing": False, "gate": "brief", "linger": 0.0, **choices})
    return Plan(Drafting(routine(steps, top, head), chosen).draft(measured or lengths()))
