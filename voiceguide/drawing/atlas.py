"""The drawings of moves: a figure, the hands on it and their way, one SVG file each, bundled or a routine's own.

A bundled one is named AREA/MOVE after its place in `voiceguide/drawings`; an own one is a file beside its routine.
What stands in a file is in the agreement below, which the player animates by:

- `<g data-figure="…">`: the body, drawn of the receiver's left side.
- `<path class="way" data-way="1">`: where hands go, with an arrow.
- `<g class="hand" data-hand="left" data-way="1" data-kind="glide">`: a hand, where its way begins.
- on the `svg`: `data-out` and `data-back`, its own slow rhythm in seconds; `data-both` where both sides are shown.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from voiceguide.drawing import vector
from voiceguide.errors import UsageError, did_you_mean
from voiceguide.store import assets, paths, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voiceguide.drawing.vector import Vector

SUFFIX = ".svg"


@cache
def names() -> tuple[str, ...]:
    """Return the names of the bundled drawings, sorted."""
    folder = assets.drawings_folder()
    if not paths.is_folder(folder):
        return ()
    areas = sorted(area for area in folder.iterdir() if paths.is_folder(area))
    return tuple(f"{area.name}/{file.stem}" for area in areas for file in sorted(area.glob(f"*{SUFFIX}")))


@lru_cache(256)
def bundled(name: str) -> Vector:
    """Return a bundled drawing. Raises UsageError for a name that is none of them."""
    if name not in names():
        near = did_you_mean(name, names()) or f" There are: {', '.join(names())}."
        raise UsageError(f'expected a drawing\'s name, as AREA/MOVE, got "{name}".{near}', got=name, known=names())
    file = assets.drawings_folder() / f"{name}{SUFFIX}"
    return vector.read(reading.content(file), name=str(file))


def found(name: str, beside: Mapping[str, Vector]) -> Vector | None:
    """Return a drawing that a timeline names, of those `beside` its routine or the bundled ones; None for any other.

    A timeline may come from anywhere, so a name is never taken for a path.
    """
    if name in beside:
        return beside[name]
    return bundled(name) if name in names() else None


def own(file: Path) -> Vector:
    """Return the drawing in somebody's own SVG file.

    Raises UsageError where there is none, and Failed for one that cannot be read, or is not understood.
    """
    reading.check_file(file, such="a drawing")
    data = reading.beginning(file, vector.MOST_BYTES + 1, whose="a drawing's", such=f"a {SUFFIX}")
    return vector.read(data, name=str(file))
