"""Settling: the voice grows softer as the session goes deeper, step by step, never within one; the bed goes with it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.timeline import Clip, Timeline


class Settling:
    """How much softer voice and bed are at any moment.

    Nothing in the opening, `settle_db` a third into the steps, half more in the last step, and so in the closing. The
    voice keeps one level from a chapter's start to its end. The bed drifts from each chapter's start to the next one's
    level, so it never moves suddenly, and never comes closer to the voice.
    """

    def __init__(self, timeline: Timeline, settle_db: float) -> None:
        chapters = timeline.chapters
        steps = [number for number, chapter in enumerate(chapters) if chapter.step is not None]
        self._starts = [chapter.start for chapter in chapters]
        self._gains_db = [0.0] * len(chapters)
        if not settle_db or not steps:
            return
        first, last = chapters[steps[0]].start, steps[-1]
        third = (chapters[last].end - first) / 3
        for number, chapter in enumerate(chapters):
            if number >= last:
                self._gains_db[number] = -1.5 * settle_db
            elif number > steps[0]:
                self._gains_db[number] = -settle_db * min(1.0, (chapter.start - first) / third)

    def voice_db(self, clip: Clip) -> float:
        """Return the gain of a clip of the voice: that of the chapter it begins in."""
        return self._gains_db[max(bisect_right(self._starts, clip.start) - 1, 0)] if self._gains_db else 0.0

    def bed_db(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the bed's gain at these times, shape (n,)."""
        import numpy as np

        if not any(self._gains_db):
            return np.zeros(len(seconds))
        return np.interp(seconds, self._starts, self._gains_db)
