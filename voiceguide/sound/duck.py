"""Ducking: the bed steps back for the voice and breathes back in the pauses, by the timeline, not by listening.

Gains are in dB and move in raised cosines. Nothing is held but the spans that duck: any moment is computed by itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.timeline import Clip

ATTACK = 0.45
"""Seconds in which the bed goes down."""
LEAD = 0.15
"""Seconds it is down before the first word."""
RELEASE = 1.2
"""Seconds in which it comes back after the last word."""
CLOSEST = 1.35
"""Seconds: sentences less than this apart keep the bed down between them."""
CHIME_DB = 4.0
"""How far the bed steps back for a sound of ours."""
CHIME_SECONDS = 2.0
"""How long it does: then the ring is soft enough to sit in the bed. For a swell it does so to its end."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch for which the bed is down."""

    start: float
    """Seconds, of the first sound."""
    end: float
    depth_db: float


class Ducking:
    """The bed's gain over a session."""

    def __init__(self, clips: Iterable[Clip], depth_db: float) -> None:
        """Duck by `depth_db` under every sentence of `clips`, and less under their sounds."""
        clips = tuple(clips)
        words = sorted((s.start, s.end) for clip in clips if clip.track == "narration" for s in clip.sentences)
        chimes = sorted(
            (clip.start, clip.end if clip.fitted else min(clip.end, clip.start + CHIME_SECONDS))
            for clip in clips
            if clip.track == "chime"
        )
        spans = [_Span(*span, depth_db) for span in _joined(words)]
        spans += [_Span(*span, min(CHIME_DB, depth_db)) for span in _joined(chimes)]
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start - LEAD - ATTACK for span in self._spans]
        self._latest_ends = list(accumulate((span.end + RELEASE for span in self._spans), max))

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


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Sorted spans, those closer than CLOSEST as one."""
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < CLOSEST:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
