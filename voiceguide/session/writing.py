"""Writing: a mix becomes a file in its format, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.installed import cores

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.exports import Options
    from voiceguide.session.composing import Progress
    from voiceguide.sound.mix import Mix
    from voiceguide.store.cache import Cache
    from voiceguide.tags import Tags


class How(NamedTuple):
    """How a file is written."""

    overwrite: bool
    threads: int | None
    """None is one a core."""
    progress: Progress | None


def write(mix: Mix, target: Path, tags: Tags, options: Options, cache: Cache, how: How) -> None:
    """Write a mix in the format of `target`: whole or not at all."""
    from voiceguide.exports import PartsExport, exporter
    from voiceguide.store.cache import Shelf
    from voiceguide.store.files import whole

    def tell(frames: int) -> None:
        if how.progress:
            how.progress("encoding", frames, mix.frames)

    export = exporter(target)
    with whole(target, overwrite=how.overwrite) as file:
        if isinstance(export, PartsExport):
            threads = how.threads or cores()
            sections = Shelf(cache, "sections")
            export.write_parts(file, mix, tags=tags, options=options, threads=threads, store=sections, progress=tell)
        else:
            export.write(file, mix.blocks(), frames=mix.frames, tags=tags, options=options, progress=tell)
