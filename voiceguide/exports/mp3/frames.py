"""MPEG-1 Layer III frames: what a header says, and an encoder's output cut into whole frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FRAME_SAMPLES = 1152
"""Sample frames that one MP3 frame decodes to."""
HEADER_BYTES = 4
FARTHEST = 511
"""Bytes that a frame's main data may begin before its own room: the most that nine bits say (2.4.1.7)."""
BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""kb/s, legal in MPEG-1 Layer III (ISO 11172-3, 2.4.2.3); a header holds the index, from 1."""
SAMPLE_RATES = (44_100, 48_000, 32_000)
"""Hz, by the header's index."""

_SYNC = 0xFFFB
"""Eleven ones, MPEG-1, Layer III, no CRC: the first 16 bits of every frame LAME writes for us."""


class FrameError(ValueError):
    """Bytes that are no frame of the kind read here; the message says where and what came."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the four bytes in front of a frame say."""

    bitrate: int
    """kb/s, one of BITRATES."""
    sample_rate: int
    """Hz, one of SAMPLE_RATES."""
    padded: bool
    """One byte more, so that the frames keep the bitrate on average."""
    mode: int
    """0 stereo, 1 joint stereo, 2 two channels, 3 mono."""

    @property
    def length(self) -> int:
        """Bytes of the whole frame, the header included (ISO 11172-3, 2.4.3.1)."""
        return FRAME_SAMPLES // 8 * self.bitrate * 1000 // self.sample_rate + self.padded

    @property
    def side_info(self) -> int:
        """Bytes of side information after the header."""
        return 17 if self.mode == 3 else 32

    def to_bytes(self) -> bytes:
        """Return the header as it stands in a file, marked as an original."""
        rate = (BITRATES.index(self.bitrate) + 1) << 4 | SAMPLE_RATES.index(self.sample_rate) << 2 | self.padded << 1
        return _SYNC.to_bytes(2, "big") + bytes((rate, self.mode << 6 | 0x04))


def parse_header(data: bytes | bytearray, at: int = 0) -> Header:
    """Read the frame header that starts at byte `at`.

    Raises FrameError where there is none: no sync, another MPEG version or layer, a CRC, a free or reserved rate.
    """
    sync, rates, mode = data[at : at + 2], data[at + 2 : at + 3], data[at + 3 : at + HEADER_BYTES]
    bitrate, sample_rate = (rates[0] >> 4, rates[0] >> 2 & 3) if rates else (0, 3)
    if int.from_bytes(sync, "big") != _SYNC or not mode or not 0 < bitrate <= len(BITRATES) or sample_rate == 3:
        got = data[at : at + HEADER_BYTES].hex(" ") or "the end"
        raise FrameError(f"expected an MPEG-1 Layer III frame at byte {at}, got {got}")
    return Header(BITRATES[bitrate - 1], SAMPLE_RATES[sample_rate], bool(rates[0] & 2), mode[0] >> 6)


@dataclass(frozen=True, slots=True)
class Run:
    """Whole frames, back to back."""

    data: bytes
    frames: int


def runs(chunks: Iterable[bytes | bytearray]) -> Iterator[Run]:
    """Cut a stream of frames that is broken anywhere (as LAME hands it out) into runs of whole ones.

    Holds one chunk at a time. Raises FrameError where a frame should start and does not, and when the last is cut off.
    """
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        end = count = 0
        while len(rest) - end >= HEADER_BYTES:
            length = parse_header(rest, end).length
            if end + length > len(rest):
                break
            end += length
            count += 1
        if count:
            yield Run(bytes(rest[:end]), count)
            del rest[:end]
    if rest:
        raise FrameError(f"expected the stream to end with a whole frame, got {len(rest)} bytes of one")
