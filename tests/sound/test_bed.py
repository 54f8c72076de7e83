"""Beds are found, decoded once, levelled, and looped without a seam."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.sound import bed as beds
from voiceguide.sound.loudness import energies, integrated
from voiceguide.store.cache import Cache

RATE = 44_100


@pytest.fixture
def cache(tmp_path: Path):
    with Cache(tmp_path / "cache", warn=pytest.fail) as opened:
        yield opened


def music(seconds: float, rate: int = RATE, channels: int = 2, level: float = 0.1) -> np.ndarray:
    rng = np.random.default_rng(1)
    return (rng.standard_normal((round(seconds * rate), channels)) * level).astype(np.float32)


@pytest.mark.parametrize(
    ("suffix", "rate", "channels"), [("wav", 44_100, 2), ("flac", 48_000, 1), ("ogg", 22_050, 2), ("mp3", 44_100, 2)]
)
def test_music_of_any_rate_and_loudness_becomes_as_loud_as_the_voice(suffix, rate, channels, tmp_path, cache):
    path = tmp_path / f"song.{suffix}"
    soundfile.write(path, music(12, rate, channels, 0.02), rate)
    bed = beds.load(path, cache)
    assert bed.frames / RATE == pytest.approx(12, abs=0.06)
    assert integrated(energies(bed.samples(0, 10 * RATE), RATE)) == pytest.approx(-16.0, abs=0.3)


def test_no_room_for_a_bed_is_one_message(tmp_path, monkeypatch):
    """Where the cache and the temporary folder are full, it names the latter, and no file is left in either."""

    def full(path: Path, put: object) -> None:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    soundfile.write(tmp_path / "song.wav", np.random.default_rng(1).uniform(-0.1, 0.1, (44_100 * 5, 2)), 44_100)
    monkeypatch.setattr("voiceguide.store.entries._placed", full)
    said: list[str] = []
    with (
        Cache(tmp_path / "cache", warn=said.append) as cache,
        pytest.raises(Failed, match="in the temporary folder"),
    ):
        beds.load(tmp_path / "song.wav", cache)
    assert len(said) == 1


def test_a_bed_is_decoded_once(tmp_path, cache, monkeypatch):
    path = tmp_path / "song.wav"
    soundfile.write(path, music(4), RATE)
    first = beds.load(path, cache)
    monkeypatch.setattr(beds, "_decoded", lambda *_: pytest.fail("decoded again"))
    assert beds.load(path, cache) == first


def test_music_goes_into_its_beginning_with_equal_power(tmp_path, cache):
    path = tmp_path / "song.wav"
    soundfile.write(path, music(30), RATE)
    bed = beds.load(path, cache)
    assert bed.crossfade == bed.steady == 6 * RATE
    length = bed.period
    assert 0 <= bed.frames - bed.crossfade - length < 1152
    assert length % 1152 == 0
    power = [float(np.mean(bed.samples(length + at, RATE // 2) ** 2)) for at in range(-RATE, 7 * RATE, RATE // 2)]
    assert max(power) / min(power) < 1.12, "within 0.5 dB before, in and after the crossfade"
    joined = bed.samples(length - 50, 100)
    assert np.abs(np.diff(joined[:, 0])).max() <= np.abs(np.diff(bed.samples(0, length)[:, 0])).max()


def test_rounds_are_alike_from_the_first_crossfade_on(tmp_path, cache):
    path = tmp_path / "song.wav"
    soundfile.write(path, music(5), RATE)
    bed = beds.load(path, cache)
    whole = bed.samples(0, 4 * bed.period)
    assert np.array_equal(whole[bed.steady : 3 * bed.period], whole[bed.steady + bed.period :])
    assert not np.array_equal(whole[: bed.steady], whole[bed.period : bed.period + bed.steady])


def test_powers_are_those_of_the_samples(tmp_path, cache):
    path = tmp_path / "song.wav"
    fading = music(5) * np.linspace(0.2, 1.0, 5 * RATE, dtype=np.float32)[:, None]
    soundfile.write(path, fading, RATE)
    bed = beds.load(path, cache)
    measured = energies(bed.samples(0, 12 * RATE), RATE)
    known = np.concatenate((bed.powers(0, 700), bed.powers(700, 500)))
    for second in range(12):
        of = slice(100 * second, 100 * second + 100)
        assert 10 * np.log10(known[of].mean() / measured[of].mean()) == pytest.approx(0, abs=0.25)


def test_any_stretch_is_the_same_alone_as_in_a_longer_one(tmp_path, cache):
    path = tmp_path / "song.wav"
    soundfile.write(path, music(5), RATE)
    bed = beds.load(path, cache)
    whole = bed.samples(0, 15 * RATE)
    for start, frames in ((0, 10), (4 * RATE, RATE), (round(3.7 * RATE), 3 * RATE), (14 * RATE, RATE)):
        assert np.array_equal(bed.samples(start, frames), whole[start : start + frames])


@pytest.mark.parametrize(
    "content", [b"", b"#EXTM3U\nhttp://example.com/a.mp3\n", b"RIFF\x00\x00\x00\x00WAVEjunk", bytes(4000)]
)
@pytest.mark.parametrize("suffix", ["mp3", "wav", "flac", "ogg"])
def test_what_is_no_sound_is_one_clear_message(content, suffix, tmp_path, cache):
    path = tmp_path / f"song.{suffix}"
    path.write_bytes(content)
    with pytest.raises(Failed, match=f"song.{suffix}"):
        beds.load(path, cache)


def test_silence_and_what_is_too_short_or_too_long_is_refused(tmp_path, cache, monkeypatch):
    path = tmp_path / "song.wav"
    soundfile.write(path, np.zeros((5 * RATE, 2)), RATE)
    with pytest.raises(Failed, match="silence"):
        beds.load(path, cache)
    soundfile.write(path, music(1), RATE)
    with pytest.raises(Failed, match="at least 2 s"):
        beds.load(path, cache)
    monkeypatch.setattr(beds, "LONGEST", 3.0)
    soundfile.write(path, music(4), RATE)
    with pytest.raises(Failed, match="at most 3 s"):
        beds.load(path, cache)


def test_an_m4a_says_what_it_needs(tmp_path, cache, monkeypatch):
    path = tmp_path / "song.m4a"
    path.write_bytes(b"\0" * 100)
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    with pytest.raises(MissingError, match="pip install"):
        beds.load(path, cache)


def test_names_are_found_and_misspelt_ones_suggested(tmp_path):
    for name in beds.names():
        assert beds.find(name).is_file()
    with pytest.raises(UsageError, match="none"):
        beds.find("nonne")
    with pytest.raises(UsageError, match="no such file"):
        beds.find("nowhere.mp3", tmp_path)


def test_mp3_music_has_no_gaps(cache, tmp_path):
    """A block's end is no place to seek: frames of an MP3 lean on those before, and a noise would come every block."""
    path = tmp_path / "song.mp3"
    soundfile.write(path, music(20), RATE, format="MP3", bitrate_mode="CONSTANT", compression_level=0.9)
    whole, _ = soundfile.read(path, dtype="float32")
    bed = beds.load(path, cache)
    assert bed.frames == len(whole)
    once = bed.period  # then its end goes into its beginning
    assert np.abs(bed.samples(0, once) / bed.gain - whole[:once]).max() < 1e-4  # it is kept as int16


def test_a_listener_s_music_is_found_from_here_and_the_routine_s_from_its_folder(tmp_path, monkeypatch):
    """Each where its own author looks; of music nothing but its file's name is anybody's business."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / "song.wav").touch()
    monkeypatch.chdir(here)
    mine, theirs = beds.chosen("song.wav", "rain", there), beds.chosen(None, "song.wav", there)
    assert (mine.path, theirs.path) == (Path("song.wav"), there / "song.wav")
    assert beds.chosen(str(there / "song.wav"), None, here).shown == "song.wav"
    assert (mine.own, theirs.own, beds.chosen("rain", "song.wav", there).own) == (True, True, False)
    assert [beds.chosen(asked, own, there) for asked, own in ((None, "none"), ("none", "song.wav"))] == [None, None]
