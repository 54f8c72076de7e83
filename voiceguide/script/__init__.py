"""The script: a routine and choices become what is said, held and heard, in order, in one language.

No seconds of a session are here: what lies where is the plan's. Texts whose words depend on the plan (`{minutes}`, the
sounds that are used) are filled from `Figures`, which a plan gives back; see `session`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.routine.languages import texts
from voiceguide.routine.model import every
from voiceguide.script.frame import Frame, gate_of
from voiceguide.script.model import SHORT_UNDER, SOUND_CODE, Figures, Script, is_short
from voiceguide.script.selection import chosen_setup, kept
from voiceguide.script.steps import Steps
from voiceguide.script.visits import Visit
from voiceguide.script.wording import Wording

if TYPE_CHECKING:
    from voiceguide.choices import Choices
    from voiceguide.durations import Length
    from voiceguide.routine.model import Routine

__all__ = ["SHORT_UNDER", "SOUND_CODE", "Figures", "Script", "is_short", "tells_minutes", "write"]

TIME_LEFT = ((600.0, "time_left_ten"), (300.0, "time_left_five"))
"""(seconds that remain of the session, the phrase that says so)."""
BELLS = (("halfway", "halfway"), ("last-minute", "last_minute"))
"""(sound, the phrase that says what it means)."""


def tells_minutes(routine: Routine) -> bool:
    """Whether a text of a routine has `{minutes}` in it, so that the words of its steps hang on a plan."""
    told = (text for each in (routine, *routine.parts) for text in texts(each))
    return any("{" in said and "minutes" in said for text in told for said in text.written())


def write(
    routine: Routine,
    choices: Choices,
    base: Length,
    figures: Figures | None = None,
    *,
    short: bool = True,
    alike: Script | None = None,
) -> Script:
    """Return the script of a routine for the steps of `base`, in a session that is `short` or has time for all words.

    `figures` are those of a plan of this very session; without them the texts are filled provisionally. `alike` is
    another script by the same choices and of the same base: where no text `tells_minutes`, its steps are said the same.
    Raises UsageError for a setup, step or language that is not there, RoutineError for missing translations.
    """
    wording = Wording(routine, choices.language or routine.language, figures, choices.names)
    setup = chosen_setup(routine, choices)
    steps = kept(routine, choices, base, setup, wording.name)
    frame = Frame(routine, wording, base, setup)
    if alike:
        works, parts = alike.works, alike.parts
    else:
        visit = Visit(routine, wording.language, choices.visit)
        turn = tuple(one for one in every(steps) if one.part < routine.second_turn)
        swap = tuple(frame.swap(turn)) if routine.second_turn else ()
        works, parts = Steps(routine, wording, base, setup, figures, visit).write(steps, frame.avoid, swap)
    gate = gate_of(choices, short=short)
    return Script(
        title=wording.title,
        summary=wording.plain(routine.summary) if routine.summary else "",
        language=wording.language,
        setup=setup,
        seated=frame.seated,
        talk=choices.talk,
        base=base,
        opening_title=wording.phrases.get("chapter_opening", routine.audience),
        opening=tuple(frame.opening(gate, figures, welcome=choices.opening, minimal=choices.talk == "minimal")),
        works=works,
        parts=parts,
        time_left=tuple((seconds, wording.phrase("time_left", key)) for seconds, key in TIME_LEFT),
        closing_title=wording.phrases.get("chapter_closing", routine.audience),
        bells=tuple((sound, wording.phrase(sound, key)) for sound, key in BELLS),
        recover=wording.phrase("recover", "recover"),
        closing=tuple(frame.closing(every(steps))) if choices.closing else (),
        quiet_end=routine.quiet_end,
    )
