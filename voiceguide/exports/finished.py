"""A finished session's file: what it tells of the session in it, in any format that is registered."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.durations import clock
from voiceguide.errors import Failed, UsageError, option
from voiceguide.exports import ReadingExport, known, suffixes
from voiceguide.tags import reading
from voiceguide.timeline import Chapter, Timeline
from voiceguide.timeline.reading import parsed as parse_timeline
from voiceguide.timeline.reading import read as read_timeline

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.tags.reading import Finished

PADDING = 0.5
"""Seconds; an encoder's padding makes no such difference."""


def read(path: Path) -> Finished:
    """Return what a file tells of itself. Raises Failed for one that cannot be read, and for what is no sound."""
    try:
        path.open("rb").close()  # the system says why a file can't be opened better than any reader does
    except OSError as error:
        raise Failed(f"{path}: expected a session's file that can be read, got: {error.strerror or error}.") from error
    export = known(path)
    found = export.told(path) if isinstance(export, ReadingExport) else reading.read(path)
    if found is None:
        raise Failed(
            f"{path}: expected a session's file ({', '.join(suffixes())}), got something else. Render it again."
        )
    return found


def timeline_of(path: Path, given: Path | None) -> Timeline:
    """Return a session's timeline: the one in a `given` file, else the one that the session's own file carries.

    Raises UsageError for a timeline that is none, for one of another session, and where there is none at all.
    """
    file = read(path)
    if given is not None:
        found = read_timeline(given)
    else:
        carried = _carried(path, file)
        if carried is None:
            raise UsageError(
                f"{path}: expected a file that carries its timeline, as an .mp3 from voiceguide does, got none. Name "
                f"the one that was written with it: {option('timeline')} FILE.json"
            )
        found = carried
    if differs := _difference(file, found):
        raise UsageError(
            f"{option('timeline')}: expected the timeline of {path}, got that of another session: {differs}. Name the "
            "one that was written with it."
        )
    return found


def _difference(file: Finished, timeline: Timeline) -> str:
    """How a file and a timeline cannot be of one session; "" where they can."""
    if abs(timeline.duration - file.seconds) > PADDING:
        return f"the file lasts {file.seconds:.1f} s, the timeline {timeline.duration:.1f} s"
    if not file.chapters:  # another program may have taken them out
        return ""
    if len(file.chapters) != len(timeline.chapters):
        return f"the file has {len(file.chapters)} chapters, the timeline {len(timeline.chapters)}"
    for number, (heard, told) in enumerate(zip(file.chapters, timeline.chapters, strict=True), 1):
        if abs(heard.start - told.start) > PADDING:
            return (
                f"chapter {number} begins at {clock(heard.start)} in the file, at {clock(told.start)} in the timeline"
            )
    return ""


def shown_timeline(path: Path) -> Timeline:
    """Return the timeline that a file carries, else one made of its tags.

    Raises as `carried_timeline` does, and UsageError for a file that was cut or joined since: its words would be late.
    """
    found = read(path)
    carried = _carried(path, found)
    if carried is None:
        return timeline_of_tags(path, found, found.seconds)
    if differs := _difference(found, carried):
        raise UsageError(f"{path}: the timeline in this file is no longer its own: {differs}. Render it again.")
    return carried


def timeline_of_tags(path: Path, found: Finished, seconds: float) -> Timeline:
    """Return a timeline of chapters without slots, and no words: all that a file's tags tell of its `seconds`.

    What lies before the first chapter is one of its own, with the file's title; so is a file without chapters.
    """
    title = found.title or path.stem
    begun = {chapter.start: chapter.title for chapter in found.chapters if chapter.start < seconds}
    begun.setdefault(0.0, title)
    starts = sorted(begun)
    return Timeline(
        generator="",
        routine=path.stem,
        title=title,
        summary=found.comment,
        audience="giver",
        length=clock(seconds),
        setup=None,
        talk="full",
        language=found.language,
        voice="",
        pace=0,
        bed=None,
        choices={},
        duration=seconds,
        estimated=False,
        chapters=tuple(Chapter(begun[start], start, end) for start, end in pairwise((*starts, seconds))),
        clips=(),
    )


def carried_timeline(path: Path) -> Timeline | None:
    """Return the timeline that a file carries, None where there is none.

    Raises Failed for a file that cannot be read, and UsageError for a timeline that is damaged.
    """
    return _carried(path, read(path))


def _carried(path: Path, found: Finished) -> Timeline | None:
    return parse_timeline(found.timeline, str(path)) if found.timeline else None
