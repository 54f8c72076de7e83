"""Finishing: what a session's file carries beside its sound: its cover, its tags, its timeline."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.sound import PEAK_DBTP, VOICE_LUFS
from voiceguide.tags import Tags

if TYPE_CHECKING:
    from voiceguide.choices import Levels
    from voiceguide.session.composing import Session
    from voiceguide.store.cache import Cache
    from voiceguide.timeline import Timeline


def cover(session: Session, timeline: Timeline, cache: Cache) -> bytes:
    """Return its picture, a PNG: drawn once for a title and a length."""
    from voiceguide.pages.cover import cover, drawn_by, motif_of
    from voiceguide.sound.takes import digest
    from voiceguide.store.cache import Shelf

    minutes = phrases.load(session.language).minutes(timeline.duration)
    key = digest(timeline.title, minutes, session.routine.tags, drawn_by())
    shelf = Shelf(cache, "covers")
    kept = shelf.get(key)
    if kept is None:
        kept = cover(timeline.title, minutes, motif_of(session.routine.tags))
        shelf.put(key, kept)
    return kept


def tags(session: Session, timeline: Timeline, levels: Levels, *, without_voice: bool = False) -> Tags:
    """Return what a player shows, and how loud the voice is, to which its takes are brought."""
    return Tags(
        title=f"{timeline.title} ({timeline.length})",
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
