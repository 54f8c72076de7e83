"""A session as a text to read: what to know before, its chapters with their times, and every word that is said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.routine.notes import Notes, sections
from voiceguide.sidecars.chapters import titles
from voiceguide.text.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.timeline import Chapter, Clip, Timeline


_NO_NOTES = Notes()


def transcript(timeline: Timeline, notes: Notes = _NO_NOTES) -> str:
    """Return the transcript: a paragraph a clip, in one line each, with blank lines between.

    Before them stands what is to be read before beginning, a list as lines below its heading. Where a chapter has
    several sides, its side stands alone in brackets before the words of each.
    """
    book = phrases.load(timeline.language)
    paragraphs = [*filter(None, (line(timeline.title), line(timeline.summary))), book.minutes(timeline.duration)]
    paragraphs += [book.shown("player", "notes"), *filter(None, (line(notes.position),))]
    for section in sections(notes, timeline):
        if section.heading:
            paragraphs.append("\n".join((section.heading, *(f"- {line(item)}" for item in section.items))))
        else:
            paragraphs += [line(item) for item in section.items]
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
