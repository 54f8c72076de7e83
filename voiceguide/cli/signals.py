"""What asks the program to end: each signal does as Ctrl-C does, and a second one does not disturb the first."""

from __future__ import annotations

import signal
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""No system has them all: a terminal that is closed sends SIGHUP, Windows' Ctrl-Break SIGBREAK."""
_CLEANING = 5.0
"""Seconds after a signal in which no other one disturbs the cleaning up."""
_heard: float | None = None


def heed() -> None:
    """Raise KeyboardInterrupt at one of them; what is ignored, as under `nohup`, stays so."""
    for number in _numbers():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def ignore() -> None:
    """Let nothing disturb what is left to do, which is not much."""
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)


def heard() -> bool:
    """Whether something has asked the program to end."""
    return _heard is not None


def _numbers() -> tuple[signal.Signals, ...]:
    return tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


def _end(_number: int, _frame: FrameType | None) -> None:
    global _heard
    now = monotonic()
    if _heard is None or now - _heard > _CLEANING:
        _heard = now
        raise KeyboardInterrupt
