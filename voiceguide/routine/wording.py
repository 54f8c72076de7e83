"""Pydantic's errors in words for people who don't program, with the places they happened at.

Keys and shapes are worded here. What one value may be is worded where it is read (`scalars`), what spans several in the
rule that finds it (`rules`, `texts`, `sounds`), and the notation's own faults in `syntax` and `yaml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from voiceguide.routine import forms, keys, schema
from voiceguide.routine.yaml import Node, Scalar, child_of, described

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source

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
        unknown = {detail["loc"][:-1] for detail in details if detail["type"] == "extra_forbidden"}
        told = (d for d in details if d["type"] != "missing" or d["loc"][:-1] not in unknown or len(d["loc"]) == 1)
        misplaced = [detail["loc"][:-1] for detail in details if detail["type"] == "misplaced-any"]
        told = (d for d in told if d["loc"][:-1] in misplaced or not any(_in(d["loc"], loc) for loc in misplaced))
        return None, tuple(fault for detail in told if (fault := _fault(source, root, detail)))


def _in(loc: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return loc[: len(outer)] == outer


def _fault(source: Source, root: Node, detail: ErrorDetails) -> Fault | None:
    """Word one error; None where the notation's own fault says it already."""
    node, key = _found(root, detail["loc"])
    path, start = node.path, node.start
    kind = detail["type"]
    if kind == "missing" and key is not None:
        where = keys.kind(node).replace("a ", "the ", 1) if node.path else "the top of the file"
        message = f'expected the key "{key}", got none: add "{key}: …" to {where}'
        return source.fault(start, "missing-key", message, (*path, key))
    if kind == "extra_forbidden":
        return keys.unknown(source, root, node) if source.tells() else source.fault(start, kind, "")
    if type(node) is Node:
        return None
    if detail["loc"][-1:] == ("[key]",):
        return source.fault(keys.start(root, node), kind, detail["msg"], path)
    rule, message = _worded(kind, detail, node)
    new = detail.get("ctx", {}).get("mend")
    return source.fault(start, rule, message, path, mend=node.mend(new) if new and isinstance(node, Scalar) else None)


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
            expected = f"expected {keys.kind(node)} as keys and values ({_some_keys(node)})"
        case "too_short":
            return "empty-list", f"expected at least one, got {got}: add one"
        case "wrong-type" if "message" not in detail.get("ctx", {}):
            return kind, f"{detail['msg']}, got {got}: write it so"
        case _:
            return kind, detail["msg"]
    return ("empty-text" if nothing else "wrong-type"), f"{expected}, got {got}: {instead}"


def _some_keys(node: Node) -> str:
    return ", ".join(f"{key}: …" for key in list(keys.MODELS[keys.kind(node)].model_fields)[:2])


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
