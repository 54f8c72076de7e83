"""Filling: who speaks a session, and what another voice says where one of recordings lacks a line."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voiceguide import phrases, voices
from voiceguide.errors import Message, MissingError, UsageError, VoiceguideError, option
from voiceguide.sound import RECORDED_LUFS
from voiceguide.sound.takes import SHORTEST_LEVELLED
from voiceguide.text.pronouncing import plain
from voiceguide.voices import Audio, Recorded, is_recorded, phonemes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.choices import Choices
    from voiceguide.voices import Voice

CALIBRATION = "Let both hands glide slowly up the back, and rest them for a moment on the shoulders."
"""Spoken once a voice in a language without phrases: takes too short to be measured get the gain that it needs."""
MOST_TOLD = 200
"""Lines that a message lists; a session has fewer."""


def calibration(language: str) -> str:
    """Return a sentence of some seconds in a language, by which a voice's level is told."""
    try:
        return phrases.load(language).get("calibration", "giver")
    except UsageError:
        return CALIBRATION  # a language that only `say` speaks: any sentence of some seconds tells the level


def chosen(choices: Choices, language: str) -> Voice:
    """Return the voice that speaks a session: another one says what it lacks where that is asked for.

    Raises UsageError and MissingError as `voices.pick` does.
    """
    voice = voices.pick(choices.voice, language=language, pace=choices.pace)
    if choices.fill is None:
        return voice
    try:
        filler = voices.pick(choices.fill, language=language, pace=choices.pace)
    except VoiceguideError as error:
        error.text = error.text.replace(option("voice"), option("fill"))
        if isinstance(error, UsageError):
            error.field = "fill"
        raise
    return Filled(voice, filler, calibration(language)) if is_recorded(voice) else voice


@dataclass
class Filled:
    """A voice of recordings, and another one for the lines that it lacks, at the recordings' level."""

    own: Voice
    other: Voice
    calibration: str
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _short_gain: float | None = None
    """Of the other voice's sentences that are too short to be measured."""

    @property
    def id(self) -> str:
        """That of the recordings."""
        return self.own.id

    @property
    def fingerprint(self) -> str:
        """Both voices'."""
        return f"{self.own.fingerprint} filled by {self.other.fingerprint}"

    @property
    def phonemes(self) -> frozenset[str] | None:
        """The other voice's: recordings are given words alone."""
        return phonemes_of(self.other)

    def say(self, text: str) -> Audio:
        """Return a line as it was recorded, else as the other voice speaks it."""
        if not self.filled((text,)):
            return self.own.say(text)
        audio = self.other.say(text)
        gain = _gain(audio) if len(audio.samples) >= SHORTEST_LEVELLED * audio.sample_rate else self._gain_of_short()
        return Audio(audio.samples * gain, audio.sample_rate)

    def estimate(self, text: str) -> float:
        """Seconds by whoever says it."""
        return (self.other if self.filled((text,)) else self.own).estimate(text)

    def lacks(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return what neither can say."""
        left = self.filled(texts)
        return lacking(self.other, left)

    def filled(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return what the other voice has to say."""
        return lacking(self.own, texts)

    def _gain_of_short(self) -> float:
        with self._lock:
            if self._short_gain is None:
                self._short_gain = _gain(self.other.say(self.calibration))
            return self._short_gain


def _gain(audio: Audio) -> float:
    """What brings a sentence to the level of recorded lines."""
    from voiceguide.sound.loudness import energies, integrated

    loudness = integrated(energies(audio.samples, audio.sample_rate))
    return float(10 ** ((RECORDED_LUFS - loudness) / 20)) if loudness > float("-inf") else 1.0


def lacking(voice: Voice, texts: Iterable[str]) -> tuple[str, ...]:
    """Return what a voice cannot say; none for a voice that says anything."""
    return voice.lacks(texts) if isinstance(voice, Recorded) else ()


def refusal(voice: Voice, lacks: tuple[str, ...]) -> MissingError:
    """Return the error that lists every line that a voice lacks."""
    told = "".join(f'\n  "{plain(text)}"' for text in lacks[:MOST_TOLD])
    rest = f"\n  and {len(lacks) - MOST_TOLD} more" if len(lacks) > MOST_TOLD else ""
    return MissingError(
        f'The voice "{voice.id}" has no recording of {_lines(len(lacks))}:{told}{rest}\n'
        f'"voiceguide voices script" with this voice prints what is to be read; {option("fill")} has another voice '
        "say it."
    )


def told(voice: Voice, texts: tuple[str, ...]) -> Message | None:
    """Return a warning of how much of what is heard another voice says; None where nothing is."""
    filled = voice.filled(texts) if isinstance(voice, Filled) else ()
    if not filled:
        return None
    other = voice.other.id if isinstance(voice, Filled) else ""
    of = f" of {len(texts)}" if len(texts) > len(filled) else ""
    return Message(f'{_lines(len(filled))}{of} spoken by {other}: the voice "{voice.id}" has no recording of them')


def _lines(count: int) -> str:
    return f"{count} line{'s' * (count != 1)}"
