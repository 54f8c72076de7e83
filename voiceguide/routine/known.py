"""Which keys stand where in a routine's file, for what reads its lines before YAML does, and for what changes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from voiceguide.routine import schema
from voiceguide.routine.walk import LISTS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from voiceguide.routine.source import KeyPath

_BY_OWNER: dict[str, type[BaseModel]] = {
    "safety": schema.Safety,
    "settle": schema.Settle,
    "lengths": schema.Lengths,
    "cues": schema.Cue,
    "hold": schema.Hold,
    "rhythm": schema.Rhythm,
    "duration": schema.DurationByLength,
    "times": schema.TimesByLength,
}
_MAPPINGS = ("steps", "cues", "settle")
"""Lists whose items are mappings."""
_WORD_LISTS = ("tags", "setups", "only")
FIRST = {"steps": "name", "cues": "at"}
"""The key that an item of a list begins with."""


def keys(path: KeyPath) -> frozenset[str]:
    """Return the keys of the mapping at a path; none where they are an author's own, as languages are."""
    return _keys(tuple(key for key in path if isinstance(key, str)))


def in_order(path: KeyPath) -> tuple[str, ...]:
    """Return the keys of the mapping at a path in the order that the format tells of them."""
    names = tuple(key for key in path if isinstance(key, str))
    if names == ("steps",):
        first = ("name", "only", "sides")
        return (*first, *(key for key in schema.Step.model_fields if key not in first), "steps")
    model = _model(names)
    return tuple(model.model_fields) if model else ()


def required(path: KeyPath) -> frozenset[str]:
    """Return the keys that the mapping at a path cannot be without."""
    model = _model(tuple(key for key in path if isinstance(key, str)))
    fields = model.model_fields.items() if model else ()
    return frozenset(key for key, field in fields if field.is_required())


def _model(names: tuple[str, ...]) -> type[BaseModel] | None:
    match names:
        case ():
            return schema.Routine
        case ("steps",) | ("steps", "steps"):
            return schema.GroupStep
        case (*_, last):
            return _BY_OWNER.get(last)
    return None


@cache
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    if names == ("steps",):
        return frozenset((*schema.Step.model_fields, *schema.Group.model_fields))
    model = _model(names)
    return frozenset(model.model_fields) if model else frozenset()


def owner(path: KeyPath) -> str:
    """Return the field that a path is in: its last key, or the one before a language's."""
    names = [key for key in path if isinstance(key, str)]
    if len(names) > 1 and not _keys(tuple(names[:-1])):
        return names[-2]
    return names[-1] if names else ""


def takes_list(path: KeyPath) -> bool:
    """Whether a list may stand at a path."""
    return _is_field(path) and owner(path) in (*LISTS, *_MAPPINGS, *_WORD_LISTS)


def has_mappings(path: KeyPath) -> bool:
    """Whether the items of the list at a path are mappings."""
    return _is_field(path) and owner(path) in _MAPPINGS


def _is_field(path: KeyPath) -> bool:
    return bool(path) and isinstance(path[-1], str)


def is_text(path: KeyPath) -> bool:
    """Whether what stands at a path is said or shown: no number, time or name of a sound."""
    return owner(path) in _TEXTS


_TEXTS = frozenset(
    (
        *("title", "summary", "position", "end", "name", "switch", "warn"),
        *("say_press", "say_release", "say_out", "say_back", "say_last"),
        *LISTS,
    )
)
