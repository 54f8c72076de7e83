"""A listener's choices. Every option is said here once, in a line of `Choices`, `Levels`, `Label` or `Options`.

The command line, the config file and its variables, jobs files, the library's keywords, what a timeline repeats, and
their docs all derive from `TABLE`. A value is read by its kind, whatever it came from: typed, in a file, from Python.
Choices are checked against nothing but themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from voiceguide.choices.kinds import (
    Duration,
    Kind,
    Length,
    Lengths,
    LevelOrNone,
    Name,
    Names,
    Number,
    OneOf,
    Switch,
    Text,
    Texts,
    Unfit,
)
from voiceguide.errors import UsageError, option
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound import bed as beds
from voiceguide.voices import DEFAULT_PACE, FASTEST, SLOWEST

if TYPE_CHECKING:
    from collections.abc import Mapping

Talk = Literal["full", "calm", "minimal"]
Gate = Literal["auto", "core", "full", "brief"]
Told = Literal["never", "otherwise", "always"]

MOST_VISITS = 9999

SOFTEST_CHIMES_DB = -40.0
SOFTEST_LUFS = -30.0
"""14 LU below the usual voice."""
MOST_SETTLED_DB = 8.0
"""The bed follows the voice, so that it is no nearer at the end."""


_PACE = Number(SLOWEST, FASTEST, "WPM", "words a minute", f"{DEFAULT_PACE} is the usual one", whole=True)
_BED_LEVEL = Number(
    beds.SOFTEST_DB, beds.LOUDEST_DB, "DB", "dB from the voice", "a louder bed could not make room for the words"
)
_LOUDNESS = Number(SOFTEST_LUFS, VOICE_LUFS, "LUFS", "LUFS", "a louder voice would have its peaks cut")
_SETTLE = Number(0.0, MOST_SETTLED_DB, "DB", "dB", "a softer voice would sink into the bed")
_CHIME_LEVEL = LevelOrNone(Number(SOFTEST_CHIMES_DB, 0.0, "DB", "dB from as loud as they are"))
_VISIT = Number(1, MOST_VISITS, "N", "(1 is the first)", whole=True)
_BITRATE = Number(1, 999, "K", "kb/s", whole=True)
_QUALITY = Number(0, 9, "0..9", "(0 is best)", whole=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: what it is called, which values it takes, and what it is for."""

    field: str
    """The keyword in Python, and the key in a jobs file."""
    kind: Kind
    default: Any
    help: str
    flag: str
    """On the command line, without its dashes."""
    several: bool = False
    """Whether a batch may be asked for several values, and makes a session of each."""
    told: Told = "never"
    """Whether a timeline repeats it among its `choices`: always, or where it is otherwise than by default."""

    @property
    def negative(self) -> bool:
        """Whether the command line's switch says no."""
        return self.default is True

    def read(self, given: Any) -> Any:
        """Return the value that was meant; None leaves it to the routine or the program. Raises UsageError."""
        if given is None:
            return self.default
        return argument(self.field, self.kind, given)


def argument(name: str, kind: Kind, given: Any) -> Any:
    """Read a function's own argument as a choice is read. Raises UsageError by its name."""
    try:
        return kind.read(given)
    except Unfit as error:
        raise UsageError(f"{option(name)}: {error}", got=given) from None


def choice(
    kind: Kind,
    default: Any,
    purpose: str,
    *,
    flag: str = "",
    several: bool = False,
    told: Told = "never",
) -> Any:
    """Say an option: a field of one of the dataclasses below."""
    said = {"kind": kind, "help": purpose, "flag": flag, "several": several, "told": told}
    return field(default=default if default is None else kind.read(default), metadata=said)


class _Chosen:
    """What the dataclasses of choices share."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for each in table(type(self)):
            object.__setattr__(self, each.field, each.read(getattr(self, each.field)))

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Take those that are among some values, as they were given. Raises UsageError."""
        return cls(**{each.field: given[each.field] for each in table(cls) if each.field in given})

    def told(self) -> dict[str, Any]:
        """Return what a timeline repeats of them, by their keywords."""
        values = ((each, getattr(self, each.field)) for each in table(type(self)))
        return {
            each.field: value
            for each, value in values
            if each.told == "always" or (each.told == "otherwise" and value != each.default)
        }


@dataclass(frozen=True, slots=True)
class Choices(_Chosen):
    """What one session of a routine should be. Takes values in any form; each field has what was meant."""

    length: Length = choice(Lengths(), "short", "How long, in all.", several=True)
    language: str | None = choice(
        Text("L"), None, "Language of the session, as de or es; the routine's own by default.", several=True
    )
    voice: str | None = choice(
        Text("ENGINE[:NAME]|female|male"), None, "Who speaks; `voiceguide voices` lists them.", several=True
    )
    fill: str | None = choice(Text("ENGINE[:NAME]"), None, "Who speaks what a voice of your own has no recording of.")
    setup: str | None = choice(
        Text("NAME"), None, "How the receiver lies or sits, where a routine knows several.", several=True
    )
    talk: Talk = choice(OneOf(get_args(Talk), "Talk"), "full", "How much is said.", several=True)
    pace: int = choice(_PACE, DEFAULT_PACE, "Words a minute in a sentence.", several=True)
    bed: str | None = choice(Text("NAME|FILE|FOLDER|none"), None, "The sound under the voice.", several=True)
    bed_level: float | None = choice(_BED_LEVEL, None, "How loud the bed is in the pauses, from the voice, as -16.")
    gate: Gate = choice(
        OneOf(get_args(Gate), "Gate"), "auto", "The words of care before; auto is core under 15 min.", told="always"
    )
    chime_level: float | str | None = choice(
        _CHIME_LEVEL, None, "How much softer the chimes are, as -6; none leaves out all but the end's.", told="always"
    )
    safety: bool = choice(
        Switch(), True, "Only the brief words of care, for those who know them.", flag="skip-safety", told="always"
    )
    opening: bool = choice(
        Switch(), True, "Leave out the opening; the words of care stay.", flag="no-opening", told="always"
    )
    closing: bool = choice(Switch(), True, "Leave out the closing.", flag="no-closing", told="always")
    without: tuple[str, ...] = choice(
        Texts("STEP"), (), "Leave out a step, by name or number; repeatable.", told="always"
    )
    visit: int = choice(
        _VISIT, 1, "Which visit it is: each says some things in other words.", told="otherwise", several=True
    )
    names: tuple[str, str] | None = choice(
        Names("GIVER,RECEIVER"), None, "What the two are called, as Ben,Ana.", told="otherwise"
    )
    swap: bool = choice(
        Switch(), False, "Two turns, the second with the roles exchanged; the time is for both.", told="otherwise"
    )
    linger: float | None = choice(Duration(), None, "How long the sound goes on after the end, as 5m.", told="always")
    """Seconds; None is what fits the session's length."""

    @property
    def brief(self) -> bool:
        """Whether the gate is the brief one."""
        return self.gate == "brief" or not self.safety


@dataclass(frozen=True, slots=True)
class Levels(_Chosen):
    """How loud a session is and how its voice stands in it; changes no time."""

    loudness: float = choice(_LOUDNESS, VOICE_LUFS, "How loud the voice is, -30 to -16.")
    """LUFS; all else keeps its distance."""
    room: bool = choice(Switch(), False, "Put a small warm room around the voice.")
    settle: float = choice(_SETTLE, 0.0, "Let the voice grow softer by this much, step by step.")


@dataclass(frozen=True, slots=True)
class Label(_Chosen):
    """Who made a session, and its picture, as its file, its player and its card show them; changes no sound."""

    artist: str | None = choice(Name(), None, "Who made it, for players; the routine's author by default.")
    cover: str | None = choice(Text("FILE.png|jpg"), None, "A picture of your own for players; otherwise it is drawn.")


@dataclass(frozen=True, slots=True)
class Options(_Chosen):
    """What is asked of the encoder; None leaves it to the format, which checks it."""

    bitrate: int | None = choice(_BITRATE, None, "kb/s of .mp3 and .m4b (128) and .opus (96).")
    quality: int | None = choice(_QUALITY, None, "0 is best: time in .mp3, size in .ogg.  [default: 5]")


def table(chosen: type) -> tuple[Choice, ...]:
    """Return the options that a dataclass of choices holds, in order."""
    return _table(chosen)


@cache
def _table(chosen: type) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            field=each.name,
            default=each.default,
            **{**each.metadata, "flag": each.metadata["flag"] or each.name.replace("_", "-")},
        )
        for each in fields(chosen)
    )


TABLE = (*table(Choices), *table(Levels), *table(Label), *table(Options))
"""Every option there is."""
