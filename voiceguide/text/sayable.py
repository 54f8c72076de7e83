"""What of a text a voice cannot say: words in letters that its language has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.text import alphabets, ipa, normalise
from voiceguide.text.pronouncing import heard, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.text.pronouncing import Lexicon


def unsayable(
    text: str, languages: Sequence[str], lexicon: Lexicon, signs: frozenset[str] | None = ipa.SIGNS
) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that cannot be said in some languages, each with its script, as `Hebrew`.

    The text is in the first of the languages. A word can be said whose pronunciation is told in a way that a voice
    takes which knows these `signs` of the IPA (None: letters alone).
    """
    if not alphabets.foreign(text, languages):
        return ()
    given = heard(lexicon.carried(normalise.spoken(text, languages[0])), signs)
    return alphabets.foreign(" ".join(said for said, sounds in parts(given) if not sounds), languages)


def worded(words: Sequence[tuple[str, str]]) -> str:
    """Return such words for a message."""
    return ", ".join(f'"{word}" ({script})' for word, script in words[:_MOST])


_MOST = 5
"""Words that a message names: where they stand is told, and one is enough to know them by."""
