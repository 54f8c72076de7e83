"""What a language's table is made of: units, fractions, rules, abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Rule = tuple[re.Pattern[str], str]
"""What is found, and what `re.sub` puts in its place."""


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
class Table:
    """One language."""

    units: tuple[Unit, ...] = ()
    hour: Unit | None = None
    """These three say a clock's `1:30`; without them it stays."""
    minute: Unit | None = None
    second: Unit | None = None
    not_a_length: str = r"(?!)"
    """Regular expression of what after a clock makes it a time of day, as `\\s*pm`."""
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
    before: tuple[Rule, ...] = ()
    """Abbreviations and what must be read before numbers meet their units."""
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


def rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    """Compile (pattern, replacement) pairs; case does not matter unless a pattern says `(?-i:…)`."""
    return tuple((re.compile(pattern, re.IGNORECASE), replacement) for pattern, replacement in pairs)


def words(text: str) -> frozenset[str]:
    """Return the words of `text`, a list that stays readable."""
    return frozenset(text.split())
