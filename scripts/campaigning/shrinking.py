"""The smallest input that still fails: what can go is cut away, the largest pieces first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TRIES = 300
MOST_SECONDS = 40.0
"""Of wall time for one input: a small one is a help, and no more."""

_Parts = TypeVar("_Parts", bytes, str, list[bytes])


def smallest(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Return what is left of some bytes when everything that can go has gone: first lines, then signs."""
    budget = _Budget(fails)
    lines = data.splitlines(keepends=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _reduced(data, budget.fails)
    if 1 < len(lines) < len(text):
        data = b"".join(_reduced(lines, lambda kept: budget.fails(b"".join(kept))))
    return _reduced(data.decode("utf-8"), lambda kept: budget.fails(kept.encode())).encode()


class _Budget:
    """How often, and how long, it is tried."""

    def __init__(self, fails: Callable[[bytes], bool]) -> None:
        self._fails = fails
        self._left = MOST_TRIES
        self._end = time.monotonic() + MOST_SECONDS

    def fails(self, data: bytes) -> bool:
        """Whether an input fails; none does once the time is up."""
        self._left -= 1
        return self._left > 0 and time.monotonic() < self._end and self._fails(data)


def _reduced(parts: _Parts, fails: Callable[[_Parts], bool]) -> _Parts:
    """Delta debugging (Zeller and Hildebrandt, 2002): drop one piece after another, then pieces half as large."""
    size = len(parts) // 2
    while size >= 1:
        at = 0
        while at < len(parts):
            without = parts[:at] + parts[at + size :]
            if without and fails(without):
                parts = without
            else:
                at += size
        size //= 2
    return parts
