"""Settling: the voice grows softer as the session goes deeper, step by step, never within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.timeline import Clip, Timeline


def settled(timeline: Timeline, settle_db: float) -> Callable[[Clip], float]:
    """Return each clip's gain in dB: 0 in the opening, minus `settle_db` a third into the steps, half more in the last.

    A step has one gain, by where it starts; the closing stays as soft as the last step.
    """
    starts = {chapter.step: chapter.start for chapter in reversed(timeline.chapters) if chapter.step is not None}
    if not settle_db or not starts:
        return lambda _: 0.0
    first, last = min(starts.values()), max(starts)
    end = max(chapter.end for chapter in timeline.chapters if chapter.step is not None)
    third = (end - first) / 3
    gains = {step: -settle_db * min(1.0, (start - first) / third) for step, start in starts.items()}
    gains[last] = -1.5 * settle_db
    begins = timeline.chapters[0].end

    def gain_db(clip: Clip) -> float:
        if clip.step is not None:
            return gains[clip.step]
        return 0.0 if clip.start < begins else gains[last]

    return gain_db
