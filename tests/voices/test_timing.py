"""The sounds of a sentence are counted from its spelling, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.voices.timing import Timing, count_words, sounds


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("Made", 1),
        ("pressed", 1),
        ("times", 1),
        ("circles", 2),
        ("released", 2),
        ("rested", 2),
        ("the", 1),
        ("shoulder", 2),
        ("massage", 2),
        ("hmm", 1),
    ],
)
def test_syllables(text: str, syllables: int) -> None:
    """English vowels that are not said are not counted."""
    assert sounds(text, "en").nuclei == syllables


def test_one_sound() -> None:
    """Double letters and pairs such as `th` are one consonant; a silent gh is none."""
    assert [sounds(word, "en").consonants for word in ("thumb", "press", "back", "though")] == [3, 3, 2, 1]


def test_other_languages_say_their_letters() -> None:
    """English's silent letters are English's only."""
    assert sounds("Hände", "de").nuclei == 2
    assert sounds("Rückens", "de").nuclei == 2


@pytest.mark.parametrize(
    ("text", "pauses"), [("One, two: three; four", 3), ("Wait — and breathe.", 1), ("Stop. Rest.", 1), ("Now…", 0)]
)
def test_pauses(text: str, pauses: int) -> None:
    """Marks inside a sentence are pauses, the one that ends it is not."""
    assert sounds(text, "en").pauses == pauses


def test_words() -> None:
    """A word is a run of letters or digits, with its apostrophe."""
    assert [
        count_words(text) for text in ("Don't press, hold.", "A finger\u2019s width", "hand-held", "10 times", "…")
    ] == [
        3,
        3,
        2,
        2,
        0,
    ]


@given(st.text(max_size=200), st.sampled_from(["en", "de", "zh"]))
def test_any_text_has_a_length(text: str, language: str) -> None:
    """Whatever the text, its length is above zero and finite, and more words never make it shorter."""
    timing = Timing(0.2, 0.1, 0.1, 0.3)
    assert 0 < timing.seconds(text, language=language) < 1000
    assert timing.seconds(f"{text} and", language=language) > timing.seconds(text, language=language) - 1e-9


@pytest.mark.parametrize(
    "text",
    ["把双手放在肩膀上", "両手を肩に置いて", "दोनों हाथ कंधों पर", "ضع كلتا يديك", "양손을 어깨에", "Положите руки"],
)
def test_scripts(text: str) -> None:
    """A script without Latin letters counts as well: a character of Chinese as a syllable."""
    letters = sum(char.isalpha() for char in text)
    assert letters / 3 <= sounds(text, "und").nuclei <= letters
