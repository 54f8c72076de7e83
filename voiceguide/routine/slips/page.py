"""A routine's text while its slips are found: repaired line by line, so that the rest can be read, every place true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from voiceguide.routine.source import Repaired

if TYPE_CHECKING:
    from voiceguide.errors import Fault
    from voiceguide.routine.source import KeyPath, Level, Source


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake of the notation, as an author makes it."""

    at: int
    """Offset in the file's text, as all offsets here."""
    rule: str
    message: str
    path: KeyPath
    level: Level
    mend: tuple[int, int, str] | None
    """What to write from where to where."""
    silent: bool
    """Whether YAML takes it for something else without a word."""
    repaired: bool
    """Whether the page was repaired, so that reading can go on behind it."""

    def fault(self, source: Source) -> Fault:
        """Return it as a fault of the file."""
        return source.fault(self.at, self.rule, self.message, self.path, self.level, self.mend)


class Page:
    """The lines of a text, with the changes that were made in each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.raw = text.split("\n")
        self.lines = list(self.raw)
        self.starts = [0, *accumulate(len(line) + 1 for line in self.raw)]
        self._edits: dict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def edit(self, line: int, start: int, end: int, new: str) -> None:
        """Write `new` in place of some columns of a line, as it stands now."""
        now = self.lines[line]
        self.lines[line] = now[:start] + new + now[end:]
        self._edits[line].append((start, end - start, len(new)))

    def column(self, line: int, column: int) -> int:
        """Return the column in the file of one of the line as it stands now; both from 0."""
        for start, old, new in reversed(self._edits.get(line, ())):
            if column >= start + new:
                column += old - new
            elif column > start:
                column = start + min(column - start, old)
        return column

    def offset(self, line: int, column: int) -> int:
        """Return the offset in the file of a column of the line as it stands now."""
        return self.starts[line] + self.column(line, column)

    def line_of(self, offset: int, at_least: int) -> tuple[int, int]:
        """Return the line and the file's column of an offset that is not before a line."""
        line = at_least
        while self.starts[line + 1] <= offset and line + 1 < len(self.raw):
            line += 1
        return line, offset - self.starts[line]


@dataclass(frozen=True)
class Slips:
    """What was found, and the text with it repaired."""

    found: tuple[Slip, ...]
    page: Page

    @cached_property
    def silent(self) -> bool:
        """Whether there is one that YAML says nothing of."""
        return any(slip.silent for slip in self.found)

    @cached_property
    def first_left(self) -> int | None:
        """Where the first one stands that could not be repaired; the parser stumbles over it, or later."""
        return next((slip.at for slip in self.found if slip.level == "fault" and not slip.repaired), None)

    def repaired(self, source: Source) -> Source:
        """Return the source with the repaired text; its places are the file's."""
        return Repaired(source.file, "\n".join(self.page.lines), source, self.page.column)
