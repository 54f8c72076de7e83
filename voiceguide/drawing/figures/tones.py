"""Colours: skins, chosen for each drawing, cloths, lines; and how well one is seen on another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skin:
    """A person's colours."""

    fill: str
    line: str
    """Of outlines and creases."""
    shade: str
    """Of hollows, a little darker than `fill`."""
    hair: str
    nail: str


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of what is drawn on a body: on light ones dark, on dark ones light."""

    mark: str
    """Of ways and arrows."""
    halo: str
    """Round them, where they lie on hands, which are dark where bodies are light."""
    warning: str
    """Of the hatching of what may not be pressed, and its name."""


FAIR = Skin("#f4d6c2", "#854", "#e6bda4", "#8b6748", "#fbeee6")
TAN = Skin("#dfae88", "#743", "#cd9770", "#33241d", "#f3d9c4")
BROWN = Skin("#8c5439", "#100", "#6e3b25", "#20150f", "#d9a88c")
DEEP = Skin("#613c2b", "#311", "#523122", "#17100d", "#c08e75")

ON_LIGHT = Tone("#045", "#fff", "#811")
ON_DARK = Tone("#feb", "#321", "#fc8")

GROUND = "#cdd"
SHEET, SHEET_LINE = "#f4f1ea", "#aba"
TOWEL, TOWEL_LINE = "#bcd", "#678"
SHIRT, SHIRT_LINE = "#256", "#123"
PYJAMAS, PYJAMAS_LINE = "#cbd", "#769"
PILLOW = "#def"
SLEEVE = "#467"
WOOD, WOOD_LINE = "#db9", "#975"
WOOD_EDGE = "#b86"
"""Of a table, where it ends toward whoever looks."""
TROUSERS, TROUSERS_LINE = "#abc", "#567"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
