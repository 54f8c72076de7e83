"""Totals: how long every slot must be for a session to last exactly what was asked (routine-format: Lengths)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.planning import fixed, floors
from voiceguide.planning.grid import GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.durations import Length
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Script, Work

TOLERANCE = 0.04
"""Seconds by which a session with nothing to stretch may miss its total: less than the contract's 50 ms."""
MOST_TIMES = 2.0
"""A slot is at most this many times its full value."""
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
        """The total with every slot as short as its words allow."""
        return self.total(lambda s: s.least)

    @property
    def low(self) -> float:
        """The total with every slot at its short value a (or, in full, the least that holds full's own cues)."""
        return self.total(lambda s: s.low)

    @property
    def high(self) -> float:
        """The total with every slot at its full value b."""
        return self.total(lambda s: s.high)

    @property
    def longest(self) -> float:
        """The total with every slot that stretches at twice its full value: more would be another massage."""
        return self.total(lambda s: s.high * (MOST_TIMES if s.stretch else 1.0))

    def of(self, base: Length) -> float:
        """The total with every slot at the value of a length."""
        return self.low if base == "short" else self.high

    def slots(self, total: float) -> tuple[float, ...]:
        """The slot of every work, for exactly `total` seconds. Raises OutOfReach."""
        if total > self.longest + _EPSILON and any(span.stretch for span in self.spans):
            raise OutOfReach(total, (self.longest,))
        return self.shared(total)

    def shared(self, total: float) -> tuple[float, ...]:
        """The same, however long a slot gets by it. Raises OutOfReach."""
        if not any(span.stretch for span in self.spans):
            if abs(total - self.high) > TOLERANCE:
                raise OutOfReach(total, (self.high,))
            return tuple(span.high for span in self.spans)
        if total > self.high + _EPSILON:
            return self._spread(total, [(s.high, s.high if s.stretch else 0.0, s.high) for s in self.spans])
        if total >= self.low - _EPSILON:
            return self._spread(total, [(s.short, s.high - s.short, s.low) for s in self.spans])
        if total < self.shortest - _EPSILON:
            raise OutOfReach(total, (self.shortest,))
        return self._spread(total, [(s.floor, s.low - s.floor, s.least) for s in self.spans])

    def _spread(self, total: float, lines: list[tuple[float, float, float]]) -> tuple[float, ...]:
        """Give each slot its start and one share of its way, the factors s and k of the contract.

        `lines` are (start, way, least) in seconds, one a slot: what needs more than its share has its least instead.
        """
        while True:
            ways = sum(span.sides * way for span, (_, way, _) in zip(self.spans, lines, strict=True))
            base = sum(span.sides * start for span, (start, _, _) in zip(self.spans, lines, strict=True))
            share = (total - self.overhead - base) / ways if ways > 0 else 0.0
            found = tuple(start + share * way for start, way, _ in lines)
            held = [slot < least - _EPSILON for slot, (_, _, least) in zip(found, lines, strict=True)]
            if not any(held):
                return found
            lines = [(line[2], 0.0, line[2]) if short else line for short, line in zip(held, lines, strict=True)]


@dataclass(frozen=True, slots=True)
class Span:
    """The slot lengths a work allows, in seconds."""

    sides: int
    floor: float
    """The contract's floor f."""
    least: float
    """f, or the least that holds cues which crowd each other."""
    short: float
    """The short value a."""
    low: float
    """a, or in full's steps the least that holds full's own cues."""
    high: float
    """The full value b."""
    stretch: bool

    @classmethod
    def fixed(cls, sides: int, seconds: float) -> Span:
        """Return the span of slots that are always this long."""
        return cls(sides, seconds, seconds, seconds, seconds, seconds, stretch=False)


def reach(script: Script, lengths: Lengths, linger: float) -> Reach:
    """Add up a script's fixed parts and the spans of its slots."""
    overhead = fixed.opening(script, lengths).length + GRID
    overhead += lengths.kept(
        script.parts, lambda parts: sum(fixed.part_overhead(part, lengths) + GRID for part in parts)
    )
    if script.closing:
        overhead += fixed.closing(script, lengths, linger).length + GRID
    base = script.base
    spans = lengths.kept(
        script.works, lambda works: tuple(_span(work, base, lengths) for work in works), ("spans", base)
    )
    return Reach(overhead, spans)


def in_turn(script: Script, foretold: Lengths, lengths: Lengths, linger: float, total: float) -> tuple[float, ...]:
    """Return the slot of every work for exactly `total` seconds, each found by what is known when it begins to sound.

    A slot is shared out by the lengths of what is said up to it, and as they were `foretold` of what is said later:
    what turns out longer or shorter is taken up by later slots alone, so that a session can be heard while the rest of
    it is spoken. The last slot that stretches makes the total exact. Raises OutOfReach.
    """
    told, came = reach(script, foretold, linger), reach(script, lengths, linger)
    told.slots(total)
    spans = list(told.spans)
    order = list(dict.fromkeys(part.work for part in script.parts))
    last = max((work for work in order if came.spans[work].stretch), key=order.index, default=None)
    if last is None:
        return came.slots(total)
    late = fixed.opening(script, lengths).length - fixed.opening(script, foretold).length
    said = iter(script.parts)
    for number, work in enumerate(order):
        spans[work] = came.spans[work]
        for part in said:
            late += fixed.part_overhead(part, lengths) - fixed.part_overhead(part, foretold)
            if part.work == work:
                break
        if work == last:
            for later in order[number:]:
                spans[later] = came.spans[later]
            late = came.overhead - told.overhead
        if spans[work].stretch:
            slot = Reach(told.overhead + late, tuple(spans)).shared(total)[work]
            spans[work] = Span.fixed(spans[work].sides, slot)
    return tuple(span.high for span in spans)


def _span(work: Work, base: Length, lengths: Lengths) -> Span:
    sides = len(work.sides)
    if work.low is None or work.high is None:
        return Span.fixed(sides, floors.natural_length(work, lengths))
    most = work.low if base == "short" else work.high
    if not work.stretch:
        return Span.fixed(sides, most)
    low = work.low if base == "short" else floors.comfortable(work, lengths)
    floor, least = floors.floor(work, lengths), floors.least(work, low, lengths)
    return Span(sides, min(floor, low), min(least, low), work.low, low, work.high, stretch=True)
