"""Lines of letters in Pillow's built-in font, which has ASCII and little more: others are put together from its own.

An accented letter is its base letter with a drawn mark; œ and æ are two letters moved into one; ß is drawn; a dash is
drawn, inverted marks are turned, low quotes are commas. So every letter of German, French and Spanish is there, and
`writable` says of any text whether all of it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from voiceguide.errors import MissingError
from voiceguide.pages.cover.drawing import curve, stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.pages.cover.drawing import Point

LEADING = 1.24
"""From one line to the next, in sizes."""
ASCENT = 0.95
"""From a line's top to where its letters stand, in sizes: room for a capital's accent."""
DESCENT = 0.26
"""From where letters stand to the lowest of them, in sizes."""

_SPACES = re.compile(r"\s+")
_LIKE = str.maketrans(
    {"\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "„": ",,", "\N{SINGLE LOW-9 QUOTATION MARK}": ",", "×": "x"}
)
"""What is written with other signs of the font."""
_LIGATURES = {"œ": ("o", "e"), "Œ": ("O", "E"), "æ": ("a", "e"), "Æ": ("A", "E")}
_DASHES = {"–": 0.5, "—": 0.86, "−": 0.56}
"""Widths in sizes."""
_TURNED = {"¿": "?", "¡": "!"}
_SHARP_S = "ß"

_ABOVE: dict[str, tuple[tuple[Point, ...], ...]] = {
    "\u0300": (((-0.12, -0.215), (0.045, -0.085)),),
    "\u0301": (((0.12, -0.215), (-0.045, -0.085)),),
    "\u0302": (((-0.13, -0.075), (0, -0.185)), ((0, -0.185), (0.13, -0.075))),
    "\u0303": (((-0.15, -0.085), (-0.075, -0.145), (0.075, -0.105), (0.15, -0.165)),),
    "\u0308": (((-0.12, -0.135), (-0.12, -0.134)), ((0.12, -0.135), (0.12, -0.134))),
    "\u030c": (((-0.13, -0.185), (0, -0.075)), ((0, -0.075), (0.13, -0.185))),
}
"""Marks as lines, in sizes from the middle of a letter's top: grave, acute, circumflex, tilde, diaeresis, caron."""
_BELOW: dict[str, tuple[tuple[Point, ...], ...]] = {
    "\u0327": (((0, 0.0), (-0.01, 0.05), (0.07, 0.085), (0.07, 0.16), (-0.02, 0.19), (-0.09, 0.17)),),
}
"""The cedilla, from where a letter stands."""
_SHARP_S_LINE: tuple[Point, ...] = (
    *((0.115, 0.0), (0.115, -0.3), (0.115, -0.52), (0.17, -0.66), (0.28, -0.705), (0.39, -0.65), (0.425, -0.55)),
    *((0.38, -0.46), (0.31, -0.4), (0.34, -0.325), (0.435, -0.265), (0.475, -0.17), (0.43, -0.07), (0.33, -0.03)),
    (0.23, -0.045),
)
_SHARP_S_ADVANCE = 0.55
_JOINED = 0.12
"""How far the second letter of a ligature moves into the first, in sizes."""
_MEASURED = 200
"""Pixels of the size at which letters are measured."""
_NOWHERE = "\uffff"
"""No font has it: what is drawn for it is what is drawn for any missing letter."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A letter as it is put together."""

    base: str
    """Of the font; "" for one that is drawn."""
    marks: str = ""
    drawn: str = ""
    """`ß` or a dash."""
    turned: bool = False
    joined: bool = False
    """Whether it moves into the letter before it."""


def writable(text: str) -> bool:
    """Say whether every letter of a text can be written."""
    return all(sign is not None for sign in _signs(text))


def width(text: str, size: float) -> float:
    """Return how wide a line is, in the units of `size`."""
    return _advances(text)[-1] * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text into as few lines of `room` as can be, of like length; a word that is wider is broken too."""
    words = [part for word in _SPACES.split(text.strip()) for part in _broken(word, size, room)]
    lines = _filled(words, size, room)
    narrowest = max((width(word, size) for word in words), default=0.0)
    for share in range(19):
        tighter = narrowest + (room - narrowest) * share / 19
        if len(found := _filled(words, size, tighter)) == len(lines):
            return found
    return lines


def write(mask: Image.Image, text: str, x: float, y: float, size: float) -> None:
    """Draw a line into a mask (mode L), in its pixels: `x` is where it begins and `y` where its letters stand."""
    font = _font(round(size))
    weight = size * 0.014
    top = {kind: -font.getbbox(kind, anchor="ls")[1] for kind in "xH"}
    begins, ends = _extent(font, "I")
    stem = ends - begins + 2 * weight
    draw = ImageDraw.Draw(mask)

    def line(points: Sequence[Point], at: float, above: float, wide: float) -> None:
        row = curve([(at + px * size, y - above + py * size) for px, py in points], step=2.0)
        draw.polygon(stroke(row, wide), 255)

    for sign, at in zip(_signs(text), _advances(text), strict=False):
        if sign is None:
            raise ValueError(f"expected letters that can be written, got {text!r}")
        place = x + at * size
        if sign.drawn == _SHARP_S:
            line(_SHARP_S_LINE, place, 0, stem)
        elif sign.drawn:
            long = _DASHES[sign.drawn]
            line([(0.06, -0.26), (long - 0.06, -0.26)], place, 0, stem * 0.9)
        elif sign.turned:
            _turn(mask, font, sign.base, place, y, weight)
        else:
            draw.text((place, y), sign.base, 255, font, anchor="ls", stroke_width=weight)
        if not sign.marks:
            continue
        high = top["H"] if sign.base.isupper() else top["x"]
        left, right = _extent(font, sign.base)
        middle = place + (left + right) / 2
        if sign.base == "i":
            draw.rectangle([place + left - stem, y - size, place + right + stem, y - high - weight - 1], 0)
        for mark in sign.marks:
            for points in _ABOVE.get(mark, ()):
                if mark == "\u0308":
                    radius = stem * 0.62
                    px, py = middle + points[0][0] * size, y - high + points[0][1] * size
                    draw.ellipse([px - radius, py - radius, px + radius, py + radius], 255)
                else:
                    line(points, middle, high, stem * 0.8)
            for points in _BELOW.get(mark, ()):
                line(points, middle, 0, stem * 0.7)


@cache
def _signs(text: str) -> tuple[_Sign | None, ...]:
    """A line's letters, None for one that cannot be written."""
    return tuple(_put_together(unicodedata.normalize("NFC", _SPACES.sub(" ", text)).translate(_LIKE)))


def _put_together(text: str) -> Iterator[_Sign | None]:
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        if letter in _LIGATURES:
            first, second = _LIGATURES[letter]
            yield from (_Sign(first), _Sign(second, joined=True))
        elif letter == _SHARP_S or letter in _DASHES:
            yield _Sign("", drawn=letter)
        elif letter in _TURNED:
            yield _Sign(_TURNED[letter], turned=True)
        elif _in_font(base) and all(mark in _ABOVE or mark in _BELOW for mark in marks):
            yield _Sign(base, marks)
        else:
            yield None


@cache
def _advances(text: str) -> tuple[float, ...]:
    """Where each letter of a line begins, and where the line ends, in sizes."""
    font = _font(_MEASURED)
    places = [0.0]
    before = ""
    for sign in _signs(text):
        base = sign.base if sign else ""
        if before and base:
            places[-1] += (font.getlength(before + base) - font.getlength(before) - font.getlength(base)) / _MEASURED
        if sign and sign.joined:
            places[-1] -= _JOINED
        if sign and sign.drawn:
            places.append(places[-1] + _DASHES.get(sign.drawn, _SHARP_S_ADVANCE))
        else:
            places.append(places[-1] + font.getlength(base) / _MEASURED)
        before = base
    return tuple(places)


def _turn(mask: Image.Image, font: ImageFont.FreeTypeFont, base: str, x: float, y: float, weight: float) -> None:
    """Draw a sign of the font upside down, so that it hangs as far below the line as it stood above it."""
    left, top, right, bottom = (round(edge) for edge in font.getbbox(base, anchor="ls", stroke_width=weight))
    own = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(own).text((-left, -top), base, 255, font, anchor="ls", stroke_width=weight)
    hung = round(y - font.getbbox("x", anchor="ls")[3] + font.getbbox("x", anchor="ls")[1])
    mask.paste(255, (round(x) + left, hung), own.rotate(180))


def _filled(words: Sequence[str], size: float, room: float) -> list[str]:
    """Lay words in lines, each as full as it can be."""
    lines: list[str] = []
    for word in words:
        if lines and width(longer := f"{lines[-1]} {word}", size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(word: str, size: float, room: float) -> Iterator[str]:
    """A word in parts that fit."""
    while width(word, size) > room and len(word) > 1:
        fitting = max((n for n in range(1, len(word)) if width(word[:n], size) <= room), default=1)
        yield word[:fitting]
        word = word[fitting:]
    yield word


@cache
def _in_font(letter: str) -> bool:
    font = _font(_MEASURED)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NOWHERE)) or letter.isspace()


def _extent(font: ImageFont.FreeTypeFont, base: str) -> tuple[float, float]:
    """Where a letter's ink begins and ends, in pixels from its place."""
    picture = Image.new("L", (round(font.size) * 2, round(font.size) * 2))
    ImageDraw.Draw(picture).text((font.size / 2, font.size), base, 255, font, anchor="ls")
    left, _, right, _ = picture.getbbox() or (0, 0, 0, 0)
    return left - font.size / 2, right - font.size / 2


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise MissingError(
            "a cover needs Pillow with FreeType, which this one is without. Install pillow again with pip"
        )
    return font
