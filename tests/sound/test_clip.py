"""A clip is cut to its sound, faded at its edges, and stitched with pauses exact to the frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voiceguide.sound.clip import clip_of, condition, faded, samples_of, stitch
from voiceguide.sound.loudness import energies, integrated
from voiceguide.voices import Audio

sys.path.insert(0, str(Path(__file__).parents[1]))
from voices_for_tests import speech

RATE = 44_100


def tone(seconds: float, rate: int = RATE, peak: float = 0.15) -> np.ndarray:
    return (peak * np.cos(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)[:, None]


def silence(seconds: float, rate: int = RATE) -> np.ndarray:
    return np.zeros((round(seconds * rate), 1), np.float32)


def levels(samples: np.ndarray) -> np.ndarray:
    """Level of every 5 ms in dBFS, once the sound stands at -16 LUFS."""
    window = RATE // 200
    blocks = samples[: len(samples) // window * window, 0].reshape(-1, window).astype(np.float64)
    return 10 * np.log10(np.mean(blocks**2, axis=1) + 1e-12) - 16 - integrated(energies(samples, RATE))


def test_a_clip_is_44_1_khz_mono_16_bits():
    clip = condition(Audio(speech("Press and hold."), 24_000))
    assert (clip.frame_rate, clip.channels, clip.sample_width) == (44_100, 1, 2)


@pytest.mark.parametrize("frames", [13_230, 44_100, 44_101, 77_777, 123_456])
def test_a_steady_tone_keeps_its_length_to_the_frame(frames):
    assert condition(Audio(tone(frames / RATE)[:frames], RATE)).frame_count() == frames


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("peak", [0.003, 0.15, 1.0])
def test_silence_around_a_sound_goes_whatever_its_rate_and_level(rate, peak):
    spoken = np.concatenate((silence(0.3, rate), tone(1.0, rate, peak), silence(0.5, rate)))
    clip = condition(Audio(spoken, rate))
    assert 1.0 <= clip.frame_count() / RATE <= 1.0 + 0.015 + 0.030 + 0.005


@pytest.mark.parametrize("text", ["Press.", "Hold still here.", "Slide both hands outward, slowly, and come back."])
@pytest.mark.parametrize("gain", [0.05, 1.0, 4.0])
def test_the_sound_begins_within_20_ms_and_ends_within_35(text, gain):
    samples = samples_of(condition(Audio(speech(text) * np.float32(gain), 24_000)))
    loud = np.flatnonzero(levels(samples) > -50)
    assert loud[0] * 5 <= 15, "the first 5 ms above -50 dBFS"
    assert len(samples) / RATE * 1000 - (loud[-1] + 1) * 5 <= 35


def test_a_soft_consonant_before_the_onset_is_kept_but_not_more_than_15_ms():
    hiss = np.random.default_rng(0).standard_normal((round(0.1 * RATE), 1)).astype(np.float32) * 10 ** (-75 / 20)
    voiced = tone(1.0) * np.float32(0.3)
    for soft, kept_ms in ((hiss * 4, 15), (hiss * 0.1, 0)):
        clip = condition(Audio(np.concatenate((soft, voiced)), RATE))
        # The onset's own 5 ms may begin in what is soft.
        assert kept_ms - 0.5 <= (clip.frame_count() - len(voiced)) / RATE * 1000 <= kept_ms + 5.5


def test_edges_rise_from_nothing_and_fall_to_it():
    samples = samples_of(condition(Audio(tone(1.0, peak=0.9), RATE)))
    assert np.abs(samples[[0, -1]]).max() < 1e-3
    assert np.abs(np.diff(samples[:, 0])).max() < 0.05, "no step anywhere"
    whole = tone(1.0)
    assert np.array_equal(faded(whole, RATE)[200:-200], whole[200:-200])


def test_a_voice_at_full_scale_is_not_clipped_by_resampling():
    square = np.sign(tone(1.0, 24_000)).astype(np.float32)
    samples = samples_of(condition(Audio(square, 24_000)))
    assert 0.5 < np.abs(samples).max() < 0.99, "nothing is cut off at full scale"


def test_a_voice_keeps_its_levels_6_db_lower():
    for peak in (0.01, 0.5):
        samples = samples_of(condition(Audio(tone(1.0, peak=peak), RATE)))
        settled = samples[round(0.2 * RATE) : -round(0.1 * RATE)]  # the high-pass has rung out
        assert np.abs(settled).max() == pytest.approx(peak / 2, rel=0.01)


def test_what_lies_below_70_hz_is_taken_away():
    time = np.arange(RATE) / RATE
    rumble = (0.3 * np.sin(2 * np.pi * 20 * time) + 0.2)[:, None].astype(np.float32)
    plain = samples_of(condition(Audio(tone(1.0), RATE)))
    rumbling = samples_of(condition(Audio(tone(1.0) * np.float32(0.5) + rumble, RATE)))
    middle = slice(round(0.3 * RATE), round(0.7 * RATE))
    left = rumbling[middle] - plain[middle] * np.float32(0.5)
    assert np.sqrt(np.mean(left**2)) < 0.02, "20 Hz at 0.21 and an offset of 0.2, both halved, went below 0.02"
    assert abs(float(rumbling.mean())) < 1e-3


@pytest.mark.parametrize("samples", [silence(1.0), silence(0.0), silence(1.0) + np.float32(1e-6)])
def test_silence_is_refused(samples):
    with pytest.raises(ValueError, match="sound in it"):
        condition(Audio(samples, RATE))


@pytest.mark.parametrize("gaps", [(0.6, 0.6, 0.6), (0.0, 1 / 3, 2.7182818), (0.000011, 3.0, 0.000034)])
def test_pauses_are_exact_to_the_frame_from_the_absolute_start(gaps):
    clips = [clip_of(np.full((frames, 1), 0.5, np.float32)) for frames in (10_001, 777, 30_000, 5)]
    joined = samples_of(stitch(clips, gaps))[:, 0]
    at = 0.0
    for clip, gap in zip(clips, (*gaps, 0.0), strict=True):
        start, frames = round(at * RATE), int(clip.frame_count())
        assert (joined[start : start + frames] == 0.5).all()
        at += frames / RATE + gap
    assert len(joined) == start + frames
    assert np.count_nonzero(joined) == sum(int(clip.frame_count()) for clip in clips)


def test_as_many_gaps_as_there_are_joins():
    clip = clip_of(tone(0.1))
    with pytest.raises(ValueError, match="zip"):
        stitch([clip, clip], [0.6, 0.6])


def test_importing_it_says_nothing_even_where_warnings_are_errors():
    code = "import sys; sys.path[:] = [p for p in sys.path if p]; import voiceguide.sound.clip"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
