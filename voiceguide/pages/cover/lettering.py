"""Lines of letters in Pillow's built-in font, which has ASCII and little more: others are put together from its own.

An accented letter is its base letter with a drawn mark; œ and æ are two letters moved into one; ß is drawn; a dash is
drawn, inverted marks are turned, low quotes are commas. So every letter of German, French and Spanish is there, and
`writable` says of any text whether all of it is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageDraw, ImageFont

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
_DASH_SPACE = 0.06
"""Free on either side of a dash, in sizes."""
_DASH_HEIGHT = -0.26
"""Where a dash lies, from where letters stand."""
_TURNED = {"¿": "?", "¡": "!"}
_SHARP_S = "ß"

_ABOVE: dict[str, tuple[tuple[Point, ...], ...]] = {
    "\u0300": (((-0.12, -0.215), (0.045, -0.085)),),
    "\u0301": (((0.12, -0.215), (-0.045, -0.085)),),
    "\u0302": (((-0.13, -0.075), (0, -0.185)), ((0, -0.185), (0.13, -0.075))),
    "\u0303": (((-0.15, -0.085), (-0.075, -0.145), (0.075, -0.105), (0.15, -0.165)),),
    "\u030c": (((-0.13, -0.185), (0, -0.075)), ((0, -0.075), (0.13, -0.185))),
}
"""Marks as lines, in sizes from the middle of a letter's top: grave, acute, circumflex, tilde, caron."""
_DOTS = {"\u0308": ((-0.12, -0.135), (0.12, -0.135))}
"""The diaeresis, likewise."""
_BELOW: dict[str, tuple[tuple[Point, ...], ...]] = {
    "\u0327": (((0, 0), (-0.01, 0.05), (0.07, 0.085), (0.07, 0.16), (-0.02, 0.19), (-0.09, 0.17)),),
}
"""The cedilla, from where a letter stands."""
_MARKS = _ABOVE.keys() | _BELOW.keys() | _DOTS.keys()
_SHARP_S_LINE: tuple[Point, ...] = (
    *((0.115, 0.0), (0.115, -0.3), (0.115, -0.52), (0.17, -0.66), (0.28, -0.705), (0.39, -0.65), (0.425, -0.55)),
    *((0.38, -0.46), (0.31, -0.4), (0.34, -0.325), (0.435, -0.265), (0.475, -0.17), (0.43, -0.07), (0.33, -0.03)),
    (0.23, -0.045),
)
_SHARP_S_ADVANCE = 0.55
_WEIGHT = 0.014
"""How much bolder than the font letters are, on every side, in sizes."""
_JOINED = 0.12
"""How far the second letter of a ligature moves into the first, in sizes."""
_MEASURED = 200
"""Pixels of the size at which letters are measured."""
_TRIES = 19
"""How finely lines are made equal."""
_KEPT = 4096
"""Lines whose letters are remembered."""
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


def filled(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines of `room` at most, each as full as it can be; a word that is wider is broken too."""
    lines: list[str] = []
    for word in _words(text, size, room):
        if lines and width(longer := f"{lines[-1]} {word}", size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, size: float, room: float) -> list[str]:
    """Break a text into as few lines as `filled` does, of like length."""
    lines = filled(text, size, room)
    narrowest = max(width(word, size) for word in _words(text, size, room))
    shares = (number / _TRIES for number in range(_TRIES))
    tighter = (filled(text, size, narrowest + (room - narrowest) * share) for share in shares)
    return next((found for found in tighter if len(found) == len(lines)), lines)


def write(mask: Image.Image, text: str, x: float, y: float, size: float) -> None:
    """Draw a line into a mask (mode L), in its pixels: `x` is where it begins and `y` where its letters stand.

    ValueError for a text that is not `writable`.
    """
    pen = _Pen(mask, y, size)
    for sign, at in zip(_signs(text), _advances(text), strict=False):
        if sign is None:
            raise ValueError(f"expected letters that can be written, got {text!r}")
        pen.sign(sign, x + at * size)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes one line's letters."""

    mask: Image.Image
    y: float
    """Where letters stand."""
    size: float

    def sign(self, sign: _Sign, x: float) -> None:
        """Draw a letter that begins at `x`."""
        if sign.drawn == _SHARP_S:
            self._line(_SHARP_S_LINE, (x, self.y), 1.0)
        elif sign.drawn:
            self._line(
                [(_DASH_SPACE, _DASH_HEIGHT), (_DASHES[sign.drawn] - _DASH_SPACE, _DASH_HEIGHT)], (x, self.y), 0.9
            )
        elif sign.turned:
            self._upside_down(sign.base, x)
        else:
            self._draw.text((x, self.y), sign.base, 255, self._font, anchor="ls", stroke_width=self._weight)
        if sign.marks:
            self._marks(sign, x)

    def _marks(self, sign: _Sign, x: float) -> None:
        left, right = (x + edge for edge in _ink(self._font, sign.base))
        middle = (left + right) / 2
        top = self.y + self._font.getbbox("H" if sign.base.isupper() else "x", anchor="ls")[1]
        if sign.base == "i":
            dot = [left - self._weight, self.y - self.size, right + self._weight, top - self._weight - 1]
            self._draw.rectangle(dot, 0)
        for mark in sign.marks:
            for points in _ABOVE.get(mark, ()):
                self._line(points, (middle, top), 0.8)
            for points in _BELOW.get(mark, ()):
                self._line(points, (middle, self.y), 0.7)
            for across, up in _DOTS.get(mark, ()):
                dot_x, dot_y, radius = middle + across * self.size, top + up * self.size, 0.62 * self._stem
                self._draw.ellipse([dot_x - radius, dot_y - radius, dot_x + radius, dot_y + radius], 255)

    def _line(self, points: Sequence[Point], origin: Point, stems: float) -> None:
        """Draw a smooth line, so many of the font's stems wide, through points in sizes."""
        row = curve([(origin[0] + x * self.size, origin[1] + y * self.size) for x, y in points], step=2.0)
        self._draw.polygon(stroke(row, stems * self._stem), 255)

    def _upside_down(self, base: str, x: float) -> None:
        """Draw a sign of the font turned, so that its top is where a small letter's is."""
        box = self._font.getbbox(base, anchor="ls", stroke_width=self._weight)
        left, top, right, bottom = (round(edge) for edge in box)
        own = Image.new("L", (right - left, bottom - top))
        text = ImageDraw.Draw(own)
        text.text((-left, -top), base, 255, self._font, anchor="ls", stroke_width=self._weight)
        hung = round(self.y + self._font.getbbox("x", anchor="ls")[1])
        self.mask.paste(255, (round(x) + left, hung), own.rotate(180))

    @property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.mask)

    @property
    def _font(self) -> ImageFont.FreeTypeFont:
        return _font(round(self.size))

    @property
    def _weight(self) -> float:
        return _WEIGHT * self.size

    @property
    def _stem(self) -> float:
        """How wide an upright of the font is, in pixels."""
        left, right = _ink(self._font, "I")
        return right - left + 2 * self._weight


@lru_cache(_KEPT)
def _signs(text: str) -> tuple[_Sign | None, ...]:
    """A line's letters, None for one that cannot be written."""
    return tuple(_put_together(unicodedata.normalize("NFC", _SPACES.sub(" ", text)).translate(_LIKE)))


def _put_together(text: str) -> Iterator[_Sign | None]:
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        if _in_font(letter):
            yield _Sign(letter)
        elif letter in _LIGATURES:
            first, second = _LIGATURES[letter]
            yield from (_Sign(first), _Sign(second, joined=True))
        elif letter == _SHARP_S or letter in _DASHES:
            yield _Sign("", drawn=letter)
        elif letter in _TURNED:
            yield _Sign(_TURNED[letter], turned=True)
        elif _in_font(base) and all(mark in _MARKS for mark in marks):
            yield _Sign(base, marks)
        else:
            yield None


@lru_cache(_KEPT)
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


def _words(text: str, size: float, room: float) -> list[str]:
    """A text's words, those too wide for a line in parts that fit."""
    parts: list[str] = []
    for word in _SPACES.split(text.strip()):
        rest = word
        while len(rest) > 1 and width(rest, size) > room:
            length = _fitting(rest, size, room)
            parts.append(rest[:length])
            rest = rest[length:]
        parts.append(rest)
    return parts


def _fitting(word: str, size: float, room: float) -> int:
    """How many of a word's first letters fit, one at least."""
    return max(1, bisect_right(range(1, len(word)), room, key=lambda length: width(word[:length], size)))


@cache
def _in_font(letter: str) -> bool:
    font = _font(_MEASURED)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NOWHERE)) or letter.isspace()


@cache
def _ink(font: ImageFont.FreeTypeFont, base: str) -> tuple[float, float]:
    """Where a letter's ink begins and ends, in pixels from its place."""
    size = round(font.size)
    picture = Image.new("L", (2 * size, 2 * size))
    ImageDraw.Draw(picture).text((size / 2, size), base, 255, font, anchor="ls")
    left, _, right, _ = picture.getbbox() or (0, 0, 0, 0)
    return left - size / 2, right - size / 2


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))  # with a size it is never the bitmap font
