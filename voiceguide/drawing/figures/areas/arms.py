"""Hands and forearms that are massaged."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.figure import Avoid, Figure, Shape, patch, ring
from voiceguide.drawing.figures.hands import POSES, outline
from voiceguide.drawing.figures.move import Move, circle, glide, knead, rest
from voiceguide.drawing.figures.pen import Pen
from voiceguide.drawing.figures.tones import BROWN, DEEP, FAIR, SHEET, SHEET_LINE, TAN

_CUSHION = Shape(ring("30,-16! 34,240 60,300 180,316 300,300 326,240 330,-16!"), SHEET, SHEET_LINE)


def _lying(times: float, arm: float, middle: tuple[float, float], turn: float, *, palm: bool) -> Shape:
    """A left hand as a figure: its palm, or its back."""
    pen = outline(replace(POSES["flat"], arm=arm))
    return Shape((pen if palm else pen.mirrored()).placed(middle, turn, times), "skin")


def _nails(times: float, middle: tuple[float, float], turn: float, *, right: bool = False) -> Shape:
    """The nails of a left hand whose back is seen, or of a right one."""
    pen, pose = Pen(), POSES["flat"]
    for finger in (*pose.fingers, pose.thumb):
        finger.nail(pen)
    pen = pen if right else pen.mirrored()
    return Shape(pen.placed(middle, turn, times), line=TAN.nail, thick=round(9 * times))


def _line(points: tuple[tuple[float, float], ...], middle: tuple[float, float], turn: float, times: float) -> Pen:
    return Pen().lift(points[0]).to(*points[1:]).placed(middle, turn, times)


_AT, _SIZE = (180.0, 150.0), 1.5
PALM = Figure(
    "hand-palm",
    FAIR,
    DEEP,
    (
        _CUSHION,
        _lying(_SIZE, 80, _AT, 180, palm=True),
        Shape(_line(((-34, -14), (-4, -10), (-8, 40)), _AT, 180, _SIZE), line="shade", thick=4),
        Shape(_line(((-30, -26), (8, -24), (38, -8)), _AT, 180, _SIZE), line="shade", thick=4),
    ),
    (),
    0.8,
)
HAND_BACK = Figure(
    "hand-back",
    TAN,
    DEEP,
    (
        _CUSHION,
        _lying(_SIZE, 80, _AT, 180, palm=False),
        _nails(_SIZE, _AT, 180),
        Shape(_line(((30, -36), (14, 30)), _AT, 180, _SIZE), line="shade", thick=4),
        Shape(_line(((10, -40), (5, 30)), _AT, 180, _SIZE), line="shade", thick=4),
        Shape(_line(((-11, -38), (-4, 30)), _AT, 180, _SIZE), line="shade", thick=4),
        Shape(_line(((-31, -30), (-14, 30)), _AT, 180, _SIZE), line="shade", thick=4),
    ),
    (),
    0.8,
)
FOREARM = Figure(
    "forearm",
    BROWN,
    FAIR,
    (
        _CUSHION,
        Shape(ring("146,-16! 142,40 134,84 150,150 158,190 202,190 212,150 226,84 218,40 214,-16!"), "skin"),
        _lying(0.78, 100, (180, 246), 180, palm=True),
        Shape(ring("147,104! 145,122! 152,150! 159,198! 201,198! 210,150! 216,122! 214,104!"), "skin", "none"),
        Shape(_line(((-34, -14), (-4, -10), (-8, 40)), (180, 246), 180, 0.78), line="shade", thick=3),
        Shape(_line(((-30, -26), (8, -24), (38, -8)), (180, 246), 180, 0.78), line="shade", thick=3),
    ),
    (Avoid(patch(180, 62, 26, 13), "inner elbow", (272, 68), label_on=SHEET),),
    0.6,
)

TWO_HANDS = Figure(
    "hands-both",
    TAN,
    DEEP,
    (
        _CUSHION,
        Shape(outline(replace(POSES["flat"], arm=150)).mirrored().placed((226, 160), 184, 1.2), "skin"),
        Shape(outline(replace(POSES["flat"], arm=150)).placed((134, 160), 176, 1.2), "skin"),
        _nails(1.2, (226, 160), 184),
        _nails(1.2, (134, 160), 176, right=True),
    ),
    (),
    0.8,
    "hand-back",
)

MOVES = (
    Move(
        "hold", "Both hands carry the hand, until all its weight is theirs", PALM,
        (rest("clasp", "left", (164, 176), 8), rest("clasp", "right", (198, 176), -8)),
    ),
    Move(
        "thumbs", "Both thumbs slide from the middle of the palm to its edges", PALM,
        (glide("clasp", "left", "170,150 128,140", 6), glide("clasp", "right", "190,150 232,140", -6)),
    ),
    Move(
        "circles", "A thumb circles slowly in the palm", PALM,
        (rest("wrap", "left", (124, 130), 70), circle("clasp", "right", (184, 140), 22, -16)), out=4,
    ),
    Move(
        "fingers", "Thumb and finger draw along each finger, from its root to its tip", PALM,
        (rest("wrap", "left", (118, 120), 74), glide("pinch", "right", "196,224 200,334", -40)),
    ),
    Move(
        "bones", "A thumb draws between two bones, from knuckle to wrist", HAND_BACK,
        (rest("wrap", "left", (120, 190), 56), glide("clasp", "right", "196,210 188,100", -24)),
    ),
    Move(
        "circles", "Both thumbs circle on the back of the hand", HAND_BACK,
        (circle("clasp", "left", (158, 160), -18, 16), circle("clasp", "right", (202, 160), 18, -16)), out=4,
    ),
    Move(
        "wrist", "Both thumbs circle over the back of the wrist", HAND_BACK,
        (circle("clasp", "left", (162, 64), -14, 22), circle("clasp", "right", (198, 64), 14, -22)), out=4,
    ),
    Move(
        "fingers", "Thumb and finger draw along each finger, from its root to its tip", HAND_BACK,
        (rest("wrap", "left", (118, 150), 66), glide("pinch", "right", "196,224 200,334", -40)),
    ),
    Move(
        "both", "Both hands wrap round the receiver's two", TWO_HANDS,
        (rest("flat", "left", (120, 200), 24), rest("flat", "right", (240, 200), -24)), both=True,
    ),
    Move(
        "carry", "Two hands carry the forearm's whole weight, at the hand and below the elbow", FOREARM,
        (rest("flat", "right", (196, 262), -60), rest("wrap", "left", (150, 128), 70)),
    ),
    Move(
        "stroke", "One hand holds the wrist, the other strokes up to below the elbow", FOREARM,
        (rest("wrap", "left", (158, 216), 66), glide("flat", "right", "186,172 184,100", -14)),
    ),
    Move(
        "knead", "One hand keeps the wrist, the other kneads up to the thick part of the forearm", FOREARM,
        (rest("wrap", "left", (158, 216), 66), knead("grip", "right", "186,158 188,110", -34)), out=3,
    ),
)  # fmt: skip
