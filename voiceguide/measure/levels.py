"""What a signal shows sample by sample: peaks, clipping, silence, offset, and the outline that a picture needs.

Imported when a file is measured, so numpy stands at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE_DBFS = -50.0
"""100 ms are silent when their RMS, channels together, is no louder than this."""
SILENCE_PER_SECOND = 10
OUTLINE_PER_SECOND = 100

_FULL_SCALE = 0.9999
"""The largest sample of 16 bits is just above."""
_FLAT = 3
"""This many samples in a row at full scale are a clipped peak; one or two can be a peak that just reached it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the session."""

    start: float
    """Seconds."""
    seconds: float
    """How long it lasts."""


class Levels:
    """Peaks, clipping, silence and offset of a signal that comes block by block."""

    def __init__(self, rate: int, channels: int) -> None:
        """Measure at a rate in Hz."""
        self.frames = 0
        self.peak = 0.0
        """The largest magnitude of a sample."""
        self.clipped = 0
        """Peaks cut flat at full scale."""
        self._rate = rate
        self._sums = np.zeros(channels)
        self._flat = 0
        """Frames at full scale that end the last block."""
        self._quiet_since: int | None = 0
        """Count of the 100 ms with which the silence at hand began."""
        self._longest = (0, 0)
        """(count of its first 100 ms, how many)."""
        self._outline: list[NDArray[np.float32]] = []

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next block, shape (frames, channels); all but the last are whole seconds long."""
        magnitudes = np.abs(block)
        magnitudes = np.maximum(magnitudes[:, 0], magnitudes[:, -1])
        peak = float(magnitudes.max())
        self.peak = max(self.peak, peak)
        self._sums += [channel.sum(dtype=np.float64) for channel in block.T]
        if peak >= _FULL_SCALE:
            self._count_clipped(magnitudes >= _FULL_SCALE)
        else:
            self._flat = 0
        self._find_silence(block)
        cuts = self._cuts(len(block), OUTLINE_PER_SECOND)
        low, high = np.minimum.reduceat(block, cuts).min(axis=1), np.maximum.reduceat(block, cuts).max(axis=1)
        self._outline.append(np.stack((low, high), axis=1))
        self.frames += len(block)

    def offset(self) -> float:
        """Return the mean of the channel that lies farthest from zero (DC), full scale 1.0."""
        means = self._sums / max(self.frames, 1)
        return float(means[np.abs(means).argmax()])

    def longest_silence(self) -> Stretch:
        """Return the longest stretch of silent 100 ms in a row."""
        first, count = self._longest
        start, end = first / SILENCE_PER_SECOND, (first + count) / SILENCE_PER_SECOND
        return Stretch(start, min(end, self.frames / self._rate) - start)

    def outline(self) -> NDArray[np.float32]:
        """Return the lowest and the highest sample of every 10 ms, shape (n, 2)."""
        return np.concatenate(self._outline)

    def _cuts(self, frames: int, per_second: int) -> NDArray[np.intp]:
        """Where in a block the stretches of which there are so many a second start."""
        cuts = np.round(np.arange(frames * per_second // self._rate + 1) * self._rate / per_second).astype(np.intp)
        return cuts[cuts < frames]

    def _count_clipped(self, full: NDArray[np.bool_]) -> None:
        borders = np.flatnonzero(np.diff(np.concatenate(([False], full, [False]))))
        for start, end in borders.reshape(-1, 2):
            before = self._flat if start == 0 else 0
            if before < _FLAT <= before + end - start:
                self.clipped += 1
        tail = int(borders[-1] - borders[-2]) if full[-1] else 0
        self._flat = tail + (self._flat if full.all() else 0)

    def _find_silence(self, block: NDArray[np.float32]) -> None:
        cuts = self._cuts(len(block), SILENCE_PER_SECOND)
        lengths = np.diff(np.append(cuts, len(block)))
        powers = np.add.reduceat(_power(block), cuts) / lengths
        quiet = powers <= 10 ** (SILENCE_DBFS / 10)
        first = round(self.frames * SILENCE_PER_SECOND / self._rate)
        for count, silent in enumerate(quiet, first):
            if not silent:
                self._quiet_since = None
            else:
                since = count if self._quiet_since is None else self._quiet_since
                self._quiet_since = since
                if count + 1 - since > self._longest[1]:
                    self._longest = (since, count + 1 - since)


def onset(samples: NDArray[np.float32], rate: int, dbfs: float) -> float | None:
    """Return when the first 5 ms whose RMS, channels together, is above `dbfs` start: seconds, None for never.

    Windows start every millisecond. `samples` have the shape (frames, channels).
    """
    window = round(0.005 * rate)
    sums = np.concatenate(([0.0], np.cumsum(_power(samples))))
    starts = np.round(np.arange(0.0, (len(samples) - window) / rate, 0.001) * rate).astype(np.intp)
    loud = np.flatnonzero(sums[starts + window] - sums[starts] > window * 10 ** (dbfs / 10))
    return float(starts[loud[0]] / rate) if len(loud) else None


def _power(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean square of every frame's channels, of which there are one or two."""
    # Such sums and maxima of two columns are ten times as fast as those along an axis of two.
    first, last = samples[:, 0].astype(np.float64), samples[:, -1].astype(np.float64)
    return (first * first + last * last) / 2


class Excerpts:
    """Cuts known stretches out of a signal that comes block by block; what is not asked for is not kept."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        """Take (first frame, frame after the last) of each stretch, sorted; they may overlap."""
        self._waiting = list(enumerate(spans))
        self._open: list[tuple[int, tuple[int, int], list[NDArray[np.float32]]]] = []
        self._frames = 0

    def add(self, block: NDArray[np.float32]) -> list[tuple[int, NDArray[np.float32]]]:
        """Take the next block; return the stretches that it ends, each with its number from 0."""
        start, end = self._frames, self._frames + len(block)
        self._frames = end
        while self._waiting and self._waiting[0][1][0] < end:
            number, span = self._waiting.pop(0)
            self._open.append((number, span, []))
        for _, (low, high), parts in self._open:
            parts.append(block[max(low - start, 0) : max(min(high, end) - start, 0)].copy())
        done = [(number, np.concatenate(parts)) for number, span, parts in self._open if span[1] <= end]
        self._open = [entry for entry in self._open if entry[1][1] > end]
        return done

    def rest(self) -> list[tuple[int, NDArray[np.float32]]]:
        """Return the stretches that the signal's end cut short, as far as they go."""
        return [(number, np.concatenate(parts)) for number, _, parts in self._open]
