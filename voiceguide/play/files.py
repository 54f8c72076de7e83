"""The timeline of a sound file that is played: the one given or carried, else one made of what its tags tell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide import finished
from voiceguide.timeline import Chapter, Choices, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_APART = 0.5
"""Seconds by which a file may differ from its timeline; an encoder's padding makes no such difference."""


def timeline_of(path: Path, given: Path | None, seconds: float, warn: Callable[[str], None]) -> Timeline:
    """Return the timeline of a file that lasts some seconds.

    Where neither `given` nor the file itself has one of this length, it is made of the chapters in the file's tags, or
    of the whole file as one. Raises UsageError for a given timeline that is none or not this file's, and for a damaged
    one in the file.
    """
    if given is not None:
        return finished.timeline_of(path, given)
    if finished.shown_seconds(path) is None:  # a format that has no tags, or none that can be read
        return _made(path, path.stem, (), seconds)
    carried = finished.carried_timeline(path)
    if carried is not None and abs(carried.duration - seconds) <= _APART:
        return carried
    if carried is not None:
        warn(f"{path}: the timeline in this file is of another length, so the chapters in its tags are shown instead.")
    tags = finished.read(path)
    return _made(path, tags.title or path.stem, tags.chapters, seconds)


def _made(path: Path, title: str, chapters: tuple[finished.FileChapter, ...], seconds: float) -> Timeline:
    """A timeline that tells no more than titles and times."""
    begun = {chapter.start: chapter.title for chapter in chapters if chapter.start < seconds}
    if 0.0 not in begun:
        begun[0.0] = title
    starts = sorted(begun)
    return Timeline(
        generator="",
        routine=path.stem,
        title=title,
        summary="",
        audience="giver",
        length="",
        setup=None,
        talk="full",
        language="en",
        voice="",
        pace=0,
        bed=None,
        choices=Choices(),
        duration=seconds,
        estimated=False,
        chapters=tuple(Chapter(begun[start], start, end) for start, end in pairwise((*starts, seconds))),
        clips=(),
    )
