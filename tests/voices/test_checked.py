"""What cannot be a sentence's sound is an error that names the voice and the sentence."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.errors import Failed
from voiceguide.voices import Audio, checked
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
        (GOOD * 0, "silence"),
        (GOOD * 0.01, "silence"),
        (_with(GOOD, 5, np.nan), "no numbers"),
        (_with(GOOD, 5, np.inf), "no numbers"),
        (np.clip(GOOD * 20, -1, 1), "distorted"),
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
