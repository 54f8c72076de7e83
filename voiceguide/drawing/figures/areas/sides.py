"""People on their side, and face up with a towel over the chest."""

from __future__ import annotations

from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, bed, both, one, patch, ring, twice
from voiceguide.drawing.figures.move import Move, circle, glide, knead, press, rest
from voiceguide.drawing.figures.tones import (
    BROWN,
    DEEP,
    FAIR,
    PILLOW,
    SHEET,
    SHEET_LINE,
    TOWEL,
    TOWEL_LINE,
)

LYING = Figure(
    "side-lying",
    FAIR,
    DEEP,
    (
        bed(),
        Shape(ring("10,120 100,108 108,250 16,248"), PILLOW, SHEET_LINE),
        # What the upper arm hugs.
        Shape(ring("120,62 160,26 262,26 278,76 220,118 140,112"), PILLOW, SHEET_LINE),
        Shape(
            ring("96,150! 122,142 146,118 175,108 251,146 295,139 376,108! 376,276! 234,268 149,266 124,242 94,212!"),
            "skin",
        ),
        # The head from the side: forehead, nose, lips and chin look up the picture.
        Shape(
            ring(
                "98,148! 100,134 92,130! 93,125! 88,123 83,126! 78,124 75,110 66,122 60,129! 44,132 22,156 20,200 "
                "50,230 94,214!"
            ),
            "skin",
        ),
        Shape(ring("48,132 60,150 62,168 78,196 96,214! 84,232 52,240 22,222 10,186 20,150"), "hair", "hair"),
        Shape(ring("66,176 76,164 88,166 94,176 86,184 74,186"), "skin"),
        Shape(one("72,176 82,171 86,178 | 67,128 70,134 67,141 | 88,125 90,134"), thick=1.8),
        Shape(
            ring(
                "142,132 180,98 212,72! 160,72 138,82 122,80 128,70! 112,66 114,60! 110,50 120,48! 118,38 134,40 "
                "166,48 238,40 254,54 248,78 218,116 158,152"
            ),
            "skin",
        ),
        Shape(one("158,192 196,196 224,188 230,172 212,156"), line="shade", thick=4),
        Shape(ring("376,100! 300,134 283,200 295,283 376,288!"), TOWEL, TOWEL_LINE),
    ),
    (Avoid(((134, 239), (284, 247), (284, 258), (134, 250)), "spine", (200, 292), label_on=SHEET),),
    0.56,
)

FACE_UP = Figure(
    "face-up",
    BROWN,
    FAIR,
    (
        bed(),
        Shape(Oval(180, 54, 92, 40), PILLOW, SHEET_LINE),
        Shape(
            both(
                "160,92! 158,112 128,124 94,134 76,160 62,240 50,300 38,322 36,350 44,364 60,360 "
                "66,338! 74,346 82,338 78,306 94,250 112,192!"
                " 122,260 118,376!"
            ),
            "skin",
        ),
        Shape(Oval(180, 56, 40, 46), "hair", "hair"),
        Shape(both("180,28 150,46 150,72 160,96 180,106"), "skin"),
        Shape(twice("158,66 164,69 170,66"), thick=1.6),
        Shape(one("178,66 176,78 182,80"), thick=1.4),
        Shape(one("172,91 180,94 188,91"), thick=1.8),
        Shape(twice("122,142 150,138 172,146"), line="shade", thick=4),
        Shape(twice("112,192 104,172"), thick=1.4),
        Shape(ring("106,376! 110,190 118,180! 242,180! 250,190 254,376!"), TOWEL, TOWEL_LINE),
    ),
    (
        Avoid(patch(180, 122, 12, 13), "throat", (248, 70), label_on=PILLOW),
        Avoid(patch(251, 190, 6, 11)),
        Avoid(patch(109, 190, 6, 11), "armpit", (38, 226), label_on=SHEET),
    ),
    0.5,
)

MOVES = (
    Move(
        "rest", "One hand rests on the upper back, one on the low back, below the ribs' side", LYING,
        (rest("flat", "left", (168, 160), -30), rest("flat", "right", (258, 180), 24)),
    ),
    Move(
        "glide", "A palm glides from the hip along the back up to the shoulder", LYING,
        (rest("flat", "right", (338, 172), -4), glide("flat", "left", "252,184 214,172 172,130", -26)),
    ),
    Move(
        "circles", "Finger pads circle above the spine, out toward the shoulder blade's edge", LYING,
        (rest("flat", "right", (330, 180), 20), circle("pads", "left", (192, 178), 15, -34, 0)), out=4,
    ),
    Move(
        "blade-edge", "Fingertips follow the inner edge of the shoulder blade", LYING,
        (rest("flat", "left", (150, 118), 24), glide("pads", "right", "226,196 196,200 156,196", -82)),
    ),
    Move(
        "knead-shoulder", "Fingers and thumb knead the top of the shoulder", LYING,
        (rest("flat", "right", (254, 180), 30), knead("grip", "left", "152,122 172,110", 14)), out=3,
    ),
    Move(
        "arm", "A palm glides over the shoulder and down the arm, and back", LYING,
        (rest("flat", "right", (254, 180), 30), glide("flat", "left", "164,118 200,96 236,66", 50)),
    ),
    Move(
        "low-back", "The heel of a hand circles low on the back, above the spine", LYING,
        (rest("flat", "left", (148, 112), 8), circle("heel", "right", (248, 190), 13, 34, 180, 0.5)), out=5,
    ),
    Move(
        "lean-hip", "The heel of a hand sinks into the side of the hip, through the cloth", LYING,
        (rest("flat", "left", (200, 170), -40), press("heel", "right", "320,176", 10)),
    ),
    Move(
        "rock", "A palm on the shoulder and one on the hip rock the body softly", LYING,
        (glide("flat", "left", "171,119 171,102", -24), glide("flat", "right", "318,160 318,144", 20)), out=2,
    ),
    Move(
        "rest", "A palm rests on each shoulder, the giver at the head", FACE_UP,
        (rest("flat", "right", (90, 146), 200, 0.46), rest("flat", "left", (270, 146), 160, 0.46)), both=True,
    ),
    Move(
        "shoulders", "A palm on each shoulder leans in with the breath, the giver at the head", FACE_UP,
        (press("flat", "right", "90,142", 200, 0.46), press("flat", "left", "270,142", 160, 0.46)), both=True,
    ),
    Move(
        "sweep", "Flat fingers sweep from the breastbone below the collarbones, out over the shoulders", FACE_UP,
        (glide("pads", "right", "156,168 126,158 94,166", 112), glide("pads", "left", "204,168 234,158 266,166", 248)),
        both=True,
    ),
    Move(
        "chest-circles", "Flat fingers circle below the collarbone, beside the shoulder", FACE_UP,
        (rest("flat", "right", (94, 142), 200), circle("pads", "left", (226, 164), 14, 244, 0)), out=4,
    ),
    Move(
        "knead-shoulder", "Fingers and thumb knead the top of the shoulder, near the neck", FACE_UP,
        (rest("flat", "right", (94, 142), 200), knead("grip", "left", "230,131 250,137", 246)), out=3,
    ),
    Move(
        "arm-glide", "One hand holds the wrist, the other glides from it up to the shoulder", FACE_UP,
        (rest("wrap", "right", (308, 312), -62), glide("flat", "left", "292,252 284,200 264,146", -40)),
    ),
    Move(
        "arm-knead", "A whole hand kneads the arm, from the wrist up to the shoulder", FACE_UP,
        (rest("wrap", "right", (308, 312), -62), knead("grip", "left", "292,248 282,196", -50)), out=3,
    ),
    Move(
        "hold", "One hand rests on the shoulder, one on the hip, over the cover", LYING,
        (rest("flat", "left", (148, 116), -30), rest("flat", "right", (316, 176), 20)),
    ),
    Move(
        "hip-circles", "The heel of a hand leans into the full part behind the hip bone, and circles", LYING,
        (rest("flat", "left", (150, 116), -30), circle("heel", "right", (318, 190), 14, 10)), out=5,
    ),
    Move(
        "heel-circles", "The heel of a hand circles from the shoulder down to the waist, above the spine", LYING,
        (rest("flat", "right", (272, 176), 30), circle("heel", "left", (176, 184), 15, -20)), out=5,
    ),
    Move(
        "collar-circles", "Flat fingertips circle below both collarbones", FACE_UP,
        (circle("pads", "right", (140, 168), 12, 110, 0), circle("pads", "left", (220, 168), -12, 250, 0)), both=True,
        out=4,
    ),
    Move(
        "upper-arm", "One hand steadies the elbow, the other kneads the outer arm up to the shoulder", FACE_UP,
        (rest("wrap", "right", (296, 262), -62), knead("grip", "left", "284,214 272,172", -40)), out=3,
    ),
)  # fmt: skip
