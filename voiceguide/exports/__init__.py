"""Exports: the Protocol every file format keeps, and the registry that finds one by a path's suffix.

A format is one file with one class, registered under the entry-point group `voiceguide.exports`; the entry's name is
the suffix without its dot. A format changes no gain: what it writes decodes to what the mix played.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol, cast, runtime_checkable

from voiceguide.choices import Options
from voiceguide.errors import MissingError, UsageError, option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.metadata import EntryPoints
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports.mp3.encoding import Store
    from voiceguide.sound.source import Source
    from voiceguide.tags import Tags
    from voiceguide.tags.reading import Finished

__all__ = ["GROUP", "Export", "Options", "PartsExport", "ReadingExport", "exporter", "known", "playable", "suffixes"]

GROUP = "voiceguide.exports"


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


def suffixes() -> tuple[str, ...]:
    """Return every suffix that can be written, sorted; loads no format."""
    return tuple(sorted({f".{entry.name}" for entry in _entries()}))


def known(path: Path) -> Export | None:
    """Return the format of a file by its suffix, in either case; None for one that nobody writes, or that is broken."""
    found = [entry for entry in _entries() if f".{entry.name}" == path.suffix.lower()]
    try:
        return cast("Export", found[0].load()()) if found else None
    except ImportError:
        return None


def playable(path: Path) -> str:
    """Return the MIME type of a file that pages play. Raises UsageError for any other, by its suffix."""
    export = known(path)
    if export and export.plays_in_pages:
        return export.media_type
    if export:
        raise UsageError(f"{path}: pages cannot play {export.suffix} files: choose another format")
    raise UsageError(f"{path}: expected a session's file ({', '.join(suffixes())}), got {path.suffix or 'no suffix'}")


def exporter(path: Path) -> Export:
    """Return the format that a path's suffix asks for, in either case.

    Raises UsageError for a suffix nobody writes, and MissingError when its codec does not work here.
    """
    suffix = path.suffix.lower()
    found = [entry for entry in _entries() if f".{entry.name}" == suffix]
    if not found:
        choose = f"choose {_either(suffixes())}"
        if suffix:
            raise UsageError(f"cannot write {suffix} files: {choose}", field="path", got=path, known=suffixes())
        raise UsageError(
            f'the name "{path.name}" does not end in a format: {choose}', field="path", got=path, known=suffixes()
        )
    try:
        export = cast("Export", found[0].load()())
    except ImportError as error:
        raise MissingError(f"cannot write {suffix} files here: {error}. Install the package again") from error
    if fix := export.probe():
        raise MissingError(f"cannot write {suffix} files here: {fix}")
    return export


def refuse_options(export: Export, options: Options) -> None:
    """Raise UsageError when an encoder's option is given for a format that keeps every sample as it is."""
    for name, value in (("bitrate", options.bitrate), ("quality", options.quality)):
        if value is not None:
            raise UsageError(
                f"{option(name)} {value}: {export.suffix} files lose nothing and know no such choice; "
                f"leave {option(name)} out, or write an .mp3"
            )


def bitrate_within(export: Export, options: Options, legal: range, default: int) -> int:
    """Return the bitrate, in kb/s, for a format whose quality is its bitrate.

    Raises UsageError for a quality, and for a bitrate that is not legal.
    """
    least, most = legal[0], legal[-1]
    if options.quality is not None:
        raise UsageError(
            f"{option('quality')} {options.quality}: an {export.suffix} is as good as its bitrate; "
            f"leave it out, or choose {option('bitrate')} {least} to {most}"
        )
    bitrate = default if options.bitrate is None else options.bitrate
    if bitrate not in legal:
        raise UsageError(f"{option('bitrate')} {bitrate}: an {export.suffix} has {least} to {most} kb/s")
    return bitrate


def _entries() -> EntryPoints:
    # Read anew each time: scanning costs milliseconds, only `render` and `doctor` ask, and nothing can be stale.
    from importlib.metadata import entry_points

    return entry_points(group=GROUP)


def _either(choices: Sequence[str]) -> str:
    """`.flac, .mp3 or .wav`."""
    return " or ".join(filter(None, (", ".join(choices[:-1]), *choices[-1:])))
