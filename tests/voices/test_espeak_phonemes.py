"""eSpeak says what it is told, in its own signs, and every bundled word is one that it gets wrong by itself."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType

import pytest
from scripts_for_tests import loaded

from voiceguide.errors import Failed
from voiceguide.text import ipa
from voiceguide.text.pronouncing import of_language
from voiceguide.voices.espeak_phonemes import converted, signs

TAGS = {"en": "en-US", "de": "de", "es": "es", "fr": "fr-FR"}
MNEMONICS = [
    ("en-US", "ˌɛfləˈɹɑːʒ", ",Efl@r'A:Z"),
    ("en-US", "tweɪ nɑː", "tweI nA:"),
    ("de", "ˈʃʊltɐˌblat", "S'Ult3bl,at"),
    ("de", "tapɔtəˈmɑ̃ː", "tapOt@m'A~"),
    ("es", "ˈsoas", "s'oas"),
    ("fr-FR", "ilˈɑ̃", "il'A~"),
]


@cache
def script() -> ModuleType:
    """The script that asks eSpeak's library."""
    return loaded("measure_pronunciation")


@pytest.mark.parametrize(("language", "sounds", "mnemonics"), MNEMONICS)
def test_signs(language: str, sounds: str, mnemonics: str) -> None:
    """Stress stands before its vowel; length that a language has not is left out."""
    assert converted(f"A [b](/{sounds}/).", language) == f"A [[{mnemonics}]]."


def test_what_a_language_lacks_is_told() -> None:
    """A sign that it has on other vowels alone is a fault, and a language without a table takes letters."""
    with pytest.raises(Failed, match="eSpeak has no sound for"):
        converted("[b](/be\u0303/)", "de")
    assert signs("it") is None


@pytest.mark.skipif(sys.platform != "linux", reason="the library's trace is written to a C file of glibc's")
@pytest.mark.parametrize("language", list(TAGS))
def test_bundled_words_are_said_as_they_are_told(language: str) -> None:
    """Each has sounds that the language's voices know, is said by them, and would be said otherwise by one of them."""
    words = of_language(language)
    assert words
    for one in words:
        assert not ipa.foreign(one.ipa, signs(TAGS[language]) or frozenset()), one
        by_itself, told = script().espeak_says(one.word, language), script().espeak_told(one, language)
        if told == by_itself:  # then it is hibari that gets it wrong
            assert language == "en", one
            assert script().hibari().g2p(one.word) != script().hibari_told(one), one
        assert _alike(told, language) == _alike(ipa.at_vowels(one.ipa), language), one


def _alike(sounds: str, language: str) -> str:
    """Sounds without what a neighbour changes in them: a tap for an r or a t, an r's colour, length, weak stress."""
    taps = {"en": "t", "de": "r"}.get(language, "ɾ")
    end = ("r", "ɹ" if language == "en" else "r")  # of a sentence
    for sign, other in (("ɾ", taps), end, ("ɚ", "ə"), ("ɝ", "ɜ"), ("ɜ", "ɐ" if language == "de" else "ɜ"), ("ː", "")):
        sounds = sounds.replace(sign, other)
    return sounds.replace("ˌ", "").replace("ˈ", "")
