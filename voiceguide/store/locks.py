"""Locks on files and folders, held against other processes and let go of when a process ends, however it ends.

Windows holds an open file against being removed, which takes a lock's place there.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def hold(number: int, *, alone: bool = True) -> None:
    """Lock an open file for as long as it is open, alone or shared; on Windows it is held by being open.

    Raises BlockingIOError at once when somebody else has it, and OSError on a disk without locks.
    """
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(number, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def held_folder(folder: Path) -> int:
    """Hold a folder until the returned number is closed, or the process ends.

    Raises BlockingIOError or FileExistsError when somebody else has it, and OSError on a disk without locks.
    """
    if sys.platform == "win32":
        return os.open(folder / ".batch", os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
    number = os.open(folder, os.O_RDONLY)
    try:
        hold(number)
    except OSError:
        os.close(number)
        raise
    return number


@contextmanager
def in_turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait for a folder's lock and hold it, shared or alone, against other processes and threads.

    Goes on without it where the file system has no locks or the folder can't be written.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context((folder / "lock").open("ab"))
            if sys.platform == "win32":
                import msvcrt

                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # Windows knows no shared kind here
                stack.callback(msvcrt.locking, file.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def born_held(path: Path) -> TextIO:
    """Create a file, and its folder, that is held from its first moment on, as long as the returned file is open.

    Raises OSError where that cannot be; then there is no such file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return path.open("x", encoding="utf-8")
    unborn = path.with_suffix(".new")  # it gets its name once it is locked: until then it would pass for let go of
    file = unborn.open("x", encoding="utf-8")
    try:
        hold(file.fileno())
        unborn.replace(path)
    except OSError:
        file.close()
        with suppress(OSError):
            unborn.unlink()
        raise
    return file


def removed_unless_held(path: Path) -> bool:
    """Remove a file that nobody holds any more; say whether it was. Raises OSError, also for one that is gone."""
    if sys.platform == "win32":
        with suppress(PermissionError):
            path.unlink()
            return True
    else:
        with path.open("rb") as file, suppress(BlockingIOError):
            hold(file.fileno(), alone=False)
            path.unlink()
            return True
    return False
