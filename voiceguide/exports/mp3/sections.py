"""Which parts of a session are encoded by themselves, and which are rounds of a loop: decided by its content alone.

A part is a range of MP3 frames. Where only a loop sounds, its frames are those of the loop, encoded once; all between
is cut into sections. Neither threads nor a cache move a border, so the same session always gives the same file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.exports.mp3.lame import LOOK_AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.sound.source import Loop, Quiet, Source, Unfolding

WINDOW = 4
"""Frames that a part may begin earlier than its first, so that there is a choice where it takes over."""
LONGEST = 1200
"""Frames of a section, 31 s: what is encoded again after an edit, and what a thread does at a time."""
BEGINNING = (80, 120, 160, 200, 240, 320, 480, *range(640, 2401, 160))
"""Frames after which sections end in a session's first minute, from 2 s on: its sound is waited for."""
SHORTEST_LOOP = 32
"""Frames of a loop that are worth its borders, beside those in which an encoder settles before and after it."""
PROMISING = 0.25
"""The share of its costs that a loop would have saved before it is used."""
LONGEST_LOOP = 12_000
"""Frames of a round, 5 min; they are all held."""
_LEAST_SECTION = 32
"""Frames: a border this close to another is left out."""
_SETTLED = 2
"""Frames in a quiet span whose blocks still overlap what sounded before."""


@dataclass(frozen=True, slots=True)
class Section:
    """Frames [first, stop) that are encoded by themselves."""

    first: int
    stop: int
    begin: int
    """The first frame that this part may give instead of the part before: WINDOW earlier, where that has it too."""
    end: int
    """Behind the last frame that it may give instead of the part after it: later than `stop` before a loop."""
    last: bool = False
    """The session ends with it, and with it come the frames that LAME needs to end."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Frames [first, stop) that are those of a loop, within one round of it."""

    first: int
    stop: int
    begin: int
    """As a section's."""
    loop: Loop

    @property
    def end(self) -> int:
        """Behind the last frame that is the loop's."""
        return self.stop


Part = Section | Rounds


def parts(source: Source, settling: int, starts: Iterable[int] = ()) -> tuple[Part, ...]:
    """Cut a session into parts that tile it, a section first and a section last.

    `settling` is how many frames an encoder, or the reservoir after speech, takes to be as if nothing had been: for so
    long a section may go on where a loop takes over, because what the reservoir lacks there it would lack throughout
    the loop, and at the next word. A border lies wherever a loop starts or ends, at each of `starts` (samples, as
    chapters have them; none within a loop), after the BEGINNING, and LONGEST frames after the border before at the
    latest. A session no longer than that, without borders, is one section, and so its MP3 the plain stream.

    What is cut hangs on nothing that sounds later than a few frames behind it, so that a session can be encoded before
    it is whole: `Unfolded`.
    """
    whole = source.frames // FRAME_SAMPLES
    grid = _grid(starts)
    tiled: list[Part] = []
    first = 0
    for rounds in _rounds(source.quiet, whole, settling):
        if first < rounds.first:
            *before, last = _sections(first, rounds.first, grid)
            tiled += (*before, replace(last, end=last.end + settling), rounds)
        else:
            tiled.append(replace(rounds, begin=rounds.first - WINDOW))
        first = rounds.stop
    *before, last = _sections(first, whole, grid)
    return (*tiled, *before, replace(last, last=True))


class Unfolded:
    """The parts of a session that is still being made, as far as nothing can change them."""

    def __init__(self, source: Unfolding, settling: int) -> None:
        self.parts: list[Part] = []
        self.until = -1
        """Of the session, when it was looked at last."""
        self._source = source
        self._settling = settling

    @property
    def whole(self) -> bool:
        """Whether these are all."""
        return self.until >= self._source.frames

    def look(self) -> None:
        """Take in what has become certain since."""
        if self.whole:
            return
        until, sounds = self._source.edge
        if until == self.until:
            return
        tiled = parts(self._source, self._settling, self._source.starts)
        self.until = until
        # Rounds may yet begin in a span that goes on, once it proves long enough; and drop a border close before them.
        shortest = 2 * self._settling + SHORTEST_LOOP
        open_ = min((span.start for span in self._source.quiet if span.start < until <= span.stop), default=until)
        if sounds and (until - open_) // FRAME_SAMPLES + 2 < shortest:
            open_ = until
        certain = max(open_ // FRAME_SAMPLES, until // FRAME_SAMPLES - shortest)
        ready = [part for part in tiled if self.whole or part.stop + _LEAST_SECTION + _SETTLED <= certain]
        self.parts += ready[len(self.parts) :]


def surely(whole: int, until: int, settling: int, starts: Iterable[int]) -> int:
    """Return up to which frame of `whole` parts are given once `until` are certain, if no loop moves a border.

    `settling` and `starts` are as those of `parts`.
    """
    lag = 2 * settling + SHORTEST_LOOP + _LEAST_SECTION + _SETTLED
    stops = (section.stop for section in _sections(0, whole, _grid(starts)))
    return max((stop for stop in stops if stop + lag <= until), default=0)


def _grid(starts: Iterable[int]) -> list[int]:
    """Return the frames at which sections end: after the BEGINNING, and at each of `starts`, in samples."""
    return sorted({*BEGINNING, *(start // FRAME_SAMPLES for start in starts)})


def _sections(first: int, stop: int, starts: Iterable[int]) -> Iterator[Section]:
    """Cut frames [first, stop) into sections, at least one."""
    borders = [first]
    for start in (*(start for start in starts if start <= stop - _LEAST_SECTION), stop):
        if start - borders[-1] < _LEAST_SECTION and start < stop:
            continue
        while start - borders[-1] > LONGEST:
            borders.append(min(borders[-1] + LONGEST, start - _LEAST_SECTION))
        borders.append(start)
    for begin, end in pairwise(borders):
        yield Section(begin, end, max(0, begin - WINDOW), end)


def _rounds(quiet: Iterable[Quiet], whole: int, settling: int) -> Iterator[Rounds]:
    """Yield what loops give of a session of `whole` frames, from where each promises to save what it costs to encode.

    That is once it would have saved PROMISING of that: what comes later is not known while a session unfolds.
    """
    shortest = 2 * settling + SHORTEST_LOOP
    saved: Counter[bytes] = Counter()
    used: set[bytes] = set()
    for span in quiet:
        for part in _within_rounds(span, whole, shortest):
            key, costs = part.loop.key, part.loop.period // FRAME_SAMPLES + settling
            if key in used or saved[key] > PROMISING * costs:
                used.add(key)
                yield part
            saved[key] += part.stop - part.first - 2 * settling


def _within_rounds(span: Quiet, whole: int, shortest: int) -> Iterator[Rounds]:
    """Yield the frames of a quiet span that are the loop's own, each round's by themselves."""
    period, over = divmod(span.loop.period, FRAME_SAMPLES)
    if over:
        raise ValueError(f"expected a loop of whole MP3 frames, got {span.loop.period} samples")
    if not shortest <= period <= LONGEST_LOOP:
        return
    first = -(-span.start // FRAME_SAMPLES) + _SETTLED
    stop = min((span.stop - LOOK_AHEAD) // FRAME_SAMPLES, whole - shortest)
    for turn in range(first // period * period, stop, period):
        begin, end = max(first, turn), min(stop, turn + period)
        if end - begin >= shortest:
            yield Rounds(begin, end, begin, span.loop)
