"""What a value of a routine's file may be: the types of the models' fields (`schema.py`), and of their schema.

The tree of `yaml.py` reaches the models as lists and dicts with `Scalar` leaves (`plain`), so that each leaf is judged
as it was written (`1:30` is a duration, `2024` a title).
"""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 (pydantic reads this module's names)
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from voiceguide.durations import ONE_WRITTEN, RANGE_WRITTEN, Range
from voiceguide.routine import scalars
from voiceguide.routine.model import At
from voiceguide.routine.yaml import Entries, Items, Node


def plain(node: Node) -> Any:
    """Return the tree as the lists and dicts the models take; scalars, and nodes at fault, stay nodes."""
    match node:
        case Entries(values=values):
            return {key: plain(value) for key, value in values.items()}
        case Items(values=values):
            return [plain(value) for value in values]
        case _:
            return node


def shape(value: object) -> str:
    """Tell the forms of a field apart; tags are in angle brackets, so that no key of a file is taken for one."""
    if isinstance(value, dict):
        return "<mapping>"
    return "<list>" if isinstance(value, list) else "<one>"


def shaped(expected: str, tell: Callable[[object], str] = shape) -> Discriminator:
    """Return what chooses among the forms of a field, as `tell` tells them apart, or says what was expected."""
    return Discriminator(tell, custom_error_type="wrong-type", custom_error_message=f"expected {expected}")


STRICT = ConfigDict(extra="forbid", frozen=True, defer_build=True)
"""How mappings of a file are read: keys that they don't know are faults."""


def varied_shape(value: object) -> str:
    """Tell apart the forms of a field that may hold several wordings of one text."""
    return "<any>" if isinstance(value, dict) and scalars.WORDINGS in value else shape(value)


def _string(**rules: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **rules})


def _time(pattern: str, examples: str, *, zero: bool = False) -> WithJsonSchema:
    """Return the schema of a time; a number without a unit is none, so YAML's own numbers are not."""
    above_zero = "" if zero else "(?=[^1-9]*[1-9])"
    return _string(
        pattern=rf"^\s*{above_zero}{pattern}\s*$",
        maxLength=scalars.LONGEST_WRITTEN,
        patternErrorMessage=f"Write it as {examples}.",  # editors show it in place of the pattern
    )


def _number(low: int, high: int | None = None) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": low} | ({} if high is None else {"maximum": high}))


# A title may be 2024, and a name "true": both are texts, as they are written.
_WRITTEN = WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": r"\S"})
_LANGUAGE = _string(pattern=f"^{scalars.LANGUAGE.pattern}$")

Word = Annotated[str, PlainValidator(scalars.text), _WRITTEN]
Name = Annotated[str, PlainValidator(scalars.name), _WRITTEN]
LanguageTag = Annotated[str, PlainValidator(scalars.language), _LANGUAGE]
LanguageKey = Annotated[
    str, PlainValidator(scalars.language_key), _string(pattern=f"^(?!{scalars.WORDINGS}$){scalars.LANGUAGE.pattern}$")
]
ByLanguage = Annotated[dict[LanguageKey, Word], Field(min_length=1)]
Text = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[ByLanguage, Tag("<mapping>")],
    shaped("one text, or one for each language as {en: …, de: …}"),
]
"""One text, plain or by language."""

_Lines = Annotated[list[Word], Field(min_length=1)]
_WordOrLines = Annotated[Annotated[Word, Tag("<one>")] | Annotated[_Lines, Tag("<list>")], shaped("a text or a list")]
ListByLanguage = Annotated[dict[LanguageKey, _WordOrLines], Field(min_length=1)]
_TEXTS = "a text, a list of texts, or either for each language"
Texts = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Text], Tag("<list>")] | Annotated[ListByLanguage, Tag("<mapping>")],
    shaped(_TEXTS),
]
"""Texts, a list of them; one on its own is a list of one."""
SomeTexts = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[list[Text], Field(min_length=1), Tag("<list>")]
    | Annotated[ListByLanguage, Tag("<mapping>")],
    shaped(_TEXTS),
]
"""Texts, at least one."""


class OwnWordings(BaseModel):
    """Several wordings of one text, in one language."""

    model_config = STRICT

    any: _Lines
    """The wordings, at least one; each visit says another."""


class Wordings(BaseModel):
    """Several wordings of one text."""

    model_config = STRICT

    any: Annotated[
        Annotated[list[Text], Field(min_length=1), Tag("<list>")] | Annotated[ListByLanguage, Tag("<mapping>")],
        shaped("a list of wordings"),
    ]
    """The wordings, at least one; each visit says another."""


_Own = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[OwnWordings, Tag("<any>")],
    shaped("a text, or {any: [one, another]}", varied_shape),
]
_OwnOrLines = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[OwnWordings, Tag("<any>")]
    | Annotated[list[_Own], Field(min_length=1), Tag("<list>")],
    shaped("a text or a list", varied_shape),
]
Varied = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[Wordings, Tag("<any>")]
    | Annotated[dict[LanguageKey, _Own], Field(min_length=1), Tag("<mapping>")],
    shaped("one text, one for each language as {en: …, de: …}, or {any: [one, another]}", varied_shape),
]
"""One text that may have several wordings."""
VariedTexts = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[Wordings, Tag("<any>")]
    | Annotated[list[Varied], Tag("<list>")]
    | Annotated[dict[LanguageKey, _OwnOrLines], Field(min_length=1), Tag("<mapping>")],
    shaped(_TEXTS, varied_shape),
]
"""Texts, each of which may have several wordings; one on its own is a list of one."""
Sides = Annotated[
    Annotated[Literal["both"], PlainValidator(scalars.both), WithJsonSchema({"const": "both"}), Tag("<one>")]
    | Annotated[list[Text], Field(min_length=1), Tag("<list>")]
    | Annotated[dict[LanguageKey, _Lines], Field(min_length=1), Tag("<mapping>")],
    shaped("a list of sides, as [left, right]"),
]
Words = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Word], Tag("<list>")],
    shaped("a word or a list of words"),
]
"""Words that are names, never spoken; one on its own is a list of one."""
SomeWords = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Word], Field(min_length=1), Tag("<list>")],
    shaped("a word or a list of words"),
]
"""Words, at least one."""

Phase = Annotated[float, PlainValidator(scalars.phase), _time(ONE_WRITTEN, "6s")]
Exact = Annotated[float, PlainValidator(scalars.exact), _time(ONE_WRITTEN, "90s, 2m or 1:30")]
ExactOrZero = Annotated[float, PlainValidator(scalars.exact_or_zero), _time(ONE_WRITTEN, "5s, or 0s", zero=True)]
Open = Annotated[Range, PlainValidator(scalars.open_duration), _time(RANGE_WRITTEN, "90s, 2m, 1:30 or 3-5 min")]
_MOMENT = rf"(?:\d{{1,2}}(?:[.,]\d+)?\s*%|[-−]?\s*{ONE_WRITTEN})"
Moment = Annotated[At, PlainValidator(scalars.moment), _time(_MOMENT, "50%, 45s or -30s", zero=True)]
Truth = Annotated[bool, PlainValidator(scalars.truth), WithJsonSchema({"type": "boolean"})]
Times = Annotated[int, PlainValidator(scalars.whole(1, None)), _number(1)]
Receivers = Annotated[int, PlainValidator(scalars.whole(1, 2)), _number(1, 2)]
Pressure = Annotated[int, PlainValidator(scalars.whole(1, 7)), _number(1, 7)]
Count = Annotated[int, PlainValidator(scalars.whole(0, None)), _number(0)]
Spoken = Annotated[
    int | Literal["all"],
    PlainValidator(scalars.spoken),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "all"}]}),
]

WordKey = Annotated[str, PlainValidator(scalars.word_key), _string(pattern=r"\w", maxLength=scalars.LONGEST_WORD)]
Ipa = Annotated[str, PlainValidator(scalars.ipa), _string(pattern=r"\S")]
Respelling = Annotated[str, PlainValidator(scalars.respelling), _WRITTEN]
