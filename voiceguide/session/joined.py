"""Joined routines: how long a named length of several routines lasts together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from voiceguide.errors import RoutineError, UsageError
from voiceguide.routine.joining import setup_of
from voiceguide.script import is_short
from voiceguide.script.selection import chosen_setup, played
from voiceguide.session.drafting import Drafting

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.choices import Choices
    from voiceguide.durations import Length
    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.session.drafting import Draft


def with_total(routine: Routine, choices: Choices, estimates: Callable[[Routine], Lengths]) -> Routine:
    """Return a joined routine with the exact total of the named length that is chosen, in whole seconds.

    The hands have the time that they have in the parts' own sessions of that length, and what is said around them is
    said once. By the voice's estimates alone, so that it is the same whatever was spoken before. None is set where no
    part has an exact total of this length, or nothing can be longer or shorter. Raises UsageError and RoutineError for
    what cannot be played, of all parts.
    """
    if choices.length.total is not None:
        return routine
    base: Length = "full" if choices.length.typed == "full" else "short"
    if not any(part.total(base) for part in routine.parts):
        return routine
    whole = replace(choices, without=())  # a named length's total stays whatever is left out
    setup = chosen_setup(routine, whole)
    joint = Drafting(routine, whole).draft(estimates(routine))
    if not any(work.stretch and work.low is not None for work in joint.script.works):
        return routine
    hands = 0.0
    for part in routine.parts:
        own = setup_of(part, setup)
        if played(part, base, own):
            alone = replace(whole, setup=own, language=joint.script.language)
            hands += _hands_on(Drafting(part, alone).draft(estimates(part)))
    exact = _exactly(routine, base, joint, hands)
    if joint.short and not is_short(exact.lengths[0][1]):
        # Together there is time for all words of care, which no part alone has: they take none of the hands'.
        with suppress(UsageError, RoutineError):  # told where it is played
            exact = _exactly(routine, base, Drafting(exact, whole).draft(estimates(routine)), hands)
    return exact


def _exactly(routine: Routine, base: Length, joint: Draft, hands: float) -> Routine:
    """The routine with the total that gives the hands so many seconds, with all that a draft has around them."""
    return replace(routine, lengths=((base, float(ceil(joint.layout.duration - _hands_on(joint) + hands))),))


def _hands_on(draft: Draft) -> float:
    """The seconds of all its slots."""
    works = zip(draft.script.works, draft.layout.slots, strict=True)
    return sum(len(work.sides) * slot for work, slot in works)
