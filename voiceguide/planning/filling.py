"""A slot being filled: what is placed in it so far, and where there is room for more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.planning.fixed import WORD_GAP

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

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

    def say(self, role: str, at: float, utterance: Utterance) -> float:
        """Place words, and return when they end."""
        self.items.append(Item(role, at, utterance))
        end = at + self.lengths.of(utterance)
        self.take(Span(at, end, role))
        return end

    def take(self, span: Span) -> None:
        """Keep a span free of other words."""
        taken, ends = self.taken, self._ends
        if not taken or taken[-1] <= span:  # as most come, in order
            taken.append(span)
            ends.append(max(ends[-1], span.end) if ends else span.end)
            return
        index = bisect_right(taken, span)
        latest = max(ends[index - 1], span.end) if index else span.end
        taken.insert(index, span)
        ends.insert(index, latest)
        for later in range(index + 1, len(ends)):
            if ends[later] >= latest:
                break
            ends[later] = latest

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
        while (clear := self._blocked(at, length, rings, apart, outside)) is not None:
            at = self._waited(clear)
        return at

    def _blocked(
        self,
        at: float,
        length: float,
        rings: Iterable[tuple[float, float]],
        apart: Container[str],
        outside: Iterable[Span],
    ) -> float | None:
        """When what stands in the way at a moment is over; None where nothing does."""
        until = at + length
        found: float | None = None
        for index in range(bisect_right(self._ends, at - APART - EPSILON), len(self.taken)):
            start, end, role = self.taken[index]
            if start >= until + APART + EPSILON:
                break
            gap = APART if role == "time_left" or role in apart else WORD_GAP
            if at < end + gap - EPSILON and until > start - gap + EPSILON and (found is None or end + gap > found):
                found = end + gap
        for start, end, _ in outside:
            if at < end + APART - EPSILON and until > start - APART + EPSILON:
                found = end + APART if found is None else max(found, end + APART)
        for start, end in rings:
            if start + EPSILON < at < end - EPSILON:
                found = end if found is None else max(found, end)
        return found

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
