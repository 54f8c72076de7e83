"""Backs of people who lie face down: the upper half, the whole, in a shirt, and a child's in pyjamas."""

from __future__ import annotations

from voiceguide.drawing.figures.areas.heads import SITTING, TABLE
from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, bed, both, one, patch, ring, strip, twice
from voiceguide.drawing.figures.marks import arrow
from voiceguide.drawing.figures.move import Hand, Move, circle, glide, knead, press, rest
from voiceguide.drawing.figures.tones import (
    BROWN,
    DEEP,
    FAIR,
    GROUND,
    PILLOW,
    PYJAMAS,
    PYJAMAS_LINE,
    SHEET,
    SHEET_LINE,
    SHIRT,
    SHIRT_LINE,
    TAN,
    TOWEL,
    TOWEL_LINE,
)

_BED = bed()

UPPER = Figure(
    "upper-back",
    FAIR,
    BROWN,
    (
        _BED,
        Shape(twice("147,50 139,56 149,74"), "skin"),
        Shape(both("161,70! 158,94 112,112 66,130 47,180 34,376! 76,376! 98,196! 110,300 108,376!"), "skin"),
        Shape(Oval(180, 54, 37, 40), "hair", "hair"),
        Shape(twice("98,196 110,160"), thick=1.4),
        Shape(twice("158,132 143,204 112,172"), line="shade", thick=4),
        Shape(ring("94,376! 104,322 180,328 256,322 266,376!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(strip(173, 106, 187, 296), "spine", (318, 96), label_on=SHEET),),
    0.56,
)

_BODY = (
    "166,62! 164,82 130,98 100,110 84,140 70,230 56,300 46,322 44,350 52,364 66,362 "
    "72,340! 80,348 87,340 82,318 98,240 114,172! 126,238 112,290 106,376!"
)
_LINES = Shape(twice("114,172 122,146"), thick=1.4)
_BLADES = Shape(twice("162,124 152,178 128,156"), line="shade", thick=4)
_HEAD = (Shape(twice("154,44 147,50 156,62"), "skin"), Shape(Oval(180, 46, 28, 32), "hair", "hair"))

BACK = Figure(
    "back",
    TAN,
    DEEP,
    (
        _BED,
        Shape(both(_BODY), "skin"),
        *_HEAD,
        _LINES,
        _BLADES,
        Shape(ring("96,376! 108,286 180,282 252,286 264,376!"), TOWEL, TOWEL_LINE),
    ),
    (
        Avoid(strip(174, 92, 186, 276), "spine", (240, 78), label_on=SHEET),
        Avoid(patch(154, 214, 11, 15), "kidneys", (318, 222), label_on=SHEET),
        Avoid(patch(206, 214, 11, 15)),
    ),
    0.46,
)

SHIRTED = Figure(
    "back-shirt",
    BROWN,
    FAIR,
    (
        _BED,
        Shape(both(_BODY), "skin"),
        *_HEAD,
        Shape(
            both("164,80! 130,98 100,110 84,140 74,206! 104,214! 114,172! 124,238 112,290 110,306! 180,306!"),
            SHIRT,
            SHIRT_LINE,
        ),
        Shape(twice("114,172 122,146"), line=SHIRT_LINE),
        Shape(one("164,80 180,90 196,80"), line=SHIRT_LINE),
        Shape(ring("70,376! 82,302 180,294 278,302 290,376!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(strip(174, 96, 186, 276), "spine", (246, 78), label_on=SHEET),),
    0.46,
    cloth=SHIRT,
)

CHILD = Figure(
    "child-back",
    FAIR,
    DEEP,
    (
        _BED,
        Shape(Oval(180, 68, 92, 46), PILLOW, SHEET_LINE),
        Shape(
            both("164,96! 164,112 120,128 90,146 84,190 66,260 62,290 72,300 84,292 104,236 116,206! 124,260 112,376!"),
            "skin",
        ),
        Shape(both("164,110! 120,128 90,146 84,190 70,250! 98,258! 116,206! 124,262 112,376!"), PYJAMAS, PYJAMAS_LINE),
        Shape(Oval(180, 70, 37, 40), "hair", "hair"),
        Shape(twice("116,206 122,180"), line=PYJAMAS_LINE),
        Shape(ring("74,376! 96,310 180,316 264,310 286,376!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(strip(174, 122, 186, 290), "spine", (292, 112), label_on=SHEET),),
    0.6,
    cloth=PYJAMAS,
)

SEATED = Figure(
    "back-seated",
    BROWN,
    FAIR,
    (
        *TABLE,
        Shape(Oval(180, 76, 74, 46), PILLOW, SHEET_LINE),
        Shape(
            twice(
                "98,124 64,140 34,168 20,152 34,116 92,88! 100,72 124,66 136,80 138,94 122,104! 98,112 76,128",
                closed=True,
            ),
            "skin",
        ),
        Shape(twice("124,78 134,88 | 116,82 126,94"), thick=1.4),
        Shape(both("162,92! 158,112 120,118 88,134 72,164 96,186! 108,250 102,326! 180,326!"), "skin"),
        Shape(Oval(180, 76, 37, 38), "hair", "hair"),
        Shape(twice("96,186 112,154"), thick=1.4),
        Shape(twice("158,144 145,208 116,176"), line="shade", thick=4),
        *SITTING,
    ),
    (Avoid(strip(173, 122, 187, 298), "spine", (296, 290), label_on=GROUND),),
    0.56,
)

_UP = "124,262 126,180 120,146 92,136", "236,262 234,180 240,146 268,136"
_LONG = "130,276 134,170 128,128 100,122", "230,276 226,170 232,128 260,122"


def _pair(pose: str, left: tuple[int, int], turn: float) -> tuple[Hand, Hand]:
    """Two hands that rest, each the other in the mirror."""
    return rest(pose, "left", left, turn), rest(pose, "right", (360 - left[0], left[1]), -turn)


_CIRCLES = (circle("pads", "left", (120, 170), 30, 38), circle("pads", "right", (120, 170), 30, 10))

COVERED = Figure(
    "back-covered",
    TAN,
    DEEP,
    (
        bed(),
        Shape(Oval(180, 50, 88, 42), PILLOW, SHEET_LINE),
        Shape(both("166,62! 164,82 130,98 96,116! 180,130!"), "skin"),
        *_HEAD,
        Shape(both("180,108 120,100 78,124 58,180 30,376! 180,376!"), TOWEL, TOWEL_LINE),
        Shape(both("180,108 120,100 78,124 66,150 120,130 180,138"), SHEET, TOWEL_LINE),
        Shape(twice("100,196 94,270 82,350"), line=TOWEL_LINE),
    ),
    (),
    0.46,
    "back",
    TOWEL,
)

MOVES = (
    Move(
        "glide", "Both hands glide from the middle of the back up to the shoulders", UPPER,
        (glide("flat", "left", _UP[0], -4), glide("flat", "right", _UP[1], 4)), both=True,
    ),
    Move("circles", "One hand on the other, finger pads circle beside the spine", UPPER, _CIRCLES, out=4),
    Move(
        "thumb", "A thumb presses beside the spine, the other palm lies beside it", UPPER,
        (rest("flat", "right", (232, 214), 10), press("thumb", "left", "158,150 157,182 156,214", -22, 0.5)),
    ),
    Move(
        "knead", "Fingers and thumbs knead the top of the shoulder", UPPER,
        (knead("grip", "left", "78,140 92,134", -22), knead("grip", "right", "112,116 98,120", 4)),
        out=3,
    ),
    Move("rest", "Both hands rest on the upper back", UPPER, _pair("flat", (130, 196), -4), both=True),
    Move(
        "oil", "The hands rub oil warm, a forearm resting on the back", UPPER,
        (rest("forearm", "left", (106, 276), 10), rest("flat", "right", (146, 148), -70)),
        signs=(arrow("116,128 138,116 160,122"), arrow("164,176 142,188 120,182")),
    ),
    Move("rest", "Both hands rest on the seated receiver's upper back", SEATED, _pair("flat", (130, 210), -4),
    both=True),
    Move(
        "glide", "Both hands glide from the hips up to the shoulders", BACK,
        (glide("flat", "left", _LONG[0], -4), glide("flat", "right", _LONG[1], 4)), both=True,
    ),
    Move(
        "rest", "One palm rests between the shoulder blades, one on the low back", BACK,
        (rest("flat", "left", (180, 262), -84), rest("flat", "right", (192, 150), -78)), both=True,
    ),
    Move(
        "rock", "One palm high and one low rock the body from side to side", BACK,
        (glide("flat", "left", "252,270 230,270", -84), glide("flat", "right", "256,150 234,150", -78)),
        both=True, out=2,
    ),
    Move(
        "circles", "One flat hand on the other circles beside the spine, and climbs", BACK,
        (circle("pads", "left", (138, 154), 20, 58), circle("pads", "right", (138, 154), 20, 30)), out=5,
    ),
    Move(
        "knead-side", "Both hands knead the side, from the hip up to the shoulder", BACK,
        (knead("grip", "right", "104,184 100,146", -78), knead("grip", "left", "110,290 104,250", -78)),
        out=3,
    ),
    Move(
        "blade-edge", "A palm rests on the shoulder, the other fingertips follow the blade's inner edge down", BACK,
        (rest("flat", "left", (100, 130), 62), glide("pads", "right", "154,138 150,198", 46)),
    ),
    Move(
        "low-fans", "Both palms fan out from the base of the back over the hips", BACK,
        (glide("flat", "left", "140,296 132,258 102,266", 8), glide("flat", "right", "220,296 228,258 258,266", -8)),
        both=True,
    ),
    Move(
        "low-glide", "Both palms glide up to the lower ribs, and float back along the sides", BACK,
        (glide("flat", "left", "134,288 128,220 120,194", 4), glide("flat", "right", "226,288 232,220 240,194", -4)),
        both=True,
    ),
    Move(
        "forearm", "A forearm slides up beside the spine, and stops below the shoulder", BACK,
        (rest("flat", "left", (112, 306), 16), glide("forearm", "right", "150,282 145,190", -2)),
    ),
    Move(
        "palm-holds", "A palm on either side of the spine sinks in, a little lower each time", BACK,
        (press("flat", "left", "138,140 137,162 136,184", -6), press("flat", "right", "222,140 223,162 224,184", 6)),
        both=True,
    ),
    Move(
        "heel-circles", "The heel of one hand circles low beside the spine, the other palm on the hip", BACK,
        (rest("flat", "left", (108, 338), -12), circle("heel", "right", (140, 262), 13, -80, 90)), out=5,
    ),
    Move(
        "lean-hip", "The heel of a hand sinks into the buttock, through the cloth", BACK,
        (rest("flat", "right", (176, 296), -80), press("heel", "left", "140,330", -76)),
    ),
    Move(
        "sacrum", "One palm on the other rests on the flat bone at the base of the back", BACK,
        (rest("flat", "left", (178, 312), 24), rest("flat", "right", (182, 306), -24)), both=True,
    ),
    Move(
        "side-pulls", "Both hands curl round the side, and draw it toward the middle by turns", BACK,
        (glide("wrap", "right", "92,250 126,252", -82), glide("wrap", "left", "86,296 122,298", -82)),
        out=3,
    ),
    Move("rest", "Both hands rest on the back, through the shirt", SHIRTED, _pair("flat", (142, 190), -6), both=True),
    Move(
        "glide", "Both hands glide down the back, through the shirt", SHIRTED,
        (glide("flat", "left", "140,150 142,262", -6), glide("flat", "right", "220,150 218,262", 6)), both=True,
    ),
    Move(
        "rock", "Both palms rock the back from side to side, through the shirt", SHIRTED,
        (glide("flat", "left", "118,200 142,200", -6), glide("flat", "right", "218,200 242,200", 6)),
        both=True, out=2,
    ),
    Move(
        "circles", "A flat hand circles on the back, through the shirt", SHIRTED,
        (rest("flat", "right", (222, 244), 8), circle("flat", "left", (136, 186), 22, -8)), out=5,
    ),
    Move(
        "press", "Palms press on either side of the spine, through the shirt", SHIRTED,
        (press("flat", "left", "140,150 140,190 142,230", -6), press("flat", "right", "220,150 220,190 218,230", 6)),
        both=True,
    ),
    Move(
        "knead", "Both hands knead the shoulders, through the shirt", SHIRTED,
        (knead("grip", "left", "118,138 132,132", -20), knead("grip", "right", "242,138 228,132", 20)),
        both=True, out=3,
    ),
    Move("rest", "Both hands rest on the child's back, over the pyjamas", CHILD, _pair("flat", (126, 220), -6),
    both=True),
    Move(
        "glide", "Flat hands stroke down the child's back, over the pyjamas", CHILD,
        (glide("flat", "left", "124,184 128,258", -6), glide("flat", "right", "236,184 232,258", 6)), both=True,
    ),
    Move(
        "circles", "A flat hand circles on the child's back, over the pyjamas", CHILD,
        (rest("flat", "right", (238, 262), 14), circle("flat", "left", (118, 212), 22, -10)), out=5,
    ),
    Move(
        "rain", "Fingertips patter on the child's back like rain, over the pyjamas", CHILD,
        (
            press("pads", "left", "128,166 114,192 140,212 124,240", 6),
            press("pads", "right", "232,166 246,192 220,212 236,240", -6),
        ),
        both=True, out=1,
    ),
    Move(
        "rest-covered", "One palm rests between the shoulder blades, one on the low back, over the cover", COVERED,
        (rest("flat", "left", (180, 284), -84), rest("flat", "right", (192, 166), -78)), both=True,
    ),
    Move(
        "scalp", "Fingertips in the hair circle so that the scalp moves along", UPPER,
        (circle("spread", "left", (156, 54), 11, 46), circle("spread", "right", (204, 54), -11, -46)), both=True, out=4,
    ),
    Move(
        "up", "Both palms glide from the waist up to the shoulders, through the shirt", SHIRTED,
        (glide("flat", "left", "136,258 138,170 118,136", -6), glide("flat", "right", "224,258 222,170 242,136", 6)),
        both=True,
    ),
    Move(
        "hold", "One palm rests between the shoulder blades, one low down, through the shirt", SHIRTED,
        (rest("flat", "left", (182, 262), -84), rest("flat", "right", (194, 150), -78)), both=True,
    ),
    Move(
        "blade", "A palm on the shoulder, the other glides round the edge of the blade, through the shirt", SHIRTED,
        (rest("flat", "right", (134, 118), -78), circle("pads", "left", (140, 176), 22, 30)), out=5,
    ),
    Move(
        "up", "Both hands glide up the child's back and open at the shoulders, over the pyjamas", CHILD,
        (glide("flat", "left", "124,274 130,204 110,164", -4), glide("flat", "right", "236,274 230,204 250,164", 4)),
        both=True,
    ),
    Move(
        "snail", "One flat hand glides slowly from the waist up to the shoulder, over the pyjamas", CHILD,
        (rest("flat", "right", (228, 256), 10), glide("flat", "left", "124,274 128,220 116,166", -6)),
    ),
    Move(
        "sway", "Flat hands sway from side to side on the child's back, over the pyjamas", CHILD,
        (glide("flat", "left", "104,220 128,220", -6), glide("flat", "right", "232,220 256,220", 6)), both=True,
        out=3,
    ),
)  # fmt: skip
