"""Sources of samples, as the rooms that mix, play and encode know them: sounds, beds, and whole sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voiceguide.sound.loudness import energies
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Loop:
    """A sound that comes round: sample t of a session is sample t modulo `period` of it."""

    key: bytes
    """Equal where every sample is."""
    period: int
    """Samples; whole MP3 frames."""
    block: Callable[[int, int], NDArray[np.float32]]
    """As `Source.block`, of the endless loop; called from several threads."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Samples [start, stop) of a session, in which a loop sounds and nothing else: equal to its, bit by bit."""

    start: int
    stop: int
    loop: Loop


@runtime_checkable
class Source(Protocol):
    """A session's samples, any of them at any time, from several threads."""

    @property
    def frames(self) -> int:
        """How many sample frames there are."""

    @property
    def quiet(self) -> Sequence[Quiet]:
        """Where only a loop sounds: in order, none overlapping."""

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the session, cut at its end: shape (≤ frames, 2)."""

    def key(self, start: int, stop: int) -> bytes:
        """Return what is equal for two ranges, of any two sessions, only where every sample is; cheaply."""


@runtime_checkable
class Unfolding(Source, Protocol):
    """A session that is heard before it is whole: what lies before `until` is as it will be, what lies behind may move.

    Only what lies before may be asked for.
    """

    @property
    def until(self) -> int:
        """Behind the last sample frame that is certain: `frames` once all are."""

    @property
    def edge(self) -> tuple[int, bool]:
        """`until`, and whether more than a loop is sure to sound within an MP3 frame from there: no `quiet` goes on."""

    @property
    def starts(self) -> Sequence[int]:
        """Sample frames at which chapters start."""

    def wait(self, until: int) -> None:
        """Wait until more than that is certain. Raises what keeps it from ever being so."""


class Sound(Protocol):
    """Audio of a clip, wherever it is kept."""

    @property
    def frames(self) -> int:
        """Length at the session's rate."""

    @property
    def key(self) -> str:
        """Names the samples: equal keys, equal audio."""

    def samples(self) -> NDArray[np.float32] | NDArray[np.int16]:
        """Shape (frames, 1) or (frames, 2), at its final level; int16 means full scale 32,768. May be memory-mapped."""

    def energies(self) -> NDArray[np.floating]:
        """The K-weighted power of every 10 ms from its first frame on (`sound.loudness.energies`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A short sound that is simply held in memory."""

    data: NDArray[np.float32]
    """Shape (frames, channels)."""
    key: str
    """Names the samples: equal keys, equal audio."""

    @property
    def frames(self) -> int:
        """Length at the session's rate."""
        return len(self.data)

    def samples(self) -> NDArray[np.float32]:
        """The samples themselves."""
        return self.data

    def energies(self) -> NDArray[np.floating]:
        """Measured when asked."""
        return energies(self.data, SAMPLE_RATE)


class Bed(Protocol):
    """A sound without end that comes round."""

    @property
    def key(self) -> str:
        """Names the samples: equal keys, equal audio."""

    @property
    def period(self) -> int:
        """Frames of a round."""

    @property
    def steady(self) -> int:
        """The frame from which on it repeats: that a round later is as here."""

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames), shape (frames, 2), in an array of its own."""

    def powers(self, first: int, count: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms, from number `first` on; shape (count,)."""
