"""Pins: which of the cache's entries the renders that run now use, so that none of them is evicted."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO
from uuid import uuid4

from voiceguide.store.entries import listing
from voiceguide.store.locks import born_held, in_turn, removed_unless_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RUN = ".run"


class Pins:
    """Names of entries in use: one file a run, held while the run lives, so that a crash lets go of them.

    One lock in the folder is shared by those who pin and held alone by the one who evicts: whoever pins first and then
    looks for the entry finds it absent or keeps it. Without that lock a render may have to be run again when another
    one evicts at the same moment, which is better than none running at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{uuid4().hex}{_RUN}"
        self._names: set[str] = set()
        self._file: TextIO | None = None
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
                if self._file is None:
                    self._file = born_held(self._path)
                self._file.write(f"{name}\n")
                self._file.flush()

    @contextmanager
    def everyones(self) -> Iterator[set[str]]:
        """Give this run's names and those of every other run alive, and let nobody pin meanwhile."""
        with in_turn(self._folder, alone=True):
            with self._lock:
                names = set(self._names)
            for path in listing(self._folder, _RUN):
                if path != self._path:
                    names.update(_pinned_by(path))
            yield names

    def release(self) -> None:
        """End this run's pins."""
        with self._lock:
            self._names.clear()
            if self._file is not None:
                with suppress(OSError):  # a full disk refuses what is left in the file's buffer
                    self._file.close()
                self._file = None
                with suppress(OSError):
                    self._path.unlink()


def _pinned_by(path: Path) -> frozenset[str]:
    """Return the names a run has pinned; none, and its file removed, when the run is dead."""
    try:
        return frozenset() if removed_unless_held(path) else frozenset(path.read_text("utf-8").split("\n"))
    except OSError:
        return frozenset()  # it ended a moment ago
