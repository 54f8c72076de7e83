"""What cannot fit or be reached in a routine, by estimate: every length, setup and language of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.choices import Choices
from voiceguide.durations import LENGTHS
from voiceguide.errors import Fault, MissingError, RoutineError, UsageError
from voiceguide.session import speakable
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
            for fault in _problems(routine, {"setup": setup, "language": language}, judge, known):
                found.setdefault((fault.place, fault.rule, fault.level), fault)
    return tuple(found.values())


def _problems(
    routine: Routine, chosen: dict[str, str | None], judge: Callable[[Draft], None], known: list[Lengths]
) -> Iterator[Fault]:
    """Judge every length of a session; `known` are the lengths of the words in its language, once there are any."""
    session: Session | None = None
    for length in LENGTHS:
        choices = Choices.of({**chosen, "length": length})
        try:
            session = session.in_length(choices) if session else Session(routine, choices)
            if not known:
                known.append(session.estimates)
            draft = by_estimate(session, known[0])
            judge(draft)
            yield from draft.warnings
            yield from speakable.sounds(session, "warning")
        except RoutineError as error:
            yield from error.faults
        except (UsageError, MissingError) as error:
            # A length without steps, or a language that nobody here speaks: nothing in the file's words is at fault.
            yield Fault(routine.place, "nothing-to-play", error.text, "warning")
