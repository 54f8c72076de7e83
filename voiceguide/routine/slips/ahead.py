"""What the lines further down say of one: at which column its like stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HOLDS = re.compile(r"(- +)?\w+:\s*(?:#.*)?")
FAR = 200
"""Lines that are looked at."""


def columns(lines: Sequence[str], floor: int, fits: Callable[[str], bool]) -> list[int]:
    """Return the columns of the lines after the first that fit, as far as they are below a key that stands at `floor`.

    What stands below another key in between is not among them.
    """
    found = []
    inside: int | None = None
    for number, line in enumerate(lines[:FAR]):
        content = line.lstrip(" ")
        width = len(line) - len(content)
        if not content or content.startswith("#"):
            continue
        if width < floor or (width == floor and not content.startswith("-")):
            break
        if inside is not None and (width > inside or (width == inside and content.startswith("-"))):
            continue
        held = _HOLDS.fullmatch(content) if number or content.startswith("-") else None
        inside = width + len(held[1] or "") if held else None
        if number and fits(content):
            found.append(width)
    return found


def meant(column: int, floor: int, others: Sequence[int]) -> int | None:
    """Return the column that a first line was to have, going by those of its like; None where it may have its own."""
    if not others or column in others:
        return None
    usual = min(others)
    alone = others.count(usual) < 2
    return None if alone and (column == floor + 2 or usual != floor + 2) else usual
