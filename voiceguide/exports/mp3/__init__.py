"""MP3: LAME at a constant bitrate, behind an Info frame and ID3 tags of ours.

Constant, because the seek tables of a variable bitrate drift by up to 0.8 s, which ruins chapters.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import UsageError, option
from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.installed import reinstalling
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.exports.mp3.encoding import Store
    from voiceguide.exports.mp3.frames import Run
    from voiceguide.exports.mp3.lame import Lame
    from voiceguide.exports.mp3.layout import Layout
    from voiceguide.sound.source import Source
    from voiceguide.tags import Tags

BITRATE = 128
"""kb/s, unless asked otherwise."""
QUALITY = 5
"""LAME's, unless asked otherwise; 7 is 1.66 times as fast."""
PLAIN = 9000 * FRAME_SAMPLES
"""Sample frames, 3 min 55 s, up to which a session is encoded in one go: its parts would save little."""


class Mp3Export:
    """MP3 at 44.1 kHz stereo; decodes to exactly the samples' number, from sample 0, at their level."""

    suffix = ".mp3"
    name = "MP3"
    media_type = "audio/mpeg"
    plays_in_pages = True
    carries_chapters = True
    rank = 0

    def probe(self) -> str | None:
        """None when LAME and mutagen load here."""
        try:
            import lameenc  # noqa: F401 (only whether it loads)
            import mutagen  # noqa: F401 (only whether it loads)
        except (ImportError, OSError) as error:
            return f"{error}; run: {reinstalling('lameenc', 'mutagen')}"
        return None

    def check(self, options: Options) -> None:
        """Raise UsageError for a bitrate or quality that MP3 does not have."""
        lame_of(options)

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
        from voiceguide.exports.mp3.frames import runs
        from voiceguide.exports.mp3.layout import Layout
        from voiceguide.sound.samples import counted
        from voiceguide.tags.id3 import id3_tag

        lame = lame_of(options)
        file.write(id3_tag(tags, frames / SAMPLE_RATE))
        layout = Layout(file.tell(), frames, lame.bitrate, lame.quality)
        _lay(file, runs(lame.encode(counted(blocks, frames, progress))), layout)

    def write_parts(
        self,
        file: BinaryIO,
        source: Source,
        *,
        tags: Tags,
        options: Options,
        threads: int,
        store: Store | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the same of parts that are encoded, or found, by themselves; chapters begin parts.

        A short session is one part, and nothing of it is kept.
        """
        from voiceguide.exports.mp3.encoding import encode
        from voiceguide.exports.mp3.laying import Tally
        from voiceguide.exports.mp3.layout import Layout
        from voiceguide.tags.id3 import id3_tag

        if source.frames <= PLAIN:
            self._write_plain(file, source, tags, options, progress)
            return
        lame = lame_of(options)
        file.write(id3_tag(tags, source.frames / SAMPLE_RATE))
        layout = Layout(file.tell(), source.frames, lame.bitrate, lame.quality)
        starts = [round(start * SAMPLE_RATE) for _, start, _ in tags.chapters]
        # Closed here whatever happens: no thread is to use the store when its owner has closed it.
        tally = Tally()
        with closing(encode(source, lame, starts=starts, threads=threads, store=store, tally=tally)) as music:
            _lay(file, _told(music, source.frames, progress), layout)
        if tally.emptied:
            # Never seen but in sounds made for it: parts that do not fit together without a silent frame.
            file.seek(0)
            file.truncate()
            self._write_plain(file, source, tags, options, progress)

    def _write_plain(
        self, file: BinaryIO, source: Source, tags: Tags, options: Options, progress: Callable[[int], None] | None
    ) -> None:
        from voiceguide.exports.mp3.encoding import BLOCK

        blocks = (source.block(start, BLOCK) for start in range(0, source.frames, BLOCK))
        self.write(file, blocks, frames=source.frames, tags=tags, options=options, progress=progress)


def _told(music: Iterator[Run], frames: int, progress: Callable[[int], None] | None) -> Iterator[Run]:
    """Pass runs on, and tell `progress` how many sample frames are behind each."""
    done = 0
    for run in music:
        yield run
        done += run.frames * FRAME_SAMPLES
        if progress:
            progress(min(done, frames))


def lame_of(options: Options) -> Lame:
    """LAME as asked. Raises UsageError for a bitrate or quality that MP3 does not have."""
    from voiceguide.exports.mp3.frames import BITRATES
    from voiceguide.exports.mp3.lame import Lame

    bitrate = BITRATE if options.bitrate is None else options.bitrate
    quality = QUALITY if options.quality is None else options.quality
    if bitrate not in BITRATES:
        legal = ", ".join(map(str, BITRATES))
        raise UsageError(f"{option('bitrate')} {bitrate}: an MP3 has one of {legal} kb/s")
    if not 0 <= quality <= 9:
        raise UsageError(f"{option('quality')} {quality}: expected 0 (best, slow) to 9 (fast)")
    return Lame(bitrate, quality)


def _lay(file: BinaryIO, music: Iterator[Run], layout: Layout) -> None:
    """Write an Info frame and the runs behind it, in a file that has its tag."""
    file.write(layout.info())
    for at, data in layout.laid(music):
        file.seek(at)
        file.write(data)
    file.seek(0, 2)
