"""Ogg Vorbis: as large as the sound needs, with Vorbis comments and the chapters that players read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import UsageError, option
from voiceguide.installed import reinstalling
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags

QUALITY = 5
"""Unless asked otherwise: Vorbis's own 4, about 128 kb/s."""


class OggExport:
    """Ogg Vorbis at 44.1 kHz stereo; decodes to exactly the samples' number, from sample 0, at their level."""

    suffix = ".ogg"
    name = "Ogg Vorbis"
    media_type = "audio/ogg"
    plays_in_pages = True
    carries_chapters = True
    rank = 3

    def probe(self) -> str | None:
        """None when libsndfile loads here, knows Vorbis, and mutagen is there."""
        try:
            from voiceguide.exports.oggpages import probe

            return probe("VORBIS")
        except (ImportError, OSError) as error:
            return f"{error}; run: {reinstalling('soundfile', 'mutagen')}"

    def check(self, options: Options) -> None:
        """Raise UsageError for a bitrate, which varies here, and for a quality that is none."""
        _quality(options)

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

        vorbis = 9 - _quality(options)  # of 10
        samples = even(unclipped(block) for block in counted(blocks, frames, progress))
        write_ogg(file, samples, tags, subtype="VORBIS", rate=SAMPLE_RATE, compression=1 - vorbis / 10)


def _quality(options: Options) -> int:
    """Return the quality, 0 (best, large) to 9 (small), checked."""
    if options.bitrate is not None:
        raise UsageError(
            f"{option('bitrate')} {options.bitrate}: an .ogg takes what its sound needs and keeps no bitrate; "
            f"leave it out, choose {option('quality')} 0 (best) to 9 (smallest), or write an .opus"
        )
    quality = QUALITY if options.quality is None else options.quality
    if not 0 <= quality <= 9:
        raise UsageError(f"{option('quality')} {quality}: expected 0 (best, large) to 9 (small)")
    return quality
