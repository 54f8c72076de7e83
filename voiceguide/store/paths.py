"""What a path leads to, whatever it is: too long, with a sign that no disk takes, or through what may not be looked at.

`Path` raises for some of them, and for which depends on Python's version. Here they lead nowhere.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_there(path: Path) -> bool:
    """Whether there is anything of that name; a link that leads nowhere is nothing."""
    return os.path.exists(path)  # noqa: PTH110 (Path raises)


def is_file(path: Path) -> bool:
    """Whether it leads to a file: no folder, no device and no pipe."""
    return os.path.isfile(path)  # noqa: PTH113 (Path raises)


def is_folder(path: Path) -> bool:
    """Whether it leads to a folder."""
    return os.path.isdir(path)  # noqa: PTH112 (Path raises)


def fault(path: Path) -> str | None:
    """Say what keeps a path from being looked up at all, and what to do; None when nothing does."""
    try:
        written = os.fsencode(path)
    except UnicodeEncodeError:
        return "it has letters that this system's locale cannot write: set LC_ALL=C.UTF-8, or leave them out"
    return "it has a NUL in it; leave that out" if b"\0" in written else None
