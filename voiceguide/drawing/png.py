"""Pictures as PNG, drawn here: boxes, columns and dotted letters need no more than an array and zlib.

Pillow would give smoother letters for 7 MB and a step in everybody's installation; a PNG here is for a message or a
page that takes no SVG, and is to work wherever measuring does.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np  # this module is imported when a picture is written

from voiceguide.drawing.plotletters import ABOVE, HEIGHT, dots
from voiceguide.drawing.plotshapes import LETTER_WIDTH, Band, Box, Curve, Label, columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.drawing.plotshapes import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(picture: Picture) -> bytes:
    """Return a picture as a PNG file, a pixel a unit. The same picture gives the same bytes."""
    return encoded(drawn(picture))


def drawn(picture: Picture) -> NDArray[np.uint8]:
    """Return a picture's pixels in RGB, shape (height, width, 3)."""
    pixels = np.empty((picture.height, picture.width, 3), dtype=np.uint8)
    pixels[:] = _rgb(picture.ground)
    for shape in picture.shapes:
        match shape:
            case Box():
                _box(pixels, shape)
            case Band():
                _columns(pixels, shape.x, shape.top, shape.bottom, shape.colour)
            case Curve():
                _curve(pixels, shape)
            case Label():
                _label(pixels, shape)
    return pixels


def _box(pixels: NDArray[np.uint8], box: Box) -> None:
    top, left = max(0, round(box.y)), max(0, round(box.x))
    bottom, right = max(round(box.y + box.height), top + 1), max(round(box.x + box.width), left + 1)
    pixels[top:bottom, left:right] = _rgb(box.colour)


def _columns(
    pixels: NDArray[np.uint8], first: int, top: NDArray[np.float64], bottom: NDArray[np.float64], colour: str
) -> None:
    """Fill every column from its top to its bottom, by one pixel at least."""
    kept = np.isfinite(top) & np.isfinite(bottom) & (top <= bottom)
    upper = np.round(np.where(kept, top, 1.0)).astype(np.intp)
    lower = np.maximum(np.round(np.where(kept, bottom, 0.0)).astype(np.intp), upper + 1)
    rows = np.arange(pixels.shape[0])[:, None]
    filled = (rows >= upper) & (rows < lower) & kept
    pixels[:, first : first + len(top)][filled] = _rgb(colour)


def _curve(pixels: NDArray[np.uint8], curve: Curve) -> None:
    """Draw each point as a column that reaches half-way to its neighbours, and is as thick as the line."""
    y, half = curve.y, curve.width / 2
    before, after = np.concatenate((y[:1], y[:-1])), np.concatenate((y[1:], y[-1:]))
    reach = np.stack(
        [y, np.where(np.isnan(before), y, (y + before) / 2), np.where(np.isnan(after), y, (y + after) / 2)]
    )
    _columns(pixels, curve.x, reach.min(axis=0) - half, reach.max(axis=0) + half, curve.colour)


def _label(pixels: NDArray[np.uint8], label: Label) -> None:
    x = round(label.x - (label.width if label.align == "right" else 0))
    y = round(label.y) - (HEIGHT + ABOVE) * label.size
    colour = _rgb(label.colour)
    for letter, shape in dots(label.text):
        big = shape.repeat(label.size, axis=0).repeat(label.size, axis=1)
        top, left = max(0, -y), max(0, -x)
        part = pixels[max(0, y) : y + len(big), max(0, x) : x + big.shape[1]]
        part[big[top : top + part.shape[0], left : left + part.shape[1]]] = colour
        x += LETTER_WIDTH * label.size * columns(letter)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def encoded(pixels: NDArray[np.uint8]) -> bytes:
    """Return pixels in RGB, shape (height, width, 3), as a PNG file.

    Each row is stored as its difference from the one above, which packs flat pictures well.
    """
    height, width, _ = pixels.shape
    above = np.concatenate((np.zeros_like(pixels[:1]), pixels[:-1]))
    up = np.full((height, 1), 2, dtype=np.uint8)  # the filter's number
    rows = np.hstack((up, (pixels - above).reshape(height, -1)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
