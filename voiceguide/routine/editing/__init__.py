"""Editing: changes of a routine's own text, as a form makes them; its comments, order, quotes and lines stay.

`apply` takes a text and one operation and gives the text after it; each is one step of an undo. An operation is an
object, as JSON has it:

- `{"op": "set", "path": ["steps", 1, "duration"], "value": "3m"}`: a field's value, whatever it is: a text, a number,
  true, a list, an object; null takes the field away. What of it stays the same is not written anew.
- `{"op": "add", "path": ["steps"], "at": 2, "value": {"name": "Circles", "say": "Go round."}}`: an item of a list.
- `{"op": "remove", "path": ["steps", 2]}`: a field, or an item of a list.
- `{"op": "move", "path": ["steps", 2], "to": 0}`: an item's number in its list; `"to": ["steps", 3, "steps", 0]` is a
  place in another list, as a step's in a group.
- `{"op": "translate", "path": ["steps", 0, "say"], "language": "de", "text": "Kreise."}`: one text in one language.

A path has keys and numbers from the top; numbers count from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.routine.editing.operations import Operation, operation, perform
from voiceguide.routine.editing.shown import Form, Untouchable, form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Edited", "Form", "Operation", "Splice", "Untouchable", "apply", "changed", "form", "operation"]


@dataclass(frozen=True, slots=True)
class Splice:
    """A change of a text: what stands from one offset up to another becomes a new text."""

    start: int
    end: int
    text: str

    def on(self, text: str) -> str:
        """Return a text after the change."""
        return f"{text[: self.start]}{self.text}{text[self.end :]}"

    def back(self, text: str) -> Splice:
        """Return what undoes the change, given the text before it."""
        return Splice(self.start, self.start + len(self.text), text[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after an operation."""

    text: str
    splice: Splice
    """What was changed in the text before it; of nothing where that is what was asked."""
    undo: Splice
    """What brings the text before it back, to the letter."""
    what: str
    """What was done, in a few words, for a list of steps."""


def apply(text: str, asked: Operation | Mapping[str, Any]) -> Edited:
    """Return a routine's text after one operation.

    Raises RoutineError where the text's notation is at fault (it is to be mended first), and UsageError for an
    operation that is none, a place that is not there, what a routine cannot be without, and what is not to be touched
    (`form`).
    """
    wanted = asked if isinstance(asked, Operation) else operation(asked)
    return changed(text, lambda plain: perform(plain, wanted), wanted.what)


def changed(text: str, change: Callable[[str], str], what: str) -> Edited:
    """Return a text after a change of it, which sees line ends of one kind and no byte order mark; both stay."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    plain = re.sub(r"\r\n?", "\n", text.removeprefix(mark))
    start, end, put = _between(plain, change(plain))
    ends = re.search(r"\r\n?|\n", text)
    first, last = _offset(text, len(mark), start), _offset(text, len(mark), end)
    splice = Splice(first, last, put.replace("\n", ends[0] if ends else "\n"))
    return Edited(splice.on(text), splice, splice.back(text), what)


def _offset(text: str, marked: int, plain: int) -> int:
    """Return the offset in a text from that where each of its line ends is one sign, and it has no mark before it."""
    double = [found.start() - marked - number for number, found in enumerate(re.finditer("\r\n", text))]
    return plain + marked + bisect_left(double, plain)


def _between(old: str, new: str) -> tuple[int, int, str]:
    """Return from where to where two texts differ, and what stands there in the new one."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    return start, len(old) - tail, new[start : len(new) - tail]
