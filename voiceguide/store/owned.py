"""What this process has made for the moment, so that it can be taken away at whatever moment the process ends.

A `with` block takes away its own, but for the instant before it is entered, and in a thread that is left behind. What
a process leaves that had no time for this is known by the lock that nobody holds any more (`locks`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_ours: set[str] = set()
_written = 0


def own(path: Path) -> None:
    """Note a file or folder that is about to be made under a name that nobody else would choose."""
    _ours.add(str(path))


def disown(path: Path) -> None:
    """Forget one that is gone, or was never made."""
    _ours.discard(str(path))


def take_away() -> None:
    """Remove what is still there; for the very end."""
    import shutil

    while _ours:
        path = Path(_ours.pop())
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def wrote() -> None:
    """Note that a file has got the name it was meant to have."""
    global _written
    _written += 1


def written() -> int:
    """Return how many files this process has given their names."""
    return _written
