"""Short cues that begin with a vowel: a calm voice slides into it, and the word is lost or heard as another.

Out of 156 English sentences that began so, recognisers got the first word of 12 wrong; out of 857 others, of 25. The
fewer words follow, the less there is to tell by. English alone has been measured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.routine.walk import WORDS_OF
from voiceguide.text import marks, normalise, sentences
from voiceguide.text.languages import primary
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet

MOST_WORDS = 4
"""More of them, and the others tell what the first one was."""
ALONE = frozenset({"name", "cue", "reminders", "switch", "end", *WORDS_OF["hold"], *WORDS_OF["rhythm"]})
"""Fields whose texts come out of silence, or, a name, after a colon."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWEL = re.compile(r"[aeiou]|8|1[18](?!\d)|h(?:eir|onest|onou?r|our)", re.IGNORECASE)
_AS_IN_YOU_OR_WON = re.compile(r"eu|ewe|on(?:ce|e)\b|one-|u(?:ni(?![mn])|s(?:e|ing|u)|tens|til)", re.IGNORECASE)
"""Letters of a vowel whose sound is none."""


def check(sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text that is said alone in English and has a short sentence that begins with a vowel."""
    for text in sheet.texts:
        if text.field not in ALONE or primary(text.language) != "en":
            continue
        if found := slurred(text.leaf.text):
            sentence, word = found
            message = (
                f'"{shown(sentence)}" begins with a vowel, and "{shown(word)}" may not be understood in so few words: '
                'expected another word first, as "Slowly, ease off" for "Ease off slowly"'
            )
            yield sheet.fault(text.leaf, "vowel-first", message)


def slurred(text: str) -> tuple[str, str] | None:
    """Return an English text's first short sentence that begins with a vowel, and that word; None where it has none."""
    for sentence in sentences.split(marks.strip(text), "en"):
        words = _WORD.findall(normalise.spoken(sentence, "en"))
        if words and len(words) <= MOST_WORDS and _VOWEL.match(words[0]) and not _AS_IN_YOU_OR_WON.match(words[0]):
            return sentence, words[0]
    return None
