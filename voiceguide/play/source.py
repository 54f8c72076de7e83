"""What is played: a session while it is made, or a sound file, as stereo frames from any place on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import numpy as np  # this module is imported where something is played

from voiceguide.store.growing import ClosedError
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.session.streaming import Unfolding
    from voiceguide.sound.decoding import Decoded


class Source(Protocol):
    """Sound that can be read from any place on."""

    @property
    def rate(self) -> int:
        """Hz."""

    @property
    def frames(self) -> int:
        """Length."""

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames), shape (≤ frames, 2): fewer where no more are to be had at once."""

    def close(self) -> None:
        """Let go whoever waits for a read."""


class SessionSource:
    """A session, mixed as it is read, while the rest of it is spoken."""

    rate = SAMPLE_RATE

    def __init__(self, session: Unfolding) -> None:
        self.frames = session.frames
        self._session = session

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Mix them, as far as they are certain; waits where none is. Raises what keeps them from ever being so."""
        session = self._session
        if session.until <= start:
            session.wait(start)
        mixed = session.block(start, min(frames, session.until - start))
        session.asked.set()  # the rest is to be spoken before this has been heard
        return mixed

    def close(self) -> None:
        """Let go whoever waits for more."""
        self._session.fail(ClosedError())


class FileSource:
    """A sound file, decoded as it is read."""

    def __init__(self, file: Decoded) -> None:
        self.rate = file.rate
        self.frames = file.frames
        self._file = file
        self._blocks: Iterator[NDArray[np.float32]] = iter(())
        self._held = np.zeros((0, 2), np.float32)
        self._at = -1
        """Frame at which what is held begins; -1 before anything was read."""

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """Decode them; from another place than where the last ended, the file is sought. Raises Failed."""
        if start != self._at:
            self._blocks = self._file.blocks_from(start)
            self._held, self._at = self._held[:0], start
        if not len(self._held):
            block = next(self._blocks, self._held)
            self._held = block if block.shape[1] == 2 else np.repeat(block, 2, axis=1)
        part, self._held = self._held[:frames], self._held[frames:]
        self._at += len(part)
        return part

    def close(self) -> None:
        """Nobody waits for a file."""


@contextmanager
def opened(path: Path) -> Iterator[FileSource]:
    """Open a sound file to be played. Raises Failed and MissingError as `decoding.opened` does."""
    from voiceguide.sound.decoding import opened as decoded

    with decoded(path) as file:
        yield FileSource(file)
