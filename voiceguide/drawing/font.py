"""The letters that Pillow writes: a part of Inter, which scripts/make_font.py makes; Latin, Greek and Cyrillic ones.

They are laid out by Pillow itself, which does it alike on every machine, and not by a library that may be there.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FILE = Path(__file__).parent / "Inter.ttf"

_MEASURED = 200
"""Pixels of the size at which letters are measured."""
_NOWHERE = "\uffff"
"""No font has it: what is drawn for it is what is drawn for any missing letter."""


@lru_cache(64)
def font(size: float) -> FreeTypeFont:
    """Return the font in a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(FILE, size, layout_engine=ImageFont.Layout.BASIC)


def composed(text: str) -> str:
    """Return a text with letter and accent as one sign, as the font has them."""
    return unicodedata.normalize("NFC", text)


def has(text: str) -> bool:
    """Say whether the font has every letter of a composed text."""
    return all(map(_known, text))


def width(text: str, size: float) -> float:
    """Return how wide a composed text is, in the units of `size`."""
    return font(_MEASURED).getlength(text) / _MEASURED * size


@cache
def _known(sign: str) -> bool:
    measured = font(_MEASURED)
    return sign == " " or bytes(measured.getmask(sign)) != bytes(measured.getmask(_NOWHERE))
