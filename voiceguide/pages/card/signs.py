"""Small signs: what a sound of the code sounds like, drawn."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from voiceguide.drawing.shapes import Path
from voiceguide.pages.card.colours import ACCENT

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH = 2.6
"""How wide a sound's sign is, in its heights."""


def diamond(x: float, y: float, half: float, colour: str) -> Path:
    """A diamond around a point, `half` from there to each corner."""
    return Path(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), colour)


def dot(x: float, y: float, radius: float, colour: str) -> Path:
    """A round dot; its corners are too many to be seen."""
    angles = (2 * pi * part / 16 for part in range(16))
    return Path(tuple((x + radius * cos(angle), y + radius * sin(angle)) for angle in angles), colour)


def sign(sound: str, height: float) -> tuple[Path, ...]:
    """Draw a sound of the code, in a box of `height` and WIDTH times that, from (0, 0)."""
    return tuple(path.scaled(height) for path in _SIGNS[sound]())


def _bowl(x: float) -> Path:
    """A bowl from the side."""
    rim = [(x + 0.4 * cos(angle), 0.3 + 0.55 * sin(angle)) for angle in (pi * part / 12 for part in range(13))]
    return Path(tuple(rim), ACCENT)


def _line(*points: tuple[float, float]) -> Path:
    return Path(points, ACCENT, 0.13)


def _strokes(count: int) -> tuple[Path, ...]:
    """Strokes of a bell."""
    first = WIDTH / 2 - 0.25 * (count - 1)
    return tuple(_line((first + 0.5 * each, 0.1), (first + 0.5 * each, 0.9)) for each in range(count))


def _arrow(start: float, end: float) -> tuple[Path, ...]:
    """A tone that rises or falls from one height to another."""
    down = 1 if end > start else -1
    head = ((2.1, end), (1.62, end), (2.1, end - down * 0.48))
    return _line((0.5, start), (1.9, end - down * 0.12)), Path(head, ACCENT)


_SIGNS: dict[str, Callable[[], tuple[Path, ...]]] = {
    "step": lambda: (_bowl(1.3),),
    "switch": lambda: (dot(0.85, 0.5, 0.24, ACCENT), dot(1.75, 0.5, 0.24, ACCENT)),
    "press": lambda: _arrow(0.88, 0.12),
    "release": lambda: _arrow(0.12, 0.88),
    "halfway": lambda: _strokes(2),
    "last-minute": lambda: _strokes(3),
    "breath": lambda: (Path(((0.2, 0.5), (1.3, 0.12), (2.4, 0.5), (1.3, 0.88)), ACCENT),),
    "swell": lambda: (Path(((0.2, 0.84), (1.3, 0.16), (2.4, 0.84)), ACCENT),),
    "end": lambda: (_bowl(0.42), _bowl(1.3), _bowl(2.18)),
}
