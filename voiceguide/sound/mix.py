"""The mix: a timeline, its takes and its sounds as blocks of samples, any block at random.

Every clip lies at `round(start × rate)` from the session's start, so block size never changes a sample. Nothing is
held but handles: takes are memory-mapped, a block is all that is ever in memory.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np  # this module is imported where a session is rendered, never for help or lists

from voiceguide.sound.loop import room_tone
from voiceguide.sound.loudness import ENERGIES_PER_SECOND
from voiceguide.sound.source import Bed, Loop, Quiet, Sound
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from voiceguide.sound.duck import Ducking
    from voiceguide.timeline import Clip

BLOCK = 1152 * 64
"""Frames of a block as the exports ask for them: 1.7 s."""
_GAIN_STEP = SAMPLE_RATE // 100
"""Frames between two values of the bed's gain."""
_TICK = SAMPLE_RATE // ENERGIES_PER_SECOND
"""Frames of one energy."""
_RISE = (np.arange(_GAIN_STEP) / _GAIN_STEP).astype(np.float32)
"""The way from one value of the gain to the next, shape (_GAIN_STEP,)."""
_KNOTS_OF_QUIET = 100
"""Gains that stay as they are for at least a second are a level."""
_TICKS = 60_000
"""Energies of the bed that are worked out at once: ten minutes of it."""
_END_FADE = 0.05
"""Seconds over which the last of the session fades, so that it ends without a step."""


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
    """As loud as the voice."""
    level_db: float
    """LU from the voice, in the pauses."""
    ducking: Ducking
    fade_in: float
    """Seconds from the session's start."""
    fade_out: float
    """Seconds to its end."""
    settled_db: Callable[[NDArray[np.float64]], NDArray[np.float64]] = np.zeros_like
    """How much softer than that it is, at times of shape (n,)."""

    def samples(self, start: int, end: int, total: int) -> NDArray[np.float32]:
        """Return frames [start, end) of a session of `total` frames, shape (end - start, 2)."""
        bed = self.bed.samples(start, end - start)
        # The gain moves slowly: computed 100 times a second, drawn straight between.
        first, last = start // _GAIN_STEP, -(-end // _GAIN_STEP)
        gains = self.gains(np.arange(first, last + 1) * _GAIN_STEP, total).astype(np.float32)
        if len(gains) and (gains == gains[0]).all():
            bed *= gains[0]
            return bed
        drawn = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * _RISE
        gain = drawn.ravel()[start - first * _GAIN_STEP :][: len(bed)]
        # A channel at a time: numpy is slow where the last axis holds two numbers.
        bed[:, 0] *= gain
        bed[:, 1] *= gain
        return bed

    def powers(self, first: int, count: int, total: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms, from number `first` on; shape (count,)."""
        middles = np.arange(first, first + count) * _TICK + _TICK // 2
        return self.bed.powers(first, count) * np.square(self.gains(middles, total))

    def gains(self, frames: NDArray[np.int64], total: int) -> NDArray[np.float64]:
        """Return what the bed is multiplied by at these frames, shape (n,), of a session of `total`."""
        seconds = frames / SAMPLE_RATE
        gains = 10 ** ((self.level_db + self.ducking.gain_db(seconds) + self.settled_db(seconds)) / 20)
        gains *= _faded(seconds / self.fade_in) * _faded((total / SAMPLE_RATE - seconds) / self.fade_out)
        return gains


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
        clip_db: Callable[[Clip], float] = lambda _: 0.0,
    ) -> None:
        """Find each narration clip's take and each chime by its key; `duration` is in seconds.

        Without a bed `under` it all lies faint room tone. `gain_db` turns all of it, `clip_db` one clip.
        """
        self._gain = np.float32(10 ** (gain_db / 20))
        self.frames = round(duration * SAMPLE_RATE)
        self._under = under
        self._bed: Bed = under.bed if under else room_tone()
        events = []
        for clip in clips:
            if clip.track == "bed":
                continue
            sound = (takes if clip.track == "narration" else sounds)[clip.key]
            start = round(clip.start * SAMPLE_RATE)
            events.append(_Event(start, start + sound.frames, sound, 10 ** (clip_db(clip) / 20)))
        self._events = sorted(events, key=lambda event: (event.start, event.end))
        self._starts = [event.start for event in self._events]
        self._latest_ends = list(accumulate((event.end for event in self._events), max))

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the session, cut at its end: float32, shape (≤ frames, 2)."""
        start, end = min(start, self.frames), min(start + frames, self.frames)
        under, frames = self._under, end - start
        block = under.samples(start, end, self.frames) if under else self._bed.samples(start, frames)
        for event in self._within(start, end):
            low, high = max(start, event.start), min(end, event.end)
            part = _float(event.sound.samples()[low - event.start : high - event.start])
            if event.gain != 1.0:
                part = part * np.float32(event.gain)
            for channel in range(2):  # a mono voice goes to both
                block[low - start : high - start, channel] += part[:, channel % part.shape[1]]
        if self._gain != 1.0:
            block *= self._gain
        _fade_end(block, start, self.frames)
        return block

    @cached_property
    def quiet(self) -> tuple[Quiet, ...]:
        """Where nothing sounds but the bed at one level, or the room tone."""
        ends = [self._bed.steady, *(max(end, self._bed.steady) for end in self._latest_ends)]
        begins = [*self._starts, self.frames - round(_END_FADE * SAMPLE_RATE)]
        spans = []
        for start, stop in zip(ends, begins, strict=True):
            for first, last, gain in self._level(start, stop):
                spans.append(Quiet(first, last, self._loop(gain)))
        return tuple(spans)

    def _level(self, start: int, stop: int) -> Iterator[tuple[int, int, float]]:
        """Yield (start, stop, gain) of the stretches of frames [start, stop) in which the bed's gain does not move."""
        if not self._under:
            if start < stop:
                yield start, stop, 1.0
            return
        knots = np.arange(-(-start // _GAIN_STEP), stop // _GAIN_STEP + 1)
        gains = self._under.gains(knots * _GAIN_STEP, self.frames).astype(np.float32)
        moves = np.flatnonzero(np.diff(gains, prepend=np.nan, append=np.nan))
        for first, last in pairwise(moves):
            if last - first > _KNOTS_OF_QUIET:
                yield int(knots[first]) * _GAIN_STEP, int(knots[last - 1]) * _GAIN_STEP, float(gains[first])

    def _loop(self, gain: float) -> Loop:
        """The bed at one gain, without end."""
        bed, whole, own = self._bed, self._gain, np.float32(gain)

        def block(start: int, frames: int) -> NDArray[np.float32]:
            samples = bed.samples(start + bed.period, frames)  # a later round, as the first may begin otherwise
            if own != 1.0:
                samples *= own
            if whole != 1.0:
                samples *= whole
            return samples

        return Loop(_digest("loop", bed.key, own.tobytes(), whole.tobytes()), bed.period, block)

    def key(self, start: int, stop: int) -> bytes:
        """Return what is equal for two ranges of frames, of any two sessions, only where every sample is."""
        stop = min(stop, self.frames)
        steady = start >= self._bed.steady
        facts: list[object] = [self._bed.key, steady, start % self._bed.period if steady else start]
        facts += [stop - start, self._gain.tobytes()]
        fading = self.frames - round(_END_FADE * SAMPLE_RATE)
        facts.append(stop - fading if stop > fading else None)
        if self._under:
            knots = np.arange(start // _GAIN_STEP, -(-stop // _GAIN_STEP) + 1) * _GAIN_STEP
            gains = self._under.gains(knots, self.frames).astype(np.float32)
            facts += [start % _GAIN_STEP, gains.tobytes()]
        for event in self._within(start, stop):
            facts += [event.sound.key, event.start - start, event.gain]
        return _digest("mix", *facts)

    def _within(self, start: int, stop: int) -> Iterator[_Event]:
        """Yield what sounds in frames [start, stop)."""
        for event in self._events[bisect_right(self._latest_ends, start) : bisect_left(self._starts, stop)]:
            if event.end > start:
                yield event

    def powers(self) -> NDArray[np.float64]:
        """Predict the K-weighted power of every 10 ms, shape (n,), from what is known of each sound, mixing nothing.

        Powers of sounds that are not alike add up; `sound.loudness` takes a session's loudness from them.
        """
        count = -(-self.frames // _TICK)
        powers = np.zeros(count + 1)
        for first in range(0, count, _TICKS):
            some = min(_TICKS, count - first)
            under = self._under.powers(first, some, self.frames) if self._under else self._bed.powers(first, some)
            powers[first : first + some] = under
        own: dict[str, NDArray[np.floating]] = {}
        for event in self._events:
            tick, late = divmod(event.start, _TICK)
            if event.sound.key not in own:
                own[event.sound.key] = event.sound.energies()
            known = own[event.sound.key][: count - tick] * event.gain**2
            # A clip starts anywhere in its first 10 ms: what is late in it belongs to the next.
            powers[tick : tick + len(known)] += known * (1 - late / _TICK)
            powers[tick + 1 : tick + 1 + len(known)] += known * (late / _TICK)
        return powers[:count] * float(self._gain) ** 2

    def blocks(self, frames: int = BLOCK) -> Iterator[NDArray[np.float32]]:
        """Yield the whole session, block by block."""
        for start in range(0, self.frames, frames):
            yield self.block(start, frames)


def _digest(*facts: object) -> bytes:
    return hashlib.sha256(repr(facts).encode()).digest()


def _float(part: NDArray[np.float32] | NDArray[np.int16]) -> NDArray[np.float32]:
    if part.dtype == np.int16:
        return part.astype(np.float32) * np.float32(1 / 32768)
    return part.astype(np.float32, copy=False)


def _fade_end(block: NDArray[np.float32], start: int, total: int) -> None:
    length = round(_END_FADE * SAMPLE_RATE)
    begin = max(total - length - start, 0)
    if begin < len(block):
        left = (total - np.arange(start + begin, start + len(block))) / length
        block[begin:] *= (0.5 - 0.5 * np.cos(np.pi * left)).astype(np.float32)[:, None]
