"""Drawings flattened and drawn as pixels, as a browser would draw them."""

from __future__ import annotations

import math

import pytest
from drawings_for_tests import GLIDE
from PIL import Image

from voiceguide.drawing import flat, raster, vector, ways
from voiceguide.drawing.flat import Area, Label, Stroke

SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"'


def _pieces(inner: str) -> list[flat.Piece]:
    return list(flat.pieces(vector.read(f"<svg {SVG}>{inner}</svg>".encode(), name="a")))


def _drawn(inner: str, side: int = 100) -> Image.Image:
    picture = vector.read(f"<svg {SVG}>{inner}</svg>".encode(), name="a")
    image = Image.new("RGB", (side, side), "#ffffff")
    raster.paint(image, picture, flat.into(picture, 0, 0, side, side))
    return image


def test_groups_move_and_colour_what_is_in_them() -> None:
    """A translated, scaled and turned group; looks are inherited, opacities multiplied."""
    (area,) = _pieces(
        '<g fill="#abc" opacity=".5" transform="translate(10 20) scale(2)">'
        '<rect width="5" height="5" fill-opacity=".5" transform="rotate(90)"/></g>'
    )
    assert isinstance(area, Area)
    assert (area.colour, area.opacity) == ("#aabbcc", 0.25)
    expected = [(10, 20), (10, 30), (0, 30), (0, 20)]
    assert [(pytest.approx(x), pytest.approx(y)) for x, y in expected] == list(area.rows[0])


def test_a_path_has_every_command() -> None:
    """Absolute and relative, smooth ones, arcs with their flags written together."""
    (row,) = ways.rows("M0 0h10v10H5V5L5 0Q7 0 7 2T9 4c0 1 0 1 1 1s1 0 1 1S10 9 10 10A5 5 0 0120 10z")
    assert row.closed and row.points[0] == (0, 0) and row.points[-1] == (20, 10)
    (arc,) = ways.rows("M10 0a10 10 0 1 1-20 0")
    assert all(math.hypot(x, y) == pytest.approx(10) for x, y in arc.points)
    assert min(y for _, y in arc.points) == pytest.approx(-10, abs=0.2) or max(y for _, y in arc.points) > 9.8


@pytest.mark.parametrize(
    "way", ["L0 0", "M0", "M0 0 1", "M0 0a1 1 0 2 1 1 1", "M0 0x", "M 0 0 z 1 1", "M0 0h1e999", "0 0"]
)
def test_what_is_no_path_is_told(way: str) -> None:
    """From the place where it is none."""
    assert ways.fault(way, 100.0) is not None


def test_areas_and_lines_are_where_they_are_drawn() -> None:
    """A filled square, a hole by direction and by rule, a line of a width, a dashed one, a label."""
    ring = "M10 10H90V90H10z{}"
    for hole, rule in (("M30 30V70H70V30z", "nonzero"), ("M30 30H70V70H30z", "evenodd")):
        image = _drawn(f'<path d="{ring.format(hole)}" fill="#ff0000" fill-rule="{rule}"/>')
        assert image.getpixel((20, 50)) == (255, 0, 0)
        assert image.getpixel((50, 50)) == (255, 255, 255)
    filled = _drawn(f'<path d="{ring.format("M30 30H70V70H30z")}" fill="#ff0000"/>')
    assert filled.getpixel((50, 50)) == (255, 0, 0)
    line = _drawn('<line x1="0" y1="50" x2="100" y2="50" stroke="#0000ff" stroke-width="10"/>')
    assert line.getpixel((50, 47)) == line.getpixel((50, 53)) == (0, 0, 255)
    assert line.getpixel((50, 43)) == (255, 255, 255)
    dashed = _drawn('<path d="M0 50H100" stroke="#000" stroke-width="10" stroke-dasharray="20 20" fill="none"/>')
    assert [dashed.getpixel((x, 50)) for x in (10, 30, 50, 70)] == [(0, 0, 0), (255, 255, 255)] * 2
    half = _drawn('<rect width="100" height="100" fill="#000" opacity=".5"/>')
    assert half.getpixel((5, 5)) == pytest.approx((127, 127, 127), abs=2)


def test_a_drawing_of_ours_is_all_there() -> None:
    """The figure, the way, the hands above it, and the label."""
    kinds = [type(piece) for piece in flat.pieces(vector.read(GLIDE.encode(), name="a"))]
    assert kinds == [Area, Stroke, Label, Stroke, Stroke, Area, Area]


def test_a_picture_larger_than_its_place_is_cut_off() -> None:
    """Nothing fails where shapes lie outside, or are nowhere."""
    assert _drawn('<circle cx="500" cy="500" r="9"/><path d="M-9-9h300v300" fill="none" stroke="#000"/>')
