"""When files change: looked at again and again, by their content, so that every editor's way of saving is seen."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from voiceguide.routine.source import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

EVERY = 0.5
"""Seconds between two looks."""


def changes(paths: Sequence[Path], sleep: Callable[[float], None]) -> Iterator[None]:
    """Yield at once, then whenever the files are others than they were; it never ends.

    A change counts when two looks in a row agree on it: an editor that replaces a file takes it away for a moment, and
    one that writes it anew empties it first.
    """
    known = before = _looked_at(paths)
    yield
    while True:
        sleep(EVERY)
        now = _looked_at(paths)
        if now == before and now != known:
            known = now
            yield
        before = now


def _looked_at(paths: Sequence[Path]) -> list[bytes | None]:
    """Return a fingerprint of each file's content, None where it cannot be read."""
    return [_fingerprint(path) for path in paths]


def _fingerprint(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return sha256(file.read(MOST_BYTES + 1)).digest()  # of more than that, nothing is read anyway
    except OSError:
        return None
