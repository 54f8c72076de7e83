"""A routine's file as the rules see it: every text in every language, and where each stands.

The frozen routine knows a text's place, but not where each of its languages stands, nor a step's single values; the
file's tree does. Imported lazily, since it reads YAML.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from voiceguide.routine import source as files
from voiceguide.routine import walk
from voiceguide.routine.scalars import WORDINGS
from voiceguide.text.languages import wider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault, Place
    from voiceguide.routine.source import KeyPath, Source
    from voiceguide.routine.walk import TextNode
    from voiceguide.routine.yaml import Document, Node, Scalar


@dataclass(frozen=True, slots=True)
class Written:
    """One text in one language."""

    leaf: Scalar
    field: str
    """As `say` or `do_not_start`."""
    language: str
    step: KeyPath
    """Of the step or group it stands in; () for the routine's own."""
    bare: KeyPath
    """Where it stands whatever the language: its path without the tag."""


@dataclass(frozen=True)
class Sheet:
    """The tree of a file that has no faults."""

    source: Source
    root: Node
    language: str
    """Of plain strings."""

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every text that is said or shown, in every language."""
        return tuple(self._written(text) for text in walk.texts(self.root))

    def fault(self, leaf: Scalar, rule: str, message: str) -> Fault:
        """Return a warning on one text."""
        return self.source.fault(leaf.start, rule, message, leaf.path, "warning")

    def value(self, place: Place, key: str) -> Place:
        """Return the place of a value in the mapping that stands at `place`; `place` itself where it has none."""
        node = self._nodes.get(place.path)
        child = node.get(key) if node else None
        return self.source.place(child.start, child.path) if child else place

    def said(self, place: Place, language: str) -> Place:
        """Return where a text stands in one language, given the place of the text in all of them."""
        node = self._nodes.get(place.path)
        if node is None:
            return place
        bare = self._bare.get(node.path, node.path)
        leaf = next((leaf for tag in wider(language) if (leaf := self._leaves.get((bare, tag)))), None)
        return self.source.place(leaf.start, leaf.path) if leaf else place

    def touches(self, step: KeyPath) -> bool:
        """Say whether hands are on a body in the step with that key path."""
        node = self._nodes.get(files.dotted(step))
        told = node.get("touch") if node else None
        return getattr(told, "text", "") != "false"

    def texts_of(self, place: Place) -> tuple[Written, ...]:
        """Return the texts of the step that stands at a place."""
        return tuple(self._by_step.get(place.path, ()))

    @cached_property
    def _by_step(self) -> dict[str, list[Written]]:
        found: dict[str, list[Written]] = {}
        for text in self.texts:
            found.setdefault(files.dotted(text.step), []).append(text)
        return found

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {files.dotted(node.path): node for node in _all(self.root)}

    @cached_property
    def _bare(self) -> dict[KeyPath, KeyPath]:
        return {text.leaf.path: text.bare for text in self.texts}

    @cached_property
    def _leaves(self) -> dict[tuple[KeyPath, str], Scalar]:
        return {(text.bare, text.language.lower()): text.leaf for text in self.texts}

    def _written(self, text: TextNode) -> Written:
        path = text.leaf.path
        first = len(text.owner.path) + 1  # after the owner's key, a word is a language and a number an item
        at = next((n for n in range(first, len(path)) if isinstance(path[n], str) and path[n] != WORDINGS), None)
        step = text.step.node.path if text.step else ()
        if at is None:
            return Written(text.leaf, text.field, self.language, step, path)
        return Written(text.leaf, text.field, str(path[at]), step, (*path[:at], *path[at + 1 :]))


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children():
        yield from _all(child)


def of(document: Document, language: str) -> Sheet:
    """Return the sheet of a file that could be read, plain strings being in `language`."""
    if document.root is None:
        raise AssertionError(f"{document.source.file} was read before")
    return Sheet(document.source, document.root, language)
