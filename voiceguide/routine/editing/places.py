"""Values written in place of others, each as small as it can be: what is not changed stays as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import UsageError, option
from voiceguide.routine.editing import writing
from voiceguide.routine.editing.tree import Entries, Items, Piece, Scalar, Text, data

if TYPE_CHECKING:
    from voiceguide.routine.source import KeyPath


class Held(NamedTuple):
    """A value, and what holds it: a key or a dash."""

    path: KeyPath
    value: Piece
    start: int
    """Offset of the key or dash."""
    behind: int
    """Offset behind the colon or dash."""
    column: int
    """Of the key or dash."""
    flow: bool
    """Whether it stands in brackets."""


class Values:
    """A text in which values are written anew."""

    def __init__(self, text: str) -> None:
        """Take a routine's text. Raises RoutineError where its notation is at fault."""
        self.text = text
        """As it stands now."""
        self._read: Text | None = Text(text)

    @property
    def now(self) -> Text:
        """The text as it stands now, with its tree; read when it is asked for."""
        if self._read is None:
            self._read = Text(self.text)
        return self._read

    def splice(self, start: int, end: int, new: str) -> None:
        """Write `new` in place of what stands between two offsets."""
        self.text = f"{self.text[:start]}{new}{self.text[end:]}"
        self._read = None

    def held(self, path: KeyPath) -> Held:
        """Return a value that is there, with what holds it."""
        if not path:
            raise UsageError(f"{option('path')}: expected a field of the routine, got all of it")
        holder, key = self.now.at(path[:-1]), path[-1]
        if isinstance(holder, Entries) and (entry := holder.get(str(key))):
            behind = self.text.index(":", entry.end) + 1
            column = entry.start - self.now.starts[self.now.line_of(entry.start)]
            return Held(path, entry.value, entry.start, behind, column, holder.flow)
        if isinstance(holder, Items) and isinstance(key, int):
            value = holder.values[key]
            dash = value.start if holder.flow else self.now.dash(holder, key)
            return Held(path, value, dash, dash + (not holder.flow), holder.column, holder.flow)
        raise AssertionError(path)

    def write(self, held: Held, value: Any) -> None:
        """Write another value in place of one that is there."""
        old = held.value
        if held.flow:
            style = old.style if isinstance(old, Scalar) and old.text else ""
            written = writing.scalar(value, flow=True, style=style) if _is_scalar(value) else writing.inline(value)
            self.splice(old.start, old.end, written if old.end > old.start else f" {written}")
            return
        if isinstance(old, Scalar) and _is_scalar(value):
            self._write_text(held, old, value)
            return
        key = next((str(key) for key in reversed(held.path) if isinstance(key, str)), "")
        new = writing.inline(value) if writing.is_inline(value, held.behind + 1 - self._start(held), key) else None
        lines = None if new is not None else writing.lines_of(value, held.column + 2, key)
        self._replace(held, new, lines)

    def _start(self, held: Held) -> int:
        return self.now.starts[self.now.line_of(held.start)]

    def _replace(self, held: Held, new: str | None, lines: list[str] | None) -> None:
        """Write `new` behind a key or dash, or lines below it, in place of what is there."""
        now, old = self.now, held.value
        on_line = now.line_of(old.start) == now.line_of(held.start) and old.end > old.start
        first_end = now.line_end(now.line_of(held.start))
        last_end = now.line_end(now.last_line(old, held.start))
        below = "" if lines is None else "\n" + "\n".join(lines)
        is_block = isinstance(old, Scalar) and old.style in (">", "|")
        if on_line and not is_block and not (isinstance(old, Items | Entries) and not old.flow):
            if new is not None:
                self.splice(old.start, old.end, new)
            else:
                end = now.line_end(now.line_of(old.end))
                self.splice(held.behind, end, f"{self.text[old.end : end].rstrip()}{below}")
            return
        if on_line and is_block:
            head = len(self.text[old.start : first_end].split("#")[0].split()[0])
            kept = self.text[old.start + head : first_end]
            self.splice(held.behind, last_end, f" {new}{kept}" if new is not None else f"{kept.rstrip()}{below}")
            return
        if on_line:  # a mapping on its dash's line
            self.splice(held.behind, last_end, f" {new}" if new is not None else below)
            return
        if old.end == old.start:  # nothing
            if new is not None:
                self.splice(held.behind, held.behind, f" {new}")
            else:
                self.splice(first_end, first_end, below)
            return
        at = now.line_start(now.line_of(old.start))
        if new is None:
            self.splice(at, last_end, below[1:])
            return
        between = self.text[first_end:at].rstrip("\n")  # notes above it
        tail = self.text[held.behind : first_end]
        self.splice(held.behind, last_end, f" {new}{tail}{between}")

    def _write_text(self, held: Held, old: Scalar, value: Any) -> None:
        """Write a text in the style of the one that is there."""
        now, text = self.now, self.text
        if old.style in (">", "|") and isinstance(value, str):
            first = now.line_of(old.start) + 1
            last = now.line_of(max(old.end - 1, old.start))
            old_lines = [now.line(line) for line in range(first, last + 1)]
            filled = [line for line in old_lines if line.strip()]
            indent = min((len(line) - len(line.lstrip(" ")) for line in filled), default=held.column + 2)
            width = max(writing.WIDE, *(len(line) for line in filled)) if len(filled) < 2 else max(map(len, filled))
            lines = writing.folded(value, indent, width) if old.style == ">" else writing.literal(value, indent)
            if lines and filled:
                self.splice(now.line_start(first), now.line_end(last), "\n".join(lines))
                return
            self._replace(held, writing.scalar(value, flow=False), None)
            return
        new = writing.scalar(value, flow=False, style=old.style if old.text else "")
        if old.end == old.start:
            self.splice(held.behind, held.behind, f" {new}")
        elif "\n" not in text[old.start : old.end] or new[:1] in "\"'" or not isinstance(value, str):
            self.splice(old.start, old.end, new)
        else:
            self.splice(old.start, old.end, self._wrapped(new, old))

    def _wrapped(self, words: str, old: Scalar) -> str:
        """Return plain words on lines as wide as those that were there."""
        lines = self.text[old.start : old.end].split("\n")
        indent = len(lines[1]) - len(lines[1].lstrip(" "))
        width = max(old.column + len(lines[0]), *(len(line) for line in lines[1:]))
        wrapped = writing.folded(words, indent, width)
        if not wrapped or any(not line.strip()[0].isalnum() for line in wrapped):
            return words
        return "\n".join(wrapped)[indent:]

    def with_language(self, path: KeyPath, own: str, language: str, text: str) -> None:
        """Make a text one in two languages: what stands there, as it stands there, and another."""
        held = self.held(path)
        old = held.value
        if not isinstance(old, Scalar):
            raise AssertionError(path)
        said = data(old)
        both = {own: old.text if not isinstance(said, str) else said, language: text}
        on_line = old.style not in (">", "|") and "\n" not in self.text[old.start : old.end]
        new = writing.inline(both)
        start = self.now.starts[self.now.line_of(old.start)]
        if held.flow or (on_line and old.start - start + len(new) <= writing.WIDE and "\n" not in text):
            kept = self.text[old.start : old.end]
            if old.style or writing.is_plain(kept, flow=True):
                new = f"{{{own}: {kept}, {language}: {writing.inline_item(text)}}}"
            self.splice(old.start, old.end, new)
            return
        pad = " " * (held.column + 2)
        deeper = "\n".join(moved(line, 2) for line in self.text[old.start : old.end].split("\n")).lstrip(" ")
        other = "\n".join(writing.lines_of({language: text}, held.column + 2))
        end = self.now.line_end(self.now.line_of(max(old.end - 1, old.start)))
        first = f"\n{pad}{own}: {deeper}" if isinstance(held.path[-1], str) else f" {own}: {deeper}"
        self.splice(held.behind, end, f"{first}{self.text[old.end : end]}\n{other}")


def moved(line: str, columns: int) -> str:
    """Return a line further right, or left; an empty one as it is."""
    if not line.strip():
        return line
    return " " * columns + line if columns > 0 else line[min(-columns, len(line) - len(line.lstrip(" "))) :]


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)
