"""Sessions: the one place that composes the rooms, from a routine's file to a written session.

The order is: options, output folder, codec, bed, sounds; script; estimate, with its faults; narrate; plan; mix and
export. Nothing is spoken before the cheap faults are found.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide import voices
from voiceguide.choices import Choices, Levels
from voiceguide.installed import generator
from voiceguide.routine import finding
from voiceguide.session.composing import Session, mixed, narrator_of, opened_cache
from voiceguide.session.writing import How, write
from voiceguide.sound import VOICE_LUFS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.choices import Gate, Talk
    from voiceguide.publish.beside import Wanted
    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Progress, Warn
    from voiceguide.timeline import Timeline

__all__ = ["generator", "load", "plan", "planned", "problems", "render", "say"]


def load(path: str | Path) -> Routine:
    """Read a routine, given by a bundled name or a path. Raises UsageError, and RoutineError with every fault."""
    from voiceguide.routine.reading import read

    return read(finding.find(path, finding.folders()))


def plan(
    routine: Routine,
    *,
    length: str = "short",
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    talk: Talk = "full",
    language: str | None = None,
    setup: str | None = None,
    without: Iterable[str] = (),
    opening: bool = True,
    closing: bool = True,
    gate: Gate = "full",
    bed: str | None = None,
    bed_level: float | None = None,
    safety: bool = True,
    linger: float | None = None,
    warn: Warn | None = None,
) -> Timeline:
    """Return a session's timeline without speaking: measured where every take is cached, else estimated.

    Raises VoiceguideError as the command line does.
    """
    choices = Choices(
        length, talk, language, setup, _names(without), opening, closing, gate, safety, bed, bed_level, linger
    )
    session = Session(routine, choices, voice, pace, warn)
    with opened_cache(warn) as cache:
        return session.estimated(narrator_of(session.voice, session.language, cache, None))


def render(
    routine: Routine,
    path: str | Path,
    *,
    length: str = "short",
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    talk: Talk = "full",
    language: str | None = None,
    setup: str | None = None,
    without: Iterable[str] = (),
    opening: bool = True,
    closing: bool = True,
    gate: Gate = "full",
    bed: str | None = None,
    bed_level: float | None = None,
    safety: bool = True,
    linger: float | None = None,
    bitrate: int | None = None,
    quality: int | None = None,
    loudness: float | None = None,
    room: bool = False,
    settle: float | None = None,
    without_voice: bool = False,
    threads: int | None = None,
    beside: Wanted | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> Timeline:
    """Render a session to `path`, whose suffix picks the format, and return its timeline with its loudness.

    `without_voice` leaves the narration out of the sound and all else where it is; `threads` speak and encode, one a
    core unless given; `beside` says which files stand beside it. Each file is either whole or absent. Raises
    VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, exporter
    from voiceguide.routine.notes import notes_of
    from voiceguide.sound.loudness import integrated
    from voiceguide.store.files import check_target

    choices = Choices(
        length, talk, language, setup, _names(without), opening, closing, gate, safety, bed, bed_level, linger
    )
    levels = Levels(VOICE_LUFS if loudness is None else loudness, room, settle or 0.0)
    target = Path(path)
    export = exporter(target)
    options = Options(bitrate, quality)
    export.check(options)
    check_target(target, overwrite=overwrite)
    if beside:
        beside.check(target, overwrite=overwrite)
    session = Session(routine, choices, voice, pace, warn)
    with mixed(session, levels=levels, without_voice=without_voice, threads=threads, progress=progress) as made:
        tags = replace(session.tags(made.timeline), cover=session.cover(made.timeline, made.cache))
        if without_voice:
            tags = replace(tags, lyrics=())
        write(made.mix, target, tags, options, made.cache, How(overwrite, threads, progress))
        if beside:
            notes = notes_of(routine, made.timeline.language)
            beside.write(target, session.carried(made.timeline), notes, tags.cover, overwrite=overwrite)
        return replace(made.timeline, loudness=integrated(made.mix.powers()))


def _names(without: Iterable[str]) -> tuple[str, ...]:
    return (without,) if isinstance(without, str) else tuple(str(name) for name in without)
