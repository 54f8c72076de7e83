"""A file that is read while it is made: its size is known, any of its bytes may come at any time, readers wait.

It lies on the disk, so that what is held does not grow with it, and is gone when it is closed.
"""

from __future__ import annotations

import os
import time
from bisect import bisect_right, insort
from contextlib import contextmanager
from threading import Condition, Lock
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store import regular
from voiceguide.store.temporary import Folder, full

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


class ClosedError(Exception):
    """A growing file is not made or kept any longer; whoever still reads it has nobody to tell."""


class Growing:
    """Bytes of a known number, written and read from any thread.

    It is `finished` once its maker says so, and `fault` is what kept it from that.
    """

    def __init__(self, size: int) -> None:
        """Begin a file of `size` bytes, none of which is there. Raises Failed where there is no room for one."""
        self.size = size
        self.finished = False
        self.fault: BaseException | None = None
        self._change = Condition()
        self._ready: list[tuple[int, int]] = []
        """Stretches of bytes [start, end) that are there: in order, none touching the next."""
        self._awaited: list[int] = []
        """From where on somebody waits, the last to come last."""
        self._turn = 0
        self._read_to = 0
        """Behind the last byte that was read."""
        self._closed = False
        self._folder = Folder()
        try:
            self._file = (self._folder.path / "growing").open("w+b")
        except OSError as error:
            self._folder.close()
            raise full(self._folder.path, error) from error

    def __enter__(self) -> Growing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def there(self) -> int:
        """How many bytes there are, wherever they lie."""
        with self._change:
            return sum(end - start for start, end in self._ready)

    @property
    def awaited(self) -> int | None:
        """The byte that somebody waits for, the last to come; None where nobody does."""
        with self._change:
            return self._awaited[-1] if self._awaited else None

    def wanted(self) -> int | None:
        """Return the byte to make next: the first that is missing where it is read; None where none is.

        That is where somebody waits: of several, in turn the last to come and the first. Else it is behind what was
        read last.
        """
        with self._change:
            self._turn += 1
            offset = self._ready_to(self._awaited[-(self._turn % 2)] if self._awaited else self._read_to)
            return offset if offset < self.size else None

    def ready_to(self, offset: int) -> int:
        """Return the byte up to which all is there from `offset` on: `offset` itself where that one is not."""
        with self._change:
            return self._ready_to(offset)

    def _ready_to(self, offset: int) -> int:
        at = bisect_right(self._ready, (offset, self.size)) - 1
        return max(offset, self._ready[at][1]) if at >= 0 else offset

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:
        """Return bytes from `start` on, before `end`: those that are there, at least one; none from the end on.

        Waits where none is there yet, and raises TimeoutError after `timeout` seconds of that, ClosedError when it is
        closed, and its fault where it will never be made.
        """
        end = min(end, self.size)
        if start >= end:
            return b""
        until = None if timeout is None else time.monotonic() + timeout
        with self._change, self._waiting_for(start):
            while (ready := self._ready_to(start)) == start or self._closed:
                if self._closed:
                    raise ClosedError
                if self.fault is not None:
                    raise self.fault
                left = None if until is None else until - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError(f"byte {start} of {self.size} did not come within {timeout:g} s")
                self._change.wait(left)
            self._file.seek(start)
            self._read_to = min(end, ready)
            return self._file.read(self._read_to - start)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it is finished. Raises as `read` does."""
        with self._change:
            ended = self._change.wait_for(lambda: self.finished or self._closed or self.fault is not None, timeout)
            if self._closed:
                raise ClosedError
            if not self.finished and self.fault is not None:
                raise self.fault
            if not ended:
                raise TimeoutError(f"{self.size} bytes were not made within {timeout:g} s")

    @contextmanager
    def _waiting_for(self, start: int) -> Iterator[None]:
        if self._ready_to(start) > start:
            yield
            return
        self._awaited.append(start)
        try:
            yield
        finally:
            self._awaited.remove(start)

    def write(self, start: int, data: bytes) -> None:
        """Put bytes where they belong; those that were there are written over.

        Raises ClosedError when it is closed, ValueError for bytes that lie beyond its size, and Failed where the disk
        takes no more.
        """
        end = start + len(data)
        if end > self.size:
            raise ValueError(f"expected bytes up to {self.size}, got some up to {end}")
        with self._change:
            if self._closed:
                raise ClosedError
            if not data:
                return
            try:
                self._file.seek(start)
                self._file.write(data)
            except OSError as error:
                raise full(self._folder.path, error) from error
            touching = [span for span in self._ready if span[0] <= end and span[1] >= start]
            for span in touching:
                self._ready.remove(span)
            insort(
                self._ready, (min(start, *(s for s, _ in touching), end), max(end, *(e for _, e in touching), start))
            )
            self._change.notify_all()

    def finish(self) -> None:
        """Tell that nothing of it will change. Raises ValueError where bytes are missing."""
        with self._change:
            if self._ready != [(0, self.size)]:
                raise ValueError(f"expected {self.size} bytes, got those at {self._ready}")
            self.finished = True
            self._change.notify_all()

    def fail(self, fault: BaseException) -> None:
        """Tell that it will never be whole: what is there can be read, who waits for more is told."""
        with self._change:
            self.fault = fault
            self._change.notify_all()

    def close(self) -> None:
        """Wake who waits, and take it away. Idempotent."""
        with self._change:
            if self._closed:
                return
            self._closed = True
            self._change.notify_all()
            self._file.close()
        self._folder.close()


class Whole:
    """A file that is there already, read as a growing one is: what stands at its path may change or go meanwhile."""

    finished = True
    fault: BaseException | None = None

    def __init__(self, path: Path) -> None:
        """Open a regular file. Raises Failed where it cannot be read."""
        try:
            self._file = os.fdopen(regular.opened(path, follow=True), "rb")
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
            raise Failed(
                f"{path}: expected a file that can be read, got: {getattr(error, 'strerror', None) or error}"
            ) from error
        self.size = os.fstat(self._file.fileno()).st_size
        self._reading = Lock()
        self._path = path

    def __enter__(self) -> Whole:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 (as Growing's)
        """Return bytes [start, end), as far as there are any.

        Raises ClosedError, and Failed where it cannot be read.
        """
        with self._reading:
            if self._file.closed:
                raise ClosedError
            try:
                self._file.seek(start)
                found = self._file.read(max(0, min(end, self.size) - start))
            except OSError as error:
                raise Failed(f"{self._path}: the file cannot be read any more ({error.strerror or error})") from error
            if not found and start < min(end, self.size):
                raise Failed(f"{self._path}: the file was cut while it was read: expected {self.size} bytes")
            return found

    def close(self) -> None:
        """Let go of it. Idempotent."""
        with self._reading:
            self._file.close()
