"""Opus: the smallest files for their sound, with Vorbis comments and the chapters that players read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports import bitrate_within
from voiceguide.installed import reinstalling
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags

BITRATE = 96
"""kb/s on average, unless asked otherwise."""
BITRATES = range(32, 321)
"""kb/s. Below 56, libopus's coder for speech joins in, and the sound is up to a tenth of a millisecond early."""
OPUS_RATE = 48_000
"""Hz; Opus has no other that keeps everything audible."""

_LEAST, _MOST = 6, 256
"""kb/s a channel: where libsndfile's compression levels 1 and 0 stand."""


class OpusExport:
    """Opus at 48 kHz stereo; decodes from sample 0 to the session's length, rounded to a sample of 48 kHz."""

    suffix = ".opus"
    name = "Opus"
    media_type = "audio/ogg"
    plays_in_pages = True
    carries_chapters = True
    rank = 4

    def probe(self) -> str | None:
        """None when libsndfile loads here, knows Opus, and soxr and mutagen are there."""
        try:
            import soxr  # noqa: F401 (only whether it loads)

            from voiceguide.exports.oggpages import probe

            return probe("OPUS")
        except (ImportError, OSError) as error:
            return f"{error}; run: {reinstalling('soundfile', 'mutagen', 'soxr')}"

    def check(self, options: Options) -> None:
        """Raise UsageError for a bitrate out of range, and for a quality: the bitrate is the quality here."""
        bitrate_within(self, options, BITRATES, BITRATE)

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
        """Write the head with its comments, and the pages as they come."""
        from voiceguide.exports.oggpages import write_ogg
        from voiceguide.sound.samples import counted, even, unclipped

        a_channel = bitrate_within(self, options, BITRATES, BITRATE) / 2
        samples = even(unclipped(block) for block in counted(blocks, frames, progress))
        compression = (_MOST - a_channel) / (_MOST - _LEAST)
        write_ogg(file, _resampled(samples), tags, subtype="OPUS", rate=OPUS_RATE, compression=compression)


def _resampled(blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Turn blocks into 48 kHz, their first sample at the first; the filter's delay is taken out by soxr."""
    import numpy as np
    import soxr

    stream = soxr.ResampleStream(SAMPLE_RATE, OPUS_RATE, 2, dtype="float32", quality="VHQ")
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(np.zeros((0, 2), np.float32), last=True)
