"""What pictures are made of: five shapes, which every writer (SVG, PNG, PDF) shows alike, and the sheet they lie on.

Lengths are in units: points, 72 to the inch, on paper, and pixels on a screen. x grows to the right and y downwards
from the sheet's upper left corner. Colours are written `#rrggbb`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from voiceguide.drawing import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.drawing.vector import Vector

Anchor = Literal["start", "middle", "end"]

ASCENT, DESCENT = 0.94, 0.24
"""How far letters reach above and below their line, in sizes: as far as in any common font without serifs."""


@dataclass(frozen=True, slots=True)
class Run:
    """A line of text."""

    x: float
    """Where it starts, has its middle or ends, by `anchor`; right-to-left text too has its left end at the start."""
    y: float
    """Its baseline."""
    text: str
    """Safe to show: one line, no control characters."""
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    from_the_right: bool = False
    """Whether it is read so, as a line of a text that is."""
    fixed: bool = False
    """Whether its letters are all of one width, as a terminal's."""

    @property
    def width(self) -> float:
        """How wide it is: exact in Helvetica's letters, no less than it will be in others."""
        if self.fixed:
            return letters.columns(self.text) * letters.FIXED * self.size
        return letters.width(self.text, self.size, bold=self.bold)

    @property
    def left(self) -> float:
        """Its left end."""
        return self.x - self.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        left = self.left
        return left, self.y - ASCENT * self.size, left + self.width, self.y + DESCENT * self.size

    def moved(self, x: float, y: float) -> Run:
        """The same elsewhere. Each is moved many times until a page is full: `replace` takes four times as long."""
        look = (self.text, self.size, self.colour, self.bold, self.anchor, self.from_the_right, self.fixed)
        return Run(self.x + x, self.y + y, *look)

    def scaled(self, times: float) -> Run:
        """The same larger, with all its distances from (0, 0)."""
        return replace(self, x=self.x * times, y=self.y * times, size=self.size * times)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or with an outline or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    line: str | None = None
    weight: float = 0.6
    """How thick the outline is; it lies half inside."""
    radius: float = 0.0
    """Of its corners."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, with the outline."""
        out = self.weight / 2 if self.line else 0.0
        return self.x - out, self.y - out, self.x + self.width + out, self.y + self.height + out

    def moved(self, x: float, y: float) -> Box:
        """The same elsewhere."""
        return Box(self.x + x, self.y + y, self.width, self.height, self.fill, self.line, self.weight, self.radius)

    def scaled(self, times: float) -> Box:
        """The same larger, with all its distances from (0, 0)."""
        x, y, width, height = (length * times for length in (self.x, self.y, self.width, self.height))
        return Box(x, y, width, height, self.fill, self.line, self.weight * times, self.radius * times)


@dataclass(frozen=True, slots=True)
class Path:
    """Points joined by straight lines: an open line, or a filled shape."""

    points: tuple[tuple[float, float], ...]
    colour: str
    weight: float = 0.0
    """How thick a line is; 0 fills the shape."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, with the line's thickness."""
        xs, ys, out = [x for x, _ in self.points], [y for _, y in self.points], self.weight / 2
        return min(xs) - out, min(ys) - out, max(xs) + out, max(ys) + out

    def moved(self, x: float, y: float) -> Path:
        """The same elsewhere."""
        return Path(tuple([(left + x, top + y) for left, top in self.points]), self.colour, self.weight)

    def scaled(self, times: float) -> Path:
        """The same larger, with all its distances from (0, 0)."""
        return Path(tuple((x * times, y * times) for x, y in self.points), self.colour, self.weight * times)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture from elsewhere, a PNG or JPEG, as wide and as high as its place."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    """The file's."""
    kind: str
    """Its MIME type."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def moved(self, x: float, y: float) -> Photo:
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)

    def scaled(self, times: float) -> Photo:
        """The same larger, with all its distances from (0, 0)."""
        x, y, width, height = (length * times for length in (self.x, self.y, self.width, self.height))
        return replace(self, x=x, y=y, width=width, height=height)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing made of shapes of its own, in the middle of its place and as large as it fits there."""

    x: float
    y: float
    width: float
    height: float
    vector: Vector

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def moved(self, x: float, y: float) -> Picture:
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)

    def scaled(self, times: float) -> Picture:
        """The same larger, with all its distances from (0, 0)."""
        x, y, width, height = (length * times for length in (self.x, self.y, self.width, self.height))
        return Picture(x, y, width, height, self.vector)


Shape = Run | Box | Path | Photo | Picture


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes that belong together, from (0, 0) on."""

    height: float
    """With the space below them."""
    shapes: tuple[Shape, ...]

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        """Its shapes, with its upper left corner there."""
        return tuple([shape.moved(x, y) for shape in self.shapes]) if x or y else self.shapes

    def scaled(self, times: float) -> Block:
        """The same larger."""
        return Block(self.height * times, tuple(shape.scaled(times) for shape in self.shapes))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page, or a picture on a screen."""

    width: float
    height: float
    title: str
    language: str
    """BCP 47."""
    shapes: tuple[Shape, ...]
    """Those that come later lie over those before."""
    picture: tuple[Shape, ...] = ()
    """What is worth a look and not worth reading aloud; over `shapes`."""
    picture_title: str = ""
    """Read out where the picture cannot be seen."""
    paper: str = ""
    """As CSS calls it: `A4` or `letter`; "" for a screen."""
    ground: str = "#ffffff"

    @property
    def all_shapes(self) -> tuple[Shape, ...]:
        """The picture's too."""
        return *self.shapes, *self.picture

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its lines of text."""
        return tuple(shape for shape in self.all_shapes if isinstance(shape, Run))


def band(x: int, top: NDArray[np.float64], bottom: NDArray[np.float64], colour: str) -> tuple[Path, ...]:
    """Return what reaches from a top to a bottom in every column of a unit, the first one at `x`: a shape a stretch.

    Columns in which either is no number, or the top lies below the bottom, are left out.
    """
    tops, bottoms = _rounded(top), _rounded(bottom)
    drawn = [high <= low for high, low in zip(tops, bottoms, strict=True)]
    return tuple(
        Path((*_steps(x, tops, columns), *reversed([*_steps(x, bottoms, columns)])), colour)
        for columns in _stretches(drawn)
    )


def trace(x: int, y: NDArray[np.float64], colour: str, weight: float = 1.5) -> tuple[Path, ...]:
    """Return the line with a point in the middle of every column of a unit, the first one at `x`.

    It is broken where that is no number; a point without neighbours is a dash as wide as its column.
    """
    heights = _rounded(y)
    return tuple(
        Path(tuple((x + column + 0.5, heights[column]) for column in columns), colour, weight)
        if len(columns) > 1
        else Path(_steps(x, heights, columns), colour, weight)
        for columns in _stretches([height == height for height in heights])
    )


def _rounded(values: NDArray[np.float64]) -> list[float]:
    """To a tenth of a unit, which is more than is seen."""
    return [round(value, 1) for value in values.tolist()]


def _steps(x: int, heights: Sequence[float], columns: Sequence[int]) -> tuple[tuple[float, float], ...]:
    return tuple((x + column + side, heights[column]) for column in columns for side in (0.0, 1.0))


def _stretches(kept: list[bool]) -> list[list[int]]:
    """Neighbours that are kept, by their numbers."""
    return [list(numbers) for keep, numbers in groupby(range(len(kept)), key=kept.__getitem__) if keep]
