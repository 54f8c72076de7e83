"""The mix: a timeline, its takes and its sounds as blocks of samples, any block at random.

Every clip lies at `round(start × rate)` from the session's start, so block size never changes a sample. Nothing is
held but handles: takes are memory-mapped, a block is all that is ever in memory.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

import numpy as np  # this module is imported where a session is rendered, never for help or lists

from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from voiceguide.sound.bed import Bed
    from voiceguide.sound.duck import Ducking
    from voiceguide.timeline import Clip

BLOCK = 1152 * 64
"""Frames of a block as the exports ask for them: 1.7 s."""
ROOM_TONE_DBFS = -62.0
"""RMS of the faint noise that stands in for a bed: a pause is never digital zero."""
_ROOM_TONE_SECONDS = 10
_GAIN_STEP = SAMPLE_RATE // 100
"""Frames between two values of the bed's gain."""
_END_FADE = 0.05
"""Seconds over which the last of the session fades, so that it ends without a step."""


class Sound(Protocol):
    """Audio of a clip, wherever it is kept."""

    @property
    def frames(self) -> int:
        """Length at the session's rate."""

    def samples(self) -> NDArray[np.float32] | NDArray[np.int16]:
        """Shape (frames, 1) or (frames, 2), at its final level; int16 means full scale 32,768. May be memory-mapped."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A short sound that is simply held in memory."""

    data: NDArray[np.float32]
    """Shape (frames, channels)."""

    @property
    def frames(self) -> int:
        """Length at the session's rate."""
        return len(self.data)

    def samples(self) -> NDArray[np.float32]:
        """The samples themselves."""
        return self.data


@dataclass(frozen=True, slots=True)
class _Event:
    """A sound at its place, in frames."""

    start: int
    end: int
    sound: Sound
    gain: float


@dataclass(frozen=True, slots=True, eq=False)
class Under:
    """The bed as a session plays it."""

    bed: Bed
    level_db: float
    """LU from the voice, in the pauses."""
    ducking: Ducking
    fade_in: float
    """Seconds from the session's start."""
    fade_out: float
    """Seconds to its end."""

    def samples(self, start: int, end: int, total: int) -> NDArray[np.float32]:
        """Return frames [start, end) of a session of `total` frames, shape (end - start, 2)."""
        # The gain moves slowly: computed 100 times a second, drawn straight between.
        first, last = start // _GAIN_STEP, -(-end // _GAIN_STEP)
        knots = np.arange(first, last + 1) * _GAIN_STEP
        gains = 10 ** ((self.level_db + self.ducking.gain_db(knots / SAMPLE_RATE)) / 20)
        gains *= _faded(knots / (self.fade_in * SAMPLE_RATE)) * _faded((total - knots) / (self.fade_out * SAMPLE_RATE))
        gain = np.interp(np.arange(start, end), knots, gains).astype(np.float32)
        return self.bed.samples(start, end - start) * gain[:, None]


def _faded(progress: NDArray[np.float64]) -> NDArray[np.float64]:
    """A raised cosine from 0 to 1."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(progress, 0.0, 1.0)))


class Mix:
    """A session's samples."""

    def __init__(
        self,
        clips: Iterable[Clip],
        duration: float,
        takes: Mapping[str, Sound],
        sounds: Mapping[str, Sound],
        under: Under | None = None,
        *,
        gain_db: float = 0.0,
        settled_db: Callable[[Clip], float] = lambda _: 0.0,
    ) -> None:
        """Find each narration clip's take by its key, and each chime by its name; `duration` is in seconds.

        Without a bed `under` it all lies faint room tone. `gain_db` turns all of it, `settled_db` a voice's clip.
        """
        self._gain = np.float32(10 ** (gain_db / 20))
        self.frames = round(duration * SAMPLE_RATE)
        self._under = under
        events = []
        for clip in clips:
            if clip.track == "bed":
                continue
            sound = takes[clip.take] if clip.track == "narration" else sounds[clip.sound or ""]
            start = round(clip.start * SAMPLE_RATE)
            softer = settled_db(clip) if clip.track == "narration" else 0.0
            events.append(_Event(start, start + sound.frames, sound, 10 ** (softer / 20)))
        self._events = sorted(events, key=lambda event: (event.start, event.end))
        self._starts = [event.start for event in self._events]
        self._latest_ends = list(accumulate((event.end for event in self._events), max))

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the session, cut at its end: float32, shape (≤ frames, 2)."""
        start, end = min(start, self.frames), min(start + frames, self.frames)
        block = self._under.samples(start, end, self.frames) if self._under else _room_tone(start, end)
        first = bisect_right(self._latest_ends, start)
        last = bisect_left(self._starts, end)
        for event in self._events[first:last]:
            low, high = max(start, event.start), min(end, event.end)
            if low < high:
                part = event.sound.samples()[low - event.start : high - event.start]
                # A mono voice goes to both channels by broadcasting.
                block[low - start : high - start] += _float(part) * np.float32(event.gain)
        block *= self._gain
        _fade_end(block, start, self.frames)
        return block

    def blocks(self, frames: int = BLOCK) -> Iterator[NDArray[np.float32]]:
        """Yield the whole session, block by block."""
        for start in range(0, self.frames, frames):
            yield self.block(start, frames)


def _float(part: NDArray[np.float32] | NDArray[np.int16]) -> NDArray[np.float32]:
    if part.dtype == np.int16:
        return part.astype(np.float32) / np.float32(32768.0)
    return part.astype(np.float32, copy=False)


def _fade_end(block: NDArray[np.float32], start: int, total: int) -> None:
    length = round(_END_FADE * SAMPLE_RATE)
    at = np.arange(start, start + len(block))
    late = at >= total - length
    if late.any():
        left = (total - at[late]) / length
        block[late] *= (0.5 - 0.5 * np.cos(np.pi * left)).astype(np.float32)[:, None]


def _room_tone(start: int, end: int) -> NDArray[np.float32]:
    loop = _room_tone_loop()
    return np.take(loop, np.arange(start, end), axis=0, mode="wrap")


@lru_cache(maxsize=1)
def _room_tone_loop() -> NDArray[np.float32]:
    """Ten seconds of soft noise, the same every time: shape (frames, 2).

    Shaped in the frequency domain, where a signal is circular: the loop has no seam.
    """
    frames = _ROOM_TONE_SECONDS * SAMPLE_RATE
    rng = np.random.default_rng(20261122)
    noise = rng.standard_normal((frames, 2))
    hertz = np.fft.rfftfreq(frames, 1 / SAMPLE_RATE)
    # Like a quiet room: flat to 100 Hz, then 3 dB an octave down, nothing below 30 Hz.
    shape = np.where(hertz < 30, 0.0, 1 / np.sqrt(np.maximum(hertz, 100.0)))
    tone = np.fft.irfft(np.fft.rfft(noise, axis=0) * shape[:, None], frames, axis=0)
    tone *= 10 ** (ROOM_TONE_DBFS / 20) / np.sqrt(np.mean(tone**2))
    return tone.astype(np.float32)
