"""The sheet of all drawings, each over its name."""

from __future__ import annotations

from voiceguide.drawing import atlas
from voiceguide.drawing.letters import fitted
from voiceguide.drawing.shapes import Box, Picture, Run, Shape, Sheet

COLUMNS = 10
_SIDE, _GAP, _MARGIN = 220, 18, 30
"""Pixels: of a drawing, between two, and around all of them."""
_LABEL = 16
"""Pixels: the size of letters."""
_INK, _GROUND, _BEHIND = "#1a211e", "#f5f2ea", "#fffdf8"


def sheet() -> Sheet:
    """Return every bundled drawing on one sheet, in pixels."""
    shapes: list[Shape] = []
    high = _SIDE + 2 * _LABEL + _GAP
    for number, name in enumerate(atlas.names()):
        x = _MARGIN + number % COLUMNS * (_SIDE + _GAP)
        y = _MARGIN + number // COLUMNS * high
        shapes += (
            Box(x, y, _SIDE, _SIDE, _BEHIND, radius=16),
            Picture(x, y, _SIDE, _SIDE, atlas.bundled(name)),
            Run(x + _SIDE / 2, y + _SIDE + 1.3 * _LABEL, fitted(name, _SIDE, _LABEL), _LABEL, _INK, anchor="middle"),
        )
    width = 2 * _MARGIN + COLUMNS * (_SIDE + _GAP) - _GAP
    height = 2 * _MARGIN + -(-len(atlas.names()) // COLUMNS) * high - _GAP
    return Sheet(width, max(height, high), "Drawings", "en", tuple(shapes), ground=_GROUND)
