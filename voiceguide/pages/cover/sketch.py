"""A drawing as it grows: smooth areas and lines, the later ones over those before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.drawing.curves import curve, oval, stroke
from voiceguide.drawing.shapes import Block, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voiceguide.drawing.curves import Point


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two: `share` of the other, 0 to 1."""
    parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return f"#{bytes(round(a + (b - a) * share) for a, b in parts).hex()}"


class Sketch:
    """Shapes around (0, 0), y going down; how far they reach is theirs to say."""

    def __init__(self) -> None:
        self._shapes: list[Path] = []

    @property
    def block(self) -> Block:
        """What is drawn so far, in the same units."""
        return Block(0.0, tuple(self._shapes))

    def area(self, points: Sequence[Point], fill: str) -> None:
        """Fill the smooth outline through points."""
        self.corners(curve(points, closed=True), fill)

    def corners(self, points: Iterable[Point], fill: str) -> None:
        """Fill the outline whose corners these are."""
        self._shapes.append(Path(tuple(points), fill))

    def line(self, points: Sequence[Point], fill: str, width: float = 16.0) -> None:
        """Draw the smooth line through points, with round ends."""
        row = curve(points)
        self.corners(stroke(row, width), fill)
        for end in (row[0], row[-1]):
            self.oval(end, (width / 2, width / 2), fill)

    def oval(self, middle: Point, radii: Point, fill: str) -> None:
        """Fill an ellipse."""
        self.corners(oval(middle, radii), fill)

    def ring(self, middle: Point, radii: Point, fill: str, width: float = 16.0) -> None:
        """Draw an ellipse's line, `width` units wide, inwards."""
        row = oval(middle, (radii[0] - width / 2, radii[1] - width / 2))
        self._shapes.append(Path((*row, *row[:2]), fill, width))
