"""Heads: from above, the face, and neck and shoulders of somebody who sits."""

from __future__ import annotations

from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, both, box, one, patch, ring, strip, twice
from voiceguide.drawing.figures.move import Move, circle, glide, knead, press, rest, squeeze
from voiceguide.drawing.figures.tones import (
    BROWN,
    DEEP,
    FAIR,
    GROUND,
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
    WOOD_EDGE,
    WOOD_LINE,
)

ABOVE = Figure(
    "head",
    BROWN,
    FAIR,
    (
        Shape(Oval(180, 220, 150, 120), PILLOW, SHEET_LINE),
        Shape(both("180,-16! 20,-16! 20,44 60,60 130,66 156,84 180,88"), TOWEL, TOWEL_LINE),
        Shape(twice("94,170 78,164 76,196 92,212"), "skin"),
        Shape(both("180,72 168,82 128,92 96,140 90,200 180,220"), "skin"),
        Shape(one("168,82 180,96 192,82"), thick=1.4),
        Shape(both("180,118 128,128 94,170 90,220 110,280 180,308"), "hair", "hair"),
        Shape(one("180,124 182,180 180,230"), line="#4a352a", thick=3),
        Shape(twice("140,140 122,190 126,246"), line="#4a352a", thick=3),
    ),
    (),
    0.72,
)

FACE = Figure(
    "face",
    TAN,
    DEEP,
    (
        Shape(Oval(180, 150, 160, 130), PILLOW, SHEET_LINE),
        Shape(both("144,250! 142,300 100,322 40,334 10,376! 180,376!"), "skin"),
        Shape(twice("100,160 86,156 88,190 102,206"), "skin"),
        Shape(both("180,26 112,48 90,120 94,170 180,120"), "hair", "hair"),
        Shape(both("180,62 124,88 100,150 106,214 138,268 180,286"), "skin"),
        Shape(twice("120,140 138,131 160,138"), line="hair", thick=4),
        Shape(twice("124,162 140,170 158,163"), thick=2),
        Shape(one("178,160 170,204 182,210 192,206"), thick=1.6),
        Shape(one("154,236 166,241 180,243 194,241 206,236"), thick=2),
        Shape(ring("-16,376! 10,346 180,362 350,346 376,376!"), TOWEL, TOWEL_LINE),
    ),
    (
        Avoid(patch(141, 167, 20, 10), "eyes", (32, 141), label_on=PILLOW),
        Avoid(patch(219, 167, 20, 10)),
        Avoid(patch(180, 318, 24, 18), "throat", (234, 336)),
    ),
    0.72,
)

TABLE = (
    Shape(box(-16, 24, 376, 196), WOOD, WOOD_LINE),
    Shape(both("180,196! -16,196! -16,210! 22,210! 22,376! 42,376! 42,210! 180,210!"), WOOD_EDGE, WOOD_LINE),
)
"""What whoever sits leans on."""
SITTING = (
    Shape(Oval(180, 354, 124, 26), WOOD, WOOD_LINE),
    Shape(both("180,318! 104,318! 88,338 96,358 180,366"), TROUSERS, TROUSERS_LINE),
)
"""The stool, and what is on it, from behind."""
FROM_BEHIND = (
    Shape(twice("128,86 118,84 120,108 132,116"), "skin"),
    Shape(both("146,100! 146,160 120,196 180,230"), "skin"),
    Shape(Oval(180, 86, 54, 60), "hair", "hair"),
)
"""Head and neck."""

SEATED = Figure(
    "neck-seated",
    BROWN,
    FAIR,
    (
        *TABLE,
        Shape(Oval(180, 90, 104, 62), PILLOW, SHEET_LINE),
        Shape(
            twice("30,206! 40,170 78,124! 82,106 102,98 116,108 120,124 106,138! 92,156 76,200!", closed=True), "skin"
        ),
        Shape(twice("104,108 114,120 | 96,112 106,124"), thick=1.4),
        *FROM_BEHIND,
        *SITTING,
        Shape(
            both("180,196 142,174! 112,192 66,194 30,198 22,216 34,236 84,238 102,246! 106,290 98,330! 180,334!"),
            SHIRT,
            SHIRT_LINE,
        ),
        Shape(twice("102,246 106,228"), line=SHIRT_LINE),
    ),
    (Avoid(strip(174, 148, 186, 310), "spine", (180, 327)),),
    0.62,
    cloth=SHIRT,
)

PROFILE = Figure(
    "head-side",
    TAN,
    DEEP,
    (
        Shape(ring("-16,250! 376,250! 376,376! -16,376!"), SHEET, SHEET_LINE),
        Shape(
            ring(
                "60,150 76,118 92,104 106,78 118,98 132,96 138,104 156,110 164,132 190,146 226,140 270,112 376,100! "
                "376,250! 240,250 206,224 176,208 150,214 120,238 84,240 58,210"
            ),
            "skin",
        ),
        Shape(
            ring("78,116 60,126 40,158 38,204 62,240 104,248 132,228 136,206 118,196 112,160 96,140"), "hair", "hair"
        ),
        Shape(ring("124,158 116,168 122,190 134,188 138,166"), "skin"),
        Shape(one("98,116 104,124 114,124"), thick=2),
        Shape(one("130,100 136,110"), thick=2),
        Shape(ring("262,98! 376,84! 376,262! 300,262! 276,180"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(patch(186, 158, 16, 12), "throat", (214, 104), label_on=GROUND),),
    0.62,
    "head",
)

MOVES = (
    Move(
        "scalp", "Spread fingers circle in the hair, so that the scalp moves along", ABOVE,
        (circle("spread", "left", (126, 190), 18, 16), circle("spread", "right", (234, 190), -18, -16)),
        both=True, out=4,
    ),
    Move(
        "crown", "Fingertips circle from the hairline up to the crown", ABOVE,
        (circle("spread", "left", (136, 158), 16, 18), circle("spread", "right", (224, 158), -16, -18)),
        both=True, out=4,
    ),
    Move(
        "ears", "Thumbs and fingers knead round the rims of both ears", ABOVE,
        (knead("pinch", "left", "84,180 84,204", -20), knead("pinch", "right", "276,180 276,204", 20)),
        both=True, out=3,
    ),
    Move(
        "cradle", "Both hands lie under the head, palms up, and carry it", PROFILE,
        (rest("wrap", "right", (122, 262), 82),), both=True,
    ),
    Move(
        "hollows", "The head lies in both hands, fingers curled under the skull; its own weight presses", PROFILE,
        (press("wrap", "right", "142,240", 62),), both=True,
    ),
    Move(
        "neck", "Both hands lie under the neck, fingers curled up beside the spine, and draw toward the skull", PROFILE,
        (glide("wrap", "right", "196,240 134,248", 62),), both=True,
    ),
    Move(
        "temples", "Two fingertips circle on each temple, hardly touching", FACE,
        (circle("pads", "right", (112, 138), 14, 150, 0), circle("pads", "left", (248, 138), -14, 210, 0)),
        both=True, out=4,
    ),
    Move(
        "forehead", "The thumbs glide from between the brows out to the temples", FACE,
        (glide("clasp", "right", "166,112 112,130", 200), glide("clasp", "left", "194,112 248,130", 160)), both=True,
    ),
    Move(
        "brows", "Thumb and finger squeeze each brow, from the inside out", FACE,
        (
            squeeze("pinch", "right", "158,134 132,130 108,142", 200),
            squeeze("pinch", "left", "202,134 228,130 252,142", 160),
        ),
        both=True, out=3, back=2,
    ),
    Move(
        "cheeks", "Fingertips glide from the nose under the cheekbones out to the ears", FACE,
        (glide("pads", "right", "156,210 130,216 104,196", 72), glide("pads", "left", "204,210 230,216 256,196", 288)),
        both=True,
    ),
    Move(
        "jaw", "Three fingertips circle on each jaw muscle, in front of the ears", FACE,
        (circle("pads", "right", (118, 222), 14, 76, 270), circle("pads", "left", (242, 222), -14, 284, 90)),
        both=True, out=4,
    ),
    Move(
        "sweep", "Both palms sweep from the chin up past the temples, out through the hair", FACE,
        (
            glide("flat", "right", "104,212 80,150 88,64", 152, arm=36),
            glide("flat", "left", "256,212 280,150 272,64", 208, arm=36),
        ),
        both=True,
    ),
    Move(
        "still", "One palm rests on the forehead, the other on the crown", FACE,
        (rest("flat", "left", (196, 54), -82), rest("flat", "right", (168, 108), 82)), both=True,
    ),
    Move(
        "rest", "Both hands rest on the shoulders", SEATED,
        (rest("flat", "left", (104, 226), -4), rest("flat", "right", (256, 226), 4)), both=True,
    ),
    Move(
        "squeeze", "Both hands squeeze the top of the shoulders, and move a little outward", SEATED,
        (squeeze("grip", "left", "132,208 104,214 78,226", -8), squeeze("grip", "right", "228,208 256,214 282,226", 8)),
        both=True, out=3, back=2,
    ),
    Move(
        "circles", "One hand rests, the other circles on the shoulder, close to the neck", SEATED,
        (rest("flat", "right", (256, 226), 6), circle("pads", "left", (112, 222), 18, -8)), out=4,
    ),
    Move(
        "neck", "One hand on top of the head, the other kneads the back of the neck, up to the hair", SEATED,
        (rest("flat", "left", (150, 60), 60), knead("grip", "right", "206,176 204,140", -50)),
        both=True, out=3,
    ),
    Move(
        "skull", "Both thumbs press beside the spine, just under the skull", SEATED,
        (press("hollow", "left", "162,144 140,140", 0), press("hollow", "right", "198,144 220,140", 0)), both=True,
    ),
    Move(
        "arms", "Both hands squeeze the upper arms, on the way down to the elbows", SEATED,
        (squeeze("grip", "left", "96,212 74,214 46,216", 0), squeeze("grip", "right", "264,212 286,214 314,216", 0)),
        both=True, out=3, back=2,
    ),
    Move(
        "scalp", "Fingers in the hair circle so that the scalp moves along", SEATED,
        (circle("spread", "left", (140, 80), 14, 44), circle("spread", "right", (220, 80), -14, -44)),
        both=True, out=4,
    ),
    Move(
        "sweep", "Both hands sweep from the neck over the shoulders, down to the elbows", SEATED,
        (glide("flat", "left", "126,222 92,216 46,214", -14), glide("flat", "right", "234,222 268,216 314,214", 14)),
        both=True,
    ),
)  # fmt: skip
