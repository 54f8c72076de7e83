"""Smooth outlines."""

from __future__ import annotations

from itertools import pairwise
from math import dist, hypot

import pytest

from voiceguide.drawing.curves import oval


def test_an_oval_is_round() -> None:
    """Its corners lie on the ellipse, too close to be seen."""
    points = oval((10, 20), (300, 100))
    assert all(hypot((x - 10) / 300, (y - 20) / 100) == pytest.approx(1) for x, y in points)
    assert max(dist(*pair) for pair in pairwise(points)) < 25
