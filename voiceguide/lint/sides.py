"""Words that name the other side than the one that is done while they are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.lint.drawings import sides_named
from voiceguide.routine.languages import SIDE_WORDS
from voiceguide.routine.model import Group
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine, Text

_A_SIDE = re.compile(r"\w+ (?:side|seite)\b|\b(?:lado|côté) \w+", re.IGNORECASE)
"""A side by its name: "your right hand" is none."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text of a step's first side, or of its second, that names only the other one."""
    for owner in routine.steps:
        named = _sides(routine, owner.sides)
        if set(named) != {("left",), ("right",)} or len(named) != 2:
            continue
        for step in owner.steps if isinstance(owner, Group) else (owner,):
            for text in sheet.texts_of(step.place):
                if text.field not in ("say", "say_again") or "cues" in text.bare:
                    continue
                (expected,) = named[text.field == "say_again"]
                said = {
                    each for found in _A_SIDE.finditer(text.leaf.text) for each in sides_named(found[0], text.language)
                }
                if said and expected not in said:
                    message = f"these words name the {said.pop()} side while the {expected} one is done: write {{side}}"
                    yield sheet.fault(text.leaf, "other-side", f"{message}, which is the one at work")


def _sides(routine: Routine, sides: tuple[Text, ...]) -> list[tuple[str, ...]]:
    """Return which of left and right each of a step's sides names."""
    said = [side.get(routine.language) or "" for side in sides]
    if primary(routine.language) in phrases.languages():
        book = phrases.load(routine.language)
        said = [book.side(each) if each in SIDE_WORDS else each for each in said]
    return [tuple(sorted(sides_named(each, routine.language))) for each in said]
