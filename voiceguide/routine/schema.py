"""What a routine's file may hold: pydantic models, the base of its JSON Schema too (`json_schema.py`).

They are fed the tree of `yaml.py` as lists and dicts with `Scalar` leaves, so that each leaf is judged as it was
written (`1:30` is a duration, `2024` a title). What spans several fields is in `rules.py`. A field's docstring is what
an editor shows to the author who points at its key.
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


def _shape(value: object) -> str:
    """Tell the forms of a field apart; tags are in angle brackets, so that no key of a file is taken for one."""
    if isinstance(value, dict):
        return "<mapping>"
    return "<list>" if isinstance(value, list) else "<one>"


def _step_or_group(value: object) -> str:
    return "<group>" if isinstance(value, dict) and "steps" in value else "<step>"


def _text_or_settle(value: object) -> str:
    return "<settle>" if isinstance(value, dict) and "say" in value else _shape(value)


def _forms(expected: str, shape: Callable[[object], str] = _shape) -> Discriminator:
    return Discriminator(shape, custom_error_type="wrong-type", custom_error_message=f"expected {expected}")


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
LanguageTag = Annotated[str, PlainValidator(scalars.language), _LANGUAGE]
LanguageKey = Annotated[str, PlainValidator(scalars.language_key), _LANGUAGE]
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
    Annotated[Literal["both"], PlainValidator(scalars.both), WithJsonSchema({"const": "both"}), Tag("<one>")]
    | Annotated[list[Text], Field(min_length=1), Tag("<list>")]
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


class Input(BaseModel):
    """A mapping of the file; keys it does not know are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class DurationByLength(Input):
    """A slot's length, for the short and the full routine."""

    short: Open | None = None
    """In the short routine: "90s", "2m", or a range as "2-3 min"."""
    full: Open | None = None
    """In the full routine: "4m", or a range as "3-5 min"."""


class TimesByLength(Input):
    """Rounds, for the short and the full routine."""

    short: Times | None = None
    """How many rounds in the short routine."""
    full: Times | None = None
    """How many rounds in the full routine."""


class Lengths(Input):
    """Exact totals, opening and closing included."""

    short: Exact | None = None
    """How long the short session lasts in all, as "9m"."""
    full: Exact | None = None
    """How long the full session lasts in all, as "20m"."""


class Cue(Input):
    """Words or a sound at a moment of the slot."""

    at: Moment
    """When: "50%" is a share of the step, "45s" is after its start, "-30s" is before its end."""
    say: Text | None = None
    """What is said then. A cue says something or sounds, not both."""
    say_again: Text | None = None
    """What is said then on the later sides: another text, or none for nothing. Left out: the same again."""
    chime: Word | None = None
    """The sound that is heard then: its name, or a file beside the routine."""
    only: SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""


class Hold(Input):
    """Rounds of easing in, pressing, releasing and moving on."""

    times: (
        Annotated[
            Annotated[Times, Tag("<one>")] | Annotated[TimesByLength, Tag("<mapping>")],
            _forms("a whole number, or {short: 3, full: 6}"),
        ]
        | None
    ) = None
    """How many rounds: 5, or {short: 3, full: 6}. Left out: as many as the time holds."""
    press: Exact
    """How long a press lasts, as "5s"."""
    release: ExactOrZero = 0.0
    """How long letting go lasts, as "3s"."""
    sink: ExactOrZero = 0.0
    """Time to ease in before the press, as "3s"."""
    move: ExactOrZero = 0.0
    """Time to find the next spot, as "3s"."""
    say_press: Text | None = None
    """What is said as the press starts. Left out, it is "Press and hold"."""
    say_release: Text | None = None
    """What is said as the release starts. Left out, it is "And release"."""
    spoken: Spoken = 3
    """How many of the first rounds are spoken, besides the last: a number, or all. The others only sound."""


class Rhythm(Input):
    """Strokes paced by the voice, then by a soft sound, then by nothing."""

    out: Phase
    """How long a stroke takes on its way out, as "6s"; from 2 to 12 seconds."""
    back: Phase | None = None
    """How long it takes on its way back, as "6s". Left out: as long as out."""
    lift: Truth = False
    """true for a one-way stroke: the hands come back without a word, off the skin or light as a feather."""
    say_out: Text | None = None
    """What is said as the hands go out. Left out, it is "Glide"."""
    say_back: Text | None = None
    """What is said as they come back. Left out, it is "Back"."""
    say_last: Text | None = None
    """What is said as the last stroke starts. Left out, it is "One last time"."""
    voiced: Count = 2
    """How many strokes are spoken at first; on later sides it is one."""
    sound: Word = "swell"
    """The sound of the strokes after them: its name, a file beside the routine, or none."""
    sounded: Count = 4
    """How many strokes after the spoken ones sound."""
    again: ExactOrZero = 90.0
    """After how long a stroke is spoken anew, as "90s"; 0s for never."""


class GroupStep(Input):
    """A step of a group."""

    name: Text
    """What the step is called: the chapter's title, and what is announced as next."""
    say: SomeTexts | None = None
    """What the hands do: one sentence an action. "[pause 4s]" makes room, "[breath]" is a slow breath."""
    duration: (
        Annotated[
            Annotated[Open, Tag("<one>")] | Annotated[DurationByLength, Tag("<mapping>")],
            _forms("a duration, or {short: 2m, full: 4m}"),
        ]
        | None
    ) = None
    """How long the hands have, for one side: "90s", "2m", "1:30". A range as "2-3 min" is the short and the full
    routine's time; {short: 2m, full: 4m} says both. Left out: as long as the words need."""
    only: SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""
    stretch: Truth = True
    """Whether the step grows and shrinks when a listener asks for another total."""
    say_again: SomeTexts | None = None
    """What is said on the later sides, with {side} for the side's name. Left out: the step's name."""
    switch: Text | None = None
    """What is said between two sides. Left out, it is "Now the right side", say."""
    hold: Hold | None = None
    """Rounds of pressing and letting go, counted aloud."""
    rhythm: Rhythm | None = None
    """Strokes at a steady pace, as {out: 6s, back: 6s}; needs a duration."""
    cues: list[Cue] = []
    """Words and sounds at moments of the step, each as {at: 45s, say: Slower now.}"""
    reminders: Texts | None = None
    """Short sentences that break a long silence; the routine's own come after them."""
    warn: Text | None = None
    """One sentence of care, said just before the hands start."""
    check_in: Truth = False
    """true asks the receiver about the pressure, and leaves time for the answer."""
    oil: Truth = False
    """true makes time to take oil before the step."""
    pressure: Pressure | None = None
    """How firm the hands are, from 1 to 7; said as light, medium or firm when that changes."""
    touch: Truth = True
    """false where the hands are not on a body: preparing, warming oil."""
    position: Text | None = None
    """How the receiver lies or sits from here on; a new one gets time to turn over."""
    chime: Word = "step"
    """The sound at the start: its name, a file beside the routine, or none."""
    transition: ExactOrZero = 4.0
    """How long the change to this step lasts at least, as "6s"; and from side to side."""
    ready: Truth = False
    """true makes a stop point after the step, to pause until everybody is ready."""


class Step(GroupStep):
    """A step."""

    sides: Sides | None = None
    """The step is done once for each, as [left, right]: the receiver's left and right."""


class Group(Input):
    """Steps done all on one side, then all on the other."""

    name: Text
    """What the steps are together, as: One leg."""
    sides: Sides | None = None
    """All the steps are done on the first of these, then all on the next, as [left, right]."""
    only: SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""
    switch: Text | None = None
    """What is said between two sides. Left out, it is "Now the right side", say."""
    transition: ExactOrZero = 4.0
    """How long the change from side to side lasts at least, as "6s"."""
    steps: Annotated[list[GroupStep], Field(min_length=1)]
    """The steps in order, without sides of their own."""


class Safety(Input):
    """What the gate says."""

    do_not_start: Texts | None = None
    """Not today with these: at most 7, each a few words, as: a fever."""
    ask_first: Texts | None = None
    """A doctor first with these: at most 5."""
    core: Texts | None = None
    """Not today with these, in the short words of care: at most 7. Left out: the program's own list."""
    always: Texts | None = None
    """Not today with these, whatever words of care are asked for: at most 2, as: a sudden, tearing pain."""
    avoid: Texts | None = None
    """What the one who presses should mind: at most 5."""
    more: Texts | None = None
    """More to mind, which is shown by `voiceguide show` and never spoken."""


class Settle(Input):
    """What the receiver does while the opening is spoken."""

    say: Text
    """At most 8 words, as: face down, back bare."""
    only: SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""


Settles = Annotated[
    Annotated[Word, Tag("<one>")]
    | Annotated[
        list[
            Annotated[
                Annotated[Word, Tag("<one>")]
                | Annotated[ByLanguage, Tag("<mapping>")]
                | Annotated[Settle, Tag("<settle>")],
                _forms("a text, or {say: …, only: …}", _text_or_settle),
            ]
        ],
        Tag("<list>"),
    ]
    | Annotated[_ListByLanguage, Tag("<mapping>")],
    _forms("a text, or a list of {say: …, only: …}"),
]


class Routine(Input):
    """A massage routine."""

    format: Annotated[Literal[1], PlainValidator(scalars.first_format), WithJsonSchema({"const": 1})] = 1
    """The version of the format; 1 is the only one."""
    title: Text
    """What the routine is called; said first."""
    summary: Text
    """One line about it, for lists."""
    language: LanguageTag = "en"
    """The language of the plain texts, as "en" or "de"."""
    audience: Annotated[
        str, PlainValidator(scalars.one_of("giver", "self")), WithJsonSchema({"enum": ["giver", "self"]})
    ] = "giver"
    """Who listens: giver is the one who presses, for two; self is somebody alone with their own hands."""
    receivers: Receivers = 1
    """2 where two people take turns."""
    tags: Words = []
    """Words to find it by."""
    position: Text | None = None
    """How the receiver lies or sits at first."""
    setups: Words = []
    """Ways to do it, as [lying, seated]; the listener picks one, the first by default."""
    bed: Word | None = None
    """The sound below it all: a name, a file beside the routine, or none. Left out: warm-pad."""
    need: Texts | None = None
    """What to have at hand, as [a towel, a little oil]."""
    safety: Safety | None = None
    """The words of care before anybody is touched."""
    lengths: Lengths | None = None
    """How long whole sessions last, opening and closing included. Left out: as the steps come out."""
    settle: Settles | None = None
    """What the receiver does while the opening is spoken, at most 8 words: face down, back bare."""
    reminders: Texts | None = None
    """Short sentences for every step with a duration; they break a long silence."""
    end: Text | None = None
    """How the hands leave the body, as: Slide your hands out. Left out: "Slowly, lift your hands away"."""
    closing: Texts | None = None
    """Sentences of your own at the very end."""
    steps: Annotated[
        list[
            Annotated[Annotated[Step, Tag("<step>")] | Annotated[Group, Tag("<group>")], Discriminator(_step_or_group)]
        ],
        Field(min_length=1),
    ]
    """What is done, in order; at least one step."""
