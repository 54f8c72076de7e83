"""WAV: 24-bit PCM with its tags and chapters as an ID3 chunk; RF64 where 4 GiB are not enough."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports import refuse_options
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags

BITS = 24
"""As FLAC's: the room tone keeps some 14 bits above the last one."""
_FRAME_BYTES = 2 * BITS // 8
_FULL = 0xFFFFFFFF
"""The largest size RIFF can say; RF64 puts it where the true one stands in its `ds64` chunk."""


class WavExport:
    """WAV at 44.1 kHz stereo, 24 bits."""

    suffix = ".wav"
    name = "WAV"
    media_type = "audio/wav"
    plays_in_pages = True
    carries_chapters = True
    rank = 5

    def probe(self) -> str | None:
        """None: nothing is needed."""
        return None

    def check(self, options: Options) -> None:
        """Raise UsageError for any option: there is nothing to choose."""
        refuse_options(self, options)

    def write(
        self,
        file: BinaryIO,
        blocks: Iterator[NDArray[np.float32]],
        *,
        frames: int,
        tags: Tags,
        options: Options,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the header, the samples, and the tags last, where every reader has what it needs."""
        from voiceguide.sound.samples import counted, integers
        from voiceguide.tags.id3 import id3_tag

        self.check(options)
        id3 = id3_tag(tags, frames / SAMPLE_RATE)
        chunk = struct.pack("<4sI", b"id3 ", len(id3)) + id3 + bytes(len(id3) % 2)
        file.write(riff_head(frames, len(chunk)))
        for block in counted(blocks, frames, progress):
            four_bytes = integers(block, BITS).astype("<i4").reshape(-1, 1).view("u1")
            file.write(four_bytes[:, :3].tobytes())
        file.write(chunk)


def riff_head(frames: int, tail: int) -> bytes:
    """Return everything in front of the samples, for `frames` sample frames with `tail` bytes of chunks behind them.

    Plain RIFF up to 4 GiB (4 h 30 min), above that RF64 (EBU Tech 3306).
    """
    data = frames * _FRAME_BYTES
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, SAMPLE_RATE, SAMPLE_RATE * _FRAME_BYTES, _FRAME_BYTES, BITS)
    size = 4 + len(fmt) + 8 + data + tail
    if size <= _FULL:
        return struct.pack("<4sI4s", b"RIFF", size, b"WAVE") + fmt + struct.pack("<4sI", b"data", data)
    ds64 = struct.pack("<4sIQQQI", b"ds64", 28, size + 36, data, frames, 0)
    return struct.pack("<4sI4s", b"RF64", _FULL, b"WAVE") + ds64 + fmt + struct.pack("<4sI", b"data", _FULL)
