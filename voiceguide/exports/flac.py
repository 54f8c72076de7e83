"""FLAC: 24 bits without loss, with Vorbis comments and the chapters that players read from them."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports import refuse_options
from voiceguide.installed import reinstalling
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags

BITS = 24
"""The room tone, 62 dB below full scale, keeps some 14 bits above the last one."""


class FlacExport:
    """FLAC at 44.1 kHz stereo, 24 bits."""

    suffix = ".flac"
    name = "FLAC"
    media_type = "audio/flac"
    plays_in_pages = True
    carries_chapters = True
    rank = 2

    def probe(self) -> str | None:
        """None when libsndfile and mutagen load here."""
        try:
            import mutagen  # noqa: F401 (only whether it loads)
            import soundfile  # noqa: F401 (only whether it loads)
        except (ImportError, OSError) as error:
            return f"{error}; run: {reinstalling('soundfile', 'mutagen')}"
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
        """Write the samples, then move them once to make room for the comments: libsndfile leaves none."""
        from voiceguide.exports.door import written_by_soundfile
        from voiceguide.sound.samples import counted, integers

        self.check(options)
        with written_by_soundfile(
            file, samplerate=SAMPLE_RATE, channels=2, subtype=f"PCM_{BITS}", format="FLAC"
        ) as write:
            for block in counted(blocks, frames, progress):
                write(integers(block, BITS) << (32 - BITS))  # libsndfile takes the upper bits
        _comment(file, tags)


def _comment(file: BinaryIO, tags: Tags) -> None:
    from mutagen.flac import FLAC

    from voiceguide.tags.comments import comments, picture

    file.seek(0)
    audio = FLAC(file)
    for key, value in comments(tags):
        audio[key] = value
    if tags.cover:
        audio.add_picture(picture(tags.cover, tags.cover_type))
    file.seek(0)
    audio.save(file, padding=lambda _: 0)
