"""From the IPA to eSpeak NG's own signs, which it takes within `[[ ]]`, in the languages whose signs are known here.

Each language has signs of its own, and what is none of them eSpeak drops without a word; so a table each, tried by
`scripts/measure_pronunciation.py`, which asks eSpeak what it makes of them.
"""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.text import ipa
from voiceguide.text.pronouncing import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED = "ptkbdfvszmnljwh"


def _table(signs: str) -> dict[str, str]:
    """Read pairs, as `ʃ S`, separated by commas; what eSpeak writes as the IPA does is shared."""
    pairs = (pair.split() for pair in signs.split(","))
    return dict.fromkeys("ˈ", "'") | {"ˌ": ",", " ": " "} | {sign: sign for sign in _SHARED} | dict(pairs)


_TABLES: dict[str, Mapping[str, str]] = {
    "en-us": _table(
        "ɡ g, ʃ S, ʒ Z, θ T, ð D, ŋ N, tʃ tS, dʒ dZ, ɹ r, r r, ɾ *, ɫ l, l̩ @L, n̩ @n, m̩ @m, "
        "iː i:, i i, ɪ I, eɪ eI, e E, ɛ E, æ a, ɑː A:, ɑ A:, a A:, ɒ A:, ɔː O:, ɔ O:, oʊ oU, o oU, ʊ U, uː u:, u u, "
        "ʌ V, ə @, ɚ 3, ɝ 3:, ɜː 3:, ɜ 3:, aɪ aI, aʊ aU, ɔɪ OI, ɔːɹ O@, ɑːɹ A@, ᵻ I#, ᵊ @"
    ),
    "de": _table(
        "ɡ g, ʃ S, ʒ Z, ç C, x x, ŋ N, tʃ tS, dʒ dZ, ʔ ?, r r, ʁ r, ɾ r, ɹ r, ʀ r, l̩ @l, n̩ @n, m̩ @m, "
        "iː i:, i i, ɪ I, yː y:, y y, ʏ y, eː e:, e e, ɛː E:, ɛ E, ɛ̃ E, øː Y:, ø Y:, œ W, aː a:, a a, ɑː A:, ɑ a, ə @, "
        "ɐ 3, ɜ 3, uː u:, u u, ʊ U, oː o:, o o, ɔ O, aɪ aI, aʊ aU, ɔɪ OY, ɔʏ OY, ɔø OY, ɑ̃ A~, ɑ̃ː A~, ɔ̃ O~, ɔ̃ː O~"
    ),
    "es": _table(
        "ɡ g, ɣ Q, β B, ð D, θ T, x x, ŋ N, ɲ n^, ʎ l^, ʝ J^, ɾ r, r R, ʃ S, ʒ Z, tʃ tS, dʒ dZ, "
        "i i, e e, ɛ E, a a, o o, ɔ O, u u, eɪ eI, aɪ aI, aʊ aU"
    ),
    "fr-fr": _table(
        "ɡ g, ŋ N, ɲ n^, ʁ r, r r, ɹ r, ʀ r, ʃ S, ʒ Z, tʃ tS, dʒ dZ, ɥ y, "
        "i i, e e, ɛ E, ɛː E:, a a, ɑ a, aː a:, y y, u u, o o, oː o:, ɔ O, ø Y, œ W, ə @, ɑ̃ A~, ɔ̃ O~, ɛ̃ E~, œ̃ W~"
    ),
}
"""By the tag of a voice's language; eSpeak's other Englishes and Spanishes have tables of their own."""


def signs(language: str) -> frozenset[str] | None:
    """Return the IPA's signs that can be given to eSpeak in a language; None where only letters can."""
    table = _TABLES.get(language.lower())
    return frozenset("".join(table)) if table else None


def version(language: str) -> str:
    """Return what tells a language's table from what it was or will be, for a fingerprint; "" where there is none."""
    table = _TABLES.get(language.lower())
    return hashlib.sha256(repr(table).encode()).hexdigest()[:12] if table else ""


def converted(given: str, language: str) -> str:
    """Return a sentence with the sounds of its words, `[word](/ipa/)`, as eSpeak takes them."""
    return "".join(f"[[{_mnemonics(sounds, language)}]]" if sounds else text for text, sounds in parts(given))


def _mnemonics(sounds: str, language: str) -> str:
    """Raise Failed for signs that the language has in other company alone, as a tilde on another vowel."""
    table, said, at = _TABLES[language.lower()], "", 0
    signs = ipa.at_vowels(sounds)
    while at < len(signs):
        found = next((sign for size in (3, 2, 1) if (sign := signs[at : at + size]) in table), "")
        if not found and signs[at] != "ː":  # length where the language has none
            raise Failed(f'eSpeak has no sound for "{signs[max(at - 1, 0) : at + 1]}" of "{sounds}" in {language}')
        said += table.get(found, "")
        at += len(found) or 1
    return said
