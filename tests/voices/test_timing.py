"""The sounds of a sentence are counted from its spelling, in any script."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.voices.timing import (
    CEILING,
    CUE_SLOWED,
    MOST_HURRIED,
    MOST_SLOWED,
    SLOWED,
    Tempo,
    Timing,
    count_words,
    foretold,
    ratio,
    sounding,
    sounds,
    unhurried,
)


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


EVEN = Timing(base=0.0, nucleus=0.4, consonant=0.0, pause=1.0)
"""Of a voice that says 150 syllables a minute."""


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("So you and I go on to it.", 1.0),
        ("So you and I go on to it after.", 0.9**0.5),
        ("Effleurage, petrissage, tapotement, and, and, and.", MOST_HURRIED),
        ("The other shoulder.", 1.0),
    ],
)
def test_sentences_are_hurried_half_the_way(text: str, relative: float) -> None:
    """One that is slower than the pace is hurried by half of that, a seventh at most, and a cue never."""
    assert ratio(text, EVEN, language="en", pace=150, reference=150) == pytest.approx(relative)


@pytest.mark.parametrize(
    ("text", "reference", "relative"),
    [
        ("So you and I go on to it.", 120, 1.25 / CEILING),
        ("So you and I go on to it.", 147, 1.0),
        ("So you and I go on to it.", 60, MOST_SLOWED),
        ("You and I go on.", 140, 15 / 14),
        ("You and I go on.", 120, CUE_SLOWED),
    ],
)
def test_sentences_are_slowed_to_the_ceiling(text: str, reference: float, relative: float) -> None:
    """One that is above the ceiling is slowed until it is not, a cue until it keeps the pace, each within bounds."""
    found = ratio(text, EVEN, language="en", pace=150, reference=reference)
    assert found == pytest.approx(relative * reference / 150)


TEMPI: tuple[Tempo, ...] = ((0.4, 1.5), (0.5, 1.2), (0.6, 1.1), (0.7, 1.0))
LIGHT = "So you and I go on to it."


@pytest.mark.parametrize(
    ("text", "lasting", "settings"),
    [
        (LIGHT, 4.0, [0.7]),
        (LIGHT, 3.2, [0.7, 0.6]),
        (LIGHT, 3.0, [0.7, 0.5]),
        (LIGHT, 1.0, [0.7, 0.4]),
        ("So you and I.", 0.5, [0.7]),
    ],
)
def test_what_came_out_too_fast_is_spoken_again(text: str, lasting: float, settings: list[float]) -> None:
    """A sentence above the ceiling is said again at the first slower tempo that keeps it, or the last; no cue is."""
    heard: list[float] = []

    def speak(setting: float) -> tuple[float, float]:
        heard.append(setting)
        return setting, lasting * dict(TEMPI)[setting]

    assert unhurried(text, 135, TEMPI[-1], TEMPI, speak) == settings[-1]
    assert heard == settings


def test_a_staircase_that_falls_short_is_taken_on() -> None:
    """Where a tempo changes a sentence by less than it does others, the next one is tried."""
    heard: list[float] = []

    def speak(setting: float) -> tuple[None, float]:
        heard.append(setting)
        return None, 4.0 if setting == 0.4 else 3.0

    unhurried(LIGHT, 135, TEMPI[-1], TEMPI, speak)
    assert heard == [0.7, 0.5, 0.4]


def test_a_slowed_sentence_lasts_as_long_as_the_ceiling_lets_it() -> None:
    """It is foretold to be under the ceiling where a tempo alone would make it faster; no other sentence is."""
    assert foretold(LIGHT, 0.9, EVEN, language="en", pace=150, reference=120) == pytest.approx(3.2 / SLOWED)
    assert foretold(LIGHT, 1.1, EVEN, language="en", pace=150, reference=120) == pytest.approx(3.52)
    assert foretold(LIGHT, 0.9, EVEN, language="en", pace=150, reference=150) == pytest.approx(2.88)
    assert foretold("So you and I.", 0.9, EVEN, language="en", pace=150, reference=120) == pytest.approx(1.44)


def test_what_sounds() -> None:
    """A sentence lasts from its first sound to its last, 40 dB under its peak; silence lasts no time."""
    samples = np.zeros(24_000, np.float32)
    samples[2400:4800] = 0.5
    samples[12_000:14_400] = 0.01
    samples[20_000:] = 0.001
    assert sounding(samples, 24_000) == pytest.approx(0.5)
    assert sounding(np.zeros(24_000, np.float32), 24_000) == 0.0
