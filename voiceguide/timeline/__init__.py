"""The timeline: what sounds when, in seconds, frozen; read by the mix, the exports and every face.

All ranges are half-open, [start, end). `to_json` writes the schema of the interface, and `reading` reads it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA = 1
SAMPLE_RATE = 44_100
"""Hz, of every session."""

Track = Literal["bed", "chime", "narration"]


@dataclass(frozen=True, slots=True)
class Words:
    """One spoken sentence of a clip."""

    start: float
    """Seconds, absolute."""
    end: float
    text: str
    """As the author wrote it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound placed in the session."""

    track: Track
    role: str
    """Narration's roles are the interface's; a chime's and a bed's say what they are there for."""
    start: float
    """Seconds."""
    end: float
    step: int | None = None
    """Counts the steps played from 1; None in opening and closing."""
    side: str | None = None
    sound: str | None = None
    """A chime's or bed's name, or its file as the author wrote it."""
    text: str | None = None
    sentences: tuple[Words, ...] = ()
    take: str = ""
    """Key of the take that sounds here; the mix finds the audio by it."""
    fitted: tuple[float, float] | None = None
    """(seconds it rises, seconds it falls) of a sound made to measure; None for one as its file has it."""

    @property
    def key(self) -> str:
        """Names what sounds here, for the mix: a take, or a sound with the measure it is made to."""
        if self.track == "narration":
            return self.take
        return f"{self.sound} {self.fitted[0]:g}+{self.fitted[1]:g}" if self.fitted else self.sound or ""


@dataclass(frozen=True, slots=True)
class Round:
    """One hold round of a slot."""

    press: tuple[float, float]
    release: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One stroke of a slot."""

    out: tuple[float, float]
    back: tuple[float, float]
    voiced: bool
    """Whether its words are said."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Working time: one a side."""

    side: str | None
    start: float
    end: float
    rounds: tuple[Round, ...] = ()
    cycles: tuple[Cycle, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """The opening, a step (one a side in a group) or the closing."""

    title: str
    start: float
    end: float
    step: int | None = None
    group: str | None = None
    slots: tuple[Slot, ...] = ()
    touch: bool = field(default=True, compare=False)
    """Whether the hands are on a body in its slots; for `plan` and `show`, not in the JSON."""
    show: str | None = None
    """A drawing's name, or its file as the author wrote it; None for none."""


def touching(chapters: Iterable[Chapter]) -> tuple[Slot, ...]:
    """Return the slots in which hands are on a body, in order."""
    return tuple(slot for chapter in chapters if chapter.touch for slot in chapter.slots)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is going on at a time of the session."""

    chapter: Chapter
    index: int
    """The chapter's number from 0."""
    side: str | None
    phase: Literal["opening", "lead-in", "slot", "press", "release", "out", "back", "changeover", "tail", "closing"]
    next: str | None
    """The next chapter's title."""
    left_in_chapter: float
    """Seconds."""
    left: float
    """Seconds until the session ends."""
    way: float | None = None
    """How far the hands are on their stroke: 0 to 1 on the way out, 1 to 0 on the way back; None beside strokes."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole session, laid out."""

    generator: str
    routine: str
    title: str
    summary: str
    audience: str
    length: str
    """`short`, `full` or the total as typed."""
    setup: str | None
    talk: str
    language: str
    voice: str
    pace: int
    bed: str | None
    choices: Mapping[str, Any]
    """What the listener chose, by keyword, as far as a timeline repeats it: texts, numbers, yes or no, tuples."""
    duration: float
    """Seconds."""
    estimated: bool
    """True where lengths are the voice's estimates, False once every take is measured."""
    chapters: tuple[Chapter, ...]
    clips: tuple[Clip, ...]
    """Sorted by start."""
    left_out: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    """(role, how many) of the program's own items that found no place; for `plan`, not in the JSON."""
    loudness: float | None = field(default=None, compare=False)
    """LUFS of a rendered session from first to last, pauses gated (BS.1770-4); None for a plan; not in the JSON."""

    def at(self, seconds: float) -> Moment:
        """Say what is going on at a time of the session; times outside it mean its first or last moment."""
        seconds = min(max(seconds, 0.0), self.duration)
        index = max(0, bisect_right([c.start for c in self.chapters], seconds) - 1)
        chapter = self.chapters[index]
        following = self.chapters[index + 1].title if index + 1 < len(self.chapters) else None
        phase, side, way = _phase(chapter, seconds, first=index == 0)
        return Moment(chapter, index, side, phase, following, chapter.end - seconds, self.duration - seconds, way)

    def by_chapter(self) -> Iterator[tuple[Chapter, tuple[Clip, ...]]]:
        """Yield every chapter, and the clips that start in it."""
        clips = tuple(sorted(self.clips, key=lambda clip: clip.start))
        starts = [clip.start for clip in clips]
        for chapter in self.chapters:
            yield chapter, clips[bisect_left(starts, chapter.start) : bisect_left(starts, chapter.end)]

    def on(self, track: Track) -> tuple[Clip, ...]:
        """The clips of a track, in order."""
        return tuple(clip for clip in self.clips if clip.track == track)

    def to_json(self) -> dict[str, Any]:
        """Return the interface's JSON document; seconds have 6 decimals."""
        return {
            "schema": SCHEMA,
            "generator": self.generator,
            "routine": self.routine,
            "title": self.title,
            "summary": self.summary,
            "audience": self.audience,
            "length": self.length,
            "setup": self.setup,
            "talk": self.talk,
            "language": self.language,
            "voice": self.voice,
            "pace": self.pace,
            "bed": self.bed,
            "choices": {name: _plain(value) for name, value in self.choices.items()},
            "sample_rate": SAMPLE_RATE,
            "duration": _s(self.duration),
            "estimated": self.estimated,
            "chapters": [_chapter(chapter) for chapter in self.chapters],
            "clips": [_clip(clip) for clip in self.clips],
        }


def _phase(chapter: Chapter, seconds: float, *, first: bool) -> tuple[Any, str | None, float | None]:
    """The phase, the side, and the way of a stroke at a time within a chapter."""
    if not chapter.slots:
        return ("opening" if first and chapter.step is None else "closing"), None, None
    if seconds < chapter.slots[0].start:
        return "lead-in", None, None
    for slot in reversed(chapter.slots):
        if seconds >= slot.end:
            return ("tail" if slot is chapter.slots[-1] else "changeover"), None, None
        if seconds >= slot.start:
            for held in slot.rounds:
                if held.press[0] <= seconds < held.press[1]:
                    return "press", slot.side, None
                if held.release[0] <= seconds < held.release[1]:
                    return "release", slot.side, None
            for stroke in slot.cycles:
                if stroke.out[0] <= seconds < stroke.out[1]:
                    return "out", slot.side, _share(stroke.out, seconds)
                if stroke.back[0] <= seconds < stroke.back[1]:
                    return "back", slot.side, 1 - _share(stroke.back, seconds)
            return "slot", slot.side, None
    return "lead-in", None, None


def _share(span: tuple[float, float], seconds: float) -> float:
    return (seconds - span[0]) / (span[1] - span[0])


def _s(seconds: float) -> float:
    return round(seconds, 6)


def _span(span: tuple[float, float]) -> list[float]:
    return [_s(span[0]), _s(span[1])]


def _chapter(chapter: Chapter) -> dict[str, Any]:
    slots: list[dict[str, Any]] = []
    for slot in chapter.slots:
        entry: dict[str, Any] = {"side": slot.side, "start": _s(slot.start), "end": _s(slot.end)}
        if slot.rounds:
            entry["rounds"] = [{"press": _span(r.press), "release": _span(r.release)} for r in slot.rounds]
        if slot.cycles:
            entry["cycles"] = [{"out": _span(c.out), "back": _span(c.back), "voiced": c.voiced} for c in slot.cycles]
        slots.append(entry)
    told: dict[str, Any] = {
        "title": chapter.title,
        "step": chapter.step,
        "group": chapter.group,
        "start": _s(chapter.start),
        "end": _s(chapter.end),
    }
    return told | ({"show": chapter.show} if chapter.show else {}) | {"slots": slots}


def _clip(clip: Clip) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "track": clip.track,
        "role": clip.role,
        "step": clip.step,
        "side": clip.side,
        "start": _s(clip.start),
        "end": _s(clip.end),
    }
    if clip.track == "narration":
        entry["text"] = clip.text
        entry["sentences"] = [{"start": _s(w.start), "end": _s(w.end), "text": w.text} for w in clip.sentences]
    else:
        entry["sound"] = clip.sound
    return entry


def _plain(value: Any) -> Any:
    """A choice as JSON has it."""
    if isinstance(value, tuple):
        return list(value)
    return _s(value) if isinstance(value, float) else value
