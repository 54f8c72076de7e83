"""Pydantic's errors in words for people who don't program, with the places they happened at.

Keys and shapes are worded here. What one value may be is worded where it is read (`scalars`), what spans several in the
rule that finds it (`rules`, `texts`, `sounds`), and the notation's own faults in `syntax` and `yaml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from voiceguide.errors import did_you_mean
from voiceguide.routine import forms, schema
from voiceguide.routine.yaml import Entries, Node, Scalar, at_path, child_of, described
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source

_MODELS: dict[str, type[BaseModel]] = {
    "the routine": schema.Routine,
    "safety": schema.Safety,
    "settle": schema.Settle,
    "lengths": schema.Lengths,
    "a step": schema.Step,
    "a group's step": schema.GroupStep,
    "a group": schema.Group,
    "a cue": schema.Cue,
    "a hold": schema.Hold,
    "a rhythm": schema.Rhythm,
    "a duration": schema.DurationByLength,
    "times": schema.TimesByLength,
    "a pronunciation": schema.Pronunciation,
}
"""Each kind of mapping by the words for it."""
_FREE = {
    1: ("languages", "en: {effleurage: {as: efflurazh}}"),
    2: ("words", "effleurage: {as: efflurazh}"),
}
"""What `pronounce` holds, whose keys are an author's: the words for it by how deep it lies, and an example."""


def validate(source: Source, root: Node) -> tuple[schema.Routine | None, tuple[Fault, ...]]:
    """Return the file's routine as its models, or every fault of its types and keys."""
    try:
        return schema.Routine.model_validate(forms.plain(root)), ()
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, tuple(fault for detail in details if (fault := _fault(source, root, detail)))


def _fault(source: Source, root: Node, detail: ErrorDetails) -> Fault | None:
    """Word one error; None where the notation's own fault says it already."""
    node, key = _found(root, detail["loc"])
    path, start = node.path, node.start
    kind = detail["type"]
    if kind == "missing" and key is not None:
        where = _kind(node).replace("a ", "the ", 1) if node.path else "the top of the file"
        message = f'expected the key "{key}", got none: add "{key}: …" to {where}'
        return source.fault(start, "missing-key", message, (*path, key))
    if kind == "extra_forbidden":
        return _unknown_key(source, root, node) if source.tells() else source.fault(start, kind, "")
    if type(node) is Node:
        return None
    if detail["loc"][-1:] == ("[key]",):
        return source.fault(_key_start(root, node), kind, detail["msg"], path)
    rule, message = _worded(kind, detail, node)
    return source.fault(start, rule, message, path)


def _worded(kind: str, detail: ErrorDetails, node: Node) -> tuple[str, str]:
    got = described(node)
    nothing = isinstance(node, Scalar) and got == "nothing"
    optional = "write it, or drop the line if it is optional"
    instead = optional if nothing else "write each on a line of its own below the key"
    match kind:
        case "list_type":
            expected = "expected a list"
            instead = instead if nothing else "write each item as - …"
        case "dict_type":
            what, example = _FREE[len(node.path)]
            expected = f"expected {what} as keys, and what they are ({example})"
        case "model_type" | "model_attributes_type":
            expected = f"expected {_kind(node)} as keys and values ({_some_keys(node)})"
        case "too_short":
            return "empty-list", f"expected at least one, got {got}: add one"
        case "wrong-type" if "message" not in detail.get("ctx", {}):
            return kind, f"{detail['msg']}, got {got}: write it so"
        case _:
            return kind, detail["msg"]
    return ("empty-text" if nothing else "wrong-type"), f"{expected}, got {got}: {instead}"


def _unknown_key(source: Source, root: Node, node: Node) -> Fault:
    """Say where a key belongs, which one may be meant, or which there are."""
    key = str(node.path[-1])
    parent = at_path(root, node.path[:-1])
    kind = _kind(parent)
    known = tuple(_MODELS[kind].model_fields)
    start = _key_start(root, node)
    if kind == "a group's step" and key in ("sides", "steps"):
        why = "the group has the sides" if key == "sides" else "groups do not nest"
        message = f'expected no "{key}" in a group\'s step: {why}; move it out of the group'
        return source.fault(start, "wrong-place", message, node.path)
    others = {
        home: model for home, model in _MODELS.items() if home not in ("a group's step", "settle", "a pronunciation")
    }
    homes = [home for home, model in others.items() if key in model.model_fields]
    near = did_you_mean(key, known)
    if homes and not near.startswith(f' Did you mean "{key}'):
        message = f'"{key}" belongs in {" or ".join(homes[:3])}, not in {kind}: move it'
        return source.fault(start, "wrong-place", message, node.path)
    message = f'expected a key of {kind}, got "{shown(key)}"'
    if isinstance(parent, Entries) and parent.flow and isinstance(node, Scalar) and node.is_null:
        message += ": if a comma stands in a text here, put the text in quotes"
        return source.fault(start, "unknown-key", message, node.path)
    hint = near or f" It has: {', '.join(known)}."
    return source.fault(start, "unknown-key", f"{message}.{hint}", node.path)


def _kind(node: Node) -> str:
    """Return the words for a mapping by where it stands."""
    names = [key for key in node.path if isinstance(key, str)]
    match names:
        case []:
            return "the routine"
        case ["steps"]:
            return "a group" if node.get("steps") else "a step"
        case ["steps", "steps"]:
            return "a group's step"
        case ["pronounce", *_]:
            return "a pronunciation"
        case [*_, "cues"]:
            return "a cue"
        case [*_, "hold"]:
            return "a hold"
        case [*_, "rhythm"]:
            return "a rhythm"
        case [*_, "duration"]:
            return "a duration"
        case [*_, last]:
            return last
    raise AssertionError(node.path)


def _some_keys(node: Node) -> str:
    return ", ".join(f"{key}: …" for key in list(_MODELS[_kind(node)].model_fields)[:2])


def _found(root: Node, loc: tuple[int | str, ...]) -> tuple[Node, str | None]:
    """Return the node an error is about, and the key that it misses there.

    Pydantic's location has the tags of unions between the keys; what is neither key nor number of the node is skipped.
    """
    node = root
    missing: str | None = None
    for key in loc:
        child = child_of(node, key)
        if child is not None:
            node, missing = child, None
        elif isinstance(key, str) and not key.startswith(("<", "[")):
            missing = key
    return node, missing


def _key_start(root: Node, node: Node) -> int:
    parent = at_path(root, node.path[:-1])
    return parent.key_starts[str(node.path[-1])] if isinstance(parent, Entries) else node.start
