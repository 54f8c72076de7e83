"""Shapes: where they are, and what becomes of columns of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.drawing import letters
from voiceguide.drawing.shapes import Block, Box, Path, Run, Shape, Sheet, band, trace

NAN = float("nan")


@pytest.mark.parametrize(
    "shape",
    [
        Run(10, 20, "Text", 8, "#000000", anchor="middle"),
        Run(10, 20, "Text", 8, "#000000", anchor="end", fixed=True),
        Box(10, 20, 30, 40, "#ffffff", "#000000", 2),
        Path(((10, 20), (30, 5)), "#000000", 3),
        Path(((10, 20), (30, 5), (0, 0)), "#000000"),
    ],
    ids=["run", "fixed run", "box", "line", "area"],
)
def test_a_shape_moves_and_grows_with_its_box(shape: Shape) -> None:
    """All its lengths, a line's thickness and a letter's size too."""
    assert shape.moved(3, -4).box == pytest.approx(tuple(map(sum, zip(shape.box, (3, -4, 3, -4), strict=True))))
    assert shape.scaled(2.5).box == pytest.approx([2.5 * edge for edge in shape.box])
    (moved,) = Block(0, (shape,)).at(3, -4)
    assert moved == shape.moved(3, -4)


def test_a_run_is_as_wide_as_its_letters() -> None:
    """Helvetica's, or all of one width; it ends where it is anchored."""
    assert Run(0, 0, "mm", 10, "#000000").width == letters.width("mm", 10)
    assert Run(0, 0, "mi", 10, "#000000", fixed=True).width == pytest.approx(20 * letters.FIXED)
    assert Run(100, 0, "mm", 10, "#000000", anchor="end").box[2] == pytest.approx(100)


def test_a_sheet_has_the_words_of_its_picture_too() -> None:
    """Over what else is on it."""
    one, other, frame = Run(0, 0, "a", 9, "#000000"), Run(0, 0, "b", 9, "#000000"), Box(0, 0, 1, 1, "#000000")
    sheet = Sheet(10, 10, "t", "en", (one,), (frame, other))
    assert sheet.all_shapes == (one, frame, other)
    assert sheet.runs == (one, other)


def test_a_band_is_a_shape_a_stretch() -> None:
    """A column is one unit wide; one without numbers, or upside down, is left out."""
    top, bottom = np.array([2.0, NAN, 5.0, 5.0, 9.0]), np.array([4.0, 4.0, 5.0, 7.0, 8.0])
    first, second = band(1, top, bottom, "#ff0000")
    assert first.points == ((1, 2), (2, 2), (2, 4), (1, 4))
    assert second.points == ((3, 5), (4, 5), (4, 5), (5, 5), (5, 7), (4, 7), (4, 5), (3, 5))
    assert first.weight == second.weight == 0


def test_a_trace_is_broken_where_nothing_is_known() -> None:
    """A lone point is a dash, as a line of one point is not seen."""
    line, dash = trace(5, np.array([2.0, 6.0, NAN, 3.0]), "#0000ff", 2.0)
    assert line.points == ((5.5, 2), (6.5, 6))
    assert dash.points == ((8, 3), (9, 3))
    assert line.weight == dash.weight == 2.0
    assert trace(0, np.array([NAN]), "#0000ff") == ()
