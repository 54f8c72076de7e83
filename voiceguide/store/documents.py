"""JSON that somebody else may have written or changed: parsed within bounds, and read key by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from reprlib import Repr
from typing import TYPE_CHECKING, NoReturn, cast

from voiceguide.errors import UsageError, VoiceguideError
from voiceguide.store import paths
from voiceguide.store.reading import beginning

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 16 << 20
"""Bytes of a document: a session of many hours has some 2 MB."""
LONGEST = 1e6
"""Seconds: some eleven days."""

_DEEPEST = 30
"""Lists and objects in each other, in what is written again."""
_SHOWN = Repr()
_SHOWN.maxstring, _SHOWN.maxlevel, _SHOWN.maxlist, _SHOWN.maxdict = 60, 2, 3, 3


def read(path: Path, *, what: str, remedy: str = "", limit: int = LIMIT) -> Value:
    """Return the document in a file; `what` it is, as `a timeline`, and its `remedy`, a sentence, are for messages.

    Raises UsageError where there is no file and for what is no such document, and Failed for a file that can't be read.
    """
    data = beginning(path, limit + 1, whose=f"{what}'s", such="a .json file")
    return parsed(data, str(path), what=what, remedy=remedy, limit=limit)


def kept(path: Path, *, limit: int = LIMIT) -> Value | None:
    """Return the document in a file that only saves work; None where there is none, or whatever else stands there."""
    try:
        return read(path, what="what is kept here", limit=limit) if paths.is_file(path) else None
    except VoiceguideError:
        return None


def parsed(data: bytes | str, name: str, *, what: str, remedy: str = "", limit: int = LIMIT) -> Value:
    """Return the document in some bytes of UTF-8 or a text, of which messages speak as `name`.

    Raises UsageError for what is no JSON, has NaN or an infinity in it, is nested too deep, or is over `limit` long.
    """
    try:
        if len(data) > limit:
            raise ValueError(f"more than {limit:,} bytes")
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return Value(json.loads(text, parse_constant=_constant), name, "", remedy)
    except UnicodeDecodeError:
        why = "no text in UTF-8"
    except RecursionError:
        why = "lists or objects nested too deep"
    except ValueError as error:
        why = str(error)
    raise UsageError(f"{name}: expected {what} in JSON, got something else: {why}.{_spaced(remedy)}")


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _spaced(remedy: str) -> str:
    return f" {remedy}" if remedy else ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a document, and where it stands; what it is asked for and isn't is a UsageError that says so."""

    value: object
    file: str
    """What messages call the document."""
    path: str = ""
    """Keys and numbers from the top, as `clips[3].start`; list numbers count from 0, "" is the whole."""
    remedy: str = ""
    """A sentence that says what to do."""

    def key(self, name: str) -> Value:
        """Return what stands under a key."""
        if not self.has(name):
            raise UsageError(f"{self.file}: {self._below(name)}: expected this key, found none.{_spaced(self.remedy)}")
        return replace(self, value=cast("Mapping[str, object]", self.value)[name], path=self._below(name))

    def has(self, name: str) -> bool:
        """Whether an object has a key."""
        return name in self._object()

    def keys(self) -> tuple[str, ...]:
        """Return an object's keys."""
        return tuple(map(str, self._object()))

    def items(self, most: int | None = None) -> list[Value]:
        """Return a list's values, `most` at most."""
        if not isinstance(self.value, (list, tuple)):
            self.refuse("a list")
        if most is not None and len(self.value) > most:
            self.refuse(f"a list of {most} at most", got=f"{len(self.value)}")
        return [replace(self, value=item, path=f"{self.path}[{number}]") for number, item in enumerate(self.value)]

    def text(self) -> str:
        """Return a text, which can be written as UTF-8."""
        if not isinstance(self.value, str):
            self.refuse("a text")
        if not _can_be_written(self.value):
            self.refuse("a text of whole signs")
        return self.value

    def text_or_none(self) -> str | None:
        """Return a text, None for null."""
        return None if self.value is None else self.text()

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refuse("true or false")
        return self.value

    def count(self, least: int = 1, most: int = 10**9) -> int:
        """Return a whole number."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(f"a whole number from {least}")
        return value

    def count_or_none(self) -> int | None:
        """Return a whole number from 1, None for null."""
        return None if self.value is None else self.count()

    def number(self) -> float:
        """Return a number that is neither endless nor too large to reckon with."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1e15 <= value <= 1e15:
            self.refuse("a number")
        return float(value)

    def seconds(self) -> float:
        """Return seconds, LONGEST at most."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LONGEST:
            self.refuse(f"seconds, from 0 to {LONGEST:,.0f}")
        return float(value)

    def refuse(self, expected: str, hint: str = "", *, got: str | None = None) -> NoReturn:
        """Raise the UsageError for this value."""
        where = f"{self.path}: " if self.path else ""
        shown = _SHOWN.repr(self.value) if got is None else got
        raise UsageError(f"{self.file}: {where}expected {expected}, got {shown}.{hint}{_spaced(self.remedy)}")

    def _object(self) -> Mapping[str, object]:
        if not isinstance(self.value, Mapping):
            self.refuse("an object with keys")
        return self.value

    def _below(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def writable(value: object) -> bool:
    """Whether a value that was read can be written again: whole signs, finite numbers, not nested too deep."""
    left = [(value, 0)]
    while left:
        one, depth = left.pop()
        if (
            depth > _DEEPEST
            or (isinstance(one, str) and not _can_be_written(one))
            or (isinstance(one, float) and not isfinite(one))
        ):
            return False
        inner = (*one, *one.values()) if isinstance(one, dict) else one if isinstance(one, list) else ()
        left += [(each, depth + 1) for each in inner]
    return True


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a pair of surrogates
        return False
    return True
