"""From the IPA to the signs that hibari's model learned: misaki's, of American and of British English."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.text import ipa
from voiceguide.text.pronouncing import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = frozenset("iɪeɛæaɑɒɔoʊuʌəɚɝɜᵻᵊbdfhjklɫmnpstvwzðŋɡɹrɾʃʒθˈˌː\u0329 ")
"""What it can be given: the sounds of English. Its table has more, which it never heard in training."""

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _compiled(pairs: Iterable[tuple[str, str]]) -> _Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_BOTH = [
    ("tʃ", "ʧ"),
    ("dʒ", "ʤ"),
    ("(?:eɪ|ɛɪ)", "A"),
    ("(?:aɪ|ɑɪ)", "I"),
    ("(?:aʊ|ɑʊ)", "W"),
    ("ɔɪ", "Y"),
    ("r", "ɹ"),
    ("ɫ", "l"),
    ("([lmnɹ])\u0329", r"ᵊ\1"),
    ("\u0329", ""),
]
_AMERICAN = _compiled(
    [
        *_BOTH,
        ("(?:oʊ|əʊ|o)", "O"),
        ("(?:ɝ|ɜː?ɹ?)", "ɜɹ"),
        ("ɚɹ?", "əɹ"),
        ("ː", ""),
        ("e", "ɛ"),
        ("[aɒ]", "ɑ"),
        ("ɾ", "T"),
    ]
)
_BRITISH = _compiled(
    [
        *_BOTH,
        ("(?:oʊ|əʊ|o)", "Q"),
        ("(?:ɝ|ɜː?ɹ?)", "ɜːɹ"),
        ("ɚɹ?", "əɹ"),
        ("[eɛ]əɹ?", "ɛːɹ"),
        ("ɹ(?![iɪɛeæaɑɒɔʊuʌəɜᵻᵊAIQWYˈˌ])", ""),  # said before a vowel alone
        ("ɑ(?!ː)", "ɑː"),
        ("e", "ɛ"),
        ("æ", "a"),
        ("ɾ", "t"),
    ]
)
RULES = tuple((pattern.pattern, replacement) for pattern, replacement in (*_AMERICAN, *_BRITISH))
"""All of them, for a fingerprint."""


def converted(given: str, *, british: bool) -> str:
    """Return a sentence with the sounds of its words, `[word](/ipa/)`, in hibari's own signs."""
    rules = _BRITISH if british else _AMERICAN
    return "".join(f"[{text}](/{_signs(sounds, rules)}/)" if sounds else text for text, sounds in parts(given))


def _signs(sounds: str, rules: _Rules) -> str:
    signs = ipa.at_vowels(sounds)
    for pattern, replacement in rules:
        signs = pattern.sub(replacement, signs)
    return signs
