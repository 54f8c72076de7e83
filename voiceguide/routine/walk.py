"""Ways through a routine's tree, whatever its shape: what the rules ask of it.

Rules run on files with other faults too, so that all are named at once. Nothing here takes a shape for granted; what
cannot be read is skipped, since the models have named it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from voiceguide.durations import LENGTHS, Length
from voiceguide.routine import scalars
from voiceguide.routine.yaml import Entries, Items, Node, Scalar
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.durations import Range
    from voiceguide.routine.source import KeyPath

TEXTS_OF_ROUTINE = ("title", "summary", "position", "need", "reminders", "end", "closing")
TEXTS_OF_STEP = ("name", "sides", "say", "say_again", "switch", "warn", "position", "reminders")
NOTHING = "none"
"""As a cue's `say_again`: on later sides it says nothing."""
TEXTS_OF_GROUP = ("name", "sides", "switch")
WORDS_OF = {"hold": ("say_press", "say_release"), "rhythm": ("say_out", "say_back", "say_last")}
"""The words of rounds and cycles, by the key they stand under: they start and end with a phase, and take no marks."""
SAFETY_LISTS = ("do_not_start", "ask_first", "core", "always", "avoid", "more")
LISTS = ("need", "settle", "reminders", "closing", "sides", "say", "say_again", *SAFETY_LISTS)
"""The fields that may hold a list of texts."""


@dataclass(frozen=True, slots=True, eq=False)
class StepNode:
    """A step, and the group it stands in."""

    node: Node
    group: Node | None

    @property
    def sides(self) -> Node | None:
        """Its sides, or its group's."""
        return (self.group or self.node).get("sides")

    @property
    def has_duration(self) -> bool:
        """Whether a duration is written, right or wrong."""
        return self.node.get("duration") is not None

    def lengths(self) -> tuple[Length, ...]:
        """Return the lengths it is played in."""
        onlys = self.onlys()
        return tuple(length for length in LENGTHS if all(allows_length(only, length) for only in onlys))

    def onlys(self) -> tuple[tuple[str, ...], ...]:
        """Return its own `only` and its group's."""
        return tuple(names(owner.get("only")) for owner in (self.node, self.group) if owner)


@dataclass(frozen=True, slots=True, eq=False)
class TextNode:
    """A text, the field it stands in, and its step."""

    leaf: Scalar
    field: str
    step: StepNode | None
    owner: Node
    """The mapping that has the field."""


@lru_cache(maxsize=1)  # likewise
def steps(root: Node) -> tuple[StepNode, ...]:
    """Return every step in the file's order, a group's too."""
    found = []
    for node in items(root.get("steps")):
        if node.get("steps") is None:
            found.append(StepNode(node, None))
        else:
            found += [StepNode(inner, node) for inner in items(node.get("steps"))]
    return tuple(found)


def step_names(root: Node) -> dict[KeyPath, str]:
    """Return what each step is called in messages by its path: `step 2, Circles`, counted as a session has them."""
    found = {}
    for number, step in enumerate(steps(root), 1):
        name = next(leaves(step.node.get("name")), None)
        found[step.node.path] = f"step {number}, {shown(name.text)}" if name and name.text.strip() else f"step {number}"
    return found


def groups(root: Node) -> tuple[Node, ...]:
    """Return every group."""
    return tuple(node for node in items(root.get("steps")) if node.get("steps") is not None)


def items(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list; of anything else nothing."""
    return node.items() if node else ()


def leaves(node: Node | None) -> Iterator[Scalar]:
    """Yield the texts of a field, of all languages."""
    if isinstance(node, Scalar):
        if not node.is_null:
            yield node
    elif node:
        for child in node.children():
            yield from leaves(child)


def names(node: Node | None) -> tuple[str, ...]:
    """Return the words of `only`, `setups` or `tags`."""
    return tuple(leaf.text for leaf in leaves(node))


def allows_length(only: tuple[str, ...], length: Length) -> bool:
    """Whether `only` holds in a length; without any length in it, it holds in both."""
    lengths = [name for name in only if name in LENGTHS]
    return not lengths or length in lengths


@lru_cache(maxsize=1)  # each rule asks the same file
def texts(root: Node) -> tuple[TextNode, ...]:
    """Return every text that is spoken or shown."""
    return tuple(_texts(root))


def _texts(root: Node) -> Iterator[TextNode]:
    for field in TEXTS_OF_ROUTINE:
        yield from (TextNode(leaf, field, None, root) for leaf in leaves(root.get(field)))
    for owner, said in settles(root):
        yield from (TextNode(leaf, "settle", None, owner) for leaf in leaves(said))
    if safety := root.get("safety"):
        for field in SAFETY_LISTS:
            yield from (TextNode(leaf, field, None, safety) for leaf in leaves(safety.get(field)))
    for group in groups(root):
        for field in TEXTS_OF_GROUP:
            yield from (TextNode(leaf, field, StepNode(group, None), group) for leaf in leaves(group.get(field)))
    for step in steps(root):
        yield from step_texts(step)


def settles(root: Node) -> Iterator[tuple[Node, Node]]:
    """Yield every text of `settle` in all its languages, after the mapping that has it: an item's, or the file's."""
    node = root.get("settle")
    for item in node.items() if isinstance(node, Items) else (node,):
        if item is None:
            continue
        said = item.get("say")
        yield (root, item) if said is None else (item, said)


def step_texts(step: StepNode) -> Iterator[TextNode]:
    """Yield every text of one step."""
    for field in TEXTS_OF_STEP:
        yield from (TextNode(leaf, field, step, step.node) for leaf in leaves(step.node.get(field)))
    for cue in items(step.node.get("cues")):
        for key in ("say", "say_again"):
            said = (leaf for leaf in leaves(cue.get(key)) if (key, leaf.text) != ("say_again", NOTHING))
            yield from (TextNode(leaf, "cue", step, cue) for leaf in said)
    for key, fields in WORDS_OF.items():
        if owner := step.node.get(key):
            for field in fields:
                yield from (TextNode(leaf, field, step, owner) for leaf in leaves(owner.get(field)))


def text_lists(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield every field that may hold a list of texts, with its name."""
    owners = [root, root.get("safety"), *groups(root), *(step.node for step in steps(root))]
    for owner in owners:
        for field in LISTS:
            if owner and (node := owner.get(field)):
                yield field, node


def slots(step: StepNode) -> dict[Length, Range]:
    """Return the durations of a step that can be read, by length; a side that is not written stands for none."""
    node = step.node.get("duration")
    if isinstance(node, Entries):
        written = {length: node.get(length) for length in LENGTHS}
    else:
        written = dict.fromkeys(LENGTHS, node)
    found = {length: scalars.range_of(value) for length, value in written.items() if isinstance(value, Scalar)}
    return {length: value for length, value in found.items() if value}


def is_true(node: Node | None) -> bool:
    """Whether a truth is written and true."""
    return isinstance(node, Scalar) and not node.quoted and node.text.casefold() == "true"


def is_filled(node: Node | None) -> bool:
    """Whether something is written, an empty list apart."""
    return node is not None and not (isinstance(node, Items) and not node.values)
