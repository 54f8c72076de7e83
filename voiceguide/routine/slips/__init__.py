"""Slips: mistakes of the notation that YAML says nothing of, or blames on a line further down.

A routine's lines are read here as their author laid them out, before YAML reads them: which key each stands under,
where a list goes on, where a quoted text must be over. What is found is told at its own line, with what to write
instead, and repaired in a copy, so that everything behind it is judged as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.routine.slips.page import Page, Slip, Slips
from voiceguide.routine.slips.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.routine.source import Source


def find(source: Source) -> Slips:
    """Return the slips of a file in its order."""
    page = Page(source.text)
    return Slips(tuple(_joined(Walk(page).found(), source)), page)


_ALIKE = ("tab", "odd-space", "bullet")
"""What is one mistake where it goes on from line to line: its writer does so, or pasted it."""


def _joined(slips: Iterable[Slip], source: Source) -> Iterator[Slip]:
    """Yield slips, one for those of a kind that stand on lines below each other."""
    run: list[Slip] = []
    for slip in slips:
        if run and not (slip.rule == run[-1].rule in _ALIKE and _line(source, slip) == _line(source, run[-1]) + 1):
            yield _one(run, source)
            run = []
        run.append(slip)
    if run:
        yield _one(run, source)


def _line(source: Source, slip: Slip) -> int:
    return source.place(slip.at).line


def _one(run: list[Slip], source: Source) -> Slip:
    """Return slips on lines below each other as one."""
    first, mends = run[0], [slip.mend for slip in run if slip.mend]
    if len(run) == 1:
        return first
    last = _line(source, run[-1])
    message = f"{first.message}; so on the next line too" if len(run) == 2 else f"{first.message}; so up to line {last}"
    text, at = "", mends[0][0]
    for start, end, new in mends:
        text, at = f"{text}{source.text[at:start]}{new}", end
    return replace(first, message=message, mend=(mends[0][0], at, text))
