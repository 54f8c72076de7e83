"""What tests of playing share: a source in memory, and a device that takes as fast as it is asked to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voiceguide.play.transport import Transport

RATE = 8_000


@dataclass
class Array:
    """A source of samples at hand."""

    samples: NDArray[np.float32]
    rate: int = RATE

    @property
    def frames(self) -> int:
        """All of them."""
        return len(self.samples)

    def read(self, start: int, frames: int) -> NDArray[np.float32]:
        """A slice."""
        return self.samples[start : start + frames]

    def close(self) -> None:
        """Nobody waits."""


def hum(seconds: float, rate: int = RATE) -> Array:
    """Return a loud hum of 100 Hz: no two neighbouring samples differ by more than `STEEP` at RATE."""
    at = np.arange(round(seconds * rate)) / rate
    return Array(np.repeat(np.cos(2 * np.pi * 100 * at)[:, None], 2, axis=1).astype(np.float32), rate)


STEEP = 2 * np.pi * 100 / RATE
"""The hum's own steepest rise from sample to sample."""


@dataclass
class Pulled:
    """What a device was given, piece by piece."""

    transport: Transport
    pieces: list[NDArray[np.float32]] = field(default_factory=list)

    def pull(self, frames: int) -> NDArray[np.float32]:
        """Take some frames, in the uneven portions of a real device."""
        taken = []
        while frames:
            portion = min(frames, 441)
            taken.append(self.transport.pull(portion))
            frames -= portion
        self.pieces += taken
        return np.concatenate(taken)

    @property
    def all(self) -> NDArray[np.float32]:
        """Everything that was given."""
        return np.concatenate(self.pieces)

    @property
    def steepest(self) -> float:
        """The largest difference between two neighbouring samples."""
        return float(np.abs(np.diff(self.all, axis=0)).max())


class Eager:
    """A device that takes a portion each time somebody looks at it, in no time."""

    latency = 0

    def __init__(self, portion: int, looked: Callable[[], None] = lambda: None) -> None:
        self.portion = portion
        self.looked = looked
        self.heard: list[NDArray[np.float32]] = []

    def start(self, pull: Callable[[int], NDArray[np.float32]]) -> None:
        """Remember whom to ask."""
        self.pull = pull

    def check(self, _place: str) -> None:
        """Take a portion."""
        self.looked()
        self.heard.append(self.pull(self.portion))
