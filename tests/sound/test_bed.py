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
    assert bed.pieces[0].frames / RATE == pytest.approx(12, abs=0.06)
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
    (piece,) = bed.pieces
    assert piece.crossfade == bed.steady == 6 * RATE
    length = bed.period
    assert 0 <= piece.frames - piece.crossfade - length < 1152
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
    (piece,) = bed.pieces
    assert piece.frames == len(whole)
    once = bed.period  # then its end goes into its beginning
    assert np.abs(bed.samples(0, once) / piece.gain - whole[:once]).max() < 1e-4  # it is kept as int16


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


@pytest.fixture
def folder(tmp_path):
    """Three pieces of a rate, a length and a loudness of their own, and what is no music."""
    inside = tmp_path / "evening"
    inside.mkdir()
    for name, seconds, rate, level in (
        ("10 last.ogg", 9, 22_050, 0.02),
        ("2 B.wav", 5, RATE, 0.2),
        ("1 a.flac", 30, 48_000, 0.05),
    ):
        soundfile.write(inside / name, music(seconds, rate, 1, level), rate)
    (inside / "cover.jpg").write_bytes(b"no sound")
    (inside / "._1 a.flac").write_bytes(b"what a Mac leaves")
    return inside


def test_a_folder_is_a_playlist_in_the_order_of_its_names(folder, cache):
    """Each piece as loud as the voice, and crossed into the next with equal power; the last into the first."""
    assert [path.name for path in beds.playlist(folder)] == ["1 a.flac", "2 B.wav", "10 last.ogg"]
    bed = beds.load(beds.find(str(folder)), cache)
    first, second, third = bed.pieces
    assert [piece.crossfade for piece in bed.pieces] == [
        min(piece.frames, after.frames) // 4 for piece, after in ((first, second), (second, third), (third, first))
    ]
    assert [piece.period % 1152 for piece in bed.pieces] == [0, 0, 0]
    assert bed.period == first.period + second.period + third.period
    seconds = np.array([np.mean(bed.samples(at, RATE // 2) ** 2) for at in range(0, 2 * bed.period, RATE // 2)])
    assert 10 * np.log10(seconds.max() / seconds.min()) < 1.2
    before = first.samples(0, first.period)[-RATE:]
    assert np.array_equal(bed.samples(first.period - RATE, RATE), before), "alone until the next one begins"
    at = first.period + first.crossfade
    assert np.array_equal(bed.samples(at, 1000), second.samples(first.crossfade, 1000))


def test_any_stretch_of_a_playlist_is_the_same_alone(folder, cache):
    """And its powers are those of its samples, over every seam; a round later it is the same again."""
    bed = beds.load(folder, cache)
    whole = bed.samples(0, 2 * bed.period + bed.steady)
    for start, frames in ((0, 10), (1_300_000, 70_001), (bed.period - 20_000, 90_000), (bed.period, 1)):
        assert np.array_equal(bed.samples(start, frames), whole[start : start + frames])
    assert np.array_equal(
        whole[bed.steady : bed.steady + 40_000], whole[bed.period + bed.steady : bed.period + bed.steady + 40_000]
    )
    count = len(whole) // 441
    measured, told = energies(whole[: count * 441], RATE)[:count], bed.powers(0, count)
    smooth = np.ones(100) / 100
    ratio = np.convolve(told, smooth, "valid") / np.convolve(measured, smooth, "valid")
    assert np.abs(10 * np.log10(ratio)).max() < 0.6
    assert np.array_equal(bed.powers(500, 3000), told[500:3500])


def test_a_file_of_a_folder_that_cannot_be_read_is_named(folder, tmp_path, cache, monkeypatch):
    """So is a folder without music, one with far too many files, and one that lasts too long."""
    (folder / "3 broken.mp3").write_bytes(b"no sound")
    with pytest.raises(Failed, match=r"3 broken\.mp3"):
        beds.load(folder, cache)
    (folder / "3 broken.mp3").unlink()
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="empty: expected music in the folder"):
        beds.find("empty", tmp_path)
    monkeypatch.setattr(beds, "MOST_PIECES", 2)
    with pytest.raises(UsageError, match="at most 2 files"):
        beds.find(str(folder))
    monkeypatch.setattr(beds, "MOST_PIECES", 3)
    monkeypatch.setattr(beds, "LONGEST_LIST", 40.0)
    with pytest.raises(Failed, match="at most 40 s of music"):
        beds.load(folder, cache)


@pytest.mark.parametrize("typed", ["evening", "./evening/", "."])
def test_a_folder_is_told_without_where_it_is(typed, folder, monkeypatch):
    """In a file that goes to others."""
    monkeypatch.chdir(folder if typed == "." else folder.parent)
    assert beds.ref(typed).shown == "evening"
