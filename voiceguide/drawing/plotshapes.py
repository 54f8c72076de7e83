"""What pictures are made of: few shapes, all of which a vector and a pixel writer can draw alike.

Lengths are in units, which are a PNG's pixels; x grows to the right and y downwards. Colours are written `#rrggbb`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LETTER_WIDTH = 6
"""Units from one letter to the next at size 1, in a PNG; an SVG's letters are fitted to it."""
LETTER_HEIGHT = 7
"""Units of a capital at size 1."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A filled shape that reaches from a top to a bottom in every column of a unit."""

    x: int
    """The first column."""
    top: NDArray[np.float64]
    bottom: NDArray[np.float64]
    colour: str
    """Columns where top or bottom is no number are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A line with one point a column, broken where that is no number."""

    x: int
    """The first column."""
    y: NDArray[np.float64]
    colour: str
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text."""

    x: float
    """Where it starts, or ends when it is aligned right."""
    y: float
    """Its baseline."""
    text: str
    """Safe to show: one line, no control characters."""
    colour: str
    size: int = 1
    """In a PNG, pixels of a dot."""
    align: Literal["left", "right"] = "left"

    @property
    def width(self) -> float:
        """How wide it is at least taken to be."""
        return columns(self.text) * LETTER_WIDTH * self.size


Shape = Box | Band | Curve | Label


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Shapes on a ground, those that come later over those before."""

    width: int
    height: int
    title: str
    """Read out where the picture cannot be seen."""
    ground: str
    shapes: tuple[Shape, ...]


def columns(text: str) -> int:
    """Return how many letters' widths a text takes: none for a combining mark, two for an East Asian letter."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def fitted(text: str, width: float, size: int = 1) -> str:
    """Return a text cut with an ellipsis so that it fits a width, or "" where not even three letters would."""
    room = int(width / (LETTER_WIDTH * size))
    if columns(text) <= room:
        return text
    if room < 4:
        return ""
    while columns(text) > room - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
