"""Smooth outlines as rows of points."""

from __future__ import annotations

from math import cos, pi, sin

Point = tuple[float, float]

_AROUND = 96
"""Corners of an oval: too many to be seen on a cover."""


def oval(middle: Point, radii: Point) -> list[Point]:
    """Return an ellipse's outline, from its rightmost point on."""
    (x, y), (wide, high) = middle, radii
    angles = (2 * pi * corner / _AROUND for corner in range(_AROUND))
    return [(x + wide * cos(angle), y + high * sin(angle)) for angle in angles]
