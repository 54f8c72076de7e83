"""Previews: a step of a session as the session plays it, or how each step begins, speaking no more than that needs.

A session is planned by estimate, what sounds in the parts to be heard is spoken, and it is planned again by what was
measured, until nothing is missing. So a part has its words, sounds, bed, levels and times. In a session with an exact
total the slots share what the words outside of them leave: those are spoken too, and all where the total squeezes the
slots, so that a step lasts as long as it will.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.choices import Levels, argument
from voiceguide.choices.kinds import Number
from voiceguide.durations import LONGEST
from voiceguide.errors import RoutineError, UsageError, option
from voiceguide.script.selection import asked_for
from voiceguide.script.wording import Wording
from voiceguide.session.finishing import tags as tags_of
from voiceguide.session.making import booth, ground, laid
from voiceguide.session.narration import drafted, guessed, heard, measured, narrated, sentences, tell_filled
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.script import Script
    from voiceguide.session.composing import Session
    from voiceguide.session.drafting import Draft
    from voiceguide.session.making import Means
    from voiceguide.session.narrate import Narrator
    from voiceguide.session.writing import Target
    from voiceguide.sound.mix import Mix
    from voiceguide.text.utterance import Sentence, Utterance
    from voiceguide.timeline import Chapter, Clip

SECONDS = 8.0
"""Of each step, unless asked otherwise."""
MOST = Number(1, LONGEST, "S", "seconds")
"""Of each step, when asked."""
FADE_IN = 0.01
"""Seconds: short, as a part begins with the stroke of its chime."""
FADE_OUT = 0.4
"""Seconds at the end of each part."""
IN_SLOTS = frozenset(
    {"instruction", "name", "cue", "reminder", "check_in", "next", "press", "release", "time_left"}
    | {"out", "back", "last", "recover", "halfway", "last-minute"}
)
"""Roles of what is said in slots, whose length it does not change where a step has a `duration`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is heard of a session: a chapter, or the beginning of one."""

    title: str
    """The step's name."""
    start: float
    """Seconds from the session's start."""
    end: float


class Wanted(NamedTuple):
    """What is to be heard of a session."""

    step: str | None
    """A step's name or number; None is every step once."""
    most: float | None
    """Seconds at most of each; None is all of it."""

    @classmethod
    def of(cls, step: str | int | None, seconds: float | None) -> Wanted:
        """Take what was asked for.

        Raises UsageError for less than a second, and for what is no step's name or number.
        """
        most = None if seconds is None else argument("seconds", MOST, seconds)
        if step is None:
            return cls(None, most or SECONDS)
        if isinstance(step, bool) or not isinstance(step, str | int):
            raise UsageError(f"{option('step')}: expected a step's name or number, got {step!r}", got=step)
        return cls(str(step), most)


def preview(session: Session, wanted: Wanted, target: Target, means: Means) -> tuple[Part, ...]:
    """Write what is wanted of a session to a file, and return the parts it is made of. Raises VoiceguideError."""

    def parts_of(draft: Draft) -> tuple[Part, ...]:
        numbers = None if wanted.step is None else _numbers(session, draft, wanted.step)
        return _parts(draft.layout.chapters, numbers, wanted.most)

    with booth(session.voice, session.language, means) as opened:
        bed = ground(session, opened.cache)
        draft = _narrated(session, opened.narrator, parts_of)
        parts = parts_of(draft)
        timeline = session.timeline(draft, estimated=True)
        clips = tuple(_within(timeline.clips, parts))
        pieces = heard(clips, draft.script)
        tell_filled(session, tuple(sentence for piece in pieces for sentence in piece.sentences))
        mix = laid(opened, bed, draft, timeline, session, Levels(), clips)
        title, chapters = f"{timeline.title} (preview)", tuple(_chapters(parts))
        tags = replace(
            tags_of(session, timeline, Levels(), artist=session.routine.author), title=title, chapters=chapters
        )
        target.write(_Stretches(mix, tuple(_stretches(parts))), tags, opened.cache, means)
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
    draft = drafted(session, narrator)
    while unspoken := _unspoken(session, narrator, draft, parts_of(draft)):
        narrator.lengths(unspoken)
        draft = guessed(session, narrator)  # other words may have come into the parts by that
    known = narrator.known_lengths(sentences(draft.script.utterances()).values())
    try:
        laid = measured(session, known, draft)
    except (RoutineError, UsageError):
        # By estimate it is too tight: only all of it, spoken, tells whether it is.
        return narrated(session, narrator, draft)
    session.tell(draft)
    return laid


def _unspoken(session: Session, narrator: Narrator, draft: Draft, parts: tuple[Part, ...]) -> tuple[Sentence, ...]:
    """The sentences that are to be spoken and are not: those in the parts, and those that their times depend on."""
    pieces = heard(_within(draft.layout.clips, parts), draft.script)
    wanted = {sentence.spoken: sentence for piece in pieces for sentence in piece.sentences}
    keys = {piece.key for piece in pieces}
    varied = (said for said in draft.script.utterances() if any(piece.key in keys for piece in said.pieces()))
    wanted |= {sentence.spoken: sentence for said in varied for each in said.others for sentence in each.sentences()}
    if session.drafting.total is not None:
        others = sentences(draft.script.utterances() if _is_squeezed(draft) else _outside(draft.script))
        wanted |= {sentence.spoken: sentence for sentence in narrator.sayable(others.values())}
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


class _Stretches(NamedTuple):
    """Stretches of a mix as one sound, faded at both ends of each."""

    mix: Mix
    spans: tuple[tuple[int, int], ...]
    """Sample frames [start, stop) of the mix."""

    @property
    def frames(self) -> int:
        """How many sample frames there are."""
        return sum(stop - start for start, stop in self.spans)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Yield the samples of each stretch, block by block."""
        import numpy as np

        from voiceguide.sound.mix import BLOCK

        for start, stop in self.spans:
            for first in range(start, stop, BLOCK):
                block = self.mix.block(first, min(BLOCK, stop - first))
                frames = np.arange(first, first + len(block))
                progress = np.minimum(
                    (frames - start) / (FADE_IN * SAMPLE_RATE), (stop - frames) / (FADE_OUT * SAMPLE_RATE)
                )
                block *= (0.5 - 0.5 * np.cos(np.pi * np.minimum(progress, 1.0))).astype(np.float32)[:, None]
                yield block
