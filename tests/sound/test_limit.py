"""The limiter holds its ceiling between the samples too, and touches nothing that stays under it."""

from __future__ import annotations

import math

import measuring
import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.sound.limit import limit

RATE = 44_100
CEILING = -3.0


def sine(hz: float, phase: float, frames: int = RATE) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(frames) / RATE + phase).astype(np.float32)[:, None]


def fine_peak_dbtp(samples: np.ndarray) -> float:
    """A true peak by another way: 16 times oversampled at the best quality."""
    return 20 * math.log10(max(np.abs(soxr.resample(samples, 1, 16, "VHQ")).max(), np.abs(samples).max()))


def test_a_true_peak_between_the_samples_is_found():
    """A quarter of the rate, sampled at 45 degrees: every sample is at -3.01 dB, the wave reaches 0."""
    samples = sine(RATE / 4, np.pi / 4)
    samples *= np.hanning(len(samples))[:, None].astype(np.float32) ** 0.1
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-3.01, abs=0.01)
    assert measuring.clip_peak_dbtp(samples) == pytest.approx(0.0, abs=0.05)
    assert measuring.clip_peak_dbtp(limit(samples, RATE, -2.0)) == pytest.approx(-2.0, abs=0.05)


def test_silence_and_nothing_stay_as_they_are():
    silence = np.zeros((100, 2), np.float32)
    assert limit(silence, RATE, CEILING) is silence
    assert limit(np.zeros((0, 1), np.float32), RATE, CEILING).shape == (0, 1)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32 - 1),
    kind=st.sampled_from(["noise", "clipped", "clicks", "bursts", "tone", "stereo"]),
    gain_db=st.floats(-20, 30),
)
def test_the_ceiling_holds(seed, kind, gain_db):
    random = np.random.default_rng(seed)
    noise = random.standard_normal((RATE // 2, 1))
    made = {
        "noise": lambda: noise,
        "clipped": lambda: np.clip(noise * 10, -1, 1),
        "clicks": lambda: noise * (random.random(noise.shape) < 0.001),
        "bursts": lambda: np.sign(noise) * (np.arange(len(noise)) % 997 < 60)[:, None],
        "tone": lambda: sine(random.uniform(50, 18_000), 1.0, RATE // 2) * np.linspace(0, 1, RATE // 2)[:, None],
        "stereo": lambda: np.hstack((noise, noise[::-1] * 0.1)),
    }
    samples = (made[kind]() * 10 ** (gain_db / 20)).astype(np.float32)
    limited = limit(samples, RATE, CEILING)
    assert limited.shape == samples.shape
    assert limited.dtype == np.float32
    assert measuring.clip_peak_dbtp(limited) <= CEILING + 0.05
    assert (np.abs(limited) <= np.abs(samples)).all(), "it only turns down"


def test_a_finer_measure_finds_at_most_a_fifth_of_a_db_more():
    """What four times oversampling may miss in a voice's band (BS.1770-4, annex 2, attachment 1)."""
    noise = np.random.default_rng(0).standard_normal((RATE, 1)).astype(np.float32)
    voice = soxr.resample(soxr.resample(noise, RATE, 24_000, "HQ"), 24_000, RATE, "HQ")
    assert fine_peak_dbtp(limit(voice, RATE, CEILING)) <= CEILING + 0.2


def test_nothing_changes_where_nothing_exceeds():
    quiet = (np.random.default_rng(0).standard_normal((RATE, 1)) * 0.05).astype(np.float32)
    assert np.array_equal(limit(quiet, RATE, CEILING), quiet)
    peaked = quiet.copy()
    peaked[RATE // 2] = 2.0
    limited, near = limit(peaked, RATE, CEILING), round(0.011 * RATE)
    assert np.array_equal(limited[: RATE // 2 - near], quiet[: RATE // 2 - near])
    assert np.array_equal(limited[RATE // 2 + near :], quiet[RATE // 2 + near :])


def test_the_gain_glides_and_keeps_the_channels_together():
    left = np.full((RATE, 1), 0.5, np.float32)
    left[RATE // 2] = 4.0
    limited = limit(np.hstack((left, np.full_like(left, 0.25))), RATE, CEILING)
    gain = limited[:, 1] / 0.25
    assert gain.min() == pytest.approx(10 ** (CEILING / 20) / 4.0, rel=0.15)
    assert np.abs(np.diff(gain)).max() < 0.02, "no step"
    assert limited[:, 0] / left[:, 0] == pytest.approx(gain)
