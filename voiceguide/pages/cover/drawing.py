"""Smooth lines and areas on a picture, drawn large and made smaller, so that their edges are clean."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist, hypot
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Colour = tuple[int, int, int]

FINER = 3
"""How many times larger than the picture everything is drawn."""


def colour(code: str) -> Colour:
    """Return the colour of `#rrggbb`."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two: `share` of the other, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def mirrored(half: Sequence[Point]) -> list[Point]:
    """Return an outline from its right half, drawn from the top: the left half follows, back up."""
    return [*half, *((-x, y) for x, y in reversed(half))]


def flipped(points: Iterable[Point]) -> list[Point]:
    """Return points on the other side of the middle."""
    return [(-x, y) for x, y in points]


def curve(points: Sequence[Point], *, closed: bool = False, step: float = 8.0) -> list[Point]:
    """Return the smooth curve through points as a row of points, about `step` units from one to the next.

    It is the centripetal Catmull–Rom spline, which has no loops or bulges where points lie unevenly (Yuksel, Schaefer
    and Keyser, 2011).
    """
    around = [points[-1], *points, *points[:2]] if closed else [_beyond(points), *points, _beyond(points[::-1])]
    row: list[Point] = []
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        long = dist(start, end)
        steps = max(1, round(long / step))
        spans = dist(before, start) ** 0.5 or 1.0, long**0.5 or 1.0, dist(end, after) ** 0.5 or 1.0
        across, down = (_between(steps, spans, (before[axis], start[axis], end[axis], after[axis])) for axis in (0, 1))
        row += zip(across, down, strict=True)
    return row if closed else [*row, points[-1]]


def _beyond(points: Sequence[Point]) -> Point:
    """A point before the first: an open curve begins straight on."""
    (x, y), (next_x, next_y) = points[:2]
    return 2 * x - next_x, 2 * y - next_y


def _between(steps: int, spans: tuple[float, float, float], near: tuple[float, float, float, float]) -> list[float]:
    """One coordinate of a curve's piece between the middle two of four points, its end left out."""
    first, span, last = spans
    before, start, end, after = near
    leaving = span * ((start - before) / first - (end - before) / (first + span)) + end - start
    coming = end - start + span * ((after - end) / last - (after - start) / (span + last))
    return [
        start
        + at * leaving
        + at**2 * (3 * (end - start) - 2 * leaving - coming)
        + at**3 * (2 * (start - end) + leaving + coming)
        for at in (number / steps for number in range(steps))
    ]


def stroke(row: Sequence[Point], width: float) -> list[Point]:
    """Return the outline of a line along a dense row of points; its ends are flat."""
    left: list[Point] = []
    right: list[Point] = []
    for (x, y), before, after in zip(row, [row[0], *row], [*row[1:], row[-1]], strict=False):
        across, down = after[0] - before[0], after[1] - before[1]
        reach = width / 2 / (hypot(across, down) or 1.0)
        left.append((x - down * reach, y + across * reach))
        right.append((x + down * reach, y - across * reach))
    return [*left, *reversed(right)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A square picture whose middle is (0, 0) and whose edges lie `reach` units from it; y goes down."""

    image: Image.Image
    reach: float

    @classmethod
    def of(cls, side: int, reach: float, ground: Colour) -> Sheet:
        """Return an empty sheet, to be `side` pixels wide once it is made smaller."""
        return cls(Image.new("RGB", (side * FINER, side * FINER), ground), reach)

    def area(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill the smooth outline through points."""
        self._draw.polygon(self._pixels(curve(points, closed=True)), fill)

    def corners(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill the outline whose corners these are."""
        self._draw.polygon(self._pixels(points), fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float = 16.0) -> None:
        """Draw the smooth line through points, with round ends."""
        row = curve(points)
        self.corners(stroke(row, width), fill)
        for end in (row[0], row[-1]):
            self.oval(end, (width / 2, width / 2), fill)

    def oval(self, middle: Point, radii: Point, fill: Colour) -> None:
        """Fill an ellipse."""
        (x, y), (wide, high) = middle, radii
        self._draw.ellipse(self._pixels([(x - wide, y - high), (x + wide, y + high)]), fill)

    def ring(self, middle: Point, radii: Point, fill: Colour, width: float = 16.0) -> None:
        """Draw an ellipse's line, `width` units wide, inwards."""
        (x, y), (wide, high) = middle, radii
        box = self._pixels([(x - wide, y - high), (x + wide, y + high)])
        self._draw.ellipse(box, outline=fill, width=round(width * self._scale))

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    @property
    def _scale(self) -> float:
        return self.image.width / (2 * self.reach)

    def _pixels(self, points: Iterable[Point]) -> list[Point]:
        scale, reach = self._scale, self.reach
        return [((x + reach) * scale, (y + reach) * scale) for x, y in points]
