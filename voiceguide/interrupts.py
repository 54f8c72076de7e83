"""Signals that ask the program to end, and where they have to wait."""

from __future__ import annotations

import signal
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""No system has them all: a terminal that is closed sends SIGHUP, Windows' Ctrl-Break SIGBREAK."""


def signals() -> tuple[signal.Signals, ...]:
    """Return those that this system has."""
    return tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals wait for the end of the block: what a handler raises in C's callback is lost, with what it wrote."""
    if threading.current_thread() is not threading.main_thread():
        yield  # handlers run in the main thread
        return
    heard: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        heard.append(number)

    with ExitStack() as stack:
        for number in signals():
            if callable(handler := signal.getsignal(number)):
                stack.callback(signal.signal, number, handler)
                signal.signal(number, note)
        yield
    if heard:
        signal.raise_signal(heard[0])
