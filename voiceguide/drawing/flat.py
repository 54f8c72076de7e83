"""A picture made of shapes, flattened: what is filled and what is drawn along, as points where they lie, in order.

For writers that know no SVG. A group's opacity is each of its shapes', which differs where they lie over each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING, cast

from voiceguide.drawing import ways
from voiceguide.drawing.curves import oval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voiceguide.drawing.curves import Point
    from voiceguide.drawing.shapes import Anchor
    from voiceguide.drawing.vector import Element, Vector
    from voiceguide.drawing.ways import Row

_NUMBER = re.compile(r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d{1,3}+)?")
_CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
_INHERITED = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-dasharray": "",
    "stroke-linecap": "butt",
    "fill-rule": "nonzero",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "font-size": "16",
    "font-weight": "normal",
    "text-anchor": "start",
}
_COLOURS = {"black": "#000000", "white": "#ffffff"}

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f as SVG has them: x becomes a·x + c·y + e, y becomes b·x + d·y + f."""
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Area:
    """What is filled."""

    rows: tuple[tuple[Point, ...], ...]
    """Outlines, closed."""
    colour: str
    opacity: float
    evenodd: bool
    """Whether a place inside of two outlines is outside; else it hangs on their directions (nonzero)."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """What is drawn along."""

    rows: tuple[Row, ...]
    colour: str
    opacity: float
    width: float
    round: bool
    """Whether its ends are."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words; they stand upright however the picture is turned."""

    at: Point
    """Their baseline, where they start, have their middle or end, by `anchor`."""
    words: str
    size: float
    colour: str
    bold: bool
    anchor: Anchor


Piece = Area | Stroke | Label


def pieces(vector: Vector, at: Matrix = UNMOVED) -> Iterator[Piece]:
    """Yield what a picture is drawn of, those before under those after, in the picture's units moved by `at`."""
    yield from _flattened(vector.root, at, _INHERITED, 1.0)


def into(vector: Vector, x: float, y: float, width: float, height: float) -> Matrix:
    """Return what moves a picture into a box, in its middle, as large as it fits there."""
    left, top, wide, high = vector.box
    times = min(width / wide, height / high)
    return (
        times,
        0.0,
        0.0,
        times,
        x + (width - wide * times) / 2 - left * times,
        y + (height - high * times) / 2 - top * times,
    )


def _flattened(element: Element, at: Matrix, above: Mapping[str, str], opacity: float) -> Iterator[Piece]:
    at = _moved(at, element.get("transform") or "")
    looks = {**above, **{key: value for key, value in element.attributes if key in _INHERITED}}
    opacity *= element.number("opacity", 1.0)
    for child in element.children:
        yield from _flattened(child, at, looks, opacity)
    if element.tag == "text":
        yield from _label(element, at, looks)
        return
    rows = tuple(ways.Row(_placed(row.points, at), row.closed) for row in _rows(element) if len(row.points) > 1)
    if not rows:
        return
    if (fill := looks["fill"]) != "none" and element.tag != "line":
        even = looks["fill-rule"] == "evenodd"
        outlines = tuple(row.points for row in rows if len(row.points) > 2)
        if outlines:
            yield Area(outlines, _colour(fill), opacity * float(looks["fill-opacity"]), even)
    width = _first(looks["stroke-width"]) * sqrt(abs(at[0] * at[3] - at[1] * at[2]))
    if (stroke := looks["stroke"]) != "none" and width > 0:
        scale = width / (_first(looks["stroke-width"]) or 1.0)
        dashes = [_first(number) * scale for number in _NUMBER.findall(looks["stroke-dasharray"])]
        drawn = tuple(part for row in rows for part in _dashed(row, dashes)) if sum(dashes) > 0.5 else rows
        alpha = opacity * float(looks["stroke-opacity"])
        yield Stroke(drawn, _colour(stroke), alpha, width, looks["stroke-linecap"] == "round")


def _label(element: Element, at: Matrix, looks: Mapping[str, str]) -> Iterator[Label]:
    (place,) = _placed([(element.number("x"), element.number("y"))], at)
    size = _first(looks["font-size"]) * sqrt(abs(at[0] * at[3] - at[1] * at[2]))
    if element.words and looks["fill"] != "none" and size > 0:
        anchor = cast("Anchor", looks["text-anchor"])
        yield Label(place, element.words, size, _colour(looks["fill"]), looks["font-weight"] in ("bold", "700"), anchor)


def _rows(element: Element) -> tuple[Row, ...]:
    number = element.number
    match element.tag:
        case "path":
            return ways.rows(element.get("d") or "")
        case "rect":
            return _rectangle(element)
        case "circle" | "ellipse":
            radii = (number("rx", number("r")), number("ry", number("r")))
            if element.tag == "ellipse":
                radii = (number("rx", number("ry")), number("ry", number("rx")))
            return (ways.Row(tuple(oval((number("cx"), number("cy")), radii)), True),) if min(radii) > 0 else ()
        case "line":
            return (ways.Row(((number("x1"), number("y1")), (number("x2"), number("y2"))), False),)
        case "polyline" | "polygon":
            values = [float(each) for each in _NUMBER.findall(element.get("points") or "")]
            points = tuple(zip(values[::2], values[1::2], strict=False))
            return (ways.Row(points, element.tag == "polygon"),) if points else ()
    return ()


def _rectangle(element: Element) -> tuple[Row, ...]:
    x, y, wide, high = (element.number(name) for name in ("x", "y", "width", "height"))
    if wide <= 0 or high <= 0:
        return ()
    rx = min(element.number("rx", element.number("ry")), wide / 2)
    ry = min(element.number("ry", element.number("rx")), high / 2)
    if rx <= 0 or ry <= 0:
        return (ways.Row(((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)), True),)
    corner = f"a{rx} {ry} 0 0 1"
    return ways.rows(
        f"M{x + rx} {y}h{wide - 2 * rx}{corner} {rx} {ry}v{high - 2 * ry}{corner} {-rx} {ry}"
        f"h{2 * rx - wide}{corner} {-rx} {-ry}v{2 * ry - high}{corner} {rx} {-ry}z"
    )


def _dashed(row: Row, dashes: list[float]) -> Iterator[Row]:
    """A row in dashes: odd ones are drawn, even ones are gaps; an odd count goes round twice (SVG 2, 13.5.6)."""
    points = [*row.points, row.points[0]] if row.closed else [*row.points]
    number, left, drawn = 0, dashes[0], [points[0]]
    for start, end in pairwise(points):
        at, long = 0.0, hypot(end[0] - start[0], end[1] - start[1])
        while long - at > left:
            at += left
            here = (start[0] + (end[0] - start[0]) * at / long, start[1] + (end[1] - start[1]) * at / long)
            if number % 2 == 0:
                yield ways.Row((*drawn, here), False)
            number += 1
            left, drawn = max(dashes[number % len(dashes)], 0.1), [here]
        left -= long - at
        drawn.append(end)
    if number % 2 == 0 and len(drawn) > 1:
        yield ways.Row(tuple(drawn), False)


def _moved(at: Matrix, transform: str) -> Matrix:
    for word, inside in _CALL.findall(transform):
        numbers = [float(number) for number in _NUMBER.findall(inside)]
        match word:
            case "translate":
                at = _times(at, (1, 0, 0, 1, numbers[0], numbers[1] if numbers[1:] else 0.0))
            case "scale":
                at = _times(at, (numbers[0], 0, 0, numbers[-1], 0, 0))
            case "rotate":
                angle, (x, y) = radians(numbers[0]), numbers[1:] or (0.0, 0.0)
                turn = (cos(angle), sin(angle), -sin(angle), cos(angle), 0.0, 0.0)
                at = _times(_times(_times(at, (1, 0, 0, 1, x, y)), turn), (1, 0, 0, 1, -x, -y))
            case "matrix":
                a, b, c, d, e, f = numbers
                at = _times(at, (a, b, c, d, e, f))
    return at


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def _placed(points: tuple[Point, ...] | list[Point], at: Matrix) -> tuple[Point, ...]:
    a, b, c, d, e, f = at
    return tuple((a * x + c * y + e, b * x + d * y + f) for x, y in points)


def _colour(colour: str) -> str:
    """As #rrggbb."""
    if len(colour) == 4:
        return "#" + "".join(2 * sign for sign in colour[1:])
    return _COLOURS.get(colour, colour)


def _first(written: str) -> float:
    return float(written.removesuffix("px"))
