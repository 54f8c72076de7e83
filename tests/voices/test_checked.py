"""What cannot be a sentence's sound is an error that names the voice and the sentence."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.errors import Failed
from voiceguide.voices import Audio
from voiceguide.voices.plugged import checked
from voiceguide.voices.tone import ToneVoice

VOICE = ToneVoice("steady", 120)
TEXT = "Slow circles now."
GOOD = VOICE.say(TEXT).samples


def _with(samples: np.ndarray, at: int, value: float) -> np.ndarray:
    changed = samples.copy()
    changed[at] = value
    return changed


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (GOOD[:0], "no sound"),
        (GOOD[:1], "0.0227 ms of sound where 150 ms is the least"),
        (GOOD[:6000], "least to expect"),
        (GOOD * 0, "silence"),
        (GOOD * 0.01, "silence"),
        (_with(GOOD, 5, np.nan), "no numbers"),
        (_with(GOOD, 5, np.inf), "no numbers"),
        (np.clip(GOOD * 20, -1, 1), "distorted"),
        (_with(GOOD, 5, 1e38), "values of up to 1e+38"),
        (GOOD * 32768, "where 1 is full scale"),
        ((GOOD * 32768).astype(np.int16), "samples of int16"),
        (GOOD.astype(object), "samples of object"),
        (GOOD.tolist(), "samples of list"),
        (iter(GOOD), "not of float32"),
        (np.tile(GOOD, (8, 1)), "s is the most to expect"),
        (GOOD[:, 0], "shape"),
        (np.hstack((GOOD, GOOD)), "shape"),
    ],
)
def test_bad_take(samples: np.ndarray, words: str) -> None:
    """Empty, silent, not a number, clipped, far too long or misshapen: each is told apart."""
    with pytest.raises(Failed) as raised:
        checked(Audio(samples, 44100), TEXT, VOICE)
    message = str(raised.value)
    assert words in message
    assert TEXT in message
    assert VOICE.id in message


@pytest.mark.parametrize("samples", [GOOD, GOOD * 0.05, np.tile(GOOD, (7, 1)), _with(GOOD, 3, 1.0)])
def test_good_take(samples: np.ndarray) -> None:
    """A quiet, a slow and a barely clipped take pass, unchanged."""
    audio = Audio(samples, 44100)
    assert checked(audio, TEXT, VOICE) is audio


@pytest.mark.parametrize("rate", [0, -1, 1, 10_000_000, 44100.5, float("nan"), "44100", None])
def test_bad_rate(rate: object) -> None:
    """A rate that no voice has is told."""
    with pytest.raises(Failed, match=r"tone:steady.* Hz, not at 8,000 to 192,000"):
        checked(Audio(GOOD, rate), TEXT, VOICE)


def test_other_floats_are_taken() -> None:
    """Half or double precision, and a rate of numpy's: the same sound."""
    audio = checked(Audio(GOOD.astype(np.float16), np.int64(44100)), TEXT, VOICE)
    assert (audio.samples.dtype, type(audio.sample_rate), audio.samples.shape) == (np.float32, int, GOOD.shape)
