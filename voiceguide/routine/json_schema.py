"""The format as a JSON Schema (2020-12), for editors: made from the models that read a file.

It knows shapes, keys and how values are written. What needs more than that (whether words fit their time, a cue lies in
its slot, a sound is there) is `voiceguide check`'s: the schema takes every file that has no fault, and refuses most,
not all, of the others.
"""

from __future__ import annotations

import ast
import inspect
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from voiceguide.durations import LENGTHS
from voiceguide.routine import forms, limits, rules, schema
from voiceguide.routine.sounds import bundled
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

FILE = "routine.schema.json"
"""What the schema's file is called beside a routine."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "A voiceguide routine"


def document() -> dict[str, Any]:
    """Return the schema; the names of sounds in it are those that are there."""
    made = schema.Routine.model_json_schema(schema_generator=_OfFiles)
    models = {"Routine": made, **made["$defs"]}
    for name, across in _across().items():
        models[name].update(across)
    for name, fields in _within().items():
        for field, more in fields.items():
            models[name]["properties"][field].update(more)
    docstrings = _docstrings()
    for name, model in models.items():
        del model["title"]
        for field, told in model["properties"].items():
            told["description"] = spaced(docstrings.get(name, {}).get(field) or told["description"])
    return {"$schema": DIALECT, "title": TITLE, **made}


def _docstrings() -> dict[str, dict[str, str]]:
    """Return what stands below each field of the models, by model: read here, as only editors are told it.

    Pydantic would read the file at every start.
    """
    told: dict[str, dict[str, str]] = {}
    for model in (*ast.parse(inspect.getsource(forms)).body, *ast.parse(inspect.getsource(schema)).body):
        if isinstance(model, ast.ClassDef):
            own = told[model.name] = {}
            for base in model.bases:
                own |= told.get(ast.unparse(base), {})
            for field, below in pairwise(model.body):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    own[ast.unparse(field.target)] = inspect.cleandoc(ast.literal_eval(below.value))
    return told


def text() -> str:
    """Return the schema as a file."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


class _OfFiles(GenerateJsonSchema):
    """Pydantic's schema of a model, turned to what an author writes."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's signature)
        """No field has a title: its key is one."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key may be missing; with nothing behind it, it is a fault."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Defaults are told as they would be written; where there is none, nothing is."""
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if default is None or default == []:
            return inner
        return {**inner, "default": f"{default:g}s" if isinstance(default, float) else default}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """A list's item with steps is a group, whatever else it has; so editors name what is wrong with the group."""
        forms = {tag: self.generate_inner(choice) for tag, choice in schema["choices"].items()}
        if "<group>" in forms:
            is_group = {"type": "object", "required": ["steps"]}
            return {"if": is_group, "then": forms["<group>"], "else": forms["<step>"]}
        return {"anyOf": [*forms.values()]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping with free keys: by language, or of words."""
        return {
            "type": "object",
            "propertyNames": self.generate_inner(schema["keys_schema"]),
            "additionalProperties": self.generate_inner(schema["values_schema"]),
            "minProperties": schema["min_length"],
        }


def _across() -> Mapping[str, dict[str, Any]]:
    """Return what spans several fields of a model, by its name: rules of `rules.py` that are about shape."""
    filled: dict[str, Any] = {"not": {"const": []}}
    asks = _has("check_in", {"const": True})
    step = {
        "anyOf": [_has("say"), _has("hold"), _has("duration")],
        "allOf": [
            _if({"anyOf": [_has("cues", filled), _has("reminders", filled), asks]}, _has("duration")),
            _if(asks, {"not": _has("hold")}),
            _if(_has("rhythm"), {"allOf": [_has("duration"), {"not": _has("hold")}]}),
            _if(
                {"allOf": [_has("hold"), {"not": _has("duration")}]},
                {"properties": {"hold": _has("times")}},
            ),
        ],
    }
    rhythm = {"not": {"allOf": [_has("lift", {"const": True}), _has("say_back")]}}
    return {
        "Step": step,
        "GroupStep": step,
        "Rhythm": rhythm,
        "Cue": {"oneOf": [_has("say"), _has("chime")]},
        "Pronunciation": {"minProperties": 1},
    }


def _has(key: str, value: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the condition that a key is there, with a value as asked."""
    condition: dict[str, Any] = {"required": [key]}
    return condition if value is None else condition | {"properties": {key: value}}


def _if(condition: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    return {"if": condition, "then": then}


def _within() -> Mapping[str, dict[str, dict[str, Any]]]:
    """Return what is known of single fields beyond their type, by model: how many, and which names there are."""
    only = {"examples": [*LENGTHS]}
    of_step = {
        "chime": _sound(*bundled("chimes"), "none"),
        "only": only,
        "cues": {"maxItems": limits.MOST_CUES},
        "show": _sound(*bundled("drawings")),
    }
    sides = {"maxItems": limits.MOST_SIDES, "patternProperties": {"": {"maxItems": limits.MOST_SIDES}}}
    not_a_length = {"not": {"enum": [*LENGTHS]}}
    return {
        "Routine": {
            "bed": _sound(*bundled("beds"), "none"),
            "setups": {**not_a_length, "items": not_a_length, "uniqueItems": True, "maxItems": limits.MOST_SETUPS},
            "steps": {"maxItems": limits.MOST_STEPS},
        },
        "Safety": {
            # In a mapping by language, every language has a list of its own.
            key: {"maxItems": most, "patternProperties": {"": {"maxItems": most}}}
            for key, most in rules.MOST_SPOKEN.items()
        },
        "Step": {**of_step, "sides": sides},
        "GroupStep": of_step,
        "Rhythm": {"sound": _sound(*bundled("chimes"), "none")},
        "Group": {"only": only, "sides": sides},
        "Cue": {"chime": _sound(*bundled("chimes")), "only": only},
    }


def _sound(*names: str) -> dict[str, Any]:
    """Return the schema of a sound or a drawing: one of the names, so that editors offer them, or a file."""
    return {"anyOf": [{"enum": [*names]}, {"type": "string", "pattern": r"\.[A-Za-z0-9]{2,5}$"}]}
