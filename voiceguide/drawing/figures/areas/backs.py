"""Backs of people who lie face down: the upper half, the whole, in a shirt, and a child's in pyjamas."""

from __future__ import annotations

from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, bed, both, one, patch, ring, strip, twice
from voiceguide.drawing.figures.move import Hand, Move, arrow, circle, glide, knead, press, rest
from voiceguide.drawing.figures.tones import (
    BROWN,
    DEEP,
    FAIR,
    PILLOW,
    PYJAMAS,
    PYJAMAS_LINE,
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
    (Avoid(strip(173, 106, 187, 296), "spine", (180, 314)),),
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
        Shape(Oval(180, 30, 17, 14), "hair"),
        _LINES,
        _BLADES,
        Shape(ring("96,376! 108,286 180,282 252,286 264,376!"), TOWEL, TOWEL_LINE),
    ),
    (
        Avoid(strip(174, 92, 186, 276), "spine", (208, 112)),
        Avoid(patch(151, 218, 13, 20), "kidneys", (213, 254)),
        Avoid(patch(209, 218, 13, 20)),
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
    (Avoid(strip(174, 96, 186, 276), "spine", (212, 106)),),
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
    (Avoid(strip(174, 122, 186, 290), "spine", (212, 134)),),
    0.6,
    cloth=PYJAMAS,
)

SEATED = Figure(
    "back-seated",
    BROWN,
    FAIR,
    (
        Shape(ring("40,150! 40,60 60,44 180,40 300,44 320,60 320,150!"), PILLOW, SHEET_LINE),
        Shape(twice("120,122 70,130 32,104 44,76 128,76 150,96 92,102 112,124", closed=True), "skin"),
        Shape(both("162,92! 158,112 120,118 92,130 92,176! 108,250 104,340!"), "skin"),
        Shape(Oval(180, 76, 37, 38), "hair", "hair"),
        Shape(twice("92,176 112,150"), thick=1.4),
        Shape(twice("158,144 145,208 116,176"), line="shade", thick=4),
        Shape(ring("84,376! 98,322 180,328 262,322 276,376!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(strip(173, 122, 187, 298), "spine", (180, 316)),),
    0.56,
)

_UP = "132,262 134,180 124,144 92,136", "228,262 226,180 236,144 268,136"
_LONG = "140,262 142,170 132,128 100,122", "220,262 218,170 228,128 260,122"


def _pair(pose: str, left: tuple[int, int], turn: float) -> tuple[Hand, Hand]:
    """Two hands that rest, each the other in the mirror."""
    return rest(pose, "left", left, turn), rest(pose, "right", (360 - left[0], left[1]), -turn)


_CIRCLES = (circle("pads", "left", (118, 170), 30, -6), circle("pads", "right", (118, 170), 30, -34))

COVERED = Figure(
    "back-covered",
    TAN,
    DEEP,
    (
        bed(),
        Shape(both("166,62! 164,82 130,98 96,116! 180,130!"), "skin"),
        *_HEAD,
        Shape(both("180,112 120,104 76,130 60,230 44,340 48,376! 180,376!"), TOWEL, TOWEL_LINE),
        Shape(one("180,124 178,240 180,376"), line=TOWEL_LINE),
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
        (glide("flat", "left", "190,262 164,262", -84), glide("flat", "right", "202,150 176,150", -78)),
        both=True, out=2,
    ),
    Move(
        "circles", "One flat hand on the other circles beside the spine, and climbs", BACK,
        (circle("pads", "left", (138, 186), 22, -8), circle("pads", "right", (138, 186), 22, -38)), out=5,
    ),
    Move(
        "knead-side", "Both hands knead the side, from the hip up to the shoulder", BACK,
        (knead("grip", "right", "112,220 108,168", -78), knead("grip", "left", "118,288 114,248", -78)),
        out=3,
    ),
    Move(
        "blade-edge", "A palm rests on the shoulder, the other fingertips follow the blade's inner edge down", BACK,
        (rest("flat", "right", (126, 124), -80), glide("pads", "left", "153,134 150,190", -50)),
    ),
    Move(
        "low-fans", "Both palms fan out from the base of the back over the hips", BACK,
        (glide("flat", "left", "154,290 142,252 104,266", -10), glide("flat", "right", "206,290 218,252 256,266", 10)),
        both=True,
    ),
    Move(
        "low-glide", "Both palms glide up to the lower ribs, and float back along the sides", BACK,
        (glide("flat", "left", "152,280 146,210 128,190", -8), glide("flat", "right", "208,280 214,210 232,190", 8)),
        both=True,
    ),
    Move(
        "forearm", "A forearm slides up beside the spine, and stops below the shoulder", BACK,
        (rest("flat", "left", (112, 306), 16), glide("forearm", "right", "150,268 146,200", -2)),
        signs=(arrow("146,186 144,140"),),
    ),
    Move(
        "palm-holds", "A palm on either side of the spine sinks in, a little lower each time", BACK,
        (press("flat", "left", "144,136 142,160 142,186", -6), press("flat", "right", "216,136 218,160 218,186", 6)),
        both=True,
    ),
    Move(
        "heel-circles", "The heel of one hand circles low beside the spine, the other palm on the hip", BACK,
        (rest("flat", "left", (108, 338), -12), circle("heel", "right", (154, 258), 15, -58, 90)), out=5,
    ),
    Move(
        "lean-hip", "The heel of a hand sinks into the buttock, through the cloth", BACK,
        (rest("flat", "right", (190, 304), -8), press("heel", "left", "132,328", -10)),
    ),
    Move(
        "sacrum", "One palm on the other rests on the flat bone at the base of the back", BACK,
        (rest("flat", "left", (178, 292), 7), rest("flat", "right", (182, 284), -7)), both=True,
    ),
    Move(
        "side-pulls", "Both hands curl round the side, and draw it toward the middle by turns", BACK,
        (glide("wrap", "right", "106,232 140,236", -82), glide("wrap", "left", "104,278 140,280", -82)),
        out=3,
    ),
    Move("rest", "Both hands rest on the back, through the shirt", SHIRTED, _pair("flat", (142, 190), -6), both=True),
    Move(
        "glide", "Both hands glide down the back, through the shirt", SHIRTED,
        (glide("flat", "left", "140,150 142,262", -6), glide("flat", "right", "220,150 218,262", 6)), both=True,
    ),
    Move(
        "rock", "Both palms rock the back from side to side, through the shirt", SHIRTED,
        (glide("flat", "left", "130,200 156,200", -6), glide("flat", "right", "204,200 230,200", 6)),
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
    Move("rest", "Both hands rest on the child's back, over the pyjamas", CHILD, _pair("flat", (134, 220), -6),
    both=True),
    Move(
        "glide", "Flat hands stroke down the child's back, over the pyjamas", CHILD,
        (glide("flat", "left", "136,180 138,264", -6), glide("flat", "right", "224,180 222,264", 6)), both=True,
        signs=(arrow("100,196 104,276"), arrow("260,196 256,276")),
    ),
    Move(
        "circles", "A flat hand circles on the child's back, over the pyjamas", CHILD,
        (rest("flat", "right", (238, 262), 14), circle("flat", "left", (142, 216), 26, -10)), out=5,
    ),
    Move(
        "rain", "Fingertips patter on the child's back like rain, over the pyjamas", CHILD,
        (
            press("pads", "left", "134,160 122,190 146,210 130,240", -8),
            press("pads", "right", "226,160 238,190 214,210 230,240", 8),
        ),
        both=True, out=1,
    ),
    Move(
        "rest-covered", "One palm rests between the shoulder blades, one on the low back, over the cover", COVERED,
        (rest("flat", "left", (180, 284), -84), rest("flat", "right", (192, 166), -78)), both=True,
    ),
    Move(
        "scalp", "Fingertips in the hair circle so that the scalp moves along", UPPER,
        (circle("spread", "left", (156, 58), 11, 20), circle("spread", "right", (204, 58), -11, -20)), both=True, out=4,
    ),
    Move(
        "up", "Both palms glide from the waist up to the shoulders, through the shirt", SHIRTED,
        (glide("flat", "left", "142,256 142,170 118,136", -6), glide("flat", "right", "218,256 218,170 242,136", 6)),
        both=True,
    ),
    Move(
        "hold", "One palm rests between the shoulder blades, one low down, through the shirt", SHIRTED,
        (rest("flat", "left", (182, 262), -84), rest("flat", "right", (194, 150), -78)), both=True,
    ),
    Move(
        "blade", "A palm on the shoulder, the other glides round the edge of the blade, through the shirt", SHIRTED,
        (rest("flat", "right", (134, 118), -78), circle("pads", "left", (140, 176), 22, -34)), out=5,
    ),
    Move(
        "up", "Both hands glide up the child's back and open at the shoulders, over the pyjamas", CHILD,
        (glide("flat", "left", "142,276 144,200 112,160", -4), glide("flat", "right", "218,276 216,200 248,160", 4)),
        both=True,
    ),
    Move(
        "snail", "One flat hand glides slowly from the waist up to the shoulder, over the pyjamas", CHILD,
        (rest("flat", "right", (228, 256), 10), glide("flat", "left", "140,276 138,220 126,164", -6)),
    ),
    Move(
        "sway", "Flat hands sway from side to side on the child's back, over the pyjamas", CHILD,
        (glide("flat", "left", "122,220 150,220", -6), glide("flat", "right", "210,220 238,220", 6)), both=True,
        out=3,
    ),
)  # fmt: skip
