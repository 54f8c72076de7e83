"""What a language's table is made of: units, fractions, rules, abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Rule = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]
"""What is found, and what `re.sub` puts in its place."""

ANGLES = (
    (r"(?<!\w)<(?=\w)([^<>]{1,60})(?<=\w)>(?!\w)", r"\1"),
    (r"(?<=\w) > (?=\w{2}[^<>→]*(?: >|→) ?\w{2})", " → "),
    (r"(→ [^<>→]*) > (?=\w{2})", r"\1 → "),
)
"""`<a word>` is the word; in `press > hold > release` each is an arrow."""


@dataclass(frozen=True, slots=True)
class Share:
    """How one fraction is said."""

    alone: str
    """`half a minute`."""
    with_one: str
    """`1 and a half minutes`."""
    with_more: str
    """`{n} and a half minutes`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that follows a number."""

    short: str
    """Regular expression of its abbreviations, as `mins?`; a full stop after them is optional."""
    words: str
    """Regular expression of the unit written out; an author's own singular or plural stays."""
    one: str
    """With its number, as `1 minute` or `eine Minute`."""
    many: str
    """Without its number, as `minutes`."""
    shares: Mapping[str, Share] = field(default_factory=dict)
    """By fraction; a unit without them keeps its decimals (37.5 degrees)."""


@dataclass(frozen=True, slots=True)
class Primes:
    """What the marks after `5' 4"` mean."""

    times: bool
    """Minutes and seconds where nothing tells; else feet and inches."""
    lasting: re.Pattern[str]
    """What before the number makes it a time, as `hold for`."""
    lasted: re.Pattern[str]
    """What after it does, as `each`."""
    sizes: re.Pattern[str]
    """What after it makes it a size, as `tall`."""
    sized: re.Pattern[str] | None = None
    """What before it does."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How a time of day is told from a length, and said. Patterns are regular expressions."""

    many: str
    """The hour, as `{h} Uhr`."""
    full: str
    """Hour and minutes, as `{hour} {m}`."""
    sharp: str
    """The full hour, as `{hour} o'clock`."""
    one: str | None = None
    """The hour 1, where a digit is not right."""
    joints: str = r"(?!)"
    """Words between two of them."""
    leads: str = r"(?!)"
    """Words before it, as `at`."""
    names: str = r"(?!)"
    """What follows it and is said by `full` and `sharp`, as `Uhr`."""
    kept: str = r"(?!)"
    """What follows it and stays, as `pm`."""
    lengths: str = r"(?!)"
    """Words before a number of 13 to 23 that make it minutes all the same, as `for`."""
    lasted: str = r"(?!)"
    """Words after it that do."""


@dataclass(frozen=True, slots=True)
class Table:
    """One language."""

    units: tuple[Unit, ...] = ()
    hour: Unit | None = None
    """These three say a clock's `1:30`; without them it stays."""
    minute: Unit | None = None
    second: Unit | None = None
    clock: Clock | None = None
    """Without it each `19:45` is a length."""
    primes: Primes | None = None
    months: tuple[str, ...] = ()
    date: str = "{d} {month} {y}"
    """How a date is said; `d` is the day, 1 as `first_day`."""
    first_day: str = "1"
    day_first: bool = True
    """Whether 3/4/2025 is in April."""
    shares: Mapping[str, Share] = field(default_factory=dict)
    """Fractions with no unit, as `1/2`; one that is not here is read as "4 out of 10"."""
    numbers: tuple[str, ...] = ()
    """Words for 0, 1, 2 … where a digit cannot stand (`zweieinhalb`)."""
    decimal: str = "."
    to: str | None = None
    """Between the ends of a range; None leaves the dash."""
    out_of: str | None = None
    """For `4/10`, as `{} out of {}`."""
    times: tuple[str, str, str] | None = None
    """For `1x`, `2x` and more, as `once`, `twice`, `{} times`."""
    by: str | None = None
    """For the sign in `2 × 10`."""
    per: str | None = None
    """For the stroke in `5 km/h`."""
    over: str | None = None
    """Between the numbers of `120/80`."""
    ratio: str | None = None
    """Between those of `2:1`."""
    ratios: str = r"(?!)"
    """Regular expression of words in a text whose `1:20` is no time, as `dilut`."""
    either: str | None = None
    """Between the numbers of `60/90 min`."""
    across: str | None = None
    """For the sign in `10 x 10 cm`."""
    split: str = " "
    """Between those of `50/50`, which make up a whole."""
    then: str | None = None
    """For the arrow in `press → release`, with its spaces; between numbers it is a range."""
    alone: str = r"(?!)"
    """Regular expression of the units' abbreviations that are read without a number too, as `kWh`."""
    before: tuple[Rule, ...] = ()
    """Abbreviations and what must be read before numbers meet their units."""
    numbered: tuple[Rule, ...] = ()
    """More of these, for texts with a digit: most have none."""
    after: tuple[Rule, ...] = ()
    """Signs and grammar, once numbers have their units."""
    never_ends: frozenset[str] = frozenset()
    """Abbreviations, lower-case with their full stops, that no sentence ends with."""
    before_numbers: frozenset[str] = frozenset()
    """Words that are abbreviations only where a number follows: `no. 3`, but "Say no." """
    may_end: frozenset[str] = frozenset()
    """Abbreviations that end a sentence where a capital follows."""
    starters: frozenset[str] | None = None
    """Where nouns have capitals: the words, lower-case, that show a new sentence after one of `may_end`."""
    ordinal_stop: str | None = None
    """In a language that writes `3.` for third: regular expression of the words before such a number."""


def rules(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[Rule, ...]:
    """Compile (pattern, replacement) pairs; case does not matter unless a pattern says `(?-i:…)`."""
    return tuple((re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in pairs)


def words(text: str) -> frozenset[str]:
    """Return the words of `text`, a list that stays readable."""
    return frozenset(text.split())
