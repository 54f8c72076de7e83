"""Pictures made of pixels, drawn by Pillow: large and then made smaller, so that edges are clean."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from voiceguide.drawing import flat, raster
from voiceguide.drawing.font import composed, font, width
from voiceguide.drawing.shapes import Box, Path, Photo, Picture, Run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from voiceguide.drawing.shapes import Shape, Sheet

FINER = 3
"""How many times larger than the picture everything is drawn."""

_BOLDER = 0.02
"""Sizes by which a bold letter is thicker on every side."""
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(sheet: Sheet) -> bytes:
    """Return a sheet as a PNG file, a pixel a unit. With one Pillow the same sheet gives the same bytes."""
    return encoded(drawn(sheet.all_shapes, (round(sheet.width), round(sheet.height)), sheet.ground))


def encoded(image: Image) -> bytes:
    """Return an image as a PNG file, without a date or any text."""
    file = io.BytesIO()
    image.save(file, "PNG")  # at its best zlib takes three times as long, for a hundredth of the size
    return file.getvalue()


def drawn(shapes: Iterable[Shape], size: tuple[int, int], ground: str, mode: Literal["RGB", "L"] = "RGB") -> Image:
    """Return shapes on a ground as an image of so many pixels, one a unit: in colours, or in greys as a mask is.

    Boxes without round corners have their edges on whole pixels and are one pixel thick at least, so that thin lines
    are sharp; a path's edges are true to a third of a pixel, as Pillow fills what lies under its outline too. There is
    one font: fixed letters are made smaller where they would be wider than their room, all others take what they need.
    What lies outside is cut off.
    """
    from PIL import Image, ImageDraw

    wide, high = size
    image = Image.new(mode, (wide * FINER, high * FINER), ground)
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        match shape:
            case Run():
                _write(draw, shape)
            case Box():
                _box(draw, shape)
            case Photo():
                side = (round(shape.width * FINER), round(shape.height * FINER))
                with Image.open(io.BytesIO(shape.data)) as photo:
                    image.paste(photo.convert(mode).resize(side), (round(shape.x * FINER), round(shape.y * FINER)))
            case Picture():
                _picture(image, shape)
            case Path():
                points = [(x * FINER, y * FINER) for x, y in shape.points]
                if shape.weight:
                    draw.line(points, shape.colour, max(1, round(shape.weight * FINER)), joint="curve")
                else:
                    draw.polygon(points, shape.colour)
    return image.reduce(FINER)


def _picture(image: Image, picture: Picture) -> None:
    """Draw a drawing in its place, and nothing of it beside."""
    left, top, right, bottom = (round(edge * FINER) for edge in picture.box)
    place = image.crop((left, top, right, bottom))
    raster.paint(place, picture.vector, flat.into(picture.vector, 0, 0, right - left, bottom - top))
    image.paste(place, (left, top))


def _box(draw: ImageDraw, box: Box) -> None:
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if not box.radius and not box.line:
        left, top = round(left), round(top)
        right, bottom = max(round(right), left + 1), max(round(bottom), top + 1)
    corners = [left * FINER, top * FINER, right * FINER - 1, bottom * FINER - 1]
    weight = max(1, round(box.weight * FINER)) if box.line else 0
    draw.rounded_rectangle(corners, box.radius * FINER, box.fill, box.line, weight)


def _write(draw: ImageDraw, run: Run) -> None:
    text = composed(run.text)
    size = run.size
    if run.fixed and (natural := width(text, size)) > run.width:
        size *= run.width / natural
    weight = _BOLDER * size * FINER if run.bold else 0
    place = (run.x * FINER, run.y * FINER)
    draw.text(place, text, run.colour, font(size * FINER), anchor=_ANCHORS[run.anchor], stroke_width=weight)
