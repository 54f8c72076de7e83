"""The text of a routine's file, and where in it things stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import CARET_AT, MOST_TOLD, Fault, Mend, Place, RoutineError, VoiceguideError
from voiceguide.routine import foreign
from voiceguide.store.reading import beginning
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_BYTES = 256 * 1024
LONGEST_EXCERPT = 100
"""Signs of a line that a fault shows."""

Level = Literal["fault", "warning"]
Key = str | int
KeyPath = tuple[Key, ...]

UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters no text has a use for: controls (tab and line ends apart), halves of characters, marks of byte order."""


@dataclass(frozen=True)
class Source:
    """A file's text, its line ends made one kind and its byte order mark gone."""

    file: str
    """As the user named it."""
    text: str
    _made: Counter[str] = field(default_factory=Counter, init=False, compare=False, repr=False)
    """How many faults of each level were made."""
    steps: dict[KeyPath, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What each step is called in messages, by its path; known once the file was read."""

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    def place(self, offset: int, path: KeyPath = ()) -> Place:
        """Return the place of a character, counted from 0."""
        line = bisect_right(self._line_starts, offset)
        step = self.steps.get(path[:4]) or self.steps.get(path[:2], "")
        return Place(self.file, line, offset - self._line_starts[line - 1] + 1, dotted(path), step)

    def mend(self, start: int, end: int, text: str) -> Mend:
        """Return what makes `text` of the characters from `start` up to `end`."""
        first, last = self.place(start), self.place(end)
        return Mend(first.line, first.column, last.line, last.column, text)

    def line_at(self, offset: int) -> int:
        """Return where the line begins that an offset lies in."""
        return self._line_starts[bisect_right(self._line_starts, offset) - 1]

    def excerpt(self, place: Place) -> str:
        """Return what is shown of a place's line, from at most CARET_AT - 1 signs before it; "" where there is none."""
        if not 0 < place.line <= len(self._line_starts):
            return ""
        start = self._line_starts[place.line - 1] + max(0, place.column - CARET_AT)
        return self.text[start : start + LONGEST_EXCERPT].partition("\n")[0]

    def tells(self, level: Level = "fault") -> bool:
        """Whether another fault is told, or only counted: what costs more than a message needs not be found out."""
        return self._made[level] < MOST_TOLD

    def fault(
        self,
        offset: int,
        rule: str,
        message: str,
        path: KeyPath = (),
        level: Level = "fault",
        mend: tuple[int, int, str] | None = None,
    ) -> Fault:
        """Return a fault at a character, with its line's excerpt; once so many were told, one that is only counted.

        `mend` is the text to write from one offset up to another.
        """
        told = self.tells(level)
        self._made[level] += 1
        if not told:
            return Fault(Place(self.file, 1, 1, ""), rule, "", level)
        place = self.place(offset, path)
        return Fault(place, rule, message, level, self.excerpt(place), mend=self.mend(*mend) if mend else None)


@dataclass(frozen=True)
class Repaired(Source):
    """A text with its slips repaired, line by line; the places it tells are those of the file as it is."""

    original: Source
    column: Callable[[int, int], int] = field(compare=False, repr=False)
    """From a line and a column of this text to the file's column, all from 0."""

    def place(self, offset: int, path: KeyPath = ()) -> Place:
        """Return the place of a character in the file."""
        here = super().place(offset, path)
        return replace(here, column=self.column(here.line - 1, here.column - 1) + 1)

    def excerpt(self, place: Place) -> str:
        """Return what is shown of a place's line as the file has it."""
        return self.original.excerpt(place)


def dotted(path: KeyPath) -> str:
    """Print a path as `steps[2].cues[0].at`; list numbers count from 0."""
    words = "".join(f"[{key}]" if isinstance(key, int) else f".{shown(key)}" for key in path)
    return words.removeprefix(".")


def mended(text: str, mend: Mend) -> str:
    """Return a file's text after a mend; its line ends stay as they are."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    before = "".join(lines[: mend.line - 1]) + lines[mend.line - 1][: mend.column - 1]
    after = lines[mend.end_line - 1][mend.end_column - 1 :] + "".join(lines[mend.end_line :])
    return f"{before}{mend.text}{after}"


def with_excerpts(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults with an excerpt of the line that each stands on; a file that cannot be read any more shows none."""
    sources: dict[str, Source | None] = {}
    for fault in faults:
        file = fault.place.file
        if file not in sources:
            try:
                sources[file] = load(Path(file))
            except VoiceguideError:
                sources[file] = None
        source = sources[file]
        yield replace(fault, excerpt=source.excerpt(fault.place)) if source else fault


def load(path: Path) -> Source:
    """Read a file's text.

    Raises UsageError where there is no file, Failed where it cannot be read, and RoutineError for a file of another
    kind, more than 256 KiB, or anything but UTF-8.
    """
    data = beginning(path, MOST_BYTES + 1, whose="a routine's", such="a .yaml file")
    if message := foreign.told(data, path.name):
        raise RoutineError([Fault(Place(str(path), 1, 1, ""), "no-routine", message)])
    return decode(data, str(path))


def decode(data: bytes, file: str) -> Source:
    """Return the text of a file's bytes. Raises RoutineError for more than 256 KiB or for anything but UTF-8."""
    if len(data) > MOST_BYTES:
        message = f"expected at most {MOST_BYTES // 1024} KiB, got more: a routine is a page or two of text"
        raise RoutineError([Fault(Place(file, 1, 1, ""), "too-big", message)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _with_one_line_end(data[: error.start].decode("utf-8-sig"))
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        got = f"the byte 0x{data[error.start]:02X}"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            got = "UTF-16"
        message = f"expected text in UTF-8, got {got}: save the file again with the encoding UTF-8"
        raise RoutineError([Fault(Place(file, line, column, ""), "not-utf-8", message)]) from None
    return Source(file, _with_one_line_end(text))


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
