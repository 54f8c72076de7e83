"""Totals: how long every slot must be for a session to last exactly what was asked (routine-format: Lengths)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.planning import fixed, slots
from voiceguide.planning.grid import GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Script, Work

TOLERANCE = 0.04
"""Seconds by which a session with nothing to stretch may miss its total: less than the contract's 50 ms."""
_EPSILON = 1e-6


class OutOfReach(Exception):
    """A total that no slots can give; `nearest` are totals that can be had, in seconds."""

    def __init__(self, total: float, nearest: Iterable[float]) -> None:
        self.total = total
        self.nearest = tuple(nearest)
        super().__init__(f"{total:.1f} s is out of reach")


@dataclass(frozen=True, slots=True)
class Reach:
    """What totals a script's steps can give."""

    overhead: float
    """Seconds of everything that is no slot, the grid's tails included."""
    spans: tuple[Span, ...]

    def total(self, slot_of: Callable[[Span], float]) -> float:
        """Seconds of the session with every slot as `slot_of` says."""
        return self.overhead + sum(span.sides * slot_of(span) for span in self.spans)

    @property
    def shortest(self) -> float:
        """The total with every slot at its floor."""
        return self.total(lambda s: s.floor)

    @property
    def low(self) -> float:
        """The total with every slot at its short value a (or, in full, the least that holds full's own cues)."""
        return self.total(lambda s: s.low)

    @property
    def high(self) -> float:
        """The total with every slot at its full value b."""
        return self.total(lambda s: s.high)

    def slots(self, total: float) -> tuple[float, ...]:
        """The slot of every work, for exactly `total` seconds. Raises OutOfReach."""
        if total > self.high + _EPSILON:
            return self._spread(total, self.high, lambda s: s.high if s.stretch else 0.0, lambda s: s.high)
        if total >= self.low - _EPSILON:
            return self._between(total)
        if total < self.shortest - _EPSILON:
            raise OutOfReach(total, (self.shortest,))
        return self._spread(total, self.shortest, lambda s: s.low - s.floor, lambda s: s.floor)

    def _between(self, total: float) -> tuple[float, ...]:
        """Take one share s for all between a and b; what needs more than its share gives gets its least."""
        held: set[int] = set()
        while True:
            free = [(i, span) for i, span in enumerate(self.spans) if i not in held]
            weights = sum(span.sides * (span.high - span.short) for _, span in free)
            base = self.overhead + sum(
                span.sides * (span.low if i in held else span.short) for i, span in enumerate(self.spans)
            )
            if weights <= 0:
                self._nothing_stretches(total, base)
            share = (total - base) / weights if weights > 0 else 0.0
            short = {i for i, span in free if span.short + share * (span.high - span.short) < span.low - _EPSILON}
            if not short:
                break
            held |= short
        return tuple(
            span.low if i in held else span.short + share * (span.high - span.short)
            for i, span in enumerate(self.spans)
        )

    def _nothing_stretches(self, total: float, base: float) -> None:
        if abs(total - base) > TOLERANCE:
            raise OutOfReach(total, (base,))

    def _spread(
        self, total: float, base: float, weight: Callable[[Span], float], start: Callable[[Span], float]
    ) -> tuple[float, ...]:
        """Add one share of each span's weight to its start: the factors s and k of the contract."""
        weights = sum(span.sides * weight(span) for span in self.spans)
        if weights <= 0:
            self._nothing_stretches(total, base)
            return tuple(start(span) for span in self.spans)
        share = (total - base) / weights
        return tuple(start(span) + share * weight(span) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Span:
    """The slot lengths a work allows."""

    sides: int
    floor: float
    """Seconds of the shortest slot that says everything."""
    short: float
    """The short value a."""
    low: float
    """a, or in full's steps the least that holds full's own cues."""
    high: float
    """The full value b."""
    stretch: bool


def reach(script: Script, lengths: Lengths, linger: float) -> Reach:
    """Add up a script's fixed parts and the spans of its slots."""
    overhead = fixed.opening(script, lengths).length + GRID
    overhead += sum(fixed.part_overhead(part, lengths) + GRID for part in script.parts)
    if script.closing:
        overhead += fixed.closing(script, lengths, linger).length + GRID
    return Reach(overhead, tuple(_span(work, script, lengths) for work in script.works))


def _span(work: Work, script: Script, lengths: Lengths) -> Span:
    sides = len(work.sides)
    if work.low is None or work.high is None:
        natural = slots.natural_length(work, lengths)
        return Span(sides, natural, natural, natural, natural, stretch=False)
    most = work.low if script.base == "short" else work.high
    if not work.stretch:
        return Span(sides, most, most, most, most, stretch=False)
    low = work.low if script.base == "short" else slots.comfortable(work, lengths)
    return Span(sides, min(slots.floor(work, low, lengths), low), work.low, low, work.high, stretch=True)
