"""MP3: LAME at a constant bitrate, behind an Info frame and ID3 tags of ours.

Constant, because the seek tables of a variable bitrate drift by up to 0.8 s, which ruins chapters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import UsageError
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options, Tags
    from voiceguide.mp3.frames import Run

BITRATE = 128
"""kb/s, unless asked otherwise."""
QUALITY = 5
"""LAME's, unless asked otherwise; 7 is 1.66 times as fast."""

_LAME_SCALE = {192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
"""What LAME multiplies its input by at a constant bitrate, measured at every bitrate and quality."""
_LAME_SCALE_BELOW_192 = 0.95


class Mp3Export:
    """MP3 at 44.1 kHz stereo; decodes to exactly the samples' number, from sample 0, at their level."""

    suffix = ".mp3"
    name = "MP3"

    def probe(self) -> str | None:
        """None when LAME and mutagen load here."""
        try:
            import lameenc  # noqa: F401 (only whether it loads)
            import mutagen  # noqa: F401 (only whether it loads)
        except (ImportError, OSError) as error:
            return f"{error}; run: pip install --force-reinstall lameenc mutagen"
        return None

    def check(self, options: Options) -> None:
        """Raise UsageError for a bitrate or quality that MP3 does not have."""
        _settings(options)

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
        """Write tags, Info frame and music; the Info frame's place is kept free until the music is counted."""
        from voiceguide.exports.samples import counted
        from voiceguide.mp3.frames import runs
        from voiceguide.mp3.tags import id3_tag

        bitrate, quality = _settings(options)
        file.write(id3_tag(tags, frames / SAMPLE_RATE))
        encoded = _encoded(counted(blocks, frames, progress), bitrate, quality)
        _lay(file, runs(encoded), samples=frames, quality=quality)


def _settings(options: Options) -> tuple[int, int]:
    """Bitrate and quality, checked."""
    from voiceguide.mp3.frames import BITRATES

    bitrate = BITRATE if options.bitrate is None else options.bitrate
    quality = QUALITY if options.quality is None else options.quality
    if bitrate not in BITRATES:
        legal = ", ".join(map(str, BITRATES))
        raise UsageError(f"--bitrate {bitrate}: an MP3 has one of {legal} kb/s")
    if not 0 <= quality <= 9:
        raise UsageError(f"--quality {quality}: expected 0 (best, slow) to 9 (fast)")
    return bitrate, quality


def _encoded(blocks: Iterator[NDArray[np.float32]], bitrate: int, quality: int) -> Iterator[bytes | bytearray]:
    """Encode blocks into one stream of frames, broken wherever LAME hands it out."""
    import lameenc

    from voiceguide.exports.samples import integers

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(bitrate)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_out_sample_rate(SAMPLE_RATE)  # LAME would turn to half the rate below 80 kb/s
    encoder.set_channels(2)
    encoder.set_quality(quality)
    gain = 1 / _LAME_SCALE.get(bitrate, _LAME_SCALE_BELOW_192)
    for block in blocks:
        # lameenc takes 16-bit numbers only, and would read a float's bytes as such.
        yield encoder.encode(integers(block, 16, gain).astype("=i2").tobytes())
    yield encoder.flush()


def _lay(file: BinaryIO, music: Iterator[Run], *, samples: int, quality: int) -> None:
    """Write an Info frame and the runs behind it, from where `file` stands."""
    from voiceguide.mp3.frames import parse_header
    from voiceguide.mp3.info import Music, info_frame, info_header

    start = file.tell()
    known: Music | None = None
    for run in music:
        if known is None:
            known = Music(samples, parse_header(run.data), quality)
            file.write(bytes(info_header(known.header).length))
        file.write(run.data)
        known = known.then(run)
    if known is None:
        raise ValueError("the encoder gave no frame")
    file.seek(start)
    file.write(info_frame(known))
    file.seek(0, 2)
