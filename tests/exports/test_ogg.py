"""Ogg Vorbis: the file itself decodes to what went in, at its place, its level and its length."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
import soundfile
from mutagen.flac import Picture
from mutagen.ogg import OggPage
from mutagen.oggvorbis import OggVorbis

from voiceguide.exports import Options
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

CHAPTERS = (("Öffnung", 0.0, 61.2), ("背中", 61.2, 3725.0504), ("Ende", 3725.0504, 3726.0))


def decode(data: bytes) -> NDArray[np.float32]:
    """Decode with libsndfile."""
    samples, rate = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE
    return samples


def pages(data: bytes) -> list[OggPage]:
    """Return every page, from the first byte to the last."""
    file, found = BytesIO(data), []
    while file.tell() < len(data):
        found.append(OggPage(file))
    return found


@pytest.mark.parametrize("frames", [1, 2, 63, 64, 575, 577, 1024, 1025, 44_100, 88_211, 300_000])
def test_exact_length(frames: int, written: Written, noise: Noise):
    """Every length, however odd, comes out to the sample, even from one huge block."""
    data = written(".ogg", noise(frames), block=frames)
    assert len(decode(data)) == frames
    assert OggVorbis(BytesIO(data)).info.length == pytest.approx(frames / SAMPLE_RATE, abs=1e-6)


@pytest.mark.parametrize("quality", [0, 5, 9])
def test_starts_at_sample_zero(quality: int, written: Written, noise: Noise):
    """Nothing is early or late: noise lines up with itself best at no offset, on either side."""
    samples = noise(1 << 16)
    decoded = decode(written(".ogg", samples, None, Options(quality=quality)))
    for side in (0, 1):
        match = np.fft.irfft(np.fft.rfft(decoded[:, side]) * np.conj(np.fft.rfft(samples[:, side])))
        assert int(np.argmax(match)) == 0


@pytest.mark.parametrize("quality", [0, 5, 9])
def test_level(quality: int, written: Written):
    """A sine comes out within 0.1 dB at every quality."""
    sine = 0.25 * np.sin(2 * np.pi * 997 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    samples = np.stack((sine, -sine), axis=1).astype(np.float32)
    decoded = decode(written(".ogg", samples, None, Options(quality=quality)))
    middle = slice(5000, -5000)
    gain = np.vdot(decoded[middle], samples[middle]) / np.vdot(samples[middle], samples[middle])
    assert 20 * np.log10(gain) == pytest.approx(0.0, abs=0.1)


def test_quality_is_size(written: Written, noise: Noise):
    """0 is the largest and 9 the smallest; 5, at about 128 kb/s, is what it is without a choice."""
    sizes = [len(written(".ogg", noise(SAMPLE_RATE), None, Options(quality=quality))) for quality in range(10)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[5] == len(written(".ogg", noise(SAMPLE_RATE)))
    long = len(written(".ogg", noise(8 * SAMPLE_RATE)))
    assert long * 8 / 8 / 1000 == pytest.approx(128, rel=0.15)


def test_comments_and_chapters(written: Written, noise: Noise):
    """Tags are Vorbis comments, and a chapter is a time and a name; nothing of the library's is among them."""
    tags = Tags("Rücken", album="Massage", language="de", comment="Öl", chapters=CHAPTERS)
    assert list(OggVorbis(BytesIO(written(".ogg", noise(100), tags))).tags) == [
        ("TITLE", "Rücken"),
        ("ARTIST", "voiceguide"),
        ("ALBUM", "Massage"),
        ("LANGUAGE", "deu"),
        ("COMMENT", "Öl"),
        ("CHAPTER001", "00:00:00.000"),
        ("CHAPTER001NAME", "Öffnung"),
        ("CHAPTER002", "00:01:01.200"),
        ("CHAPTER002NAME", "背中"),
        ("CHAPTER003", "01:02:05.050"),
        ("CHAPTER003NAME", "Ende"),
    ]


def test_ffmpeg_agrees(written: Written, noise: Noise):
    """Another decoder finds the chapters and gives the same samples."""
    data = written(".ogg", noise(3 * SAMPLE_RATE + 11), Tags("t", chapters=(("Öffnung", 0.0, 1.0), ("背中", 1.0, 3.0))))
    with av.open(BytesIO(data)) as container:
        found = [(c["metadata"]["title"], float(c["start"] * c["time_base"])) for c in container.chapters()]
        got = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T
    assert found == [("Öffnung", 0.0), ("背中", 1.0)]
    expected = decode(data)
    assert got.shape == expected.shape
    assert np.allclose(got, expected, atol=1e-5)


def test_any_time_is_found(written: Written, noise: Noise):
    """A player that jumps lands on the sample it asked for, within what the codec needs to tune in."""
    data = written(".ogg", noise(3 * SAMPLE_RATE))
    expected = decode(data)
    with soundfile.SoundFile(BytesIO(data)) as sound:
        for at in (70_000, 44_100, 120_001):
            sound.seek(at)
            got = sound.read(3000, dtype="float32")
            assert np.allclose(got[1000:], expected[at + 1000 : at + 3000], atol=1e-5)


@pytest.mark.parametrize("chapters", [0, 400])
def test_pages(chapters: int, written: Written, noise: Noise, jpeg: bytes):
    """One stream with pages in order, its head apart from the sound; comments of any size change no sample."""
    titles = tuple((f"Step {n}", n / 100, (n + 1) / 100) for n in range(chapters))
    plain = written(".ogg", noise(100_000))
    data = written(".ogg", noise(100_000), Tags("t", chapters=titles, cover=jpeg if chapters else None))
    found = pages(data)
    assert [page.sequence for page in found] == list(range(len(found)))
    assert {page.serial for page in found} == {found[0].serial}
    assert [page.first for page in found] == [True] + [False] * (len(found) - 1)
    assert [page.last for page in found] == [False] * (len(found) - 1) + [True]
    assert np.array_equal(decode(data), decode(plain))


def test_sessions_are_told_apart(written: Written, noise: Noise):
    """Files with other tags have another serial number, so that they can be joined end to end."""
    one, other = (pages(written(".ogg", noise(100), Tags(title)))[0].serial for title in ("One", "Other"))
    assert one != other


def test_cover(written: Written, noise: Noise, jpeg: bytes):
    """The cover is a comment too, larger than any page, and comes back as it was."""
    audio = OggVorbis(BytesIO(written(".ogg", noise(100), Tags("Rücken", cover=jpeg))))
    picture = Picture(base64.b64decode(audio["METADATA_BLOCK_PICTURE"][0]))
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", jpeg)
    assert audio["TITLE"] == ["Rücken"]
