"""Sessions: the one place that composes the rooms, from a routine's file to a written session.

The order is: options, output folder, codec, bed, sounds; script; estimate, with its faults; narrate; plan; mix and
export. Nothing is spoken before the cheap faults are found.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import catalogue, planning, voices
from voiceguide.choices import Choices, Levels
from voiceguide.composing import Session, generator, mixed, narrator_of, opened_cache, sounds_of
from voiceguide.errors import Fault, MissingError, RoutineError, UsageError
from voiceguide.routine.model import LENGTHS
from voiceguide.sound import VOICE_LUFS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.beside import Wanted
    from voiceguide.cache import Cache
    from voiceguide.choices import Gate, Talk
    from voiceguide.composing import Progress, Warn
    from voiceguide.draft import Draft
    from voiceguide.exports import Options, Tags
    from voiceguide.mix import Mix
    from voiceguide.routine.model import Length, Routine
    from voiceguide.timeline import Timeline

__all__ = ["generator", "load", "plan", "planned", "problems", "render", "say"]


AFTER_WORDS = 0.1
"""Seconds after the words of `say`, so that the fade at a file's end takes nothing of them."""


def load(path: str | Path) -> Routine:
    """Read a routine, given by a bundled name or a path. Raises UsageError, and RoutineError with every fault."""
    from voiceguide.routine.reading import read

    return read(catalogue.find(path, catalogue.folders()))


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
    from voiceguide.files import check_target
    from voiceguide.pages.notes import notes_of
    from voiceguide.sound.loudness import integrated

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
        _export(made.mix, target, tags, options, made.cache, _How(overwrite, threads, progress))
        if beside:
            notes = notes_of(routine, made.timeline.language)
            beside.write(target, session.carried(made.timeline), notes, tags.cover, overwrite=overwrite)
        return replace(made.timeline, loudness=integrated(made.mix.powers()))


def problems(routine: Routine, judge: Callable[[Draft], None] = lambda _: None) -> tuple[Fault, ...]:
    """Return what cannot fit or be reached in a routine, by estimate: every length, setup and complete language.

    `judge` is called with every draft that can be laid out.
    """
    from voiceguide.routine.reading import languages

    found: dict[tuple[object, str, str], Fault] = {}
    for language in languages(routine) or (routine.language,):
        for setup in routine.setups or (None,):
            for length in LENGTHS:
                for fault in _problems(routine, Choices(length=length, setup=setup, language=language), judge):
                    found.setdefault((fault.place, fault.rule, fault.level), fault)
    return tuple(found.values())


def _problems(routine: Routine, choices: Choices, judge: Callable[[Draft], None]) -> tuple[Fault, ...]:
    try:
        session = Session(routine, choices, None, voices.DEFAULT_PACE, None)
        draft = session.drafting.draft(session.guessed(None))
        judge(draft)
        return draft.warnings
    except RoutineError as error:
        return error.faults
    except (UsageError, MissingError) as error:
        # A length without steps, or a language that nobody here speaks: nothing in the file's words is at fault.
        return (Fault(routine.place, "nothing-to-play", str(error), "warning"),)


def planned(routine: Routine, length: Length) -> float:
    """Return the seconds of a named length by the default voice's estimates alone, the same on every machine."""
    session = Session(routine, Choices(length=length), None, voices.DEFAULT_PACE, None)
    return session.drafting.draft(session.guessed(None)).layout.duration


def say(
    text: str,
    path: str | Path,
    *,
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    language: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> None:
    """Speak a text to a file as a session would, marks included; `language` is the named voice's own unless given.

    Raises VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, Tags, exporter
    from voiceguide.files import check_target
    from voiceguide.mix import Mix
    from voiceguide.sound import chimes
    from voiceguide.text.marks import MarkError
    from voiceguide.text.utter import utter

    target = Path(path)
    exporter(target).check(Options())
    check_target(target, overwrite=overwrite)
    language = language or _language_of(voice)
    try:
        utterance = utter("say", (text,), None, language)
    except MarkError as error:
        raise UsageError(f"TEXT: {error}") from None
    if not utterance.parts:
        raise UsageError(f'TEXT: expected words to say, got "{text}"')
    speaker = voices.pick(voice, language=language, pace=pace)
    with opened_cache(warn) as cache:
        narrator = narrator_of(speaker, language, cache, progress)
        spoken = narrator.lengths(utterance.sentences())
        sounds = {"breath": chimes.seconds(chimes.find("breath", None))}
        lengths = planning.Lengths(lambda sentence: spoken[sentence.spoken], sounds)
        clips = tuple(planning.clips.spoken(utterance, 0.0, lengths))
        takes = narrator.takes(utterance.pieces())
        title = " ".join(piece.text for piece in utterance.pieces())
        tags = Tags(title=title, language=language)
        duration = lengths.of(utterance) + AFTER_WORDS
        mix = Mix(clips, duration, takes, sounds_of(clips, None, cache))
        _export(mix, target, tags, Options(), cache, _How(overwrite, None, progress))


def _language_of(voice: str | None) -> str:
    """Return the language of a voice named in full; English for one that speaks any, and where none is named."""
    named = voices.listing() if voice else ()
    own = next((listed.languages[0] for listed in named if listed.id == voice), voices.ANY_LANGUAGE)
    return "en" if own == voices.ANY_LANGUAGE else own


def _names(without: Iterable[str]) -> tuple[str, ...]:
    return (without,) if isinstance(without, str) else tuple(str(name) for name in without)


class _How(NamedTuple):
    """How a file is written."""

    overwrite: bool
    threads: int | None
    """None is one a core."""
    progress: Progress | None


def _export(mix: Mix, target: Path, tags: Tags, options: Options, cache: Cache, how: _How) -> None:
    """Write a mix in the format of `target`: whole or not at all."""
    from voiceguide.cache import Shelf
    from voiceguide.exports import PartsExport, exporter
    from voiceguide.files import whole

    def tell(frames: int) -> None:
        if how.progress:
            how.progress("encoding", frames, mix.frames)

    export = exporter(target)
    with whole(target, overwrite=how.overwrite) as file:
        if isinstance(export, PartsExport):
            threads = how.threads or os.cpu_count() or 1
            sections = Shelf(cache, "sections")
            export.write_parts(file, mix, tags=tags, options=options, threads=threads, store=sections, progress=tell)
        else:
            export.write(file, mix.blocks(), frames=mix.frames, tags=tags, options=options, progress=tell)
