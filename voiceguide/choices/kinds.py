"""Kinds of values that an option takes: each reads what was typed, stands in a file, or came from Python."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from voiceguide.durations import LENGTHS, LONGEST, DurationError, parse_duration, typed
from voiceguide.errors import did_you_mean
from voiceguide.text.lines import LONGEST_NAME, line

NO_CHIMES = "none"
"""In place of how loud the chimes are: only those that end the session are heard."""


class Unfit(ValueError):
    """A value that a kind does not take: what was expected, what came, and why."""


class Kind(Protocol):
    """What values an option takes."""

    @property
    def metavar(self) -> str:
        """As the command line's help shows them."""

    @property
    def annotation(self) -> str:
        """As a signature shows them."""

    def read(self, given: Any) -> Any:
        """Return the value that was meant. Raises Unfit."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]
    annotation: str

    @property
    def metavar(self) -> str:
        """As `full|calm`."""
        return "|".join(self.words)

    def read(self, given: Any) -> str:
        """Return the word."""
        if given not in self.words:
            expected = ", ".join(self.words[:-1]) + f" or {self.words[-1]}"
            raise Unfit(f"expected {expected}, got {_shown(given)}.{did_you_mean(str(given), self.words)}")
        return str(given)


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`."""

    low: float
    high: float
    metavar: str
    unit: str = ""
    why: str = ""
    """What is wrong with others, or how to choose."""
    whole: bool = False

    @property
    def annotation(self) -> str:
        """`int` or `float`."""
        return "int" if self.whole else "float"

    def read(self, given: Any) -> float:
        """Return the number; it may be written in digits."""
        try:
            number = math.nan if isinstance(given, bool) else float(given)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not self.low <= number <= self.high or (self.whole and number != int(number)):
            what = "a whole number, " if self.whole else ""
            span = f"{self.low:g} to {self.high:g}{f' {self.unit}' if self.unit else ''}"
            got = _shown(given) if math.isnan(number) else f"{number:g}"
            raise Unfit(f"expected {what}{span}, got {got}{f': {self.why}' if self.why else ''}")
        return int(number) if self.whole else number


@dataclass(frozen=True, slots=True)
class LevelOrNone:
    """How much softer something is, or that it is left out."""

    level: Number

    @property
    def metavar(self) -> str:
        """As `DB|none`."""
        return f"{self.level.metavar}|{NO_CHIMES}"

    @property
    def annotation(self) -> str:
        """A number, or the word."""
        return "float | str"

    def read(self, given: Any) -> float | str:
        """Return the level, or the word."""
        if given == NO_CHIMES:
            return NO_CHIMES
        try:
            return self.level.read(given)
        except Unfit as error:
            raise Unfit(f"{error}; or {NO_CHIMES}") from None


@dataclass(frozen=True, slots=True)
class Text:
    """A text; what it names is looked up where it is used."""

    metavar: str
    annotation: str = "str"

    def read(self, given: Any) -> str:
        """Return the text, or the path as one."""
        if not isinstance(given, str | os.PathLike) or not os.fspath(given):
            raise Unfit(f"expected a text ({self.metavar}), got {_shown(given)}")
        return str(os.fspath(given))


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is shown as it is: one line."""

    metavar: str = "NAME"
    annotation: str = "str"

    def read(self, given: Any) -> str:
        """Return the name."""
        if not isinstance(given, str) or not given.strip() or line(given) != given.strip():
            raise Unfit(f"expected a name in one line, got {_shown(given)}")
        if len(given) > LONGEST_NAME:
            raise Unfit(f"expected a name of at most {LONGEST_NAME} characters, got {len(given):,}: shorten it")
        return given.strip()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of two people, with a comma between them."""

    metavar: str
    annotation: str = "str | Iterable[str]"

    def read(self, given: Any) -> tuple[str, str]:
        """Return both, each in one line."""
        two = _COMMA.split(given) if isinstance(given, str) else given
        if isinstance(two, bytes | Mapping) or not isinstance(two, Iterable) or len(names := tuple(two)) != 2:
            raise Unfit(f"expected two names, as Ben,Ana ({self.metavar}), got {_shown(given)}")
        try:
            giver, receiver = map(Name().read, names)
        except Unfit as error:
            raise Unfit(f"{error}; two names are written as Ben,Ana ({self.metavar})") from None
        return giver, receiver


_COMMA = re.compile("[,،，、]")  # noqa: RUF001 (the commas of Arabic, Chinese and Japanese)


@dataclass(frozen=True, slots=True)
class Texts:
    """Any number of texts."""

    metavar: str
    annotation: str = "Iterable[str]"

    def read(self, given: Any) -> tuple[str, ...]:
        """Return the texts; one stands for itself, and a number for its digits."""
        several = (given,) if isinstance(given, str | int) else given
        if isinstance(several, bytes | Mapping | bool) or not isinstance(several, Iterable):
            raise Unfit(f"expected {self.metavar}, one or several, got {_shown(given)}")
        texts = tuple(several)
        for each in texts:
            if not isinstance(each, str | int) or isinstance(each, bool):
                raise Unfit(f"expected {self.metavar}, one or several, got {_shown(each)}")
        return tuple(map(str, texts))


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""

    metavar: str = ""
    annotation: str = "bool"

    def read(self, given: Any) -> bool:
        """Return it."""
        if not isinstance(given, bool):
            raise Unfit(f"expected true or false, got {_shown(given)}")
        return given


@dataclass(frozen=True, slots=True)
class Duration:
    """A time, 0 too."""

    metavar: str = "DURATION"
    annotation: str = "float | str"

    def read(self, given: Any) -> float:
        """Return its seconds; a number is seconds."""
        return _seconds(given, zero=True)


@dataclass(frozen=True, slots=True)
class Length:
    """How long a session is: a named length, or an exact total."""

    typed: str
    """`short`, `full`, or the total as it was typed."""
    total: float | None
    """Seconds; None for a named length."""

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Lengths:
    """A named length or a total."""

    metavar: str = "short|full|15m"
    annotation: str = "str | float"

    def read(self, given: Any) -> Length:
        """Return the length; a number is seconds."""
        if isinstance(given, Length):
            return given
        if isinstance(given, str) and given in LENGTHS:
            return Length(given, None)
        try:
            total = _seconds(given)
        except Unfit as error:
            hint = did_you_mean(given, LENGTHS) if isinstance(given, str) else ""
            raise Unfit(f"expected short, full or a total like 15m; {error}{'.' if hint else ''}{hint}") from None
        return Length(given if isinstance(given, str) else typed(total), total)


def _seconds(given: Any, *, zero: bool = False) -> float:
    """Seconds of a duration as typed, or of a number. Raises Unfit."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        if not (0 < given <= LONGEST or (zero and given == 0)):
            least = "0" if zero else "more than 0"
            raise Unfit(f"expected seconds, {least} to {LONGEST:g} (24 hours), got {_shown(given)}")
        return float(given)
    if not isinstance(given, str):
        raise Unfit(f"expected a duration as 15m, or seconds, got {_shown(given)}")
    try:
        return parse_duration(given, zero=zero)
    except DurationError as error:
        raise Unfit(str(error)) from None


def _shown(given: Any) -> str:
    """What came, in a message."""
    return f'"{given}"' if isinstance(given, str) else f"{given:g}" if isinstance(given, float) else repr(given)
