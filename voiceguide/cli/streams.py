"""The standard streams: whoever reads them may leave, and the work goes on to its own exit code."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def outlive_readers() -> None:
    """Let a reader (`head`, a pager) close its end of a pipe, and letters pass that the encoding does not have."""
    sys.stdout = _outliving(sys.stdout)
    sys.stderr = _outliving(sys.stderr)


def flush() -> None:
    """Write out what both still hold."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # closed, or on a full disk: there is nobody left to tell
                stream.flush()


def _outliving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # none at all, as under pythonw, or one that somebody else has put there
    stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    if stream.isatty():
        return stream
    stream.flush()
    buffer = io.BufferedWriter(io.FileIO(stream.fileno(), "w", closefd=False))
    return _Outliving(buffer, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


class _Outliving(io.TextIOWrapper):
    """A text stream that goes on into nothing when its reader has left."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            self._go_nowhere()
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            self._go_nowhere()
            super().flush()

    def _go_nowhere(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
