"""A routine's file with a place for every text that is missing in a language; all else stays as its author wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from voiceguide.errors import UsageError, option
from voiceguide.routine import scanning, walk
from voiceguide.routine.languages import SIDE_WORDS
from voiceguide.routine.scalars import LANGUAGE, WORDINGS
from voiceguide.routine.yaml import Entries, Items, Scalar
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.yaml import Document, Node

EMPTY = '""'
"""What stands where a text is to be written: `check` names each such place until it is filled in."""

_BOTH = "both"
"""Sides that are left and right."""


def translated(document: Document, language: str) -> tuple[str, int]:
    """Return a routine's text with a place for each text that is missing in a language, and how many there are.

    The document is one without faults. Raises UsageError for what is no language's tag.
    """
    if not LANGUAGE.fullmatch(language):
        raise UsageError(f'{option("to")}: expected a language, as "de" or "pt-BR", got "{language}"', got=language)
    work = _Translating(document, language)
    if nearest(language, [work.own]) is None:
        for flow, node in _fields(document.root):
            work.field(node, flow=flow)
    return work.text(), work.count


def _fields(root: Node | None) -> Iterator[tuple[bool, Node]]:
    """Yield every field that holds texts, and whether it stands between brackets or braces."""
    if not isinstance(root, Entries):
        return
    owners: list[tuple[Node | None, tuple[str, ...]]] = [(root, walk.TEXTS_OF_ROUTINE)]
    owners.append((root.get("safety"), walk.SAFETY_LISTS))
    settles = root.get("settle")
    items = settles.items() if isinstance(settles, Items) else ()
    if any(item.get("say") for item in items):
        owners += [(item, ("say",)) for item in items]
    else:
        owners.append((root, ("settle",)))
    owners += [(group, walk.TEXTS_OF_GROUP) for group in walk.groups(root)]
    for step in walk.steps(root):
        owners.append((step.node, walk.TEXTS_OF_STEP))
        owners += [(cue, ("say", "say_again")) for cue in walk.items(step.node.get("cues"))]
        owners += [(step.node.get(key), fields) for key, fields in walk.WORDS_OF.items()]
    for owner, fields in owners:
        if isinstance(owner, Entries):
            yield from (
                (owner.flow, node) for field in fields if (node := owner.get(field)) and not _is_word(field, node)
            )


def _is_word(field: str, node: Node) -> bool:
    """Whether a field holds words of the format, which every language has its own for."""
    words = [leaf.text for leaf in walk.leaves(node)]
    if field == "sides":
        return words == [_BOTH] or all(word in SIDE_WORDS for word in words)
    return field == "say_again" and words == [walk.NOTHING]


class _Translating:
    """Gathers what is to be put where in a text."""

    def __init__(self, document: Document, language: str) -> None:
        self.source = document.source.text
        self.language = language
        own = document.root.get("language") if document.root else None
        self.own = own.text if isinstance(own, Scalar) else "en"
        self.count = 0
        self.edits: list[tuple[int, int, str]] = []
        """From where to where which text stands instead."""
        self.ends: dict[int, int] = {}
        starts: list[int] = []
        for event in scanning.events(self.source):
            if isinstance(event, ScalarEvent):
                self.ends[event.start_mark.index] = event.end_mark.index
            elif isinstance(event, CollectionStartEvent):
                starts.append(event.start_mark.index)
            elif isinstance(event, CollectionEndEvent):
                self.ends[starts.pop()] = event.end_mark.index

    def text(self) -> str:
        """Return the text with all of it put in."""
        made = self.source
        for start, end, put in sorted(self.edits, reverse=True):
            made = f"{made[:start]}{put}{made[end:]}"
        return made

    def field(self, node: Node, *, flow: bool) -> None:
        """Make a place for what is missing of one text, of each of a list, or of a whole list."""
        if wordings := node.get(WORDINGS):
            self.field(wordings, flow=isinstance(node, Entries) and node.flow)
        elif isinstance(node, Entries):
            self._mapping(node)
        elif isinstance(node, Items) and node.flow and not flow and all(isinstance(v, Scalar) for v in node.values):
            self._wrap(node, self._empty(len(node.values)), flow=False)
        elif isinstance(node, Items):
            for value in node.values:
                self.field(value, flow=node.flow)
        elif isinstance(node, Scalar) and not node.is_null:
            self._wrap(node, self._empty(), flow=flow)

    def _empty(self, many: int | None = None) -> str:
        """Return an empty text, or a list of them, and count it."""
        self.count += many or 1
        return EMPTY if many is None else f"[{', '.join([EMPTY] * many)}]"

    def _mapping(self, node: Entries) -> None:
        """Add the language to a text that has others."""
        if nearest(self.language, node.values) is not None:
            return
        said = node.get(nearest(self.own, node.values) or next(iter(node.values)))
        empty = self._empty(len(said.values) if isinstance(said, Items) else None)
        if node.flow:
            end = self.ends[node.start] - 1
            inside = len(self.source[:end].rstrip())
            comma = "" if self.source[inside - 1] == "," else ","
            self.edits.append((inside, inside, f"{comma} {self.language}: {empty}"))
            return
        last = [*node.values.values()][-1]
        column = self._column(min(node.key_starts.values()))
        self._after(self._end(last), f"{' ' * column}{self.language}: {empty}")

    def _wrap(self, node: Node, empty: str, *, flow: bool) -> None:
        """Make a text, or a list, one in its own language, with another one below it."""
        start, end = node.start, self._end(node)
        if flow:
            self.edits.append((start, start, f"{{{self.own}: "))
            self.edits.append((end, end, f", {self.language}: {empty}}}"))
            return
        line = self.source.rfind("\n", 0, start) + 1
        before = self.source[line:start]
        if before.strip(" -"):  # behind its key
            column = len(before) - len(before.lstrip(" -")) + 2
            key = len(before.rstrip())
            self.edits.append((line + key, start, f"\n{' ' * column}{self.own}: "))
        else:
            column = len(before)
            self.edits.append((start, start, f"{self.own}: "))
        for found in re.finditer(r"\n(?=[^\n])", self.source[start:end]):
            at = start + found.end()
            self.edits.append((at, at, "  "))
        self._after(end, f"{' ' * column}{self.language}: {empty}")

    def _end(self, node: Node) -> int:
        """Return where a value's last sign stands, blank lines and comments after it apart."""
        if isinstance(node, Items) and not node.flow:
            return self._end(node.values[-1])
        if isinstance(node, Entries) and not node.flow:
            return self._end([*node.values.values()][-1])
        return len(self.source[: self.ends[node.start]].rstrip())

    def _after(self, end: int, text: str) -> None:
        """Put a line below the one that a value ends in, comment and all."""
        line = self.source.find("\n", end)
        at = len(self.source) if line < 0 else line
        self.edits.append((at, at, f"\n{text}"))

    def _column(self, offset: int) -> int:
        return offset - (self.source.rfind("\n", 0, offset) + 1)
