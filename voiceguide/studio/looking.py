"""Looking at a routine's text that somebody writes: what is wrong with it, what mends it, what is not translated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.errors import RoutineError, UsageError
from voiceguide.routine import reading, source
from voiceguide.routine.editing import changed
from voiceguide.store import temporary
from voiceguide.studio.drafts import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voiceguide.errors import Fault, Mend
    from voiceguide.routine.editing import Edited

_STILL_EMPTY = "empty-text"


def findings(text: str) -> list[Fault]:
    """Return what `check` says of a text. Raises Failed where there is no room for it."""
    from voiceguide.lint import findings

    with temporary.holding(TEXT, text) as path:
        return _called(findings(path))


def findings_of_file(path: Path) -> list[Fault]:
    """Return what `check` says of a draft's file. Raises UsageError for one that is gone, and Failed."""
    from voiceguide.lint import findings

    return _called(findings(path))


def _called(found: Iterable[Fault]) -> list[Fault]:
    """Faults of a file that has no name of its own yet."""
    return [replace(fault, place=replace(fault.place, file=TEXT)) for fault in found]


def mended(text: str, mend: Mend) -> Edited:
    """Return a text after a fault's mend. Raises UsageError for one that is of another text."""

    def change(plain: str) -> str:
        lines = plain.split("\n")
        places = (mend.line, mend.column), (mend.end_line, mend.end_column)
        here = all(line <= len(lines) and column <= len(lines[line - 1]) + 1 for line, column in places)
        if not here or places[0] > places[1]:
            raise UsageError("expected the mend of a fault of this text, got one of another: check it again")
        return source.mended(plain, mend)

    return changed(text, change, f"line {mend.line}")


def translated(text: str, language: str) -> tuple[Edited, int]:
    """Return a text with an empty place for all that is missing in a language, and how many places that are.

    Raises RoutineError for a text with faults, but for places that were made and not filled in yet, and UsageError for
    what is no language.
    """
    from voiceguide.authoring.translating import translated

    places = 0

    def change(plain: str) -> str:
        nonlocal places
        with temporary.holding(TEXT, plain) as path:
            _, found, document = reading.opened(path)
        faults = [fault for fault in found if fault.level == "fault" and fault.rule != _STILL_EMPTY]
        if document is None or faults:
            raise RoutineError(_called(faults))
        after, places = translated(document, language)
        return after

    return changed(text, change, language), places
