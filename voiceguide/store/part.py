"""A file that is wanted, and what has come of it so far."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.store import owned
from voiceguide.store.files import failed

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ON_WINDOWS = os.name == "nt"


@dataclass(frozen=True, slots=True)
class Download:
    """A file on a server, known before it is asked for."""

    url: str
    """https, or http of this machine."""
    size: int
    """Bytes."""
    sha256: str


class Part:
    """What has come of a file so far, open under another name; a fault of writing it is a Failed that says why."""

    def __init__(self, number: int, path: Path, target: Path) -> None:
        self.path = path
        self.target = target
        """Where it will be."""
        self._number = number
        self.size = os.fstat(number).st_size
        """Bytes."""
        os.lseek(number, 0, os.SEEK_END)

    def write(self, data: bytes) -> None:
        """Add some bytes. On a full disk, all of it is given back."""
        left = memoryview(data)
        try:
            while left:
                count = os.write(self._number, left)
                left = left[count:]
                self.size += count
        except OSError as error:
            if error.errno in _FULL:
                self.empty()
            raise failed(self.target, None, error) from error

    def empty(self) -> None:
        """Begin anew."""
        try:
            os.ftruncate(self._number, 0)
            os.lseek(self._number, 0, os.SEEK_SET)
        except OSError as error:
            raise failed(self.target, None, error) from error
        self.size = 0

    def sha256(self) -> str:
        """Return the checksum of what is on the disk, and see that it is there."""
        try:
            os.fsync(self._number)
            os.lseek(self._number, 0, os.SEEK_SET)
            with os.fdopen(self._number, "rb", closefd=False) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise failed(self.target, None, error) from error

    def name(self) -> None:
        """Give it its name, in place of whatever has it."""
        if _ON_WINDOWS:
            os.close(self._number)
            self._number = -1
        try:
            self.path.replace(self.target)
        except OSError as error:
            raise failed(self.target, None, error) from error
        owned.wrote()

    def __enter__(self) -> Part:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._number >= 0:
            os.close(self._number)
