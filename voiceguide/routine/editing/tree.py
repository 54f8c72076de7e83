"""A routine's text as pieces that know where they begin and end: what an edit replaces, and nothing around it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from voiceguide.errors import RoutineError
from voiceguide.routine import reading, scanning, yaml
from voiceguide.routine.source import UNSPEAKABLE, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.routine.source import KeyPath

_WHOLE = 9
"""Digits; a longer number is a text."""


@dataclass(slots=True)
class Piece:
    """A value: offsets of its first sign and behind its last, its own quotes and brackets included."""

    start: int
    end: int
    column: int
    """Of its first sign, from 0."""


@dataclass(slots=True)
class Scalar(Piece):
    """A word, number or text."""

    text: str
    style: str
    """`"`, `'`, `>`, `|`, or "" for plain words."""


@dataclass(slots=True)
class Items(Piece):
    """A list."""

    flow: bool
    """In square brackets."""
    values: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A key of a mapping, and its value."""

    key: str
    start: int
    end: int
    """Behind the key's last sign, before the colon."""
    value: Piece


@dataclass(slots=True)
class Entries(Piece):
    """A mapping."""

    flow: bool
    """In braces."""
    values: list[Entry] = field(default_factory=list)

    def get(self, key: str) -> Entry | None:
        """Return the first entry of a key, None where there is none."""
        return next((entry for entry in self.values if entry.key == key), None)


class Text:
    """A routine's text, with its tree and its lines; line ends are newlines alone."""

    def __init__(self, text: str) -> None:
        """Read a text. Raises RoutineError with the faults of its notation, which are to be mended first."""
        self.text = text
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        try:
            if UNSPEAKABLE.search(text):
                raise _OddError
            events = scanning.events(text)
            first = next(event for event in events if not isinstance(event, StreamStartEvent | DocumentStartEvent))
            self.root = self._piece(first, events)
            if any(isinstance(event, DocumentStartEvent) for event in events):
                raise _OddError
        except (_OddError, MarkedYAMLError, ValueError, OverflowError, RecursionError):
            raise RoutineError(_faults(text)) from None

    def line_of(self, offset: int) -> int:
        """Return the line of an offset, from 0."""
        return bisect_right(self.starts, offset) - 1

    def line_start(self, line: int) -> int:
        """Return where a line begins; the text's end where there is none."""
        return min(self.starts[line], len(self.text)) if line < len(self.starts) else len(self.text)

    def line_end(self, line: int) -> int:
        """Return where a line ends, before its newline."""
        return min(self.starts[line + 1] - 1, len(self.text))

    def line(self, line: int) -> str:
        """Return a line, without its newline."""
        return self.text[self.starts[line] : self.line_end(line)]

    def at(self, path: KeyPath) -> Piece | None:
        """Return the value at a path, None where there is none."""
        piece: Piece | None = self.root
        for key in path:
            piece = child(piece, key)
        return piece

    def last_line(self, piece: Piece, held_at: int) -> int:
        """Return the last line of a value whose key or dash stands at an offset."""
        return max(
            self.line_of(held_at), self.line_of(max(piece.start, piece.end - 1)) if piece.end > piece.start else 0
        )

    def dash(self, items: Items, number: int) -> int:
        """Return where the dash of a list's item stands."""
        line = self.line_of(items.values[number].start)
        while self.text[self.starts[line] + items.column : self.starts[line] + items.column + 1] != "-":
            line -= 1
        return self.starts[line] + items.column

    def _piece(self, event: Any, events: Iterator[Any]) -> Piece:
        if not isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent) or event.anchor or event.ctag:
            raise _OddError
        start, column = event.start_mark.index, event.start_mark.column
        if isinstance(event, ScalarEvent):
            end = event.end_mark.index
            if event.style in (">", "|"):
                end = start + len(self.text[start:end].rstrip("\n "))
            return Scalar(start, end, column, event.value, event.style or "")
        if isinstance(event, SequenceStartEvent):
            items = Items(start, start, column, bool(event.flow_style))
            while not isinstance(event := next(events), SequenceEndEvent):
                items.values.append(self._piece(event, events))
            items.end = event.end_mark.index if items.flow else _end(items.values[-1:], start)
            return items
        entries = Entries(start, start, column, bool(event.flow_style))
        names: set[str] = set()
        while not isinstance(event := next(events), MappingEndEvent):
            key_start, key_end = event.start_mark.index, event.end_mark.index
            key = self._piece(event, events)
            value = self._piece(next(events), events)
            if isinstance(value, Scalar) and not value.text and not value.style:  # nothing: it is anywhere behind
                colon = self.text.find(":", key_end) + 1
                value = Scalar(colon, colon, 0, "", "")
            name = key.text if isinstance(key, Scalar) else ""
            if name in names or not name:
                raise _OddError
            names.add(name)
            entries.values.append(Entry(name, key_start, key_end, value))
        entries.end = event.end_mark.index if entries.flow else _end([e.value for e in entries.values[-1:]], start)
        return entries


class _OddError(Exception):
    """Something that routines do without."""


def _faults(text: str) -> tuple[Fault, ...]:
    """Return the faults of a notation that could not be read as it is, which there are."""
    try:
        reading.from_stream(StringIO(text), name="the text")
    except RoutineError as error:
        return error.faults
    message = "expected a routine as keys and values, got something else: write title, summary and steps"
    return (Source("routine", text).fault(0, "wrong-type", message),)


def _end(last: list[Piece], start: int) -> int:
    return last[0].end if last else start


def child(piece: Piece | None, key: str | int) -> Piece | None:
    """Return what stands at one key or number of a value, None where nothing does."""
    if isinstance(piece, Entries) and isinstance(key, str):
        entry = piece.get(key)
        return entry.value if entry else None
    if isinstance(piece, Items) and isinstance(key, int) and 0 <= key < len(piece.values):
        return piece.values[key]
    return None


def data(piece: Piece) -> Any:
    """Return a value as JSON has it: texts, whole numbers, true, false, null, lists and objects."""
    match piece:
        case Entries(values=entries):
            return _object(entries)
        case Items(values=items):
            return [data(item) for item in items]
        case Scalar(style=""):
            return _plain(piece.text)
        case Scalar():
            return piece.text.rstrip("\n") if piece.style in ">|" else piece.text
    raise AssertionError(piece)


def _object(entries: list[Entry]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        found.setdefault(entry.key, data(entry.value))
    return found


def _plain(text: str) -> object:
    if text in yaml.NULLS:
        return None
    if text in ("true", "false"):
        return text == "true"
    if text.isascii() and text.isdigit() and len(text) <= _WHOLE and (text == "0" or text[0] != "0"):
        return int(text)
    return text
