"""Whole people: settling, resting, and stretching."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.areas.selves import CROSSED, OPEN
from voiceguide.drawing.figures.figure import Figure, Oval, Shape, bed, both, box, one, ring, twice
from voiceguide.drawing.figures.hands import POSES, outline
from voiceguide.drawing.figures.move import Move, rest
from voiceguide.drawing.figures.tones import (
    DEEP,
    FAIR,
    PILLOW,
    SHEET,
    SHEET_LINE,
    SHIRT,
    SHIRT_LINE,
    TAN,
    TOWEL,
    TOWEL_LINE,
    TROUSERS,
    TROUSERS_LINE,
    WOOD,
    WOOD_LINE,
)

_FACE = (
    Shape(Oval(180, 62, 38, 44), "hair", "hair"),
    Shape(both("180,34 150,54 150,80 162,104 180,112"), "skin"),
    Shape(twice("158,74 164,77 170,74"), thick=1.6),
    Shape(one("178,76 176,86 182,88"), thick=1.4),
    Shape(one("172,98 180,101 188,98"), thick=1.8),
)

TOGETHER = Figure(
    "together",
    FAIR,
    DEEP,
    (
        Shape(ring("20,80 180,50 340,80 350,200 330,300 180,324 30,300 10,200"), SHEET, SHEET_LINE),
        Shape(outline(replace(POSES["under"], arm=150)).mirrored().placed((160, 196), 84, 1.1), "skin"),
    ),
    (),
    1.05,
    "whole",
)
NEIGHBOURS = Figure(
    "side-by-side",
    TAN,
    DEEP,
    (
        bed(),
        Shape(ring("34,40! 166,40! 166,130! 34,130!"), PILLOW, SHEET_LINE),
        Shape(ring("194,40! 326,40! 326,130! 194,130!"), PILLOW, SHEET_LINE),
        Shape(Oval(100, 88, 32, 38), "hair", "hair"),
        Shape(Oval(100, 96, 28, 32), "skin"),
        Shape(Oval(260, 88, 32, 38), DEEP.hair, DEEP.hair),
        Shape(Oval(260, 96, 28, 32), DEEP.fill, DEEP.line),
        Shape(one("88,98 92,100 96,98"), thick=1.4),
        Shape(one("104,98 108,100 112,98"), thick=1.4),
        Shape(one("92,112 100,116 108,112"), thick=1.4),
        Shape(one("248,98 252,100 256,98"), line=DEEP.line, thick=1.4),
        Shape(one("264,98 268,100 272,98"), line=DEEP.line, thick=1.4),
        Shape(one("252,112 260,116 268,112"), line=DEEP.line, thick=1.4),
        Shape(
            ring("24,376! 30,160 70,138 100,146 140,138 180,158 220,138 260,146 290,138 330,160 336,376!"),
            TOWEL,
            TOWEL_LINE,
        ),
        Shape(one("180,158 176,240 180,376"), line=TOWEL_LINE),
        Shape(outline(replace(POSES["under"], arm=100)).mirrored().placed((172, 252), 72, 0.5), "skin"),
    ),
    (),
    0.5,
    "whole",
    TOWEL,
)
SITTING = Figure(
    "sitting",
    DEEP,
    DEEP,
    (
        Shape(both("180,110! 96,116 88,140 92,300 180,310"), WOOD, WOOD_LINE),
        Shape(both("164,96! 164,128 140,148 180,170"), "skin"),
        *_FACE,
        Shape(
            both("180,162 146,138! 118,150 90,166 76,214 86,250 112,248 113,228! 114,290! 180,290!"), SHIRT, SHIRT_LINE
        ),
        Shape(twice("113,228 114,206"), line=SHIRT_LINE),
        Shape(twice("92,326! 100,376! 160,376! 168,326!", closed=True), TROUSERS, TROUSERS_LINE),
        Shape(both("180,266 122,268 98,284 84,312 88,338 124,350 162,342 174,318 180,296"), TROUSERS, TROUSERS_LINE),
    ),
    (),
    0.42,
    "whole",
    TROUSERS,
)
LYING = Figure(
    "lying",
    FAIR,
    FAIR,
    (
        bed(),
        Shape(Oval(180, 62, 80, 40), PILLOW, SHEET_LINE),
        Shape(both("164,96! 164,124 146,138 180,160"), "skin"),
        *_FACE,
        Shape(
            both("180,150 148,132! 116,144 88,160 66,210 74,262 110,272 116,240! 118,290! 180,290!"), SHIRT, SHIRT_LINE
        ),
        Shape(ring("104,376! 106,296 180,282 254,296 256,376!"), TOWEL, TOWEL_LINE),
    ),
    (),
    0.42,
    "whole",
    SHIRT,
)
_SPREAD = Shape(outline(replace(POSES["under"], arm=120)).placed((60, 172), -84, 0.36), "skin")
WIDE = Figure(
    "arms-wide",
    TAN,
    TAN,
    (
        Shape(box(8, 10, 352, 352), SHEET, SHEET_LINE),
        Shape(Oval(180, 66, 84, 46), PILLOW, SHEET_LINE),
        _SPREAD,
        _SPREAD.mirrored(),
        Shape(both("164,96! 164,124 146,138 180,160"), "skin"),
        *_FACE,
        Shape(both("180,150 148,132! 116,144 90,152! 92,194! 120,198! 126,240! 180,240!"), SHIRT, SHIRT_LINE),
        # Feet flat on the mat, shins, and the knees, nearest to whoever looks from above.
        Shape(
            twice("150,312! 140,332 144,346 158,349 172,344 174,330 168,312!", closed=True),
            "skin",
        ),
        Shape(twice("144,270! 146,322! 172,322! 178,270!", closed=True), TROUSERS, TROUSERS_LINE),
        Shape(both("180,236! 126,236! 124,262 134,288 152,300 172,294 180,280!"), TROUSERS, TROUSERS_LINE),
        Shape(twice("140,276 152,290 168,282 | 180,236 180,258 180,280"), line=TROUSERS_LINE),
    ),
    (),
    0.46,
    "whole",
    TROUSERS,
)

MOVES = (
    Move(
        "hands", "Two people hold each other's hands", TOGETHER,
        (rest("flat", "left", (192, 186), -88),), both=True,
    ),
    Move(
        "side-by-side", "Two people side by side under a blanket, their hands together", NEIGHBOURS,
        (rest("flat", "right", (186, 248), -74),), both=True,
    ),
    Move(
        "chest", "Both hands lie on the chest", CROSSED,
        (rest("flat", "left", (192, 212), -50, arm=115), rest("flat", "right", (166, 224), 52, arm=100)), both=True,
    ),
    Move(
        "lap", "Leaning back on a chair, the hands palms up on the thighs", SITTING,
        (rest("under", "left", (236, 292), 188, arm=66), rest("under", "right", (124, 292), 172, arm=66)), both=True,
    ),
    Move(
        "ribs", "Lying on the back, both hands on the ribs", LYING,
        (rest("flat", "left", (216, 230), -74), rest("flat", "right", (144, 230), 74)), both=True,
    ),
    Move("arms-wide", "Lying on a mat, knees bent, the arms spread wide", WIDE, (), both=True),
    Move("open-chest", "Hands behind the head, elbows wide, the chest lifted", OPEN, (), both=True),
    Move(
        "thighs", "Both feet on the floor, a palm on each thigh", SITTING,
        (rest("flat", "left", (236, 298), 188, arm=76), rest("flat", "right", (124, 298), 172, arm=76)), both=True,
    ),
)  # fmt: skip
