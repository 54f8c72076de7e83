"""Patterns: the words of a safety table, matched against plain sentences.

A pattern is words with single spaces. `press*` is every word that begins so, `...` stands for up to three words
without a comma, `>60` for a number over 60 in digits. Case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = r"(?:[cdjlmnst]|qu)'|\w+(?:['-]\w+)*"
"""A word; `l'` and `d'` are words of their own."""
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)?|{_WORD}|[,;:]")
_ELEMENT = re.compile(rf"\.\.\.|>60|(?:{_WORD})\*?")
_OVER_60 = r"(?:6[1-9]|[7-9]\d|\d{3,})(?:[.,]\d+)?"
_NOTHING = "(?!)"
"""Matches nowhere: what a table does not list."""


def plain(text: str) -> str:
    """Return the words and clause signs of a text, lower-case, without accents, one space between them."""
    return " ".join(_TOKEN.findall(_bare(text)))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(c for c in folded if not unicodedata.combining(c))


def alternatives(patterns: Iterable[str]) -> str:
    """Return a regular expression for any of the patterns, as whole words, the longest first."""
    known = sorted((_expression(pattern) for pattern in patterns), key=len, reverse=True)
    return rf"(?<!\S)(?:{'|'.join(known)})(?!\S)" if known else _NOTHING


def _expression(pattern: str) -> str:
    written = ""
    for word in _ELEMENT.findall(_bare(pattern)):
        if word == "...":
            written += r"(?:[^\s,;:]+ ){0,3}"
        elif word == ">60":
            written += f"{_OVER_60} "
        else:
            written += re.escape(word.removesuffix("*")) + (r"[^\s,;:]*" if word.endswith("*") else "") + " "
    return written.removesuffix(" ")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Any of a table's patterns."""

    _compiled: re.Pattern[str]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> Pattern:
        """Compile the patterns of a list; of an empty one, what matches nowhere."""
        return cls(re.compile(alternatives(patterns)))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place where one of them stands in plain text."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every place where one of them stands, apart from each other."""
        return self._compiled.finditer(text)
