"""Steps and sides that stand in a file twice, word for word: pasted once too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.routine import walk
from voiceguide.routine.yaml import Entries, Items, Scalar
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.yaml import Node

MOST_LINES = 20
"""Lines that a message names."""


def check(sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each step, or group, and each side that comes again among those around it."""
    yield from _sides(sheet)
    for listed in (sheet.root, *walk.groups(sheet.root)):
        alike: dict[str, list[Entries]] = {}
        for node in walk.items(listed.get("steps")):
            if isinstance(node, Entries):
                alike.setdefault(_written(node), []).append(node)
        for first, *others in alike.values():
            if others:
                lines = [str(sheet.source.place(node.start).line) for node in others]
                at = ", ".join(lines[1:MOST_LINES])
                more = f", and so on line {at}" if at else ""
                message = f"this step is word for word the one on line {sheet.source.place(first.start).line}{more}: "
                message += "if it was pasted once too often, delete it; else give it a name of its own"
                yield sheet.source.fault(others[0].start, "step-twice", message, others[0].path, "warning")


def _sides(sheet: Sheet) -> Iterator[Fault]:
    for owner in (*walk.groups(sheet.root), *(step.node for step in walk.steps(sheet.root))):
        seen: set[str] = set()
        for node in walk.items(owner.get("sides")):
            written = _written(node).casefold()
            if written in seen:
                message = "this side is there twice, and done twice: write each side once"
                yield sheet.source.fault(node.start, "side-twice", message, node.path, "warning")
            seen.add(written)


def _written(node: Node) -> str:
    """Return all that stands in a node, however it is laid out."""
    match node:
        case Entries(values=values):
            return f"{{{','.join(f'{key!r}:{_written(value)}' for key, value in values.items())}}}"
        case Items(values=items):
            return f"[{','.join(map(_written, items))}]"
        case Scalar(text=text):
            return repr(spaced(text))
    return "?"
