"""Backs: lying face down, whole and the upper half; seated; in a shirt; a child's."""

from __future__ import annotations

from voiceguide.drawing.figures.figure import Avoid, Figure, Shape, both, one, strip, twice
from voiceguide.drawing.figures.tones import FAIR, SHEET, SHEET_LINE, TOWEL, TOWEL_LINE

UPPER = Figure(
    "upper-back",
    FAIR,
    (
        Shape(one("16,376! 16,40! 20,24 36,16! 324,16! 340,24 344,40! 344,376!"), SHEET, SHEET_LINE),
        Shape(twice("147,50 139,56 149,74"), "skin"),
        Shape(
            both("161,70! 158,94 112,112 66,130 47,180 34,376! 76,376! 98,196! 110,300 108,376!"),
            "skin",
        ),
        Shape(both("180,14 144,54 180,94"), "hair", "hair"),
        Shape(twice("98,196 110,160"), thick=1.4),
        Shape(twice("158,132 143,204 112,172"), line="shade", thick=4),
        Shape(one("94,376! 104,322 180,328 256,322 266,376!", closed=True), TOWEL, TOWEL_LINE),
    ),
    (Avoid(strip(173, 106, 187, 296), "spine", (180, 314)),),
)

BACKS = (UPPER,)
