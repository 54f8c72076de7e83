"""Changes of a routine's text: fields set and taken away, items added, removed and moved."""

from __future__ import annotations

from difflib import SequenceMatcher
from json import dumps
from typing import TYPE_CHECKING, Any

from voiceguide.errors import UsageError, option
from voiceguide.routine import known
from voiceguide.routine.editing import writing
from voiceguide.routine.editing.places import Values, moved
from voiceguide.routine.editing.tree import Entries, Entry, Items, Piece, Scalar, child, data
from voiceguide.routine.source import dotted

if TYPE_CHECKING:
    from voiceguide.routine.source import KeyPath


class Editor(Values):
    """A text that is changed piece by piece."""

    # -- set

    def set(self, path: KeyPath, value: Any) -> None:
        """Give a field a value; null takes it away. What of it stays the same is not written anew."""
        if value is None or value in ([], {}):
            if self.now.at(path) is not None:
                self.remove(path)
            return
        piece = self.now.at(path)
        if piece is None:
            self._create(path, value)
        elif data(piece) != value:
            if isinstance(piece, Entries) and isinstance(value, dict) and piece.values:
                self._set_mapping(path, piece, value)
            elif isinstance(piece, Items) and isinstance(value, list) and piece.values:
                self._set_list(path, piece, value)
            else:
                self.write(self.held(path), value)

    def _set_mapping(self, path: KeyPath, piece: Entries, value: dict[str, Any]) -> None:
        for key, each in value.items():
            self.set((*path, key), each)
        for entry in piece.values:
            if entry.key not in value and self.now.at((*path, entry.key)) is not None:
                self.remove((*path, entry.key))

    def _set_list(self, path: KeyPath, piece: Items, value: list[Any]) -> None:
        old, new = ([dumps(each, sort_keys=True) for each in items] for items in (data(piece), value))
        for what, first, last, start, end in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
            if what == "equal":
                continue
            same = min(last - first, end - start)
            for number in reversed(range(start + same, end)):
                self.add(path, first + same, value[number])
            for number in reversed(range(first + same, last)):
                self.remove((*path, number))
            for number in range(same):
                self.set((*path, first + number), value[start + number])

    def _create(self, path: KeyPath, value: Any) -> None:
        """Write a value where there is none, and what must hold it."""
        piece: Piece = self.now.root
        for depth, key in enumerate(path):
            found = child(piece, key)
            if found is None:
                rest = path[depth + 1 :]
                for inner in reversed(rest):
                    value = {inner: value} if isinstance(inner, str) else self._first(path, inner, value)
                if isinstance(piece, Items) and isinstance(key, int) and key == len(piece.values):
                    self.add(path[:depth], key, value)
                elif isinstance(piece, Entries) and isinstance(key, str):
                    self._add_key(path[:depth], piece, key, value)
                elif isinstance(piece, Scalar) and piece.start == piece.end and isinstance(key, str):
                    self.write(self.held(path[:depth]), {key: value})
                else:
                    raise UsageError(f"{option('path')}: expected a place of the routine, got {dotted(path)}")
                return
            piece = found

    def _first(self, path: KeyPath, number: int, value: Any) -> list[Any]:
        if number:
            raise UsageError(f"{option('path')}: expected the list's first item, got {dotted(path)}: it has none yet")
        return [value]

    # -- keys

    def _add_key(self, path: KeyPath, piece: Entries, key: str, value: Any) -> None:
        """Write a new key among its mapping's others, in the order that the format tells of them."""
        before = _before(path, piece, key)
        if piece.flow:
            new = f"{key}: {writing.inline_item(value)}"
            if before:
                at = max(before.value.end, before.end)
                self.splice(at, at, f", {new}")
            else:
                at = piece.start + 1
                self.splice(at, at, f"{new}, " if piece.values else new)
            return
        lines = writing.lines_of({key: value}, piece.column)
        if before:
            at = self.now.line_end(self.now.last_line(before.value, before.start))
            self.splice(at, at, "\n" + "\n".join(lines))
        else:
            first = piece.values[0]
            at = first.start - piece.column
            if self.text[at : first.start].strip():  # on its dash's line: behind the first one
                at = self.now.line_end(self.now.last_line(first.value, first.start))
                self.splice(at, at, "\n" + "\n".join(lines))
            else:
                self.splice(at, at, "\n".join(lines) + "\n")

    def remove(self, path: KeyPath) -> None:
        """Take a field or a list's item away, and what would be left empty around it."""
        holder = self.now.at(path[:-1])
        if not path or holder is None or self.now.at(path) is None:
            raise UsageError(f"{option('path')}: expected a place of the routine, got {dotted(path)}")
        if len(holder.values) == 1 and len(path) > 1:  # type: ignore[attr-defined]  # it holds something
            self.remove(path[:-1])
        elif isinstance(holder, Entries):
            self._remove_key(holder, str(path[-1]))
        elif isinstance(holder, Items) and isinstance(path[-1], int):
            self._remove_item(holder, path[-1])

    def _remove_key(self, holder: Entries, key: str) -> None:
        now = self.now
        number = next(i for i, entry in enumerate(holder.values) if entry.key == key)
        entry = holder.values[number]
        if holder.flow:
            self._cut(holder, number, entry.start, max(entry.value.end, entry.end + 1))
            return
        first, last = now.line_of(entry.start), now.last_line(entry.value, entry.start)
        start = now.line_start(first)
        if not self.text[start : entry.start].strip():
            self.splice(start, now.line_start(last + 1), "")
            return
        following = holder.values[number + 1]
        between = range(last + 1, now.line_of(following.start))
        if all(not now.line(line).strip() for line in between):
            self.splice(entry.start, following.start, "")
        else:  # notes stand between: the dash is left alone above them
            self.splice(len(self.text[: entry.start].rstrip(" ")), now.line_end(last), "")

    def _cut(self, holder: Items | Entries, number: int, start: int, end: int) -> None:
        """Take something out of brackets, with one comma."""
        comma = self._comma(end)
        if comma is not None:
            end = comma + 1
            while self.text[end : end + 1] == " ":
                end += 1
        elif number:
            before = holder.values[number - 1]
            until = before.value if isinstance(before, Entry) else before
            start = max(until.end, before.end)
        self.splice(start, end, "")

    def _comma(self, end: int) -> int | None:
        """Return the comma that follows an item of brackets, None where there is none or a note stands before it."""
        rest = self.text[end:].lstrip(" \n")
        return len(self.text) - len(rest) if rest.startswith(",") else None

    # -- items

    def add(self, path: KeyPath, number: int, value: Any) -> None:
        """Write a new item into a list, before the one of that number or at its end."""
        piece = self.now.at(path)
        if piece is None or (isinstance(piece, Scalar) and piece.start == piece.end):
            self.set(path, [value])
            return
        if isinstance(piece, Scalar):
            self.write(self.held(path), [data(piece)])
            piece = self.now.at(path)
        if not isinstance(piece, Items) or not 0 <= number <= len(piece.values):
            raise UsageError(f"{option('at')}: expected a place in the list {dotted(path)}, got {number}")
        if piece.flow:
            new = writing.inline_item(value)
            if number < len(piece.values):
                at = piece.values[number].start
                self.splice(at, at, f"{new}, ")
            else:
                at = piece.values[-1].end if piece.values else piece.start + 1
                self.splice(at, at, f", {new}" if piece.values else new)
            return
        key = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
        self.insert(piece, number, "\n".join(writing.lines_of([value], piece.column, key)))

    def insert(self, items: Items, number: int, lines: str) -> None:
        """Write an item's lines into a list of lines."""
        now = self.now
        if number == 0 and self.text[now.starts[now.line_of(items.start)] : items.start].strip():
            raise UsageError(
                f"{option('at')}: expected a list whose items stand on lines of their own: change the text"
            )
        spaced = len(items.values) > 1 and all(self._blank_above(items, i) for i in range(1, len(items.values)))
        if number < len(items.values):
            at = now.line_start(self.top(items, number))
            self.splice(at, at, f"{lines}\n" + "\n" * spaced)
        else:
            last = len(items.values) - 1
            at = now.line_end(now.last_line(items.values[last], now.dash(items, last)))
            self.splice(at, at, "\n" * spaced + f"\n{lines}")

    def _blank_above(self, items: Items, number: int) -> bool:
        line = self.top(items, number) - 1
        return line >= 0 and not self.now.line(line).strip()

    def top(self, items: Items, number: int) -> int:
        """Return the first line of an item: that of the notes right above its dash."""
        now = self.now
        line = now.line_of(now.dash(items, number))
        floor = (
            now.last_line(items.values[number - 1], now.dash(items, number - 1)) if number else now.line_of(items.start)
        )
        while line - 1 > floor or (number == 0 and line - 1 >= 0):
            above = now.line(line - 1)
            if not above.lstrip(" ").startswith("#") or len(above) - len(above.lstrip(" ")) != items.column:
                break
            line -= 1
        return line

    def bottom(self, items: Items, number: int) -> int:
        """Return the last line of an item."""
        return self.now.last_line(items.values[number], self.now.dash(items, number))

    def _remove_item(self, items: Items, number: int, *, notes: bool = False) -> None:
        """Take an item's lines out; with the notes above it where they went with it."""
        if items.flow:
            piece = items.values[number]
            self._cut(items, number, piece.start, piece.end)
            return
        now = self.now
        dash = now.dash(items, number)
        first, last = now.line_of(dash), self.bottom(items, number)
        if self.text[now.starts[first] : dash].strip():
            raise UsageError(
                f"{option('path')}: expected a list whose items stand on lines of their own: change the text"
            )
        first = self.top(items, number) if notes else first
        while number and not now.line(first - 1).strip():
            first -= 1
        self.splice(now.line_start(first), now.line_start(last + 1), "")

    def move(self, path: KeyPath, to: int) -> None:
        """Give an item of a list another number; its lines are the same, and so is the space between items."""
        items = self.now.at(path[:-1])
        number = path[-1]
        if not isinstance(items, Items) or not isinstance(number, int) or not 0 <= number < len(items.values):
            raise UsageError(f"{option('path')}: expected an item of a list, got {dotted(path)}")
        if not 0 <= to < len(items.values):
            raise UsageError(f"{option('to')}: expected 0 to {len(items.values) - 1}, got {to}")
        low, high = sorted((number, to))
        order = [*range(len(items.values))]
        order.insert(to, order.pop(number))
        now = self.now
        if items.flow:
            spans = [(piece.start, piece.end) for piece in items.values]
        else:
            spans = [
                (now.line_start(self.top(items, i)), now.line_end(self.bottom(items, i)))
                for i in range(len(items.values))
            ]
        written = ""
        for place in range(low, high + 1):
            start, end = spans[order[place]]
            gap = self.text[spans[place][1] : spans[place + 1][0]] if place < high else ""
            written += self.text[start:end] + gap
        self.splice(spans[low][0], spans[high][1], written)

    def transfer(self, path: KeyPath, to: KeyPath) -> None:
        """Move an item into another list, as a step into a group; the lines are the same, moved in or out."""
        source, target = self.now.at(path[:-1]), self.now.at(to[:-1])
        number, place = path[-1], to[-1]
        if not isinstance(source, Items) or not isinstance(number, int) or not 0 <= number < len(source.values):
            raise UsageError(f"{option('path')}: expected an item of a list, got {dotted(path)}")
        if not isinstance(target, Items) or not isinstance(place, int) or to[: len(path)] == path:
            raise UsageError(f"{option('to')}: expected a place in another list, got {dotted(to)}")
        if len(source.values) == 1:
            raise UsageError(
                f"{option('path')}: expected another item to stay in {dotted(path[:-1])}: copy it, or move all"
            )
        value, lines = data(source.values[number]), ""
        if not source.flow and not target.flow:
            first, last = self.top(source, number), self.bottom(source, number)
            lines = "\n".join(
                moved(self.now.line(line), target.column - source.column) for line in range(first, last + 1)
            )
        if lines:
            self.insert(target, place, lines)
        else:
            self.add(to[:-1], place, value)
        depth = len(to) - 1
        passed = path[depth] if path[:depth] == to[:-1] else None
        if isinstance(passed, int) and passed >= place:  # what stood behind the new place is one further
            path = (*path[:depth], passed + 1, *path[depth + 1 :])
        source = self.now.at(path[:-1])
        if isinstance(source, Items):
            self._remove_item(source, number, notes=bool(lines))


def _before(path: KeyPath, piece: Entries, key: str) -> Entry | None:
    """Return the entry that a new key comes after: the last of those that the format tells of before it."""
    order = known.in_order(path)
    if key not in order:
        return piece.values[-1] if piece.values else None
    earlier = order[: order.index(key)]
    return next((entry for entry in reversed(piece.values) if entry.key in earlier), None)
