"""Pins: which of the cache's entries the renders that run now use, so that none of them is evicted."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from voiceguide.store import owned, regular
from voiceguide.store.entries import listing
from voiceguide.store.locks import born_held, in_turn, removed_unless_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RUN = ".run"
_MOST_BYTES = 64_000_000
"""Of a run's file that are read: a million entries."""


class Pins:
    """Names of entries in use: one file a run, held while the run lives, so that a crash lets go of them.

    One lock in the folder is shared by those who pin and held alone by the one who evicts: whoever pins first and then
    looks for the entry finds it absent or keeps it. Without that lock a render may have to be run again when another
    one evicts at the same moment, which is better than none running at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: tuple[int, Path] | None = None
        self._names: set[str] = set()
        self._lock = threading.Lock()  # always taken after the folder's

    def add(self, name: str) -> None:
        """Pin an entry for this run."""
        if name in self._names:
            return
        # A folder that is only read can't be evicted from, so a pin that can't be written there is not missed.
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        with in_turn(self._folder, alone=False), self._lock:
            self._names.add(name)
            with suppress(OSError):
                if self._held is None:
                    self._held = born_held(lambda: self._folder / f"{uuid4().hex}{_RUN}")
                os.write(self._held[0], f"{name}\n".encode())

    @contextmanager
    def everyones(self) -> Iterator[set[str]]:
        """Give this run's names and those of every other run alive, and let nobody pin meanwhile."""
        with in_turn(self._folder, alone=True):
            with self._lock:
                names = set(self._names)
                mine = self._held[1] if self._held else None
            for path in listing(self._folder, _RUN):
                if path != mine:
                    names.update(_pinned_by(path))
            yield names

    def release(self) -> None:
        """End this run's pins."""
        with self._lock:
            self._names.clear()
            if self._held is not None:
                number, path = self._held
                self._held = None
                os.close(number)
                with suppress(OSError):
                    path.unlink()
                owned.disown(path)


def _pinned_by(path: Path) -> frozenset[str]:
    """Return the names a run has pinned; none, and its file removed, when the run is dead."""
    try:
        if removed_unless_held(path):
            return frozenset()
        with os.fdopen(regular.opened(path), "rb") as file:
            return frozenset(file.read(_MOST_BYTES).decode("utf-8", "replace").split("\n"))
    except OSError:
        return frozenset()  # it ended a moment ago, or is no run's
