"""Files that somebody names, read: their bytes, and a digest of them; which one cannot be read, and why, is said."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, UsageError
from voiceguide.store import regular

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path


def content(path: Path) -> bytes:
    """Return a file's bytes. Raises Failed where it cannot be read, and for a pipe or a device."""
    try:
        with _opened(path) as file:
            return file.read()
    except OSError as error:
        raise _unreadable(path, error) from error


def sha256(path: Path) -> str:
    """Return the digest of a file's bytes. Raises Failed where it cannot be read, and for a pipe or a device."""
    try:
        with _opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def beginning(path: Path, size: int, *, whose: str, such: str) -> bytes:
    """Return a file's first bytes, `size` at most, so that a device or a pipe is never read whole.

    `whose` file it is, as `a routine's`, and a file `such` as is meant, as `a .yaml file`, are for messages. Raises
    UsageError where there is no file, and Failed where it cannot be read.
    """
    if path.is_dir():
        raise UsageError(f"{path}: expected {whose} file, got a folder: name {such} in it")
    try:
        with path.open("rb") as file:
            return file.read(size)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{path}: expected {whose} file, found none: check the spelling and the folder") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _unreadable(path, error) from None


def _opened(path: Path) -> BufferedReader:
    return os.fdopen(regular.opened(path, follow=True), "rb")


def _unreadable(path: Path, error: OSError | ValueError) -> Failed:
    return Failed(f"{path}: the file cannot be read ({getattr(error, 'strerror', None) or error})")
