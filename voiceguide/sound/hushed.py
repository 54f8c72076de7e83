"""Silence for decoders: those behind libsndfile print on the terminal what they think of a file."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STDERR = 2


class _Hush:
    """Where stderr goes while anybody wants silence."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = 0
        self._kept: int | None = None
        """What stderr was."""

    def begin(self) -> None:
        with self._lock:
            self._wanted += 1
            # Where the program began without a stderr, some other file may have its number.
            if self._wanted == 1 and sys.__stderr__ is not None:
                with suppress(OSError):  # no stderr any more, or no number left for one more file
                    self._turn_away()

    def _turn_away(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            self._kept = os.dup(_STDERR)
            os.dup2(nowhere, _STDERR)
        finally:
            os.close(nowhere)

    def end(self) -> None:
        with self._lock:
            self._wanted -= 1
            if not self._wanted and self._kept is not None:
                os.dup2(self._kept, _STDERR)
                os.close(self._kept)
                self._kept = None


_HUSH = _Hush()


@contextmanager
def hushed() -> Iterator[None]:
    """Keep what a C library prints off stderr, for a moment: what other threads print meanwhile is lost as well."""
    _HUSH.begin()
    try:
        yield
    finally:
        _HUSH.end()
