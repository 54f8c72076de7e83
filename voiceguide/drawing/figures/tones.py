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
    mark: str
    """Of ways and arrows that lie on it."""
    warning: str
    """Of the hatching of what may not be pressed."""


FAIR = Skin("#f4d6c2", "#8a5a44", "#e6bda4", "#8b6748", "#fbeee6", "#0d5a68", "#a3261d")
TAN = Skin("#dfae88", "#74452f", "#cd9770", "#33241d", "#f3d9c4", "#0b4653", "#8e1a14")
BROWN = Skin("#93593d", "#45241a", "#7f4a31", "#20150f", "#d9a88c", "#fff0b8", "#ffd9c9")
DEEP = Skin("#613c2b", "#2c170f", "#523122", "#17100d", "#c08e75", "#fff0b8", "#ffd0bd")

GROUND = "#cfdbd4"
SHEET, SHEET_LINE = "#f3f1ea", "#a9b3ab"
TOWEL, TOWEL_LINE = "#8fb0b8", "#5d7f88"
SHIRT, SHIRT_LINE = "#d9c9a3", "#9a875c"
SLEEVE, SLEEVE_LINE = "#4f6f7c", "#35505b"
WOOD, WOOD_LINE = "#c2a27e", "#8d6f4e"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
