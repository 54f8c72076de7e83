"""A sound file as the libraries that read tags see it: no more of it than tags take, whatever its bytes promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

READS = 200_000
"""An hour in any format takes some hundred."""
BYTES = 96 << 20
"""In all: covers and timelines have some MB."""


class TooMuchError(Exception):
    """A library that has read more than tags take: the file leads it in circles, or lies of its sizes."""


class Metered:
    """An open file that can be read and sought, up to READS and BYTES. Raises TooMuchError beyond."""

    def __init__(self, file: BinaryIO) -> None:
        self.name = file.name
        self.size = file.seek(0, 2)
        self._file = file
        self._reads, self._bytes = 0, 0
        self.seek, self.tell = file.seek, file.tell
        self.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Read what there is; room is made for no more than that."""
        there = max(0, self.size - self._file.tell())
        wanted = there if size < 0 else min(size, there)
        self._reads += 1
        self._bytes += wanted
        if self._reads > READS or self._bytes > BYTES:
            raise TooMuchError(f"{self._reads} reads, {self._bytes} bytes")
        return self._file.read(wanted)
