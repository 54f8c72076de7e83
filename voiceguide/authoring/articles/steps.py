"""A step of an article becomes a step of a routine: its words as they stand, times as durations, holds as holds."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import english
from voiceguide.authoring.articles.grammar import Grammar
from voiceguide.authoring.articles.headings import span, timed
from voiceguide.authoring.articles.times import Count, Time, counts, times
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

PREPARING = (30.0, 30.0)
"""Seconds of a step that gets things ready, where the article names no time."""
WORKING = (60.0, 120.0)
"""Seconds of any other step without one."""
FEW_SECONDS = 5.0
"""What "a few seconds" of holding become: the longer of what is meant, so that there is time to feel them."""
RELEASE = 3.0
"""Seconds of letting go, which articles do not time."""
FEW_TIMES = (3, 5)
"""Rounds in the short and the full routine, where an article counts none."""
LONGEST_PRESS = 60.0
"""Seconds; whoever says "hold" of a longer time means the step."""

_VOICED_FROM = 2.0
"""Seconds of a press in which its words fit."""
_EN = Grammar("steps")


@dataclass(slots=True)
class Step:
    """A step as the article tells it: texts with their lines, in order."""

    line: int
    name: str = ""
    """"" where it has none."""
    said: list[tuple[str, int]] = field(default_factory=list)
    """What it says, its times among it."""
    warn: list[tuple[str, int]] = field(default_factory=list)
    sides: list[tuple[str, int]] = field(default_factory=list)
    """What says that it is done on both sides."""
    unsure: bool = False
    """Whether that it is a step is a guess."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Rounds of pressing and letting go."""

    press: float
    """Seconds."""
    release: float
    times: tuple[int, int] | None
    """In the short and the full routine; None for as many as the slot holds."""
    voiced: bool
    """Whether the press is long enough for its words."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A step of the routine to be."""

    name: str
    line: int
    """Of the article."""
    say: tuple[str, ...]
    """Sentences, with {minutes} where one named the step's time."""
    warn: str
    """"" for none."""
    duration: tuple[float, float] | None
    """Seconds, low and high; None where rounds say how long it takes."""
    timed: bool
    """Whether the article names a time or counts rounds."""
    least: float
    """Seconds that its words and rounds need."""
    hold: Hold | None
    sides: bool
    notes: tuple[str, ...]
    """What the article says of its time, rounds and sides, word for word; comments beside it."""
    checks: tuple[str, ...]
    """What a person should look at."""


def only_time(text: str) -> bool:
    """Whether a sentence says nothing but how long something takes, or how often: "Do this for two minutes."."""
    found = times(text)
    if len(found) != 1:
        return False
    start, end = span(text, found[0])
    return _is_nothing(f"{text[:start]} {text[end:]}", _EN.goes_on)


def drafted(step: Step, name: str, following: str, share: float | None) -> Drafted:
    """Return a step's draft by its `name`; `following` is the next one's, which a slot has to have time for.

    `share` are the seconds that the whole's time leaves for a step without one; None for a whole without a time.
    """
    return _Reading(step, name, share).draft(following)


def named(step: Step, language: str = "") -> str:
    """Return a step's name: its author's, without a time set apart or in brackets, else what it does.

    `language` is "" for English.
    """
    if heading := timed(step.name):
        name = heading.name
    else:
        name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", step.name) if times(step.name) else step.name
    name = name.strip(" .:;,–—-")
    if not any(sign.isalnum() for sign in name):
        said = [text for text, _ in step.said]
        name = english.name_of(next((text for text in said if english.commands(text)), said[0] if said else "Step"))
    return english.cased(english.fitting(name), language) or "Step"


class _Reading:
    """One step while its sentences are read, in order."""

    def __init__(self, step: Step, name: str, share: float | None) -> None:
        self.step = step
        self.name = name
        self.share = share
        self.say: list[str] = []
        self.checks: list[str] = []
        self.notes: list[str] = []
        self.times: list[Time] = []
        self.press: Time | None = None
        self.count: Count | None = None
        self.sides = bool(step.sides)
        together = " ".join(text for text, _ in step.said)
        self.holding = bool(_EN.lets_go.search(together) or counts(together))
        everything = [step.name, *(text for text, _ in step.said)]
        self.many = sum(len(times(text)) for text in everything if not self._presses(text)) > 1

    def draft(self, following: str) -> Drafted:
        if self.step.unsure:
            self.checks.append("is this a step?")
        heading = timed(self.step.name)
        if noted := (heading.time,) if heading else times(self.step.name):
            self.times.append(noted[0])
            self.notes.append(self.step.name)
            self.sides = self.sides or english.each_side(self.step.name)
        for text, _ in self.step.said:
            self._sentence(text)
        if not self.step.name:
            self.checks.append("the article gives this step no name")
        if not self.say:
            self.say = [english.sentence(self.name)]
            self.checks.append("the article says no more than this step's name")
        if self.sides:
            self.checks.append("sides: the article says to do this on both; the time is one side's")
            self.notes += [text for text, _ in self.step.sides]
        long = [text for text in self.say if len(text.split()) > english.LONGEST]
        self.checks += [f'a long sentence: "{shown(text)}"' for text in long]
        hold = self._hold()
        told = bool(self.times) or hold is not None
        duration = self._duration(hold)
        words = self._words(following)
        if duration:
            duration, hold = self._with_room(duration, hold, words)
        rounds = hold.times[1] * (hold.press + hold.release) if hold and hold.times else 0.0
        return Drafted(
            name=self.name,
            line=self.step.line,
            say=tuple(self.say),
            warn=" ".join(english.sentence(text) for text, _ in self.step.warn),
            duration=duration,
            timed=told,
            least=words + rounds,
            hold=hold,
            sides=self.sides,
            notes=tuple(self.notes),
            checks=tuple(self.checks),
        )

    def _presses(self, text: str) -> bool:
        found = times(text)
        return bool(found and self.holding and found[0].high <= LONGEST_PRESS and _EN.holds.search(text))

    def _sentence(self, text: str) -> None:
        """Take what a sentence says of times, rounds and sides, and say the rest of it."""
        if other := english.other_side(text):
            self.sides = True
            if cut := english.THEN_OTHER.search(text):
                self.notes.append(cut[0].strip(" ,;"))
                text = f"{text[: cut.start()]}{text[cut.end() :]}"
            else:
                self.checks.append(f'one {other} or the other? "{shown(text)}"')
        if english.STEPS_AGAIN.search(text):
            self.checks.append(f'earlier steps again: "{shown(text)}"')
        for count in counts(text)[:1]:
            if self.press and not self.count and re.match(r"(?:repeat|do) ", text, re.I) and len(text.split()) <= 9:
                self.count = count
                self.notes.append(text)
                return
        found = times(text)
        if not found:
            self._say(text)
        elif self.press is None and self._presses(text):
            self.press = found[0]
            self._say_without(text, found[0], _EN.only_holds)
        else:
            self.sides = self.sides or english.each_side(text)
            self.times += () if timed(self.step.name) else found  # a heading's time is that of all below it
            self._say_without(text, found[0], _EN.goes_on)

    def _say_without(self, text: str, time: Time, nothing_else: re.Pattern[str]) -> None:
        """Say a sentence without its time, which the length of the session decides; nothing if that was all of it."""
        start, end = span(text, time)
        rest = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
        rest = re.sub(r"[\s,;–-]+([,.;!)]|$)", r"\1", rest)
        before = rest
        if time is self.press:  # the rounds say it
            rest = _EN.then_holds.sub("", _EN.then_lets_go.sub("", rest))
        if _is_nothing(rest, nothing_else):
            self.notes.append(text)
            return
        apart = time.follows_for or (
            text[:start].rstrip().endswith((",", "(", "–", "-", ";", "|")) and text[end:].strip(" )") in ("", ".")
        )
        if (self.many and time is not self.press) or not (apart or text[start] == "("):
            self.checks.append(f'a time is said here, and a chosen length may change it: "{shown(text)}"')
            if not self.many and time in self.times and time.low >= WORKING[0]:
                self.notes.append(time.written)
                text = f"{text[: time.start]}{{minutes}}{text[time.end :]}"
            self._say(text)
            return
        self.notes.append(text[start:end].strip(" ,"))
        if rest != before:
            self.notes.append(before[len(rest.rstrip(" .!")) :].strip(" ,."))
        self._say(rest)

    def _say(self, text: str) -> None:
        said = english.breathable(english.sentence(text))
        if len(said) > 1:
            self.checks.append(f'one sentence of the article, parted: "{shown(text)}"')
        self.say += said

    def _hold(self) -> Hold | None:
        if self.press is None:
            return None
        press = FEW_SECONDS if self.press.vague else self.press.low
        if self.press.vague or self.press.high > self.press.low:
            self.checks.append(f'press: the article says "{self.press.written}"')
        self.checks.append("release: the article gives no time for letting go")
        rounds: tuple[int, int] | None = None
        if self.count and not (self.count.vague and self.times):
            rounds = FEW_TIMES if self.count.vague else (self.count.low, self.count.high)
        elif not self.times:
            rounds = FEW_TIMES
        if rounds and (self.count is None or self.count.vague):
            says = f'the article says "{self.count.written}"' if self.count else "the article does not say how often"
            self.checks.append(f"times: {says}")
        return Hold(press, RELEASE, rounds, voiced=press >= _VOICED_FROM)

    def _duration(self, hold: Hold | None) -> tuple[float, float] | None:
        if self.times:
            written = " and ".join(time.written for time in self.times)
            if len(self.times) > 1 or (self.times[0].vague and self.times[0].low >= WORKING[0]):
                self.checks.append(f'duration: the article says "{written}"')
            return sum(time.low for time in self.times), sum(time.high for time in self.times)
        if hold:
            return None
        text = f"{self.step.name} {' '.join(text for text, _ in self.step.said)}"
        if english.prepares(text):
            self.checks.append("duration: the article gives no time")
            return PREPARING
        if self.share:
            self.checks.append("duration: the article gives the whole's time alone")
            high = max(PREPARING[0], 5.0 * round(self.share / 5.0))
            return max(PREPARING[0], 5.0 * round(0.4 * self.share / 5.0)), high
        self.checks.append("duration: the article gives no time")
        return WORKING

    def _words(self, following: str) -> float:
        return instruction_seconds(self.say) + 4.0 + seconds(f"Next: {following}")

    def _with_room(
        self, duration: tuple[float, float], hold: Hold | None, words: float
    ) -> tuple[tuple[float, float], Hold | None]:
        """Return a duration that has room for what is said and held in it."""
        round_ = hold.press + hold.release + 1.0 if hold else 0.0
        if hold and hold.times and words + hold.times[1] * round_ > duration[0]:
            self.checks.append(f"{hold.times[1]} rounds do not fit into the time: as many as do are held")
            hold = Hold(hold.press, hold.release, None, hold.voiced)
        least = words + round_ * (hold.times[1] if hold and hold.times else 1)
        if least <= duration[0]:
            return duration, hold
        low = 5.0 * math.ceil(least / 5.0)
        if self.times:
            written = " and ".join(time.written for time in self.times)
            self.checks.append(f'duration: the article says "{written}", and the words need about {low:.0f} s')
        return (low, max(low, duration[1])), hold


def _is_nothing(rest: str, nothing_else: re.Pattern[str]) -> bool:
    bare = " ".join(rest.strip(" .!,()").replace(",", " ").split())
    return bool(nothing_else.fullmatch(bare)) or not any(sign.isalpha() for sign in bare)


def seconds(text: str) -> float:
    """Return the seconds that the default voice takes for a sentence at most, by estimate."""
    from voiceguide.text.normalise import spoken
    from voiceguide.voices.hibari import TIMING

    return 1.35 * TIMING.seconds(spoken(text, "en"), language="en")


def instruction_seconds(say: Sequence[str]) -> float:
    """Return the seconds that an instruction takes at most, its pauses included."""
    return sum(seconds(text.replace("{minutes}", "twenty and a half minutes")) + 3.6 for text in say)
