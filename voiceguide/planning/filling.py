"""A slot being filled: what is placed in it so far, and where there is room for more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.planning.fixed import WORD_GAP

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from voiceguide.planning.cycles import Cycle
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Side, Work
    from voiceguide.text.utterance import Utterance

REACH = 5.0
"""Seconds an item may wait for the next free gap."""
APART = 4.0
"""Seconds between two of what tells how the session goes, so that each is heard as its own."""
EPSILON = 1e-9


class Span(NamedTuple):
    """Where something is said, an answer's silence included, in seconds from the slot's start."""

    start: float
    end: float
    role: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something placed in a slot, in seconds from the slot's start."""

    role: str
    at: float
    utterance: Utterance | None = None
    sound: str | None = None


@dataclass(frozen=True, slots=True)
class HoldRound:
    """A round in seconds from the slot's start."""

    press: tuple[float, float]
    release: tuple[float, float]


class Filling:
    """What a side's slot of `slot` seconds has in it; a `squeezed` one is below a."""

    def __init__(self, work: Work, index: int, slot: float, lengths: Lengths, *, squeezed: bool) -> None:
        self.work = work
        self.side: Side = work.sides[index]
        self.later = index > 0
        self.slot = slot
        self.lengths = lengths
        self.squeezed = squeezed
        self.items: list[Item] = []
        self.rounds: list[HoldRound] = []
        self.cycles: tuple[Cycle, ...] = ()
        self._waits: list[float] = []
        """The ends of those that are not spoken."""
        self.reach = REACH + (work.strokes.rhythm.cycle if work.strokes else 0.0)
        self.left_out: list[str] = []
        self.taken: list[Span] = []
        """Spans with narration, an answer's silence included, by their start."""
        self._ends: list[float] = []
        """For each of them the latest end so far: where to begin looking."""
        self.rings: list[tuple[float, float]] = []
        """Spans in which a bell rings, of an author's cue or the program's, or a sound from before the slot."""
        self.rounds_span: tuple[float, float] | None = None
        """From the first round's start to the last one's end."""

    def say(self, role: str, at: float, utterance: Utterance) -> None:
        """Place words."""
        self.items.append(Item(role, at, utterance))
        self.take(Span(at, at + self.lengths.of(utterance), role))

    def take(self, span: Span) -> None:
        """Keep a span free of other words."""
        index = bisect_right(self.taken, span)
        latest = max(self._ends[index - 1], span.end) if index else span.end
        self.taken.insert(index, span)
        self._ends.insert(index, latest)
        for later in range(index + 1, len(self._ends)):
            if self._ends[later] >= latest:
                break
            self._ends[later] = latest

    def stroke(self, cycles: tuple[Cycle, ...]) -> None:
        """Lay the slot's strokes: what is spoken of them is narration, and nothing else starts within one."""
        self.cycles = cycles
        self._waits = [cycle.end for cycle in cycles if cycle.voiced is None]
        for cycle in cycles:
            if cycle.voiced:
                self.take(Span(cycle.start, cycle.end))

    def free(
        self,
        first: float,
        length: float,
        *,
        rings: Iterable[tuple[float, float]] = (),
        apart: Container[str] = (),
        outside: Iterable[Span] = (),
    ) -> float:
        """The first moment from `first` on at which `length` seconds stand clear of all narration.

        `rings` are spans in which it may not start, `apart` the roles it stands APART from, as it does from words
        `outside` of the slot; from what tells how much is left everything does. Among strokes it waits for the end of
        a cycle that is not voiced.
        """
        at = self._waited(first)
        others = [(span, APART) for span in outside]
        while (clear := _blocked(at, length, [*self._near(at, length, apart), *others], rings)) is not None:
            at = self._waited(clear)
        return at

    def _near(self, at: float, length: float, apart: Container[str]) -> Iterator[tuple[Span, float]]:
        """Yield the spans that may stand in the way at a moment, and the gap that each keeps."""
        for index in range(bisect_right(self._ends, at - APART - EPSILON), len(self.taken)):
            span = self.taken[index]
            if span.start >= at + length + APART + EPSILON:
                break
            yield span, APART if span.role == "time_left" or span.role in apart else WORD_GAP

    def latest(self, last: float, earliest: float, length: float, rings: Iterable[tuple[float, float]]) -> float | None:
        """The last moment from `earliest` to `last` at which `length` seconds stand free; None where there is none."""
        rings = tuple(rings)
        last = min(last, self.slot - length)
        starts = [last, *(span.start - WORD_GAP - length for span in self.taken), *(start for start, _ in rings)]
        free = (at for at in starts if earliest - EPSILON <= at <= last and self.free(at, length, rings=rings) == at)
        return max(free, default=None)

    def silences(self) -> list[tuple[float, float]]:
        """Return the stretches of the slot in which nothing is said, its ends included; rounds count as narration."""
        spans = sorted([*((s.start, s.end) for s in self.taken), *([self.rounds_span] if self.rounds_span else [])])
        at = 0.0
        found: list[tuple[float, float]] = []
        for start, end in spans:
            if start > at:
                found.append((at, start))
            at = max(at, end)
        if at < self.slot:
            found.append((at, self.slot))
        return found

    def _waited(self, at: float) -> float:
        """The first moment from `at` on at which nothing cuts a stroke in two."""
        if not self.cycles or at >= self.cycles[-1].end - EPSILON:
            return at
        index = bisect_left(self._waits, at - EPSILON)
        return self._waits[index] if index < len(self._waits) else self.cycles[-1].end


def _blocked(
    at: float, length: float, taken: Iterable[tuple[Span, float]], rings: Iterable[tuple[float, float]]
) -> float | None:
    """When what stands in the way at a moment is over; None where nothing does. `taken` are spans and their gaps."""
    blocked = [
        span.end + gap
        for span, gap in taken
        if at < span.end + gap - EPSILON and at + length > span.start - gap + EPSILON
    ]
    blocked += [end for start, end in rings if start + EPSILON < at < end - EPSILON]
    return max(blocked, default=None)
