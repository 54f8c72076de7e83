"""What of a text a voice cannot say, and so would leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.text.sayable import unsayable
from voiceguide.voices import ANY_LANGUAGE, languages_of, phonemes_of

if TYPE_CHECKING:
    from voiceguide.text.pronouncing import Lexicon
    from voiceguide.voices import Voice


def unsaid(text: str, language: str, voice: Voice, lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that a voice cannot say, none for a recording or one that speaks any language."""
    signs = phonemes_of(voice)
    if (signs is not None and not signs) or not unsayable(text, [language], lexicon, signs):
        return ()
    speaks = languages_of(voice)
    return () if ANY_LANGUAGE in speaks else unsayable(text, [language, *speaks], lexicon, signs)
