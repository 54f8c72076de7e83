"""A figure: the body as the giver sees it, on its cloth, with what may not be pressed hatched and named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.drawing.figures.pen import Pen, hatching
from voiceguide.drawing.figures.tones import GROUND, ON_DARK, ON_LIGHT, SHEET, SHEET_LINE, contrast

if TYPE_CHECKING:
    from voiceguide.drawing.figures.pen import Point
    from voiceguide.drawing.figures.tones import Skin, Tone

SIDE = 360
"""A drawing is a square of so many units."""

_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)(!?)")


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse, in whole units."""

    x: int
    """Of its middle."""
    y: int
    wide: int
    """From the middle."""
    high: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape or a line; its colours are the skin's by name, or `#rrggbb`."""

    pen: Pen | Oval
    fill: str = "none"
    line: str = "line"
    thick: float = 0.0
    """Of its line; 0 is the figure's own."""

    def mirrored(self) -> Shape:
        """Return the same on the other side."""
        if isinstance(self.pen, Oval):
            return replace(self, pen=replace(self.pen, x=SIDE - self.pen.x))
        return replace(self, pen=self.pen.placed((-SIDE, 0)).mirrored())


@dataclass(frozen=True, slots=True)
class Avoid:
    """A place that may not be pressed."""

    corners: tuple[Point, ...]
    name: str = ""
    """Written beside it; "" where its twin's name stands."""
    label: Point = (0, 0)
    """The middle of its name."""
    on: str = ""
    """The colour it is hatched on; "" for what is below the hands."""
    label_on: str = ""
    """The colour its name stands on; "" for the same."""

    def mirrored(self) -> Avoid:
        """Return the same on the other side."""
        x, y = self.label
        return replace(self, corners=tuple((SIDE - left, top) for left, top in self.corners), label=(SIDE - x, y))


@dataclass(frozen=True, slots=True)
class Figure:
    """A body, or a part of one."""

    name: str
    skin: Skin
    """The receiver's, or of whoever touches themselves."""
    giver: Skin
    """The giver's: with `skin` itself, the hands are the same person's."""
    shapes: tuple[Shape, ...]
    avoid: tuple[Avoid, ...] = ()
    hand: float = 0.5
    """How large hands are on it: times 180 units."""
    area: str = ""
    """Its folder, where that has another name."""
    cloth: str = ""
    """The colour below the hands, where it is no skin."""

    @property
    def below(self) -> str:
        """The colour below the hands."""
        return self.cloth or self.skin.fill

    @property
    def tone(self) -> Tone:
        """The colours of what is written on it."""
        return tone_on(self.below)

    @property
    def own(self) -> bool:
        """Whether somebody touches themselves."""
        return self.giver is self.skin

    def mirrored(self) -> Figure:
        """Return the body's other side."""
        return replace(
            self,
            name=f"{self.name}-right",
            area=self.area or self.name,
            shapes=tuple(shape.mirrored() for shape in self.shapes),
            avoid=tuple(place.mirrored() for place in self.avoid),
        )

    def svg(self) -> str:
        """Its group, the same in every drawing."""
        skin = self.skin
        named = {"line": skin.line, "skin": skin.fill, "shade": skin.shade, "hair": skin.hair, "none": "none"}
        parts = [f'<rect width="{SIDE}" height="{SIDE}" rx="28" fill="{GROUND}" stroke="none"/>']
        for shape in self.shapes:
            fill, line = named.get(shape.fill, shape.fill), named.get(shape.line, shape.line)
            text = _begun(shape.pen)
            text += f' fill="{fill}"' if fill != "none" else ""
            text += f' stroke="{line}"' if line != skin.line else ""
            text += f' stroke-width="{shape.thick:g}"' if shape.thick else ""
            parts.append(text + "/>")
        parts.append(avoided(self.avoid, self.below))
        return (
            f'<g id="figure" data-figure="{self.name}" fill="none" stroke="{skin.line}" stroke-width="1.6"'
            f' stroke-linecap="round">{"".join(parts)}</g>'
        )


def tone_on(colour: str) -> Tone:
    """Return the colours that are seen best on one."""
    return max(ON_LIGHT, ON_DARK, key=lambda tone: contrast(tone.mark, colour))


def avoided(places: tuple[Avoid, ...], below: str) -> str:
    """Return the hatching of what may not be pressed, and its names."""
    lines: dict[str, str] = {}
    words: dict[str, str] = {}
    for place in places:
        colour = tone_on(place.on or below).warning
        lines[colour] = lines.get(colour, "") + hatching(place.corners)
        if place.name:
            colour = tone_on(place.label_on or place.on or below).warning
            x, y = place.label
            words[colour] = words.get(colour, "") + f'<text x="{x:g}" y="{y:g}">{place.name}</text>'
    hatched = [f'<path class="avoid" d="{d}" stroke="{colour}" stroke-width="2"/>' for colour, d in lines.items()]
    named = [
        f'<g font-size="14" font-family="sans-serif" text-anchor="middle" fill="{colour}" stroke="none">{texts}</g>'
        for colour, texts in words.items()
    ]
    return "".join([*hatched, *named])


def _places(outline: str) -> list[tuple[Point, bool]]:
    return [((float(x), float(y)), bool(sharp)) for x, y, sharp in _POINT.findall(outline)]


def _mirrored(places: list[tuple[Point, bool]]) -> list[tuple[Point, bool]]:
    return [((SIDE - x, y), sharp) for (x, y), sharp in places]


def one(outline: str) -> Pen:
    """Return a smooth line through points, written `x,y x,y! …`; those with a `!` are corners, and `|` parts lines."""
    pen = Pen()
    for line in outline.split("|"):
        pen.through(_places(line), closed=False)
    return pen


def ring(outline: str) -> Pen:
    """Return a closed outline through points."""
    return Pen().through(_places(outline), closed=True)


def both(half: str) -> Pen:
    """Return a closed outline by its left half, from the top; the right one is its mirror about the middle."""
    places = _places(half)
    return Pen().through([*places, *_mirrored([place for place in reversed(places) if place[0][0] != SIDE / 2])], True)


def twice(outline: str, *, closed: bool = False) -> Pen:
    """Return a line and its mirror about the middle."""
    places = _places(outline)
    return Pen().through(places, closed).through(_mirrored(places), closed)


def _begun(pen: Pen | Oval) -> str:
    if isinstance(pen, Oval):
        return f'<ellipse cx="{pen.x}" cy="{pen.y}" rx="{pen.wide}" ry="{pen.high}"'
    return f'<path d="{pen.d}"'


def box(left: float, top: float, right: float, bottom: float) -> Pen:
    """Return a rectangle."""
    return ring(f"{left},{top}! {right},{top}! {right},{bottom}! {left},{bottom}!")


def bed(top: float = 16, left: float = 16) -> Shape:
    """Return what the receiver lies on: a sheet that goes on below the picture."""
    right, round_ = SIDE - left, 24
    pen = Pen().to((left, 376)).to((left, top + round_)).to((left, top), (left + round_, top))
    return Shape(
        pen.to((right - round_, top)).to((right, top), (right, top + round_)).to((right, 376)), SHEET, SHEET_LINE
    )


def strip(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """Return a rectangle's corners, to be hatched."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def patch(x: float, y: float, wide: float, high: float) -> tuple[Point, ...]:
    """Return the corners of what is nearly an oval, to be hatched."""
    return tuple(
        (x + wide * across, y + high * down)
        for across, down in ((0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7))
    )
