"""A step of an article becomes a step of a routine: sentences said shorter, times as durations, holds as holds."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import wording
from voiceguide.authoring.articles.times import Count, Time, counts, times

if TYPE_CHECKING:
    from voiceguide.authoring.articles.outline import Step

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
LONGEST_NAME = 60
"""Characters of a step's name, which is a chapter's title."""
PAUSE_FROM = 12
"""Words of an instruction from which its sentences have pauses between them."""

_VOICED_FROM = 2.0
"""Seconds of a press in which its words fit."""
_HOLDS = re.compile(r"\b(?:hold|holding|press|pressing|squeeze|pinch|keep|stay|pause|maintain)\b", re.IGNORECASE)
_LETS_GO = re.compile(r"\b(?:releas\w*|let(?:ting)? go|relax|ease off)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:(?:do|repeat|continue|keep|carry on|go on|take|spend|allow|this (?:should )?takes?|work|massage)\b"
    r"(?: (?:doing|going|with))?(?: (?:this|that|it|these|so|the (?:motion|movement|stroke|massage|step)s?))?"
    r"(?: (?:step|part|section|stroke|movement|motion|technique)s?)?(?: on (?:this|it|that))?)",
    re.IGNORECASE,
)
_THEN_LETS_GO = re.compile(
    r",? (?:and |then |and then )(?:slowly |gently )?(?:release|let go|relax)(?: \w+)?[.!]?$", re.I
)
_THEN_HOLDS = re.compile(r",? (?:and |then |and then )?hold[.!]?$", re.IGNORECASE)
_ONLY_HOLDS = re.compile(
    r"(?:and )?(?:(?:press|hold|press and hold|hold (?:it|this|there|here|still|the (?:pressure|press|squeeze)))"
    r"(?:,? (?:and |then |and then )?(?:release|let go|relax)(?: (?:it|slowly|gently|softly|again))*)?)",
    re.IGNORECASE,
)
_EACH_SIDE = re.compile(
    r" ?\b(?:(?:on|for|to|per) )(?:each|either|both) (?:sides?|leg|arm|foot|hand|shoulder|calf)\b", re.I
)
_AGAIN = re.compile(
    r"(?:repeat|do (?:the same|the other|the opposite|this)|switch|change|swap|now|move)\b", re.IGNORECASE
)
_TIME_NOTE = re.compile(r"^(?:time|duration|length)\s*:?\s*", re.IGNORECASE)


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
    hold: Hold | None
    sides: bool
    notes: tuple[str, ...]
    """What the article says of a time, as written; comments beside it."""
    checks: tuple[str, ...]
    """What a person should look at."""
    left_out: tuple[str, ...]
    """Sentences that tell nobody to do anything."""


def drafted(step: Step, following: str) -> Drafted:
    """Return a step's draft; `following` is the next one's name, which a slot has to have time for."""
    return _Reading(step).draft(following)


def named(step: Step) -> str:
    """Return a step's name: its author's, without a time in brackets, else what it does."""
    name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", step.name) if times(step.name) else step.name
    name = name.strip(" .:;,–—-")
    if not any(sign.isalnum() for sign in name):
        name = next((wording.name_of(text) for text in step.texts if wording.is_action(text)), "")
        name = name or next((wording.name_of(text) for text in step.texts), "") or "Step"
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME + 1].rpartition(" ")[0] or name[:LONGEST_NAME]
    return name


class _Reading:
    """One step while its sentences are read, in order."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.say: list[str] = []
        self.warn: list[str] = []
        self.left_out: list[str] = []
        self.checks: list[str] = []
        self.time: Time | None = None
        self.press: Time | None = None
        self.count: Count | None = None
        self.sides = False

    def draft(self, following: str) -> Drafted:
        name = named(self.step)
        if noted := times(self.step.name):
            self.time = noted[0]
        together = " ".join(self.step.texts)
        holding = bool(_LETS_GO.search(together) or counts(together))
        for text in self.step.texts:
            self._sentence(text, holding)
        if not self.step.name:
            self.checks.append("the article gives this step no name")
        if not self.say:
            self.say = [*wording.shortened(name)]
        if self.sides:
            self.checks.append("sides: the article says to do this on both; the time is one side's")
        self.checks += [
            f'a long sentence: "{_start(text)}"' for text in self.say if len(text.split()) > wording.LONGEST
        ]
        hold = self._hold()
        timed = self.time is not None or hold is not None
        duration = self._duration(hold)
        if duration:
            duration, hold = self._with_room(duration, hold, following)
        return Drafted(
            name=name,
            line=self.step.line,
            say=tuple(self.say),
            warn=" ".join(self.warn),
            duration=duration,
            timed=timed,
            hold=hold,
            sides=self.sides,
            notes=tuple(part.written for part in (self.time, self.press, self.count if hold else None) if part),
            checks=tuple(self.checks),
            left_out=tuple(self.left_out),
        )

    def _sentence(self, text: str, holding: bool) -> None:
        """Take what a sentence says of times, rounds and sides, and say the rest of it, shorter."""
        said = wording.bare(text)
        if wording.forbids(said):
            self.warn.append(wording.sentence(said))
            return
        if wording.OTHER_SIDE.search(said):
            self.sides = True
            if _AGAIN.match(said) and len(said.split()) <= 12:
                return
            self.checks.append(f'one side or the other? "{_start(said)}"')
        elif _EACH_SIDE.search(said) and times(said):
            self.sides = True
            said = _EACH_SIDE.sub("", said)
        for count in counts(said)[:1]:
            if re.match(r"(?:repeat|do) ", said, re.IGNORECASE) and len(said.split()) <= 9:
                self.count = self.count or count
                if not holding or self.press is None:
                    self.say += wording.shortened(said)
                return
        note = _TIME_NOTE.match(said)
        found = times(said)
        if not found:
            self._say(said)
        elif self.press is None and holding and found[0].high <= LONGEST_PRESS and _HOLDS.search(said):
            self.press = found[0]
            self._say_without(said, found[0], _ONLY_HOLDS)
        elif self.time is None:
            self.time = found[0]
            if not note:
                self._say_without(said, found[0], _GOES_ON)
        else:
            self.checks.append(f'this names one more time: "{_start(said)}"')
            self._say(said)

    def _say_without(self, said: str, time: Time, nothing_else: re.Pattern[str]) -> None:
        """Say a sentence without its time, which the length of the session decides; nothing if that was all of it."""
        rest = f"{said[: time.start].rstrip()} {said[time.end :].lstrip()}".strip()
        rest = re.sub(r"[ ,;]+([,.;!])", r"\1", rest).strip(" ,;")
        if time is self.press:  # the rounds say it
            rest = _THEN_HOLDS.sub("", _THEN_LETS_GO.sub("", rest))
        if nothing_else.fullmatch(rest.rstrip(" .!,").replace(", ", " ")) or nothing_else.fullmatch(
            rest.rstrip(" .!,")
        ):
            return
        if not any(sign.isalpha() for sign in rest):
            return
        if not time.follows_for:
            if time is self.time and time.low >= WORKING[0]:
                rest = f"{said[: time.start]}{{minutes}}{said[time.end :]}"
            else:
                rest = said
            self.checks.append(f'a time is said here, and a chosen length may change it: "{_start(said)}"')
        self._say(rest)

    def _say(self, said: str) -> None:
        if wording.is_action(said):
            self.say += wording.shortened(said)
        else:
            self.left_out.append(said)

    def _hold(self) -> Hold | None:
        if self.press is None:
            return None
        press = FEW_SECONDS if self.press.vague else self.press.low
        if self.press.vague or self.press.high > self.press.low:
            self.checks.append(f'press: the article says "{self.press.written}"')
        self.checks.append("release: the article gives no time for letting go")
        rounds: tuple[int, int] | None = None
        if self.count and not (self.count.vague and self.time):
            rounds = FEW_TIMES if self.count.vague else (self.count.low, self.count.high)
        elif not self.time:
            rounds = FEW_TIMES
        if rounds and (self.count is None or self.count.vague):
            says = f'the article says "{self.count.written}"' if self.count else "the article does not say how often"
            self.checks.append(f"times: {says}")
        return Hold(press, RELEASE, rounds, voiced=press >= _VOICED_FROM)

    def _duration(self, hold: Hold | None) -> tuple[float, float] | None:
        if self.time:
            if self.time.vague and self.time.low >= WORKING[0]:
                self.checks.append(f'duration: the article says "{self.time.written}"')
            return self.time.low, self.time.high
        if hold:
            return None
        self.checks.append("duration: the article gives no time")
        text = f"{self.step.name} {' '.join(self.step.texts)}"
        return PREPARING if wording.prepares(text) or not wording.works(text) else WORKING

    def _with_room(
        self, duration: tuple[float, float], hold: Hold | None, following: str
    ) -> tuple[tuple[float, float], Hold | None]:
        """Return a duration that has room for what is said and held in it."""
        words = instruction_seconds(self.say) + 4.0 + seconds(f"Next: {following}")
        round_ = hold.press + hold.release + 1.0 if hold else 0.0
        if hold and hold.times and words + hold.times[1] * round_ > duration[0]:
            self.checks.append(f"{hold.times[1]} rounds do not fit into the time: as many as do are held")
            hold = Hold(hold.press, hold.release, None, hold.voiced)
        least = words + round_ * (hold.times[1] if hold and hold.times else 1)
        if least <= duration[0]:
            return duration, hold
        low = 5.0 * math.ceil(least / 5.0)
        if self.time:
            self.checks.append(
                f'duration: the article says "{self.time.written}", and the words need about {low:.0f} s'
            )
        return (low, max(low, duration[1])), hold


def seconds(text: str) -> float:
    """Return the seconds that the default voice takes for a sentence at most, by estimate."""
    from voiceguide.text.normalise import spoken
    from voiceguide.voices.hibari import TIMING

    return 1.35 * TIMING.seconds(spoken(text, "en"), language="en")


def instruction_seconds(say: list[str]) -> float:
    """Return the seconds that an instruction takes at most, its pauses included."""
    return sum(seconds(text.replace("{minutes}", "twenty and a half minutes")) + 3.6 for text in say)


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
