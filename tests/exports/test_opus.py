"""Opus: the file itself decodes to what went in, at its place, its level and its length."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
import soundfile
import soxr
from mutagen.flac import Picture
from mutagen.oggopus import OggOpus

from voiceguide.exports import Options
from voiceguide.exports.opus import OPUS_RATE
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]


def decode(data: bytes) -> NDArray[np.float32]:
    """Decode with libsndfile, at 48 kHz."""
    samples, rate = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)
    assert rate == OPUS_RATE
    return samples


def decode_as_it_was(data: bytes, frames: int) -> NDArray[np.float32]:
    """Decode, and return to 44.1 kHz in one piece, by another way than the export's."""
    return soxr.resample(decode(data), OPUS_RATE, SAMPLE_RATE, quality="VHQ")[:frames]


@pytest.mark.parametrize("frames", [1, 2, 63, 64, 575, 577, 1024, 1025, 44_100, 88_211, 300_000])
def test_exact_length(frames: int, written: Written, noise: Noise):
    """Every length comes out as near as samples of 48 kHz allow, even from one huge block."""
    data = written(".opus", noise(frames), block=frames)
    assert abs(len(decode(data)) - frames * OPUS_RATE / SAMPLE_RATE) <= 0.5
    assert OggOpus(BytesIO(data)).info.length == pytest.approx(frames / SAMPLE_RATE, abs=0.6 / OPUS_RATE)


@pytest.mark.parametrize(("bitrate", "early"), [(32, 5), (56, 0), (96, 0), (320, 0)])
def test_starts_at_sample_zero(bitrate: int, early: int, written: Written, noise: Noise):
    """Noise lines up with itself at no offset, on either side; below 56 kb/s at no more than a tenth of a ms."""
    samples = noise(1 << 16)
    decoded = decode_as_it_was(written(".opus", samples, None, Options(bitrate)), len(samples))
    for side in (0, 1):
        match = np.fft.irfft(np.fft.rfft(decoded[:, side]) * np.conj(np.fft.rfft(samples[:, side])))
        assert -early <= (int(np.argmax(match)) + 100) % len(match) - 100 <= 0


@pytest.mark.parametrize("at", [1000, 12_345, 44_000])
def test_impulse_stays_where_it_is(at: int, written: Written):
    """A click in a session is heard where it was, within a sample of 48 kHz."""
    samples = np.zeros((SAMPLE_RATE, 2), np.float32)
    samples[at] = 0.8
    heard = int(np.argmax(np.abs(decode(written(".opus", samples))[:, 0])))
    assert abs(heard - at * OPUS_RATE / SAMPLE_RATE) <= 1


@pytest.mark.parametrize("bitrate", [32, 96, 320])
def test_level(bitrate: int, written: Written):
    """A sine comes out within 0.1 dB at every bitrate."""
    sine = 0.25 * np.sin(2 * np.pi * 997 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    samples = np.stack((sine, -sine), axis=1).astype(np.float32)
    decoded = decode_as_it_was(written(".opus", samples, None, Options(bitrate)), len(samples))
    middle = slice(5000, -5000)
    gain = np.vdot(decoded[middle], samples[middle]) / np.vdot(samples[middle], samples[middle])
    assert 20 * np.log10(gain) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("bitrate", [None, 48, 320])
def test_bitrate(bitrate: int | None, written: Written, noise: Noise):
    """A file is as large as was asked, 96 kb/s unless asked."""
    size = len(written(".opus", noise(4 * SAMPLE_RATE), None, Options(bitrate)))
    assert size * 8 / 4 / 1000 == pytest.approx(bitrate or 96, rel=0.15)


def test_comments_and_chapters(written: Written, noise: Noise):
    """Tags are Vorbis comments, and a chapter is a time and a name; nothing of the library's is among them."""
    chapters = (("Öffnung", 0.0, 61.2), ("背中", 61.2, 3725.0504))
    tags = Tags("Rücken", album="Massage", language="de", comment="Öl", chapters=chapters)
    assert list(OggOpus(BytesIO(written(".opus", noise(100), tags))).tags) == [
        ("TITLE", "Rücken"),
        ("ARTIST", "voiceguide"),
        ("ALBUM", "Massage"),
        ("LANGUAGE", "deu"),
        ("COMMENT", "Öl"),
        ("CHAPTER001", "00:00:00.000"),
        ("CHAPTER001NAME", "Öffnung"),
        ("CHAPTER002", "00:01:01.200"),
        ("CHAPTER002NAME", "背中"),
    ]


def test_ffmpeg_agrees(written: Written, noise: Noise):
    """Another decoder finds the chapters and gives the same samples."""
    data = written(
        ".opus", noise(3 * SAMPLE_RATE + 11), Tags("t", chapters=(("Öffnung", 0.0, 1.0), ("背中", 1.0, 3.0)))
    )
    with av.open(BytesIO(data)) as container:
        found = [(c["metadata"]["title"], float(c["start"] * c["time_base"])) for c in container.chapters()]
        got = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T
    assert found == [("Öffnung", 0.0), ("背中", 1.0)]
    expected = decode(data)
    assert got.shape == expected.shape
    assert np.sqrt(np.mean((got - expected) ** 2)) < 0.001


def test_any_time_is_found(written: Written, noise: Noise):
    """A player that jumps lands where it asked, within what the codec needs to tune in."""
    data = written(".opus", noise(3 * SAMPLE_RATE))
    expected = decode(data)
    with soundfile.SoundFile(BytesIO(data)) as sound:
        for at in (70_000, 48_000, 120_001):
            sound.seek(at)
            assert np.sqrt(np.mean((sound.read(4000, dtype="float32") - expected[at : at + 4000]) ** 2)) < 0.005


def test_cover(written: Written, noise: Noise, jpeg: bytes):
    """The cover is a comment too, larger than any page; it comes back as it was, and changes no sample."""
    data = written(".opus", noise(50_000), Tags("Rücken", cover=jpeg))
    audio = OggOpus(BytesIO(data))
    picture = Picture(base64.b64decode(audio["METADATA_BLOCK_PICTURE"][0]))
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", jpeg)
    assert np.array_equal(decode(data), decode(written(".opus", noise(50_000))))
