"""Writing: sound becomes a file in the format of its name, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from voiceguide.choices import Options, argument
from voiceguide.choices.kinds import Switch, Text
from voiceguide.exports import PartsExport, exporter
from voiceguide.installed import cores
from voiceguide.sound.source import Source
from voiceguide.store.files import check_target, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Export
    from voiceguide.session.making import Means
    from voiceguide.store.cache import Cache
    from voiceguide.tags import Tags


class Blocks(Protocol):
    """Sound, a block after the other."""

    @property
    def frames(self) -> int:
        """How many sample frames there are."""

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Yield it all, in blocks of shape (n, 2)."""


class Target(NamedTuple):
    """A file to be written, found to be possible."""

    path: Path
    export: Export
    options: Options
    overwrite: bool

    def write(self, sound: Blocks, tags: Tags, cache: Cache, means: Means) -> None:
        """Write a sound: by parts where it can be asked for any, and the format takes it so."""
        from voiceguide.store.cache import Shelf

        def tell(frames: int) -> None:
            if means.progress:
                means.progress("encoding", frames, sound.frames)

        export, options = self.export, self.options
        with whole(self.path, overwrite=self.overwrite) as file:
            if isinstance(export, PartsExport) and isinstance(sound, Source):
                threads, parts = means.threads or cores(), Shelf(cache, "sections")
                export.write_parts(file, sound, tags=tags, options=options, threads=threads, store=parts, progress=tell)
            else:
                export.write(file, sound.blocks(), frames=sound.frames, tags=tags, options=options, progress=tell)


def target(path: str | Path, options: Options | None = None, *, overwrite: bool) -> Target:
    """Return a file to be written. Raises UsageError and MissingError for what is known to be impossible."""
    options = options or Options()
    file = Path(argument("path", Text("a file's path"), path))
    overwrite = argument("overwrite", Switch(), overwrite)
    export = exporter(file)
    export.check(options)
    check_target(file, overwrite=overwrite)
    return Target(file, export, options, overwrite)
