"""The door to engines: what one is asked and what it gives pass through here, so that a fault of its names it.

An engine is a third party's code: it may raise anything, and give anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import inf
from numbers import Real
from typing import TYPE_CHECKING, get_args

from voiceguide.errors import Failed, MissingError, UsageError, option
from voiceguide.plugins import asked, broken, got, words
from voiceguide.text.ipa import SIGNS
from voiceguide.text.lines import line
from voiceguide.text.pronouncing import heard, plain
from voiceguide.voices.engine import Audio, Brisk, Fetching, Gender, Phonetic, Recorded, Sparing, VoiceInfo
from voiceguide.voices.timing import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.voices.engine import Engine, Voice

MOST_VOICES = 10_000
"""An engine that lists more never ends."""
_LONGEST_ESTIMATE = 3600.0
"""Seconds; no sentence lasts so long."""
_RATES = range(8_000, 192_001)
"""Hz."""
_SILENT_PEAK = 10 ** (-50 / 20)
_FULL_SCALE = 32767 / 32768
_LOUDEST = 4.0
"""Of full scale: an engine may overshoot a little; beyond this it counts in other units."""
_MOST_CLIPPED = 0.01
"""Share of a sentence's samples at full scale."""
LEAST_SECONDS = 0.05
"""Of a word, and of a sentence: 1,200 words a minute, which nobody speaks."""


@dataclass(slots=True)
class PluggedEngine:
    """An engine, as everybody else here has it."""

    engine: Engine
    name: str
    picked: bool
    of: str
    """Whose it is, for messages."""

    def probe(self) -> str | None:
        """None when it works here, else the one-line fix, or what it does wrong."""
        try:
            fix = asked(self._whose, "telling whether it works here", self.engine.probe)
        except Failed as fault:
            return fault.text
        if fix is None or (isinstance(fix, str) and line(fix)):
            return fix and line(fix)
        return broken(self._whose, f"should tell whether it works here, and gave {got(fix)}")

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice. Raises Failed for what is no list of voices."""
        return asked(self._whose, "listing its voices", lambda: tuple(map(self._info, self._listed())))

    def voice(self, name: str | None, *, language: str, pace: int) -> PluggedVoice:
        """Return a voice. Raises what the engine says by the Protocol's errors, and Failed."""
        doing = f'giving its voice "{name}"' if name else f'giving a voice for "{language}"'
        voice = asked(self._whose, doing, lambda: self.engine.voice(name, language=language, pace=pace))
        told = asked(self._whose, doing, lambda: voice.id)
        if not isinstance(told, str) or not told.strip():
            raise Failed(broken(self._whose, f"gave a voice whose id is {got(told)}"))
        return PluggedVoice(voice, told, self.of)

    @property
    def fetches(self) -> bool:
        """Whether its voices can be downloaded and removed."""
        return isinstance(self.engine, Fetching)

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Download what a voice needs. Raises what the engine says by the Protocol's errors, and Failed."""
        fetching = self._fetching(name)
        asked(self._whose, f'getting its voice "{name}"', lambda: fetching.get(name, told))

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove what only this voice needs. Raises as `get` does."""
        fetching = self._fetching(name)
        return asked(self._whose, f'removing its voice "{name}"', lambda: tuple(map(str, fetching.remove(name))))

    def _fetching(self, name: str) -> Fetching:
        if not isinstance(self.engine, Fetching):
            raise UsageError(
                f'{option("voice")}: "{self.name}:{name}" is no voice that is downloaded; the engine "{self.name}" '
                "has what it has.",
                got=f"{self.name}:{name}",
            )
        return self.engine

    def _listed(self) -> list[VoiceInfo]:
        found = list(islice(self.engine.voices(), MOST_VOICES + 1))
        if len(found) > MOST_VOICES:
            raise Failed(broken(self._whose, f"lists more than {MOST_VOICES} voices"))
        return found

    def _info(self, info: VoiceInfo) -> VoiceInfo:
        """Return what an engine says of a voice. Raises Failed for what is none."""
        name, languages, licence, fix = info.name, info.languages, info.licence, info.fix
        texts = isinstance(languages, (tuple, list)) and languages and all(isinstance(tag, str) for tag in languages)
        named = isinstance(name, str) and line(name)
        if not (texts and named and isinstance(licence, str) and isinstance(fix, str | None)):
            told = f"name {got(name)}, languages {got(languages)}, licence {got(licence)}, fix {got(fix)}"
            raise Failed(broken(self._whose, f"lists what is no voice ({told})"))
        gender, natural, size = info.gender, info.natural, info.download_mb
        sized = size is None or (isinstance(size, Real) and not isinstance(size, bool) and 0 < size < inf)
        if gender not in (None, *get_args(Gender)) or not isinstance(natural, bool) or not sized:
            told = f"gender {got(gender)}, natural {got(natural)}, download_mb {got(size)}"
            raise Failed(broken(self._whose, f'says of its voice "{line(name)}" what nobody can ({told})'))
        mb = None if size is None else float(size)
        return VoiceInfo(line(name), tuple(map(line, languages)), line(licence), fix and line(fix), gender, natural, mb)

    @property
    def _whose(self) -> str:
        return f'The voice engine "{self.name}"{self.of}'


@dataclass(frozen=True, slots=True)
class PluggedVoice:
    """A voice, as everybody else here has it."""

    voice: Voice
    id: str
    of: str
    """Whose it is, for messages."""

    @property
    def phonemes(self) -> frozenset[str] | None:
        """The IPA's signs that it takes; None for a voice that takes letters alone. Raises Failed for what is none."""
        doing = "telling the sounds it takes"
        if not asked(self._whose, doing, lambda: isinstance(self.voice, Phonetic)):
            return None
        told: object = asked(self._whose, doing, lambda: self.voice.phonemes)  # type: ignore[attr-defined]  # just asked
        if told is not None and (not isinstance(told, frozenset) or not told <= SIGNS):
            raise Failed(broken(self._whose, f"takes sounds that are no signs of the IPA: {got(told)}"))
        return told

    @property
    def at_once(self) -> int | None:
        """How many sentences it is to speak at once; None for one a core. Raises Failed for no number."""
        doing = "telling how many sentences it speaks at once"
        if not asked(self._whose, doing, lambda: isinstance(self.voice, Sparing)):
            return None
        told: object = asked(self._whose, doing, lambda: self.voice.at_once)  # type: ignore[attr-defined]  # just asked
        if not isinstance(told, int) or told < 1:
            raise Failed(broken(self._whose, f"speaks {got(told)} sentences at once"))
        return told

    @property
    def slowest(self) -> int | None:
        """Words a minute that it does not speak below; None where it tells of none. Raises Failed for no number."""
        doing = "telling how slowly it speaks"
        if not asked(self._whose, doing, lambda: isinstance(self.voice, Brisk)):
            return None
        told: object = asked(self._whose, doing, lambda: self.voice.slowest)  # type: ignore[attr-defined]  # just asked
        if not isinstance(told, int) or told < 1:
            raise Failed(broken(self._whose, f"speaks {got(told)} words a minute at least"))
        return told

    @property
    def fingerprint(self) -> str:
        """As the voice says. Raises Failed for none."""
        told = asked(self._whose, "telling its fingerprint", lambda: self.voice.fingerprint)
        if not isinstance(told, str) or not told:
            raise Failed(broken(self._whose, f"has a fingerprint that is {got(told)}"))
        return told

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)`. Raises Failed for what is none."""
        given = self.heard(text, spelled=True)
        told = asked(self._whose, "telling how long a sentence lasts", lambda: self.voice.estimate(given))
        if not isinstance(told, Real) or not 0 < told <= _LONGEST_ESTIMATE:
            raise Failed(broken(self._whose, f'tells {got(told)} seconds as the length of "{given}"'))
        return float(told)

    def say(self, text: str) -> Audio:
        """Speak a sentence. Raises Failed, naming the voice and the sentence, for what cannot be its sound."""
        given, text = self.heard(text), plain(text)
        try:
            audio = self.voice.say(given)
        except (MissingError, KeyboardInterrupt):
            raise
        except BaseException as fault:
            if isinstance(fault, Failed) and text in fault.text and self.id in fault.text:
                raise
            raise Failed(
                f'{self._whose} could not speak "{text}": {words(fault).rstrip(".")}. '
                "Try again, reword the sentence, or choose another voice."
            ) from fault
        return asked(self._whose, f'speaking "{text}"', lambda: checked(audio, text, self))

    def heard(self, text: str, *, spelled: bool = False) -> str:
        """Return what of a sentence the voice is given; with `spelled`, what stands for its sounds in an estimate."""
        return heard(text, self.phonemes, spelled=spelled) if "](/" in text else text

    def lacks(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the sentences that it cannot say; none for a voice that says anything. Raises Failed."""
        recorded = self.voice
        if not isinstance(recorded, Recorded):
            return ()
        wanted = {text: self.heard(text) for text in texts}
        told = set(asked(self._whose, "telling what it cannot say", lambda: tuple(recorded.lacks(wanted.values()))))
        return tuple(text for text, given in wanted.items() if given in told)

    @property
    def _whose(self) -> str:
        return f'The voice "{self.id}"{self.of}'


def is_recorded(voice: Voice) -> bool:
    """Whether a voice is made of recordings: says no other sentences, and at no other pace."""
    return isinstance(voice.voice if isinstance(voice, PluggedVoice) else voice, Recorded)


def slowest(voice: Voice) -> int | None:
    """Return the words a minute that a voice does not speak below; None where it tells of none."""
    return voice.slowest if isinstance(voice, PluggedVoice) else None


def checked(audio: Audio, text: str, voice: Voice) -> Audio:
    """Return `audio` when it can be the sentence's sound.

    Raises Failed, naming the voice and the sentence, when it is no audio, misshapen, empty, at a rate that is none,
    holds values that are no numbers or in other units, is silent (peak below -50 dBFS), clipped (more than 1 % of
    samples at full scale), too short for its words, or longer than four times the voice's estimate and 5 s.
    """
    import numpy as np

    if not isinstance(audio, Audio):
        raise Failed(_bad_take(voice, text, f"gave {got(audio)}, not Audio"))
    samples, rate = audio.samples, audio.sample_rate
    if not isinstance(samples, np.ndarray) or samples.dtype.kind != "f":
        kind = samples.dtype if isinstance(samples, np.ndarray) else type(samples).__name__
        raise Failed(_bad_take(voice, text, f"gave samples of {kind}, not of float32"))
    if samples.ndim != 2 or samples.shape[1] != 1:
        raise Failed(_bad_take(voice, text, f"gave samples of shape {samples.shape}, not (frames, 1)"))
    if not isinstance(rate, Real) or rate not in _RATES:
        raise Failed(_bad_take(voice, text, f"gave samples at {got(rate)} Hz, not at 8,000 to 192,000"))
    if not len(samples):
        raise Failed(_bad_take(voice, text, "gave no sound at all"))
    seconds, most = len(samples) / rate, 4 * voice.estimate(text) + 5
    if seconds > most:
        raise Failed(_bad_take(voice, text, f"gave {seconds:.0f} s of sound where {most:.0f} s is the most to expect"))
    lasts_long_enough(seconds, text, voice)
    level = np.abs(samples)
    peak = float(level.max())
    if not np.isfinite(peak):
        raise Failed(_bad_take(voice, text, "gave values that are no numbers"))
    if peak < _SILENT_PEAK:
        raise Failed(_bad_take(voice, text, "gave silence"))
    if peak > _LOUDEST:
        raise Failed(_bad_take(voice, text, f"gave values of up to {peak:.3g}, where 1 is full scale"))
    clipped = float(np.mean(level >= _FULL_SCALE))
    if clipped > _MOST_CLIPPED:
        raise Failed(_bad_take(voice, text, f"gave distorted sound ({clipped:.0%} of it at full scale)"))
    if type(rate) is int and samples.dtype in (np.float32, np.float64):
        return audio
    return Audio(samples.astype(np.float32), int(rate))


def lasts_long_enough(seconds: float, text: str, voice: Voice) -> None:
    """Raise Failed, naming the voice and the sentence, for a sound that is too short to be its words."""
    text = plain(text)
    least = LEAST_SECONDS * max(count_words(text), 1)
    if seconds < least:
        fault = f"gave {1000 * seconds:.3g} ms of sound where {1000 * least:.0f} ms is the least to expect"
        raise Failed(_bad_take(voice, text, fault))


def _bad_take(voice: Voice, text: str, fault: str) -> str:
    return f'The voice "{voice.id}" {fault} for "{text}". Reword the sentence, or choose another voice.'
