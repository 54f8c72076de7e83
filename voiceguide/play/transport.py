"""Moving in a session: play, pause, steps, volume and stops. It knows time only by what a device takes, and a clock.

A device calls `pull` in a thread of its own; all else is called by whoever listens to keys. Whatever changes while
something sounds, the sound goes down first or comes up after it, so that nothing clicks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voiceguide.play.source import Source
    from voiceguide.timeline import Timeline

FADE = 0.02
"""Seconds from silence to full volume, and back."""
VOLUME_STEP = 2.0
"""dB."""
SOFTEST_DB = -40.0
LOUDEST_DB = 0.0
"""dB: as loud as the session is; more would be distorted."""
LACKING = 0.5
"""Seconds without sound after which a listener is told that it is on its way."""
AGAIN = 3.0
"""Seconds into a step up to which `previous` goes to the step before it."""


@dataclass(frozen=True, slots=True)
class Chapters:
    """Where the chapters of a session begin, and where it stops by itself."""

    starts: tuple[int, ...]
    """Frames, sorted."""
    stops: tuple[int, ...] = ()
    """Frames, sorted: where the words of a stop point are over; that of the opening lies just before its end."""

    @classmethod
    def of(cls, timeline: Timeline, rate: int, *, stopping: bool) -> Chapters:
        """Those of a timeline; without `stopping` a stop point is only waited at."""
        stops: list[int] = []
        for clip in timeline.on("narration") if stopping else ():
            chapter = timeline.at(clip.start).chapter
            if clip.role == "ready":
                # The opening waits at its end, when there has been time to think; the sound goes down before that.
                end = chapter.end - 2 * FADE if chapter.step is None else clip.end
                stops.append(round(end * rate))
        starts = [round(chapter.start * rate) for chapter in timeline.chapters]
        return cls(tuple(sorted(starts)), tuple(sorted(stops)))


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard now."""

    seconds: float
    """Place in the session."""
    paused: bool = False
    waiting: bool = False
    """Paused at a stop point, by itself."""
    volume_db: float = LOUDEST_DB
    over: bool = False
    """The last frame has been heard."""
    coming: bool = False
    """Silent for a while, because what comes here is not there yet."""


@dataclass(slots=True)
class _Run:
    """Frames of the session that were handed to the device without a gap."""

    handed: int
    """Count of the frames handed to the device before."""
    start: int
    """Frame of the session."""
    frames: int


class Transport:
    """A session being played."""

    def __init__(
        self,
        source: Source,
        chapters: Chapters,
        *,
        start: int = 0,
        latency: int = 0,
        clock: Callable[[], float] = monotonic,
        unfolding: Callable[[], Chapters] | None = None,
    ) -> None:
        """Begin at frame `start`. The device sounds what it takes `latency` frames later; `clock` is in seconds.

        `unfolding` gives the chapters of a session that is still being made, as they are known by then.
        """
        self._source = source
        self._chapters = chapters
        self._unfolding = unfolding
        self._lacking: float | None = None
        """Since when there is nothing to sound, by the clock."""
        self._latency = latency
        self._clock = clock
        self._lock = Lock()
        self._at = start
        """Frame of the session that is handed next."""
        self._aim: int | None = None
        """Frame to go to once it is silent."""
        self._paused = self._waiting = False
        self._volume_db = LOUDEST_DB
        self._gain = 0.0 if start else 1.0  # a session's first frame is silent enough by itself
        self._handed = 0
        self._runs = deque([_Run(0, start, 0)])
        """The last of them, until they have been heard."""
        self._pulled = clock()

    # -- the device's side ------------------------------------------------------------------------

    def pull(self, frames: int) -> NDArray[np.float32]:
        """Return the next frames to sound, shape (frames, 2): silence where there are none."""
        out = np.zeros((frames, 2), np.float32)
        with self._lock:
            self._renew()
            filled = 0
            while filled < frames:
                self._jump_if_silent(self._handed + filled)
                moves = self._moves()
                part = self._source.read(self._at, self._wanted(frames - filled)) if moves else out[:0]
                if not len(part):
                    self._gain = 0.0  # whatever comes after silence comes up from it
                    if not moves or self._lacking is None:
                        self._lacking = self._clock() if moves else None
                    break
                self._lacking = None
                self._turned(part, out[filled : filled + len(part)])
                self._note(self._handed + filled, len(part))
                filled += len(part)
            self._handed += frames
            self._pulled = self._clock()
        return out

    def _renew(self) -> None:
        """Take in where chapters begin by now; who waits for one that was thought to begin elsewhere goes on there."""
        if self._unfolding is None or (chapters := self._unfolding()) is self._chapters:
            return
        moved = dict(zip(self._chapters.starts, chapters.starts, strict=True))
        self._chapters = chapters
        if self._aim is not None:
            self._aim = moved.get(self._aim, self._aim)
        elif moved.get(self._at, self._at) != self._at:
            self._aim = moved[self._at]

    def _target(self) -> float:
        """The gain that the sound is on its way to."""
        return 0.0 if self._paused or self._aim is not None else 10 ** (self._volume_db / 20)

    def _moves(self) -> bool:
        """Whether something sounds, or begins to."""
        return self._at < self._source.frames and (self._gain > 0 or self._target() > 0)

    def _jump_if_silent(self, handed: int) -> None:
        if self._aim is not None and (self._gain == 0 or self._at >= self._source.frames):
            self._at, self._aim, self._gain = self._aim, None, 0.0
            self._runs.append(_Run(handed, self._at, 0))

    def _wanted(self, most: int) -> int:
        """Frames until something changes: the end, a stop, or the end of a fade."""
        wanted = min(most, self._source.frames - self._at)
        following = bisect_right(self._chapters.stops, self._at)
        if following < len(self._chapters.stops):
            wanted = min(wanted, self._chapters.stops[following] - self._at)
        if way := abs(self._target() - self._gain):
            wanted = min(wanted, ceil(way * FADE * self._source.rate))
        return wanted

    def _turned(self, part: NDArray[np.float32], out: NDArray[np.float32]) -> None:
        """Write a part to `out` at its gain, and move the gain on."""
        target = self._target()
        if self._gain == target:
            out[:] = part if target == 1.0 else part * np.float32(target)
            return
        step = 1 / (FADE * self._source.rate)
        steps = np.arange(1, len(part) + 1) * step
        gains = (
            np.minimum(self._gain + steps, target) if target > self._gain else np.maximum(self._gain - steps, target)
        )
        out[:] = part * gains.astype(np.float32)[:, None]
        self._gain = float(gains[-1])

    def _note(self, handed: int, frames: int) -> None:
        """Remember what the device was handed, and stop where the session stops."""
        last = self._runs[-1]
        if (last.handed + last.frames, last.start + last.frames) == (handed, self._at):
            last.frames += frames
        else:
            self._runs.append(_Run(handed, self._at, frames))
        self._at += frames
        if self._at in self._chapters.stops:
            self._paused = self._waiting = True

    # -- the listener's side ----------------------------------------------------------------------

    def heard(self) -> Heard:
        """Say what is heard now, which the device was handed a moment ago."""
        with self._lock:
            since = (self._clock() - self._pulled) * self._source.rate
            device = min(self._handed - self._latency + since, self._handed)
            while len(self._runs) > 1 and self._runs[1].handed <= device:
                self._runs.popleft()
            run = self._runs[0]
            frame = run.start + min(max(device - run.handed, 0), run.frames)
            over = self._aim is None and frame >= self._source.frames
            # The middle of the frame: a chapter begins at the frame nearest to its second, which may lie before it.
            coming = self._lacking is not None and self._clock() - self._lacking >= LACKING
            place = (frame + 0.5) / self._source.rate
            return Heard(place, self._paused, self._waiting, self._volume_db, over, coming)

    def toggle(self) -> None:
        """Pause, or go on; from a stop point on at the next chapter."""
        with self._lock:
            if self._waiting:
                following = bisect_right(self._chapters.starts, self._at)
                self._go(self._chapters.starts[following] if following < len(self._chapters.starts) else self._at)
            else:
                self._paused = not self._paused

    def following(self) -> None:
        """Go to the next chapter; in the last one nothing happens."""
        with self._lock:
            number = bisect_right(self._chapters.starts, self._place())
            if number < len(self._chapters.starts):
                self._go(self._chapters.starts[number])

    def previous(self) -> None:
        """Go to the chapter's start, or to the one before it from its first seconds."""
        with self._lock:
            starts, place = self._chapters.starts, self._place()
            number = max(bisect_right(starts, place) - 1, 0)
            if number and place - starts[number] <= AGAIN * self._source.rate:
                number -= 1
            self._go(starts[number])

    def louder(self) -> None:
        """Turn it up a step, to the session's own volume at most."""
        self._volume(VOLUME_STEP)

    def softer(self) -> None:
        """Turn it down a step, never quite to silence."""
        self._volume(-VOLUME_STEP)

    def _volume(self, step: float) -> None:
        with self._lock:
            self._volume_db = min(max(self._volume_db + step, SOFTEST_DB), LOUDEST_DB)

    def _place(self) -> int:
        """The frame that keys are about: where it is on its way to, else where it is."""
        return self._at if self._aim is None else self._aim

    def _go(self, frame: int) -> None:
        """Go somewhere else: on playing from a stop point, still paused from a pause."""
        self._aim = frame
        if self._waiting:
            self._paused = self._waiting = False
