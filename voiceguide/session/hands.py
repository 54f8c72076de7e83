"""How much of a session is massage: when hands first touch, how long they work, how soon it ends once they are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.script import is_short
from voiceguide.timeline import touching

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine
    from voiceguide.session.drafting import Draft

FIRST_TOUCH = {"giver": (0.10, 60.0, 90.0), "self": (0.08, 44.0, 75.0)}
"""The latest first touch: a share of the session, never under the one nor over the other number of seconds."""
SEATED_LATER = 6.0
"""Seconds more where somebody sits: what to do when faint is longer to say."""
LAST_TOUCH = {"giver": (48.0, 58.0), "self": (38.0, 50.0)}
"""Seconds from the last touch to the end, at most: in a short session, and in others."""
HANDS_ON = (0.70, 0.80)
"""The share of a session in which hands work, at least: of a short one, and of others."""
HANDS_ON_OF_TWO = 0.70
"""Where two people take turns, they change over too."""


class Hands(NamedTuple):
    """When hands are on a body, in seconds."""

    first: float
    """From the session's start."""
    on: float
    after: float
    """From the last touch to the session's end."""


class Budget(NamedTuple):
    """What a session's hands should keep to."""

    first: float
    """Seconds at most."""
    on: float
    """Of the session, at least."""
    after: float
    """Seconds at most."""


def of(draft: Draft) -> Hands | None:
    """Return when hands touch in a draft; None where they never do."""
    slots = touching(draft.layout.chapters)
    if not slots:
        return None
    on = sum(slot.end - slot.start for slot in slots)
    return Hands(slots[0].start, on, draft.layout.duration - slots[-1].end)


def budget(routine: Routine, draft: Draft) -> Budget:
    """Return what a draft of a routine should keep to, by its audience, its length and how the receiver is placed."""
    lasts = draft.layout.duration
    short = is_short(lasts)
    share, least, most = FIRST_TOUCH[routine.audience]
    if draft.script.seated and routine.audience == "giver":
        least += SEATED_LATER
    on = HANDS_ON[0 if short else 1] if routine.receivers < 2 else HANDS_ON_OF_TWO
    return Budget(min(max(share * lasts, least), most), on, LAST_TOUCH[routine.audience][0 if short else 1])
