"""What cannot fit or be reached in a routine, by estimate: every length, setup and language of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.choices import Choices
from voiceguide.durations import LENGTHS
from voiceguide.errors import Fault, MissingError, RoutineError, UsageError
from voiceguide.session import speakable
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate, estimates

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.session.drafting import Draft


def problems(routine: Routine, judge: Callable[[Draft], None] = lambda _: None) -> tuple[Fault, ...]:
    """Return what cannot fit or be reached in a routine, by estimate: every length, setup and complete language.

    `judge` is called with every draft that can be laid out.
    """
    from voiceguide.routine.reading import languages

    found: dict[tuple[object, str, str], Fault] = {}
    for language in languages(routine) or (routine.language,):
        known: list[Lengths] = []
        for setup in routine.setups or (None,):
            for length in LENGTHS:
                for fault in _problems(
                    routine, Choices.of({"length": length, "setup": setup, "language": language}), judge, known
                ):
                    found.setdefault((fault.place, fault.rule, fault.level), fault)
    return tuple(found.values())


def _problems(
    routine: Routine, choices: Choices, judge: Callable[[Draft], None], known: list[Lengths]
) -> tuple[Fault, ...]:
    """Judge one session; `known` are the lengths of the words in its language, once there are any."""
    try:
        session = Session(routine, choices)
        if not known:
            known.append(estimates(session))
        draft = by_estimate(session, known[0])
        judge(draft)
        return (*draft.warnings, *speakable.sounds(session, "warning"))
    except RoutineError as error:
        return error.faults
    except (UsageError, MissingError) as error:
        # A length without steps, or a language that nobody here speaks: nothing in the file's words is at fault.
        return (Fault(routine.place, "nothing-to-play", error.text, "warning"),)
