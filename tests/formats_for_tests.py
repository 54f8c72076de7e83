"""A file format of somebody else's, registered as theirs would be: a line of JSON, then samples."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, BinaryIO

from voiceguide import exports
from voiceguide.tags.reading import FileChapter, Finished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    import pytest
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags


class PlainExport:
    """Whole, and known to nobody else; browsers play it, for the tests' sake."""

    suffix = ".plain"
    name = "plain samples"
    media_type = "audio/x-plain"
    plays_in_pages = True
    carries_chapters = True
    rank = 9

    def probe(self) -> str | None:
        """It always works."""
        return None

    def check(self, options: Options) -> None:
        """Take no option."""
        exports.refuse_options(self, options)

    def write(
        self,
        file: BinaryIO,
        blocks: Iterator[NDArray[np.float32]],
        *,
        frames: int,
        tags: Tags,
        options: Options,  # noqa: ARG002 (the Protocol has it)
        progress: Callable[[int], None] | None = None,  # noqa: ARG002 (the Protocol has it)
    ) -> None:
        """Write the tags as JSON, then the samples."""
        facts: dict[str, Any] = {"frames": frames, "title": tags.title, "chapters": tags.chapters}
        file.write(json.dumps(facts | {"timeline": tags.timeline, "language": tags.language}).encode() + b"\n")
        for block in blocks:
            file.write(block.tobytes())

    def told(self, path: Path) -> Finished | None:
        """Read the JSON back."""
        try:
            facts = json.loads(path.read_bytes().partition(b"\n")[0])
        except ValueError:
            return None
        chapters = tuple(FileChapter(title, start) for title, start, _ in facts["chapters"])
        seconds = facts["frames"] / 44_100
        found = Finished(facts["title"], language=facts["language"], seconds=seconds, chapters=chapters)
        return Finished(**{each: getattr(found, each) for each in found.__slots__} | {"timeline": facts["timeline"]})


class MuteExport(PlainExport):
    """The same, which no browser plays."""

    suffix = ".mute"
    plays_in_pages = False


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register them beside the installed ones, in this process."""
    ours = [
        EntryPoint(each.suffix[1:], f"{__name__}:{each.__name__}", exports.GROUP) for each in (PlainExport, MuteExport)
    ]
    installed = [*entry_points(group=exports.GROUP)]
    monkeypatch.setattr(exports, "_entries", lambda: [*installed, *ours])
