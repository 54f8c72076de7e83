"""Files that somebody names, read: their bytes, and a digest of them; which one cannot be read, and why, is said."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, UsageError
from voiceguide.store import paths, regular

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path


def content(path: Path) -> bytes:
    """Return a file's bytes. Raises Failed where it cannot be read, and for a pipe or a device."""
    try:
        with _opened(path) as file:
            return file.read()
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _unreadable(path, error) from error


def sha256(path: Path) -> str:
    """Return the digest of a file's bytes. Raises Failed where it cannot be read, and for a pipe or a device."""
    try:
        with _opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _unreadable(path, error) from error


def check_file(path: Path, *, such: str) -> None:
    """Find that a file can be opened, and read from any place, without waiting for it: no pipe and no device.

    It is said of files `such` as `a sound file`. Raises Failed.
    """
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise Failed(f"{path}: expected {such}, got a device or a pipe: save what comes out of it as a file")
        path.open("rb").close()  # the system says why a file can't be opened better than a decoder does
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        why = getattr(error, "strerror", None) or error
        raise Failed(f"{path}: expected {such} that can be read, got: {why}.") from error


def beginning(path: Path, size: int, *, whose: str, such: str) -> bytes:
    """Return a file's first bytes, `size` at most, so that a device or a pipe is never read whole.

    `whose` file it is, as `a routine's`, and a file `such` as is meant, as `a .yaml file`, are for messages. Raises
    UsageError where there is no file, and Failed where it cannot be read.
    """
    if paths.is_folder(path):
        raise UsageError(f"{path}: expected {whose} file, got a folder: name {such} in it")
    try:
        with open(path, "rb", opener=_at_once) as file:  # a Path takes no opener
            return file.read(size)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{path}: expected {whose} file, found none: check the spelling and the folder") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _unreadable(path, error) from None


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes in is empty, and one that somebody does is read to its end."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(number, True)
    return number


def _opened(path: Path) -> BufferedReader:
    return os.fdopen(regular.opened(path, follow=True), "rb")


def _unreadable(path: Path, error: OSError | ValueError) -> Failed:
    return Failed(f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error})")
