"""Strokes without a pace: hands that are told to glide, and not how fast, go too fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.lint import safety

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet, Written
    from voiceguide.routine.model import Routine

ASKING = ("name", "say")
"""The fields that say what the hands do."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each step that strokes with neither a rhythm nor a word of its pace, in any language."""
    everywhere = (text for text in sheet.texts if text.field == "reminders" and not text.step)
    reminded = {text.language for text in everywhere if safety.names_a_pace(text.leaf.text, text.language)}
    for step in routine.every_step:
        if step.rhythm or step.hold or not step.touch or step.duration is None:
            continue
        said = sheet.texts_of(step.place)
        for language in dict.fromkeys(text.language for text in said):
            if language in reminded:
                continue
            if found := _unpaced([text for text in said if text.language == language], language):
                message = (
                    'strokes with neither a rhythm nor a pace: add "rhythm: {out: 6s, back: 6s}" to the step, or say '
                    "how fast they go, as in: six seconds each way"
                )
                yield sheet.fault(found.leaf, "strokes-without-pace", message)
                break


def _unpaced(texts: list[Written], language: str) -> Written | None:
    """The text of a step that asks for strokes, where none of them says how fast."""
    if any(safety.names_a_pace(text.leaf.text, language) for text in texts):
        return None
    asking = (text for text in texts if text.field in ASKING and safety.asks_for_strokes(text.leaf.text, language))
    return next(asking, None)
