"""An MP3 that is heard while its session is made: the frames go into a growing file as they become certain."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports.mp3 import PLAIN, lame_of, sections
from voiceguide.exports.mp3.encoding import BLOCK
from voiceguide.exports.mp3.frames import FRAME_SAMPLES, runs
from voiceguide.exports.mp3.laying import Tally
from voiceguide.exports.mp3.layout import Layout
from voiceguide.exports.mp3.unfolding import encode_unfolding
from voiceguide.store.growing import Growing
from voiceguide.tags.id3 import id3_tag
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.choices import Options
    from voiceguide.exports.mp3.encoding import Store
    from voiceguide.exports.mp3.frames import Run
    from voiceguide.sound.source import Unfolding
    from voiceguide.tags import Tags
    from voiceguide.timeline import Timeline

_COPIED = 1 << 20
"""Bytes that are copied at once."""


class Mp3Stream:
    """A session's MP3, of which all but the sound is there from the first moment on."""

    def __init__(self, source: Unfolding, tags: Tags, options: Options) -> None:
        """Begin it with the tags that are known by now; its sound is `made` from any thread, once.

        Raises UsageError for a bitrate or quality that MP3 does not have, and Failed where there is no room.
        """
        self._source = source
        self._lame = lame_of(options)
        tag = id3_tag(tags, source.frames / SAMPLE_RATE)
        self.layout = Layout(len(tag), source.frames, self._lame.bitrate, self._lame.quality)
        self.file = Growing(self.layout.size)
        self.file.write(0, tag + self.layout.info())
        self._tally = Tally()

    def make(self, *, threads: int, store: Store | None = None) -> None:
        """Encode the session as it unfolds, and finish the file. Raises what the source and the disk raise.

        What somebody waits for comes first, where it is certain.
        """
        with closing(self._music(threads, store)) as music:
            for at, data in self.layout.laid(music):
                self.file.write(at, data)
        self.file.finish()

    def _music(self, threads: int, store: Store | None) -> Generator[Run]:
        if self._source.frames > PLAIN:
            made = encode_unfolding(
                self._source, self._lame, self._wanted, threads=threads, store=store, tally=self._tally
            )
            with closing(made) as laid:
                for run, first, early in laid:
                    if early:
                        self.file.write(self.layout.start(first), run.data)
                    else:
                        yield run
        else:
            yield from runs(self._lame.encode(self._blocks()))

    def _wanted(self) -> int | None:
        """The frame that is waited for."""
        byte = self.file.wanted()
        return None if byte is None else self.layout.frame(byte)

    def _blocks(self) -> Iterator[NDArray[np.float32]]:
        source, at = self._source, 0
        while at < source.frames:
            stop = min(at + BLOCK, source.frames)
            if source.until < stop:
                source.wait(source.until)
                continue
            yield source.block(at, stop - at)
            at = stop

    @property
    def exact(self) -> bool:
        """Whether its sound is what `write_parts` would write: it would not leave a frame empty."""
        return not self._tally.emptied

    def copy(self, file: BinaryIO, tags: Tags) -> None:
        """Write the finished stream with other tags: the file that the session is written to otherwise."""
        file.write(id3_tag(tags, self.layout.samples / SAMPLE_RATE))
        for at in range(self.layout.tag, self.layout.size, _COPIED):
            file.write(self.file.read(at, at + _COPIED))


def surely(options: Options, timeline: Timeline, until: float) -> float:
    """Return up to which second a session is there as MP3 once it is certain up to second `until`, by its timeline.

    Raises UsageError as Mp3Stream does.
    """
    frames, at = round(timeline.duration * SAMPLE_RATE), round(until * SAMPLE_RATE)
    if frames <= PLAIN:
        return max(at - BLOCK, 0) / SAMPLE_RATE
    starts = (round(chapter.start * SAMPLE_RATE) for chapter in timeline.chapters)
    last = sections.surely(frames // FRAME_SAMPLES, at // FRAME_SAMPLES, lame_of(options).settling, starts)
    return last * FRAME_SAMPLES / SAMPLE_RATE
