"""The keys of a routine's mappings: which there are, which one was meant, and what is read in place of a near one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.errors import did_you_mean, nearest
from voiceguide.routine import forms, scalars, schema
from voiceguide.routine.yaml import Entries, Items, Node, Scalar, at_path
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from pydantic import BaseModel

    from voiceguide.errors import Fault
    from voiceguide.routine.source import KeyPath, Source

MODELS: dict[str, type[BaseModel]] = {
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
    "wordings": forms.Wordings,
}
"""Each kind of mapping by the words for it."""
_SAME = {
    **dict.fromkeys(("time", "minutes", "how_long", "dauer", "zeit", "duración", "durée"), "duration"),
    **dict.fromkeys(("text", "instruction", "instructions", "speak", "anweisung"), "say"),
    **dict.fromkeys(("description", "subtitle", "beschreibung", "zusammenfassung"), "summary"),
    **dict.fromkeys(("sound", "music", "musik", "background"), "bed"),
    **dict.fromkeys(("needs", "you_need", "equipment", "materials", "material"), "need"),
    **dict.fromkeys(("contraindications", "stop", "not_today"), "do_not_start"),
    **dict.fromkeys(("repeat", "repeats", "rounds", "mal"), "times"),
    "when": "at",
    "moment": "at",
    "title": "name",
    "name": "title",
    "firmness": "pressure",
    "druck": "pressure",
    "schritte": "steps",
    "seiten": "sides",
    "sprache": "language",
    "caution": "warn",
    "warnung": "warn",
}
"""What people call some keys."""
_TIGHT = re.compile(r"([a-z_]+):(.+)", re.DOTALL)


def mended(source: Source, root: Node) -> tuple[Node, list[Fault]]:
    """Return the tree with near keys read as those that are meant, and a fault for each of them.

    So nothing is said of what is missing only because its key is misspelt.
    """
    faults: list[Fault] = []
    return _mended(source, root, root.path, faults), faults


def _mended(source: Source, node: Node, path: KeyPath, faults: list[Fault]) -> Node:
    if isinstance(node, Items):
        return replace(
            node, path=path, values=tuple(_mended(source, v, (*path, i), faults) for i, v in enumerate(node.values))
        )
    if not isinstance(node, Entries):
        return replace(node, path=path)
    known = _known(replace(node, path=path))
    values: dict[str, Node] = {}
    starts: dict[str, int] = {}
    for key, value in node.values.items():
        name, read = key, value
        if known and key not in known and source.tells():
            name, read = _meant(node, key, value, known)
            if name != key:
                faults.append(_near(source, node, key, name, path))
        values[name], starts[name] = _mended(source, read, (*path, name), faults), node.key_starts[key]
    return replace(node, path=path, values=values, key_starts=starts)


def _known(node: Node) -> tuple[str, ...]:
    """Return the keys of a mapping, none where they are an author's own."""
    path = node.path
    if path[:1] == ("pronounce",) and len(path) < 3:
        return ()
    model = MODELS.get(kind(node))
    known = tuple(model.model_fields) if model else ()
    return () if kind(node) == "settle" and not any(node.get(key) for key in known) else known


def _meant(node: Entries, key: str, value: Node, known: tuple[str, ...]) -> tuple[str, Node]:
    """Return the key that is meant, and its value; both as they are where nobody can tell."""
    nothing = isinstance(value, Scalar) and value.is_null
    if node.flow and nothing and (tight := _TIGHT.fullmatch(key)) and tight[1] in known and tight[1] not in node.values:
        start = node.key_starts[key] + len(tight[1]) + 1
        return tight[1], Scalar(value.path, start, tight[2].strip(), False, start + len(tight[2]))
    if node.flow and nothing:
        return key, value
    others = (model for home, model in MODELS.items() if model.model_fields.keys() != set(known))
    elsewhere = any(key in model.model_fields for model in others)
    same = _SAME.get(key.casefold().replace(" ", "_").replace("-", "_"))
    near = None if elsewhere else nearest(key, known)
    name = next((name for name in (same, near) if name in known and name not in node.values), None)
    return (name, value) if name else (key, value)


def _near(source: Source, node: Entries, key: str, name: str, path: KeyPath) -> Fault:
    start = node.key_starts[key]
    if key.startswith(f"{name}:"):
        message = f'expected a space after the colon, got "{shown(key)}": write "{name}: {shown(key[len(name) + 1 :])}"'
        at = start + len(name) + 1
        return source.fault(start, "no-space", message, (*path, name), mend=(at, at, " "))
    message = f'expected a key of {kind(replace(node, path=path))}, got "{shown(key)}". Did you mean "{name}"?'
    plain = source.text.startswith(key, start)
    mend = (start, start + len(key), name) if plain else None
    return source.fault(start, "unknown-key", message, (*path, key), mend=mend)


def unknown(source: Source, root: Node, node: Node) -> Fault:
    """Say where a key belongs, which one may be meant, or which there are."""
    key = str(node.path[-1])
    parent = at_path(root, node.path[:-1])
    which = kind(parent)
    known = tuple(MODELS[which].model_fields)
    begin = start(root, node)
    if which == "a group's step" and key in ("sides", "steps"):
        why = "the group has the sides" if key == "sides" else "groups do not nest"
        message = f'expected no "{key}" in a group\'s step: {why}; move it out of the group'
        return source.fault(begin, "wrong-place", message, node.path)
    inner = ("a group's step", "settle", "a pronunciation", "wordings")
    others = {home: model for home, model in MODELS.items() if home not in inner}
    homes = [home for home, model in others.items() if key in model.model_fields]
    near = did_you_mean(key, known)
    if homes and not near.startswith(f' Did you mean "{key}'):
        message = f'"{key}" belongs in {" or ".join(homes[:3])}, not in {which}: move it'
        return source.fault(begin, "wrong-place", message, node.path)
    message = f'expected a key of {which}, got "{shown(key)}"'
    if isinstance(parent, Entries) and parent.flow and isinstance(node, Scalar) and node.is_null:
        message += ": if a comma stands in a text here, put the text in quotes"
        return source.fault(begin, "unknown-key", message, node.path)
    hint = near or f" It has: {', '.join(known)}."
    return source.fault(begin, "unknown-key", f"{message}.{hint}", node.path)


def kind(node: Node) -> str:
    """Return the words for a mapping by where it stands."""
    names = [key for key in node.path if isinstance(key, str)]
    if node.get(scalars.WORDINGS) is not None:
        return "wordings"
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


def start(root: Node, node: Node) -> int:
    """Return where the key of a value begins."""
    parent = at_path(root, node.path[:-1])
    return parent.key_starts[str(node.path[-1])] if isinstance(parent, Entries) else node.start
