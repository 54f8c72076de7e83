"""What a voice would get wrong: words in letters that their language has not, and words pronounced in vain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.errors import Fault, UsageError
from voiceguide.text import normalise, pronouncing
from voiceguide.text.alphabets import foreign
from voiceguide.text.languages import primary
from voiceguide.text.lines import shown as short
from voiceguide.text.sayable import unsayable, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.lint.sheet import Sheet, Written
    from voiceguide.routine.model import Routine

SHOWN = ("summary", "need", "more")
"""Fields that nothing is said of."""


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text that no voice of its language can say, and for each word that none of them has."""
    said = [text for text in sheet.texts if not _is_shown(text)]
    for text in said:
        if not foreign(text.leaf.text, [text.language]):
            continue
        lexicon = pronouncing.lexicon(text.language, routine.pronunciations(text.language))
        if words := unsayable(text.leaf.text, [text.language], lexicon):
            message = f"no voice of {text.language} can say {worded(words)}: expected its letters; write it as it "
            message += 'sounds, or tell so under "pronounce"'
            yield sheet.fault(text.leaf, "unsayable-letters", message)
    yield from _in_vain(routine, said)


def _is_shown(text: Written) -> bool:
    return text.field in SHOWN or (text.field == "position" and not text.step)


def _in_vain(routine: Routine, said: list[Written]) -> Iterator[Fault]:
    """Yield a warning for each word that is pronounced and never said: it may be misspelled."""
    for language in dict.fromkeys(one.language for one in routine.pronounce):
        own = [text for text in said if primary(text.language) == primary(language)]
        spoken = " ".join(normalise.spoken(text.leaf.text, text.language) for text in own)
        if not own:
            continue  # told where the language is
        spoken += f" {_program_s(language, routine)}"
        for one in routine.pronounce:
            word = normalise.spoken(one.how.word, language)
            if one.language == language and not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", spoken, re.IGNORECASE):
                message = f'"{short(one.how.word)}" is in no text that is said in {language}: expected a whole word as '
                message += "it is written there, a plural as a word of its own; mend it, or leave it out"
                yield Fault(one.place, "unused-pronunciation", message, "warning")


def _program_s(language: str, routine: Routine) -> str:
    """Return what the program says in a language, which may be pronounced otherwise too."""
    try:
        known = phrases.load(language)
    except UsageError:
        return ""
    return normalise.spoken(
        " ".join(known.get(key, routine.audience) for key in known.keys(routine.audience)), language
    )
