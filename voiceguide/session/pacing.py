"""Pacing: when a session that is still being spoken may begin, so that who hears it never waits for a slow voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from threading import Event

    from voiceguide.session.narrate import Said

LONGEST = 60.0
"""Seconds for which a session is held back at most: a voice that is slower is waited for where it falls behind."""
AHEAD = 2.0
"""Seconds by which words are to be there before they sound: a plan, a bed and an encoder take their time."""
_LOOKS = 0.05
"""Seconds between two looks at how much was spoken."""


class Due(NamedTuple):
    """What must be spoken by a moment of the session."""

    at: float
    """Seconds from its beginning."""
    speech: float
    """Seconds of speech that it takes, with all before."""


def hold(dues: Iterable[Due], said: Callable[[], Said], over: Event) -> None:
    """Wait until a session that begins now has its words in time, by the pace at which they were spoken so far.

    Ends early where it is `over`, and after LONGEST.
    """
    every = tuple(dues)
    for _ in range(round(LONGEST / _LOOKS)):
        if is_in_time(every, said()) or over.wait(_LOOKS):
            return


def is_in_time(dues: Iterable[Due], said: Said) -> bool:
    """Whether all that is due will be spoken by then; where nothing was spoken yet nobody knows, and it is taken so."""
    pace = said.pace or 0.0
    return all((due.speech - said.seconds) * pace <= due.at - AHEAD for due in dues if due.speech > said.seconds)
