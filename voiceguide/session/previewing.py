"""Previews: a step of a session as the session plays it, or how each step begins, speaking no more than that needs.

A session is planned by estimate, what sounds in the parts to be heard is spoken, and it is planned again by what was
measured, until nothing is missing. So a part has its words, sounds, bed, levels and times. In a session with an exact
total the slots share what the words outside of them leave: those are spoken too, and all where the total squeezes the
slots, so that a step lasts as long as it will.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide import voices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.script.selection import asked_for
from voiceguide.script.wording import Wording
from voiceguide.session.composing import Session, heard, narrator_of, opened_cache, sentences, sounds_of
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.choices import Choices
    from voiceguide.routine.model import Routine
    from voiceguide.script import Script
    from voiceguide.session.composing import Progress, Warn
    from voiceguide.session.drafting import Draft
    from voiceguide.session.narrate import Narrator
    from voiceguide.sound.mix import Mix
    from voiceguide.text.utterance import Sentence, Utterance
    from voiceguide.timeline import Chapter, Clip

SECONDS = 8.0
"""Of each step, unless asked otherwise."""
FADE_IN = 0.01
"""Seconds: short, as a part begins with the stroke of its chime."""
FADE_OUT = 0.4
"""Seconds at the end of each part."""
IN_SLOTS = frozenset({"instruction", "name", "cue", "reminder", "check_in", "next", "press", "release", "time_left"})
"""Roles of what is said in slots, whose length it does not change where a step has a `duration`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is heard of a session: a chapter, or the beginning of one."""

    title: str
    """The step's name."""
    start: float
    """Seconds from the session's start."""
    end: float


def preview(
    routine: Routine,
    path: str | Path,
    choices: Choices,
    *,
    step: str | None = None,
    seconds: float | None = None,
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> tuple[Part, ...]:
    """Render a step of a session, or the beginning of each, to `path`, and return the parts it is made of, in order.

    `step` is a step's name or number as `--without` takes it, and all of it is played, on every side; None is every
    step once. `seconds` is the most that is heard of each: without a `step` 8 unless given. The file's format is its
    suffix's, and it is either whole or absent. Raises VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, exporter
    from voiceguide.sound.mix import Mix
    from voiceguide.sound.settle import Settling
    from voiceguide.store.files import check_target, whole

    target = Path(path)
    export = exporter(target)
    export.check(Options())
    check_target(target, overwrite=overwrite)
    if seconds is not None and not seconds >= 1:
        raise UsageError(f"--seconds: expected 1 or more, got {seconds:g}")
    most = SECONDS if seconds is None and step is None else seconds
    session = Session(routine, choices, voice, pace, warn)

    def parts_of(draft: Draft) -> tuple[Part, ...]:
        return _parts(draft.layout.chapters, None if step is None else _numbers(session, draft, step), most)

    with opened_cache(warn) as cache:
        narrator = narrator_of(session.voice, session.language, cache, progress)
        session.check_sounds()
        under = session.under(cache)
        draft = _narrated(session, narrator, parts_of)
        parts = parts_of(draft)
        timeline = session.timeline(draft, estimated=True)
        clips = tuple(_within(timeline.clips, parts))
        mix = Mix(
            clips,
            timeline.duration,
            narrator.takes(heard(clips, draft.script)),
            sounds_of(clips, routine.folder, cache),
            under(timeline, Settling(timeline, 0.0)) if under else None,
        )
        stretches = _stretches(parts)
        frames = sum(stop - start for start, stop in stretches)

        def tell(done: int) -> None:
            if progress:
                progress("encoding", done, frames)

        tags = replace(session.tags(timeline), title=f"{timeline.title} (preview)", chapters=tuple(_chapters(parts)))
        with whole(target, overwrite=overwrite) as file:
            export.write(file, _faded(mix, stretches), frames=frames, tags=tags, options=Options(), progress=tell)
    return parts


def _numbers(session: Session, draft: Draft, step: str) -> tuple[int, ...]:
    """The numbers, as they are played in a draft, of the steps that the listener means. Raises UsageError."""
    routine, written = session.routine, draft.script
    words = Wording(routine, session.language, draft.figures).name
    return asked_for(step, routine, session.choices, written.base, written.setup, words)


def _parts(chapters: Iterable[Chapter], numbers: Iterable[int] | None, most: float | None) -> tuple[Part, ...]:
    """The chapters of the steps of these numbers, or the first of each step for None; no more than `most` seconds."""
    steps = [chapter for chapter in chapters if chapter.step is not None]
    if numbers is None:
        # A group's steps come again on its other side; backwards, so that the first of each number is what stays.
        wanted = sorted({chapter.step: chapter for chapter in reversed(steps)}.values(), key=lambda each: each.start)
    else:
        wanted = [chapter for chapter in steps if chapter.step in set(numbers)]
    return tuple(
        Part(chapter.title, chapter.start, chapter.end if most is None else min(chapter.end, chapter.start + most))
        for chapter in wanted
    )


def _narrated(session: Session, narrator: Narrator, parts_of: Callable[[Draft], tuple[Part, ...]]) -> Draft:
    """Speak what sounds in the parts, and return the session as it is laid out by that and the estimates of the rest.

    Raises UsageError for a step that is not there, before anything is spoken, and RoutineError for what does not fit.
    """
    draft = session.decided(narrator)
    while unspoken := _unspoken(session, narrator, draft, parts_of(draft)):
        narrator.lengths(unspoken)
        draft = session.drafting.draft(session.guessed(narrator))  # other words may have come into the parts by that
    known = narrator.known_lengths(sentences(draft.script.utterances()).values())
    try:
        measured = session.measured(known, draft)
    except (RoutineError, UsageError):
        # By estimate it is too tight: only all of it, spoken, tells whether it is.
        return session.narrated(narrator, draft)
    session.tell(draft)
    return measured


def _unspoken(session: Session, narrator: Narrator, draft: Draft, parts: tuple[Part, ...]) -> tuple[Sentence, ...]:
    """The sentences that are to be spoken and are not: those in the parts, and those that their times depend on."""
    pieces = heard(_within(draft.layout.clips, parts), draft.script)
    wanted = {sentence.spoken: sentence for piece in pieces for sentence in piece.sentences}
    if (session.choices.total() or session.routine.total(draft.script.base)) is not None:
        wanted |= sentences(draft.script.utterances() if _is_squeezed(draft) else _outside(draft.script))
    known = narrator.known_lengths(wanted.values())
    return tuple(sentence for spoken, sentence in wanted.items() if spoken not in known)


def _is_squeezed(draft: Draft) -> bool:
    """Whether a slot is below its short value: how far each can shrink depends on the words in it."""
    works = zip(draft.script.works, draft.layout.slots, strict=True)
    return any(work.low is not None and slot < work.low - 1e-6 for work, slot in works)


def _outside(written: Script) -> Iterator[Utterance]:
    """Yield what is said outside of the slots, and the instructions of steps that are as long as their words."""
    yield from (utterance for utterance in written.utterances() if utterance.role not in IN_SLOTS)
    for work in written.works:
        if work.low is None:
            yield from (side.instruction for side in work.sides if side.instruction)


def _within(clips: Iterable[Clip], parts: tuple[Part, ...]) -> Iterator[Clip]:
    """Yield the clips of which something is heard in the parts."""
    for clip in clips:
        if any(clip.start < part.end and part.start < clip.end for part in parts):
            yield clip


def _stretches(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    """The session's sample frames [start, stop) of the parts; those that follow each other at once are one stretch."""
    found: list[tuple[int, int]] = []
    for part in parts:
        start, stop = round(part.start * SAMPLE_RATE), round(part.end * SAMPLE_RATE)
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, stop))
    return found


def _chapters(parts: tuple[Part, ...]) -> Iterator[tuple[str, float, float]]:
    """Yield (title, start, end) of each part in the preview's own seconds."""
    at = 0.0
    for part in parts:
        yield part.title, at, at + part.end - part.start
        at += part.end - part.start


def _faded(mix: Mix, stretches: Iterable[tuple[int, int]]) -> Iterator[NDArray[np.float32]]:
    """Yield the samples of each stretch, block by block, faded at both ends."""
    import numpy as np

    from voiceguide.sound.mix import BLOCK

    for start, stop in stretches:
        for first in range(start, stop, BLOCK):
            block = mix.block(first, min(BLOCK, stop - first))
            frames = np.arange(first, first + len(block))
            progress = np.minimum(
                (frames - start) / (FADE_IN * SAMPLE_RATE), (stop - frames) / (FADE_OUT * SAMPLE_RATE)
            )
            block *= (0.5 - 0.5 * np.cos(np.pi * np.minimum(progress, 1.0))).astype(np.float32)[:, None]
            yield block
