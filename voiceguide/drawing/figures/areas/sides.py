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
        bed(30),
        Shape(ring("14,139 39,102 107,102 127,163 117,261 39,266 17,224"), PILLOW, SHEET_LINE),
        Shape(
            ring(
                "92,150! 118,144 138,104 175,85 205,112 251,144 295,139 344,112 449,112! 449,276! 344,276 234,268 "
                "149,266 128,246 118,222 92,214!"
            ),
            "skin",
        ),
        Shape(Oval(68, 183, 46, 52), "hair", "hair"),
        Shape(one("122,160 117,184 121,210")),
        Shape(Oval(82, 156, 12, 8), "skin"),
        Shape(
            ring(
                "112,118 128,92 172,74 226,54 248,44 286,24 296,32 284,50 266,60! 276,66 268,76 "
                "232,86 196,116 170,146 132,150"
            ),
            "skin",
        ),
        Shape(one("152,190 192,195 224,188 230,172 208,152 182,145"), line="shade", thick=4),
        Shape(ring("449,102! 356,105 300,134 283,200 295,283 449,288!"), TOWEL, TOWEL_LINE),
        Shape(Oval(144, 285, 73, 22), PILLOW, SHEET_LINE),
    ),
    (Avoid(((127, 207), (283, 217), (283, 232), (127, 222)), "spine", (161, 244)),),
    0.56,
)

FACE_UP = Figure(
    "face-up",
    BROWN,
    FAIR,
    (
        bed(),
        Shape(Oval(180, 50, 76, 36), PILLOW, SHEET_LINE),
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
        Avoid(patch(180, 122, 12, 13), "throat", (222, 107), label_on=SHEET),
        Avoid(patch(252, 188, 7, 12)),
        Avoid(patch(108, 188, 7, 12), "armpit", (146, 200), label_on=TOWEL),
    ),
    0.5,
)

MOVES = (
    Move(
        "rest", "One hand rests on the upper back, one on the low back, below the ribs' side", LYING,
        (rest("flat", "left", (172, 160), -14), rest("flat", "right", (254, 190), 16)),
    ),
    Move(
        "glide", "A palm glides from the hip along the back up to the shoulder", LYING,
        (rest("flat", "right", (338, 172), -4), glide("flat", "left", "252,184 214,172 172,130", -26)),
    ),
    Move(
        "circles", "Finger pads circle above the spine, out toward the shoulder blade's edge", LYING,
        (rest("flat", "right", (316, 180), 14), circle("pads", "left", (194, 180), 15, -14, 0)), out=4,
    ),
    Move(
        "blade-edge", "Fingertips follow the inner edge of the shoulder blade", LYING,
        (rest("flat", "left", (150, 118), 24), glide("pads", "right", "226,184 196,191 156,187", -74)),
    ),
    Move(
        "knead-shoulder", "Fingers and thumb knead the top of the shoulder", LYING,
        (rest("flat", "right", (254, 188), 20), knead("grip", "left", "152,122 172,110", 14)), out=3,
    ),
    Move(
        "arm", "A palm glides over the shoulder and down the arm, and back", LYING,
        (rest("flat", "right", (254, 188), 14), glide("flat", "left", "160,114 206,90 256,62", 50)),
    ),
    Move(
        "low-back", "The heel of a hand circles low on the back, above the spine", LYING,
        (rest("flat", "left", (148, 112), 8), circle("heel", "right", (252, 190), 13, -30, 180, 0.5)), out=5,
    ),
    Move(
        "lean-hip", "The heel of a hand sinks into the side of the hip, through the cloth", LYING,
        (rest("flat", "left", (206, 168), -24), press("heel", "right", "320,176", 10)),
    ),
    Move(
        "rock", "A palm on the shoulder and one on the hip rock the body softly", LYING,
        (glide("flat", "left", "171,119 171,102", -24), glide("flat", "right", "318,160 318,144", 20)), out=2,
    ),
    Move(
        "rest", "A palm rests on each shoulder, the giver at the head", FACE_UP,
        (rest("flat", "right", (104, 152), 176), rest("flat", "left", (256, 152), 184)), both=True,
    ),
    Move(
        "shoulders", "A palm on each shoulder leans in with the breath, the giver at the head", FACE_UP,
        (press("flat", "right", "104,146", 176), press("flat", "left", "256,146", 184)), both=True,
    ),
    Move(
        "sweep", "Flat fingers sweep from the breastbone below the collarbones, out over the shoulders", FACE_UP,
        (glide("pads", "right", "156,168 126,158 94,166", 112), glide("pads", "left", "204,168 234,158 266,166", 248)),
        both=True,
    ),
    Move(
        "chest-circles", "Flat fingers circle below the collarbone, beside the shoulder", FACE_UP,
        (rest("flat", "right", (112, 146), 196), circle("pads", "left", (226, 164), 14, 244, 0)), out=4,
    ),
    Move(
        "knead-shoulder", "Fingers and thumb knead the top of the shoulder, near the neck", FACE_UP,
        (rest("flat", "right", (112, 146), 196), knead("grip", "left", "230,131 250,137", 246)), out=3,
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
        (rest("flat", "right", (266, 186), 14), circle("heel", "left", (178, 180), 15, -12)), out=5,
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
