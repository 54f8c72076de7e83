"""Sessions: from a routine and choices to a timeline, or a file. What voiceguide offers from Python stands here.

The order in which a session is made: options, output folder, codec, bed, sounds; script; estimate, with its faults;
narrate; plan; mix and export. Nothing is spoken before the cheap faults are found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.choices import Choices, Label, Levels, Options, argument
from voiceguide.choices.kinds import Switch
from voiceguide.errors import UsageError, option
from voiceguide.session.composing import Session
from voiceguide.session.making import Means, booth, mixed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO

    from voiceguide.choices import Gate, Talk
    from voiceguide.publish.beside import Wanted
    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Progress, Warn
    from voiceguide.session.previewing import Part
    from voiceguide.timeline import Timeline

__all__ = ["load", "plan", "preview", "render", "say"]


def load(path: str | Path | Mapping[str, Any] | TextIO) -> Routine:
    """Read a routine: a bundled name, a path, a mapping with the keys of a file, or an open file.

    Names and paths with a `+` between them are joined to one routine. Raises UsageError where there is none, and
    RoutineError with every fault.

    Examples:
        >>> load("upper-back").name
        'upper-back'
        >>> load("neck-shoulders+feet").title.get("en")
        'Neck and shoulder massage, then Foot massage'
        >>> short = {"title": "Hands", "summary": "A minute.", "steps": [{"name": "Rest", "duration": "1m"}]}
        >>> load(short).steps[0].name.get("en")
        'Rest'

    """
    from voiceguide.routine import finding, joining, reading

    if isinstance(path, str | Path):
        return joining.load(path, finding.folders())
    if isinstance(path, Mapping):
        return reading.from_dict(path)
    if hasattr(path, "read"):
        return reading.from_stream(path)
    raise UsageError(
        f"{option('path')}: expected a routine's name, its path, a mapping or an open file, got {type(path).__name__}",
        got=path,
    )


def plan(
    routine: Routine,
    *,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    fill: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "auto",
    chime_level: float | str | None = None,
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    visit: int = 1,
    names: str | Iterable[str] | None = None,
    swap: bool = False,
    linger: float | str | None = None,
    # own
    warn: Warn | None = None,
) -> Timeline:
    """Return a session's timeline without speaking: measured where every take is cached, else estimated.

    Raises VoiceguideError.

    Examples:
        >>> timeline = plan(load("desk-break"), length="5m", voice="tone")
        >>> timeline.duration, timeline.chapters[0].title
        (300.0, 'Opening')

    """
    return planned(routine, Choices.of(locals()), warn)


def planned(routine: Routine, choices: Choices, warn: Warn | None = None) -> Timeline:
    """Return the timeline of a session, as `plan` does, of choices as one value."""
    from voiceguide.session.narration import estimated

    session = Session(routine, choices, warn)
    with booth(session.voice, session.language, Means(warn)) as opened:
        return estimated(session, opened.narrator)


def render(
    routine: Routine,
    path: str | Path,
    *,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    fill: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "auto",
    chime_level: float | str | None = None,
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    visit: int = 1,
    names: str | Iterable[str] | None = None,
    swap: bool = False,
    linger: float | str | None = None,
    loudness: float = -16.0,
    room: bool = False,
    settle: float = 0.0,
    artist: str | None = None,
    cover: str | None = None,
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
    VoiceguideError.

    Examples:
        >>> hands = load({"title": "Hands", "summary": "Rest.", "steps": [{"name": "Rest", "duration": "1m"}]})
        >>> made = render(hands, "hands.mp3", length=150, voice="tone", bed="none")
        >>> round(made.duration), made.bed
        (150, None)

    """
    from voiceguide.routine.notes import notes_of
    from voiceguide.session import finishing
    from voiceguide.session.writing import target
    from voiceguide.sound.loudness import integrated

    given = locals()
    choices, levels, label = Choices.of(given), Levels.of(given), Label.of(given)
    without_voice = argument("without_voice", Switch(), without_voice)
    means = Means.of(warn, progress, threads)
    file = target(path, Options.of(given), overwrite=overwrite)
    if beside:
        beside.check(file.path, overwrite=overwrite)
    session = Session(routine, choices, warn)
    own_cover, author = finishing.own_cover(routine, label), finishing.author(routine, label)
    with mixed(session, means, levels=levels, without_voice=without_voice) as made:
        picture = own_cover or finishing.cover(session, made.timeline, made.cache)
        tags = finishing.tags(session, made.timeline, levels, artist=author, without_voice=without_voice)
        tags = replace(tags, cover=picture)
        loudness = integrated(made.mix.powers())  # before there is a file: nothing is to go wrong once it stands
        file.write(made.mix, tags, made.cache, means)
        if beside:
            notes = replace(notes_of(routine, made.timeline.language), author=author)
            carried = finishing.carried(session, made.timeline)
            beside.write(file.path, carried, notes, picture, overwrite=overwrite)
        return replace(made.timeline, loudness=loudness)


def preview(
    routine: Routine,
    path: str | Path,
    *,
    step: str | int | None = None,
    seconds: float | None = None,
    # choices
    length: str | float = "short",
    language: str | None = None,
    voice: str | None = None,
    fill: str | None = None,
    setup: str | None = None,
    talk: Talk = "full",
    pace: int = 135,
    bed: str | None = None,
    bed_level: float | None = None,
    gate: Gate = "auto",
    chime_level: float | str | None = None,
    safety: bool = True,
    opening: bool = True,
    closing: bool = True,
    without: Iterable[str] = (),
    visit: int = 1,
    names: str | Iterable[str] | None = None,
    swap: bool = False,
    linger: float | str | None = None,
    # own
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> tuple[Part, ...]:
    """Render a step of a session, or the beginning of each, to `path`, and return the parts it is made of, in order.

    `step` is a step's name or number, as `without` takes it, and all of it is played, on every side; None is every
    step once. `seconds` is the most that is heard of each: without a `step` 8 unless given. The file's format is its
    suffix's, and it is either whole or absent. Raises VoiceguideError.

    Examples:
        >>> parts = preview(load("desk-break"), "beginnings.wav", seconds=2, voice="tone")
        >>> parts[0].title, parts[0].end - parts[0].start
        ('Shoulders', 2.0)

    """
    from voiceguide.session import previewing
    from voiceguide.session.writing import target

    choices = Choices.of(locals())
    wanted = previewing.Wanted.of(step, seconds)
    file = target(path, overwrite=overwrite)
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

    Raises VoiceguideError.

    Examples:
        >>> say("Breathe out. [pause 1s] And in.", "breath.wav", voice="tone")

    """
    from voiceguide.session import saying
    from voiceguide.session.writing import target

    choices = Choices.of(locals())
    saying.say(text, target(path, overwrite=overwrite), choices, Means(warn, progress))
