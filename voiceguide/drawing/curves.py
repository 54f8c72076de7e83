"""Smooth outlines as rows of points: curves, strokes and ovals, which shapes are made of."""

from __future__ import annotations

from math import cos, dist, hypot, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

_AROUND = 96
"""Corners of an oval: too many to be seen on a cover."""


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


def oval(middle: Point, radii: Point) -> list[Point]:
    """Return an ellipse's outline, from its rightmost point on."""
    (x, y), (wide, high) = middle, radii
    angles = (2 * pi * corner / _AROUND for corner in range(_AROUND))
    return [(x + wide * cos(angle), y + high * sin(angle)) for angle in angles]
