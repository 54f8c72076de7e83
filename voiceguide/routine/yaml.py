"""YAML text → a tree of nodes that know their places, and every fault of the notation itself.

Only ruamel's events are used, never its objects: what is refused (aliases, tags, depth) is refused before anything is
built of it, scalars stay as they were written (`1:30`, `no`, `012`), and each node keeps its place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from voiceguide.routine import scanning, syntax
from voiceguide.routine.source import UNSPEAKABLE
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.events import Event

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Key, KeyPath, Source

MOST_DEEP = 20
"""Lists and mappings within each other, the outermost included."""
MOST_VALUES = 14_000
"""Scalars, lists and mappings; keys do not count."""
MOST_SCANNED = 1024 * 1024
"""Characters scanned in all: each unquoted brace that is read past costs another scan of the file.

Together the scans meet no more than MOST_VALUES either.
"""

NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value in the file. On its own, without a subclass, it is one whose fault is already named."""

    path: KeyPath
    start: int
    """Offset of its first character; of its key for a value that is not there."""

    def get(self, _key: str) -> Node | None:
        """Return the value of a key, None where there is none."""
        return None

    def children(self) -> tuple[Node, ...]:
        """Return the items of a list or the values of a mapping."""
        return ()

    def items(self) -> tuple[Node, ...]:
        """Return the items of a list; of anything else nothing."""
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Node):
    """A word, number or text, as it was written."""

    text: str
    quoted: bool
    """In quotes or a block: never a number, a truth or nothing."""
    end: int = 0
    """Offset behind its last character, its quote included."""

    def mend(self, text: str) -> tuple[int, int, str]:
        """Return the writing of another text in its place, as `Source.fault` takes it."""
        return self.start, self.end, text

    @property
    def is_null(self) -> bool:
        """Whether it stands for nothing."""
        return not self.quoted and self.text in NULLS


@dataclass(frozen=True, slots=True, eq=False)
class Items(Node):
    """A list."""

    values: tuple[Node, ...]
    flow: bool
    """In square brackets."""

    def children(self) -> tuple[Node, ...]:
        """Return the items."""
        return self.values

    def items(self) -> tuple[Node, ...]:
        """Return the items."""
        return self.values


@dataclass(frozen=True, slots=True, eq=False)
class Entries(Node):
    """A mapping."""

    values: dict[str, Node]
    key_starts: dict[str, int]
    """Offset of each key."""
    flow: bool
    """In braces."""

    def get(self, key: str) -> Node | None:
        """Return the value of a key, None where there is none."""
        return self.values.get(key)

    def children(self) -> tuple[Node, ...]:
        """Return the values."""
        return tuple(self.values.values())


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file."""

    source: Source
    root: Node | None
    """None when the notation cannot be read to its end."""
    faults: tuple[Fault, ...]
    """Those of the notation."""


def parse(source: Source) -> Document:
    """Read a file's one document; its faults are in it, never raised."""
    source, faults = speakable(source)
    text = source.text
    masks: list[int] = []
    met = 0
    while True:
        tree = _Tree(source, text, masks)
        root: Node | None = None
        try:
            root = tree.document()
        except _EnoughError:
            pass
        except MarkedYAMLError as error:
            found = syntax.unquoted(text, error)
            met += tree.count
            if found and met + tree.count <= MOST_VALUES and (len(masks) + 2) * len(text) <= MOST_SCANNED:
                # Round brackets are plain text: reading goes on, every offset stays true, and the tree names the fault.
                masks.append(found.start())
                text = f"{text[: found.start()]}({text[found.start() + 1 : found.end() - 1]}){text[found.end() :]}"
                continue
            tree.faults += syntax.faults(source, error)
        except (ValueError, OverflowError):
            # ruamel gives chr() whatever number stands in an escape.
            tree.faults.append(syntax.impossible_escape(source))
        return Document(source, root, (*faults, *tree.faults, *tree.unclaimed()))


def speakable(source: Source) -> tuple[Source, list[Fault]]:
    """Return a source with control characters as spaces (no terminal should print them either), a fault for each."""
    if not UNSPEAKABLE.search(source.text):
        return source, []
    clean = replace(source, text=UNSPEAKABLE.sub(" ", source.text))
    return clean, [
        clean.fault(match.start(), "control-character", _invisible(match[0]))
        for match in UNSPEAKABLE.finditer(source.text)
    ]


def _invisible(character: str) -> str:
    return f"expected plain text, got the invisible character U+{ord(character):04X}: delete it"


class _EnoughError(Exception):
    """Reading stops here; the fault that says why is among the tree's."""


class _Tree:
    """Builds the nodes of one scan of the text."""

    def __init__(self, source: Source, text: str, masks: list[int]) -> None:
        self.source = source
        self.masks = masks
        self.claimed: set[int] = set()
        self.faults: list[Fault] = []
        self.depth = 0
        self.count = 0
        self.events: Iterator[Any] = scanning.events(text)

    def document(self) -> Node | None:
        """Return the root, None for an empty file; raises ruamel's errors and _EnoughError."""
        root: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "expected one routine in a file, got a second one after ---: give it a file of its own"
                    self.fault(event, "second-document", message, ())
                    break
                if event.version not in (None, (1, 2)):
                    self.fault(event, "yaml-version", "expected YAML 1.2: delete the line that starts with %YAML", ())
            elif isinstance(event, NodeEvent):
                root = self.node(event, ())
        return root

    def node(self, event: Any, path: KeyPath, key_start: int | None = None) -> Node:
        """Return the value that an event begins, with all that is in it; `key_start` is where its key stands."""
        self.count += 1
        if self.count > MOST_VALUES:
            self.fault(event, "too-many-values", f"expected at most {MOST_VALUES:,} values in a file, got more", path)
            raise _EnoughError
        return self.uncounted(event, path, key_start)

    def uncounted(self, event: Any, path: KeyPath, key_start: int | None = None) -> Node:
        """Return a value or a key."""
        start = event.start_mark.index
        sound = self.is_plain(event, path)
        node: Node
        match event:
            case ScalarEvent():
                if key_start is not None and event.start_mark.index == event.end_mark.index:
                    start = key_start
                node = self.scalar(event, path, start)
            case SequenceStartEvent():
                self.deeper(event, path)
                values = tuple(self.node(e, (*path, i)) for i, e in enumerate(self.until(SequenceEndEvent)))
                node = Items(path, start, values, bool(event.flow_style))
                self.depth -= 1
            case MappingStartEvent():
                self.deeper(event, path)
                node = self.mapping(event, path)
                self.depth -= 1
            case _:
                node = Node(path, start)
        return node if sound else Node(path, start)

    def until(self, end: type[Event]) -> Iterator[Any]:
        """Yield the events that begin the values of a collection."""
        while not isinstance(event := next(self.events), end):
            yield event

    def deeper(self, event: Event, path: KeyPath) -> None:
        self.depth += 1
        if self.depth > MOST_DEEP:
            self.fault(event, "too-deep", f"expected lists and mappings at most {MOST_DEEP} deep, got more", path)
            raise _EnoughError

    def is_plain(self, event: Any, path: KeyPath) -> bool:
        """Name the marks of YAML that routines do without; False where they decide what the value is."""
        if isinstance(event, AliasEvent):
            message = f'expected the value itself, got the alias "*{shown(event.anchor)}": write it out'
            self.fault(event, "alias", f"{message}, or quote a text that starts with *", path)
            return False
        if event.anchor is not None:
            message = f'expected no anchors, got "&{shown(event.anchor)}": delete it'
            self.fault(event, "anchor", f"{message}, or quote a text that starts with &", path)
        if event.ctag is not None:
            message = f'expected no tags, got "{shown(str(event.ctag))}": delete it'
            self.fault(event, "tag", f"{message}, or quote a text that starts with !", path)
            return False
        return True

    def scalar(self, event: ScalarEvent, path: KeyPath, start: int) -> Node:
        covered = [mask for mask in self.masks if event.start_mark.index <= mask < event.end_mark.index]
        for mask in covered:
            self.claimed.add(mask)
            self.faults.append(syntax.unquoted_fault(self.source, mask, path))
        if odd := UNSPEAKABLE.search(event.value):
            self.fault(event, "control-character", _invisible(odd[0]), path)
        if covered or odd:
            return Node(path, start)
        return Scalar(path, start, event.value, event.style is not None, event.end_mark.index)

    def mapping(self, event: MappingStartEvent, path: KeyPath) -> Node:
        values: dict[str, Node] = {}
        key_starts: dict[str, int] = {}
        sound = True
        for key_event in self.until(MappingEndEvent):
            start = key_event.start_mark.index
            key = self.uncounted(key_event, path)
            if not isinstance(key, Scalar):
                if isinstance(key, Items | Entries):
                    got = described(key)
                    self.fault(
                        key_event, "bad-key", f"expected a word before the colon, got {got}: {syntax.QUOTE}", path
                    )
                self.node(next(self.events), path, start)
                # In braces it was meant as a text; of a block the other keys still count.
                sound = sound and not event.flow_style
                continue
            value = self.node(next(self.events), (*path, key.text), start)
            if key.text in values:
                line = self.source.place(key_starts[key.text]).line
                message = (
                    f'expected each key once, got "{shown(key.text)}" again (first on line {line}): keep one of them'
                )
                self.fault(key_event, "duplicate-key", message, (*path, key.text))
                continue
            values[key.text], key_starts[key.text] = value, start
        start = event.start_mark.index
        if event.flow_style and len(values) == 1 and _is_bare(*values.values()):
            # `say: {side}`: no key of a routine may be empty, so these braces were meant as text.
            self.faults.append(syntax.unquoted_fault(self.source, start, path))
            sound = False
        return Entries(path, start, values, key_starts, bool(event.flow_style)) if sound else Node(path, start)

    def fault(self, event: Event, rule: str, message: str, path: KeyPath) -> None:
        self.faults.append(self.source.fault(event.start_mark.index, rule, message, path))

    def unclaimed(self) -> list[Fault]:
        """Return the faults of masks that no scalar was built of, since reading stopped before."""
        return [syntax.unquoted_fault(self.source, mask, ()) for mask in self.masks if mask not in self.claimed]


def at_path(root: Node, path: KeyPath) -> Node:
    """Return the node at a path that is there; KeyError where none is."""
    node = root
    for key in path:
        child = child_of(node, key)
        if child is None:
            raise KeyError(path)
        node = child
    return node


def child_of(node: Node, key: Key) -> Node | None:
    """Return what stands at one key or number of a node."""
    if isinstance(key, int):
        items = node.items()
        return items[key] if key < len(items) else None
    return node.get(key)


def _is_bare(node: Node) -> bool:
    """Whether nothing at all was written as the value."""
    return isinstance(node, Scalar) and not node.quoted and not node.text


def described(node: Node) -> str:
    """Say what came, for a message."""
    match node:
        case Scalar(text=text):
            return "nothing" if node.is_null or not text.strip() else f'"{shown(text)}"'
        case Items(values=values):
            return "a list" if values else "an empty list"
        case Entries(values=values):
            return f'keys and values ("{shown(next(iter(values)))}: …")' if values else "empty braces"
        case _:
            return "something else"
