"""A session as a text to read: its chapters with their times, and every word that is said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.sidecars.chapters import titles
from voiceguide.text.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.timeline import Chapter, Clip, Timeline


def transcript(timeline: Timeline) -> str:
    """Return the transcript: a paragraph a clip, in one line each, with blank lines between.

    Where a chapter has several sides, its side stands alone in brackets before the words of each.
    """
    length = phrases.load(timeline.language).minutes(timeline.duration)
    paragraphs = [*filter(None, (line(timeline.title), line(timeline.summary))), length]
    spoken = timeline.on("narration")
    for chapter, title in zip(timeline.chapters, titles(timeline), strict=True):
        paragraphs.append(f"{clock(chapter.start)}  {title}")
        paragraphs.extend(_said(chapter, [clip for clip in spoken if chapter.start <= clip.start < chapter.end]))
    return "\n\n".join(paragraphs) + "\n"


def _said(chapter: Chapter, clips: list[Clip]) -> Iterator[str]:
    """A chapter's paragraphs; its title says the side where there is only one."""
    sides = [clip.side if len(chapter.slots) > 1 else None for clip in clips]
    for clip, (before, side) in zip(clips, pairwise((None, *sides)), strict=True):
        if side and side != before:
            yield f"[{line(side)}]"
        if said := line(clip.text or ""):
            yield said
