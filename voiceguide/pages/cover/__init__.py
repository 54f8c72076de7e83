"""A session's cover: its title and minutes under a drawing of where the hands will be. Pure.

The picture is drawn by Pillow alone, in its built-in font; the same arguments give the same bytes with the same Pillow.
A title with letters that this font has not and that cannot be put together from it (Hebrew, Chinese, emoji) is left
out, and the drawing is larger: a cover without a title is better than one with boxes.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from voiceguide.pages.cover import lettering
from voiceguide.pages.cover.drawing import FINER, Sheet
from voiceguide.pages.cover.motifs import DEFAULT, MOTIFS, REACH, motif_of

__all__ = ["DEFAULT", "MOTIFS", "SIDE", "cover", "motif_of"]

SIDE = 1400
"""Pixels: the least that Apple Podcasts takes."""
MARGIN = 90
"""Pixels at each side without any letter."""

_TITLE = (900, 1226)
"""Where the title stands, in pixels from the top."""
_MINUTES = 1324
"""Where the minutes' letters stand."""
_MINUTES_SIZE = 66
_SIZES = range(152, 11, -4)
"""Of a title's letters in pixels, the largest first."""


def cover(title: str, minutes: str, motif: str) -> bytes:
    """Return a cover as a PNG of 1400 × 1400 pixels.

    `minutes` is shown as it is, as in `9 minutes`; `motif` is one of `MOTIFS`, any other is a KeyError. A text that
    cannot be written is left out.
    """
    drawn = MOTIFS[motif]
    palette = drawn.palette
    page = Image.new("RGB", (SIDE, SIDE), palette.ground)
    titled = bool(title.strip()) and lettering.writable(title)
    middle, radius = (458, 396) if titled else (620, 520)
    _paste_disc(page, motif, middle, radius)
    if titled:
        _write(page, *_fitted(title), palette.figure)
    if minutes.strip() and lettering.writable(minutes):
        size = min(_MINUTES_SIZE, (SIDE - 2 * MARGIN) / lettering.width(minutes, 1))
        _write(page, [minutes], size, _MINUTES, palette.minutes)
    file = io.BytesIO()
    page.save(file, "PNG", optimize=True)
    return file.getvalue()


def _paste_disc(page: Image.Image, motif: str, middle: int, radius: int) -> None:
    """Draw a motif in its disc, in the middle of the page."""
    drawn = MOTIFS[motif]
    sheet = Sheet.of(2 * radius, REACH, drawn.palette.disc)
    drawn.draw(sheet, drawn.palette)
    disc = Image.new("L", sheet.image.size)
    ImageDraw.Draw(disc).ellipse((0, 0, *sheet.image.size), 255)
    page.paste(sheet.image.reduce(FINER), (SIDE // 2 - radius, middle - radius), disc.reduce(FINER))


def _fitted(title: str) -> tuple[list[str], float, float]:
    """A title's lines in the largest letters that fit, and where the first line's letters stand."""
    top, bottom = _TITLE
    room = SIDE - 2 * MARGIN
    fitting = (size for size in _SIZES if _height(len(lettering.filled(title, size, room)), size) <= bottom - top)
    size = next(fitting, _SIZES[-1])
    lines = lettering.balanced(title, size, room)
    return lines, size, (top + bottom - _height(len(lines), size)) / 2 + lettering.ASCENT * size


def _height(lines: int, size: float) -> float:
    """From the top of the first line's accents to the lowest letter of the last."""
    return ((lines - 1) * lettering.LEADING + lettering.ASCENT + lettering.DESCENT) * size


def _write(page: Image.Image, lines: list[str], size: float, y: float, fill: tuple[int, int, int]) -> None:
    """Write lines in the middle of the page; the first one's letters stand at `y`."""
    top = int(y - lettering.ASCENT * size)
    high = int(_height(len(lines), size)) + 2
    mask = Image.new("L", (SIDE * FINER, high * FINER))
    for number, line in enumerate(lines):
        x = (SIDE - lettering.width(line, size)) / 2
        stands = y - top + number * lettering.LEADING * size
        lettering.write(mask, line, x * FINER, stands * FINER, size * FINER)
    page.paste(fill, (0, top), mask.reduce(FINER))
