"""What is open around a line, and how a line is moved to where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voiceguide.routine import known
from voiceguide.routine.slips import ahead
from voiceguide.routine.slips.signs import WORD
from voiceguide.routine.slips.values import Values
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from voiceguide.routine.slips.noting import Open
    from voiceguide.routine.slips.page import Page
    from voiceguide.routine.source import KeyPath


@dataclass
class Block:
    """A list or mapping that is open."""

    column: int
    is_list: bool
    path: KeyPath
    keys: list[str] = field(default_factory=list)
    items: int = 0


class Blocks(Values):
    """The lists and mappings that are open, the innermost last."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.blocks: list[Block] = []
        self.shift: tuple[int, int] | None = None
        """From which column on lines stand wrong by how much, as their first one told."""
        self.odd_line = -1
        """The line whose start was told of already."""

    def home_of(self, name: str, blocks: list[Block]) -> Block | None:
        """Return the innermost open mapping that may have a key, and has not yet."""
        fits = (b for b in reversed(blocks) if not b.is_list and name in known.keys(b.path) and name not in b.keys)
        return next(fits, None)

    def nearest(self, column: int, blocks: list[Block]) -> Block | None:
        """Return the mapping whose keys stand nearest to a column, at most two from it."""
        near = [b for b in blocks if not b.is_list and abs(b.column - column) <= 2]
        return min(near, key=lambda b: abs(b.column - column), default=None)

    def missing_dash(
        self, column: int, dash: int, content: str, *, old: Block | None = None, silent: bool = False
    ) -> None:
        """Write a dash at a column, and note that it was missing."""
        what = "each step" if old and known.owner(self.here()) == "steps" else "each item of a list"
        if known.owner(self.here()) == "steps" or (self.pending and known.owner(self.pending.path) == "steps"):
            what = "each step"
        message = f'expected a hyphen and a space before {what}, got none: write "- {shown(content)}"'
        room = column - dash
        mend = (dash, column, "-".ljust(room)) if room >= 2 else (column, column, "- ")
        self.slip(column, "missing-dash", message, mend=mend, silent=silent)

    def move(self, column: int, target: int, content: str, *, silent: bool = False) -> None:
        """Move a line to the column it belongs at, and note it where the lines before it do not stand wrong alike."""
        delta = target - column
        if self.odd_line == self.no or (self.shift and self.shift[1] == delta and column >= self.shift[0]):
            self.extend(self.page.offset(self.no, column), " " * target)
            self.page.edit(self.no, 0, column, " " * target)
            return
        word = shown(content.split(":")[0] if ":" in content else content)
        spaces = f"{target} space{'s' * (target != 1)}" if target else "no space"
        got = f"{column}" if column else "none"
        message = f'expected {spaces} before "{word}", as before the lines it belongs with, got {got}: '
        message += "line it up with them"
        self.slip(column, "indentation", message, mend=(0, column, " " * target), silent=silent)
        self.shift = (column, delta)

    def extend(self, end: int, indent: str) -> None:
        """Have the last slip's mend go on to this line's first sign, an offset."""
        last = self.slips[-1]
        start = self.page.starts[self.no]
        if last.mend and last.rule in ("indentation", "odd-space", "tab"):
            first, until, text = last.mend
            between = self.page.text[until:start] if until < start else ""
            text = f"{text}{between}{indent}" if until < start else indent
            self.slips[-1] = replace(last, mend=(min(first, start) if until >= start else first, end, text))

    def close_to(self, column: int) -> None:
        """Close what is open at a column or right of it, but for a mapping at the very column."""
        while self.blocks and (
            self.blocks[-1].column > column or (self.blocks[-1].column == column and self.blocks[-1].is_list)
        ):
            self.blocks.pop()

    def here(self) -> KeyPath:
        """Return the path of what is open."""
        if self.pending:
            return self.pending.path
        return self.blocks[-1].path if self.blocks else ()

    def first_in_line(self, column: int, pending: Open, content: str) -> int:
        """Move a list's first dash, or a mapping's first key, to where the others stand; return its column."""
        target = ahead.meant(column, pending.column, self.others(pending))
        if target is None:
            return column
        self.move(column, target, content, silent=column < target and content.startswith("- "))
        return target

    def others(self, pending: Open) -> list[int]:
        """Return the columns of the lines further down that are in the same list or mapping as this one."""
        if known.takes_list(pending.path):
            first = known.FIRST.get(known.owner(pending.path))
            starts = (f"- {first}", "- {") if first else "- "
            return ahead.columns(self.page.lines[self.no :], pending.column, lambda line: line.startswith(starts))
        keys = known.keys(pending.path)
        return ahead.columns(self.page.lines[self.no :], pending.column, lambda line: self.is_odd_key(line, keys))

    def is_odd_key(self, content: str, keys: frozenset[str]) -> bool:
        """Whether content begins with one of some keys, however it goes on."""
        word = WORD.match(content)
        return bool(word) and word[0] in keys  # type: ignore[index]  # there is one
