"""WAV: every sample as it was, for any reader, at any size."""

from __future__ import annotations

import io
import wave
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from mutagen.wave import WAVE

from voiceguide.errors import Failed
from voiceguide.exports.wav import riff_head
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

CHAPTERS = (("Öffnung", 0.0, 0.5), ("背中", 0.5, 1.0))


@pytest.mark.parametrize("frames", [1, 2, 777, 44_101])
def test_decodes_to_what_went_in(frames: int, written: Written, noise: Noise):
    """Each sample is within half a step of 24 bits."""
    samples = noise(frames)
    decoded, rate = soundfile.read(BytesIO(written(".wav", samples, block=500)), dtype="float32")
    assert (rate, decoded.shape) == (SAMPLE_RATE, (frames, 2))
    assert np.abs(decoded - samples).max() <= 2**-24


def test_plain_readers_read_it(written: Written, noise: Noise):
    """Python's own reader agrees about the format."""
    with wave.open(BytesIO(written(".wav", noise(100)))) as sound:
        assert sound.getparams()[:4] == (2, 3, SAMPLE_RATE, 100)


@pytest.mark.parametrize("title", ["even", "odds!"])
def test_sizes(title: str, written: Written, noise: Noise):
    """The size in front is the file's, with a tag of even or odd length."""
    data = written(".wav", noise(11), Tags(title))
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert len(data) % 2 == 0


def test_tags_and_chapters(written: Written, noise: Noise):
    """The tags are an MP3's, chapters included."""
    tags = Tags("Rücken", language="de", chapters=CHAPTERS)
    read = WAVE(BytesIO(written(".wav", noise(SAMPLE_RATE), tags))).tags
    assert (str(read["TIT2"]), str(read["TLAN"])) == ("Rücken", "deu")
    found = [read[f"CHAP:{element}"] for element in read["CTOC:toc"].child_element_ids]
    assert [(str(c.sub_frames["TIT2"]), c.start_time / 1000, c.end_time / 1000) for c in found] == list(CHAPTERS)


def test_same_bytes_again(written: Written, noise: Noise):
    """The same sound gives the same file, however it is cut into blocks."""
    assert written(".wav", noise(5000)) == written(".wav", noise(5000), block=77)


def test_too_loud(written: Written):
    """What would clip is refused."""
    with pytest.raises(Failed, match="too loud"):
        written(".wav", np.full((100, 2), 1.0, np.float32))


class Vast(io.RawIOBase):
    """A head, and silence up to a size no test should write."""

    def __init__(self, head: bytes, size: int) -> None:
        self.head, self.size, self.at = head, size, 0

    def readinto(self, buffer: bytearray) -> int:
        """Read the head's bytes, then zeros."""
        view = memoryview(buffer)
        count = max(0, min(len(view), self.size - self.at))
        view[:count] = self.head[self.at : self.at + count].ljust(count, b"\0")
        self.at += count
        return count

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go anywhere."""
        self.at = offset + (0, self.at, self.size)[whence]
        return self.at

    def tell(self) -> int:
        """Say where that was."""
        return self.at


def test_rf64_above_four_gib():
    """The last RIFF is RIFF, and one frame more is RF64 with the true sizes, which libsndfile reads."""
    tail = 100
    last = (0xFFFFFFFF - 36 - tail) // 6
    plain, wide = riff_head(last, tail), riff_head(last + 1, tail)
    assert (plain[:4], wide[:4]) == (b"RIFF", b"RF64")
    for frames, head in (
        (last, plain),
        (last + 1, wide),
        (24 * 3600 * SAMPLE_RATE, riff_head(24 * 3600 * SAMPLE_RATE, 0)),
    ):
        sound = soundfile.info(Vast(head, len(head) + frames * 6 + tail))
        assert (sound.frames, sound.samplerate, sound.subtype) == (frames, SAMPLE_RATE, "PCM_24")
    assert int.from_bytes(wide[20:28], "little") == len(wide) + (last + 1) * 6 + tail - 8
