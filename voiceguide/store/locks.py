"""Locks on files and folders, held against other processes and let go of when a process ends, however it ends.

A lock that can be had tells that whoever made the file is dead, which a process id cannot: they are used again, and in
containers they are all the same. Windows holds an open file against being removed, which takes a lock's place there.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from voiceguide.store import owned, regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 10.0
"""Seconds to wait for a lock that is held for an instant at a time: its holder may have been stopped just then."""
_TICK = 0.005
_LOOK_AGAIN = 0.1
"""Seconds between two looks at a lock that is held for long."""


def hold(number: int, *, alone: bool = True) -> None:
    """Lock an open file for as long as it is open, alone or shared; on Windows it is held by being open.

    Raises BlockingIOError at once when somebody else has it, and OSError on a disk without locks.
    """
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(number, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def is_still(number: int, path: Path) -> bool:
    """Whether a path leads to an open file or folder, and to no other one."""
    try:
        return os.path.samestat(os.fstat(number), path.lstat())
    except FileNotFoundError:
        return False


def held_folder(folder: Path, *, follow: bool = True) -> int:
    """Hold a folder until the returned number is closed, or the process ends.

    Raises BlockingIOError or FileExistsError when somebody else has it, and OSError on a disk without locks, and for a
    link unless `follow`.
    """
    if sys.platform == "win32":
        return os.open(folder / ".batch", os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | (0 if follow else os.O_NOFOLLOW))
    try:
        hold(number)
    except OSError:
        os.close(number)
        raise
    return number


@contextmanager
def in_turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Wait for a folder's lock and hold it, shared or alone, against other processes and threads.

    Goes on without it where the file system has no locks, the folder can't be written, or nobody lets go of it.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            number = regular.opened(folder / "lock", os.O_RDWR | os.O_CREAT)
            stack.callback(os.close, number)
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(number, msvcrt.LK_LOCK, 1)  # Windows knows no shared kind here
                stack.callback(msvcrt.locking, number, msvcrt.LK_UNLCK, 1)
            else:
                _wait_for(number, alone=alone)
        yield


def _wait_for(number: int, *, alone: bool) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return hold(number, alone=alone)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
        time.sleep(_TICK)


@contextmanager
def alone(path: Path, *, waiting: Callable[[], None] | None) -> Iterator[bool]:
    """Hold a lock by a file that is made for it and gone afterwards, against other processes and threads.

    Waits for as long as somebody else has it, and calls `waiting` ten times a second meanwhile; without one it raises
    BlockingIOError. Gives False on a disk without locks, where nothing is held. Raises OSError where the file cannot
    be made.
    """
    number, held = _held_alone(path, waiting)
    try:
        yield held
    finally:
        if held and sys.platform != "win32":  # while it is held: whoever opened it meanwhile sees that it is gone
            with suppress(OSError):
                path.unlink()
        os.close(number)
        if sys.platform == "win32":
            with suppress(OSError):  # somebody else has it open
                path.unlink()


def _held_alone(path: Path, waiting: Callable[[], None] | None) -> tuple[int, bool]:
    while True:
        number = regular.opened(path, os.O_RDWR | os.O_CREAT)
        try:
            _lock(number)
            if is_still(number, path):
                return number, True
            os.close(number)
        except BlockingIOError:
            os.close(number)
            if waiting is None:
                raise
            waiting()
            time.sleep(_LOOK_AGAIN)
        except OSError:
            return number, False


def _lock(number: int) -> None:
    """Lock an open file alone, on Windows too. Raises as `hold` does."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from None
    else:
        hold(number)


def born_held(name: Callable[[], Path], mode: int = 0o666) -> tuple[int, Path]:
    """Create a file that is held from its first moment on, as long as the returned number is open; say its path too.

    `name` gives a path that nobody else would choose, another one each time. It is for writing and reading, has of the
    `mode` what the umask leaves, and is `owned` until it is disowned. Raises OSError where it cannot be made; on a disk
    without locks it is not held, and nobody can take it for left.
    """
    while True:
        path = name()
        owned.own(path)
        try:
            number = regular.opened(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        except OSError:
            owned.disown(path)
            raise
        try:
            hold(number)
        except BlockingIOError:
            os.close(number)  # somebody looks whether it was left, and takes it away
            owned.disown(path)
            continue
        except OSError:
            return number, path
        if is_still(number, path):
            return number, path
        os.close(number)
        owned.disown(path)


def removed_unless_held(path: Path) -> bool:
    """Remove a file that nobody holds any more; say whether it was. Raises OSError, also for one that is gone."""
    if sys.platform == "win32":
        with suppress(PermissionError):
            path.unlink()
            return True
        return False
    number = regular.opened(path)
    try:
        hold(number, alone=False)
        path.unlink()
    except BlockingIOError:
        return False
    finally:
        os.close(number)
    return True
