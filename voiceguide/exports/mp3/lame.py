"""LAME, as it is set up here: a constant bitrate, samples in, a stream of frames out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.exports.mp3.frames import FARTHEST, HEADER_BYTES, Header
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

LOOK_AHEAD = 224
"""Samples behind a frame's own 1,152 that LAME has seen when it writes the frame; none later changes it (measured)."""

_SCALE = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
"""What LAME multiplies its input by at a constant bitrate, measured at every bitrate and quality."""
_SCALE_BELOW_192 = 0.95
"""-0.446 dB."""


@dataclass(frozen=True, slots=True)
class Lame:
    """LAME's settings. Encoders share nothing: the same samples give the same bytes, in any thread and any blocks."""

    bitrate: int
    """kb/s, one of frames.BITRATES."""
    quality: int
    """0 (best) to 9."""

    def encode(self, blocks: Iterable[NDArray[np.float32]]) -> Iterator[bytes | bytearray]:
        """Encode blocks of shape (n, 2) into one stream of frames, broken wherever LAME hands it out.

        What is decoded is as loud as what went in. Raises Failed for samples that would be clipped.
        """
        import lameenc

        from voiceguide.sound.samples import integers

        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(self.bitrate)
        encoder.set_in_sample_rate(SAMPLE_RATE)
        encoder.set_out_sample_rate(SAMPLE_RATE)  # LAME would turn to half the rate below 80 kb/s
        encoder.set_channels(2)
        encoder.set_quality(self.quality)
        gain = 1 / _SCALE.get(self.bitrate, _SCALE_BELOW_192)
        for block in blocks:
            # lameenc takes 16-bit numbers only, and would read a float's bytes as such.
            yield encoder.encode(integers(block, 16, gain).astype("=i2").tobytes())
        yield encoder.flush()

    @property
    def settling(self) -> int:
        """Frames after its start in which LAME saves for its reservoir, and codes worse for it: 16 at 128 kb/s.

        It puts by a tenth of every frame until nine tenths of the reservoir are full, as far as the sound allows it.
        """
        header = Header(self.bitrate, SAMPLE_RATE, False, 1)
        saved = (header.length - header.side_info - HEADER_BYTES) / 10
        return 4 + max(8, math.ceil(0.9 * FARTHEST / saved))

    @property
    def fingerprint(self) -> str:
        """What tells these settings, and the LAME they are for, from any other whose bytes may differ."""
        from importlib.metadata import version

        return f"lameenc {version('lameenc')}, {self.bitrate} kb/s, quality {self.quality}"
