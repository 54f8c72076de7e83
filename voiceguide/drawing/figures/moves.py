"""The moves of the bundled routines, area by area."""

from __future__ import annotations

from voiceguide.drawing.figures.backs import UPPER
from voiceguide.drawing.figures.figure import one
from voiceguide.drawing.figures.move import Hand, Move, Way, squeeze

UPPER_BACK = (
    Move(
        "glide", "Both hands glide from the middle of the back up to the shoulders", UPPER,
        (Hand("flat", "left", (132, 262), -4, 1, "glide"), Hand("flat", "right", (228, 262), 4, 2, "glide")),
        (Way(one("132,262 134,180 124,144 92,136")), Way(one("228,262 226,180 236,144 268,136"))),
        both=True,
    ),
    Move(
        "circles", "One hand on the other, finger pads circle beside the spine", UPPER,
        (Hand("pads", "left", (118, 200), -6, 1, "circle"), Hand("pads", "right", (118, 200), -34, 1, "circle")),
        (Way(one("118,200 88,170 118,140 148,170", closed=True)),),
    ),
    Move(
        "thumb", "A thumb presses beside the spine, the other palm beside it", UPPER,
        (Hand("flat", "right", (232, 214), 10), Hand("thumb", "left", (154, 160), 10, 1, "press")),
        (Way(one("154,160 148,196 142,230"), ((154, 160), (148, 196), (142, 230))),),
    ),
    Move(
        "knead", "Fingers and thumb knead the top of the shoulder", UPPER,
        (Hand("grip", "left", (90, 148), -22, 1, "knead"), Hand("grip", "right", (136, 128), 14, 2, "knead")),
        (Way(one("90,148 104,140"), ((90, 148), (104, 140))), Way(one("136,128 122,130"), ((136, 128), (122, 130)))),
        signs=(squeeze((106, 118), 75),),
    ),
    Move(
        "rest", "Both hands rest on the upper back", UPPER,
        (Hand("flat", "left", (130, 196), -4), Hand("flat", "right", (230, 196), 4)), both=True,
    ),
)  # fmt: skip
MOVES = UPPER_BACK
