"""The routine: what a YAML file says, frozen, with the place of everything that can be at fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from voiceguide.text.languages import nearest, wider

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from voiceguide.durations import Length, Range
    from voiceguide.errors import Place
    from voiceguide.text.pronouncing import Pronunciation

MOST_ROUNDS = 500
"""Rounds or cycles of one slot, as long as a listener asks for it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text, in one or more languages."""

    by_language: tuple[tuple[str, str], ...]
    """(BCP 47 tag, text as the author wrote it, marks and placeholders in it); a plain string is in the file's own."""
    place: Place = field(compare=False)
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(BCP 47 tag, its other wordings), for the languages in which it has several: each visit says another."""

    def languages(self) -> tuple[str, ...]:
        """The languages it is written in, in the file's order."""
        return tuple(language for language, _ in self.by_language)

    def get(self, language: str) -> str | None:
        """The text in `language`, or in the nearest wider one (`de-AT` falls back to `de`), else None."""
        found = self._tag(language)
        return None if found is None else dict(self.by_language)[found]

    def wordings(self, language: str) -> tuple[str, ...]:
        """All that may be said of it in `language`, the first wording first; none where it is not there."""
        found = self._tag(language)
        return () if found is None else (dict(self.by_language)[found], *dict(self.others).get(found, ()))

    def _tag(self, language: str) -> str | None:
        for tag, _ in self.by_language:  # as nearly always, and asked for thousands of times in a plan
            if tag == language:
                return tag
        return nearest(language, self.languages())

    def written(self) -> tuple[str, ...]:
        """Every wording in every language."""
        return tuple(text for tag in self.languages() for text in self.wordings(tag))


@dataclass(frozen=True, slots=True)
class Duration:
    """A slot's length, for the short and the full routine."""

    short: Range
    full: Range
    place: Place = field(compare=False)

    @property
    def low(self) -> float:
        """The short value a: the low end of the short side, in seconds."""
        return self.short.low

    @property
    def high(self) -> float:
        """The full value b: the high end of the full side, in seconds."""
        return self.full.high


@dataclass(frozen=True, slots=True)
class At:
    """When a cue is due in its slot."""

    kind: Literal["share", "start", "end"]
    """A share of the slot, seconds after its start, or seconds before its end."""
    value: float
    """0 < share < 1, else seconds above or at 0."""
    written: str
    """As the author wrote it, for messages."""

    def seconds(self, slot: float) -> float:
        """The moment in a slot of `slot` seconds, from the slot's start."""
        if self.kind == "share":
            return self.value * slot
        return self.value if self.kind == "start" else slot - self.value


@dataclass(frozen=True, slots=True)
class Cue:
    """Words or a sound at a moment of the slot; one of `say` and `chime` is set."""

    at: At
    say: Text | None
    chime: str | None
    only: tuple[str, ...]
    """Lengths and setups; empty means always."""
    place: Place = field(compare=False)
    say_again: Text | None = None
    """What is said on later sides; None is the same again."""
    once: bool = False
    """Whether nothing is said on later sides."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Rounds of sink, press, release, move."""

    times: tuple[tuple[Length, int], ...]
    """Rounds for short and full; empty when they fill the slot."""
    press: float
    """Seconds."""
    release: float
    sink: float
    move: float
    say_press: Text | None
    say_release: Text | None
    spoken: int | Literal["all"]
    """Voiced are the first `spoken` rounds and the last; 0 voices none."""
    place: Place = field(compare=False)

    @property
    def round(self) -> float:
        """Seconds of one whole round, its move included."""
        return self.sink + self.press + self.release + self.move


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Strokes paced in cycles: out, then back."""

    out: float
    """Seconds."""
    back: float
    lift: bool
    """A one-way stroke: nothing is said on the way back."""
    say_out: Text | None
    say_back: Text | None
    say_last: Text | None
    voiced: int
    """Cycles that are spoken at first."""
    sound: str
    """A sound's name or a file beside the routine; "none" for silence."""
    sounded: int
    """Cycles after them that sound."""
    again: float
    """Seconds without a word after which a cycle is spoken anew; 0 for never."""
    place: Place = field(compare=False)

    @property
    def cycle(self) -> float:
        """Seconds of one whole cycle."""
        return self.out + self.back


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a chapter, or one a side in a group."""

    name: Text
    say: tuple[Text, ...]
    """The instruction's items; empty when hold or duration stands in its place."""
    duration: Duration | None
    only: tuple[str, ...]
    stretch: bool
    sides: tuple[Text, ...]
    """One slot a side; empty for a step without sides. `left` and `right` are keywords of the phrases."""
    say_again: tuple[Text, ...]
    switch: Text | None
    hold: Hold | None
    cues: tuple[Cue, ...]
    reminders: tuple[Text, ...]
    warn: Text | None
    check_in: bool
    oil: bool
    pressure: int | None
    position: Text | None
    chime: str
    """A sound's name or a file beside the routine; "none" for silence."""
    transition: float
    """Seconds the lead-in (and a changeover) lasts at least."""
    ready: bool
    place: Place = field(compare=False)
    part: int = 0
    """Which part of a joined routine it is of."""
    rhythm: Rhythm | None = None
    touch: bool = True
    """Whether the hands are on a body."""
    show: str | None = None
    """A drawing's name, or its file beside the routine."""

    @property
    def sounds(self) -> tuple[str, ...]:
        """The sounds it names, in the file's order; "none" is none."""
        named = (self.chime, *(cue.chime for cue in self.cues), self.rhythm.sound if self.rhythm else None)
        return tuple(name for name in named if name and name != "none")


@dataclass(frozen=True, slots=True)
class Group:
    """Steps done all on one side, then all on the other."""

    name: Text
    sides: tuple[Text, ...]
    only: tuple[str, ...]
    switch: Text | None
    transition: float
    steps: tuple[Step, ...]
    place: Place = field(compare=False)


def inner(step: Step | Group) -> tuple[Step, ...]:
    """Return a group's own steps, or the step itself."""
    return step.steps if isinstance(step, Group) else (step,)


def every(steps: Iterable[Step | Group]) -> Iterator[Step]:
    """Yield every step in the file's order, groups' own too, and no group."""
    for step in steps:
        yield from inner(step)


@dataclass(frozen=True, slots=True)
class Safety:
    """What the gate says."""

    do_not_start: tuple[Text, ...]
    ask_first: tuple[Text, ...]
    avoid: tuple[Text, ...]
    more: tuple[Text, ...]
    """Shown, never spoken."""
    place: Place = field(compare=False)
    core: tuple[Text, ...] = ()
    """What is said of today in place of the language's own words, where there is no time for all."""
    always: tuple[Text, ...] = ()
    """Said of today however short the gate is."""


@dataclass(frozen=True, slots=True)
class Settle:
    """What the receiver does while the opening is spoken."""

    say: Text
    only: tuple[str, ...]
    """Lengths and setups; empty means always."""


@dataclass(frozen=True, slots=True)
class Pronounced:
    """How its author wants a word pronounced, in one language."""

    language: str
    how: Pronunciation
    place: Place = field(compare=False)


class FromDict(Protocol):
    """What makes a routine of a mapping."""

    def __call__(
        self, document: Mapping[str, Any], *, name: str = "routine", folder: str | Path | None = None
    ) -> Routine:
        """Return the routine of a mapping with the keys of a file."""


@dataclass(frozen=True, slots=True)
class OwnSound:
    """A sound or a drawing of a joined routine's that stands beside one of its parts."""

    name: str
    """What steps call it."""
    folder: Path
    file: str
    """Its name from there."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine: of one file, or of several that were joined."""

    name: str
    """The file's stem, as `upper-back`, or those of its parts, as `upper-back+feet`."""
    folder: Path
    """Where the file stands: sounds beside it are found here."""
    title: Text
    summary: Text | None
    language: str
    audience: Literal["giver", "self"]
    tags: tuple[str, ...]
    position: Text | None
    setups: tuple[str, ...]
    bed: str | None
    """None when the file does not say; "none" when it asks for silence."""
    need: tuple[Text, ...]
    safety: Safety
    lengths: tuple[tuple[Length, float], ...]
    """Exact totals in seconds."""
    reminders: tuple[Text, ...]
    closing: tuple[Text, ...]
    steps: tuple[Step | Group, ...]
    place: Place = field(compare=False)
    length_places: tuple[tuple[Length, Place], ...] = field(default=(), compare=False)
    """Where the file asks for each exact total."""
    receivers: int = 1
    """2 where two people take turns."""
    settle: tuple[Settle, ...] = ()
    end: Text | None = None
    """How the hands leave the body; None for the language's own words."""
    quiet_end: bool = False
    """Whether the closing wakes nobody: no end sound, and no word of getting up."""
    parts: tuple[Routine, ...] = ()
    """The routines it was joined of, as their files have them; none for a routine of one file."""
    second_turn: int = 0
    """The part with which the second of two turns begins, in which the giver receives; 0 where there is none."""
    pronounce: tuple[Pronounced, ...] = ()
    """How its words are pronounced."""
    sounds: tuple[OwnSound, ...] = ()
    """Where the sounds and drawings beside its parts are; those of one file are in its folder."""
    author: str = ""
    """Who wrote it; of a joined one all who did."""
    cover: str | None = None
    """A picture's file, beside it; a joined one has none: each of its parts has its own."""

    def pronunciations(self, language: str) -> tuple[Pronunciation, ...]:
        """How words are pronounced in a language, the last one of a word as it holds.

        What is told for `de-AT` alone is over what is told for `de`; among parts, the first one's is over the others'.
        """
        if self.parts:
            return tuple(one for part in reversed(self.parts) for one in part.pronunciations(language))
        tags = [*wider(language)]
        own = [one for one in self.pronounce if one.language.lower() in tags]
        return tuple(one.how for one in sorted(own, key=lambda one: -tags.index(one.language.lower())))

    def beside(self, sound: str) -> tuple[Path, str]:
        """Return the folder in which a sound or drawing that is not bundled is looked for, and its name from there."""
        own = next((own for own in self.sounds if own.name == sound), None)
        return (own.folder, own.file) if own else (self.folder, sound)

    @property
    def every_step(self) -> tuple[Step, ...]:
        """Every step in the file's order, groups' own too, whatever length or setup it is played in."""
        return tuple(every(self.steps))

    from_dict: ClassVar[FromDict]
    """Return the routine of a mapping with the keys of a file, as `Routine.from_dict({"title": …, "steps": […]})`.

    `name` stands in for the file's, and `folder` is where its own sounds are found. Raises RoutineError with every
    fault, by its path. (`reading` lends it, which knows what a file may say; the model does not.)
    """

    def total(self, length: Length) -> float | None:
        """The exact total the file asks of a length, in seconds."""
        return dict(self.lengths).get(length)
