"""What the way through a routine's lines knows, and how it notes a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voiceguide.routine.slips.page import Slip

if TYPE_CHECKING:
    from voiceguide.routine.slips.page import Page
    from voiceguide.routine.source import KeyPath, Level


class StopError(Exception):
    """The rest is laid out as no author does: YAML has it alone."""


class Open(NamedTuple):
    """A key, or a dash, behind which nothing stands yet."""

    column: int
    path: KeyPath


class Noting:
    """The line that is looked at, what may go on in it, and the slips so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.no = 0
        self.slips: list[Slip] = []
        self.pending: Open | None = None
        self.words: int | None = None
        """Column that the lines of a plain text stay right of, while one may go on."""
        self.literal: tuple[int, int] | None = None
        """The same of a text below | or >, in the file's columns, and how far its lines are to be moved."""

    @property
    def line(self) -> str:
        """The line as it stands now."""
        return self.page.lines[self.no]

    def slip(
        self,
        column: int,
        rule: str,
        message: str,
        *,
        path: KeyPath = (),
        level: Level = "fault",
        mend: tuple[int, int, str] | None = None,
        silent: bool = False,
        repair: bool = True,
    ) -> None:
        """Note a slip at a column of the line; repair it by its mend, whose columns are the line's too."""
        offsets = (self.page.offset(self.no, mend[0]), self.page.offset(self.no, mend[1]), mend[2]) if mend else None
        done = repair and mend is not None and level == "fault"
        at = self.page.offset(self.no, column)
        self.slips.append(Slip(at, rule, message, path, level, offsets, silent, done))
        if done and mend:
            self.page.edit(self.no, *mend)

    def next_line(self) -> str | None:
        """Return the next line with something in it, None where there is none near."""
        return next((line for line in self.page.lines[self.no + 1 : self.no + 50] if line.strip()), None)
