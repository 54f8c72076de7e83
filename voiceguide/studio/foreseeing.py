"""What a wish comes to, by estimate alone: its timeline in the total that it will have, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import Message
from voiceguide.routine.model import Group, inner
from voiceguide.routine.notes import notes_of, sections
from voiceguide.script.selection import chosen_setup, left_out, played
from voiceguide.script.wording import Wording
from voiceguide.session import finishing
from voiceguide.session.narration import by_estimate
from voiceguide.session.streaming import exactly
from voiceguide.timeline import touching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.notes import Notes
    from voiceguide.session.composing import Session
    from voiceguide.session.drafting import Draft
    from voiceguide.studio.wishes import Composed
    from voiceguide.timeline import Chapter, Timeline


class Foreseen(NamedTuple):
    """A session before it is spoken."""

    session: Session
    """In an exact total, where there is one."""
    draft: Draft
    timeline: Timeline

    @property
    def is_exact(self) -> bool:
        """Whether it lasts as long as is told: one whose steps stretch to no total may come out otherwise."""
        return self.session.drafting.total is not None

    @property
    def hands_on(self) -> float:
        """Seconds in which hands are on a body."""
        return sum(slot.end - slot.start for slot in touching(self.timeline.chapters))

    @property
    def warnings(self) -> list[str]:
        """What hardly fits, as `errors.option` leaves its names."""
        return [fault.text.raw for fault in self.draft.warnings]

    def shown(self) -> dict[str, Any]:
        """Return the timeline's document; own music is named without its folder."""
        return finishing.carried(self.session, self.timeline).to_json()


def foreseen(composed: Composed) -> Foreseen:
    """Return what a wish comes to. Raises RoutineError and UsageError for what does not fit."""
    session = exactly(composed.session)
    draft = by_estimate(session)
    return Foreseen(session, draft, session.timeline(draft, estimated=True))


def steps(plan: Foreseen) -> Iterator[dict[str, Any]]:
    """Yield all steps that can be switched on and off in a session's length and setup, and how long each is now."""
    session, now = plan.session, _by_step(plan.timeline)
    routine, choices = session.routine, session.choices
    setup, base = chosen_setup(routine, choices), plan.draft.script.base
    wording = Wording(routine, session.language, None)
    every = played(routine, base, setup)
    out = left_out(routine, choices, every, wording.name)
    number = playing = 0
    for step in every:
        is_group = isinstance(step, Group)
        for one in inner(step):
            number += 1
            playing += number not in out
            chapters = [] if number in out else now.get(playing, [])
            yield {
                "number": number,
                "title": wording.name(one.name),
                "group": wording.name(step.name) if is_group else None,
                "sides": [wording.side(side) for side in (step if is_group else one).sides],
                "seconds": round(sum(slot.end - slot.start for each in chapters for slot in each.slots), 1),
                "touch": one.touch,
                "playing": number not in out,
            }


def _by_step(timeline: Timeline) -> dict[int, list[Chapter]]:
    found: dict[int, list[Chapter]] = {}
    for chapter in timeline.chapters:
        if chapter.step is not None:
            found.setdefault(chapter.step, []).append(chapter)
    return found


def notes(routine_notes: Notes, timeline: Timeline) -> list[dict[str, Any]]:
    """Return what is to be read before a session, as JSON's values."""
    told = sections(routine_notes, timeline)
    return [{"key": each.key, "heading": each.heading, "items": list(each.items)} for each in told]


def notes_for(plan: Foreseen) -> list[dict[str, Any]]:
    """Return what is to be read before a session that is foreseen."""
    return notes(notes_of(plan.session.routine, plan.timeline.language), plan.timeline)


def raw(warning: str) -> str:
    """Return a warning with its names as `errors.option` leaves them."""
    return warning.raw if isinstance(warning, Message) else warning
