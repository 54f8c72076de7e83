"""What an MP3 will be, known before a sample of it is encoded: how large, and where each of its frames will lie.

A constant bitrate makes it so: frames are padded by their number alone, and LAME makes as many of some samples as they
need, whatever they sound like. Only the Info frame's checksum of the music has to wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.exports.mp3.frames import FRAME_SAMPLES, Header
from voiceguide.exports.mp3.info import DELAY, Music, info_frame, info_header
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.exports.mp3.frames import Run

DECODER_DELAY = 529
"""Samples by which a decoder is late, beside the encoder's DELAY: a file's players cut both."""
_JOINT_STEREO = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The bytes of an MP3: its tag, its Info frame, and its frames of music."""

    tag: int
    """Bytes of what stands before the Info frame."""
    samples: int
    """Sample frames of the session."""
    bitrate: int
    """kb/s, one of frames.BITRATES."""
    quality: int
    """LAME's, 0 (best) to 9."""

    @property
    def header(self) -> Header:
        """The first frame's; it is never padded."""
        return Header(self.bitrate, SAMPLE_RATE, False, _JOINT_STEREO)

    @property
    def frames(self) -> int:
        """How many frames of music there are: enough for the samples, and one for what LAME and decoders are late."""
        return -(-self.samples // FRAME_SAMPLES) + 1

    @property
    def music(self) -> int:
        """The byte at which the first frame of music starts."""
        return self.tag + info_header(self.header).length

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self.start(self.frames)

    def start(self, frame: int) -> int:
        """Return the byte at which a frame of music starts, from 0 to `frames`, where the file ends."""
        spare = FRAME_SAMPLES // 8 * self.bitrate * 1000 % SAMPLE_RATE
        return self.music + frame * self.header.length - spare * (1 - frame) // SAMPLE_RATE

    def frame(self, byte: int) -> int:
        """Return the number of the frame of music in which a byte lies: 0 before the music, `frames` behind it."""
        guess = (byte - self.music) * self.frames // (self.size - self.music)
        at = min(max(guess, 0), self.frames)
        while at and self.start(at) > byte:
            at -= 1
        while at < self.frames and self.start(at + 1) <= byte:
            at += 1
        return at

    def byte(self, seconds: float) -> int:
        """Return where the frame starts in which a moment of the session begins to sound."""
        late = round(seconds * SAMPLE_RATE) + DELAY + DECODER_DELAY
        return self.start(min(max(late // FRAME_SAMPLES, 0), self.frames))

    def seconds(self, byte: int) -> float:
        """Return how much of the session is heard, as far as it goes, of a file that is there up to a byte."""
        heard = self.frame(byte) * FRAME_SAMPLES - DELAY - DECODER_DELAY
        return min(max(heard, 0), self.samples) / SAMPLE_RATE

    def info(self, crc: int = 0) -> bytes:
        """Return the Info frame; `crc` is the music's CRC-16, and 0 for as long as it is not known."""
        return info_frame(Music(self.samples, self.header, self.quality, self.frames, self.size - self.music, crc))

    def laid(self, music: Iterable[Run]) -> Iterator[tuple[int, bytes]]:
        """Yield what is to be written behind the tag and at which byte: the music, then the whole Info frame.

        Raises ValueError as `check`, before the last.
        """
        made, at = Music(self.samples, self.header, self.quality), self.music
        for run in music:
            yield at, run.data
            at += len(run.data)
            made = made.then(run)
        self.check(made)
        yield self.tag, self.info(made.crc)

    def check(self, music: Music) -> None:
        """Raise ValueError where the frames that were made are not those that were foretold."""
        promised = Music(self.samples, self.header, self.quality, self.frames, self.size - self.music, music.crc)
        if music != promised:
            raise ValueError(f"expected {promised}, got {music}")
