"""A session's cover: its title and minutes under a drawing of where the hands will be. Pure.

With one version and one Pillow the same arguments give the same bytes. A title with letters that the font lacks
(Hebrew, Chinese, emoji) is left out, and the drawing is larger: a cover without a title is better than one with boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.pages.cover import lettering
from voiceguide.pages.cover.motifs import DEFAULT, MOTIFS, motif_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

__all__ = ["DEFAULT", "MOTIFS", "SIDE", "VERSION", "cover", "drawn_by", "motif_of"]

VERSION = 4
"""Of the looks: raise it with every change of what is drawn, so that covers in the cache are drawn anew.

A test holds tests/pages/covers/VERSION.png against the drawing; `scripts/draw_covers.py` draws that file.
"""
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
_WHOLE_WORDS = 64
"""Pixels: in larger letters no word is broken, if there is a size that breaks none."""
_DISCS = {True: (458, 396), False: (620, 520)}
"""The disc's middle, in pixels from the top, and its radius: above a title, and without one."""

_RIM = 14
"""Pixels of the disc's colour around a drawing."""


def drawn_by() -> tuple[int, str]:
    """Return what a cover's looks depend on beside its words: VERSION, and Pillow's version."""
    from importlib.metadata import version

    return VERSION, version("pillow")


def cover(title: str, minutes: str, motif: str) -> bytes:
    """Return a cover as a PNG of 1400 × 1400 pixels.

    `minutes` is shown as it is, as in `9 minutes`; `motif` is one of `MOTIFS`, any other is a KeyError. A text that
    cannot be written is left out.
    """
    from PIL import Image

    from voiceguide.drawing.png import encoded

    palette = MOTIFS[motif].palette
    page = Image.new("RGB", (SIDE, SIDE), palette.ground)
    told, lasting = lettering.written(title), lettering.written(minutes)
    _paste_disc(page, motif, *_DISCS[told is not None])
    if told:
        _write(page, *fitted(told), palette.figure, palette.ground)
    if lasting:
        size = min(_MINUTES_SIZE, (SIDE - 2 * MARGIN) / lettering.width(lasting))
        _write(page, [lasting], size, _MINUTES, palette.minutes, palette.ground)
    return encoded(page)


def _paste_disc(page: Image, motif: str, middle: int, radius: int) -> None:
    """Draw a motif in its disc, in the middle of the page."""
    from voiceguide.drawing import atlas
    from voiceguide.drawing.png import drawn
    from voiceguide.drawing.shapes import Picture

    of, side = MOTIFS[motif], 2 * radius
    inner = side - 2 * _RIM
    place = (SIDE // 2 - radius, middle - radius)
    drawing = Picture(_RIM, _RIM, inner, inner, atlas.bundled(of.drawing).plain)
    page.paste(of.palette.disc, (*place, place[0] + side, place[1] + side), _disc(radius, radius))
    page.paste(drawn([drawing], (side, side), of.palette.disc), place, _disc(radius, radius - _RIM))


def _disc(middle: int, radius: int) -> Image:
    """The mask of a disc in the middle of a square."""
    from voiceguide.drawing.curves import oval
    from voiceguide.drawing.png import drawn
    from voiceguide.drawing.shapes import Path

    shape = Path(tuple(oval((middle, middle), (radius, radius))), "#ffffff")
    return drawn([shape], (2 * middle, 2 * middle), "#000000", "L")


def fitted(title: str) -> tuple[Sequence[str], float, float]:
    """Return a written title's lines, the largest size that fits, and where the first line's letters stand.

    Letters are made smaller to keep a long word whole, down to _WHOLE_WORDS.
    """
    top, bottom = _TITLE
    room = SIDE - 2 * MARGIN

    def fits(size: float) -> bool:
        return _height(len(lettering.filled(title, size, room)), size) <= bottom - top

    whole = (size for size in _SIZES if size >= _WHOLE_WORDS and lettering.widest_word(title, size) <= room)
    size = next(filter(fits, whole), None) or next(filter(fits, _SIZES), _SIZES[-1])
    lines = lettering.balanced(title, size, room)
    return lines, size, (top + bottom - _height(len(lines), size)) / 2 + lettering.ASCENT * size


def _height(lines: int, size: float) -> float:
    """From the top of the first line's accents to the lowest letter of the last."""
    return ((lines - 1) * lettering.LEADING + lettering.ASCENT + lettering.DESCENT) * size


def _write(page: Image, lines: Sequence[str], size: float, y: float, colour: str, ground: str) -> None:
    """Write lines in the middle of the page; the first one's letters stand at `y`."""
    from voiceguide.drawing.png import drawn
    from voiceguide.drawing.shapes import Run

    top = int(y - lettering.ASCENT * size)
    stands = (y - top + number * lettering.LEADING * size for number in range(len(lines)))
    runs = [Run(SIDE / 2, at, line, size, colour, anchor="middle") for at, line in zip(stands, lines, strict=True)]
    page.paste(drawn(runs, (SIDE, int(_height(len(lines), size)) + 2), ground), (0, top))
