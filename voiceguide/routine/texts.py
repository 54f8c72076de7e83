"""Rules for what is inside texts: marks, placeholders, languages side by side, and commas that split."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.durations import LENGTHS
from voiceguide.errors import nearest
from voiceguide.routine import walk
from voiceguide.routine.yaml import Entries, Items, Scalar
from voiceguide.text import marks, placeholders
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.durations import Length
    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source
    from voiceguide.routine.walk import StepNode, TextNode
    from voiceguide.routine.yaml import Node

SENTENCES = ("say", "say_again", "reminders", "closing")
"""Lists whose items are whole sentences; what is needed or avoided is listed in words."""

_ENDS = re.compile(r"[.!?…:;。！？]+[\s\"'”’»)]*$")  # noqa: RUF001 (full stops of any script)
_NEXT = re.compile(r"\{\s*next\s*\}")
_BULLET = re.compile(r"(?:^|\s)([•▪●‣◦∙])\s*")
_BARE_MARK = re.compile(r"breath|pause\s*\d.*", re.IGNORECASE)


def check(source: Source, root: Node) -> Iterator[Fault]:
    """Yield the faults and warnings of every rule."""
    for rule in _RULES:
        yield from rule(source, root)


def known_marks(source: Source, root: Node) -> Iterator[Fault]:
    """Square brackets hold [pause 3s] or [breath]; the words of a hold or a rhythm take neither."""
    bare = {field: key for key, fields in walk.WORDS_OF.items() for field in fields}
    for text in walk.texts(root):
        leaf = text.leaf
        if text.field == "sides" and text.owner.get("sides") is leaf:
            continue  # no list: its model has named it
        if text.field in bare and re.search(r"[\[\]]", leaf.text):
            message = f'expected words alone, got "{shown(leaf.text)}": the words of a {bare[text.field]} take no marks'
            yield source.fault(leaf.start, "bad-mark", message, leaf.path)
            continue
        try:
            said = marks.strip(leaf.text)
        except marks.MarkError as error:
            mend = _within(source, leaf, error.got, error.meant)
            yield source.fault(leaf.start, "bad-mark", str(error), leaf.path, mend=mend)
            continue
        if leaf.text.strip() and not said and text.field in ("title", "summary", "name", "sides"):
            message = f'expected words, got "{shown(leaf.text)}": a name is read as well as heard'
            yield source.fault(leaf.start, "empty-text", message, leaf.path)


def quoted_marks(source: Source, root: Node) -> Iterator[Fault]:
    """`say: [breath]` is a list for YAML; the mark was meant."""
    for _, node in walk.text_lists(root):
        for items in (node, *node.children()):
            if not (isinstance(items, Items) and items.flow and len(items.values) == 1):
                continue
            item = items.values[0]
            if isinstance(item, Scalar) and not item.quoted and _BARE_MARK.fullmatch(item.text):
                message = f'expected a text, got a list with "{shown(item.text)}" in it: if the mark is meant, quote it'
                message += f', as "[{shown(item.text)}]"'
                end = source.text.find("]", items.start) + 1
                mend = (items.start, end, f'"{source.text[items.start : end]}"')
                yield source.fault(items.start, "unquoted-braces", message, items.path, mend=mend)


def known_placeholders(source: Source, root: Node) -> Iterator[Fault]:
    """Braces hold {side}, {next}, {minutes} or {title}, each where it has a meaning."""
    timed = [step for step in walk.steps(root) if step.has_duration]
    sideless = next((step for step in timed if step.sides is None), None)
    for text in walk.texts(root):
        leaf = text.leaf
        try:
            used = dict.fromkeys(placeholders.used(leaf.text))
        except placeholders.PlaceholderError as error:
            yield source.fault(leaf.start, "bad-placeholder", str(error), leaf.path)
            continue
        for name in used:
            if name not in placeholders.KNOWN:
                known = ", ".join(f"{{{word}}}" for word in placeholders.KNOWN)
                new = _placeholder_meant(name) if source.tells() else ""
                hint = f": write {new}" if new else ""
                message = f"expected one of {known}, got {{{shown(name)}}}{hint}"
                mend = _within(source, leaf, f"{{{name}}}", new)
                yield source.fault(leaf.start, "unknown-placeholder", message, leaf.path, mend=mend)
            elif why := _misplaced(name, text, sideless):
                message = f"expected no {{{name}}} here: {why}"
                yield source.fault(leaf.start, "misplaced-placeholder", message, leaf.path)


def _placeholder_meant(name: str) -> str:
    """Return the placeholder, or the mark, that braces are meant as; "" where nobody can tell."""
    if near := nearest(name, placeholders.KNOWN):
        return f"{{{near}}}"
    try:
        marks.parse(f"[{name}]")
    except marks.MarkError as error:
        return error.meant
    return f"[{name}]"


def _within(source: Source, leaf: Scalar, got: str, new: str) -> tuple[int, int, str] | None:
    """Return the mend of one piece of a text, None where it does not stand there once as it is."""
    written = source.text[leaf.start : leaf.end]
    if not new or not got or written.count(got) != 1 or not leaf.end:
        return None
    at = leaf.start + written.index(got)
    return at, at + len(got), new


def _misplaced(name: str, text: TextNode, sideless: StepNode | None) -> str:
    """Say why a known placeholder has no meaning in a text, "" where it has one."""
    step, field = text.step, text.field
    if name == "side":
        if step is None and field == "reminders":
            return 'these are said in steps without "sides" too; write it in a step' if sideless else ""
        if step is None:
            return "only a step has sides"
        if field == "sides":
            return "this is what it stands for"
        return "" if step.sides else 'the step has no "sides"; add "sides: [left, right]", or leave it out'
    if name == "next":
        if step is None and field != "reminders":
            return "only a step has a next one"
        return "a name says what it is itself" if field in ("name", "sides") else ""
    return "this is what it stands for" if name == "title" and field == "title" else ""


def something_follows(source: Source, root: Node) -> Iterator[Fault]:
    """{next} is not in a step that is the last one of any length and setup."""
    named: set[int] = set()
    steps = [(step, step.onlys()) for step in walk.steps(root)]
    reminders = [text for text in walk.texts(root) if text.field == "reminders" and text.step is None]
    for length, setup in _sessions(root, [step for step, _ in steps]):
        played = (step for step, onlys in reversed(steps) if all(_allows(only, length, setup) for only in onlys))
        last = next(played, None)
        if last is None:
            continue
        for text in (*walk.step_texts(last), *(reminders if last.has_duration else ())):
            leaf = text.leaf
            is_said = text.field != "cue" or _allows(walk.names(text.owner.get("only")), length, setup)
            if is_said and text.field not in ("name", "sides") and id(leaf) not in named and _NEXT.search(leaf.text):
                named.add(id(leaf))
                where = f"of the {length} routine" + (f" with the setup {shown(setup)}" if setup else "")
                message = f"expected no {{next}} in the last step {where}: nothing follows; leave it out"
                yield source.fault(leaf.start, "misplaced-placeholder", message, leaf.path)


def _sessions(root: Node, steps: list[StepNode]) -> Iterator[tuple[Length, str | None]]:
    """Yield the lengths and setups that can differ in their steps: setups that no `only` names are all alike."""
    setups = walk.names(root.get("setups"))
    asked = {name for step in steps for only in step.onlys() for name in only}
    asked |= {
        name for step in steps for cue in walk.items(step.node.get("cues")) for name in walk.names(cue.get("only"))
    }
    other = next((setup for setup in setups if setup not in asked), None)
    distinct = [setup for setup in dict.fromkeys(setups) if setup in asked]
    for length in LENGTHS:
        for setup in [*distinct, other] if other or not distinct else distinct:
            yield length, setup


def _allows(only: tuple[str, ...], length: Length, setup: str | None) -> bool:
    setups = [name for name in only if name not in LENGTHS]
    return walk.allows_length(only, length) and (not setups or setup in setups)


def as_many_in_every_language(source: Source, root: Node) -> Iterator[Fault]:
    """A list by language has as many items in every one."""
    for _, node in walk.text_lists(root):
        if not isinstance(node, Entries):
            continue
        counts = {key: len(items.items()) if isinstance(items, Items) else 1 for key, items in node.values.items()}
        first = next(iter(counts), "")
        for key, count in counts.items():
            if count != counts[first]:
                message = f"expected {counts[first]} texts as in {first}, got {count}: give every language as many"
                yield source.fault(node.key_starts[key], "uneven-languages", message, node.values[key].path)


def bullets_in_texts(source: Source, root: Node) -> Iterator[Fault]:
    """Warn of bullets in a text: nobody says them, and a list was meant."""
    for text in walk.texts(root):
        leaf = text.leaf
        if found := _BULLET.search(leaf.text):
            rest = leaf.text[found.end() :]
            message = (
                f'the sign {found[1]} is taken for a word of this text: write each item on a line of its own, as "- '
            )
            yield source.fault(leaf.start, "bullet", f'{message}{shown(rest)}"', leaf.path, "warning")


def commas_that_split(source: Source, root: Node) -> Iterator[Fault]:
    """Warn of an item that starts lower-case after one without a full stop: a comma split a text."""
    for field, node in walk.text_lists(root):
        if field not in SENTENCES:
            continue
        for items in (node, *(node.children() if isinstance(node, Entries) else ())):
            values = items.items()
            for before, item in pairwise(values):
                if _split(before, item):
                    message = (
                        "this starts lower-case after a text without a full stop: if a comma split one text, quote it"
                    )
                    yield source.fault(item.start, "comma-split", message, item.path, "warning")


def _split(before: Node, item: Node) -> bool:
    if isinstance(before, Entries) and isinstance(item, Entries):
        return any(_split(text, item.values[key]) for key, text in before.values.items() if key in item.values)
    if not (isinstance(before, Scalar) and isinstance(item, Scalar)):
        return False
    try:
        ended, begun = marks.strip(before.text), marks.strip(item.text)
    except marks.MarkError:
        return False
    return bool(ended) and begun[:1].islower() and not _ENDS.search(ended)


_RULES = (
    bullets_in_texts,
    known_marks,
    quoted_marks,
    known_placeholders,
    something_follows,
    as_many_in_every_language,
    commas_that_split,
)
