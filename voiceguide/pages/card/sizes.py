"""The sizes that a card may be set in: papers, letters, and the space between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Paper(NamedTuple):
    """A page's name, as CSS has it, and its size in points."""

    name: str
    width: float
    height: float


PAPERS = {"a4": Paper("A4", 595.28, 841.89), "letter": Paper("letter", 612.0, 792.0)}

MARGIN = 34.0
"""12 mm: printers leave up to 6 mm white."""
SMALLEST = 7.5
"""Points: the smallest letters on a card."""

NAMES = tuple(8 * 1.04**step for step in range(36, -1, -1))
"""Sizes of a step's name, the largest first."""
COLUMNS = {1: 1.0, 2: 0.85, 3: 0.7}
"""Columns of steps, and how much of a name's size they are worth: fewer are easier to follow from afar."""
AIRS = (3.0, 2.5, 2.0, 1.6, 1.3, 1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1, 0.0)
"""How much space there is between rows and sections; 1 is usual."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A choice of sizes."""

    name: float
    """Of steps' names."""
    columns: int
    """Of steps."""
    air: float
    """One of `AIRS`."""

    @property
    def worth(self) -> float:
        """How easily the steps are read, as the size of a name in one column."""
        return self.name * COLUMNS[self.columns]

    @property
    def title(self) -> float:
        """Of the title and the total."""
        return min(44.0, max(18.0, self.name * 1.6))

    @property
    def detail(self) -> float:
        """Of times."""
        return min(19.0, max(SMALLEST, self.name * 0.68))

    @property
    def body(self) -> float:
        """Of notes."""
        return min(12.5, max(SMALLEST, self.name * 0.5))

    @property
    def picture(self) -> float:
        """Of the picture, in times its usual size."""
        return 1.25 if self.body > 10.5 else 1.1 if self.body > 9.2 else 1.0

    @property
    def gap(self) -> float:
        """Points between sections."""
        return 7 + 16 * min(1.4, self.air)

    @property
    def padding(self) -> float:
        """Points above and below a step."""
        return self.name * (0.12 + 0.33 * self.air)
