"""Somebody's own hands: on shoulder, neck, skull, jaw, forearm, hand, calf and foot; at the wall and on the roller."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.drawing.figures.areas.feet import BARE_SOLE
from voiceguide.drawing.figures.areas.heads import FACE, FROM_BEHIND
from voiceguide.drawing.figures.figure import Avoid, Figure, Oval, Shape, both, box, one, patch, ring, strip, twice
from voiceguide.drawing.figures.hands import POSES, TOOL, TOOL_LINE, outline
from voiceguide.drawing.figures.marks import arrow
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

_SPINE = (Avoid(strip(174, 148, 186, 340), "spine", (216, 340), SHIRT),)
NECK = Figure(
    "self-neck",
    BROWN,
    BROWN,
    (
        *FROM_BEHIND,
        Shape(
            ring(
                "180,196 218,174! 244,194 284,206 310,232 330,376! 276,376! 268,300! 260,376! 100,376! 94,256! "
                "40,252 2,226 14,196 70,198 116,194 142,174!"
            ),
            SHIRT,
            SHIRT_LINE,
        ),
        Shape(one("268,300 260,262"), line=SHIRT_LINE),
    ),
    _SPINE,
    0.62,
)
SKULL = Figure(
    "self-skull",
    BROWN,
    BROWN,
    (
        *FROM_BEHIND,
        Shape(both("180,196 142,174! 116,194 70,198 14,206 2,236 40,258 94,256! 100,376! 180,376!"), SHIRT, SHIRT_LINE),
    ),
    _SPINE,
    0.62,
)
JAW = Figure("self-jaw", TAN, TAN, FACE.shapes[1:], FACE.avoid, 0.72)

_DESK = Shape(box(-16, 24, 376, 376), WOOD, WOOD_LINE)
LOWER = Figure(
    "self-forearm",
    FAIR,
    FAIR,
    (
        _DESK,
        Shape(outline(replace(POSES["flat"], arm=60)).placed((168, 128), 0, 0.9), "skin"),
        Shape(ring("104,376! 112,310 141,196! 195,196! 232,310 250,376!"), "skin"),
        Shape(ring("142,188! 134,240! 204,240! 194,188!"), "skin", "none"),
        Shape(one("137,118 162,120 164,166"), line="shade", thick=3),
        Shape(one("140,106 172,106 200,122"), line="shade", thick=3),
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
FOOT = Figure("self-foot", BROWN, BROWN, BARE_SOLE, (), 0.72)
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
        Shape(
            one("145,342 145,353 | 162,342 162,353 | 180,342 180,353 | 200,342 200,353 | 215,340 215,350"), thick=1.4
        ),
    ),
    (Avoid(strip(174, 124, 186, 270), "shin bone", (294, 128), label_on=GROUND),),
    0.62,
)

_STANDING = (
    Shape(box(-16, 336, 376, 376), WOOD, WOOD_LINE),
    Shape(ring("202,318! 198,336! 262,336! 254,326 232,318!"), "skin"),
    Shape(ring("168,190! 168,226 216,266 200,322! 234,322! 252,260 240,212 230,190!"), TROUSERS, TROUSERS_LINE),
    Shape(ring("186,86! 164,110 156,150 164,202! 232,202! 240,150 226,104 212,86!"), SHIRT, SHIRT_LINE),
    Shape(ring("188,70! 188,94 212,94 214,74!"), "skin"),
    Shape(ring("202,16 182,24 174,48 182,72 204,80 222,74 228,56 236,52 228,40 224,22"), "skin"),
    Shape(ring("208,12 180,20 172,46 180,66 194,58 198,38 224,24"), "hair", "hair"),
)
"""Somebody whose knees bend a little, from the side, on the floor."""
WALL = Figure(
    "wall-ball",
    TAN,
    TAN,
    (
        Shape(box(-16, -16, 122, 336), SHEET, SHEET_LINE),
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
    TAN,
    TAN,
    (
        Shape(box(-16, -16, 157, 336), SHEET, SHEET_LINE),
        *_STANDING,
        # The other hand's fingers, from the far side.
        Shape(ring("240,132 226,130! 224,138! 218,140! 220,148! 218,154! 226,160! 242,156"), "skin"),
        Shape(ring("200,104 180,124 170,160 178,178 198,180 204,150 216,124"), SHIRT, SHIRT_LINE),
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
        (rest("wrap", "left", (112, 284), -74, arm=220), press("grip", "right", "236,166 262,178", 58, arm=240)),
    ),
    Move(
        "knead", "One hand kneads the thick part of the other shoulder", SHOULDER,
        (rest("wrap", "left", (112, 284), -74, arm=220), knead("grip", "right", "236,168 258,180", 58, arm=240)),
        out=3,
    ),
    Move(
        "massager", "The massager creeps along the thick muscle of the shoulder", SHOULDER,
        (
            rest("wrap", "left", (112, 284), -74, arm=220),
            glide("massager", "", "226,164 250,176", 45),
            rest("wrap", "right", (180, 210), 45, arm=118),
        ),
    ),
    Move(
        "cross", "Arms crossed, a hand on each shoulder", CROSSED,
        (rest("flat", "left", (128, 188), -58, arm=256), rest("flat", "right", (232, 188), 58, arm=256)), both=True,
    ),
    Move(
        "circles", "Fingertips circle behind the neck, beside the spine, from the hair to the shoulder", NECK,
        (circle("pads", "left", (157, 166), 14, 78, 270, arm=160),),
    ),
    Move(
        "thumbs", "Both thumbs press in the hollows under the skull, right and left in turn", SKULL,
        (press("hollow", "left", "158,146", 34, arm=100), press("hollow", "right", "202,146", -34, arm=100)), both=True,
    ),
    Move(
        "jaw", "Fingertips circle on the jaw muscles, in front of the ears", JAW,
        (circle("pads", "right", (116, 218), 14, 46), circle("pads", "left", (244, 218), -14, -46)), both=True, out=4,
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
        (rest("wrap", "right", (236, 204), -48), glide("pinch", "left", "157,52 144,46 131,52", 30)), out=3,
    ),
    Move("ball", "The sole rolls on a ball, from the heel to the toes", BALL, (glide("ball", "", "216,274 140,274"),)),
    Move(
        "knead", "Both hands knead the calf behind the shin, up to below the knee", CALF,
        (knead("grip", "left", "142,228 138,172", 26), knead("grip", "right", "218,228 222,172", -26)),
        both=True, out=3,
    ),
    Move(
        "glide", "Both hands glide up the calf, beside the shin, from the ankle to below the knee", CALF,
        (glide("flat", "left", "124,272 126,160", 2), glide("flat", "right", "236,272 234,160", -2)), both=True,
    ),
    Move(
        "roll", "The ball between wall and back, beside the spine; the knees bend, and it travels", WALL,
        (glide("ball", "", "140,180 140,136"),),
        signs=(arrow("276,206 276,246"),),
    ),
    Move(
        "press", "The ball at the inner edge of the shoulder blade, pressed and let go", WALL,
        (press("ball", "", "140,162 140,144 140,126"),),
    ),
    Move(
        "lean", "Leaning on the wall, the heels a foot's length away, both hands on the ribs", LEANING,
        (rest("flat", "right", (212, 164), 62, arm=40),), both=True,
    ),
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
        (
            glide("pads", "right", "158,126 134,119 104,132", 106),
            glide("pads", "left", "202,126 226,119 256,132", -106),
        ),
        both=True,
    ),
    Move(
        "cave", "Warm palms cupped over the shut eyes, touching only cheeks and brow", JAW,
        (rest("flat", "right", (128, 178), 18), rest("flat", "left", (232, 178), -18)), both=True,
    ),
)  # fmt: skip
