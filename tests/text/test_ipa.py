"""Pronunciations are read as authors write them, and written as engines take them."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import pytest

from voiceguide.text import ipa

WRITTEN = [
    # as written, and in the one way of writing
    ("/ˌɛfləˈɹɑːʒ/", "ˌɛfləˈɹɑːʒ"),
    ("[ˈaɪt]", "ˈaɪt"),
    ("  gua   sha ", "ɡua sha"),
    ("'tʃiː", "ˈtʃiː"),
    ("ʧiː:", "tʃiːː"),
    ("t͡ʃi.a", "tʃia"),
    ("m\u00e3", "ma\u0303"),
    ("c\u0327a", "ça"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "canonical"), WRITTEN)
def test_one_way_of_writing(written, canonical):
    """Slashes, ligatures, ties, syllable dots and a keyboard's signs leave one way of writing, which stays as it is."""
    assert ipa.canonical(written) == canonical
    assert ipa.canonical(canonical) == canonical
    assert ipa.foreign(canonical, ipa.SIGNS) == ""


def test_what_is_no_sign_is_named():
    """Each sign that is not known is named once, in order."""
    assert ipa.foreign(ipa.canonical("eh-FLUR"), ipa.SIGNS) == "-FLUR"
    assert ipa.foreign("ˈʁa ʁa", frozenset("ˈa ")) == "ʁ"


@pytest.mark.parametrize(
    ("before_syllables", "before_vowels"),
    [("ˌɛfləˈɹɑːʒ", "ˌɛfləɹˈɑːʒ"), ("ˈstɹiːt ɪn", "stɹˈiːt ɪn"), ("həlˈoʊ", "həlˈoʊ"), ("ˈ", "ˈ"), ("ˈn̩", "ˈn̩")],
)
def test_stress_stands_before_its_vowel(before_syllables, before_vowels):
    """Engines that learned from eSpeak stress a vowel, dictionaries a syllable; without a vowel nothing moves."""
    assert ipa.at_vowels(before_syllables) == before_vowels
