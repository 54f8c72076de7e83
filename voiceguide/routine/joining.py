"""Joining: several routines become one, which is played as one session.

What a routine says for all its steps (reminders, setups, the sounds beside it) goes into the steps themselves, so that
each keeps its own; what is said once (needs, safety, closing) is said of all. How long the named lengths last is the
session's business: see `session.joined`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.durations import LENGTHS
from voiceguide.errors import RoutineError, UsageError, option
from voiceguide.routine import finding, sounds
from voiceguide.routine.languages import languages, untranslated
from voiceguide.routine.model import Cue, Group, OwnSound, Rhythm, Routine, Safety, Settle, Step, Text
from voiceguide.routine.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from voiceguide.errors import Fault

MOST = 6
"""Routines in one session: more would need a gate that nobody listens to."""
NO_BED = "none"
CHILD = "child"
"""The tag of a routine that is done to a child, by somebody grown up."""


def load(routine: str | Path, own: Iterable[Path] = (), *, beside: Path | None = None) -> Routine:
    """Return the routine of a name or a path, or of several with `+` between them.

    Raises UsageError where one is not there or they cannot be joined, RoutineError with every fault of all files.
    """
    return read_all(finding.find_all(routine, own, beside=beside))


def read_all(files: Iterable[Path]) -> Routine:
    """Return the routine of one file, or of several, joined in their order. Raises what `load` raises."""
    return read_each([(file.stem, partial(read, file)) for file in files])


def read_each(parts: Sequence[tuple[str, Callable[[], Routine]]]) -> Routine:
    """Return the routine of one reading, or of several, joined; each is told by its name. Raises what `load` raises."""
    _check_count(len(parts), finding.JOIN.join(name for name, _ in parts))
    routines: list[Routine] = []
    faults: list[Fault] = []
    for _, reading in parts:
        try:
            routines.append(reading())
        except RoutineError as error:
            faults += error.faults
    if faults:
        raise RoutineError(faults)
    return join(routines)


def join(routines: Iterable[Routine]) -> Routine:
    """Return one routine that plays some in their order; one alone stays as it is.

    Raises UsageError for more than MOST, for one that is there twice, and where they differ in the audience or share
    no language.
    """
    parts = tuple(routines)
    if len(parts) == 1:
        return parts[0]
    name = finding.JOIN.join(part.name for part in parts)
    _check(parts, name)
    return _joined(parts, name)


def twice(routine: Routine) -> Routine:
    """Return a routine as two turns, in the second of which the giver receives. Raises UsageError where it has none."""
    swap = option("swap")
    if routine.audience == "self":
        raise UsageError(f"{swap}: expected a routine for two, {routine.name} is for one alone: leave it out")
    if routine.receivers > 1:
        raise UsageError(f"{swap}: {routine.name} has two turns already, one each: leave it out")
    if CHILD in routine.tags:
        raise UsageError(f"{swap}: {routine.name} is for a child's back, and a child gives no massage: leave it out")
    parts = routine.parts or (routine,)
    _check_extent((*parts, *parts), routine.name)
    joined = _joined((*parts, *parts), routine.name)
    return replace(joined, title=routine.title, summary=routine.summary, second_turn=len(parts))


def _joined(parts: tuple[Routine, ...], name: str) -> Routine:
    shared = _shared_languages(parts)
    if not shared:
        have = "; ".join(f"{part.name} has {', '.join(languages(part)) or 'none wholly'}" for part in parts)
        raise UsageError(f"{name}: expected routines that share a language, {have}: translate one, or play them apart")
    merged = _Merging(parts, shared)
    first = parts[0]
    own = _OwnSounds()
    setups = _setups(parts)
    return Routine(
        name=name,
        folder=first.folder,
        title=merged.text([part.title for part in parts], _title),
        summary=merged.text([part.summary for part in parts if part.summary], lambda _, said: " ".join(said)),
        language=first.language if first.language in shared else shared[0],
        audience=first.audience,
        tags=tuple(dict.fromkeys(tag for part in parts for tag in part.tags)),
        position=first.position,
        setups=setups,
        bed=_bed(parts, own),
        need=merged.texts(lambda part: part.need),
        safety=Safety(
            do_not_start=merged.texts(lambda part: part.safety.do_not_start),
            ask_first=merged.texts(lambda part: part.safety.ask_first),
            avoid=merged.texts(lambda part: part.safety.avoid),
            more=merged.texts(lambda part: part.safety.more),
            core=merged.texts(lambda part: part.safety.core),
            always=merged.texts(lambda part: part.safety.always),
            place=first.safety.place,
        ),
        lengths=(),
        reminders=(),
        closing=merged.texts(lambda part: part.closing),
        receivers=max(part.receivers for part in parts),
        settle=_Folding(parts, 0, setups, own).settle(),
        end=parts[-1].end,
        quiet_end=parts[-1].quiet_end,
        steps=tuple(step for number in range(len(parts)) for step in _Folding(parts, number, setups, own).steps()),
        place=first.place,
        parts=parts,
        sounds=own.renamed(first.folder),
        author=", ".join(dict.fromkeys(part.author for part in parts if part.author)),
    )


def setup_of(part: Routine, chosen: str | None) -> str | None:
    """Return the setup that a part is played in: the session's, or its own first where it does not know that one."""
    if chosen in part.setups:
        return chosen
    return part.setups[0] if part.setups else None


def once(routine: Routine, texts: Iterable[Text], language: str) -> tuple[Text, ...]:
    """Return a routine's texts; of a joined one without those that say in a language what one before them says.

    What is one thing in one language may be two in another, so that joining alone cannot tell.
    """
    if not routine.parts:
        return tuple(texts)
    found: dict[str, Text] = {}
    for text in texts:
        found.setdefault(_plain(text.get(language) or ""), text)
    return tuple(found.values())


def _check_count(count: int, name: str) -> None:
    if count > MOST:
        raise UsageError(f"{name}: expected at most {MOST} routines in one session, got {count}: make two of it")


def _check(parts: tuple[Routine, ...], name: str) -> None:
    _check_count(len(parts), name)
    seen: list[tuple[Step | Group, ...]] = []
    for part in parts:
        if part.steps in seen:
            raise UsageError(
                f"{name}: expected each routine once, got {part.name} twice: for more of it ask for a longer session"
            )
        seen.append(part.steps)
    _check_extent(parts, name)
    if len({part.audience for part in parts}) > 1:
        of = "; ".join(f"{part.name} is for {'one alone' if part.audience == 'self' else 'a giver'}" for part in parts)
        raise UsageError(f"{name}: expected routines for the same people (audience), {of}: play them apart")


def _check_extent(parts: tuple[Routine, ...], name: str) -> None:
    from voiceguide.routine import limits

    for _, message in limits.beyond(map(limits.of, parts)):
        raise UsageError(f"{name}: {message}: make two sessions of it")


def _shared_languages(parts: tuple[Routine, ...]) -> tuple[str, ...]:
    """Return the languages that all parts are wholly there in, in the order in which they are met."""
    known = dict.fromkeys(tag for part in parts for tag in languages(part))
    return tuple(tag for tag in known if not any(untranslated(part, tag) for part in parts))


def _title(language: str, titles: list[str]) -> str:
    try:
        return phrases.load(language).in_order(titles)
    except UsageError:  # a language that no session can be in
        return ", ".join(titles)


def _setups(parts: tuple[Routine, ...]) -> tuple[str, ...]:
    """Return the setups that can be chosen: first those that all parts which have any share, then the others."""
    having = [part.setups for part in parts if part.setups]
    known = dict.fromkeys(setup for setups in having for setup in setups)
    return tuple(sorted(known, key=lambda setup: not all(setup in setups for setups in having)))


def _bed(parts: tuple[Routine, ...], own: _OwnSounds) -> str | None:
    """Return the first bed that a part names; silence only where none names one."""
    for part in parts:
        if part.bed not in (None, NO_BED):
            return own.name(part, part.bed, "beds")
    return NO_BED if any(part.bed for part in parts) else None


class _Merging:
    """Makes one text, and one list, of those of all parts."""

    def __init__(self, parts: tuple[Routine, ...], languages: tuple[str, ...]) -> None:
        self.parts = parts
        self.languages = languages

    def text(self, texts: list[Text], together: Callable[[str, list[str]], str]) -> Text:
        """Return one text of several, in the languages that all parts share."""
        said = ((tag, together(tag, [text.get(tag) or "" for text in texts])) for tag in self.languages)
        return Text(tuple(said), self.parts[0].title.place)

    def texts(self, of: Callable[[Routine], tuple[Text, ...]]) -> tuple[Text, ...]:
        """Return the texts of all parts, those once that say the same in every shared language."""
        found: dict[tuple[str, ...], Text] = {}
        for text in (text for part in self.parts for text in of(part)):
            found.setdefault(tuple(_plain(text.get(tag) or "") for tag in self.languages), text)
        return tuple(found.values())


def _plain(said: str) -> str:
    return " ".join(said.casefold().split()).rstrip(".")


class _OwnSounds:
    """Names for the sounds that stand beside the parts: their own, unless a sound of another folder has it already."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Path, str]] = {}

    def name(self, part: Routine, sound: str, kind: sounds.Kind) -> str:
        """Return what a sound of a part is called in the joined routine."""
        if sound in ("none", *sounds.bundled(kind)):
            return sound
        here = (part.folder, sound)
        names = (sound, *(f"{number}/{sound}" for number in range(2, MOST + 1)))
        name = next(name for name in names if self._found.get(name, here) == here)
        self._found[name] = here
        return name

    def renamed(self, folder: Path) -> tuple[OwnSound, ...]:
        """Return those that are not found under their names in `folder`."""
        found = (OwnSound(name, *there) for name, there in self._found.items())
        return tuple(own for own in found if (own.folder, own.file) != (folder, own.name))


class _Folding:
    """A part's steps as they stand in the joined routine: with all that its file says for each of them."""

    def __init__(self, parts: tuple[Routine, ...], number: int, setups: tuple[str, ...], own: _OwnSounds) -> None:
        self.part = parts[number]
        self.number = number
        self.setups = setups
        self.own = own

    def steps(self) -> Iterator[Step | Group]:
        """Yield them, without those that no setup of the session plays."""
        for step in self.part.steps:
            only = self._only(step.only)
            if only is None:
                continue
            if isinstance(step, Step):
                yield self._step(step, only)
                continue
            inner = tuple(self._step(one, own) for one in step.steps if (own := self._only(one.only)) is not None)
            if inner:
                yield replace(step, only=only, steps=inner)

    def settle(self) -> tuple[Settle, ...]:
        """Return what its receiver does at first, without what no setup of the session hears."""
        kept = ((settle, self._only(settle.only)) for settle in self.part.settle)
        return tuple(replace(settle, only=only) for settle, only in kept if only is not None)

    def _step(self, step: Step, only: tuple[str, ...]) -> Step:
        return replace(
            step,
            only=only,
            chime=self.own.name(self.part, step.chime, "chimes"),
            rhythm=self._rhythm(step.rhythm) if step.rhythm else None,
            show=self.own.name(self.part, step.show, "drawings") if step.show else None,
            cues=tuple(self._cue(cue, own) for cue in step.cues if (own := self._only(cue.only)) is not None),
            reminders=(*step.reminders, *self.part.reminders) if step.duration else step.reminders,
            part=self.number,
        )

    def _cue(self, cue: Cue, only: tuple[str, ...]) -> Cue:
        return replace(cue, only=only, chime=self.own.name(self.part, cue.chime, "chimes") if cue.chime else None)

    def _rhythm(self, rhythm: Rhythm) -> Rhythm:
        return replace(rhythm, sound=self.own.name(self.part, rhythm.sound, "chimes"))

    def _only(self, only: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return `only` in the session's setups, None where none of them plays it."""
        asked = [name for name in only if name not in LENGTHS]
        if not asked:
            return only
        playing = tuple(setup for setup in self.setups if setup_of(self.part, setup) in asked)
        lengths = tuple(name for name in only if name in LENGTHS)
        if len(playing) == len(self.setups):
            return lengths
        return (*lengths, *playing) if playing else None
