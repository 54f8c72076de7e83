"""The door to formats: what one is asked and what it gives pass through here, so that a fault of its names it.

A format may be a third party's code: it may raise anything, and give anything.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from voiceguide.errors import Failed
from voiceguide.exports.format import PartsExport, ReadingExport
from voiceguide.plugins import asked, blamed, broken, got

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.choices import Options
    from voiceguide.exports.format import Export
    from voiceguide.exports.mp3.encoding import Store
    from voiceguide.sound.source import Quiet, Source
    from voiceguide.tags import Tags
    from voiceguide.tags.reading import Finished

_Answer = TypeVar("_Answer")
_FACTS = {
    "suffix": str,
    "name": str,
    "media_type": str,
    "plays_in_pages": bool,
    "carries_chapters": bool,
    "rank": int,
}
"""What a format says of itself."""


@dataclass(slots=True)
class PluggedExport:
    """A format, as everybody else here has it."""

    export: Export
    whose: str
    """As a sentence about it begins."""
    suffix: str
    name: str
    media_type: str
    plays_in_pages: bool
    carries_chapters: bool
    rank: int

    def probe(self) -> str | None:
        """None when it works here, else the one-line fix, or what it does wrong."""
        try:
            fix = asked(self.whose, "telling whether it works here", self.export.probe)
        except Failed as fault:
            return fault.text
        if fix is None or (isinstance(fix, str) and fix.strip()):
            return fix
        return broken(self.whose, f"should tell whether it works here, and gave {got(fix)}")

    def check(self, options: Options) -> None:
        """Raise UsageError for an option that it does not know or cannot keep."""
        asked(self.whose, "looking at its options", lambda: self.export.check(options))

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
        """Write a whole file. Raises Failed for whatever goes wrong but in `blocks` and `progress`."""
        with self._writing(file, progress) as ours:
            given, tell = ours.passed(blocks), ours.tell
            self.export.write(file, given, frames=frames, tags=tags, options=options, progress=tell)

    @contextmanager
    def _writing(self, file: BinaryIO, progress: Callable[[int], None] | None) -> Iterator[_Ours]:
        """Tell what is raised as the format's unless it is `ours`, and look at what it leaves."""
        ours = _Ours(progress)
        try:
            with blamed(self.whose, "writing a file"):
                yield ours
        finally:
            if ours.fault is not None:
                raise ours.fault
        if file.closed:
            raise Failed(broken(self.whose, "closed the file that it was to write"))
        if not file.seek(0, 2):
            raise Failed(broken(self.whose, "wrote nothing"))


class _Parts(PluggedExport):
    """One that encodes a session by parts."""

    __slots__ = ()

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
        """Write a whole file. Raises Failed for whatever goes wrong but in `source` and `progress`."""
        export = self.export
        assert isinstance(export, PartsExport)  # noqa: S101 (see `plugged`)
        with self._writing(file, progress) as ours:
            given, tell = _Source(source, ours), ours.tell
            export.write_parts(file, given, tags=tags, options=options, threads=threads, store=store, progress=tell)


class _Reading(PluggedExport):
    """One that reads its own files."""

    __slots__ = ()

    def told(self, path: Path) -> Finished | None:
        """Return what a file tells, None for what is no file of this format. Raises Failed for anything else."""
        export = self.export
        assert isinstance(export, ReadingExport)  # noqa: S101 (see `plugged`)
        return asked(self.whose, f"reading {path}", lambda: self._looked_at(path, export.told(path)))

    def _looked_at(self, path: Path, told: Finished | None) -> Finished | None:
        from voiceguide.tags.reading import FileChapter, Finished

        if told is None:
            return None
        if not isinstance(told, Finished):
            raise Failed(broken(self.whose, f"gave {got(told)} for what {path} tells"))
        texts = [told.title, told.album, told.artist, told.comment, told.language, told.timeline]
        times = [told.seconds]
        for chapter in told.chapters:
            if isinstance(chapter, FileChapter):
                texts.append(chapter.title)
                times.append(chapter.start)
        if (
            len(texts) != 6 + len(told.chapters)
            or not all(isinstance(text, str) for text in texts)
            or not all(isfinite(seconds) and seconds >= 0 for seconds in times)
            or not isinstance(told.cover, bytes | None)
        ):
            raise Failed(broken(self.whose, f"tells of {path} what no file can tell"))
        return told


class _PartsAndReading(_Parts, _Reading):
    """One that does both."""

    __slots__ = ()


_KINDS = {
    (False, False): PluggedExport,
    (True, False): _Parts,
    (False, True): _Reading,
    (True, True): _PartsAndReading,
}


def plugged(export: Export, whose: str) -> Export:
    """Return a format behind this door. Raises Failed for what is none."""
    kind = asked(whose, "loading", lambda: (isinstance(export, PartsExport), isinstance(export, ReadingExport)))
    facts = {fact: asked(whose, f"telling its {fact}", partial(getattr, export, fact)) for fact in _FACTS}
    for fact, sort in _FACTS.items():
        if not isinstance(facts[fact], sort):
            raise Failed(broken(whose, f"has {got(facts[fact])} as its {fact}"))
    return _KINDS[kind](export, whose, **facts)


class _Ours:
    """What is handed to a format: what goes wrong in it is no fault of the format's."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self.fault: BaseException | None = None
        self._progress = progress

    def tell(self, frames: int) -> None:
        if self._progress is not None:
            self.noted(partial(self._progress, frames))

    def passed(self, blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
        while (block := self.noted(lambda: next(blocks, None))) is not None:
            yield block

    def noted(self, call: Callable[[], _Answer]) -> _Answer:
        try:
            return call()
        except BaseException as fault:
            self.fault = fault
            raise


class _Source:
    """A source whose faults are noted as ours."""

    def __init__(self, source: Source, ours: _Ours) -> None:
        self._source, self._ours = source, ours

    @property
    def frames(self) -> int:
        return self._source.frames

    @property
    def quiet(self) -> Sequence[Quiet]:
        return self._source.quiet

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        return self._ours.noted(lambda: self._source.block(start, frames))

    def key(self, start: int, stop: int) -> bytes:
        return self._ours.noted(lambda: self._source.key(start, stop))
