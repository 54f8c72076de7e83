"""Lint: everything that can be said against a routine's file, faults and warnings, each with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Fault


def findings(path: Path, *, strict: bool = False) -> list[Fault]:
    """Return what is at fault in a routine's file, and what is worth a warning, in the file's order.

    What the reader finds comes alone: the rest cannot be judged before the file can be read. `strict` makes every
    warning a fault. Raises UsageError for a file that is not there.
    """
    from voiceguide.routine.reading import examine
    from voiceguide.session import problems

    routine, read = examine(path)
    found = [*read]
    if routine is not None:
        found += problems(routine)
    found.sort(key=lambda fault: (fault.place.line, fault.place.column, fault.level))
    return [replace(fault, level="fault") for fault in found] if strict else found
