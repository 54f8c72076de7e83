"""Legs: one uncovered, from behind and from the front; and both under the cover."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, bed, both, one, patch, ring, twice
from voiceguide.drawing.figures.move import Move, circle, glide, knead, rest, squeeze
from voiceguide.drawing.figures.pen import Pen
from voiceguide.drawing.figures.tones import BROWN, DEEP, FAIR, TAN, TOWEL, TOWEL_LINE

_PALE = "#c48c69"
"""Soles are paler than the leg, on brown skin more than on any."""
_SOLE = ring(
    "0,260 -15,266 -20,282 -16,304 -26,326 -29,338! -25,350 -18,343! -14,355 -8,346! -3,358 3,347! 8,359 13,347! "
    "23,357 31,340! 28,324 20,306 17,296 19,280 14,266"
)
"""A left foot whose sole is seen, as of somebody who lies face down: heel, arch, and toes without nails."""
_INSTEP = one(
    "-14,262 -15,290 -24,318 -30,338! -27,353 -12,353! -10,340! -7,357 3,355! 5,342! 8,354 14,352! 15,338! "
    "18,349 23,346! 23,334! 26,342 31,338! 30,326 17,292 14,262"
)
"""A left foot from above, as of somebody who lies face up; it ends in nails."""
_NAILS = Pen().to((-21, 346)).to((-19, 346)).lift((-3, 350)).to((-2, 350)).lift((9, 348)).to((10, 348))
_NAILS = _NAILS.lift((18, 343)).to((19, 343)).lift((26, 337)).to((27, 337))
_BALL = one("-22,330 -2,320 24,330 | -13,300 1,306 14,299")


def _foot(pen: Pen, x: int, fill: str = "none", line: str = "line", thick: float = 0.0) -> Shape:
    """Return a foot, or what is drawn on it, where its leg is."""
    return Shape(pen.placed((x, 0)), fill, line, thick)


def _calf(x: int) -> Pen:
    """Return the two bellies of a calf, that part above the tendon."""
    return one("-31,214 -20,238 -2,222 -1,182 | -2,222 12,246 26,218").placed((x, 0))


BEHIND = Figure(
    "leg-back",
    BROWN,
    FAIR,
    (
        bed(-40),
        Shape(
            ring(
                "78,-16! 76,60 96,134 98,156 92,196 104,238 121,256 119,290! 155,290! 152,256 166,240 174,200 168,156 "
                "172,134 196,60 200,-16!"
            ),
            "skin",
        ),
        Shape(_calf(136), line="shade", thick=4),
        _foot(_SOLE, 137, _PALE),
        _foot(_BALL, 137, line="#a06c4c", thick=3),
        Shape(ring("248,270 258,310 240,338 246,356 298,352 284,310 292,270"), _PALE),
        Shape(one("256,345 257,355 | 267,347 268,356 | 277,347 278,355 | 286,344 288,353")),
        Shape(ring("216,290! 212,200 206,60 214,-16! 340,-16! 334,60 324,200 312,290 268,304"), TOWEL, TOWEL_LINE),
        # The buttocks under the cover.
        Shape(ring("54,-16! 58,40 100,68 160,66 204,40! 250,64 300,62 342,36 346,-16!"), TOWEL, TOWEL_LINE),
        Shape(one("206,-16 202,12 204,40 | 78,26 118,50 170,44 | 240,44 284,46 322,24"), line=TOWEL_LINE),
    ),
    (
        Avoid(patch(133, 146, 26, 12), "back of the knee", (268, 150), label_on=TOWEL),
        Avoid(((178, 68), (190, 66), (178, 108), (168, 116)), "inner thigh", (268, 92), label_on=TOWEL),
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
                "278,-16! 284,60 264,130 266,156 270,196 258,240 247,266! 217,266! 206,240 192,196 198,156 196,130 "
                "164,60 160,-16!"
            ),
            "skin",
        ),
        _foot(_INSTEP, 232, "skin"),
        _foot(_NAILS, 232, line=TAN.nail, thick=7),
        Shape(ring("146,376! 142,290 156,190 148,60 136,-16! 20,-16! 30,120 46,290 48,376!"), TOWEL, TOWEL_LINE),
        Shape(Oval(231, 142, 20, 23), "#e8bf9c"),
        Shape(
            one(
                "210,130 206,148 214,168 231,174 248,168 | 226,188 222,220 228,256 | 219,270 224,278 219,286 | "
                "246,266 241,273 246,280"
            ),
            line="shade",
            thick=4,
        ),
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
            twice(
                "64,-16! 66,90 72,146 66,200 80,240 95,258 92,290! 128,290! 126,258 142,238 150,196 144,146 156,90 "
                "164,-16!",
                closed=True,
            ),
            "skin",
        ),
        Shape(twice("78,146 108,154 138,146"), line="shade", thick=4),
        Shape(_calf(110), line="shade", thick=4),
        Shape(_calf(110).placed((-360, 0)).mirrored(), line="shade", thick=4),
        _foot(_SOLE, 110, _PALE),
        _foot(_SOLE.mirrored(), 250, _PALE),
        Shape(both("180,-16! 40,-16! 42,56 110,84 180,58!"), TOWEL, TOWEL_LINE),
        Shape(one("180,-16 180,58 | 64,48 104,66 160,54 | 296,48 256,66 200,54"), line=TOWEL_LINE),
    ),
    (),
    0.5,
    "leg-back",
)

_COVER = Shape(
    both("180,-16! 46,-16! 50,60 66,130 64,200 82,262 82,292 110,302 138,294 146,262 164,210 180,200"),
    TOWEL,
    TOWEL_LINE,
)
COVERED = Figure(
    "legs-covered",
    TAN,
    DEEP,
    (
        bed(-40),
        _foot(_SOLE, 110, "#f0cfb2"),
        _foot(_SOLE.mirrored(), 250, "#f0cfb2"),
        _COVER,
        # The buttocks, and the calves.
        Shape(twice("180,-16 180,30 164,58 120,70 70,52"), line=TOWEL_LINE),
        Shape(twice("180,30 180,110 180,200"), line=TOWEL_LINE),
        Shape(twice("108,140 100,180 108,236"), line=TOWEL_LINE),
    ),
    (),
    0.56,
    "leg-back",
    TOWEL,
)

COVERED_UP = replace(
    COVERED,
    name="legs-covered-up",
    area="leg-front",
    shapes=(
        bed(-40),
        _foot(_INSTEP.mirrored(), 110, "skin"),
        _foot(_NAILS.mirrored(), 110, line=TAN.nail, thick=7),
        _foot(_INSTEP, 250, "skin"),
        _foot(_NAILS, 250, line=TAN.nail, thick=7),
        _COVER,
        Shape(twice("180,40 180,110 180,200"), line=TOWEL_LINE),
        # Kneecaps and shins.
        Shape(twice("92,132 106,112 122,132 108,150", closed=True), line=TOWEL_LINE),
        Shape(twice("108,168 108,210 112,256"), line=TOWEL_LINE),
    ),
)

MOVES = (
    Move(
        "glide", "Both hands glide from the ankle up to the thigh, and come back without weight", BEHIND,
        (
            glide("flat", "left", "112,240 110,200 112,96 108,84", 16),
            glide("flat", "right", "156,240 156,200 150,96 150,84", -16),
        ),
    ),
    Move(
        "knead", "Whole hands knead the calf, then the thigh, up toward the hip", BEHIND,
        (
            squeeze("grip", "left", "108,238 98,190 96,96", 58),
            squeeze("grip", "right", "158,222 166,182 158,98", -58),
        ),
        out=3, back=2,
    ),
    Move(
        "knead-calf", "Both hands knead the calf by turns, up to a palm's width below the knee", BEHIND,
        (knead("grip", "left", "114,240 114,202", 58), knead("grip", "right", "158,220 158,182", -58)), out=3,
    ),
    Move(
        "knead-thigh", "Both hands knead the back and the outer side of the thigh", BEHIND,
        (knead("grip", "right", "102,94 102,84", 84), knead("grip", "left", "130,76 128,66", 84)), out=3,
    ),
    Move(
        "push-thigh", "The heels of both hands push from above the knee up the thigh, and float back", BEHIND,
        (glide("heel", "left", "104,124 98,76", 8), glide("heel", "right", "142,116 132,72", -10)),
    ),
    Move(
        "feel", "The back of a hand lies on each calf, to compare the two", CALVES,
        (rest("under", "left", (106, 196), -6), rest("under", "right", (254, 196), 6)), both=True,
    ),
    Move(
        "rest", "A hand rests on each heel, over the cover", COVERED,
        (rest("flat", "left", (98, 280), 80), rest("flat", "right", (262, 280), -80)), both=True,
    ),
    Move(
        "glide", "Both hands glide from the ankle round the kneecap, and on to the thigh", FRONT,
        (
            glide("flat", "left", "206,242 202,206 206,140 214,84", 16),
            glide("flat", "right", "250,242 258,206 260,140 252,84", -16),
        ),
    ),
    Move(
        "knead-thigh", "Broad hands knead the top and the outside of the thigh", FRONT,
        (knead("grip", "left", "256,104 256,94", -80), knead("grip", "right", "228,76 230,66", -80)), out=3,
    ),
    Move(
        "knee", "Fingertips circle round the kneecap", FRONT,
        (rest("wrap", "left", (226, 254), 80), circle("pads", "right", (231, 142), 27, -30)), out=4,
    ),
    Move(
        "knead-shin", "A hand kneads the outer side of the shin, below the knee", FRONT,
        (rest("wrap", "left", (226, 258), 80), knead("grip", "right", "252,216 254,188", -40)), out=3,
    ),
    Move(
        "hold-feet", "A hand holds each foot, still and firm, through the cover", COVERED_UP,
        (rest("wrap", "left", (108, 276), 76), rest("wrap", "right", (252, 276), -76)), both=True,
    ),
    Move(
        "rest-shin", "One hand rests on a shin, over the cover", COVERED_UP,
        (rest("flat", "left", (118, 214), -6),), both=True,
    ),
)  # fmt: skip
