"""Several files as one, which is made while it is sent: a .zip."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PIECE = 1 << 16


class _Sink(io.RawIOBase):
    """What was written, until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # nobody writes anything else
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found, self._pieces = b"".join(self._pieces), []
        return found


def packed(files: Mapping[str, Path | bytes]) -> Iterator[bytes]:
    """Yield a .zip of files by their names in it, each one's bytes or where they are. Raises OSError, at any piece."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if isinstance(content, bytes):
                archive.writestr(name, content)
                yield sink.taken()
                continue
            entry = zipfile.ZipInfo.from_file(content, name, strict_timestamps=False)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with content.open("rb") as read, archive.open(entry, "w") as written:
                while piece := read.read(_PIECE):
                    written.write(piece)
                    yield sink.taken()
    yield sink.taken()
