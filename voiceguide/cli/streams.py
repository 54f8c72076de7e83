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
    from typing import TextIO

    from _typeshed import ReadableBuffer


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
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.lost if isinstance(raw, _Outliving) else None


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _outliving(stream: TextIO | None, number: int, *, closed: bool) -> TextIO:
    errors = "replace" if number == 1 else "backslashreplace"
    if stream is None or closed:
        return _text(_Outliving(number, closed_before=True), "utf-8", errors)
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # one that somebody else has put there
    stream.reconfigure(errors=errors)
    if os.name == "nt" and stream.isatty():
        return stream  # its console has a way of its own to be written to
    with suppress(OSError):
        stream.flush()
    return _text(_Outliving(stream.fileno()), stream.encoding, errors, line_buffering=stream.line_buffering)


def _text(raw: io.FileIO, encoding: str, errors: str, *, line_buffering: bool = False) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=line_buffering)


class _Outliving(io.FileIO):
    """A stream that goes on into nothing when its reader has left, or nothing more goes into it."""

    def __init__(self, number: int, *, closed_before: bool = False) -> None:
        super().__init__(number, "w", closefd=False)
        self._closed_before = closed_before
        self.lost: OSError | None = None
        """Why something came nowhere, unless its reader left."""

    def write(self, data: ReadableBuffer, /) -> int:
        if self._closed_before:
            self.lost = OSError(errno.EBADF, "it is closed")
        try:
            while (written := super().write(data)) is None:  # a pipe that does not wait by itself, and is full
                select.select([], [self], [])
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.lost = error
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return memoryview(data).nbytes
        return written
