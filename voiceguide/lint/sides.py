"""Words that name the other side than the one that is done while they are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.routine.model import Group
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine

_NAMED = {
    "en": re.compile(r"\b(?:(?P<left>left)|right) side\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:(?P<left>linke[nr]?)|rechte[nr]?) seite\b", re.IGNORECASE),
    "es": re.compile(r"\blado (?:(?P<left>izquierdo)|derecho)\b", re.IGNORECASE),
    "fr": re.compile(r"\bcôté (?:(?P<left>gauche)|droit)\b", re.IGNORECASE),
}
"""A side by its name; whether it is the left one."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text of a step's first side, or of its second, that names only the other one."""
    for step in (each for each in routine.steps if not isinstance(each, Group) and len(each.sides) == 2):
        first, second = (side.get("en") or side.get(routine.language) or "" for side in step.sides)
        if {first, second} != {"left", "right"}:
            continue
        for text in sheet.texts_of(step.place):
            expected = {"say": first, "say_again": second}.get(text.field)
            pattern = _NAMED.get(primary(text.language))
            if expected is None or pattern is None or "cues" in text.bare:
                continue
            named = {"left" if found["left"] else "right" for found in pattern.finditer(text.leaf.text)}
            if named and expected not in named:
                message = f"these words name the {named.pop()} side while the {expected} one is done: write {{side}}"
                yield sheet.fault(text.leaf, "other-side", f"{message}, which is the one at work")
