"""Rules over a routine's fields: who should not start, how strong the hands begin and end, how long they hold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.durations import LENGTHS, words
from voiceguide.lint.worst import Worst
from voiceguide.routine.model import every
from voiceguide.script.selection import played
from voiceguide.sound.bed import MASKING, MASKS_BOWLS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Hold, Routine, Step

LONGEST_HOLD = 60.0
"""Seconds on one spot."""
MOST_AT_ENDS = 3
"""The strongest first and last pressure."""
MOST_CHANGE = 2
"""The largest change from one pressure to the next."""


def check(routine: Routine, sheet: Sheet) -> tuple[Fault, ...]:
    """Return the warnings of every rule."""
    found = Worst()
    if not routine.safety.do_not_start:
        message = (
            "expected a list of who should not start, got none: "
            'add "do_not_start: [a fever, a skin infection, a new injury]" under "safety"'
        )
        found.note(routine.safety.place, "no-do-not-start", 0.0, message)
    if routine.bed == MASKS_BOWLS:
        found.note(sheet.value(routine.place, "bed"), "bowls-under-bowls", 0.0, MASKING)
    for step in routine.every_step:
        if step.hold:
            _hold(step.hold, step, sheet, found)
    for length in LENGTHS:
        for setup in routine.setups or (None,):
            _pressures(every(played(routine, length, setup)), sheet, found)
    return found.faults()


def _hold(hold: Hold, step: Step, sheet: Sheet, found: Worst) -> None:
    pressed = hold.press
    if hold.round == hold.press:
        # Nothing lies between the rounds: they are one press.
        slot = step.duration.high if step.duration else 0.0
        pressed = max(hold.press, hold.press * max((times for _, times in hold.times), default=0) or slot)
    if pressed > LONGEST_HOLD:
        message = (
            f"one spot is pressed for {words(pressed)}: expected at most {words(LONGEST_HOLD)}, and 15 to 30 s is "
            "enough; press for a shorter time, and let go in between"
        )
        found.note(sheet.value(hold.place, "press"), "hold-too-long", pressed, message)


def _pressures(steps: Iterable[Step], sheet: Sheet, found: Worst) -> None:
    """Note a strong beginning or end, and what comes or goes too suddenly."""
    given = [(sheet.value(step.place, "pressure"), step.pressure) for step in steps if step.pressure is not None]
    if not given:
        return
    for (place, pressure), end, better in (
        (given[0], "first", "begin softly, and let it grow"),
        (given[-1], "last", "end softly"),
    ):
        if pressure > MOST_AT_ENDS:
            message = f"the {end} pressure is {pressure}: expected at most {MOST_AT_ENDS}; {better}"
            found.note(place, f"pressure-{end}", pressure, message)
    for (_, before), (place, pressure) in pairwise(given):
        if abs(pressure - before) > MOST_CHANGE:
            message = (
                f"the pressure goes from {before} to {pressure}: expected a change of at most {MOST_CHANGE}; "
                "bring the two nearer, or put a step between them"
            )
            found.note(place, "pressure-jump", abs(pressure - before), message)
