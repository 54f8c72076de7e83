"""Pictures as SVG: one file, no fonts or links, every text escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from voiceguide.drawing.plotshapes import LETTER_HEIGHT, Band, Box, Curve, Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.drawing.plotshapes import Picture, Shape

FONT = 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "Noto Sans Mono", monospace'
"""Letters of one width, near that of a PNG's."""
_FONT_SIZE = LETTER_HEIGHT * 1.4
"""Units of the font's size for letters that are one unit's dots high: a capital is 0.7 of it."""


def svg(picture: Picture) -> bytes:
    """Return a picture as an SVG file, in UTF-8. The same picture gives the same bytes."""
    size = f'width="{picture.width}" height="{picture.height}" viewBox="0 0 {picture.width} {picture.height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{escape(FONT)}">',
        f"<title>{escape(picture.title)}</title>",
        f'<rect width="100%" height="100%" fill="{picture.ground}"/>',
        *(line for shape in picture.shapes for line in _drawn(shape)),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _drawn(shape: Shape) -> Iterator[str]:
    match shape:
        case Box():
            where = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            yield f'<rect {where} fill="{shape.colour}"/>'
        case Band():
            path = "".join(
                f"M{x} {_n(top)}H{x + 1}V{_n(bottom)}H{x}Z"
                for x, (top, bottom) in enumerate(zip(shape.top, shape.bottom, strict=True), shape.x)
                if top <= bottom
            )
            if path:
                yield f'<path d="{path}" fill="{shape.colour}"/>'
        case Curve():
            path, pen_is_down = "", False
            for x, y in enumerate(shape.y, shape.x):
                if y == y:  # not a NaN
                    path += f"{'L' if pen_is_down else 'M'}{x + 0.5:g} {_n(y)}"
                pen_is_down = y == y
            if path:
                yield f'<path d="{path}" fill="none" stroke="{shape.colour}" stroke-width="{_n(shape.width)}"/>'
        case Label():
            anchor = ' text-anchor="end"' if shape.align == "right" else ""
            where = f'x="{_n(shape.x)}" y="{_n(shape.y)}"'
            size = f'font-size="{_n(_FONT_SIZE * shape.size)}"'
            yield f'<text {where} {size} fill="{shape.colour}"{anchor}>{escape(shape.text)}</text>'


def _n(number: float) -> str:
    """A number with at most one decimal."""
    return f"{round(float(number), 1):g}"
