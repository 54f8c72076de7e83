"""FLAC: every sample as it was, with comments and chapters."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC

from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

CHAPTERS = (("Öffnung", 0.0, 61.2), ("背中", 61.2, 3725.0504), ("Ende", 3725.0504, 3726.0))


@pytest.mark.parametrize("frames", [1, 2, 777, 44_101])
def test_decodes_to_what_went_in(frames: int, written: Written, noise: Noise):
    """Each sample is within half a step of 24 bits."""
    samples = noise(frames)
    data = written(".flac", samples, block=500)
    decoded, rate = soundfile.read(BytesIO(data), dtype="float32")
    assert (rate, decoded.shape) == (SAMPLE_RATE, (frames, 2))
    assert np.abs(decoded - samples).max() <= 2**-24
    info = FLAC(BytesIO(data)).info
    assert (info.total_samples, info.bits_per_sample, info.md5_signature != 0) == (frames, 24, True)


def test_comments_and_chapters(written: Written, noise: Noise):
    """Tags are Vorbis comments, and a chapter is a time and a name."""
    tags = Tags("Rücken", album="Massage", language="de", comment="Öl", chapters=CHAPTERS)
    assert list(FLAC(BytesIO(written(".flac", noise(100), tags))).tags) == [
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


def test_cover(written: Written, noise: Noise, jpeg: bytes):
    """The cover is the front picture, as it was given, and every sample is still there."""
    data = written(".flac", noise(100), Tags("t", cover=jpeg))
    (picture,) = FLAC(BytesIO(data)).pictures
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", jpeg)
    assert len(soundfile.read(BytesIO(data))[0]) == 100
