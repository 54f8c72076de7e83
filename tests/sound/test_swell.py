"""A swell is made to measure: it rises and falls with its stroke, alike each time, soft and without a click."""

from __future__ import annotations

import numpy as np
import pytest
from measuring import HOP, windows_dbfs

from voiceguide.measure.clicks import Clicks
from voiceguide.sound import chimes
from voiceguide.sound.loudness import energies, momentary_max
from voiceguide.sound.swell import swell
from voiceguide.store.cache import Cache
from voiceguide.timeline import SAMPLE_RATE

PHASES = [(2.0, 2.0), (6.0, 6.0), (9.0, 5.0), (3.0, 12.0), (12.0, 12.0), (4.25, 2.5)]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Where levelled sounds are kept."""
    with Cache(tmp_path_factory.mktemp("swells"), warn=pytest.fail) as opened:
        yield opened


@pytest.mark.parametrize(("out", "back"), PHASES)
def test_it_is_as_long_as_its_phases_and_turns_between_them(cache, out, back):
    """14 LU under the voice, whatever its length."""
    sound = chimes.fitted(out, back, cache)
    assert len(sound.samples) == round((out + back) * SAMPLE_RATE)
    assert momentary_max(energies(sound.samples, SAMPLE_RATE)) == pytest.approx(-30, abs=0.3)
    levels = windows_dbfs(sound.samples)
    wide = round(SAMPLE_RATE / HOP)
    smooth = np.convolve(10 ** (levels / 10), np.ones(wide) / wide, "same")
    assert np.argmax(smooth) / len(smooth) * (out + back) == pytest.approx(out, abs=0.5)


@pytest.mark.parametrize(("out", "back"), PHASES)
def test_it_begins_at_once_ends_in_nothing_and_never_clicks(cache, out, back):
    """Above -50 dBFS within 20 ms; also where the hands turn."""
    samples = chimes.fitted(out, back, cache).samples
    assert windows_dbfs(samples[: round(0.025 * SAMPLE_RATE)]).max() > -50
    assert np.abs(samples[[0, -1]]).max() < 1e-4
    assert windows_dbfs(samples[-round(0.05 * SAMPLE_RATE) :]).max() < -65
    found = Clicks(SAMPLE_RATE, 2)
    quiet = np.zeros((SAMPLE_RATE // 2, 2), dtype=np.float32)
    found.add(np.concatenate((quiet, samples, quiet)))
    assert not found.first


@pytest.mark.parametrize(("out", "back"), PHASES)
def test_its_energy_lies_between_300_and_1200_hz(out, back):
    """Where phones play, and consonants are not."""
    samples = swell(out, back)
    power = np.sum(np.abs(np.fft.rfft(samples, axis=0)) ** 2, axis=1)
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    assert power[(hz >= 300) & (hz <= 1200)].sum() > 0.97 * power.sum()


def test_equal_phases_give_equal_samples_from_the_cache_too(cache, tmp_path):
    """And other phases another key."""
    first, again = chimes.fitted(5.0, 3.0, cache), chimes.fitted(5.0, 3.0, cache)
    assert first.key == again.key
    with Cache(tmp_path / "another", warn=pytest.fail) as another:
        assert np.array_equal(first.samples, chimes.fitted(5.0, 3.0, another).samples)
    assert np.array_equal(first.samples, again.samples)
    assert chimes.fitted(3.0, 5.0, cache).key != first.key


def test_the_bundled_file_is_the_one_for_6_s_and_6_s(cache):
    """Levelled alike, but for the file's sixteen bits."""
    fitted, bundled = chimes.fitted(6.0, 6.0, cache), chimes.load(chimes.find("swell", None), "swell")
    assert np.abs(fitted.samples - bundled.samples).max() < 2 / 32768
