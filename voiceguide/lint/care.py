"""Rules over a routine as a whole: care before a session, pressures, holds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.durations import words
from voiceguide.errors import Fault
from voiceguide.routine.model import LENGTHS, Group
from voiceguide.script.selection import played

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine, Step

LONGEST_HOLD = 60.0
"""Seconds on one spot."""
MOST_AT_ENDS = 3
"""The strongest first and last pressure."""
MOST_CHANGE = 2
"""The largest step from one pressure to the next."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield the warnings of every rule, one a place and rule."""
    found = [*_do_not_start(routine), *_holds(routine, sheet), *_pressures(routine, sheet)]
    yield from {(fault.place, fault.rule): fault for fault in reversed(found)}.values()


def _do_not_start(routine: Routine) -> Iterator[Fault]:
    if not routine.safety.do_not_start:
        message = (
            "expected a list of who should not start, got none: "
            'add "do_not_start: [a fever, a skin infection, a new injury]" under "safety"'
        )
        yield Fault(routine.safety.place, "no-do-not-start", message, "warning")


def _holds(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    for step in _flat(routine):
        pressed = _longest_press(step)
        if step.hold and pressed > LONGEST_HOLD:
            message = (
                f"one spot is pressed for {words(pressed)}: expected at most {words(LONGEST_HOLD)}, "
                "and 15 to 30 s is enough; make the press shorter, with a release after it"
            )
            yield Fault(sheet.value(step.hold.place, "press"), "hold-too-long", message, "warning")


def _longest_press(step: Step) -> float:
    """Seconds on one spot without letting go: rounds with nothing between their presses are one."""
    hold = step.hold
    if hold is None:
        return 0.0
    if hold.round > hold.press:
        return hold.press
    counted = max((times for _, times in hold.times), default=None)
    if counted is not None:
        return hold.press * counted
    return max(hold.press, step.duration.high if step.duration else 0.0)


def _pressures(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    for length in LENGTHS:
        for setup in routine.setups or (None,):
            steps = [
                (step, step.pressure)
                for step in _each(played(routine, length, setup))
                if step.pressure is not None
            ]
            for (step, pressure), end in zip((steps[:1] + steps[-1:]), ("first", "last"), strict=False):
                if pressure > MOST_AT_ENDS:
                    message = (
                        f"the {end} pressure is {pressure}: expected at most {MOST_AT_ENDS}; "
                        + ("begin softly, and let it grow" if end == "first" else "end softly")
                    )
                    yield Fault(sheet.value(step.place, "pressure"), f"pressure-{end}", message, "warning")
            for (_, before), (step, pressure) in pairwise(steps):
                if abs(pressure - before) > MOST_CHANGE:
                    message = (
                        f"the pressure goes from {before} to {pressure}: expected a change of at most {MOST_CHANGE}; "
                        "put a step between them, or bring them nearer"
                    )
                    yield Fault(sheet.value(step.place, "pressure"), "pressure-jump", message, "warning")


def _flat(routine: Routine) -> Iterator[Step]:
    return _each(routine.steps)


def _each(steps: Iterable[Step | Group]) -> Iterator[Step]:
    for step in steps:
        if isinstance(step, Group):
            yield from step.steps
        else:
            yield step
