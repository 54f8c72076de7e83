"""Smooth outlines: they pass through their points, and are as wide as they say."""

from __future__ import annotations

from itertools import pairwise
from math import dist, hypot

import pytest

from voiceguide.drawing.curves import curve, flipped, mirrored, oval, stroke

CORNERS = [(0.0, 0.0), (100.0, 40.0), (140.0, 200.0), (20.0, 90.0)]


@pytest.mark.parametrize("closed", [False, True])
def test_a_curve_passes_through_its_points(closed: bool) -> None:
    """In small steps, and round to the first again where it is closed."""
    row = curve(CORNERS, closed=closed)
    assert all(min(dist(point, on) for on in row) < 1e-6 for point in CORNERS)
    assert max(dist(*pair) for pair in pairwise(row)) < 16
    assert (dist(row[-1], row[0]) < 16) == closed


def test_a_stroke_is_as_wide_as_it_says() -> None:
    """Across, from one side to the other."""
    outline = stroke([(0.0, 0.0), (5.0, 0.0), (10.0, 0.0)], 4)
    assert sorted(outline) == [(0, -2), (0, 2), (5, -2), (5, 2), (10, -2), (10, 2)]


def test_halves_are_mirrored() -> None:
    """About the middle, in the order of an outline."""
    assert flipped([(1, 2), (3, 4)]) == [(-1, 2), (-3, 4)]
    assert mirrored([(1, 2), (3, 4)]) == [(1, 2), (3, 4), (-3, 4), (-1, 2)]


def test_an_oval_is_round() -> None:
    """Its corners lie on the ellipse, too close to be seen."""
    points = oval((10, 20), (300, 100))
    assert all(hypot((x - 10) / 300, (y - 20) / 100) == pytest.approx(1) for x, y in points)
    assert max(dist(*pair) for pair in pairwise(points)) < 25
