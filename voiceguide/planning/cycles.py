"""The strokes of one slot: when each cycle is, which are spoken and which sound (routine-format: Rhythm).

A cycle never stretches; how many there are is all that a slot's length decides. What is said beside them waits for a
cycle's end, which `slots` sees to.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import floor as whole
from typing import TYPE_CHECKING, Literal

from voiceguide.planning.misfit import DoesNotFit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place
    from voiceguide.planning.measure import Lengths
    from voiceguide.routine.model import Rhythm
    from voiceguide.script.model import Side, Strokes
    from voiceguide.text.utterance import Utterance

LEAST = 2
"""Cycles of a slot."""
UNSPOKEN_AT_END = 3
"""None of so many last cycles is spoken anew."""
_EPSILON = 1e-9

Why = Literal["first", "more", "again"]


@dataclass(frozen=True, slots=True)
class Cycle:
    """One stroke, in seconds from the slot's start."""

    out: tuple[float, float]
    back: tuple[float, float]
    voiced: Why | None
    """Why it is spoken: as the very first, as one more of those, or anew; None where it is not."""
    sounded: bool
    """Whether it has the sound, where nothing is said over it."""

    @property
    def start(self) -> float:
        """When the hands go out."""
        return self.out[0]

    @property
    def end(self) -> float:
        """When they are back."""
        return self.back[1]


def count(rhythm: Rhythm, room: float) -> int:
    """How many whole cycles `room` seconds have."""
    return max(0, whole((room + _EPSILON) / rhythm.cycle))


def laid(strokes: Strokes, start: float, many: int, *, later: bool) -> tuple[Cycle, ...]:
    """Return `many` cycles from `start` on; on a `later` side one is spoken at first."""
    rhythm = strokes.rhythm
    voiced = min(rhythm.voiced, 1) if later else rhythm.voiced
    found: list[Cycle] = []
    spoken_until: float | None = None
    for number in range(many):
        at = start + number * rhythm.cycle
        turn, end = at + rhythm.out, start + (number + 1) * rhythm.cycle
        why: Why | None = None
        if number < voiced:
            why = "more" if number else "first"
        elif spoken_until is not None and rhythm.again and number < many - UNSPOKEN_AT_END:
            why = "again" if at - spoken_until >= rhythm.again - _EPSILON else None
        if why:
            spoken_until = end
        sounded = why is None and number < voiced + rhythm.sounded
        found.append(Cycle((at, turn), (turn, end), why, sounded))
    return tuple(found)


def calls(
    rhythm: Rhythm, cycles: tuple[Cycle, ...], side: Side, lengths: Lengths
) -> Iterator[tuple[str, float, Utterance]]:
    """Yield (role, seconds, what is said) of every word of the cycles but the last one's own, in order.

    Raises DoesNotFit for a word that is longer than half its phase.
    """
    for cycle in cycles:
        if cycle.voiced is None:
            continue
        for role, (begins, ends), utterance in (("out", cycle.out, side.out), ("back", cycle.back, side.back)):
            if utterance:
                _fits(f"the {role} word", utterance, rhythm.place, (ends - begins) / 2, lengths)
                yield role, begins, utterance


def last_call(
    rhythm: Rhythm, cycles: tuple[Cycle, ...], side: Side, lengths: Lengths
) -> tuple[float, Utterance] | None:
    """Return when the last cycle is announced, and in what words; None where it is spoken anyway.

    Raises DoesNotFit for words that are longer than the cycle.
    """
    if not cycles or cycles[-1].voiced or side.last is None:
        return None
    _fits("the last word", side.last, rhythm.place, rhythm.cycle, lengths)
    return cycles[-1].start, side.last


def _fits(what: str, utterance: Utterance, place: Place, room: float, lengths: Lengths) -> None:
    length = lengths.of(utterance)
    if length > room + _EPSILON:
        raise DoesNotFit(what, utterance.place or place, room, length - room)


def at(cycles: tuple[Cycle, ...], moment: float) -> Cycle:
    """Return the cycle that a moment of one lies in."""
    return cycles[bisect_right(cycles, moment, key=lambda cycle: cycle.start) - 1]


def spoken(cycle: Cycle, talk: str) -> bool:
    """Whether a level of talk says a cycle's words."""
    return cycle.voiced is not None and (talk == "full" or (talk == "calm" and cycle.voiced != "more"))


def sounds(
    cycles: tuple[Cycle, ...], talk: str, said: Iterable[tuple[float, float]], rings: float, *, ends_unsaid: bool
) -> Iterator[float]:
    """Yield when the strokes' sound starts: where it is due, and nothing is `said` while it rings for `rings` seconds.

    Due it is in the sounded cycles, and where a level of talk leaves a cycle's own words unspoken, the last one's too
    where `ends_unsaid`.
    """
    spans = sorted(said)
    for number, cycle in enumerate(cycles):
        unsaid = cycle.voiced is not None and not spoken(cycle, talk)
        last = ends_unsaid and number + 1 == len(cycles)
        if not (cycle.sounded or unsaid or last):
            continue
        until = cycle.start + rings
        if not any(start < until - _EPSILON and end > cycle.start + _EPSILON for start, end in spans):
            yield cycle.start
