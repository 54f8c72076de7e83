"""What a card is drawn with: few shapes, which an SVG and a PDF show alike.

Lengths are in points, 72 to the inch; x grows to the right and y downwards from the sheet's upper left corner. Colours
are written `#rrggbb`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from voiceguide.drawing import letters

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
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    from_the_right: bool = False
    """Whether it is read so, as a line of a text that is."""

    @property
    def width(self) -> float:
        """How wide it is: exact in Helvetica's letters, no less than it will be in others."""
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
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)

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
        return replace(self, x=self.x + x, y=self.y + y)

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
        return replace(self, points=tuple((left + x, top + y) for left, top in self.points))

    def scaled(self, times: float) -> Path:
        """The same larger, with all its distances from (0, 0)."""
        return Path(tuple((x * times, y * times) for x, y in self.points), self.colour, self.weight * times)


Shape = Run | Box | Path


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes that belong together, from (0, 0) on."""

    height: float
    """With the space below them."""
    shapes: tuple[Shape, ...]

    def at(self, x: float, y: float) -> tuple[Shape, ...]:
        """Its shapes, with its upper left corner there."""
        return tuple(shape.moved(x, y) for shape in self.shapes)

    def scaled(self, times: float) -> Block:
        """The same larger."""
        return Block(self.height * times, tuple(shape.scaled(times) for shape in self.shapes))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page."""

    width: float
    height: float
    paper: str
    """As CSS calls it: `A4` or `letter`."""
    title: str
    language: str
    """BCP 47."""
    shapes: tuple[Shape, ...]
    """Those that come later lie over those before."""
    picture: tuple[Shape, ...]
    """The session to scale: worth a look, not worth reading aloud."""
    picture_title: str

    @property
    def all_shapes(self) -> tuple[Shape, ...]:
        """The picture's too."""
        return *self.shapes, *self.picture

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its lines of text."""
        return tuple(shape for shape in self.all_shapes if isinstance(shape, Run))
