"""The bundled chimes are soft, mid-range, in one key, told apart by ear, and made by code alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from synthesis_for_tests import chimes, make_audio_assets

from voiceguide.sound.loudness import energies, momentary_max
from voiceguide.store import assets

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 44_100
CODE = ("step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end")
STRUCK = ("step", "switch", "halfway", "last-minute", "end")
PLAYED_LUFS = {"press": -30, "release": -30, "breath": -30, "swell": -30, "halfway": -28, "last-minute": -28}
"""How soft a chime may be played; the others are no softer than -26."""


@cache
def chime(name: str) -> NDArray[np.float64]:
    """The committed file, (frames, 2)."""
    samples, rate = soundfile.read(assets.sounds_folder() / "chimes" / f"{name}.flac")
    assert rate == RATE
    return samples


@cache
def made(name: str) -> NDArray[np.float64]:
    """What the script makes, before it is rounded to a file's samples."""
    return chimes.CHIMES[name]()


def db(power: float | NDArray[np.float64]) -> NDArray[np.float64]:
    return 10 * np.log10(np.maximum(power, 1e-20))


def level(samples: NDArray[np.float64], window: float, hop: float) -> NDArray[np.float64]:
    """Mean power of both channels in dB, in windows of `window` seconds, `hop` apart."""
    energy = np.concatenate([[0.0], np.cumsum(np.mean(samples**2, axis=1))])
    size = round(window * RATE)
    starts = np.round(np.arange(0, (len(samples) - size) / RATE, hop) * RATE).astype(int)
    return db((energy[starts + size] - energy[starts]) / size)


def onsets(samples: NDArray[np.float64]) -> list[float]:
    """Seconds at which the level jumps by over 4 dB within 60 ms."""
    levels = np.concatenate([np.full(6, -80.0), level(samples, 0.02, 0.01)])
    jumps = np.flatnonzero(levels[6:] - levels[:-6] > 4.0) / 100
    return [float(at) for at, before in zip(jumps, [-1.0, *jumps[:-1]], strict=True) if at - before > 0.1]


def pitch(samples: NDArray[np.float64], start: float, end: float) -> float:
    """Hz of the strongest tone between two moments."""
    part = samples[round(start * RATE) : round(end * RATE)].mean(axis=1)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 18))
    return float(np.argmax(spectrum)) * RATE / (1 << 18)


def power_spectrum(samples: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(Hz, power) of a whole sound, both channels summed."""
    power = np.sum(np.abs(np.fft.rfft(samples, axis=0)) ** 2, axis=1)
    return np.fft.rfftfreq(len(samples), 1 / RATE), power


def test_every_sound_of_the_code_has_a_file():
    files = {path.stem for path in (assets.sounds_folder() / "chimes").glob("*.flac")}
    assert set(CODE) == set(chimes.CHIMES)
    assert set(CODE) <= files


@pytest.mark.parametrize("name", CODE)
def test_the_committed_file_is_what_the_script_makes(name):
    info = soundfile.info(assets.sounds_folder() / "chimes" / f"{name}.flac")
    assert (info.format, info.subtype, info.samplerate, info.channels) == ("FLAC", "PCM_16", RATE, 2)
    expected = chimes.samples(made(name))
    committed, _ = soundfile.read(assets.sounds_folder() / "chimes" / f"{name}.flac", dtype="int16")
    assert committed.shape == expected.shape
    # Another machine's sine may round the other way.
    assert np.max(np.abs(committed.astype(int) - expected)) <= 1


@pytest.mark.parametrize("name", ["press", "breath"])
def test_making_a_sound_twice_gives_the_same_samples(name):
    """One that is struck, one that is breathed: what all are made of, to the last bit."""
    assert np.array_equal(chimes.CHIMES[name](), made(name))


@pytest.mark.parametrize("name", CODE)
def test_the_loudest_400_ms_is_at_the_reference_and_no_peak_is_near_full_scale(name):
    assert momentary_max(energies(chime(name), RATE)) == pytest.approx(-20.0, abs=0.05)
    assert np.max(np.abs(chime(name))) < 10 ** (-3 / 20)


@pytest.mark.parametrize("name", CODE)
def test_a_sound_begins_at_once_even_at_its_playing_level(name):
    gain = 10 ** ((PLAYED_LUFS.get(name, -26) + 20) / 20)
    first_20_ms = level(gain * chime(name)[: round(0.020 * RATE) + 1], 0.005, 0.0005)
    assert first_20_ms.max() > -50.0


@pytest.mark.parametrize("name", [name for name in CODE if name not in ("breath", "swell")])
def test_an_attack_lasts_25_to_40_ms(name):
    amplitude = 10 ** (level(chime(name)[: round(0.15 * RATE)], 0.005, 0.0005) / 20)
    full = 0.0025 + float(np.argmax(amplitude > 0.95 * amplitude.max())) * 0.0005
    assert 0.025 <= full <= 0.040


@pytest.mark.parametrize("name", CODE)
def test_nothing_startles(name):
    """In no 10 ms does any sound gain over 65 % of its strongest moment: a knock or a click gains it all."""
    amplitude = 10 ** (level(np.concatenate([np.zeros((441, 2)), chime(name)]), 0.005, 0.001) / 20)
    assert np.max(amplitude[10:] - amplitude[:-10]) < 0.65 * amplitude.max()


@pytest.mark.parametrize("name", CODE)
def test_the_energy_lies_where_phones_play_and_nothing_rings_above_2_khz(name):
    hz, power = power_spectrum(chime(name))
    assert power[(hz >= 300) & (hz <= 1200)].sum() > 0.9 * power.sum()
    assert db(power[hz > 2000].sum() / power.sum()) < -55


@pytest.mark.parametrize("name", STRUCK)
def test_struck_sounds_are_in_one_key(name):
    """F major pentatonic: whatever rings over whatever, it is consonant."""
    hz, power = power_spectrum(chime(name))
    hz, power = hz[1:], power[1:]
    semitone = 69 + 12 * np.log2(hz / 440)
    in_key = np.isin(np.round(semitone) % 12, (0, 2, 5, 7, 9)) & (np.abs(semitone - np.round(semitone)) < 0.25)
    assert power[in_key].sum() > 0.95 * power.sum()


@pytest.mark.parametrize("name", CODE)
def test_mono_speakers_lose_at_most_1_db(name):
    samples = chime(name)
    folded = np.repeat(samples.mean(axis=1, keepdims=True), 2, axis=1)
    assert momentary_max(energies(folded, RATE)) - momentary_max(energies(samples, RATE)) >= -1.0
    loss = level(folded, 0.4, 0.1) - level(samples, 0.4, 0.1)
    assert loss[level(samples, 0.4, 0.1) > -60].min() >= -1.5


@pytest.mark.parametrize("name", CODE)
def test_a_sound_is_stereo(name):
    samples = chime(name)
    side = (samples[:, 0] - samples[:, 1]) / 2
    assert db(np.mean(side**2) / np.mean(samples**2)) > -30


@pytest.mark.parametrize("name", CODE)
def test_a_sound_starts_and_ends_without_a_click(name):
    samples = chime(name)
    assert not samples[[0, -1]].any()
    assert np.max(np.abs(samples[-round(0.005 * RATE) :])) <= 2 / 32768
    assert level(samples[-round(0.06 * RATE) :], 0.05, 0.05)[0] < -70
    assert np.max(np.abs(samples.mean(axis=0))) < 1e-6, "DC"


STROKES = {
    "step": (0.0,),
    "switch": (0.0, 0.55),
    "halfway": (0.0, 1.0),
    "last-minute": (0.0, 0.9, 1.8),
    "end": (0.0, 4.0, 8.0),
    "press": (0.0,),
    "release": (0.0,),
}


@pytest.mark.parametrize("name", STROKES)
def test_sounds_are_told_apart_by_counting(name):
    assert onsets(chime(name)) == pytest.approx(STROKES[name], abs=0.03)


@pytest.mark.parametrize("name", ["step", "halfway", "last-minute"])
def test_a_bowl_rings_4_to_6_seconds_after_its_last_stroke(name):
    assert 4.0 <= len(chime(name)) / RATE - STROKES[name][-1] <= 6.0


@pytest.mark.parametrize("name", ["press", "release"])
def test_press_and_release_are_short(name):
    """They come every few seconds."""
    assert 1.0 <= len(chime(name)) / RATE <= 1.5


def test_press_rises_a_fifth_and_release_falls_it():
    starts = {name: pitch(chime(name), 0.0, 0.15) for name in ("press", "release")}
    ends = {name: pitch(chime(name), 0.7, 1.0) for name in ("press", "release")}
    assert ends["press"] / starts["press"] == pytest.approx(1.5, rel=0.03)
    assert ends["release"] / starts["release"] == pytest.approx(1 / 1.5, rel=0.03)


def test_press_and_release_are_equally_long():
    assert len(chime("press")) == pytest.approx(len(chime("release")), abs=0.05 * RATE)


def test_switch_steps_up_and_walks_to_the_right():
    samples = chime("switch")
    assert pitch(samples, 0.6, 1.0) / pitch(samples, 0.1, 0.5) == pytest.approx(4 / 3, rel=0.01)
    left, right = (db(np.mean(samples[round(0.1 * RATE) : round(0.5 * RATE), side] ** 2)) for side in (0, 1))
    assert left > right + 2
    left, right = (db(np.mean(samples[round(0.6 * RATE) : round(1.0 * RATE), side] ** 2)) for side in (0, 1))
    assert right > left + 2


def test_step_and_the_time_sounds_have_pitches_of_their_own():
    notes = sorted(pitch(chime(name), 0.1, 0.6) for name in ("step", "last-minute", "halfway"))
    assert min(notes[1] / notes[0], notes[2] / notes[1]) > 2 ** (2.5 / 12)


def test_the_end_is_three_bowls_each_lower_and_softer_with_a_long_tail():
    samples = chime("end")
    heard = [level(samples[round((at + 0.05) * RATE) :], 0.3, 0.3)[0] for at in STROKES["end"]]
    assert heard[0] - heard[1] > 2
    assert heard[1] - heard[2] > 2
    notes = [pitch(samples, at + 0.1, at + 1.0) for at in STROKES["end"]]
    assert notes == sorted(notes, reverse=True)
    assert len(samples) / RATE - STROKES["end"][-1] > 6.0


def test_a_breath_swells_5_s_and_falls_5_s():
    samples = chime("breath")
    assert len(samples) == 10 * RATE
    loudness = level(samples, 1.0, 0.1)  # the window at index i is centred at i / 10 + 0.5 s
    assert np.argmax(loudness) / 10 + 0.5 == pytest.approx(5.0, abs=0.3)
    each_second = loudness[[0, 10, 20, 30, 40]], loudness[[50, 60, 70, 80]]
    assert np.all(np.diff(each_second[0]) > 0)
    assert np.all(np.diff(each_second[1]) < 0)
    assert loudness.max() - loudness[0] > 10


def test_a_swell_rises_6_s_and_falls_6_s():
    samples = chime("swell")
    assert len(samples) == 12 * RATE
    loudness = level(samples, 1.0, 0.1)
    assert np.argmax(loudness) / 10 + 0.5 == pytest.approx(6.0, abs=0.3)
    assert np.all(np.diff(loudness[[0, 10, 20, 30, 40, 50]]) > 0)
    assert np.all(np.diff(loudness[[60, 70, 80, 90, 100]]) < 0)
    assert loudness.max() - loudness[0] > 8


def test_the_script_writes_the_one_asked_for_and_prints_its_numbers(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(make_audio_assets, "FOLDER", tmp_path)
    make_audio_assets.main(["--only", "press"])
    assert [path.name for path in tmp_path.rglob("*.flac")] == ["press.flac"]
    written, _ = soundfile.read(tmp_path / "chimes" / "press.flac")
    assert np.array_equal(written, chimes.samples(chimes.press()) / 32768)
    printed = capsys.readouterr().out
    assert "press" in printed
    assert f"{len(written) / RATE:.2f} s" in printed
    assert "-20.0 LUFS" in printed


def test_a_sound_with_a_peak_too_high_is_refused():
    knock = np.zeros((RATE, 2))
    knock[100:110] = 1.0
    with pytest.raises(ValueError, match="soften the attack"):
        chimes.samples(chimes.at_reference(knock))


def test_the_readme_tells_how_each_sound_is_made():
    words = (assets.sounds_folder() / "README.md").read_text(encoding="utf-8")
    assert [name for name in CODE if f"`{name}`" not in words] == []
