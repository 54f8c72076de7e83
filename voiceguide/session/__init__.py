"""Sessions: from a routine and choices to a timeline, or a file. What voiceguide offers from Python stands here.

The order in which a session is made: options, output folder, codec, bed, sounds; script; estimate, with its faults;
narrate; plan; mix and export. Nothing is spoken before the cheap faults are found.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.choices import Choices, Levels, Options
from voiceguide.session.composing import Session
from voiceguide.session.making import Means, mixed, studio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.choices import Gate, Talk
    from voiceguide.publish.beside import Wanted
    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Progress, Warn
    from voiceguide.session.previewing import Part
    from voiceguide.timeline import Timeline

__all__ = ["load", "plan", "preview", "render", "say"]


def load(path: str | Path) -> Routine:
    """Read a routine, given by a bundled name or a path. Raises UsageError, and RoutineError with every fault."""
    from voiceguide.routine import finding
    from voiceguide.routine.reading import read

    return read(finding.find(path, finding.folders()))


def plan(
    routine: Routine,
    *,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "full",
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    linger: float | str | None = None,
    # own
    warn: Warn | None = None,
) -> Timeline:
    """Return a session's timeline without speaking: measured where every take is cached, else estimated.

    Raises VoiceguideError as the command line does.
    """
    return planned(routine, Choices.of(locals()), warn)


def planned(routine: Routine, choices: Choices, warn: Warn | None = None) -> Timeline:
    """Return the timeline of a session, as `plan` does, of choices as one value."""
    from voiceguide.session.narration import estimated

    session = Session(routine, choices, warn)
    with studio(session.voice, session.language, Means(warn)) as opened:
        return estimated(session, opened.narrator)


def render(
    routine: Routine,
    path: str | Path,
    *,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "full",
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    linger: float | str | None = None,
    loudness: float = -16.0,
    room: bool = False,
    settle: float = 0.0,
    bitrate: int | None = None,
    quality: int | None = None,
    # own
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
    from voiceguide.routine.notes import notes_of
    from voiceguide.session import finishing
    from voiceguide.session.writing import target
    from voiceguide.sound.loudness import integrated

    given = locals()
    choices, levels = Choices.of(given), Levels.of(given)
    file = target(Path(path), Options.of(given), overwrite=overwrite)
    if beside:
        beside.check(file.path, overwrite=overwrite)
    session = Session(routine, choices, warn)
    means = Means(warn, progress, threads)
    with mixed(session, means, levels=levels, without_voice=without_voice) as made:
        cover = finishing.cover(session, made.timeline, made.cache)
        tags = replace(finishing.tags(session, made.timeline), cover=cover)
        if without_voice:
            tags = replace(tags, lyrics=())
        file.write(made.mix, tags, made.cache, means)
        if beside:
            notes = notes_of(routine, made.timeline.language)
            carried = finishing.carried(session, made.timeline)
            beside.write(file.path, carried, notes, cover, overwrite=overwrite)
        return replace(made.timeline, loudness=integrated(made.mix.powers()))


def preview(
    routine: Routine,
    path: str | Path,
    *,
    step: str | None = None,
    seconds: float | None = None,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "full",
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    linger: float | str | None = None,
    # own
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> tuple[Part, ...]:
    """Render a step of a session, or the beginning of each, to `path`, and return the parts it is made of, in order.

    `step` is a step's name or number, as `without` takes it, and all of it is played, on every side; None is every
    step once. `seconds` is the most that is heard of each: without a `step` 8 unless given. The file's format is its
    suffix's, and it is either whole or absent. Raises VoiceguideError as the command line does.
    """
    from voiceguide.session import previewing
    from voiceguide.session.writing import target

    choices = Choices.of(locals())
    wanted = previewing.Wanted.of(step, seconds)
    file = target(Path(path), overwrite=overwrite)
    return previewing.preview(Session(routine, choices, warn), wanted, file, Means(warn, progress))


def say(
    text: str,
    path: str | Path,
    *,
    # choices
    language: str | None = None,
    voice: str | None = None,
    pace: int = 135,
    # own
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> None:
    """Speak a text to a file as a session would, marks included; `language` is the named voice's own unless given.

    Raises VoiceguideError as the command line does.
    """
    from voiceguide.session import saying
    from voiceguide.session.writing import target

    choices = Choices.of(locals())
    saying.say(text, target(Path(path), overwrite=overwrite), choices, Means(warn, progress))
