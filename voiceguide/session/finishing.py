"""Finishing: what a session's file carries beside its sound: its cover, its tags, its timeline."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.errors import UsageError, option
from voiceguide.sound import PEAK_DBTP, VOICE_LUFS
from voiceguide.store import paths, pictures
from voiceguide.tags import ARTIST, Tags

if TYPE_CHECKING:
    from voiceguide.choices import Label, Levels
    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Session
    from voiceguide.store.cache import Cache
    from voiceguide.timeline import Timeline


def own_cover(routine: Routine, label: Label) -> bytes | None:
    """Return the listener's picture, else the routine's, None where neither has one. Raises as `given_cover`."""
    if label.cover is None and routine.cover is not None:
        return pictures.read(routine.folder / routine.cover)
    return given_cover(label)


def given_cover(label: Label) -> bytes | None:
    """Return the listener's picture, None where there is none.

    Raises UsageError for a file that is not there, and Failed for one that players don't show.
    """
    if label.cover is None:
        return None
    if not paths.is_file(path := Path(label.cover)):
        raise UsageError(f"{option('cover')}: {path}: there is no such file")
    return pictures.read(path)


def author(routine: Routine, label: Label) -> str:
    """Return who made a session; "" where nobody says."""
    return label.artist or routine.author


def cover(session: Session, timeline: Timeline, cache: Cache) -> bytes:
    """Return the picture of a session that has none of its own, a PNG."""
    minutes = phrases.load(session.language).minutes(timeline.duration)
    return drawn(timeline.title, minutes, session.routine.tags, cache)


def drawn(title: str, minutes: str, tags: tuple[str, ...], cache: Cache) -> bytes:
    """Return the picture of a title, a length and a routine's tags, a PNG that is drawn once."""
    from voiceguide.pages.cover import cover, drawn_by, motif_of
    from voiceguide.sound.takes import digest
    from voiceguide.store.cache import Shelf

    key = digest(title, minutes, tags, drawn_by())
    shelf = Shelf(cache, "covers")
    kept = shelf.get(key)
    if kept is None:
        kept = cover(title, minutes, motif_of(tags))
        shelf.put(key, kept)
    return kept


def tags(
    session: Session, timeline: Timeline, levels: Levels, *, artist: str = "", without_voice: bool = False
) -> Tags:
    """Return what a player shows, and how loud the voice is, to which its takes are brought."""
    return Tags(
        title=f"{timeline.title} ({timeline.length})",
        artist=artist or ARTIST,
        album=timeline.title,
        genre="Massage",
        language=timeline.language,
        comment=timeline.summary,
        chapters=tuple((chapter.title, chapter.start, chapter.end) for chapter in timeline.chapters),
        lyrics=() if without_voice else _lyrics(timeline),
        speech_lufs=None if without_voice else levels.loudness,
        most_dbtp=PEAK_DBTP + levels.loudness - VOICE_LUFS,
        timeline=json.dumps(carried(session, timeline).to_json(), ensure_ascii=False, separators=(",", ":")),
    )


def _lyrics(timeline: Timeline) -> tuple[tuple[float, str], ...]:
    return tuple((said.start, said.text) for clip in timeline.on("narration") for said in clip.sentences)


def carried(session: Session, timeline: Timeline) -> Timeline:
    """Return a timeline as anybody may have it: a bed of one's own without its folder."""
    if session.bed is None:
        return timeline
    bed = session.bed.shown
    clips = (replace(clip, sound=bed) if clip.track == "bed" else clip for clip in timeline.clips)
    return replace(timeline, bed=bed, clips=tuple(clips))
