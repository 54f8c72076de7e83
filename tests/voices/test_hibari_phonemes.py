"""hibari is given the signs that it learned, in the English of its voice."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from voiceguide.text.pronouncing import of_language, parts
from voiceguide.voices.hibari_phonemes import SIGNS, converted

WORDS = [
    # the IPA; American, British
    ("ˌɛfləˈɹɑːʒ", "ˌɛfləɹˈɑʒ", "ˌɛfləɹˈɑːʒ"),
    ("ˈstɹoʊk tʃaɪ dʒɔɪ", "stɹˈOk ʧI ʤY", "stɹˈQk ʧI ʤY"),
    ("ˈnɝs", "nˈɜɹs", "nˈɜːs"),
    ("ˈɜːɹi hɛɹ", "ˈɜɹi hɛɹ", "ˈɜːɹi hɛ"),
    ("ˈwɔːtɚ", "wˈɔtəɹ", "wˈɔːtə"),
    ("ˈbʌtn̩", "bˈʌtᵊn", "bˈʌtᵊn"),
    ("tweɪ nɑ", "twA nɑ", "twA nɑː"),
]


@pytest.mark.parametrize(("ipa", "american", "british"), WORDS)
def test_signs(ipa: str, american: str, british: str) -> None:
    """Diphthongs are one sign, stress stands at its vowel, and only British voices leave an r unsaid."""
    given = f"Now [word](/{ipa}/), slowly."
    assert converted(given, british=False) == f"Now [word](/{american}/), slowly."
    assert converted(given, british=True) == f"Now [word](/{british}/), slowly."


def test_the_model_has_all_of_them() -> None:
    """What hibari's table lacks it would drop without a word: every sign, and every bundled word, is in it."""
    spec = find_spec("hibari")
    assert spec and spec.origin
    table = json.loads((Path(spec.origin).parent / "assets" / "vocab.json").read_text("utf-8"))
    words = [word.ipa for word in of_language("en")]
    assert words
    assert all(set(word) <= SIGNS for word in words)
    for british in (False, True):
        for sounds in (*SIGNS - {"\u0329"}, *words):
            for _, signs in parts(converted(f"[word](/{sounds}/)", british=british)):
                assert set(signs) <= set(table), (sounds, signs)
