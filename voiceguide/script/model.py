"""The script's frozen types: what is said, held and heard, in order, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.durations import Length
    from voiceguide.errors import Place
    from voiceguide.routine.model import At, Hold, Rhythm
    from voiceguide.text.utterance import Utterance


SOUND_CODE = ("step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end")
"""The sounds of the format, the most telling first."""


SHORT_UNDER = 900.0
"""Seconds; a session that lasts as long has time for all words of care, and says how much of it is left."""


def is_short(seconds: float) -> bool:
    """Whether a session of so many seconds has time for few words of care."""
    return seconds < SHORT_UNDER - 1e-6


class Figures(NamedTuple):
    """What the words of a script need to know of its plan; equal figures give equal scripts."""

    minutes: str
    """The session's length in words."""
    slots: tuple[str, ...]
    """Each work's slot in words."""
    sounds: tuple[str, ...]
    """The sounds of the code that the session uses, in the order in which they are first heard."""


@dataclass(frozen=True, slots=True)
class CueLine:
    """A cue, resolved: words or a sound."""

    at: At
    say: Utterance | None
    chime: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A question to the receiver and, after the silence for the answer, a word to the giver."""

    question: Utterance
    follow: Utterance


@dataclass(frozen=True, slots=True)
class Side:
    """What one slot of a work says."""

    side: str | None
    """The spoken word."""
    instruction: Utterance | None
    name: Utterance
    """What `minimal` says in place of the instruction."""
    cues: tuple[CueLine, ...]
    check_in: CheckIn | None
    reminders: tuple[Utterance, ...]
    """In the order they are said, from the first in each slot, cycling."""
    next: Utterance | None
    press: Utterance | None
    """A hold's words; None without one."""
    release: Utterance | None
    out: Utterance | None = None
    """A rhythm's words; None without one, and where nothing is said on the way back."""
    back: Utterance | None = None
    last: Utterance | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """A work's hold, resolved for one length."""

    hold: Hold
    times: int | None
    """None fills the slot."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """A work's rhythm, and when it begins."""

    rhythm: Rhythm
    after: float
    """Seconds from the instruction's end to the first cycle."""


@dataclass(frozen=True, slots=True)
class Work:
    """A step as its author wrote it: its slots are all equally long."""

    number: int
    """Counts the steps played from 1."""
    low: float | None
    """The short value a in seconds; None for a step without `duration`."""
    high: float | None
    """The full value b."""
    stretch: bool
    rounds: Rounds | None
    sides: tuple[Side, ...]
    place: Place
    duration_place: Place
    strokes: Strokes | None = None
    touch: bool = True
    """Whether the hands are on a body."""
    show: str | None = None
    """What drawing shows it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead-in."""

    chime: str | None
    turn: Utterance | None
    oil: Utterance | None
    pressure: Utterance | None
    avoid: Utterance | None
    warn: Utterance | None
    transition: float
    """Seconds it lasts at least, a turn's 45 included."""
    swap: tuple[Utterance, ...] = ()
    """What is said where the two change places, in order, a stop point at its end; none elsewhere."""

    @property
    def words(self) -> tuple[Utterance, ...]:
        """What ends just before the slot, in order."""
        return tuple(said for said in (self.pressure, self.avoid, self.warn) if said)


@dataclass(frozen=True, slots=True)
class Changeover:
    """The way from one side to the next."""

    text: Utterance
    side: str
    """The coming side."""
    transition: float


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the work: a whole step, or one step of a group on one side."""

    title: str
    work: int
    """Index into the script's works."""
    sides: tuple[int, ...]
    """Which of the work's sides, in order."""
    lead: Lead
    between: tuple[Changeover, ...]
    """After each of its slots but the last."""
    after: Changeover | None
    """A group's, after the last slot of a side."""
    ready: Utterance | None
    group: str | None
    side: str | None
    """A group's side, for its lead-in."""


@dataclass(frozen=True, slots=True)
class SoundLine:
    """A sound the opening names and plays."""

    text: Utterance
    sound: str


@dataclass(frozen=True, slots=True)
class Script:
    """A session's words and works, in order."""

    title: str
    summary: str
    language: str
    setup: str | None
    seated: bool
    """Whether the receiver sits."""
    talk: str
    base: Length
    """Whose steps these are."""
    opening: tuple[Utterance | SoundLine, ...]
    """What is said and heard before the first step, in order."""
    works: tuple[Work, ...]
    parts: tuple[Part, ...]
    opening_title: str
    """The opening's chapter."""
    closing_title: str
    closing: tuple[Utterance, ...]
    """Empty without the closing, whose end sound is then left out too."""
    quiet_end: bool
    """Whether the end sound is left out after the closing's words, too."""
    time_left: tuple[tuple[float, Utterance], ...]
    """(seconds that remain of the session, what is said then)."""
    bells: tuple[tuple[str, Utterance], ...]
    """(sound, what is said after its first one)."""
    recover: Utterance
    """What is said once to whoever has lost their place."""

    def utterances(self) -> Iterator[Utterance]:
        """Everything that can be said, at this level of talk."""
        yield from self._opening()
        for part in self.parts:
            yield from _part_utterances(part)
        for work in self.works:
            yield from self._work(work)
        yield from self._anywhere()
        yield from self.closing

    def stretches(self) -> tuple[tuple[Utterance, ...], ...]:
        """Everything that can be said, in stretches as they are heard: the opening, then part by part.

        What a part's work says on any side is said with the first of its parts, and what has no place of its own with
        the first of all. With the last work that stretches comes all that follows: it makes a total exact.
        """
        first: dict[int, int] = {}
        for number, part in enumerate(self.parts):
            first.setdefault(part.work, number)
        last = max((first[at] for at, work in enumerate(self.works) if work.stretch and at in first), default=0)
        heard = [tuple(self._opening())]
        for number, part in enumerate(self.parts):
            said = [*_part_utterances(part)]
            if first[part.work] == number:
                said += self._work(self.works[part.work])
            if number == 0:
                said += self._anywhere()
            heard.append(tuple(said))
        rest = tuple(utterance for said in heard[last + 1 :] for utterance in said)
        return (*heard[: last + 1], (*rest, *self.closing))

    def beginnings(self) -> tuple[tuple[Utterance, ...], ...]:
        """The opening in stretches as it is heard, each utterance by itself; at least one."""
        return tuple((said,) for said in self._opening()) or ((),)

    def _opening(self) -> Iterator[Utterance]:
        for said in self.opening:
            yield said.text if isinstance(said, SoundLine) else said

    def _work(self, work: Work) -> Iterator[Utterance]:
        for side in work.sides:
            yield from _side_utterances(side, minimal=self.talk == "minimal")

    def _anywhere(self) -> Iterator[Utterance]:
        """What is said in whatever slot it falls into."""
        yield from (utterance for _, utterance in self.time_left)
        yield from (utterance for _, utterance in self.bells)
        yield self.recover


def _part_utterances(part: Part) -> Iterator[Utterance]:
    lead = part.lead
    changes = (*part.between, *((part.after,) if part.after else ()))
    others = (*lead.swap, lead.turn, lead.oil, *lead.words, part.ready, *(c.text for c in changes))
    yield from (utterance for utterance in others if utterance)


def _side_utterances(side: Side, *, minimal: bool) -> Iterator[Utterance]:
    if side.instruction:
        yield side.instruction
        if minimal:
            yield side.name
    yield from (said for cue in side.cues if cue.say for said in cue.say.wordings())
    if side.check_in:
        yield from (side.check_in.question, side.check_in.follow)
    yield from (said for reminder in side.reminders for said in reminder.wordings())
    words = (side.next, side.press, side.release, side.out, side.back, side.last)
    yield from (utterance for utterance in words if utterance)
