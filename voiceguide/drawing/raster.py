"""Pictures made of shapes as pixels, drawn by Pillow: large and then made smaller, so that edges are clean."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from voiceguide.drawing import flat
from voiceguide.drawing.flat import Area, Label, Stroke
from voiceguide.drawing.font import composed, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from voiceguide.drawing.curves import Point
    from voiceguide.drawing.flat import Matrix
    from voiceguide.drawing.vector import Vector

_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_BOLDER = 0.02
"""Sizes by which a bold letter is thicker on every side."""


def paint(image: Image, picture: Vector, at: Matrix) -> None:
    """Draw a picture onto an RGB image, moved by `at` from its own units to pixels; what lies outside is cut off."""
    for piece in flat.pieces(picture, at):
        match piece:
            case Area():
                _fill(image, piece)
            case Stroke():
                _stroke(image, piece)
            case Label():
                _label(image, piece)


def _fill(image: Image, area: Area) -> None:
    from PIL import ImageDraw

    if len(area.rows) == 1 and area.opacity >= 1:
        ImageDraw.Draw(image).polygon(area.rows[0], area.colour)
        return
    corner, size = _seen(image, [point for row in area.rows for point in row], 1.0)
    if size:
        _lay(image, _inside(area, corner, size), corner, area.colour, area.opacity)


def _inside(area: Area, corner: tuple[int, int], size: tuple[int, int]) -> Image:
    """Where an area is, as a mask: outlines that overlap add up or take away, by their directions."""
    import numpy as np
    from PIL import Image, ImageDraw

    turns = np.zeros((size[1], size[0]), np.int16)
    for row in area.rows:
        mask = Image.new("1", size)
        points = [(x - corner[0], y - corner[1]) for x, y in row]
        ImageDraw.Draw(mask).polygon(points, 1)
        turns += np.asarray(mask, np.int16) * (1 if area.evenodd or _clockwise(points) else -1)
    return Image.fromarray(((turns % 2 if area.evenodd else turns) != 0).astype(np.uint8) * 255)


def _clockwise(points: Sequence[Point]) -> bool:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) > 0


def _stroke(image: Image, stroke: Stroke) -> None:
    from PIL import Image, ImageDraw

    reach = stroke.width / 2
    corner, size = _seen(image, [point for row in stroke.rows for point in row.points], reach + 1)
    if not size:
        return
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    for row in stroke.rows:
        points = [(x - corner[0], y - corner[1]) for x, y in row.points]
        if row.closed:
            points += points[:2]
        draw.line(points, 255, max(1, round(stroke.width)), joint="curve")
        for x, y in (points[0], points[-1]) if stroke.round and not row.closed and reach > 1 else ():
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), 255)
    _lay(image, mask, corner, stroke.colour, stroke.opacity)


def _label(image: Image, label: Label) -> None:
    from PIL import ImageDraw

    weight = _BOLDER * label.size if label.bold else 0
    letters = font(max(1.0, round(label.size, 1)))
    ImageDraw.Draw(image).text(
        label.at, composed(label.words), label.colour, letters, anchor=_ANCHORS[label.anchor], stroke_width=weight
    )


def _seen(image: Image, points: Sequence[Point], around: float) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """The part of an image that points lie in: its upper left corner and its size, None where that is nothing."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = max(0, floor(min(xs) - around)), max(0, floor(min(ys) - around))
    right, bottom = min(image.width, ceil(max(xs) + around)), min(image.height, ceil(max(ys) + around))
    return (left, top), (right - left, bottom - top) if right > left and bottom > top else None


def _lay(image: Image, mask: Image, corner: tuple[int, int], colour: str, opacity: float) -> None:
    if opacity < 1:
        mask = mask.point(lambda value: round(value * opacity))
    image.paste(colour, (*corner, corner[0] + mask.width, corner[1] + mask.height), mask)
