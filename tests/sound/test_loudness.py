"""Loudness agrees with BS.1770-4: with its own filter tables, with pyloudnorm, and with sums done by hand."""

from __future__ import annotations

import math
import sys
from contextlib import suppress
from pathlib import Path

import av
import av.filter
import numpy as np
import pyloudnorm
import pytest
from scipy.signal import lfilter, resample_poly

from voiceguide.sound.loudness import (
    KWeighting,
    Meter,
    TruePeak,
    coefficients,
    energies,
    gating_blocks,
    integrated,
    loudness_range,
    lufs,
    momentary_max,
    short_term,
)

sys.path.insert(0, str(Path(__file__).parents[1]))
from voices_for_tests import speech

RATE = 44_100


def noise(seconds: float, rate: int = RATE, channels: int = 1, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((round(seconds * rate), channels)) * 0.1


def sine(hz: float, seconds: float, rate: int = RATE, peak: float = 1.0) -> np.ndarray:
    return peak * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)[:, None]


def with_pauses(sound: np.ndarray) -> np.ndarray:
    return np.concatenate((sound, np.zeros_like(sound), sound * 0.5, np.zeros_like(sound)))


SIGNALS = {
    "white noise": (noise(3), RATE),
    "white noise at 48 kHz": (noise(3, 48_000), 48_000),
    "white noise at 24 kHz": (noise(3, 24_000), 24_000),
    "independent channels": (noise(3, channels=2) * [1.0, 0.3], RATE),
    "a low tone": (sine(100, 3, peak=0.2), RATE),
    "a middle tone": (sine(997, 3, peak=0.2), RATE),
    "a high tone": (sine(6000, 3, peak=0.2), RATE),
    "soft noise": (noise(5) * 0.01, RATE),
    "noise with pauses": (with_pauses(noise(2)), RATE),
    "speech": (speech("A sentence of some words that goes on for a while.", RATE), RATE),
}


@pytest.mark.parametrize("name", SIGNALS)
def test_integrated_loudness_agrees_with_pyloudnorm(name):
    samples, rate = SIGNALS[name]
    heard = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
    expected = pyloudnorm.Meter(rate).integrated_loudness(heard)
    assert integrated(energies(samples, rate)) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("name", SIGNALS)
def test_integrated_loudness_agrees_with_ffmpegs_ebur128(name):
    samples, rate = SIGNALS[name]
    heard = np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples
    assert integrated(energies(samples, rate)) == pytest.approx(_ebur128(heard, rate), abs=0.1)


def _ebur128(samples: np.ndarray, rate: int) -> float:
    """The integrated loudness that FFmpeg's filter reads, in the libraries that PyAV brings."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate, format="flt", layout="stereo")
    meter, sink = graph.add("ebur128", "framelog=quiet:metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples.astype(np.float32).reshape(1, -1), format="flt", layout="stereo")
    frame.sample_rate = rate
    graph.push(frame)
    graph.push(None)
    read = []
    with suppress(av.EOFError):
        while True:
            read.append(graph.pull().metadata["lavfi.r128.I"])
    return float(read[-1])


def test_a_997_hz_sine_at_full_scale_on_one_channel_is_minus_3_01():
    """BS.1770-4, annex 1, the calibration at the end of its description."""
    one_channel = np.hstack((sine(997, 5), np.zeros((5 * RATE, 1))))
    assert integrated(energies(one_channel, RATE)) == pytest.approx(-3.01, abs=0.02)
    assert integrated(energies(sine(997, 5), RATE)) == pytest.approx(0.0, abs=0.02), "mono is heard on both"


def test_the_filters_at_48_khz_are_the_standards_tables():
    (shelf_b, shelf_a), (high_b, high_a) = coefficients(48_000)
    assert shelf_b / shelf_a[0] == pytest.approx([1.53512485958697, -2.69169618940638, 1.19839281085285], abs=1e-12)
    assert shelf_a / shelf_a[0] == pytest.approx([1.0, -1.69065929318241, 0.73248077421585], abs=1e-12)
    assert high_b / high_a[0] == pytest.approx([1.0, -2.0, 1.0], abs=1e-12)
    assert high_a / high_a[0] == pytest.approx([1.0, -1.99004745483398, 0.99007225036621], abs=1e-12)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 96_000])
def test_the_filters_have_the_same_response_at_any_rate(rate):
    """Up to a third of the band; towards its top the bilinear transform bends every such filter."""
    hz = np.geomspace(20, rate / 6, 50)
    gains = []
    for at in (rate, 48_000):
        z = np.exp(2j * np.pi * hz / at)
        gains.append(np.prod([np.polyval(b, z) / np.polyval(a, z) for b, a in coefficients(at)], axis=0))
    assert 20 * np.log10(np.abs(gains[0] / gains[1])) == pytest.approx(0, abs=0.15)


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
@pytest.mark.parametrize("cuts", [(), (1, 2, 5000), (441, 882, 30_000, 30_001)])
def test_any_cut_into_blocks_gives_what_the_recursive_filter_gives(rate, cuts):
    samples = noise(1.5, rate, channels=2)
    expected = samples
    for b, a in coefficients(rate):
        expected = lfilter(b, a, expected, axis=0)
    weigh = KWeighting(rate, 2)
    found = np.concatenate([weigh(block) for block in np.split(samples, cuts)])
    assert np.abs(found - expected).max() < 1e-6


@pytest.mark.parametrize("rate", [22_050, 24_000, 44_100])
def test_there_is_an_energy_every_10_ms_and_they_hold_the_whole_power(rate):
    samples = noise(1.234, rate)
    found = energies(samples, rate)
    assert len(found) == math.ceil(len(samples) * 100 / rate)
    filtered = KWeighting(rate, 1)(samples)
    assert found.sum() * rate / 100 == pytest.approx(2 * np.square(filtered).sum())


def test_energies_of_placed_clips_add_up_to_the_energies_of_their_mix():
    one, other = noise(1, seed=1), noise(1, seed=2)
    one[RATE // 2 :], other[: RATE // 2] = 0, 0
    assert energies(one + other, RATE) == pytest.approx(energies(one, RATE) + energies(other, RATE), rel=0.02)


def test_silence_is_minus_infinity_and_a_short_sound_counts_as_one_block():
    assert integrated(energies(np.zeros((RATE, 1)), RATE)) == -math.inf
    assert momentary_max(energies(np.zeros((RATE, 1)), RATE)) == -math.inf
    assert integrated(energies(np.zeros((0, 1)), RATE)) == -math.inf
    short, padded = noise(0.2), np.concatenate((noise(0.2), np.zeros((round(0.2 * RATE), 1))))
    assert integrated(energies(short, RATE)) == pytest.approx(integrated(energies(padded, RATE)), abs=0.01)


def test_momentary_finds_the_loudest_400_ms():
    sound = np.concatenate((noise(2) * 0.1, noise(0.4), noise(2) * 0.1))
    assert momentary_max(energies(sound, RATE)) == pytest.approx(integrated(energies(noise(0.4), RATE)), abs=0.1)


@pytest.mark.parametrize("rate", [22_050, 24_000, 44_100])
@pytest.mark.parametrize("cuts", [(), (0, 1, 100, 441, 442), tuple(range(3000, 30_000, 3000)), (29_999,)])
def test_any_cut_into_blocks_gives_the_same_energies(rate, cuts):
    samples = noise(1.234, rate, channels=2)
    meter = Meter(rate, 2)
    for block in np.split(samples, [cut for cut in cuts if cut < len(samples)]):
        meter.add(block)
    assert meter.powers() == pytest.approx(energies(samples, rate), rel=1e-6)


def level(dbfs: float, seconds: float, rate: int = 48_000) -> np.ndarray:
    return np.repeat(sine(1000, seconds, rate, 10 ** (dbfs / 20)), 2, axis=1)


def momentary(powers: np.ndarray) -> np.ndarray:
    """The loudness of 400 ms from every 100 ms on."""
    return np.array([lufs(block) for block in gating_blocks(powers)])


@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_a_steady_tone_has_the_same_loudness_in_every_window(dbfs):
    """EBU Tech 3341, cases 1 and 2."""
    powers = energies(level(dbfs, 6), 48_000)
    assert integrated(powers) == pytest.approx(dbfs, abs=0.1)
    assert momentary(powers) == pytest.approx(dbfs, abs=0.1)
    assert short_term(powers) == pytest.approx(dbfs, abs=0.1)
    assert (len(momentary(powers)), len(short_term(powers))) == (57, 31), "one every 100 ms"


@pytest.mark.parametrize(
    ("parts", "expected"), [((-20, -30), 10), ((-20, -15), 5), ((-40, -20), 20), ((-50, -35, -20, -35, -50), 15)]
)
def test_the_loudness_range_is_that_of_ebu_tech_3342(parts, expected):
    """Its cases 1 to 4."""
    powers = energies(np.concatenate([level(dbfs, 20, 8000) for dbfs in parts]), 8000)
    assert loudness_range(powers) == pytest.approx(expected, abs=1)


def test_silence_has_no_range_and_no_momentary_loudness():
    powers = energies(np.zeros((RATE, 1)), RATE)
    assert loudness_range(powers) == 0
    assert np.isneginf(momentary(powers)).all()


@pytest.mark.parametrize("cuts", [(), (1, 2, 300, 301), tuple(range(1000, 40_000, 1000))])
def test_any_cut_into_blocks_finds_the_peak_between_samples(cuts):
    """A tone at a quarter of the rate, sampled beside its peaks: its samples read 3 dB low. The loud part is late."""
    at = np.arange(40_000)
    tone = np.sin(np.pi / 2 * at + np.pi / 4) * np.where(at < 30_000, 0.2, 0.5) * np.clip((40_000 - at) / 2000, 0, 1)
    meter = TruePeak(2)
    for block in np.split(np.stack((tone, -tone / 2), axis=1), cuts):
        meter.add(block)
    assert meter.dbtp() == pytest.approx(20 * math.log10(np.abs(resample_poly(tone, 4, 1)).max()), abs=0.1)


def test_silence_has_no_peak():
    meter = TruePeak(1)
    meter.add(np.zeros((1000, 1)))
    assert meter.dbtp() == -math.inf
