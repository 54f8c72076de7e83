"""What a file format is: the Protocols of formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.choices import Options
    from voiceguide.exports.mp3.encoding import Store
    from voiceguide.sound.source import Source
    from voiceguide.tags import Tags
    from voiceguide.tags.reading import Finished


class Export(Protocol):
    """A file format. Making one imports nothing heavy."""

    suffix: str
    """With its dot, lower case."""
    name: str
    """As in a sentence: `MP3`."""
    media_type: str
    """Its MIME type."""
    plays_in_pages: bool
    """Whether browsers play it."""
    carries_chapters: bool
    """Whether its files tell where each step begins."""
    rank: int
    """The lower, the more players know it: of files that differ in their suffix alone, a feed has the lowest."""

    def probe(self) -> str | None:
        """None when it works here, else the one-line fix. Never raises."""

    def check(self, options: Options) -> None:
        """Raise UsageError for an option this format does not know or cannot keep; cheap, before anything is spoken."""

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
        """Write a whole file, one block at a time.

        `file` is empty, seekable and open for reading and writing. Blocks have shape (n, 2) with any n, at
        `timeline.SAMPLE_RATE`, and peak at -1.5 dBFS at most; `frames` is how many sample frames they make together.
        `progress` is told the sample frames written so far, after every block.

        Raises Failed when the sound does not fit the format, and ValueError when blocks and `frames` disagree.
        """


@runtime_checkable
class PartsExport(Export, Protocol):
    """A format that encodes a session by parts: in threads, and what it encoded before not again."""

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
        """Write a whole file, as `write` does: the same bytes whatever `threads`, and whatever `store` had."""


@runtime_checkable
class ReadingExport(Export, Protocol):
    """A format that reads itself what its files tell, since nobody else can."""

    def told(self, path: Path) -> Finished | None:
        """Return what a file tells of the session in it; None for what is no file of this format."""
