"""A finished session's file: what it tells of the session in it, in any format that is registered."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.errors import Failed, UsageError, VoiceguideError, option
from voiceguide.exports import ReadingExport, known, suffixes
from voiceguide.store.reading import check_file
from voiceguide.tags import reading
from voiceguide.text.lines import encodable
from voiceguide.timeline import Chapter, Timeline
from voiceguide.timeline.reading import parsed as parse_timeline
from voiceguide.timeline.reading import read as read_timeline

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.tags.reading import Finished

PADDING = 0.5
"""Seconds; an encoder's padding makes no such difference."""


def read(path: Path) -> Finished:
    """Return what a file tells of itself, whatever its bytes are, as far as that is plausible.

    Raises Failed for one that cannot be read, for what is no sound or damaged, and for an MP3 that is cut off.
    """
    found = told(path)
    if found is None:
        raise Failed(
            f"{path}: expected a session's file ({', '.join(suffixes())}), got something else, or one that is damaged. "
            "Render it again."
        )
    return found


def told(path: Path) -> Finished | None:
    """Return what `read` does, None for a file that tells nothing. Raises Failed as `read` does otherwise."""
    check_file(path, such="a session's file")
    export = known(path)
    found = _told(export, path) if isinstance(export, ReadingExport) else reading.told(path)
    if found and not found.is_whole:
        raise Failed(f"{path}: the file is cut off: it holds less than the {clock(found.seconds)} it promises.")
    return found


def _told(export: ReadingExport, path: Path) -> Finished | None:
    """What a format reads itself, held to the same bounds; None where it fails at it."""
    try:
        return reading.plausible(export.told(path))
    except VoiceguideError:
        raise
    except Exception:  # noqa: BLE001 (a format of somebody else's, over bytes of somebody else's)
        return None


def timeline_of(path: Path, given: Path | None) -> Timeline:
    """Return a session's timeline: the one in a `given` file, else the one that the session's own file carries.

    Raises UsageError for a timeline that is none, for one of another session, and where there is none at all.
    """
    file = read(path)
    if given is not None:
        found = _worded(read_timeline(given), str(given))
    else:
        own = carried(path, file)
        if own is None:
            raise UsageError(
                f"{path}: expected a file that carries its timeline, as an .mp3 from voiceguide does, got none. Name "
                f"the one that was written with it: {option('timeline')} FILE.json"
            )
        found = own
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

    Raises as `carried` does, and UsageError for a file that was cut or joined since: its words would be late.
    """
    found = read(path)
    own = carried(path, found)
    if own is None:
        return timeline_of_tags(path, found, found.seconds)
    if differs := _difference(found, own):
        raise UsageError(f"{path}: the timeline in this file is no longer its own: {differs}. Render it again.")
    return own


def timeline_of_tags(path: Path, found: Finished, seconds: float) -> Timeline:
    """Return a timeline of chapters without slots, and no words: all that a file's tags tell of its `seconds`.

    What lies before the first chapter is one of its own, with the file's title; so is a file without chapters.
    """
    title = found.title or encodable(path.stem, "utf-8")
    begun = {chapter.start: chapter.title for chapter in found.chapters if chapter.start < seconds}
    begun.setdefault(0.0, title)
    starts = sorted(begun)
    return Timeline(
        generator="",
        routine=encodable(path.stem, "utf-8"),
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


def carried(path: Path, found: Finished) -> Timeline | None:
    """Return the timeline that a file carries in what it tells, None where there is none.

    Raises UsageError for a timeline that is damaged, and for one in a language that nothing is worded in.
    """
    return _worded(parse_timeline(found.timeline, str(path)), str(path)) if found.timeline else None


def _worded(timeline: Timeline, name: str) -> Timeline:
    """Pass on a timeline whose language there are phrases for, which pages and cards are worded in."""
    try:
        phrases.load(timeline.language)
    except UsageError as error:
        raise UsageError(f"{name}: language: {error.text}") from None
    return timeline
