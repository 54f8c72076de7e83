"""A sheet as SVG: a file of its own, or part of a page. No style sheet, no fonts, no links; every text escaped."""

from __future__ import annotations

from base64 import b64encode
from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.drawing import letters
from voiceguide.drawing.shapes import Box, Path, Photo, Picture, Run
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.drawing.shapes import Shape, Sheet

FONT = "Helvetica, Arial, Liberation Sans, Noto Sans, sans-serif"
FIXED = "ui-monospace, SF Mono, Cascadia Mono, DejaVu Sans Mono, Noto Sans Mono, monospace"

_ANCHORS = {
    # Where right-to-left text starts is its right end.
    False: {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'},
    True: {"start": ' text-anchor="end"', "middle": ' text-anchor="middle"', "end": ""},
}


def svg(sheet: Sheet) -> str:
    """Return a sheet as an SVG document, in points for paper and pixels for a screen.

    The same sheet gives the same text.
    """
    width, height, unit = _n(sheet.width), _n(sheet.height), "pt" if sheet.paper else ""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}{unit}"'
            f' height="{height}{unit}" lang="{escaped(sheet.language)}" font-family="{FONT}">',
            f"<title>{escaped(sheet.title)}</title>",
            f'<rect width="{width}" height="{height}" fill="{sheet.ground}"/>',
            *map(_drawn, sheet.shapes),
            *_picture(sheet),
            "</svg>\n",
        )
    )


def _picture(sheet: Sheet) -> Iterator[str]:
    if sheet.picture:
        yield f'<g role="img" aria-label="{escaped(sheet.picture_title)}">'
        yield from map(_drawn, sheet.picture)
        yield "</g>"


def _drawn(shape: Shape) -> str:
    match shape:
        case Run():
            return f"<text{''.join(_attributes(shape))}>{escaped(shape.text)}</text>"
        case Box():
            line = f' stroke="{shape.line}" stroke-width="{_n(shape.weight)}"' if shape.line else ""
            corner = f' rx="{_n(shape.radius)}"' if shape.radius else ""
            where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            return f'<rect {where} fill="{shape.fill or "none"}"{line}{corner}/>'
        case Photo():
            where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            return f'<image {where} href="data:{shape.kind};base64,{b64encode(shape.data).decode()}"/>'
        case Picture():
            where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            seen = " ".join(map(_n, shape.vector.box))
            return f'<svg {where} viewBox="{seen}" aria-hidden="true">{shape.vector.inner}</svg>'
        case Path():
            way = _way(shape.points)
            if shape.weight:
                return f'<path d="{way}" fill="none" stroke="{shape.colour}" stroke-width="{_n(shape.weight)}"/>'
            return f'<path d="{way}Z" fill="{shape.colour}"/>'


def _way(points: Sequence[tuple[float, float]]) -> str:
    """Points as a path's commands, the short ones for what goes straight across or down."""
    written = [(_n(x), _n(y)) for x, y in points]
    way = "M{} {}".format(*written[0])
    for (x_before, y_before), (x, y) in pairwise(written):
        way += f"V{y}" if x == x_before else f"H{x}" if y == y_before else f"L{x} {y}"
    return way


def _attributes(run: Run) -> Iterator[str]:
    yield f' x="{_n(run.x)}" y="{_n(run.y)}" font-size="{_n(run.size)}" fill="{run.colour}"'
    if run.fixed:
        yield f' font-family="{FIXED}"'
    if run.bold:
        yield ' font-weight="700"'
    yield _ANCHORS[run.from_the_right][run.anchor]
    if run.from_the_right:
        yield ' direction="rtl"'
    # Other fonts are pressed to Helvetica's width, so that a page is the same on every machine. Letters that Helvetica
    # lacks keep their own shape: what is reckoned for them is more than they need.
    if not run.fixed and letters.known(run.text):
        yield f' textLength="{_n(run.width)}" lengthAdjust="spacingAndGlyphs"'


def _n(number: float) -> str:
    """A number with at most two decimals."""
    return f"{round(number, 2) + 0.0:g}"
