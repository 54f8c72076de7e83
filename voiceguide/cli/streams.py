"""The standard streams: closed, full, or left by their readers, and the work goes on to its own exit code."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO


_PIECE = 1 << 16
"""Letters written at once."""
_BUFFER = 8 * _PIECE
"""Bytes: what a pipe does not take at once, waits here."""


def begin() -> None:
    """Let a stream be closed, full, or left by its reader (`head`, a pager), and letters pass that it does not have."""
    closed = [number for number in range(3) if _is_closed(number)]
    for number in closed:
        # Otherwise the next file that is opened takes its number, and what a library prints goes into that file. The
        # lowest number that is free is taken, which is this one.
        if os.open(os.devnull, os.O_RDWR) == number:
            os.set_inheritable(number, True)
    sys.stdout = _outliving(sys.stdout, 1, closed=1 in closed)
    sys.stderr = _outliving(sys.stderr, 2, closed=2 in closed)


def flush() -> None:
    """Write out what both still hold."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # one of somebody else's: there is nobody left to tell
                stream.flush()


def lost() -> OSError | None:
    """Return why something printed on stdout came nowhere; None where all did, or its reader chose to leave."""
    return sys.stdout.lost if isinstance(sys.stdout, _Outliving) else None


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _outliving(stream: TextIO | None, number: int, *, closed: bool) -> TextIO:
    errors = "replace" if number == 1 else "backslashreplace"
    if stream is None or closed:
        return _Outliving(number, "utf-8", errors, lost=OSError(errno.EBADF, "it is closed"))
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # one that somebody else has put there
    stream.reconfigure(errors=errors)
    if os.name == "nt" and stream.isatty():
        return stream  # its console has a way of its own to be written to
    with suppress(OSError):
        stream.flush()
    return _Outliving(stream.fileno(), stream.encoding, errors, line_buffering=stream.line_buffering)


class _Outliving(io.TextIOWrapper):
    """A text stream that goes on into nothing when its reader has left, or nothing more goes into it.

    What lies below is C's alone: a signal's exception between two lines of Python there would write a text twice.
    """

    def __init__(
        self, number: int, encoding: str, errors: str, *, line_buffering: bool = False, lost: OSError | None = None
    ) -> None:
        file = io.BufferedWriter(io.FileIO(number, "w", closefd=False), _BUFFER)
        super().__init__(file, encoding, errors, line_buffering=line_buffering)
        self._closed_before = lost
        self.lost: OSError | None = None
        """Why something came nowhere, unless its reader left."""

    @property
    def buffer(self) -> BinaryIO:
        """There is none to be had: click would write past this to one whose letters are ASCII's."""
        raise AttributeError("buffer")

    def write(self, text: str, /) -> int:
        if self._closed_before and text:
            self.lost = self._closed_before
        for start in range(0, len(text) or 1, _PIECE):  # once at least: click tells by b"" whether it takes bytes
            try:
                super().write(text[start : start + _PIECE])
            except OSError as error:
                self._go_on(error)
            if len(text) > _PIECE:
                self.flush()
        return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._go_on(error)

    def _go_on(self, error: OSError) -> None:
        while isinstance(error, BlockingIOError):  # a pipe that does not wait by itself, and is full
            select.select([], [self], [])
            try:
                return super().flush()
            except OSError as another:
                error = another
        if not isinstance(error, BrokenPipeError):
            self.lost = error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        return super().flush()
