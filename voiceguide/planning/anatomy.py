"""What a slot is made of before anything is placed in it: where rounds and strokes start, and how many there are."""

from __future__ import annotations

from math import floor as whole
from typing import TYPE_CHECKING

from voiceguide.planning import cycles

if TYPE_CHECKING:
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Work

SPACING = 1.0
"""Seconds between items in a floor, and before the first hold round."""
SLACK = 2.0
"""Seconds a slot's end is left to the hands."""
ANSWER = 6.0
"""Seconds of silence for the answer to a check-in."""
CHECK_IN_SOONEST = 6.0
"""Seconds from an instruction to a check-in, at least."""
HALFWAY_FROM = 240.0
"""Seconds (the format): shorter slots have no bell at their half."""
LAST_MINUTE_FROM = 180.0
"""Seconds (the format): shorter ones have no bell for the last minute."""
NEXT_FROM = 30.0
"""The shortest slot that names the next step."""
_EPSILON = 1e-9


def bells(slot: float) -> tuple[tuple[str, float], ...]:
    """Return the bells that tell how a slot goes, and when they ring."""
    halfway = (("halfway", slot / 2),) if slot >= HALFWAY_FROM - _EPSILON else ()
    return (*halfway, *((("last-minute", slot - 60.0),) if slot >= LAST_MINUTE_FROM - _EPSILON else ()))


def instruction_length(work: Work, lengths: Lengths) -> float:
    """Seconds of the longest side's instruction, which rules all sides."""
    return max(lengths.of(side.instruction) for side in work.sides)


def has_preview(work: Work, slot: float) -> bool:
    """Whether the last side names the next step in a slot this long."""
    return work.sides[-1].next is not None and slot >= NEXT_FROM - _EPSILON


def rounds_start(work: Work, lengths: Lengths) -> float:
    """Seconds into the slot at which its first hold round starts."""
    return instruction_length(work, lengths) + SPACING


def round_count(work: Work, slot: float, lengths: Lengths) -> int:
    """How many hold rounds a slot has; 0 without a hold, and where not one whole round fits."""
    if work.rounds is None:
        return 0
    if work.rounds.times is not None:
        return work.rounds.times
    room = slot - rounds_start(work, lengths) - tail(work, slot, lengths)
    return max(0, whole((room + _EPSILON) / work.rounds.hold.round))


def strokes_start(work: Work, lengths: Lengths) -> float:
    """Seconds into the slot at which its first stroke starts."""
    instruction = instruction_length(work, lengths)
    return instruction + work.strokes.after if work.strokes and instruction else SPACING


def stroke_count(work: Work, slot: float, lengths: Lengths) -> int:
    """How many whole strokes a slot has; 0 without a rhythm."""
    if work.strokes is None:
        return 0
    room = slot - strokes_start(work, lengths) - tail(work, slot, lengths)
    return cycles.count(work.strokes.rhythm, room)


def strokes_missing(work: Work, slot: float, lengths: Lengths) -> float:
    """Seconds that a slot lacks for its least strokes; 0 or less where it holds them, and without a rhythm."""
    if work.strokes is None:
        return 0.0
    ends = strokes_start(work, lengths) + cycles.LEAST * work.strokes.rhythm.cycle + tail(work, slot, lengths)
    return ends - slot


def tail(work: Work, slot: float, lengths: Lengths) -> float:
    """Seconds at a slot's end that no round or stroke reaches into: on every side alike."""
    if has_preview(work, slot):
        return lengths.of(work.sides[-1].next) + SLACK + SPACING
    return SLACK
