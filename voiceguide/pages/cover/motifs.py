"""What a cover shows: a calm drawing of where the hands will be, in three colours, inside a disc.

A motif is a function that draws a sketch whose disc has a radius of 500; what is outside the disc is cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.drawing.curves import flipped, mirrored
from voiceguide.pages.cover.sketch import Sketch, mixed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.drawing.curves import Point

REACH = 500.0
"""Units from the middle of a motif's disc to its edge."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The three colours of a cover, which its shades are mixed from."""

    ground: str
    """Of the cover and of a drawing's own lines; dark."""
    disc: str
    """Behind a figure, and of the hands' paths on it."""
    figure: str
    """Of a figure and the title; light."""

    @property
    def minutes(self) -> str:
        """Of the words under a title."""
        return mixed(self.disc, self.figure, 0.25)

    @property
    def shade(self) -> str:
        """Of hair, and of what stands behind a figure."""
        return mixed(self.ground, self.disc, 0.28)

    @property
    def soft(self) -> str:
        """Of a figure's lesser lines."""
        return mixed(self.figure, self.ground, 0.38)


def _bust(sketch: Sketch, palette: Palette) -> None:
    """Somebody from behind, down to the edge of the disc."""
    body = [(60, -300), (70, -214), (150, -158), (262, -118), (326, -20), (346, 130), (356, 330), (380, 640)]
    sketch.area(mirrored(body), palette.figure)
    for x in (-104, 104):
        sketch.oval((x, -326), (20, 32), palette.figure)
    sketch.oval((0, -344), (104, 118), palette.shade)
    _both(sketch, [(240, 70), (222, 220), (230, 400), (250, 600)], palette.ground, 14)


def _spine(sketch: Sketch, palette: Palette) -> None:
    """What lies under the skin of a back: spine and shoulder blades."""
    sketch.line([(0, -120), (0, 120), (0, 460)], palette.soft, 12)
    _both(sketch, [(96, -48), (160, -20), (176, 66), (128, 132)], palette.soft, 12)


def _both(sketch: Sketch, path: list[Point], fill: str, width: float = 26.0) -> None:
    """A line and its mirror image."""
    sketch.line(path, fill, width)
    sketch.line(flipped(path), fill, width)


def _upper_back(sketch: Sketch, palette: Palette) -> None:
    _bust(sketch, palette)
    _spine(sketch, palette)
    _both(sketch, [(52, 330), (52, 120), (60, -40), (120, -108), (214, -62)], palette.disc)
    _both(sketch, [(116, 330), (116, 250), (136, 196), (200, 160)], palette.disc)


def _back(sketch: Sketch, palette: Palette) -> None:
    _bust(sketch, palette)
    _spine(sketch, palette)
    _both(sketch, [(48, 440), (50, 160), (56, -60), (120, -112), (210, -70)], palette.disc)
    _both(sketch, [(112, 440), (108, 300), (118, 190)], palette.disc)
    _both(sketch, [(170, 420), (160, 300), (168, 200)], palette.disc)


def _lower_back(sketch: Sketch, palette: Palette) -> None:
    waist = [(286, -560), (276, -360), (232, -140), (222, 0), (262, 160), (306, 320), (310, 560)]
    sketch.area(mirrored(waist), palette.figure)
    upper = [(330, -560), (352, -300), (362, -60), (392, 160), (384, 330), (440, 300), (446, 60), (452, -560)]
    sketch.area(upper, palette.figure)
    sketch.area(flipped(upper), palette.figure)
    sketch.line([(0, -560), (0, -200), (0, 196)], palette.soft, 12)
    for rise in (190, 58, -74):
        _both(sketch, [(38, rise), (50, rise - 92), (112, rise - 146), (198, rise - 146)], palette.disc, 28)
    sketch.corners([(-290, 250), (290, 250), (314, 340), (330, 640), (-330, 640), (-314, 340)], palette.shade)
    sketch.line([(-276, 296), (0, 296), (276, 296)], palette.disc, 12)


def _shoulders(sketch: Sketch, palette: Palette) -> None:
    body = [(104, -240), (110, -60), (150, 30), (290, 96), (400, 170), (450, 320), (470, 640)]
    sketch.area(mirrored(body), palette.figure)
    for x in (-180, 180):
        sketch.oval((x, -254), (30, 50), palette.figure)
    sketch.oval((0, -284), (178, 196), palette.shade)
    sketch.line([(0, 60), (0, 280), (0, 560)], palette.soft, 12)
    _both(sketch, [(58, -40), (64, 66), (130, 140), (240, 178), (338, 238)], palette.disc, 30)
    _both(sketch, [(58, 124), (112, 206), (200, 246), (280, 300)], palette.disc, 30)


def _feet(sketch: Sketch, palette: Palette) -> None:
    sole = [
        *[(0, 350), (74, 316), (92, 220), (56, 90), (98, -40), (96, -120), (30, -158), (-50, -146), (-112, -100)],
        *[(-128, 0), (-104, 130), (-92, 240), (-70, 318)],
    ]
    toes = [(66, -236, 50, 62), (-18, -232, 34, 44), (-78, -206, 30, 38), (-124, -164, 27, 33), (-156, -112, 23, 28)]
    rising = [(0, 292, 34), (6, 196, 44), (-18, 96, 52), (-10, 0, 72), (-4, -92, 72)]
    for side in (-1, 1):

        def at(points: Iterable[Point], side: int = side) -> list[Point]:
            return [(side * (x - 168), y + 20) for x, y in points]

        sketch.area(at(sole), palette.figure)
        for x, y, wide, high in toes:
            sketch.oval(at([(x, y)])[0], (wide, high), palette.figure)
        for x, y, wide in rising:
            sketch.line(at([(x - wide, y), (x, y - wide / 2), (x + wide, y)]), palette.disc, 24)


def _hands(sketch: Sketch, palette: Palette) -> None:
    arm = [(-120, 640), (-104, 420), (-150, 250), (-176, 60), (-120, -60), (40, -80), (150, -40), (166, 90)]
    sketch.area([*arm, (140, 260), (98, 420), (112, 640)], palette.figure)
    for start, end, width in (
        ((-128, -20), (-196, -262), 78),
        ((-46, -40), (-72, -352), 84),
        ((44, -40), (58, -350), 84),
        ((122, 0), (180, -268), 76),
        ((110, 210), (304, 10), 88),
    ):
        sketch.line([start, end], palette.figure, width)
    sketch.line([(120, 40), (62, 110), (50, 230)], palette.soft, 13)
    sketch.line([(-150, 40), (-40, 10), (66, 30)], palette.soft, 13)
    for radius in (40, 86):
        sketch.ring((-40, 150), (radius, radius), palette.disc, 24)


def _head(sketch: Sketch, palette: Palette) -> None:
    sketch.area(mirrored([(90, 150), (96, 330), (170, 390), (360, 440), (440, 640)]), palette.figure)
    sketch.line([(-80, 330), (0, 372), (80, 330)], palette.soft, 13)
    hair = [(0, -420), (170, -372), (250, -210), (240, -20), (214, 60)]
    sketch.area([*hair, *flipped(reversed(hair[1:]))], palette.shade)
    face = [(0, -300), (130, -262), (196, -120), (186, 60), (128, 220), (0, 300)]
    sketch.area([*face, *flipped(reversed(face[1:-1]))], palette.figure)
    _both(sketch, [(52, -18), (94, 10), (142, -22)], palette.ground, 17)
    sketch.line([(4, -70), (-4, 30), (-24, 80), (12, 92)], palette.soft, 13)
    sketch.line([(-58, 162), (0, 184), (58, 162)], palette.ground, 17)
    _both(sketch, [(26, -214), (92, -196), (142, -130), (152, -72)], palette.disc, 24)
    _both(sketch, [(26, -150), (70, -138), (102, -96)], palette.disc, 24)


def _legs(sketch: Sketch, palette: Palette) -> None:
    outer = [(316, -640), (300, -400), (240, -170), (224, -90), (256, 40), (208, 240), (168, 350), (184, 404)]
    inner = [(184, 452), (112, 456), (94, 396), (104, 320), (62, 90), (58, -40), (80, -130), (50, -350), (14, -640)]
    leg = [*outer, *inner]
    sketch.area(leg, palette.figure)
    sketch.area(flipped(leg), palette.figure)
    _both(sketch, [(104, -112), (150, -96), (200, -110)], palette.soft, 13)
    _both(sketch, [(138, 320), (130, 180), (152, 40), (160, -20)], palette.disc, 30)
    _both(sketch, [(196, 180), (208, 100), (204, 30)], palette.disc, 30)
    _both(sketch, [(160, -190), (168, -320), (170, -470)], palette.disc, 30)


def _full_body(sketch: Sketch, palette: Palette) -> None:
    for x in (-270, 270):
        sketch.line([(x, 190), (x * 1.08, 540)], palette.ground, 34)
    sketch.line([(-400, 160), (400, 160)], palette.ground, 60)
    body = [(-224, 124), (-250, 40), (-200, -66), (-96, -92), (0, -46), (84, -90), (180, -70), (268, 20), (380, 66)]
    sketch.area([*body, (404, 110), (380, 128)], palette.figure)
    sketch.oval((-304, 40), (88, 82), palette.figure)
    sketch.area([(-392, 46), (-366, -40), (-286, -62), (-222, -16), (-276, -10), (-312, 40), (-350, 88)], palette.shade)
    sketch.line([(-160, -8), (-120, 66), (-44, 98), (40, 94)], palette.soft, 14)
    sketch.area([(28, 128), (48, 0), (92, -100), (186, -82), (268, 6), (306, 128)], palette.shade)
    for rise, left, right in ((-172, -220, 40), (-246, -170, 110), (-320, -110, 170)):
        middle = (left + right) / 2
        sketch.line([(left, rise + 24), (middle, rise - 8), (right, rise + 24)], palette.figure, 28)


def _couple(sketch: Sketch, palette: Palette) -> None:
    second = mixed(palette.figure, palette.disc, 0.45)
    for side, fill, hair in ((1, second, palette.ground), (-1, palette.figure, palette.shade)):
        body = [(112, -150), (106, -70), (30, -10), (-56, 70), (-84, 220), (-84, 640), (440, 640), (424, 320)]
        whole = [*body, (388, 130), (300, 30), (216, -40), (206, -130)]
        head = [(104, -362), (196, -330), (240, -220), (202, -110), (116, -88), (44, -160), (44, -284)]
        sketch.area(whole if side > 0 else flipped(whole), fill)
        sketch.oval((side * 238, -196), (20, 34), fill)
        sketch.area(head if side > 0 else flipped(head), hair)
    for x in (-34, 34):
        sketch.oval((x, -416), (38, 38), palette.figure)
    sketch.corners([(-66, -396), (0, -416), (66, -396), (0, -318)], palette.figure)


def _ball(sketch: Sketch, palette: Palette) -> None:
    _bust(sketch, palette)
    _spine(sketch, palette)
    sketch.oval((104, 90), (112, 112), palette.ground)
    sketch.oval((104, 90), (94, 94), palette.disc)
    sketch.line([(52, 60), (72, 30), (104, 20)], palette.figure, 18)
    for reach in (160, 212):
        for turn in (-1, 1):
            bent = [(104 - reach * 0.34, 90 + turn * reach * 0.94), (104, 90 + turn * reach)]
            sketch.line([*bent, (104 + reach * 0.34, 90 + turn * reach * 0.94)], palette.disc, 24)


def _desk(sketch: Sketch, palette: Palette) -> None:
    sketch.line([(60, 84), (430, 84)], palette.ground, 34)
    sketch.line([(352, 96), (352, 520)], palette.ground, 34)
    sketch.line([(250, 56), (360, 56)], palette.ground, 24)
    sketch.line([(352, 54), (410, -110)], palette.ground, 24)
    sketch.line([(-300, -60), (-268, 120), (-250, 236)], palette.shade, 40)
    sketch.line([(-270, 258), (20, 258)], palette.shade, 40)
    sketch.line([(-120, 270), (-120, 520)], palette.shade, 40)
    sketch.line([(-176, 180), (40, 186)], palette.figure, 116)
    sketch.line([(54, 190), (70, 340), (80, 520)], palette.figure, 92)
    sketch.line([(-176, 160), (-184, 20), (-130, -96)], palette.figure, 136)
    sketch.line([(-118, -120), (-96, -190)], palette.figure, 74)
    sketch.oval((-74, -252), (92, 104), palette.figure)
    sketch.area(
        [(-172, -240), (-150, -346), (-66, -372), (14, -322), (-20, -300), (-96, -268), (-120, -190)], palette.shade
    )
    arm = [(-130, -64), (-112, 10), (-50, 46), (230, 40)]
    sketch.line(arm, palette.soft, 90)
    sketch.line(arm, palette.figure, 66)


def _stones(sketch: Sketch, palette: Palette) -> None:
    for y, radii, fill in (
        (262, (300, 104), palette.figure),
        (84, (226, 92), palette.shade),
        (-72, (160, 76), palette.figure),
        (-200, (96, 60), palette.shade),
    ):
        sketch.oval((0, y), radii, fill)
    for drop, reach in ((402, 360), (448, 240)):
        sketch.line([(-reach, drop), (0, drop + 14), (reach, drop)], palette.figure, 16)


@dataclass(frozen=True, slots=True)
class Motif:
    """A drawing, its colours, and the tags that ask for it."""

    draw: Callable[[Sketch, Palette], None]
    palette: Palette
    tags: str = ""
    """Words of a tag in the four languages, lower case."""


MOTIFS = {
    "couple": Motif(
        _couple,
        Palette("#56283b", "#e58f8c", "#fdf0e8"),
        "couple couples partner partners paar paare pareja parejas duo",
    ),
    "full body": Motif(
        _full_body, Palette("#143f49", "#6fb3a6", "#f8f2e4"), "full-body body ganzkörper körper cuerpo corps"
    ),
    "ball": Motif(_ball, Palette("#4a2a58", "#eaa94c", "#fcf3e6"), "ball balls pelota bola balle"),
    "desk": Motif(_desk, Palette("#23475a", "#e6b27a", "#fcf3e6"), "office desk büro schreibtisch oficina bureau"),
    "shoulders": Motif(
        _shoulders,
        Palette("#22443a", "#93b98c", "#fbf5e4"),
        "neck shoulders shoulder nacken hals schultern schulter cuello nuca hombros nuque cou épaules",
    ),
    "feet": Motif(_feet, Palette("#1b3c58", "#79aace", "#fbf3e6"), "feet foot füße fuß füsse pies pie pieds pied"),
    "hands": Motif(
        _hands,
        Palette("#4a2d3d", "#df967c", "#fdf1e7"),
        "hands hand arms arm forearms hände arme manos mano brazos mains main bras",
    ),
    "head": Motif(
        _head,
        Palette("#2d3161", "#a99bd6", "#faf3f4"),
        "head face scalp jaw kopf gesicht cabeza cara tête visage",
    ),
    "legs": Motif(
        _legs,
        Palette("#27483c", "#dcae5c", "#fcf4e1"),
        "legs leg calves thighs beine bein waden piernas pierna jambes jambe mollets",
    ),
    "upper back": Motif(_upper_back, Palette("#1d3d48", "#de8f6b", "#fcf0e1")),
    "lower back": Motif(_lower_back, Palette("#3b2c4d", "#d68d9d", "#fcf0ec")),
    "back": Motif(_back, Palette("#3f3029", "#d79a5b", "#fbf1e2"), "back rücken espalda dos"),
    "stones": Motif(_stones, Palette("#2b3d38", "#9db48c", "#f7f2e4")),
}
"""All there are; `stones` is for everything else."""

DEFAULT = "stones"
"""For tags that name no part of a body."""
_WHOLE = ("couple", "full body", "ball")
"""Motifs that say more of a routine than any part of the body it names."""


def motif_of(tags: Iterable[str]) -> str:
    """Return the motif for a routine's tags, in any of the four languages: a key of `MOTIFS`.

    Couples, the full body and a ball come first; then it is the first tag that names a part of the body, or a desk. A
    back with hips is a lower back, with shoulders an upper one, with both or neither a whole one.
    """
    words = [word for tag in tags for word in (tag, *tag.split())]
    found = [name for word in words if (name := _BY_TAG.get(word.strip().casefold()))]
    for name in _WHOLE:
        if name in found:
            return name
    if not found:
        return DEFAULT
    if found[0] != "back":
        return found[0]
    hips = not _HIPS.isdisjoint(word.casefold() for word in words)
    if hips != ("shoulders" in found):
        return "lower back" if hips else "upper back"
    return "back"


_BY_TAG = {word: name for name, motif in MOTIFS.items() for word in motif.tags.casefold().split()}
_HIPS = {"hips", "hip", "lumbar", "hüften", "hüfte", "kreuz", "caderas", "cadera", "lumbares", "hanches", "lombaires"}
