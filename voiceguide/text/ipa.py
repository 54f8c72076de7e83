"""The International Phonetic Alphabet, as authors write it and as engines take it."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import re
import unicodedata

_VOWELS = "iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒɚɝᵻᵊ"
_CONSONANTS = "pbtdʈɖcɟkɡqɢʔmɱnɳɲŋɴʙrʀⱱɾɽɸβfvθðszʃʒʂʐçʝxɣχʁħʕhɦɬɮʋɹɻjɰlɭʎʟɫwʍɥɕʑɺɧ"
_STRESSES = "ˈˌ"
_MODIFIERS = "ːˑʰʲʷˠˤ̩̯̥̬̃̚"
VOWELS = frozenset(_VOWELS)
SIGNS = frozenset(_VOWELS + _CONSONANTS + _STRESSES + _MODIFIERS + " ")
"""The signs of a pronunciation: sounds, stresses before a syllable, what changes the sound before it, and spaces."""

LONGEST = 100
"""Signs of a pronunciation."""

_ENCLOSING = re.compile(r"\s*(?:/(.*)/|\[(.*)\]|(.*?))\s*", re.DOTALL)
_SAME = str.maketrans(
    {"g": "ɡ", ":": "ː", "'": "ˈ", "’": "ˈ", "ʼ": "ˈ"}
    | dict(zip("ʧʤʦʣʨʥ", ("tʃ", "dʒ", "ts", "dz", "tɕ", "dʑ"), strict=True))
    | dict.fromkeys(".‿͜͡", "")
)
"""What stands for a sign, or parts or joins sounds in ways that no engine knows of."""
_ONSET = re.compile(f"([{_STRESSES}])([^{_VOWELS}{_STRESSES} ]*)(?=[{_VOWELS}])")


def canonical(written: str) -> str:
    """Return a pronunciation in one way of writing, without slashes around it; other signs than SIGNS stay in it."""
    inside = _ENCLOSING.fullmatch(written)
    text = next((group for group in inside.groups() if group is not None), "") if inside else written
    # A nasal vowel is a vowel and its tilde; a cedilla is part of its letter.
    apart = unicodedata.normalize("NFD", text).replace("c\u0327", "ç")
    return " ".join(apart.translate(_SAME).split())


def foreign(ipa: str, known: frozenset[str]) -> str:
    """Return the signs of a pronunciation that are none of the known ones, each once."""
    return "".join(dict.fromkeys(sign for sign in ipa if sign not in known))


def at_vowels(ipa: str) -> str:
    """Return a pronunciation with each stress right before its vowel, as eSpeak and what learned from it write it."""
    return _ONSET.sub(r"\2\1", ipa)
