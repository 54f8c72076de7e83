"""The sheet of all drawings: one heading an area, and below it each of its moves with its name."""

from __future__ import annotations

from itertools import groupby

from voiceguide.drawing import atlas
from voiceguide.drawing.letters import fitted
from voiceguide.drawing.shapes import Box, Picture, Run, Shape, Sheet

COLUMNS = 6
_SIDE, _GAP, _MARGIN = 220, 20, 40
"""Pixels: of a drawing, between two, and around all of them."""
_HEADING, _LABEL = 26, 15
"""Pixels: sizes of letters."""
_INK, _SOFT, _GROUND, _BEHIND = "#1a211e", "#525d57", "#f5f2ea", "#fffdf8"


def sheet() -> Sheet:
    """Return every bundled drawing on one sheet, in pixels."""
    shapes: list[Shape] = []
    y = float(_MARGIN)
    for area, members in groupby(atlas.names(), key=lambda name: name.partition("/")[0]):
        shapes.append(Run(_MARGIN, y + _HEADING, area, _HEADING, _INK, bold=True))
        y += _HEADING + _GAP
        moves = list(members)
        for number, name in enumerate(moves):
            x = _MARGIN + number % COLUMNS * (_SIDE + _GAP)
            shapes.append(Box(x, y, _SIDE, _SIDE, _BEHIND, radius=16))
            shapes.append(Picture(x, y, _SIDE, _SIDE, atlas.bundled(name)))
            move = fitted(name.partition("/")[2], _SIDE, _LABEL)
            shapes.append(Run(x + _SIDE / 2, y + _SIDE + _LABEL + 4, move, _LABEL, _SOFT, anchor="middle"))
            if number % COLUMNS == COLUMNS - 1 or number == len(moves) - 1:
                y += _SIDE + _LABEL + 4 + _GAP
        y += _GAP
    width = 2 * _MARGIN + COLUMNS * _SIDE + (COLUMNS - 1) * _GAP
    return Sheet(width, y + _MARGIN, "Drawings", "en", tuple(shapes), ground=_GROUND)
