"""Feet: the sole, the top, the side, and both."""

from __future__ import annotations

from voiceguide.drawing.figures.figure import Figure, Oval, Shape, one, ring, twice
from voiceguide.drawing.figures.move import Move, circle, glide, knead, press, rest
from voiceguide.drawing.figures.pen import Pen
from voiceguide.drawing.figures.tones import BROWN, DEEP, FAIR, SHEET, SHEET_LINE, TAN, TOWEL, TOWEL_LINE


def _ovals(*toes: tuple[int, int, int, int]) -> Pen:
    """Return toes, and those of the other foot."""
    pen = Pen()
    for x, y, wide, high in toes:
        for middle in (x, 360 - x):
            around = ((middle, y - high), (middle + wide, y), (middle, y + high), (middle - wide, y))
            pen.through([((float(left), float(top)), False) for left, top in around], True)
    return pen


def _toes(*ovals: tuple[int, int, int, int]) -> tuple[Shape, ...]:
    """Toes, each by its middle, its width and its height."""
    return tuple(Shape(Oval(*oval), "skin") for oval in ovals)


_TOWEL = Shape(ring("24,376! 30,40 48,24! 312,24! 330,40 336,376!"), SHEET, SHEET_LINE)
_TOES = _toes(
    (252, 98, 13, 16),
    (231, 82, 14, 19),
    (207, 70, 15, 22),
    (180, 62, 16, 24),
    (143, 62, 22, 32),
)
_SOLE = (
    Shape(
        ring(
            "148,92 122,104 112,140 122,186 140,232 136,290 152,328 182,338 212,326 226,288 228,232 244,180 "
            "254,136 240,104 200,92"
        ),
        "skin",
    ),
    *_TOES,
    Shape(one("134,128 150,152 176,148 204,156 236,146"), line="shade", thick=4),
    Shape(one("150,300 182,284 214,300"), line="shade", thick=4),
)
SOLE = Figure(
    "foot-sole",
    FAIR,
    BROWN,
    (_TOWEL, Shape(ring("132,80! 142,-16! 234,-16! 242,90!"), "skin"), *_SOLE),
    (),
    0.72,
)
"""A sole, and above the toes the leg that lies behind it."""
BARE_SOLE = (_TOWEL, *_SOLE)

_TOP = (
    Shape(
        ring(
            "142,-16! 146,60 138,108 146,140 124,206 112,262 126,290 240,288 252,256 234,196 216,140 224,104 "
            "216,60 220,-16!"
        ),
        "skin",
    ),
    *_toes(
        (246, 284, 13, 16),
        (226, 298, 14, 19),
        (202, 308, 15, 22),
        (176, 314, 16, 24),
        (140, 312, 22, 32),
    ),
    Shape(
        Pen()
        .lift((140, 336))
        .to((140, 330))
        .lift((176, 332))
        .to((176, 328))
        .lift((202, 324))
        .to((202, 321))
        .lift((226, 311))
        .to((226, 308))
        .lift((246, 295))
        .to((246, 292)),
        line="#fbeee6",
        thick=10,
    ),
    Shape(
        Pen()
        .lift((166, 170))
        .to((150, 262))
        .lift((178, 170))
        .to((174, 262))
        .lift((188, 170))
        .to((198, 260))
        .lift((198, 170))
        .to((220, 254)),
        line="shade",
        thick=3,
    ),
    Shape(one("150,112 156,122 152,132"), line="shade", thick=4),
    Shape(one("212,108 206,118 210,128"), line="shade", thick=4),
)
TOP = Figure("foot-top", TAN, DEEP, (_TOWEL, *_TOP), (), 0.72)

FOOT_SIDE = Figure(
    "foot-side",
    BROWN,
    FAIR,
    (
        Shape(ring("-16,376! -16,300! 120,306 240,320 376,312! 376,376!"), SHEET, SHEET_LINE),
        Shape(
            ring(
                "376,178! 280,182 216,176 186,150 170,100 158,58 144,38 128,40 122,58 124,84 114,110 112,150 104,190 "
                "98,240 104,282 130,304 168,302 206,286 280,298 376,306!"
            ),
            "skin",
        ),
        Shape(one("124,58 134,60 144,54"), thick=1.4),
        Shape(one("198,208 184,220 186,240 202,244 212,230 208,214"), line="shade", thick=4),
        Shape(one("206,286 192,274 186,262"), line="shade", thick=4),
    ),
    (),
    0.66,
)

FEET = Figure(
    "feet-both",
    TAN,
    DEEP,
    (
        _TOWEL,
        Shape(twice("90,110! 84,-16! 154,-16! 150,100!", closed=True), "skin"),
        Shape(
            twice(
                "96,110 80,126 82,164 94,210 92,262 110,290 138,282 148,244 148,206 156,160 156,124 140,106",
                closed=True,
            ),
            "skin",
        ),
        Shape(
            _ovals((139, 86, 14, 20), (118, 82, 10, 15), (102, 86, 9, 14), (88, 94, 8, 12), (78, 106, 7, 10)), "skin"
        ),
        Shape(twice("94,148 118,158 148,146"), line="shade", thick=4),
    ),
    (),
    0.66,
    "foot-sole",
)

WRAPPED = Figure(
    "feet-wrapped",
    TAN,
    DEEP,
    (
        _TOWEL,
        Shape(twice("74,110! 72,-16! 160,-16! 156,90!", closed=True), TOWEL, TOWEL_LINE),
        Shape(_ovals((136, 76, 15, 24), (112, 74, 11, 18), (94, 82, 9, 15), (80, 94, 8, 13), (70, 108, 7, 12)), "skin"),
        Shape(
            twice("100,92 66,122 62,200 76,290 112,312 150,296 166,220 164,124 140,94", closed=True), TOWEL, TOWEL_LINE
        ),
        Shape(twice("68,124 104,108 160,120"), line=TOWEL_LINE),
        Shape(twice("70,150 110,176 160,180"), line=TOWEL_LINE),
        Shape(twice("70,216 110,226 158,206"), line=TOWEL_LINE),
    ),
    (),
    0.66,
    "foot-sole",
    TOWEL,
)

ONE_WRAPPED = Figure(
    "foot-wrapped",
    TAN,
    DEEP,
    (
        _TOWEL,
        Shape(ring("132,80! 142,-16! 234,-16! 242,90!"), TOWEL, TOWEL_LINE),
        *_TOES,
        Shape(
            ring("140,86 106,104 102,150 118,220 126,306 182,344 236,308 240,226 262,150 258,110 206,84"),
            TOWEL,
            TOWEL_LINE,
        ),
        Shape(one("105,112 180,96 260,116"), line=TOWEL_LINE),
        Shape(one("104,150 176,192 258,160"), line=TOWEL_LINE),
        Shape(one("122,262 182,276 238,244"), line=TOWEL_LINE),
    ),
    (),
    0.72,
    "foot-sole",
    TOWEL,
)

MOVES = (
    Move(
        "both", "A hand rests on each foot", FEET,
        (rest("flat", "left", (112, 216), -4), rest("flat", "right", (248, 216), 4)), both=True,
    ),
    Move(
        "both-wrapped", "A hand rests on each wrapped foot", WRAPPED,
        (rest("flat", "left", (110, 216), -4), rest("flat", "right", (250, 216), 4)), both=True,
    ),
    Move(
        "hold", "Both hands wrap round the foot, and hold it still", SOLE,
        (rest("wrap", "left", (126, 206), 42), rest("wrap", "right", (240, 214), -42)),
    ),
    Move(
        "thumbs", "Thumb after thumb draws slow lines from the heel to the toes", SOLE,
        (
            glide("clasp", "left", "168,292 164,200 152,122", 14),
            glide("clasp", "right", "196,282 204,200 212,122", -14),
        ),
    ),
    Move(
        "press", "Both thumbs press the middle of the sole, and move on toward the toes", SOLE,
        (
            press("clasp", "left", "170,236 166,196 160,156", 14),
            press("clasp", "right", "194,236 200,196 206,156", -14),
        ),
    ),
    Move(
        "heel", "One hand holds the foot, the other kneads the heel all round", SOLE,
        (rest("wrap", "left", (128, 178), 52), knead("grip", "right", "208,306 176,322", -24)), out=3,
    ),
    Move(
        "toes", "One hand keeps the foot still, the other rolls each toe between thumb and finger", SOLE,
        (rest("wrap", "right", (236, 204), -48), glide("pinch", "left", "157,52 144,46 131,52", 30)), out=3,
    ),
    Move(
        "fist", "A soft fist rolls along the sole", SOLE,
        (rest("wrap", "left", (124, 160), 60), glide("fist", "right", "184,280 190,170", 4)),
    ),
    Move(
        "glide", "Both hands glide from the toes to the ankle", TOP,
        (glide("flat", "left", "140,262 150,150 150,90", 8), glide("flat", "right", "222,262 212,150 212,90", -8)),
    ),
    Move(
        "bones", "A thumb strokes between the long bones, from the toes to the ankle", TOP,
        (rest("wrap", "left", (124, 226), 60), glide("clasp", "right", "186,262 184,170", -20)),
    ),
    Move(
        "toes", "One hand keeps the foot still, the other rolls each toe and slides off it", TOP,
        (rest("wrap", "right", (236, 216), -60), glide("pinch", "left", "155,316 142,322 129,316", 66)),
        out=3,
    ),
    Move(
        "ankle", "Fingertips circle round the ankle bones, the heel in the other palm", FOOT_SIDE,
        (rest("wrap", "left", (118, 262), 70), circle("pads", "right", (200, 224), 34, -20)), out=4,
    ),
    Move(
        "heel", "One hand holds the ankle, the other kneads all round the heel", FOOT_SIDE,
        (rest("wrap", "right", (226, 214), -96), knead("grip", "left", "140,281 165,287", 62)), out=3,
    ),
    Move(
        "wrap", "Both hands wrap the foot in its towel, and hold it", ONE_WRAPPED,
        (rest("wrap", "left", (124, 206), 42), rest("wrap", "right", (238, 206), -42)),
    ),
)  # fmt: skip
