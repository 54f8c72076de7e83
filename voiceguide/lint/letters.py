"""Words in letters that their language has not: no voice of it can say them, and an engine would leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.text import pronouncing
from voiceguide.text.alphabets import foreign
from voiceguide.text.sayable import unsayable, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine

SHOWN = ("summary", "need", "more")
"""Fields that nothing is said of."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text that may be said, in each of its languages."""
    for text in sheet.texts:
        shown = text.field in SHOWN or (text.field == "position" and not text.step)
        if shown or not foreign(text.leaf.text, [text.language]):
            continue
        lexicon = pronouncing.lexicon(text.language, routine.pronunciations(text.language))
        if words := unsayable(text.leaf.text, [text.language], lexicon):
            message = f"no voice of {text.language} can say {worded(words)}: expected its letters; write it as it "
            message += 'sounds, or tell so under "pronounce"'
            yield sheet.fault(text.leaf, "unsayable-letters", message)
