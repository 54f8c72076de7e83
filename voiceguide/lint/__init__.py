"""Lint: everything that can be said against a routine's file, faults and warnings, each with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine


def findings(path: Path, *, strict: bool = False) -> list[Fault]:
    """Return what is at fault in a routine's file, and what is worth a warning, in the file's order.

    What the reader finds comes alone: the rest cannot be judged before the file can be read. `strict` makes every
    warning a fault. Raises UsageError for a file that is not there.
    """
    from voiceguide.routine.reading import examine
    from voiceguide.routine.source import with_excerpts

    routine, read = examine(path)
    found = [*read]
    if routine is not None:
        found += with_excerpts(_judged(path, routine))
    found.sort(key=lambda fault: (fault.place.line, fault.place.column, fault.level))
    return [replace(fault, level="fault") for fault in found] if strict else found


def _judged(path: Path, routine: Routine) -> Iterator[Fault]:
    """Yield what can be said of a routine that could be read."""
    from voiceguide.lint import care, sheet, strokes
    from voiceguide.lint.pacing import Pacing
    from voiceguide.lint.sessions import problems
    from voiceguide.routine.reading import languages

    written = sheet.read(path, routine.language)
    pacing = Pacing(routine, written, languages(routine))
    yield from problems(routine, pacing.judge)
    yield from pacing.faults()
    yield from care.check(routine, written)
    yield from strokes.check(routine, written)
    yield from _unsafe(written)


def _unsafe(written: Sheet) -> Iterator[Fault]:
    """Yield a warning for each text that asks for what may hurt, or claims what no massage keeps."""
    from voiceguide.lint import safety
    from voiceguide.routine.walk import SAFETY_LISTS

    rolling = {(t.step, t.language) for t in written.texts if t.step and safety.names_a_roller(t.leaf.text, t.language)}
    for text in written.texts:
        only_claims = text.field in SAFETY_LISTS
        roller = (text.step, text.language) in rolling
        for finding in safety.judge(text.leaf.text, text.language, claims_only=only_claims, roller=roller):
            yield written.fault(text.leaf, finding.rule, finding.message)
