"""Plain words: what somebody means who asks for a massage, by small tables of words, one a language.

No model and no network: words that begin alike are one, words that mean the same share a meaning, and the language is
the one whose table knows most of them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FOLDER = Path(__file__).parent / "words"
_FIRST = "en"
"""Where two languages know as many words."""
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_LEAST = 4
"""Letters of a word that is looked for as it stands."""

Audience = Literal["giver", "self"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What words mean."""

    language: str
    meanings: frozenset[str] = frozenset()
    """Keys of a table's `meanings`."""
    others: tuple[str, ...] = ()
    """Words that mean nothing to the table, plain."""
    audience: Audience | None = None
    seconds: float | None = None
    """How long it may last."""
    haste: Literal["short", "long"] | None = None
    """How long it may last, where no number says so."""
    care: tuple[str, ...] = ()
    """What is to be told before anything else, the weightiest first."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of it tells one massage from another."""
        return not (self.meanings or self.others or self.audience or self.seconds or self.haste)


def asked(text: str) -> Asked:
    """Return what somebody means who asks in one of the languages there are words for."""
    words = plain(text)
    best = max(sorted(_tables(), key=lambda tag: tag != _FIRST), key=lambda tag: _known(_tables()[tag], words))
    table = _tables()[best]
    care, words = _care(words, best)
    found, left = table.read(words)
    said = _of(found, "meaning")
    haste = _of(found, "time") & {"short", "long"}
    audience = [kind for kind, value in found if kind == "audience"] and _of(found, "audience")
    return Asked(
        language=best,
        meanings=frozenset(said),
        others=tuple(word for word in left if len(word) >= _LEAST and not word[0].isdigit()),
        audience="self" if audience and "self" in audience else "giver" if audience else None,
        seconds=table.seconds(words),
        haste="short" if "short" in haste else "long" if haste else None,
        care=care,
    )


def meanings(text: str, language: str) -> frozenset[str]:
    """Return what a text in a language is about, by its table; of a language without one nothing."""
    table = _tables().get(language)
    return frozenset(_of(table.read(plain(text))[0], "meaning")) if table else frozenset()


def plain(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, without capitals and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return tuple(_WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign))))


def _care(words: tuple[str, ...], language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is told of red flags, and the other words: a flag asks for no massage.

    They are told in the language that was asked in, else in one that knows them.
    """
    order = [language, *(tag for tag in _tables() if tag != language)]
    told = (_tables()[tag].told(words) for tag in order)
    return next((each for each in told if each[0]), ((), words))


def _known(table: _Table, words: tuple[str, ...]) -> int:
    return len(words) - len(table.read(words)[1])


def _of(found: Iterable[tuple[str, str]], kind: str) -> set[str]:
    return {value for each, value in found if each == kind}


@dataclass(frozen=True)
class _Pattern:
    """Words in a row; one that ends in * stands for all that begin so."""

    words: tuple[str, ...]
    kind: str
    value: str

    def at(self, words: tuple[str, ...], start: int) -> bool:
        row = words[start : start + len(self.words)]
        return len(row) == len(self.words) and all(map(_is, self.words, row))


def _is(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@dataclass(frozen=True)
class _Table:
    """One language's words."""

    patterns: tuple[_Pattern, ...]
    """The longest first: what they take, no shorter one takes again."""
    numbers: dict[str, int]
    care: tuple[tuple[tuple[_Pattern, ...], str], ...]
    _read: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def read(self, words: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[str]]:
        """Return what words mean, as (kind, value), and those that mean nothing."""
        if words not in self._read:
            taken = [False] * len(words)
            found = []
            for pattern in self.patterns:
                for start in range(len(words)):
                    span = slice(start, start + len(pattern.words))
                    if pattern.at(words, start) and not any(taken[span]):
                        taken[span] = [True] * len(pattern.words)
                        found.append((pattern.kind, pattern.value))
            self._read[words] = found, [word for word, gone in zip(words, taken, strict=True) if not gone]
        made: tuple[list[tuple[str, str]], list[str]] = self._read[words]
        return made

    def seconds(self, words: tuple[str, ...]) -> float | None:
        """Return how long words say that it may last."""
        named = _of(self.read(words)[0], "time")
        for value, seconds in (("half", 1800.0), ("quarter", 900.0), ("one_hour", 3600.0)):
            if value in named:
                return seconds
        for number, unit in pairwise(words):
            count = float(number.replace(",", ".")) if number[0].isdigit() else self.numbers.get(number)
            if count:
                for value, seconds in (("minutes", 60.0), ("hours", 3600.0)):
                    if unit == value[0] or any(p.value == value and p.at((unit,), 0) for p in self.patterns):
                        return count * seconds
        return None

    def told(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what is told of the red flags among words, and the words that are none."""
        says: dict[str, None] = {}
        flagged: set[int] = set()
        for flags, said in self.care:
            for flag in flags:
                for at in range(len(words)):
                    if flag.at(words, at):
                        says[said] = None
                        flagged.update(range(at, at + len(flag.words)))
        return tuple(says), tuple(word for at, word in enumerate(words) if at not in flagged)


@cache
def _tables() -> dict[str, _Table]:
    return {
        file.stem: _table(tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(_FOLDER.glob("*.toml"))
    }


def _table(read: dict[str, Any]) -> _Table:
    numbers = {plain(word)[0]: count for word, count in read["time"]["numbers"].items()}
    times = {value: words for value, words in read["time"].items() if value != "numbers"}
    patterns = [
        *_patterns("meaning", read["meanings"]),
        *_patterns("audience", read["audience"]),
        *_patterns("time", times),
        *_patterns("ignored", read["ignored"]),
        *_patterns("number", {"number": numbers}),
    ]
    patterns.sort(key=lambda pattern: -len(pattern.words))
    care = tuple((tuple(_patterns("care", {"care": flag["words"]})), flag["says"]) for flag in read["care"])
    return _Table(tuple(patterns), numbers, care)


def _patterns(kind: str, table: dict[str, Iterable[str]]) -> Iterator[_Pattern]:
    for value, each in table.items():
        for written in each:
            stem = written.removesuffix("*")
            words = plain(stem)
            if written.endswith("*"):
                words = (*words[:-1], f"{words[-1]}*")
            yield _Pattern(words, kind, value)
