"""The script: a routine and choices become what is said, held and heard, in order, in one language.

No seconds of a session are here: what lies where is the plan's. Texts whose words depend on the plan (`{minutes}`, the
sounds that are used) are filled from `Figures`, which a plan gives back; see `session`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.script import frame
from voiceguide.script.model import SOUND_CODE, Figures, Script
from voiceguide.script.selection import chosen_setup, kept
from voiceguide.script.steps import Steps
from voiceguide.script.wording import Wording

if TYPE_CHECKING:
    from voiceguide.choices import Choices
    from voiceguide.durations import Length
    from voiceguide.routine.model import Routine

__all__ = ["SOUND_CODE", "Figures", "Script", "write"]

TIME_LEFT = ((600.0, "time_left_ten"), (300.0, "time_left_five"))
"""(seconds that remain of the session, the phrase that says so)."""


def write(routine: Routine, choices: Choices, base: Length, figures: Figures | None = None) -> Script:
    """Return the script of a routine for the steps of `base`.

    `figures` are those of a plan of this very session; without them the texts are filled provisionally.
    Raises UsageError for a setup, step or language that is not there, RoutineError for missing translations.
    """
    wording = Wording(routine, choices.language or routine.language, figures)
    setup = chosen_setup(routine, choices)
    works, parts = Steps(routine, wording, base, setup, figures).write(
        kept(routine, choices, base, setup, wording.name)
    )
    minimal = choices.talk == "minimal"
    opening = choices.opening
    after_gate = ("begin",) if minimal else ("recover", "begin")
    return Script(
        title=wording.title,
        summary=wording.plain(routine.summary) if routine.summary else "",
        language=wording.language,
        setup=setup,
        talk=choices.talk,
        base=base,
        opening_title=wording.phrases.get("chapter_opening", routine.audience),
        before=frame.before(routine, wording, minimal=minimal) if opening else (),
        sounds=frame.sounds(wording, figures) if opening else (),
        gate=frame.gate(routine, wording, setup, brief=choices.brief),
        after_gate=tuple(wording.phrase(key, key) for key in after_gate) if opening else (),
        works=works,
        parts=parts,
        time_left=tuple((seconds, wording.phrase("time_left", key)) for seconds, key in TIME_LEFT),
        closing_title=wording.phrases.get("chapter_closing", routine.audience),
        closing=frame.closing(routine, wording) if choices.closing else (),
    )
