"""What a form shows of a routine's text, and what it leaves alone because it cannot show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.errors import UsageError, did_you_mean
from voiceguide.routine import known
from voiceguide.routine.editing.tree import Entries, Items, Piece, Text, data
from voiceguide.routine.source import dotted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from voiceguide.routine.source import KeyPath


@dataclass(frozen=True, slots=True)
class Untouchable:
    """Something of the text that only the text's own editor changes."""

    path: KeyPath
    line: int
    """From 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Form:
    """A routine as a form shows it."""

    values: dict[str, Any]
    """As JSON has them, what is not to be touched too."""
    untouchable: tuple[Untouchable, ...]


def form(text: str) -> Form:
    """Return what a form shows of a routine's text. Raises RoutineError where its notation is at fault."""
    read = Text(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    values = data(read.root)
    return Form(values if isinstance(values, dict) else {}, tuple(_untouchable(read, read.root, ())))


def refuse(text: Text, path: KeyPath) -> None:
    """Raise UsageError for a place that is not to be touched, or that lies in one, and for one that no routine has."""
    for each in _untouchable(text, text.root, ()):
        if path[: len(each.path)] == each.path:
            message = (
                f"expected a field of the form, got {dotted(path)}, {each.reason}: change it in the text, on line "
            )
            raise UsageError(f"{message}{each.line}")
    for depth, key in enumerate(path):
        keys = _fields(path[:depth], ())
        if isinstance(key, str) and keys and key not in keys:
            hint = did_you_mean(key, keys) or f" There are: {', '.join(sorted(keys))}."
            raise UsageError(f"expected a field of the form, got {dotted(path[: depth + 1])}.{hint}")


def _untouchable(text: Text, piece: Piece, path: KeyPath) -> Iterator[Untouchable]:
    if isinstance(piece, Items):
        for number, item in enumerate(piece.values):
            yield from _untouchable(text, item, (*path, number))
    if not isinstance(piece, Entries):
        return
    keys = _fields(path, [entry.key for entry in piece.values])
    for entry in piece.values:
        line = text.line_of(entry.start) + 1
        if keys and entry.key not in keys:
            yield Untouchable((*path, entry.key), line, "for which there is no field")
        else:
            yield from _untouchable(text, entry.value, (*path, entry.key))


def _fields(path: KeyPath, there: Collection[str]) -> frozenset[str]:
    """Return the keys of the mapping at a path; none where they are an author's own, as languages are."""
    keys = known.keys(path) if path[:1] != ("pronounce",) else frozenset()
    if known.owner(path) == "settle" and not any(key in keys for key in there):
        return frozenset()
    return keys
