"""A cover's words in lines: which letters can be written, and where lines break so that they are of like length."""

from __future__ import annotations

import re
from functools import lru_cache

from voiceguide.drawing import font, letters

LEADING = 1.24
"""From one line to the next, in sizes."""
ASCENT = 0.95
"""From a line's top to where its letters stand, in sizes: room for a capital's accent."""
DESCENT = 0.26
"""From where letters stand to the lowest of them, in sizes."""

_SPACES = re.compile(r"\s+")
_TRIES = 19
"""How finely lines are made equal."""
_KEPT = 4096
"""Lines whose widths are remembered."""


def written(text: str) -> str | None:
    """Return a text as it is written in one line; None for one without letters, or with any that the font lacks."""
    line = font.composed(_SPACES.sub(" ", text).strip()).replace("\N{SOFT HYPHEN}", "")
    return line if line and font.has(line) else None


@lru_cache(_KEPT)
def width(line: str, size: float = 1.0) -> float:
    """Return how wide a written line is, in the units of `size`."""
    return font.width(line, size)


def filled(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a written text into lines of `room` at most, each as full as can be; a wider word is broken too."""
    return letters.broken(text, room / size, width)


def widest_word(text: str, size: float) -> float:
    """Return how wide the widest part of a written text is that no line breaks in."""
    return max(width(word.rstrip(" "), size) for word in letters.words(text))


def balanced(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a written text into as few lines as `filled` does, of like length."""
    lines = filled(text, size, room)
    narrowest = min(room, widest_word(text, size))
    shares = (number / _TRIES for number in range(_TRIES))
    tighter = (filled(text, size, narrowest + (room - narrowest) * share) for share in shares)
    return next((found for found in tighter if len(found) == len(lines)), lines)
