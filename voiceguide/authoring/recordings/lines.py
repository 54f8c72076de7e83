"""The lines that an author reads aloud for a voice of their own: every sentence that some sessions speak, numbered.

Some words depend on how long others last, as the session's minutes do, and how fast somebody reads is not known before.
So a session is planned for slow and for fast readers, and what any of them would hear is to be read; so is what another
visit would say. Numbers are the same on every machine: plans are made by a pace alone, never by a voice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import RoutineError, UsageError, VoiceguideError
from voiceguide.session.composing import Session
from voiceguide.session.filling import calibration, lacking
from voiceguide.session.narration import heard
from voiceguide.text.pronouncing import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voiceguide.choices import Choices
    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.script import Script
    from voiceguide.text.utterance import Sentence

PACES = (0.8, 0.9, 1.15, 1.3, 1.5)
"""How much longer or shorter than usual somebody may take over the words."""
SOUND_CHECK = "Sound check"
"""Over the line by which the voice's level is told."""

_BY_PACE = "tone"
"""The engine that reads at the pace exactly."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to be read."""

    number: int
    """From 1."""
    chapter: str
    """The title of what it is heard in first."""
    text: str
    """As its author wrote it."""
    spoken: str
    """As it is said: numbers in words."""


class _Said(NamedTuple):
    """A sentence where it is heard."""

    chapter: str
    text: str
    spoken: str


def lines(
    routine: Routine, sessions: Iterable[Choices], voice: str | None = None, *, visits: bool = True
) -> tuple[Line, ...]:
    """Return what is to be read for every one of some sessions, in the order of hearing.

    With `visits` it is for all visits to them: each wording that has others stands beside those. With the id of a
    `voice` of recordings, what its own plans need beside that comes last. Raises UsageError and RoutineError for a
    session that cannot be.
    """
    wanted = tuple(sessions)
    found: list[_Said] = []
    planned = [Session(routine, replace(each, voice=_BY_PACE, fill=None)) for each in wanted]
    for session in planned:
        language = session.language
        _merge(found, (_Said(SOUND_CHECK, calibration(language), calibration(language)),))
    exact = [tuple(_of(session, session.estimates, visits=visits)) for session in planned]
    for said in sorted(exact, key=len, reverse=True):
        _merge(found, said)
    for session in planned:
        for pace in PACES:
            try:
                _merge(found, tuple(_of(session, session.estimates.scaled(pace), visits=visits)))
            except (RoutineError, UsageError):
                continue  # so slow that it does not fit: told once it is rendered
    if voice is not None:
        known = {said.spoken for said in found}
        found += [said for said in needed(routine, wanted, voice, visits=visits).said if said.spoken not in known]
    return tuple(Line(number, *said) for number, said in enumerate(found, 1))


class Needed(NamedTuple):
    """What sessions speak in a voice of recordings, by its own lengths."""

    said: tuple[_Said, ...]
    faults: tuple[VoiceguideError, ...]
    """Why a session cannot be as it was read: so slowly, that it does not fit."""


def needed(routine: Routine, sessions: Iterable[Choices], voice: str, *, visits: bool = True) -> Needed:
    """Return what some sessions, and with `visits` all visits to them, speak in a voice.

    Where they do not fit as they were read, it is by the usual pace.
    """
    said: dict[str, _Said] = {}
    faults: list[VoiceguideError] = []
    for each in sessions:
        for speaking in (voice, _BY_PACE):
            session = Session(routine, replace(each, voice=speaking, fill=None))
            try:
                found = [*_of(session, session.estimates, visits=visits)]
            except (RoutineError, UsageError) as error:
                faults.append(error)
                continue
            said |= {one.spoken: one for one in found}
            break
    return Needed(tuple(said.values()), tuple(faults))


class Missing(NamedTuple):
    """What a voice of recordings lacks for some sessions."""

    lines: tuple[Line, ...]
    faults: tuple[VoiceguideError, ...]
    """Why a session cannot be as it was read, as `Needed` has them."""


def missing(
    found: Sequence[Line], routine: Routine, sessions: Iterable[Choices], voice: str, *, visits: bool = True
) -> Missing:
    """Return which of some lines a voice of recordings lacks for the sessions as they are by its own lengths."""
    wanted = tuple(sessions)
    speaking = Session(routine, replace(wanted[0], voice=voice, fill=None)).voice
    said, faults = needed(routine, wanted, voice, visits=visits)
    heard_now = {one.spoken for one in said}
    lacks = set(lacking(speaking, (line.spoken for line in found)))
    wanted_now = (line for line in found if line.spoken in heard_now or line.chapter == SOUND_CHECK)
    return Missing(tuple(line for line in wanted_now if line.spoken in lacks), faults)


def _of(session: Session, lengths: Lengths, *, visits: bool) -> Iterator[_Said]:
    """Yield the sentences of a session, as it is laid out by some lengths, in the order of hearing.

    With `visits` each is followed by what other visits say in its place: what is heard where is the same on all.
    """
    draft = session.drafting.again(session.drafting.draft(lengths), lengths)
    pieces = {piece.key: piece for piece in heard(draft.layout.clips, draft.script)}
    others = _others(draft.script) if visits else {}
    chapters = list(draft.layout.chapters)
    for clip in draft.layout.clips:
        while len(chapters) > 1 and clip.start >= chapters[0].end:
            del chapters[0]
        for sentence in (*(pieces[clip.take].sentences if clip.take in pieces else ()), *others.get(clip.take, ())):
            yield _said(chapters[0].title, sentence)


def _others(script: Script) -> dict[str, tuple[Sentence, ...]]:
    """What other visits say in place of each piece that is said on this one."""
    found: dict[str, tuple[Sentence, ...]] = {}
    for said in script.utterances():
        sentences = tuple(sentence for other in said.others for sentence in other.sentences())
        for piece in said.pieces() if sentences else ():
            found[piece.key] = (*found.get(piece.key, ()), *sentences)
    return found


def _said(chapter: str, sentence: Sentence) -> _Said:
    return _Said(chapter, sentence.text, plain(sentence.spoken))


def _merge(found: list[_Said], said: Iterable[_Said]) -> None:
    """Put what is new behind what is heard before it; what is heard several times stands where it is heard first."""
    before: str | None = None
    once: dict[str, _Said] = {}
    for each in said:
        once.setdefault(each.spoken, each)
    known = {one.spoken for one in found}
    for each in once.values():
        if each.spoken not in known:
            place = min(1, len(found)) if before is None else _place(found, before) + 1
            around = {one.chapter for one in found[max(place - 1, 0) : place + 1]}
            chapter = around.pop() if len(around) == 1 and place < len(found) else each.chapter
            found.insert(place, each if chapter == SOUND_CHECK else each._replace(chapter=chapter))
        before = each.spoken


def _place(found: Sequence[_Said], spoken: str) -> int:
    # From the end: what is new at first comes behind the newest.
    return next(place for place in range(len(found) - 1, -1, -1) if found[place].spoken == spoken)
