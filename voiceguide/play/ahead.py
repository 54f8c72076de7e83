"""Reading ahead: a thread mixes or decodes what comes next, so that the sound system's own thread only copies."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from threading import Condition, Thread
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voiceguide.play.source import Source

SECONDS = 0.8
"""How far it reads ahead."""
_BLOCK = 0.2
"""Seconds that are read at once."""
_NOTHING = np.zeros((0, 2), np.float32)


class Ahead:
    """A source whose next frames are in memory; a read of them never waits for a file, a mix or a word.

    It is to be read on from where it was read last. A read elsewhere gives nothing, forgets what was read ahead, and
    starts over from there.
    """

    def __init__(self, source: Source) -> None:
        self.rate = source.rate
        self.frames = source.frames
        """Length; less than the source promised, once it has ended earlier."""
        self.fault: Exception | None = None
        """What went wrong on reading; there is no more after it."""
        self._source = source
        self._change = Condition()
        self._blocks: deque[NDArray[np.float32]] = deque()
        self._at = 0
        """Frame at which the first of the blocks begins."""
        self._next = 0
        """Frame that is read next."""
        self._restarts = 0
        self._closed = False

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames), shape (≤ frames, 2): those at hand, up to the end of a block."""
        with self._change:
            if start != self._at:
                self._restart(start)
            if not self._blocks:
                return _NOTHING
            part, rest = self._blocks[0][:frames], self._blocks[0][frames:]
            if len(rest):
                self._blocks[0] = rest
            else:
                self._blocks.popleft()
            self._at += len(part)
            self._change.notify_all()
            return part

    def wait(self, start: int) -> None:
        """Wait until frames from `start` on are at hand, or none are to come."""
        with self._change:
            if start != self._at:
                self._restart(start)
            self._change.wait_for(lambda: self._blocks or self._is_over())

    def _restart(self, start: int) -> None:
        self._blocks.clear()
        self._at = self._next = start
        self._restarts += 1
        self._change.notify_all()

    def _is_over(self) -> bool:
        return self._closed or self.fault is not None or self._next >= self.frames

    def _has_room(self) -> bool:
        return self._next - self._at < SECONDS * self.rate

    def work(self) -> None:
        """Read ahead until it is closed; for a thread of its own."""
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or (self._has_room() and not self._is_over()))
                if self._closed:
                    return
                start, restarts = self._next, self._restarts
            try:
                block = self._source.read(start, min(round(_BLOCK * self.rate), self.frames - start))
            except Exception as error:  # noqa: BLE001 (told by who plays: a thread's own end is heard by nobody)
                with self._change:
                    self.fault = error
                    self._change.notify_all()
                continue
            with self._change:
                if restarts != self._restarts:
                    continue  # meanwhile it was read elsewhere
                if len(block):
                    self._blocks.append(block)
                    self._next += len(block)
                else:
                    self.frames = start
                self._change.notify_all()

    def close(self) -> None:
        """Let the thread end."""
        with self._change:
            self._closed = True
            self._change.notify_all()


@contextmanager
def reading(source: Source) -> Iterator[Ahead]:
    """Read a source ahead, in a thread that ends with the block."""
    ahead = Ahead(source)
    thread = Thread(target=ahead.work, name="reading ahead")
    thread.start()
    try:
        yield ahead
    finally:
        ahead.close()
        source.close()
        thread.join()
