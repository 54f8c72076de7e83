"""What a routine's file may hold: pydantic models, the base of its JSON Schema too.

They are fed the tree of `yaml.py` as lists and dicts with `Scalar` leaves, so that each leaf is judged as it was
written (`1:30` is a duration, `2024` a title). What spans several fields is in `rules.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from voiceguide.durations import Range
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


def _shape(value: object) -> str:
    """Tell the forms of a field apart; tags are in angle brackets, so that no key of a file is taken for one."""
    if isinstance(value, dict):
        return "<mapping>"
    return "<list>" if isinstance(value, list) else "<one>"


def _step_or_group(value: object) -> str:
    return "<group>" if isinstance(value, dict) and "steps" in value else "<step>"


def _forms(expected: str) -> Discriminator:
    return Discriminator(_shape, custom_error_type="wrong-type", custom_error_message=f"expected {expected}")


def _string(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "minLength": 1, "description": description})


Word = Annotated[str, PlainValidator(scalars.text), WithJsonSchema({"type": "string", "minLength": 1})]
LanguageTag = Annotated[str, PlainValidator(scalars.language), _string('A BCP 47 tag, as "en" or "de-AT"')]
LanguageKey = Annotated[str, PlainValidator(scalars.language_key), _string('A BCP 47 tag, as "en" or "de-AT"')]
ByLanguage = Annotated[dict[LanguageKey, Word], Field(min_length=1)]
Text = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[ByLanguage, Tag("<mapping>")],
    _forms("one text, or one for each language as {en: …, de: …}"),
]
"""One text, plain or by language."""

_Lines = Annotated[list[Word], Field(min_length=1)]
_WordOrLines = Annotated[Annotated[Word, Tag("<one>")] | Annotated[_Lines, Tag("<list>")], _forms("a text or a list")]
_ListByLanguage = Annotated[dict[LanguageKey, _WordOrLines], Field(min_length=1)]
_TEXTS = "a text, a list of texts, or either for each language"
Texts = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Text], Tag("<list>")] | Annotated[_ListByLanguage, Tag("<mapping>")],
    _forms(_TEXTS),
]
"""Texts, a list of them; one on its own is a list of one."""
SomeTexts = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[list[Text], Field(min_length=1), Tag("<list>")]
    | Annotated[_ListByLanguage, Tag("<mapping>")],
    _forms(_TEXTS),
]
"""Texts, at least one."""
Sides = Annotated[
    Annotated[list[Text], Field(min_length=1), Tag("<list>")]
    | Annotated[dict[LanguageKey, _Lines], Field(min_length=1), Tag("<mapping>")],
    _forms("a list of sides, as [left, right]"),
]
Words = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Word], Tag("<list>")],
    _forms("a word or a list of words"),
]
"""Words that are names, never spoken; one on its own is a list of one."""
SomeWords = Annotated[
    Annotated[Word, Tag("<one>")] | Annotated[list[Word], Field(min_length=1), Tag("<list>")],
    _forms("a word or a list of words"),
]
"""Words, at least one."""

_DURATION = _string('As "90s", "2m", "3m30s", "1:30"')
Exact = Annotated[float, PlainValidator(scalars.exact), _DURATION]
ExactOrZero = Annotated[float, PlainValidator(scalars.exact_or_zero), _DURATION]
Open = Annotated[Range, PlainValidator(scalars.open_duration), _string('As "2m" or "3-5 min"')]
Moment = Annotated[At, PlainValidator(scalars.moment), _string('As "50%", "45s" or "-30s"')]
Truth = Annotated[bool, PlainValidator(scalars.truth), WithJsonSchema({"type": "boolean"})]
Times = Annotated[int, PlainValidator(scalars.whole(1, None)), WithJsonSchema({"type": "integer", "minimum": 1})]
Pressure = Annotated[
    int, PlainValidator(scalars.whole(1, 7)), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 7})
]
Spoken = Annotated[
    int | Literal["all"],
    PlainValidator(scalars.spoken),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": "all"}]}),
]


class Input(BaseModel):
    """A mapping of the file; keys it does not know are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class DurationByLength(Input):
    """A slot's length, for the short and the full routine."""

    short: Open | None = None
    """In the short routine."""
    full: Open | None = None
    """In the full routine."""


class TimesByLength(Input):
    """Rounds, for the short and the full routine."""

    short: Times | None = None
    """In the short routine."""
    full: Times | None = None
    """In the full routine."""


class Lengths(Input):
    """Exact totals, opening and closing included."""

    short: Exact | None = None
    """Of the short routine."""
    full: Exact | None = None
    """Of the full routine."""


class Cue(Input):
    """Words or a sound at a moment of the slot."""

    at: Moment
    """A share of the slot, a time after its start, or one before its end."""
    say: Text | None = None
    """The words."""
    chime: Word | None = None
    """A sound's name, or a file beside the routine."""
    only: SomeWords | None = None
    """Lengths and setups it is for; always, if it is not there."""


class Hold(Input):
    """Rounds of easing in, pressing, releasing and moving on."""

    times: (
        Annotated[
            Annotated[Times, Tag("<one>")] | Annotated[TimesByLength, Tag("<mapping>")],
            _forms("a whole number, or {short: 3, full: 6}"),
        ]
        | None
    ) = None
    """How many rounds; as many as the slot holds, if it is not there."""
    press: Exact
    """How long a press lasts."""
    release: ExactOrZero = 0.0
    """How long a release lasts."""
    sink: ExactOrZero = 0.0
    """Easing in before the press."""
    move: ExactOrZero = 0.0
    """Finding the next spot after the release."""
    say_press: Text | None = None
    """Said as the press starts."""
    say_release: Text | None = None
    """Said as the release starts."""
    spoken: Spoken = 3
    """How many of the first rounds are voiced, besides the last."""


class GroupStep(Input):
    """A step of a group."""

    name: Text
    """The chapter's title."""
    say: SomeTexts | None = None
    """The instruction."""
    duration: (
        Annotated[
            Annotated[Open, Tag("<one>")] | Annotated[DurationByLength, Tag("<mapping>")],
            _forms("a duration, or {short: 2m, full: 4m}"),
        ]
        | None
    ) = None
    """One side's time."""
    only: SomeWords | None = None
    """Lengths and setups it is for; always, if it is not there."""
    stretch: Truth = True
    """Whether it grows and shrinks with a chosen total."""
    say_again: SomeTexts | None = None
    """The instruction on the later sides."""
    switch: Text | None = None
    """Said in the changeover."""
    hold: Hold | None = None
    """Rounds of pressing and releasing."""
    cues: list[Cue] = []
    """Words and sounds at moments of the slot."""
    reminders: Texts | None = None
    """Said in silent stretches."""
    warn: Text | None = None
    """Said just before the slot."""
    check_in: Truth = False
    """Asks the receiver about pressure."""
    oil: Truth = False
    """A moment to oil the hands again."""
    pressure: Pressure | None = None
    """Of 7; spoken when it changes."""
    position: Text | None = None
    """How the receiver lies from here on."""
    chime: Word = "step"
    """The sound at the start, or none."""
    transition: ExactOrZero = 4.0
    """The lead-in lasts at least this."""
    ready: Truth = False
    """A stop point after the step."""


class Step(GroupStep):
    """A step."""

    sides: Sides | None = None
    """Done once a side."""


class Group(Input):
    """Steps done all on one side, then all on the other."""

    name: Text
    """What the steps are together."""
    sides: Sides | None = None
    """Its steps are done once a side."""
    only: SomeWords | None = None
    """Lengths and setups it is for; always, if it is not there."""
    switch: Text | None = None
    """Said in the changeover."""
    transition: ExactOrZero = 4.0
    """The changeover lasts at least this."""
    steps: Annotated[list[GroupStep], Field(min_length=1)]
    """In order."""


class Safety(Input):
    """What the gate says."""

    do_not_start: Texts | None = None
    """Not today with these; at most 7."""
    ask_first: Texts | None = None
    """A doctor first with these; at most 5."""
    avoid: Texts | None = None
    """Said to the one who presses; at most 5."""
    more: Texts | None = None
    """Shown, never spoken."""


class Routine(Input):
    """A massage routine."""

    format: Annotated[Literal[1], PlainValidator(scalars.first_format), WithJsonSchema({"const": 1})] = 1
    """Of this file."""
    title: Text
    """What it is called."""
    summary: Text
    """One line for lists."""
    language: LanguageTag = "en"
    """Of the plain texts."""
    audience: Annotated[
        str, PlainValidator(scalars.one_of("giver", "self")), WithJsonSchema({"enum": ["giver", "self"]})
    ] = "giver"
    """Who listens: the one who presses, or someone alone."""
    tags: Words = []
    """To find it by."""
    position: Text | None = None
    """How the receiver lies at first."""
    setups: Words = []
    """Ways to do it; the first is the default."""
    bed: Word | None = None
    """The sound below it all: a name, a file beside the routine, or none."""
    need: Texts | None = None
    """What to have at hand."""
    safety: Safety | None = None
    """What the gate says."""
    lengths: Lengths | None = None
    """Exact totals."""
    reminders: Texts | None = None
    """Used after a step's own, in every step with a duration."""
    closing: Texts | None = None
    """Said at the end."""
    steps: Annotated[
        list[
            Annotated[Annotated[Step, Tag("<step>")] | Annotated[Group, Tag("<group>")], Discriminator(_step_or_group)]
        ],
        Field(min_length=1),
    ]
    """In order."""
