"""A chime is found where it may be, and comes at its distance below the voice; what is no sound is refused by name."""

from __future__ import annotations

import os
from pathlib import Path

import measuring
import numpy as np
import pyloudnorm
import pytest
import soundfile

from voiceguide.errors import Failed
from voiceguide.sound import chimes
from voiceguide.store.cache import Cache
from voiceguide.timeline import SAMPLE_RATE


def bell(seconds: float = 2.0, rate: int = 44_100, channels: int = 2, peak: float = 0.3) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    wave = peak * np.minimum(at / 0.03, 1) * np.exp(-1.5 * at) * np.sin(2 * np.pi * 528 * at)
    return np.repeat(wave[:, None], channels, axis=1)


def written(path: Path, samples: np.ndarray, rate: int = 44_100, **more) -> Path:
    soundfile.write(path, samples, rate, **more)
    return path


def loudest_400_ms(samples: np.ndarray) -> float:
    """The loudest block by pyloudnorm, which measures one block when given just that."""
    meter = pyloudnorm.Meter(SAMPLE_RATE)
    window = round(0.4 * SAMPLE_RATE)
    return max(
        meter.integrated_loudness(samples[start : start + window].astype(float))
        for start in range(0, len(samples) - window, window // 10)
    )


@pytest.mark.parametrize(
    ("role", "distance"),
    [
        *(("step", 9), ("switch", 9), ("end", 9)),
        *(("press", 14), ("release", 14), ("breath", 14), ("swell", 14)),
        *(("halfway", 12), ("last-minute", 12), ("gong.wav", 10)),
    ],
)
@pytest.mark.parametrize("peak", [0.01, 0.9])
def test_every_role_stands_at_its_distance_below_the_voice(tmp_path, role, distance, peak):
    chime = chimes.load(written(tmp_path / "a.wav", bell(peak=peak), subtype="FLOAT"), role)
    assert loudest_400_ms(chime.samples) == pytest.approx(-16 - distance, abs=0.3)


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (48_000, 1), (22_050, 2)])
def test_every_format_comes_as_stereo_at_the_sessions_rate(tmp_path, suffix, rate, channels):
    path = written(tmp_path / f"a.{suffix}", bell(2.0, rate, channels), rate)
    chime = chimes.load(path, "step")
    assert chime.samples.shape == (2 * SAMPLE_RATE, 2)
    assert (chime.samples.dtype, chime.sample_rate) == (np.float32, SAMPLE_RATE)
    assert chime.seconds == pytest.approx(chimes.seconds(path), abs=1e-4)
    assert not chime.samples.flags.writeable


def test_voice_and_chime_together_stay_below_minus_1_dbtp(tmp_path):
    """Even a chime that is one hard knock; the voice's own ceiling is -3 dBTP."""
    from voiceguide.sound.takes import CEILING_DBTP

    knock = np.zeros((44_100, 2))
    knock[1000:1030] = 0.9
    chime = chimes.load(written(tmp_path / "knock.wav", knock), "step")
    peak = 10 ** (measuring.clip_peak_dbtp(chime.samples) / 20)
    assert 20 * np.log10(peak + 10 ** (CEILING_DBTP / 20)) < -1


def test_a_file_cut_off_in_full_sound_does_not_click(tmp_path):
    steady = 0.3 * np.cos(2 * np.pi * 440 * np.arange(44_100) / 44_100)
    chime = chimes.load(written(tmp_path / "a.wav", steady), "step")
    assert np.abs(chime.samples[[0, -1]]).max() < 1e-3


def test_equal_sounds_have_equal_keys(tmp_path):
    one, same = (chimes.load(written(tmp_path / name, bell()), "step") for name in ("one.wav", "same.wav"))
    other = chimes.load(tmp_path / "one.wav", "press")
    assert one.key == same.key != other.key


def test_a_mono_file_has_the_loudness_it_is_heard_at(tmp_path):
    chime = chimes.load(written(tmp_path / "a.wav", bell(channels=1)), "end")
    assert loudest_400_ms(chime.samples) == pytest.approx(-25, abs=0.3)
    assert np.array_equal(chime.samples[:, 0], chime.samples[:, 1])


def test_bundled_names_come_first_and_files_beside_the_routine_next(tmp_path, monkeypatch):
    bundled = tmp_path / "bundled"
    (bundled / "chimes").mkdir(parents=True)
    monkeypatch.setattr(chimes, "sounds_folder", lambda: bundled)
    step = written(bundled / "chimes" / "step.flac", bell())
    beside = tmp_path / "beside"
    (beside / "sounds").mkdir(parents=True)
    gong, inner = (written(beside / name, bell()) for name in ("gong.wav", "sounds/low gong.ogg"))
    assert chimes.names() == ("step",)
    assert chimes.find("step", None) == step
    assert chimes.find("gong.wav", beside) == gong
    assert chimes.find("sounds/low gong.ogg", beside) == inner
    for name, words in {
        "stepp": 'Did you mean "step"',
        "gong": "or a file beside the routine",
        "none.wav": "found none",
        "gong.txt": "expected one of step",
    }.items():
        with pytest.raises(Failed, match=words) as caught:
            chimes.find(name, beside)
        assert name in str(caught.value)
    with pytest.raises(Failed, match="needs a routine"):
        chimes.find("gong.wav", None)


@pytest.mark.parametrize(
    "name",
    [
        *("../gong.wav", "in/../../gong.wav", "/etc/gong.wav", "link.wav"),
        *("C:\\gong.wav", "C:gong.wav", "\\\\host\\share\\gong.wav", "http://host/gong.wav", "file:///gong.wav"),
    ],
)
def test_a_file_outside_the_routines_folder_is_refused(tmp_path, name):
    folder = tmp_path / "routine"
    folder.mkdir()
    written(tmp_path / "gong.wav", bell())
    if hasattr(os, "symlink"):
        (folder / "link.wav").symlink_to(tmp_path / "gong.wav")
    with pytest.raises(Failed, match="in the routine's own folder"):
        chimes.find(name, folder)


def test_what_is_no_sound_is_refused_with_its_name(tmp_path):
    whole = written(tmp_path / "whole.flac", bell()).read_bytes()
    not_a_number = bell()
    not_a_number[5000] = np.nan
    for name, content in {
        "nothing.wav": b"",
        "playlist.mp3": b"#EXTM3U\nhttp://example.org/evil\n",
        "text.flac": b"This is a letter, not a sound." * 100,
        "cut.flac": whole[: len(whole) // 2],
    }.items():
        (tmp_path / name).write_bytes(content)
    written(tmp_path / "silent.wav", np.zeros((44_100, 2)))
    written(tmp_path / "empty.wav", np.zeros((0, 2)))
    written(tmp_path / "broken.wav", not_a_number, subtype="FLOAT")
    written(tmp_path / "long.wav", np.full((61 * 8000, 1), 0.1), 8000)
    written(tmp_path / "many.wav", np.full((1000, 6), 0.1))
    (tmp_path / "folder.wav").mkdir()
    for name, words in {
        "nothing.wav": "something else, or the file is damaged",
        "playlist.mp3": "something else, or the file is damaged",
        "text.flac": "something else, or the file is damaged",
        "cut.flac": "damaged",
        "silent.wav": "got silence",
        "empty.wav": "nothing in it",
        "broken.wav": "damaged after 0.1 s",
        "long.wav": "at most 60 s, got 1 min 1 s",
        "many.wav": "6 channels",
        "folder.wav": "can be read",
        "missing.wav": os.strerror(2),
    }.items():
        with pytest.raises(Failed, match=words) as caught:
            chimes.load(tmp_path / name, "step")
        assert str(tmp_path / name) in str(caught.value)


def test_every_bundled_chime_of_the_code_loads():
    assert set(chimes.DISTANCES) <= set(chimes.names())
    for name in chimes.names():
        path = chimes.find(name, None)
        loaded = chimes.load(path, name).seconds
        assert loaded > 0.5
        assert chimes.seconds(path) == pytest.approx(loaded, abs=1e-4)


def test_a_bundled_chime_that_is_damaged_is_told(tmp_path, monkeypatch):
    """Its length is read without what decodes sounds, and is told all the same where there is none to be read."""
    monkeypatch.setattr(chimes, "_bundled", lambda: tmp_path)
    (tmp_path / "step.flac").write_bytes(b"fLaC")
    with pytest.raises(Failed, match=r"step\.flac"):
        chimes.seconds(tmp_path / "step.flac")


def test_a_kept_chime_is_the_loaded_one(tmp_path):
    """From the cache comes what was levelled, to the bit; another role or another file is another sound."""
    with Cache(tmp_path / "cache", warn=pytest.fail) as cache:
        path = chimes.find("step", None)
        loaded, first, again = (
            chimes.load(path, "step"),
            chimes.kept(path, "step", cache),
            chimes.kept(path, "step", cache),
        )
        for chime in (first, again):
            assert chime.key == loaded.key
            assert np.array_equal(chime.samples, loaded.samples)
        assert chimes.kept(path, "press", cache).key != loaded.key
        with pytest.raises(Failed):
            chimes.kept(tmp_path / "gone.wav", "step", cache)
