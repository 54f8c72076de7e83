"""How short a slot may be: without `duration`, at its floor, and where everything is near its time (routine-format).

The formulas say what is needed at least; where cues crowd each other, the slot that holds them is found by laying it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.planning.anatomy import (
    ANSWER,
    CHECK_IN_SOONEST,
    NEXT_FROM,
    SLACK,
    SPACING,
    instruction_length,
    rounds_start,
    stroke_count,
    strokes_start,
    tail,
)
from voiceguide.planning.cycles import LEAST
from voiceguide.planning.slots import packs

if TYPE_CHECKING:
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Side, Work

_JUST_AFTER = 2e-3
"""Seconds by which a cue lies after a stroke's end that it missed."""


def natural_length(work: Work, lengths: Lengths) -> float:
    """The slot of a step without `duration`: what it says and holds, longest side, and 2 s."""
    said = instruction_length(work, lengths)
    if work.rounds is not None:
        said = rounds_start(work, lengths) + (work.rounds.times or 1) * work.rounds.hold.round
    return said + SLACK


def floor(work: Work, lengths: Lengths) -> float:
    """The contract's floor f in seconds: everything once, items 1 s apart (routine-format: Lengths)."""
    if work.low is None:
        return natural_length(work, lengths)
    return lengths.alike(work, ("floor",), lambda: max(_floor(work, side, lengths) for side in work.sides))


def least(work: Work, most: float, lengths: Lengths) -> float:
    """The shortest slot from the floor up to `most` that holds everything, in seconds.

    It is the floor, unless cues crowd each other: those at fixed times, and those at a share, which add nothing to it.
    """
    return lengths.alike(work, ("least", most), lambda: _least(work, most, lengths))


def _least(work: Work, most: float, lengths: Lengths) -> float:
    shortest = floor(work, lengths)
    if shortest >= most:
        return shortest
    if not (work.strokes and _waits(work)) and packs(work, shortest, lengths, squeezed=True):
        return shortest
    return _shortest(work, shortest, most, lengths, squeezed=True)


def _waits(work: Work) -> bool:
    """Whether anything has to find its place among strokes: without it, every slot that has them holds them."""
    return any(side.check_in or any(cue.say for cue in side.cues) for side in work.sides)


def comfortable(work: Work, lengths: Lengths) -> float:
    """The shortest slot from a to b in which every item is near its time: a, unless cues of `full` alone need more."""
    if work.low is None or work.high is None:
        return natural_length(work, lengths)
    low, high = work.low, work.high
    return lengths.alike(work, ("comfortable",), lambda: _comfortable(work, low, high, lengths))


def _comfortable(work: Work, low: float, high: float, lengths: Lengths) -> float:
    if packs(work, low, lengths, squeezed=False):
        return low
    return _shortest(work, low, high, lengths, squeezed=False)


def _shortest(work: Work, low: float, high: float, lengths: Lengths, *, squeezed: bool) -> float:
    """The shortest slot above `low` that holds everything, to the millisecond, by halving.

    Where one more stroke begins to fit, the room after the last one is gone, and where a cue's time comes to lie after
    a stroke's end, it waits for the next: all such slots up to `high` are tried, and the one found lies above those
    that do not hold everything.
    """
    for tight in _tight(work, low, high, lengths):
        if packs(work, tight, lengths, squeezed=squeezed):
            high = tight
        else:
            low = tight
            break
    else:
        if work.strokes and packs(work, low, lengths, squeezed=squeezed):
            return low
    while high - low > 1e-3:
        middle = (low + high) / 2
        if packs(work, middle, lengths, squeezed=squeezed):
            high = middle
        else:
            low = middle
    return high


def _tight(work: Work, low: float, high: float, lengths: Lengths) -> list[float]:
    """The slots between two in which strokes leave least room for words, the longest first; none without strokes."""
    if work.strokes is None:
        return []
    start, cycle = strokes_start(work, lengths), work.strokes.rhythm.cycle
    ends = [start + number * cycle for number in range(1, stroke_count(work, high, lengths) + 1)]
    found = {end + tail(work, high, lengths) for end in ends}
    for side in work.sides:
        moving = [cue.at for cue in side.cues if cue.say]
        shares = {at.value for at in moving if at.kind == "share" and at.value} | ({1 / 3} if side.check_in else set())
        late = {at.value for at in moving if at.kind == "end"}
        found |= {end / share + _JUST_AFTER for end in ends for share in shares}
        found |= {end + before + _JUST_AFTER for end in ends for before in late}
    return sorted((slot for slot in found if low + 1e-3 < slot <= high), reverse=True)


def _floor(work: Work, side: Side, lengths: Lengths) -> float:
    """The floor of one side."""
    instruction = instruction_length(work, lengths)
    spans = [instruction] if instruction else []
    if work.rounds is not None:
        # Without an instruction the rounds still start 1.0 s into the slot.
        rounds = (work.rounds.times or 1) * work.rounds.hold.round
        spans.append(rounds if instruction else rounds + SPACING)
    if work.strokes is not None:
        # Two strokes; the time between the instruction and the first is longer than that between other items.
        start = strokes_start(work, lengths) - (instruction + SPACING if instruction else 0.0)
        spans.append(start + LEAST * work.strokes.rhythm.cycle)
    if side.check_in:
        asking = lengths.of(side.check_in.question) + ANSWER + lengths.of(side.check_in.follow)
        # It waits longer than other items do for the hands to be at work; strokes are that.
        waiting = 0.0 if work.strokes else CHECK_IN_SOONEST - (SPACING if instruction else 0.0)
        spans.append(waiting + asking)
    spans += [lengths.of(cue.say) for cue in side.cues if cue.say and cue.at.kind != "share"]
    if side.next and work.low is not None and work.low >= NEXT_FROM:
        spans.append(lengths.of(side.next))
    shortest = SLACK + sum(spans) + SPACING * max(0, len(spans) - 1)
    for cue in side.cues:
        if cue.at.kind == "start":
            shortest = max(shortest, cue.at.value + lengths.of(cue.say) + SLACK)
        elif cue.at.kind == "end":
            shortest = max(shortest, instruction + SPACING + cue.at.value)
    return shortest
