"""Ducking: the bed steps back for the voice and breathes back in the pauses, by the timeline, not by listening.

Gains are in dB and move in raised cosines. A bed that moves often is heard as pumping, so it comes back only where it
may stay: not between words close together, not between the calls of a hold or a stroke, and never more often than
MOST_MOVES a minute. All of that is decided once; then nothing is held but the spans that duck, and any moment is
computed by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.timeline import Clip

ATTACK = 0.45
"""Seconds in which the bed goes down."""
LEAD = 0.15
"""Seconds it is down before the first word."""
RELEASE = 1.2
"""Seconds in which it comes back after the last word."""
CLOSEST = 4.5
"""Seconds: sounds less than this apart keep the bed down between them."""
MOST_MOVES = 6
"""In any minute, down and up counted by themselves."""
OPEN = 8.0
"""Seconds before a pause in which one must have ended to be filled in its place; an earlier one has sounded by then."""
CHIME_DB = 4.0
"""How far the bed steps back for a sound of ours."""
CHIME_SECONDS = 2.0
"""How long it does: then the ring is soft enough to sit in the bed. For a swell it does so to its end."""

_MINUTE = 60.0
_LONGEST_CALL = 12.0
"""Seconds between two calls of one hold or rhythm over which the bed waits for the next: longer, and it may breathe."""
_CALLS = frozenset({"press", "release", "out", "back", "last", "swell"})
"""Roles of what is called or rung in turn through a hold or a rhythm."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch for which the bed is down."""

    start: float
    """Seconds, of the first sound."""
    end: float
    depth_db: float


@dataclass(frozen=True, slots=True)
class _Sound(_Span):
    """A span with what it is down for."""

    called: tuple[int | None, str | None] | None = None
    """The slot in whose hold or rhythm it is called; None for any other sound."""


class Ducking:
    """The bed's gain over a session."""

    def __init__(self, clips: Iterable[Clip], depth_db: float) -> None:
        """Duck by `depth_db` under every sentence of `clips`, and less under their sounds."""
        self._depth_db = depth_db
        self._sounds = sorted(_sounds(clips, depth_db), key=lambda sound: sound.start)
        self._steady = _steady(_levels(self._sounds))
        self._spans = sorted(_spans(self._steady), key=lambda span: span.start)
        self._starts = [span.start - LEAD - ATTACK for span in self._spans]
        self._latest_ends = list(accumulate((span.end + RELEASE for span in self._spans), max))

    def settled(self, until: float, *, said: bool = False) -> float:
        """Return the second up to which no more sounds, from second `until` on, would change a gain.

        `said` tells that a word begins right then. What the bed came back for shortly before its last pause may be
        filled in by what is to come.
        """
        sounds = [sound for sound in self._sounds if sound.start < until]
        called = [sound.end for sound in sounds if sound.called and sound.end >= until - _LONGEST_CALL]
        known = min([until, *called])  # up to when each level is sure: after a call it may be held for the next one
        word = [_Sound(until, inf, self._depth_db)] if said and known == until else []  # nothing is louder
        levels = [
            level for level in _levels([*sounds, *word]) if level.start < known or (word and level.start == known)
        ]
        steady = _steady([*levels[:-1], *(replace(last, end=inf) for last in levels[-1:])])
        pauses: list[tuple[float, float]] = []  # since when the bed came back, and until when
        back = inf  # since when it has been coming back, step by step
        for before, level in pairwise(steady):
            if level.depth_db < before.depth_db:
                back = min(back, level.start)
            elif back < inf:
                pauses.append((back, level.start))
                back = inf
        newest = back if back < inf else pauses[-1][0] if pauses else inf
        oldest = max(newest - OPEN, known - _MINUTE - LEAD - ATTACK)
        fillable = [start for start, end in pauses if end >= oldest]
        return min(known, back, *fillable, until if said else until - LEAD - ATTACK)

    def gain_db(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the gain at rising times, shape (n,): 0 where nothing sounds, never below minus the depth."""
        import numpy as np

        gain = np.zeros(len(seconds))
        if not len(seconds):
            return gain
        first = bisect_right(self._latest_ends, seconds[0])
        last = bisect_left(self._starts, seconds[-1])
        for span in self._spans[first:last]:
            begin, end = span.start - LEAD - ATTACK, span.end + RELEASE
            near = slice(*np.searchsorted(seconds, (begin, end)))
            down = np.clip((seconds[near] - begin) / ATTACK, 0.0, 1.0)
            up = np.clip((end - seconds[near]) / RELEASE, 0.0, 1.0)
            shape = 0.5 - 0.5 * np.cos(np.pi * np.minimum(down, up))
            gain[near] = np.minimum(gain[near], -span.depth_db * shape)
        return gain


def _sounds(clips: Iterable[Clip], depth_db: float) -> Iterator[_Sound]:
    for clip in clips:
        called = (clip.step, clip.side) if clip.role in _CALLS else None
        if clip.track == "narration":
            yield from (_Sound(said.start, said.end, depth_db, called) for said in clip.sentences)
        elif clip.track == "chime":
            end = clip.end if clip.fitted else min(clip.end, clip.start + CHIME_SECONDS)
            yield _Sound(clip.start, end, min(CHIME_DB, depth_db), called)


def _levels(sounds: Sequence[_Sound]) -> list[_Span]:
    """Stretches that touch, with how far the bed is down in each, from before the first sound to after the last.

    Between two words, or two sounds, that are called in one hold or rhythm it stays where it is.
    """
    if not sounds:
        return []
    reached: dict[object, _Sound] = {}
    held: list[_Span] = []
    for sound in sounds:
        if sound.called:
            before = reached.get((sound.called, sound.depth_db))
            if before and 0 < sound.start - before.end <= _LONGEST_CALL:
                held.append(_Span(before.end, sound.start, sound.depth_db))
            reached[sound.called, sound.depth_db] = sound
    moments = sorted({moment for span in (*sounds, *held) for moment in (span.start, span.end)})
    begun = sorted((*sounds, *held), key=lambda span: span.start)
    levels = [_Span(-inf, moments[0], 0.0)]
    sounding: list[_Span] = []
    taken = 0
    for start, end in pairwise(moments):
        while taken < len(begun) and begun[taken].start <= start:
            sounding.append(begun[taken])
            taken += 1
        sounding = [span for span in sounding if span.end > start]
        _add(levels, _Span(start, end, max((span.depth_db for span in sounding), default=0.0)))
    return [*levels, _Span(moments[-1], inf, 0.0)]


def _steady(levels: Iterable[_Span]) -> list[_Span]:
    """Fill in where the bed would come back for too short a time, or too often."""
    steady: list[_Span] = []
    for level in levels:
        _add(steady, level)
        while (at := _to_fill(steady)) is not None:
            depth = min(steady[at - 1].depth_db, steady[at + 1].depth_db)
            later = [replace(steady[at], depth_db=depth), *steady[at + 1 :]]
            del steady[at:]
            for each in later:
                _add(steady, each)
    return steady


def _to_fill(levels: Sequence[_Span]) -> int | None:
    """The last stretch in which the bed comes back too shortly; else, of a minute with too many moves, one to fill.

    That is the last, or a shorter one that ended less than OPEN seconds before it.
    """
    backs: list[int] = []
    moves: list[float] = []  # the latest first: when each begins
    down: bool | None = None
    for at in range(len(levels) - 1, 0, -1):
        goes_down = levels[at].depth_db > levels[at - 1].depth_db
        if goes_down is not down:
            moves.append(levels[at].start)
        else:
            moves[-1] = levels[at].start  # it goes on in the same direction
        down = goes_down
        if goes_down and at > 1 and levels[at - 1].depth_db < levels[at - 2].depth_db:
            backs.append(at - 1)
            if levels[at - 1].end - levels[at - 1].start < CLOSEST:
                return at - 1
        if len(moves) > MOST_MOVES:
            break
    if len(moves) > MOST_MOVES and moves[0] - moves[-1] < _MINUTE + LEAD + ATTACK:
        still = (at for at in backs if levels[at].end >= levels[backs[0]].start - OPEN)
        return min(still, key=lambda at: levels[at].end - levels[at].start)
    return None


def _add(levels: list[_Span], level: _Span) -> None:
    """Add a stretch, as a part of the one before it where both are as far down."""
    if levels and levels[-1].depth_db == level.depth_db:
        levels[-1] = replace(levels[-1], end=level.end)
    else:
        levels.append(level)


def _spans(levels: Sequence[_Span]) -> Iterator[_Span]:
    """For every depth, the stretches in which the bed is at least as far down."""
    for depth in sorted({level.depth_db for level in levels} - {0.0}):
        spans: list[_Span] = []
        for level in levels:
            if level.depth_db >= depth:
                if spans and spans[-1].end == level.start:
                    spans[-1] = replace(spans[-1], end=level.end)
                else:
                    spans.append(_Span(level.start, level.end, depth))
        yield from spans
