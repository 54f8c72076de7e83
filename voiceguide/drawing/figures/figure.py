"""A figure: the body as the giver sees it, on its cloth, with what may not be pressed hatched and named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.drawing.figures.pen import Pen, hatching
from voiceguide.drawing.figures.tones import GROUND

if TYPE_CHECKING:
    from voiceguide.drawing.figures.pen import Point
    from voiceguide.drawing.figures.tones import Skin

SIDE = 360
"""A drawing is a square of so many units."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape or a line; its colours are the skin's by name, or `#rrggbb`."""

    pen: Pen
    fill: str = "none"
    line: str = "line"
    thick: float = 0.0
    """Of its line; 0 is the figure's own."""


@dataclass(frozen=True, slots=True)
class Avoid:
    """A place that may not be pressed."""

    corners: tuple[Point, ...]
    name: str = ""
    """Written beside it; "" where its twin's name stands."""
    label: Point = (0, 0)
    """The middle of its name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A body, or a part of one."""

    name: str
    skin: Skin
    """The receiver's, or of whoever touches themselves."""
    shapes: tuple[Shape, ...]
    avoid: tuple[Avoid, ...] = ()

    def svg(self) -> str:
        """Its group, the same in every drawing."""
        skin = self.skin
        named = {"line": skin.line, "skin": skin.fill, "shade": skin.shade, "hair": skin.hair, "none": "none"}
        parts = [f'<rect width="{SIDE}" height="{SIDE}" rx="28" fill="{GROUND}" stroke="none"/>']
        for shape in self.shapes:
            fill, line = named.get(shape.fill, shape.fill), named.get(shape.line, shape.line)
            text = f'<path d="{shape.pen.d}"'
            text += f' fill="{fill}"' if fill != "none" else ""
            text += f' stroke="{line}"' if line != skin.line else ""
            text += f' stroke-width="{shape.thick:g}"' if shape.thick else ""
            parts.append(text + "/>")
        parts += [avoided(place, skin) for place in self.avoid]
        return (
            f'<g id="figure" data-figure="{self.name}" fill="none" stroke="{skin.line}" stroke-width="1.6"'
            f' stroke-linecap="round" stroke-linejoin="round">{"".join(parts)}</g>'
        )


def avoided(place: Avoid, skin: Skin) -> str:
    """Return the hatching of what may not be pressed, and its name."""
    text = f'<path class="avoid" d="{hatching(place.corners)}" stroke="{skin.warning}" stroke-width="2"/>'
    if place.name:
        x, y = place.label
        text += (
            f'<text x="{x:g}" y="{y:g}" font-size="14" font-family="sans-serif" text-anchor="middle"'
            f' fill="{skin.warning}" stroke="none">{place.name}</text>'
        )
    return text


def both(half: str, *, closed: bool = True) -> Pen:
    """Return an outline by its left half, from the top; the right one is its mirror about the middle."""
    places = [((float(x), float(y)), bool(sharp)) for x, y, sharp in re.findall(r"(-?[\d.]+),(-?[\d.]+)(!?)", half)]
    other = [((SIDE - x, y), sharp) for (x, y), sharp in reversed(places) if x != SIDE / 2]
    return Pen().through([*places, *other], closed)


def twice(outline: str, *, closed: bool = False) -> Pen:
    """Return a line and its mirror about the middle."""
    places = [((float(x), float(y)), bool(sharp)) for x, y, sharp in re.findall(r"(-?[\d.]+),(-?[\d.]+)(!?)", outline)]
    other = [((SIDE - x, y), sharp) for (x, y), sharp in places]
    return Pen().through(places, closed).through(other, closed)


def one(outline: str, *, closed: bool = False) -> Pen:
    """Return a smooth line or outline."""
    return Pen().along(outline, closed=closed)


def strip(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """Return a rectangle's corners."""
    return (left, top), (right, top), (right, bottom), (left, bottom)
