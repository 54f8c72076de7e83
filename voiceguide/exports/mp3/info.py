"""The Info frame in front of an MP3: how long it is, where its middle is, what a decoder has to cut off.

The layout is Xing's with LAME's extension: 4 bytes of frame header, empty side information, then
`Info`, flags, frames, bytes, 100 seek points, a quality, and 36 bytes that only LAME's own files used to have.
Decoders that know it (libmpg123, FFmpeg, Apple's, Windows') play exactly the samples that went in.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.exports.mp3.frames import BITRATES, FRAME_SAMPLES, HEADER_BYTES, Header

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.exports.mp3.frames import Run

DELAY = 576
"""Samples of silence LAME puts in front; a decoder knows its own 529 on top of them."""

_FLAGS = 0x0F
"""Frames, bytes, seek points and quality are all there."""
_ENCODER = b"LAME3.100"
"""Nine bytes. FFmpeg heeds delay and padding only behind LAME's name, and LAME is what encodes here."""
_CBR = 1
_SOURCE_44100 = 1 << 6
_LAME_STEREO_MODES = (1, 3, 2, 0)
"""LAME's number for each mode of a frame header."""
_EXTENSION = struct.Struct(">9sBBIHHBB3sBBHIH")
"""Up to the music's CRC; the CRC of all before stands behind it."""
_LENGTH = HEADER_BYTES + 32 + 4 + struct.calcsize(">III100sI") + _EXTENSION.size + 2


@dataclass(frozen=True, slots=True)
class Music:
    """What the Info frame has to know about the frames behind it."""

    samples: int
    """Sample frames that went into the encoder."""
    header: Header
    """Of the first frame."""
    quality: int
    """LAME's, 0 (best) to 9."""
    frames: int = 0
    size: int = 0
    """Bytes."""
    crc: int = 0
    """CRC-16 of all those bytes."""

    def then(self, run: Run) -> Music:
        """Return the music with a run of frames behind it."""
        return Music(
            self.samples,
            self.header,
            self.quality,
            self.frames + run.frames,
            self.size + len(run.data),
            crc16(run.data, self.crc),
        )

    @property
    def padding(self) -> int:
        """Samples after the last true one: what the encoder added to fill its frames."""
        return self.frames * FRAME_SAMPLES - DELAY - self.samples


def info_header(header: Header) -> Header:
    """Return the Info frame's own header: as the music's, at the lowest bitrate from there that has the room."""
    fitting = (Header(rate, header.sample_rate, False, header.mode) for rate in BITRATES if rate >= header.bitrate)
    return next(own for own in fitting if own.length >= _LENGTH)


def info_frame(music: Music) -> bytes:
    """Return the Info frame of constant-bitrate music; `info_header(music.header).length` bytes.

    Raises ValueError when the frames cannot hold the samples: 529 of padding is what a decoder's delay takes.
    """
    if not 529 <= music.padding < 1 << 12:
        raise ValueError(f"{music.frames} frames do not end with {music.samples} samples (padding {music.padding})")
    own = info_header(music.header)
    size = own.length + music.size
    # At a constant bitrate the seek points are a straight line behind this frame, right to the byte of padding.
    points = bytes((own.length + music.size * percent // 100) * 256 // size if percent else 0 for percent in range(100))
    # 60: LAME's arithmetic for a constant bitrate, 100 - 10 * 4 (a default that only VBR uses) - its quality.
    xing = struct.pack(">4sIII100sI", b"Info", _FLAGS, music.frames, size, points, 60 - music.quality)
    extension = _EXTENSION.pack(
        _ENCODER,
        _CBR,
        0,  # low-pass: LAME does not tell
        0,  # peak: not measured
        0,  # gain for radio
        0,  # gain for an album
        0,  # encoding flags: LAME does not tell
        min(music.header.bitrate, 255),
        (DELAY << 12 | music.padding).to_bytes(3, "big"),
        _SOURCE_44100 | _LAME_STEREO_MODES[own.mode] << 2,
        0,  # gain of the whole stream
        music.header.bitrate,
        size,
        music.crc,
    )
    frame = own.to_bytes() + bytes(own.side_info) + xing + extension
    return (frame + crc16(frame).to_bytes(2, "big")).ljust(own.length, b"\0")


def crc16(data: bytes, crc: int = 0) -> int:
    """Return LAME's CRC-16 (reflected polynomial 0xA001, from 0) of `data` behind bytes whose CRC is `crc`.

    A CRC is linear, so neighbours are folded pairwise instead of walking the bytes: 57 MB (an hour) take 0.3 s.
    """
    if not data:
        return crc
    if len(data) % 2:
        crc = crc >> 8 ^ int(_by_byte()[(crc ^ data[0]) & 0xFF])
        data = data[1:]
        if not data:
            return crc
    words: NDArray[np.uint16] = np.frombuffer(data, "<u2").astype(np.uint16)
    words[0] ^= crc
    level = 0
    while len(words) > 1:
        if len(words) % 2:
            words = np.insert(words, 0, 0)  # from 0, leading zeros change nothing
        words = _past_words(level)[words[0::2]] ^ words[1::2]
        level += 1
    return int(_past_words(0)[words[0]])


@cache
def _by_byte() -> NDArray[np.uint16]:
    """Shape (256,): a CRC of low byte i moved on by one byte."""
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = table >> np.uint16(1) ^ np.where(table & 1, np.uint16(0xA001), np.uint16(0))
    return table


@cache
def _past_words(level: int) -> NDArray[np.uint16]:
    """Shape (65536,): every CRC moved on by 2 ** level words of zeros."""
    if level:
        half = _past_words(level - 1)
        return half[half]
    every = np.arange(1 << 16, dtype=np.uint16)
    for _ in range(2):
        every = every >> 8 ^ _by_byte()[every & 0xFF]
    return every
