"""Legs: one uncovered, from behind and from the front; and both under the cover."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, bed, one, patch, ring
from voiceguide.drawing.figures.move import Move, circle, glide, knead, press, rest
from voiceguide.drawing.figures.pen import Pen
from voiceguide.drawing.figures.tones import BROWN, DEEP, FAIR, TAN, TOWEL, TOWEL_LINE

_OTHER = Shape(ring("214,376! 216,290 204,190 212,60 224,-16! 340,-16! 330,120 314,290 312,376!"), TOWEL, TOWEL_LINE)


def _toes(*between: int, low: int = 361) -> Pen:
    """Return what parts the toes of a foot at the lower edge."""
    pen = Pen()
    for x in between:
        pen.lift((x, low - 11)).to((x, low))
    return pen


BEHIND = Figure(
    "leg-back",
    BROWN,
    FAIR,
    (
        bed(-40),
        Shape(
            ring(
                "84,-16! 78,60 96,148 98,176 88,218 98,262 117,290 112,308 112,320 108,342 "
                "108,352 118,360 150,364 162,354 "
                "160,340 156,320 156,308 150,290 168,250 170,214 162,176 168,148 196,60 200,-16!"
            ),
            "skin",
        ),
        _OTHER,
        Shape(one("106,152 130,160 160,150"), line="shade", thick=4),
        Shape(one("104,176 130,168 158,176"), line="shade", thick=4),
        Shape(one("128,200 132,236 128,262"), line="shade", thick=4),
        Shape(one("118,316 134,324 150,316"), line="shade", thick=4),
        Shape(_toes(119, 128, 137, 148), thick=1.4),
        Shape(ring("60,-16! 64,40 120,58 176,50 224,30 230,-16!"), TOWEL, TOWEL_LINE),
    ),
    (
        Avoid(patch(131, 164, 26, 13), "back of the knee", (266, 170), label_on=TOWEL),
        Avoid(((178, 58), (190, 58), (180, 112), (168, 120)), "inner thigh", (262, 92), label_on=TOWEL),
    ),
    0.5,
)

FRONT = Figure(
    "leg-front",
    TAN,
    DEEP,
    (
        bed(-40),
        Shape(
            ring(
                "276,-16! 284,60 264,148 266,176 272,218 262,262 246,292 250,306 252,330 258,348 "
                "250,358 220,364 206,354 "
                "206,336 212,306 214,292 196,262 190,214 200,176 196,148 164,60 160,-16!"
            ),
            "skin",
        ),
        Shape(ring("146,376! 144,290 156,190 148,60 136,-16! 20,-16! 30,120 46,290 48,376!"), TOWEL, TOWEL_LINE),
        Shape(Oval(231, 164, 20, 21), "none", "shade", 4),
        Shape(one("216,190 231,196 247,190"), line="shade", thick=4),
        Shape(one("218,306 222,312 218,318"), line="shade", thick=3),
        Shape(one("246,306 242,312 246,318"), line="shade", thick=3),
        Shape(_toes(220, 230, 239, 248), thick=1.4),
        Shape(ring("300,-16! 296,40 240,58 184,50 136,30 130,-16!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(((182, 58), (170, 58), (180, 112), (192, 120)), "inner thigh", (98, 92), label_on=TOWEL),),
    0.5,
)

CALVES = Figure(
    "leg-back-both",
    BROWN,
    FAIR,
    (
        bed(-40),
        Shape(
            ring(
                "64,-16! 66,90 60,150 80,230 98,282 92,310 86,338 94,352 128,352 140,336 134,310 "
                "130,282 150,230 160,150 156,90 166,-16!"
            ),
            "skin",
        ),
        Shape(
            ring(
                "296,-16! 294,90 300,150 280,230 262,282 268,310 274,338 266,352 232,352 220,336 "
                "226,310 230,282 210,230 200,150 204,90 "
                "194,-16!"
            ),
            "skin",
        ),
        Shape(one("100,310 113,318 127,310"), line="shade", thick=4),
        Shape(one("233,310 247,318 260,310"), line="shade", thick=4),
        Shape(_toes(96, 105, 114, 125, 235, 246, 255, 264, low=353), thick=1.4),
        Shape(ring("44,-16! 44,60 180,72 316,60 316,-16!"), TOWEL, TOWEL_LINE),
    ),
    (),
    0.56,
    "leg-back",
)

COVERED = Figure(
    "legs-covered",
    TAN,
    DEEP,
    (
        bed(-40),
        Shape(
            ring(
                "60,-16! 62,120 74,250 86,300 100,330 128,334 150,322 180,310 210,322 232,334 260,330 274,300 286,250 "
                "298,120 300,-16!"
            ),
            TOWEL,
            TOWEL_LINE,
        ),
        Shape(one("180,-16 178,120 180,306"), line=TOWEL_LINE),
        Shape(one("112,90 116,190 120,280"), line=TOWEL_LINE),
        Shape(one("248,90 244,190 240,280"), line=TOWEL_LINE),
        Shape(one("96,310 114,292 138,310"), line=TOWEL_LINE),
        Shape(one("222,310 246,292 264,310"), line=TOWEL_LINE),
    ),
    (),
    0.56,
    "leg-back",
    TOWEL,
)

COVERED_UP = replace(COVERED, name="legs-covered-up", area="leg-front")

MOVES = (
    Move(
        "glide", "Both hands glide from the ankle up to the thigh, and come back without weight", BEHIND,
        (
            glide("flat", "left", "118,276 110,216 112,96 108,74", -4),
            glide("flat", "right", "152,276 156,216 150,96 150,74", 4),
        ),
    ),
    Move(
        "knead", "Whole hands knead the calf, then the thigh, up toward the hip", BEHIND,
        (
            press("grip", "left", "104,256 102,220 98,120 96,92", -8),
            press("grip", "right", "160,250 160,214 148,114 146,88", 4),
        ),
        out=3, back=2,
    ),
    Move(
        "knead-calf", "Both hands knead the calf by turns, up to a palm's width below the knee", BEHIND,
        (knead("grip", "left", "104,256 102,218", -8), knead("grip", "right", "160,250 162,212", 8)), out=3,
    ),
    Move(
        "knead-thigh", "Both hands knead the back and the outer side of the thigh", BEHIND,
        (knead("grip", "right", "108,102 106,82", 78), knead("grip", "left", "134,94 132,74", 78)), out=3,
    ),
    Move(
        "push-thigh", "The heels of both hands push from above the knee up the thigh, and float back", BEHIND,
        (glide("heel", "left", "106,130 104,62", -12), glide("heel", "right", "146,130 144,66", 2)),
    ),
    Move(
        "feel", "The back of a hand lies on each calf, to compare the two", CALVES,
        (rest("under", "left", (106, 196), -6), rest("under", "right", (254, 196), 6)), both=True,
    ),
    Move(
        "rest", "A hand rests on each heel, over the cover", COVERED,
        (rest("flat", "left", (116, 268), -4), rest("flat", "right", (244, 268), 4)), both=True,
    ),
    Move(
        "glide", "Both hands glide from the ankle round the kneecap, and on to the thigh", FRONT,
        (
            glide("flat", "left", "214,276 202,216 206,150 216,76", -4),
            glide("flat", "right", "248,276 262,216 262,150 252,76", 4),
        ),
    ),
    Move(
        "knead-thigh", "Broad hands knead the top and the outside of the thigh", FRONT,
        (knead("grip", "left", "252,102 254,82", -78), knead("grip", "right", "226,94 228,74", -78)), out=3,
    ),
    Move(
        "knee", "Fingertips circle round the kneecap", FRONT,
        (rest("wrap", "left", (214, 290), 80), circle("pads", "right", (231, 164), 27, -6)), out=4,
    ),
    Move(
        "knead-shin", "A hand kneads the outer side of the shin, below the knee", FRONT,
        (rest("wrap", "left", (222, 288), 80), knead("grip", "right", "262,232 264,206", 10)), out=3,
    ),
    Move(
        "hold-feet", "A hand holds each foot, still and firm, through the cover", COVERED_UP,
        (rest("wrap", "left", (118, 306), 6), rest("wrap", "right", (242, 306), -6)), both=True,
    ),
    Move(
        "rest-shin", "One hand rests on a shin, over the cover", COVERED_UP,
        (rest("flat", "left", (118, 214), -6),), both=True,
    ),
)  # fmt: skip
