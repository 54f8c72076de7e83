"""Somebody's own hands: on shoulder, neck, skull, jaw, forearm, hand, calf and foot; at the wall and on the roller."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.areas.feet import SOLE
from voiceguide.drawing.figures.areas.heads import FACE
from voiceguide.drawing.figures.areas.heads import SEATED as FROM_BEHIND
from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, both, box, one, patch, ring, strip, twice
from voiceguide.drawing.figures.hands import POSES, TOOL, TOOL_LINE, outline
from voiceguide.drawing.figures.move import Move, circle, glide, knead, press, rest
from voiceguide.drawing.figures.tones import (
    BROWN,
    FAIR,
    GROUND,
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
    Shape(both("162,100! 164,132 140,150 180,176"), "skin"),
    Shape(Oval(180, 62, 44, 50), "hair", "hair"),
    Shape(both("180,30 146,50 144,80 158,112 180,122"), "skin"),
    Shape(twice("154,74 162,77 170,74"), thick=1.8),
    Shape(one("178,76 175,92 182,94"), thick=1.4),
    Shape(one("170,105 180,109 190,105"), thick=2),
)
_TORSO = Shape(both("180,166 146,142! 116,156 84,172 74,210 92,220! 100,290 96,376! 180,376!"), SHIRT, SHIRT_LINE)

SHOULDER = Figure(
    "self-shoulder",
    FAIR,
    FAIR,
    (
        *_FACE,
        _TORSO,
        Shape(ring("84,172 66,210 62,262 84,300 116,306 126,284 104,250 112,206 110,180"), SHIRT, SHIRT_LINE),
        Shape(ring("276,172 296,210 304,262 296,300 268,306 254,290 262,250 248,206 250,180"), SHIRT, SHIRT_LINE),
    ),
    (Avoid(patch(180, 142, 12, 11), "throat", (116, 134), FAIR.fill, GROUND),),
    0.5,
    cloth=SHIRT,
)

CROSSED = Figure(
    "self-crossed",
    FAIR,
    FAIR,
    (
        *_FACE,
        _TORSO,
        Shape(twice("84,172 66,210 70,262 100,286 126,270 112,206 110,180", closed=True), SHIRT, SHIRT_LINE),
    ),
    (),
    0.5,
    "self-shoulder",
    SHIRT,
)

OPEN = Figure(
    "open-chest",
    TAN,
    TAN,
    (
        Shape(twice("150,128 96,112 40,70 34,48 54,40 112,70 150,60", closed=True), "skin"),
        *_FACE,
        _TORSO,
        Shape(twice("84,196 62,140 30,84 44,62 92,102 130,148", closed=True), SHIRT, SHIRT_LINE),
    ),
    (),
    0.5,
    "whole",
    SHIRT,
)

NECK = Figure("self-neck", BROWN, BROWN, FROM_BEHIND.shapes, FROM_BEHIND.avoid, 0.62)
SKULL = Figure("self-skull", BROWN, BROWN, FROM_BEHIND.shapes, FROM_BEHIND.avoid, 0.62)
JAW = Figure("self-jaw", TAN, TAN, FACE.shapes[1:], FACE.avoid, 0.72)

_DESK = Shape(box(-16, 24, 376, 376), WOOD, WOOD_LINE)
LOWER = Figure(
    "self-forearm",
    FAIR,
    FAIR,
    (
        _DESK,
        Shape(ring("104,376! 112,300 132,214! 204,210! 236,300 250,376!"), "skin"),
        Shape(outline(replace(POSES["flat"], arm=60)).placed((168, 128), 0, 0.9), "skin"),
        Shape(one("134,210 136,180 142,160"), line="shade", thick=3),
    ),
    (Avoid(patch(178, 346, 40, 16), "inner elbow", (296, 352), label_on=WOOD),),
    0.7,
)
HAND = Figure(
    "self-hand",
    BROWN,
    BROWN,
    (
        _DESK,
        Shape(outline(replace(POSES["flat"], arm=90)).placed((170, 196), 0, 1.4), "skin"),
        Shape(one("122,176 160,186 158,250"), line="shade", thick=4),
        Shape(one("128,160 180,164 222,184"), line="shade", thick=4),
    ),
    (),
    0.85,
)
FOOT = Figure("self-foot", BROWN, BROWN, SOLE.shapes, (), 0.72)
BALL = Figure(
    "self-foot-ball",
    TAN,
    TAN,
    (
        Shape(box(-16, 292, 376, 376), WOOD, WOOD_LINE),
        Shape(ring("190,-16! 196,60 206,130! 290,130! 292,60 296,-16!"), TROUSERS, TROUSERS_LINE),
        Shape(
            ring(
                "210,130! 212,170 190,194 130,216 82,222 62,236 66,250 110,256 160,252 220,262 270,258 292,236 "
                "286,190 284,130!"
            ),
            "skin",
        ),
        Shape(one("78,224 84,232 78,240"), thick=1.4),
        Shape(one("238,186 226,194 230,208"), line="shade", thick=4),
    ),
    (),
    0.5,
    "self-foot",
)
CALF = Figure(
    "self-calf",
    FAIR,
    FAIR,
    (
        Shape(box(-16, 320, 376, 376), WOOD, WOOD_LINE),
        Shape(ring("122,-16! 116,40 128,70! 232,70! 244,40 238,-16!"), TROUSERS, TROUSERS_LINE),
        Shape(
            ring(
                "134,70! 136,110 122,160 130,220 156,280 152,304 132,334 134,350 160,354 206,354 "
                "228,348 226,332 208,304 204,280 "
                "230,220 238,160 224,110 226,70!"
            ),
            "skin",
        ),
        Shape(Oval(180, 92, 28, 22), line="shade", thick=4),
        Shape(one("160,342 160,353"), thick=1.4),
        Shape(one("180,342 180,353"), thick=1.4),
        Shape(one("198,342 198,353"), thick=1.4),
    ),
    (Avoid(strip(174, 124, 186, 270), "shin bone", (294, 128), label_on=GROUND),),
    0.62,
)

_STANDING = (
    Shape(box(-16, -16, 122, 376), SHEET, SHEET_LINE),
    Shape(ring("168,196! 170,246 218,280 202,376! 260,376! 276,280 240,220 230,196!"), TROUSERS, TROUSERS_LINE),
    Shape(ring("186,86! 164,110 156,150 164,206! 232,206! 240,150 226,104 212,86!"), SHIRT, SHIRT_LINE),
    Shape(ring("188,70! 188,94 212,94 214,74!"), "skin"),
    Shape(ring("202,16 182,24 174,48 182,72 204,80 222,74 228,56 236,52 228,40 224,22"), "skin"),
    Shape(ring("208,12 180,20 172,46 180,66 194,58 198,38 224,24"), "hair", "hair"),
)
WALL = Figure(
    "wall-ball",
    BROWN,
    BROWN,
    (
        *_STANDING,
        Shape(ring("200,104 186,124 190,160 224,178 258,172 260,156 228,150 218,118"), SHIRT, SHIRT_LINE),
        Shape(ring("254,170 262,152 280,148 290,158 284,172 262,178"), "skin"),
        # The same back from behind, small: the ball beside the spine.
        Shape(Oval(314, 40, 14, 16), "hair", "hair"),
        Shape(ring("278,74 300,60 314,58 328,60 350,74 346,132 282,132!"), SHIRT, SHIRT_LINE),
        Shape(Oval(294, 88, 9, 9), TOOL, TOOL_LINE),
    ),
    (Avoid(strip(310, 66, 318, 130), "spine", (314, 152), label_on=GROUND),),
    0.38,
    cloth=SHIRT,
)

LEANING = Figure(
    "wall",
    BROWN,
    BROWN,
    (
        Shape(box(-16, -16, 157, 376), SHEET, SHEET_LINE),
        *_STANDING[1:],
        Shape(ring("200,104 186,124 190,152 214,166 236,160 238,146 216,136 212,116"), SHIRT, SHIRT_LINE),
        Shape(ring("232,160 240,142 256,144 262,154 252,164 238,168"), "skin"),
    ),
    (),
    0.38,
    "wall-ball",
    SHIRT,
)

ROLLER = Figure(
    "roller",
    FAIR,
    FAIR,
    (
        Shape(box(-16, 296, 376, 376), TOWEL, TOWEL_LINE),
        Shape(
            ring("206,246! 268,166 296,164 306,184 322,284 344,286 344,296 304,296 286,210 250,268 216,278!"),
            TROUSERS,
            TROUSERS_LINE,
        ),
        Shape(ring("96,214! 130,206 220,242! 222,280! 150,262 96,250!"), SHIRT, SHIRT_LINE),
        Shape(Oval(66, 214, 34, 32), "hair", "hair"),
        Shape(ring("50,190 74,182 96,200 100,236 84,246 88,222 66,212"), "skin"),
        Shape(ring("120,210 108,176 62,160 34,186 40,206 54,204 66,184 96,194 104,222"), SHIRT, SHIRT_LINE),
    ),
    (
        Avoid(patch(198, 262, 24, 8), "low back", (210, 326), label_on=TOWEL),
        Avoid(patch(100, 244, 8, 8), "neck", (84, 326), label_on=TOWEL),
    ),
    0.5,
)

MOVES = (
    Move(
        "press", "One hand presses the thick muscle of the other shoulder, the free hand carries the elbow", SHOULDER,
        (rest("wrap", "left", (112, 284), -74, arm=220), press("grip", "right", "244,172 254,178", 38, arm=210)),
    ),
    Move(
        "knead", "One hand kneads the thick part of the other shoulder", SHOULDER,
        (rest("wrap", "left", (112, 284), -74, arm=220), knead("grip", "right", "236,168 258,180", 38, arm=210)),
        out=3,
    ),
    Move(
        "massager", "The massager creeps along the thick muscle of the shoulder", SHOULDER,
        (
            rest("wrap", "left", (112, 284), -74, arm=220),
            glide("massager", "", "226,164 250,178", -40),
            rest("wrap", "right", (206, 212), 30, arm=180),
        ),
    ),
    Move(
        "cross", "Arms crossed, a hand on each shoulder", CROSSED,
        (rest("flat", "left", (128, 190), -40, arm=200), rest("flat", "right", (232, 190), 40, arm=200)), both=True,
    ),
    Move(
        "circles", "Fingertips circle behind the neck, beside the spine, from the hair to the shoulder", NECK,
        (circle("pads", "left", (158, 166), 16, 78, 270, arm=160),),
    ),
    Move(
        "thumbs", "Both thumbs press in the hollows under the skull, right and left in turn", SKULL,
        (press("hollow", "left", "158,146", 0), press("hollow", "right", "202,146", 0)), both=True,
    ),
    Move(
        "jaw", "Fingertips circle on the jaw muscles, in front of the ears", JAW,
        (circle("pads", "right", (116, 218), 14, 24), circle("pads", "left", (244, 218), -14, -24)), both=True, out=4,
    ),
    Move(
        "temples", "Fingertips circle on the temples, lighter still", JAW,
        (circle("pads", "right", (108, 142), 14, 20), circle("pads", "left", (252, 142), -14, -20)), both=True, out=4,
    ),
    Move(
        "glide", "The other thumb glides from the wrist almost to the elbow", LOWER,
        (glide("clasp", "right", "172,200 178,310", -66),),
    ),
    Move(
        "circles", "The other thumb circles slowly in the palm", HAND,
        (circle("clasp", "right", (168, 196), 24, -58),), out=4,
    ),
    Move(
        "thumbs", "Both thumbs draw lines along the sole of one's own foot", FOOT,
        (
            glide("clasp", "left", "168,292 164,200 152,122", 14),
            glide("clasp", "right", "196,282 204,200 212,122", -14),
        ),
    ),
    Move(
        "toes", "One hand keeps the foot still, the other rolls each toe", FOOT,
        (rest("wrap", "right", (236, 204), -48), glide("pinch", "left", "156,56 144,43 131,54", 30)), out=3,
    ),
    Move("ball", "The sole rolls on a ball, from the heel to the toes", BALL, (glide("ball", "", "216,274 140,274"),)),
    Move(
        "knead", "Both hands knead the calf behind the shin, up to below the knee", CALF,
        (knead("grip", "left", "128,226 126,170", -2), knead("grip", "right", "232,226 234,170", 2)),
        both=True, out=3,
    ),
    Move(
        "glide", "Both hands glide up the calf, beside the shin, from the ankle to below the knee", CALF,
        (glide("flat", "left", "138,280 132,150", -4), glide("flat", "right", "222,280 228,150", 4)), both=True,
    ),
    Move(
        "roll", "The ball between wall and back, beside the spine; the knees bend, and it travels", WALL,
        (glide("ball", "", "140,140 140,176"),),
    ),
    Move(
        "press", "The ball at the inner edge of the shoulder blade, pressed and let go", WALL,
        (press("ball", "", "140,126 140,144 140,162"),),
    ),
    Move("lean", "Leaning on the wall, the heels a foot's length away, hands on the ribs", LEANING, ()),
    Move(
        "roll", "The back rolls over the roller, up to the tops of the blades", ROLLER,
        (glide("roller", "", "140,270 112,270"),),
    ),
    Move(
        "ball-press", "The sole leans onto a ball, lets go, and finds another place", BALL,
        (press("ball", "", "216,274 178,270 140,268"),),
    ),
    Move(
        "ball", "A flat palm rolls a ball up the calf, beside the shin, to well below the knee", CALF,
        (glide("ball", "", "132,252 124,166", times=0.66), glide("pads", "left", "132,252 124,166", 2)),
    ),
    Move(
        "palm", "The other palm glides from the wrist almost to the elbow", LOWER,
        (glide("flat", "right", "176,216 178,300", -64),),
    ),
    Move(
        "fingers", "The other thumb and finger glide in small turns to a finger's tip", HAND,
        (glide("pinch", "right", "148,124 142,24", -62),),
    ),
    Move(
        "brows", "Fingertips glide out along the brows to the temples, the eyes shut", JAW,
        (glide("pads", "right", "156,134 136,130 106,146", 24), glide("pads", "left", "204,134 224,130 254,146", -24)),
        both=True,
    ),
    Move(
        "cave", "Warm palms cupped over the shut eyes, touching only cheeks and brow", JAW,
        (rest("flat", "right", (128, 178), 18), rest("flat", "left", (232, 178), -18)), both=True,
    ),
)  # fmt: skip
