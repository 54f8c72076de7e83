"""FLAC: every sample as it was, with comments and chapters."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC

from voiceguide.errors import Failed
from voiceguide.exports import Options, Tags, exporter
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


def test_same_bytes_again(written: Written, noise: Noise):
    """The same sound gives the same file, however it is cut into blocks."""
    assert written(".flac", noise(50_000)) == written(".flac", noise(50_000), block=777)


def test_too_loud(written: Written):
    """What would clip is refused."""
    with pytest.raises(Failed, match="too loud"):
        written(".flac", np.full((100, 2), 1.0, np.float32))


class Full(BytesIO):
    """A file that fails, as a full disk or a stopped program does, once it is of a size."""

    def __init__(self, fault: BaseException) -> None:
        super().__init__()
        self.fault = fault

    def write(self, data: bytes, /) -> int:
        """Write up to 100 kB."""
        if self.tell() + len(data) > 100_000:
            raise self.fault
        return super().write(data)


@pytest.mark.parametrize("fault", [Failed("the disk is full"), KeyboardInterrupt()])
@pytest.mark.parametrize("frames", [300_000, 20_000])
def test_a_fault_in_writing_is_the_one_raised(
    fault: BaseException, frames: int, noise: Noise, capfd: pytest.CaptureFixture[str]
):
    """What stops the file comes through libsndfile as it is, and nothing is printed."""
    with pytest.raises(type(fault)) as caught:
        exporter(Path("a.flac")).write(
            Full(fault), iter([noise(frames)]), frames=frames, tags=Tags("t"), options=Options()
        )
    assert caught.value is fault
    assert capfd.readouterr() == ("", "")
