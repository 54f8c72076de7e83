"""The tone lasts exactly as long as it says, and sounds from its first sample to its last."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.voices.tone import ToneEngine

texts = st.text(max_size=120)
paces = st.integers(80, 220)


def _voice(pace: int):
    return ToneEngine().voice(None, language="en", pace=pace)


@given(texts, paces)
def test_estimate_is_exact(text: str, pace: int) -> None:
    """Its seconds are the words at the pace, at least 0.3, and the estimate is they to the frame."""
    voice = _voice(pace)
    audio = voice.say(text)
    assert audio.sample_rate == 44100
    assert audio.samples.dtype == np.float32
    assert audio.samples.shape == (round(max(0.3, len(text.split()) * 60 / pace) * 44100), 1)
    assert voice.estimate(text) == len(audio.samples) / audio.sample_rate


@given(texts, paces)
def test_nothing_to_trim(text: str, pace: int) -> None:
    """Every window of 5 ms is far above -50 dBFS; the whole is at -20 dBFS, and far from clipped."""
    samples = _voice(pace).say(text).samples[:, 0]
    windows = np.lib.stride_tricks.sliding_window_view(samples, 220)
    assert 20 * np.log10(np.sqrt(np.mean(windows**2, axis=1)).min()) > -26
    assert 20 * np.log10(np.sqrt(np.mean(samples**2))) == pytest.approx(-20, abs=0.2)
    assert abs(samples[0]) == pytest.approx(np.abs(samples).max(), rel=1e-3)
    assert abs(samples[-1]) == pytest.approx(np.abs(samples).max(), rel=1e-3)
    assert np.abs(samples).max() < 0.3


@given(texts, paces)
def test_same_again(text: str, pace: int) -> None:
    """The same text is the same samples."""
    assert np.array_equal(_voice(pace).say(text).samples, _voice(pace).say(text).samples)


def test_pitches_differ() -> None:
    """Sentences can be told apart by their pitch, which lies between 150 and 500 Hz."""
    pitches = set()
    for text in ("Slow circles now.", "Hold it there.", "And release."):
        spectrum = np.abs(np.fft.rfft(_voice(120).say(text).samples[:, 0]))
        pitches.add(round(float(np.argmax(spectrum)) / _voice(120).estimate(text)))
    assert len(pitches) == 3
    assert all(148 <= pitch <= 502 for pitch in pitches)


def test_fingerprint() -> None:
    """Another pace is another sound, and the cache is told so."""
    assert _voice(120).fingerprint != _voice(121).fingerprint
    assert _voice(120).fingerprint == _voice(120).fingerprint
