"""Lint: everything that can be said against a routine's file, faults and warnings, each with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.errors import counted
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine
    from voiceguide.routine.yaml import Document


def findings(path: Path, *, strict: bool = False) -> list[Fault]:
    """Return what is at fault in a routine's file, and what is worth a warning, in its order (see `errors.counted`).

    What the reader finds comes alone: the rest cannot be judged before the file can be read. `strict` makes every
    warning a fault. Raises UsageError for a file that is not there.
    """
    from voiceguide.routine.reading import opened
    from voiceguide.routine.source import with_excerpts

    routine, read, document = opened(path)
    found = [*read]
    if routine is not None and document is not None:
        found += with_excerpts(_judged(routine, document))
    return list(counted(replace(fault, level="fault") if strict else fault for fault in found))


def _judged(routine: Routine, document: Document) -> Iterator[Fault]:
    """Yield what can be said of a routine that could be read."""
    from voiceguide.lint import care, drawings, glossary, letters, onsets, sheet, sides, strokes, twice
    from voiceguide.lint.pacing import Pacing
    from voiceguide.lint.sessions import problems
    from voiceguide.routine.reading import languages

    written = sheet.of(document, routine.language)
    pacing = Pacing(routine, written, languages(routine))
    yield from problems(routine, pacing.judge)
    yield from pacing.faults()
    yield from care.check(routine, written)
    yield from strokes.check(routine, written)
    yield from drawings.check(routine, written)
    yield from sides.check(routine, written)
    yield from letters.check(routine, written)
    yield from onsets.check(written)
    yield from twice.check(written)
    if routine.folder == routines_folder():
        yield from glossary.check(written)
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
