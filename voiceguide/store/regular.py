"""Regular files, opened with care: in a place of the program's own, anything may have been put."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Without waiting: a pipe would be opened only once somebody writes into it.
_PATIENT: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_UNLINKED: int = getattr(os, "O_NOFOLLOW", 0)


def opened(path: Path, flags: int = os.O_RDONLY, mode: int = 0o666, *, follow: bool = False) -> int:
    """Open a regular file and return its number; with `follow` also one that a link leads to.

    Never waits, and makes nothing elsewhere. Raises OSError, also for a pipe, a device and a folder.
    """
    number = os.open(path, flags | _PATIENT | (0 if follow else _UNLINKED), mode)
    if stat.S_ISREG(os.fstat(number).st_mode):
        return number
    os.close(number)
    raise OSError(errno.EINVAL, "it is a folder, a pipe or a device, not a file", str(path))
