"""Which recordings are a line each, and which line: by the numbers in their names, or by their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import Failed, UsageError
from voiceguide.sound.decoding import opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voiceguide.authoring.recordings.lines import Line

LONGEST_LINE = 60.0
"""Seconds; no sentence is read for so long."""
MOST_FILES = 10_000


class Sorted(NamedTuple):
    """What each recording is."""

    lines: tuple[tuple[Path, Line], ...]
    """Those that are a line each; none where they are recordings of many."""
    how: str
    """How it was told, for a message."""


def sort(paths: Sequence[Path], lines: Sequence[Line], lacking: Sequence[Line]) -> Sorted:
    """Tell what some recordings are; `lacking` are the lines that nobody has read yet.

    Raises UsageError for two recordings of one line, and for the same file twice; Failed for what is no sound.
    """
    if len(paths) > MOST_FILES:
        raise UsageError(f"expected {MOST_FILES:,} recordings at most, got {len(paths):,}")
    if twice := next((path for index, path in enumerate(paths) if path in paths[:index]), None):
        raise UsageError(f"{twice}: named twice: name each recording once")
    if not all(_seconds(path) <= LONGEST_LINE for path in paths):
        return Sorted((), "by the words in them")
    by_number = {line.number: line for line in lines}
    numbers = [_number(path) for path in paths]
    if all(number in by_number for number in numbers):
        of: dict[int, Path] = {}
        for path, number in zip(paths, numbers, strict=True):
            if number is not None and of.setdefault(number, path) is not path:
                raise UsageError(f"{of[number]} and {path} are both of line {number}, by their names: leave one out")
        return Sorted(tuple((path, by_number[number]) for number, path in of.items()), "by the number in each name")
    for wanted, how in ((lines, "all lines"), (lacking, "the lines that were missing")):
        if len(paths) == len(wanted) > 1:
            return Sorted(tuple(zip(sorted(paths, key=_natural), wanted, strict=True)), f"{how}, in the names' order")
    return Sorted((), "by the words in them")


def _seconds(path: Path) -> float:
    with opened(path) as sound:
        return sound.frames / sound.rate


def _number(path: Path) -> int | None:
    """Return the number in a name, None where there is none or more than one: `07`, `line 7`."""
    found = re.findall(r"[0-9]+", path.stem)
    return int(found[0]) if len(found) == 1 and len(found[0]) <= 6 else None


def _natural(path: Path) -> tuple[tuple[int, str | int], ...]:
    """Sort 2 before 10."""
    parts = re.split(r"([0-9]+)", path.name.casefold())
    return tuple((0, int(part[:30])) if part.isdigit() and part.isascii() else (1, part) for part in parts)


def refuse_misfits(misfits: Sequence[tuple[Path, Line, float, float]], count: int) -> None:
    """Raise Failed where many recordings last far longer or shorter than their lines: then they are other lines'."""
    if len(misfits) > max(2, count / 3):
        told = "".join(
            f'\n  {path.name} lasts {seconds:.1f} s, and "{line.text}" about {expected:.1f} s'
            for path, line, seconds, expected in misfits[:10]
        )
        raise Failed(
            f"{len(misfits)} of {count} recordings do not fit their lines, so none is kept:{told}\n"
            "Are they of this routine, with these choices, and in order?"
        )
