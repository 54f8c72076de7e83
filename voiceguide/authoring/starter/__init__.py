"""A new routine's file: commented for an author who knows no YAML, and all well as it is.

Whatever steps an author asks for, they fit. Where they are few minutes in all, or a single step, the hands may still
work too little or come too late; `check` says so.

What it says, its comments too, stands in a TOML file a language. Whatever an author gives is written such that
YAML takes it as it was typed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from voiceguide.durations import DurationError, clock, parse_range
from voiceguide.errors import UsageError, did_you_mean, option
from voiceguide.routine.editing.writing import scalar
from voiceguide.routine.sounds import BEDS
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.phrases import Audience

Posture = Literal["lying", "seated"]

SHORTEST = 20.0
"""Seconds; a step needs them for what a new routine says in it."""
CHECK_IN_FROM = 45.0
"""Seconds; the first step of this length asks the receiver about pressure."""
LONG = 510.0
"""Seconds of all steps; shorter routines leave unsaid what would keep hands from touching in time."""

_FOLDER = Path(__file__).parent
_MOST_ACROSS = 110
"""Characters of a comment's line."""


@dataclass(frozen=True)
class Step:
    """A step as its author asks for it."""

    name: str
    duration: str
    """As the file says it: a duration or a range."""
    both: bool = False
    """Whether it is done on the left, then on the right."""

    @property
    def least(self) -> float:
        """Seconds of one side, in the short routine."""
        return parse_range(self.duration).low

    @property
    def works(self) -> float:
        """Seconds of all its sides, in the short routine."""
        return self.least * (2 if self.both else 1)


@dataclass(frozen=True)
class Wishes:
    """What a new routine is to be."""

    title: str
    audience: Audience = "giver"
    posture: Posture = "lying"
    language: str = "en"
    bed: str = "warm-pad"
    summary: str | None = None
    """None for the language's usual one."""
    steps: tuple[Step, ...] = ()
    """Empty for the usual ones."""


def step(written: str) -> Step:
    """Read a step as `Circles: 1m, both`; a bare number counts minutes. Raises UsageError."""
    name, colon, rest = (part.strip() for part in written.partition(":"))
    both = re.fullmatch(r"(.*?)[\s,]+both(?: sides)?", rest, re.IGNORECASE)
    if not name or not colon:
        expected = 'expected a step with its time, as "Circles: 1m" or "Circles: 1m, both"'
        raise UsageError(f'{option("step")}: {expected}, got "{written}"')
    return Step(name, duration(both[1] if both else rest), both=both is not None)


def duration(written: str) -> str:
    """Return a step's time as a file says it; a bare number counts minutes. Raises UsageError."""
    text = spaced(written)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        text += "m"
    try:
        span = parse_range(text)
    except DurationError as error:
        raise UsageError(f"a step's time: {error}") from None
    if span.low < SHORTEST:
        raise UsageError(
            f"a step's time: expected at least {SHORTEST:g} s, got {clock(span.low)}: take a longer one now, and "
            "shorten it in the file once your own words are there"
        )
    return text


def languages() -> tuple[str, ...]:
    """Return the languages a new routine can be in, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def usual_steps(audience: Audience, language: str) -> tuple[Step, ...]:
    """Return the steps a routine gets whose author names none. Raises UsageError for a language without texts."""
    return tuple(Step(s["name"], s["duration"], s.get("both", False)) for s in _texts(language)[audience]["steps"])


def file(wishes: Wishes, watch: str | None, *, schema: str | None) -> str:
    """Return the text of a routine's file.

    `watch` is what its author types to have it checked while it is written, None for one whose editor checks it, and
    `schema` the file that its first line tells editors to read.

    Raises UsageError for a language without texts.
    """
    texts = _texts(wishes.language)
    own: dict[str, Any] = texts[wishes.audience]
    steps = wishes.steps or usual_steps(wishes.audience, wishes.language)
    told = texts["comments"]
    lines = [
        *([f"# yaml-language-server: $schema={schema}", "#"] if schema else []),
        *_comment(_head(told["head"], watch)),
        "",
        *_field("title", wishes.title, told["title"]),
        *_field("summary", wishes.summary or own["summary"], told["summary"]),
        *_field("language", wishes.language, told["language"].replace("{languages}", ", ".join(languages()))),
        *_field("audience", wishes.audience, told["audience"]),
        *_field("position", own[wishes.posture], told["position"]),
        *_settle(own["settle"][wishes.posture], told, said=wishes.audience == "giver"),
        *_field("bed", wishes.bed, told["bed"].replace("{beds}", ", ".join(BEDS))),
        *_list("need", own["need"], told["need"]),
        *_comment(told["safety"]),
        "safety:",
        *_indented(_safety(texts, own)),
        "",
        *_list("reminders", texts["reminders"], told["reminders"]),
        *_comment(told["closing"]),
        *_commented("closing:", f"  - {scalar(own['closing'])}"),
        "",
        *_comment(told["pronounce"]),
        *_commented("pronounce:", f"  {wishes.language}: {{tui na: {{as: tway nah}}}}"),
        "",
        *_comment(told["steps"]),
        "steps:",
    ]
    for written in _steps(steps, texts, own, asking=wishes.audience == "giver"):
        lines += [*_indented([f"- {written[0]}", *_indented(written[1:])]), ""]
    return "\n".join(lines)


def _head(text: str, watch: str | None) -> str:
    """Return what stands above all else, without what to type where nothing is."""
    if watch is None:
        return "\n\n".join(part for part in text.split("\n\n") if "{watch}" not in part)
    return text.replace("{watch}", watch)


def _settle(text: str, told: dict[str, Any], *, said: bool) -> list[str]:
    """Return what the receiver does at first; whoever is alone has it as an offer, since their opening is shorter."""
    if said:
        return _field("settle", text, told["settle"])
    return [*_comment(f"{told['settle']} {told['settle_alone']}"), *_commented(f"settle: {scalar(text)}"), ""]


def _safety(texts: dict[str, Any], own: dict[str, Any]) -> Iterator[str]:
    for key in ("do_not_start", "ask_first", "avoid", "more"):
        yield from _comment(texts["comments"][key])
        yield f"{key}:"
        yield from (f"  - {scalar(item)}" for item in (texts | own)[key])


def _steps(steps: tuple[Step, ...], texts: dict[str, Any], own: dict[str, Any], *, asking: bool) -> Iterator[list[str]]:
    """Yield the lines of each step, its name first; the first one of a length for it asks about pressure."""
    known = {each["name"].casefold(): each for each in own["steps"]}
    long = sum(step.works for step in steps) >= LONG
    asks = next((step for step in steps if asking and step.least >= CHECK_IN_FROM), None)
    told = {"name"}

    def explained(key: str, *lines: str) -> list[str]:
        """Return a key's lines, below what is told of it where it stands for the first time."""
        new = key not in told
        told.add(key)
        return [*(_comment(texts["comments"]["step"][key]) if new else ()), *lines]

    for step in steps:
        usual = known.get(step.name.casefold(), {})
        if bool(usual.get("both")) != step.both:
            usual = {}  # its words are for one side, or for two
        say = usual.get("say") or [texts["say_on_a_side" if step.both else "say"].replace("{name}", step.name)]
        first = step is steps[0]
        pressure = 2 if first else usual.get("pressure")
        yield [
            f"name: {scalar(step.name)}",
            *(explained("sides", "sides: [left, right]") if step.both else ()),
            *explained("say", "say:", *(f"  - {scalar(line)}" for line in say)),
            *(explained("say_again", f"say_again: {scalar(texts['say_again'])}") if step.both else ()),
            *explained("duration", f"duration: {step.duration}"),
            *(explained("pressure", f"pressure: {pressure}") if pressure and (long or not first) else ()),
            *(explained("transition", "transition: 1.5s") if first and not long else ()),
            *(explained("check_in", "check_in: true") if step is asks else ()),
            *(_also(texts["comments"]["also"], pressure=not long) if first else ()),
        ]


def _also(told: dict[str, str], *, pressure: bool) -> list[str]:
    """Return what else a step may have, commented out, what it is beside each."""
    lines = [
        *([("pressure: 2", told["pressure"])] if pressure else ()),
        (f"warn: {scalar(told['warn_text'])}", told["warn"]),
        ("rhythm: {out: 6s, back: 6s}", told["rhythm"]),
        ("oil: true", told["oil"]),
        ("ready: true", told["ready"]),
        ("touch: false", told["touch"]),
        ("cues:", told["cues"]),
    ]
    width = max(len(line) for line, _ in lines) + 6
    cues = [f"  - {{at: {at}, say: {scalar(told['cue_text'], flow=True)}}}" for at in ("60%", "-15s")]
    return [*_comment(told["head"]), *_commented(*(f"{line.ljust(width)}# {what}" for line, what in lines), *cues)]


@cache
def _texts(language: str) -> dict[str, Any]:
    if language not in languages():
        known = ", ".join(languages())
        hint = did_you_mean(language, languages())
        raise UsageError(f'expected a language of {known}, got "{language}".{hint}')
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _field(key: str, value: str, explained: str) -> list[str]:
    return [*_comment(explained), f"{key}: {scalar(value)}", ""]


def _list(key: str, items: Iterable[str], explained: str) -> list[str]:
    return [*_comment(explained), f"{key}:", *(f"  - {scalar(item)}" for item in items), ""]


def _commented(*lines: str) -> list[str]:
    """Return lines of a file that its author may take in."""
    return [f"# {line}" for line in lines]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" if line else line for line in lines]


def _comment(text: str) -> list[str]:
    """Return a text as lines of comments; lines that start with a space are kept as they are."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if line[:1] in ("", " ") else wrap(line, _MOST_ACROSS)
    return [f"# {line}".rstrip() for line in lines]
