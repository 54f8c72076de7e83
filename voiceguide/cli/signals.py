"""What asks the program to end: each signal does as Ctrl-C does, and a second one does not disturb the first."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from voiceguide.interrupts import signals

if TYPE_CHECKING:
    from types import FrameType

_CLEANING = 5.0
"""Seconds after a signal in which no other one disturbs the cleaning up."""
_heard: float | None = None
_terminals: tuple[int, ...] = ()


def heed() -> None:
    """Raise KeyboardInterrupt at one of them; what is ignored, as under `nohup`, stays so."""
    global _terminals
    _terminals = tuple(number for number in range(3) if os.isatty(number))
    for number in signals():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def ignore() -> None:
    """Let nothing disturb what is left to do, which is not much."""
    for number in signals():
        signal.signal(number, signal.SIG_IGN)


def heard() -> bool:
    """Whether something has asked the program to end."""
    return _heard is not None


def _end(_number: int, _frame: FrameType | None) -> None:
    global _heard
    now = monotonic()
    _leave_what_is_closed()
    if _heard is None or now - _heard > _CLEANING:
        _heard = now
        raise KeyboardInterrupt


def _leave_what_is_closed() -> None:
    """Let what is still written to a terminal that is gone go nowhere: it would fail, and cleaning up with it."""
    for number in _terminals:
        if not os.isatty(number):
            with suppress(OSError):
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, number)
                os.close(nowhere)
