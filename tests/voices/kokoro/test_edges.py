"""A sentence of Kokoro's begins and ends with its words, whatever the model makes up around them."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.voices.kokoro.edges import SAMPLE_RATE, cleared

FRAME = SAMPLE_RATE // 40
LEAD = round(0.06 * SAMPLE_RATE)


def tone(frames: int, hertz: float = 200.0) -> np.ndarray:
    """As many of the model's frames of a tone at full scale."""
    return np.sin(2 * np.pi * hertz * np.arange(frames * FRAME, dtype=np.float32) / SAMPLE_RATE).astype(np.float32)


@pytest.mark.parametrize(
    ("signs", "opening", "lead"), [("pˈa.", 0, 0.06), ("ˈa.", 0, 0.03), ("“pˈa”.", 1, 0.06), ("ɑ̃.", 0, 0.03)]
)
def test_nothing_sounds_before_the_first_sound(signs: str, opening: int, lead: float) -> None:
    """Silence up to 60 ms before a consonant's frames, 30 before a vowel's, its stress among them; no click there."""
    frames = np.ones(len(signs) + 2, np.float32)
    frames[0] = 20
    made = cleared(tone(int(frames.sum())), signs, frames)
    start = (20 + opening) * FRAME - round(lead * SAMPLE_RATE)
    assert not made[:start].any()
    assert np.abs(np.diff(made[start - 1 : start + 20])).max() < 0.01
    assert np.abs(made[start + SAMPLE_RATE // 100 :][:200]).max() > 0.9


@pytest.mark.parametrize(
    ("signs", "voiced", "kept"),
    [
        ("ɡʁˈe.", 6, False),  # a vowel, and then a hiss
        ("ɡʁˈɑ̃.", 6, False),
        ("ɡʁˈas.", 6, True),  # an s of its own
        ("ɡʁˈe.", 0, True),  # whispered
    ],
)
def test_a_hiss_after_a_voiced_sound_is_silent(signs: str, voiced: int, kept: bool) -> None:
    """It and what follows it; where the last sound itself may hiss, all stays."""
    last = max(place for place, sign in enumerate(signs) if sign.isalpha())
    frames = np.ones(len(signs) + 2, np.float32)
    frames[last + 1] = 12
    end = int(frames[: last + 1].sum() + voiced) * FRAME - LEAD
    spoken = np.concatenate([tone(20)[:end], 0.3 * tone(12, 7000.0)])
    made = cleared(spoken, signs, frames)
    assert (np.abs(made[end + FRAME :]).max() > 0.2) == kept
    assert np.array_equal(made[FRAME : end - FRAME], spoken[FRAME : end - FRAME])
    assert len(made) == len(spoken)


def test_no_letter_no_edge() -> None:
    """What is no sound is left as it is."""
    assert np.array_equal(cleared(tone(4), "…", np.ones(3, np.float32)), tone(4))
