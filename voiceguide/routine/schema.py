"""What a routine's file may hold: pydantic models, the base of its JSON Schema too (`json_schema.py`).

What a single value may be is in `forms.py`, what spans several fields in `rules.py`. A field's docstring is what an
editor shows to the author who points at its key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import (
    BaseModel,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
    create_model,
)

from voiceguide.routine import forms, scalars


def _step_or_group(value: object) -> str:
    return "<group>" if isinstance(value, dict) and "steps" in value else "<step>"


def _text_or_settle(value: object) -> str:
    return "<settle>" if isinstance(value, dict) and "say" in value else forms.shape(value)


class Input(BaseModel):
    """A mapping of the file; keys it does not know are faults."""

    model_config = forms.STRICT


class DurationByLength(Input):
    """A slot's length, for the short and the full routine."""

    short: forms.Open | None = None
    """In the short routine: "90s", "2m", or a range as "2-3 min"."""
    full: forms.Open | None = None
    """In the full routine: "4m", or a range as "3-5 min"."""


class TimesByLength(Input):
    """Rounds, for the short and the full routine."""

    short: forms.Times | None = None
    """How many rounds in the short routine."""
    full: forms.Times | None = None
    """How many rounds in the full routine."""


class Lengths(Input):
    """Exact totals, opening and closing included."""

    short: forms.Exact | None = None
    """How long the short session lasts in all, as "9m"."""
    full: forms.Exact | None = None
    """How long the full session lasts in all, as "20m"."""


class Cue(Input):
    """Words or a sound at a moment of the slot."""

    at: forms.Moment
    """When: "50%" is a share of the step, "45s" is after its start, "-30s" is before its end."""
    say: forms.Varied | None = None
    """What is said then. A cue says something or sounds, not both. {any: [one, another]} has other words each visit."""
    say_again: forms.Varied | None = None
    """What is said then on the later sides: another text, or none for nothing. Left out: the same again."""
    chime: forms.Word | None = None
    """The sound that is heard then: its name, or a file beside the routine."""
    only: forms.SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""


class Hold(Input):
    """Rounds of easing in, pressing, releasing and moving on."""

    times: (
        Annotated[
            Annotated[forms.Times, Tag("<one>")] | Annotated[TimesByLength, Tag("<mapping>")],
            forms.shaped("a whole number, or {short: 3, full: 6}"),
        ]
        | None
    ) = None
    """How many rounds: 5, or {short: 3, full: 6}. Left out: as many as the time holds."""
    press: forms.Exact
    """How long a press lasts, as "5s"."""
    release: forms.ExactOrZero = 0.0
    """How long letting go lasts, as "3s"."""
    sink: forms.ExactOrZero = 0.0
    """Time to ease in before the press, as "3s"."""
    move: forms.ExactOrZero = 0.0
    """Time to find the next spot, as "3s"."""
    say_press: forms.Text | None = None
    """What is said as the press starts. Left out, it is "Press and hold"."""
    say_release: forms.Text | None = None
    """What is said as the release starts. Left out, it is "Now release"."""
    spoken: forms.Spoken = 3
    """How many of the first rounds are spoken, besides the last: a number, or all. The others only sound."""


class Rhythm(Input):
    """Strokes paced by the voice, then by a soft sound, then by nothing."""

    out: forms.Phase
    """How long a stroke takes on its way out, as "6s"; from 2 to 12 seconds."""
    back: forms.Phase | None = None
    """How long it takes on its way back, as "6s". Left out: as long as out."""
    lift: forms.Truth = False
    """true for a one-way stroke: the hands come back without a word, off the skin or light as a feather."""
    say_out: forms.Text | None = None
    """What is said as the hands go out. Left out, it is "Glide"."""
    say_back: forms.Text | None = None
    """What is said as they come back. Left out, it is "Back"."""
    say_last: forms.Text | None = None
    """What is said as the last stroke starts. Left out, it is "One last time"."""
    voiced: forms.Count = 2
    """How many strokes are spoken at first; on later sides it is one."""
    sound: forms.Word = "swell"
    """The sound of the strokes after them: its name, a file beside the routine, or none."""
    sounded: forms.Count = 4
    """How many strokes after the spoken ones sound."""
    again: forms.ExactOrZero = 90.0
    """After how long a stroke is spoken anew, as "90s"; 0s for never."""


class GroupStep(Input):
    """A step of a group."""

    name: forms.Text
    """What the step is called: the chapter's title, and what is announced as next."""
    say: forms.SomeTexts | None = None
    """What the hands do: one sentence an action. "[pause 4s]" makes room, "[breath]" is a slow breath."""
    duration: (
        Annotated[
            Annotated[forms.Open, Tag("<one>")] | Annotated[DurationByLength, Tag("<mapping>")],
            forms.shaped("a duration, or {short: 2m, full: 4m}"),
        ]
        | None
    ) = None
    """How long the hands have, for one side: "90s", "2m", "1:30". A range as "2-3 min" is the short and the full
    routine's time; {short: 2m, full: 4m} says both. Left out: as long as the words need."""
    only: forms.SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""
    stretch: forms.Truth = True
    """Whether the step grows and shrinks when a listener asks for another total."""
    say_again: forms.SomeTexts | None = None
    """What is said on the later sides, with {side} for the side's name. Left out: the step's name."""
    switch: forms.Text | None = None
    """What is said between two sides. Left out, it is "Now the right side", say."""
    hold: Hold | None = None
    """Rounds of pressing and letting go, counted aloud."""
    rhythm: Rhythm | None = None
    """Strokes at a steady pace, as {out: 6s, back: 6s}; needs a duration."""
    cues: list[Cue] = []
    """Words and sounds at moments of the step, each as {at: 45s, say: Slower now.}"""
    reminders: forms.VariedTexts | None = None
    """Short sentences that break a long silence; the routine's own come after. {any: [one, another]} varies one."""
    warn: forms.Text | None = None
    """One sentence of care, said just before the hands start."""
    check_in: forms.Truth = False
    """true asks the receiver about the pressure, and leaves time for the answer."""
    oil: forms.Truth = False
    """true makes time to take oil before the step."""
    pressure: forms.Pressure | None = None
    """How firm the hands are, from 1 to 7; said as light, medium or firm when that changes."""
    touch: forms.Truth = True
    """false where the hands are not on a body: preparing, warming oil."""
    show: forms.Word | None = None
    """A drawing of the move: its name, as upper-back/circles (`voiceguide drawings` lists them), or an .svg beside the
    routine."""
    position: forms.Text | None = None
    """How the receiver lies or sits from here on; a new one gets time to turn over."""
    chime: forms.Word = "step"
    """The sound at the start: its name, a file beside the routine, or none."""
    transition: forms.ExactOrZero = 4.0
    """How long the change to this step lasts at least, as "6s"; and from side to side."""
    ready: forms.Truth = False
    """true makes a stop point after the step, to pause until everybody is ready."""


class Step(GroupStep):
    """A step."""

    sides: forms.Sides | None = None
    """The step is done once for each, as [left, right]: the receiver's left and right."""


class Group(Input):
    """Steps done all on one side, then all on the other."""

    name: forms.Text
    """What the steps are together, as: One leg."""
    sides: forms.Sides | None = None
    """All the steps are done on the first of these, then all on the next, as [left, right]."""
    only: forms.SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""
    switch: forms.Text | None = None
    """What is said between two sides. Left out, it is "Now the right side", say."""
    transition: forms.ExactOrZero = 4.0
    """How long the change from side to side lasts at least, as "6s"."""
    steps: Annotated[list[GroupStep], Field(min_length=1)]
    """The steps in order, without sides of their own."""


class Safety(Input):
    """What the gate says."""

    do_not_start: forms.Texts | None = None
    """Not today with these: at most 7, each a few words, as: a fever."""
    ask_first: forms.Texts | None = None
    """A doctor first with these: at most 5."""
    core: forms.Texts | None = None
    """Not today with these, in the short words of care: at most 7. Left out: the program's own list."""
    always: forms.Texts | None = None
    """Not today with these, whatever words of care are asked for: at most 2, as: a sudden, tearing pain."""
    avoid: forms.Texts | None = None
    """What the one who presses should mind: at most 5."""
    more: forms.Texts | None = None
    """More to mind, which is shown by `voiceguide show` and never spoken."""


class Settle(Input):
    """What the receiver does while the opening is spoken."""

    say: forms.Text
    """At most 8 words, as: face down, back bare."""
    only: forms.SomeWords | None = None
    """When it is for some sessions alone: short, full, a setup's name, or a list of them. Left out: always."""


Settles = Annotated[
    Annotated[forms.Word, Tag("<one>")]
    | Annotated[
        list[
            Annotated[
                Annotated[forms.Word, Tag("<one>")]
                | Annotated[forms.ByLanguage, Tag("<mapping>")]
                | Annotated[Settle, Tag("<settle>")],
                forms.shaped("a text, or {say: …, only: …}", _text_or_settle),
            ]
        ],
        Tag("<list>"),
    ]
    | Annotated[forms.ListByLanguage, Tag("<mapping>")],
    forms.shaped("a text, or a list of {say: …, only: …}"),
]


# No class statement, as "as" is a word of Python's; what checks types sees what it is based on.
if TYPE_CHECKING:
    Pronunciation = Input
else:
    Pronunciation = create_model(
        "Pronunciation",
        __base__=Input,
        __doc__="How a word is pronounced: by sounds, by another spelling, or by both.",
        ipa=(
            forms.Ipa | None,
            Field(None, description="Its sounds in the IPA, for voices that take them, as in a dictionary."),
        ),
        **{
            "as": (forms.Respelling | None, Field(None, description="Spelled as it sounds, for all others: efflurazh."))
        },
    )


class Routine(Input):
    """A massage routine."""

    format: Annotated[Literal[1], PlainValidator(scalars.first_format), WithJsonSchema({"const": 1})] = 1
    """The version of the format; 1 is the only one."""
    title: forms.Text
    """What the routine is called; said first."""
    summary: forms.Text
    """One line about it, for lists."""
    language: forms.LanguageTag = "en"
    """The language of the plain texts, as "en" or "de"."""
    audience: Annotated[
        str, PlainValidator(scalars.one_of("giver", "self")), WithJsonSchema({"enum": ["giver", "self"]})
    ] = "giver"
    """Who listens: giver is the one who presses, for two; self is somebody alone with their own hands."""
    receivers: forms.Receivers = 1
    """2 where two people take turns."""
    tags: forms.Words = []
    """Words to find it by."""
    author: forms.Name | None = None
    """Who wrote it, as players and the card show it."""
    cover: forms.Word | None = None
    """A picture for players and the card: a .png or .jpg beside the routine. Left out, players get a drawn one."""
    position: forms.Text | None = None
    """How the receiver lies or sits at first."""
    setups: forms.Words = []
    """Ways to do it, as [lying, seated]; the listener picks one, the first by default."""
    bed: forms.Word | None = None
    """The sound below it all: a name, a file beside the routine, or none. Left out: warm-pad."""
    need: forms.Texts | None = None
    """What to have at hand, as [a towel, a little oil]."""
    safety: Safety | None = None
    """The words of care before anybody is touched."""
    lengths: Lengths | None = None
    """How long whole sessions last, opening and closing included. Left out: as the steps come out."""
    settle: Settles | None = None
    """What the receiver does while the opening is spoken, at most 8 words: face down, back bare."""
    reminders: forms.VariedTexts | None = None
    """Short sentences for every step with a duration; they break a long silence. {any: [one, another]} varies one."""
    pronounce: Annotated[
        dict[forms.LanguageKey, Annotated[dict[forms.WordKey, Pronunciation], Field(min_length=1)]] | None,
        Field(min_length=1),
    ] = None
    """How words are pronounced that a voice gets wrong, by language: {en: {effleurage: {as: efflurazh}}}."""
    end: forms.Text | None = None
    """How the hands leave the body, as: Slide your hands out. Left out: "Slowly, lift your hands away"."""
    quiet_end: forms.Truth = False
    """true where the receiver may be asleep by then: no bowls at the end, and nobody is told how to get up."""
    closing: forms.Texts | None = None
    """Sentences of your own at the very end."""
    steps: Annotated[
        list[
            Annotated[Annotated[Step, Tag("<step>")] | Annotated[Group, Tag("<group>")], Discriminator(_step_or_group)]
        ],
        Field(min_length=1),
    ]
    """What is done, in order; at least one step."""
