"""Foretell how long a sentence lasts from its spelling: no model, no engine, a few microseconds.

A voice spends its time on vowel groups (about one a syllable), on consonant sounds, on the pauses its punctuation asks
for, and a fixed amount on drawing out the last syllable. Four numbers, fitted a voice by `scripts/calibrate_*.py`,
foretold a session that was not in the fit within 6 % a sentence (median) and within 2 % in sum.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

Tempo = tuple[float, float]
"""A voice's own setting, and the seconds at it, relative to those at its reference speed."""
Spoken = TypeVar("Spoken")

SHORT = 6
"""Words: below this a sentence is a cue."""
CUE_SLOWED = 1.15
"""A cue is drawn out at most so far."""
MOST_SLOWED, MOST_HURRIED = 1.3, 0.85
"""How far a sentence is drawn out at most, to keep the pace, and how far it is shortened."""
HURRIED = 0.5
"""How much of what a sentence is too slow by is made up for: the share of it, in octaves."""
CEILING = 140 / 135
"""Of the pace: no sentence of SHORT words and more is to be faster."""
SLOWED = 137 / 135
"""Of the pace: what sentences that are slowed come to, where a voice hears itself."""
RULE = (SHORT, CUE_SLOWED, MOST_SLOWED, MOST_HURRIED, HURRIED, CEILING)
"""What a sentence's length hangs on beside its voice's own constants: part of the name of all that is spoken by it."""

_SOUNDING = 10 ** (-40 / 20)
"""Of a sentence's peak: what is softer before its first sound and after its last is none of it."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PAUSE = re.compile(r"[,;:–—…]|[.!?](?=\s)")
_VOWELS = frozenset("aeiouyæøœəαεηιουωаеёиоуыэюяіїє")  # noqa: RUF001 (Latin, Greek and Cyrillic vowels)

# English spells vowels it does not say: made, pressed, times; and gh after a vowel.
_SILENT = re.compile(r"(?<=[aeiouy])gh|(?<=[^aeiouy])e$|(?<=[^aeiouytd])e(?=d$)|(?<=[aeiouy][^aeiouyszcgx])e(?=s$)")
_ONE_SOUND = re.compile(r"th|sh|ch|ck|ph|wh|qu|(.)\1")

_FIRST_ABJAD = 0x0590
"""From Hebrew on, the scripts up to CJK write a consonant a letter and leave its vowel out or hang it on."""
_FIRST_CJK = 0x2E80
"""From here on a character is a syllable."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """What a sentence is made of, as far as its spelling tells."""

    words: int
    nuclei: float
    """Vowel groups, about one a syllable."""
    consonants: float
    pauses: int
    """Marks inside the sentence at which a voice waits."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A voice's seconds at its reference speed."""

    base: float
    """A sentence's own, whatever it says."""
    nucleus: float
    consonant: float
    pause: float

    def seconds(self, text: str, *, language: str) -> float:
        """Seconds from the first sound of `text` to its last; above 0 for any text."""
        parts = sounds(text, language)
        return self.base + self.nucleus * parts.nuclei + self.consonant * parts.consonants + self.pause * parts.pauses


def ratio(text: str, timing: Timing, *, language: str, pace: float, reference: float) -> float:
    """Seconds that a sentence should take, relative to those at a voice's reference speed.

    `pace` is what is asked for and `reference` the voice's own at its reference speed, in words a minute of running
    text. At one speed for all, sentences of light words ("If that is one of you, leave it for another day.") run at
    160 words a minute where those of long words and many pauses run at 105. The first are slowed as far as the
    CEILING. The second are hurried half the way only: it is in their syllables that haste would be heard, and these
    are as many a second as elsewhere. A cue is never hurried.
    """
    wanted = reference / pace
    words = count_words(text)
    if not words:
        return wanted
    missing = _missing(words, timing.seconds(text, language=language), reference)
    if words < SHORT:
        return wanted * min(max(1.0, missing), CUE_SLOWED)
    if missing < 1:
        return wanted * max(math.pow(missing, HURRIED), MOST_HURRIED)
    return wanted * min(max(1.0, missing / CEILING), MOST_SLOWED)


def _missing(words: int, seconds: float, reference: float) -> float:
    """How much longer a sentence would have to last than at a voice's one speed for all, to keep its pace."""
    return words * 60 / reference / seconds


def foretold(text: str, relative: float, timing: Timing, *, language: str, pace: int, reference: float) -> float:
    """Return the seconds of a sentence at a tempo `relative` to the reference speed, of a voice that is `unhurried`.

    One that is slowed is then never faster than the CEILING, but may well be slower.
    """
    words, seconds = count_words(text), timing.seconds(text, language=language)
    slowed = words >= SHORT and _missing(words, seconds, reference) > CEILING
    return max(relative * seconds, words * 60 / pace / SLOWED) if slowed else relative * seconds


def unhurried(
    text: str, pace: int, tempo: Tempo, tempi: Sequence[Tempo], speak: Callable[[float], tuple[Spoken, float]]
) -> Spoken:
    """Return a sentence as a voice speaks it at a tempo, or at a slower one where it came out above the CEILING.

    `tempi` are all that the voice has, and `speak` returns what it says at a setting, and the seconds that this sounds.
    """
    spoken, seconds = speak(tempo[0])
    words = count_words(text)
    least = words * 60 / (pace * CEILING) if words >= SHORT else 0.0
    slower = sorted((other for other in tempi if other[1] > tempo[1]), key=lambda other: other[1])
    while seconds < least and slower:
        needed = tempo[1] * least / seconds
        tempo = next((other for other in slower if other[1] >= needed), slower[-1])
        slower = [other for other in slower if other[1] > tempo[1]]
        spoken, seconds = speak(tempo[0])
    return spoken


def sounding(samples: NDArray[np.float32], rate: int) -> float:
    """Return the seconds from the first to the last of what sounds in a sentence, shape (frames,), to 5 ms."""
    import numpy as np

    window = rate // 200
    levels = np.abs(samples[: len(samples) // window * window].reshape(-1, window)).max(axis=1, initial=0.0)
    loud = np.flatnonzero(levels > _SOUNDING * levels.max(initial=0.0))
    return float(loud[-1] + 1 - loud[0]) * window / rate if len(loud) else 0.0


def count_words(text: str) -> int:
    """Words as a pace counts them: runs of letters or digits, `finger's` one and `hand-held` two."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=4096)
def sounds(text: str, language: str) -> Sounds:
    """Count the sounds of a normalised sentence; `language` (BCP 47) says whether English's silent letters apply."""
    words = _WORD.findall(text.casefold())
    silent_letters = primary(language) == "en"
    nuclei = consonants = 0.0
    for word in words:
        vowels, others = _of_word(word, silent_letters=silent_letters)
        nuclei += vowels
        consonants += others
    return Sounds(len(words), nuclei, consonants, len(_PAUSE.findall(text.rstrip(" .!?…"))))


def _of_word(word: str, *, silent_letters: bool) -> tuple[float, float]:
    """(vowel groups, consonant sounds) of a word in lower case; a word has at least one vowel group."""
    if silent_letters and len(word) > 3:
        word = _SILENT.sub("", word)
    word = _ONE_SOUND.sub(lambda double: double[1] or double[0][0], word)
    nuclei = consonants = 0.0
    in_vowel = False
    for char in word:
        letter = unicodedata.normalize("NFD", char)[0]  # é is e, ü is u
        vowel = letter in _VOWELS
        if vowel:
            nuclei += not in_vowel
        elif letter.isdigit():
            nuclei, consonants = nuclei + 1.3, consonants + 2.0  # what the names of digits average in English
        elif letter.isalpha() and ord(letter) >= _FIRST_ABJAD:
            nuclei, consonants = nuclei + (1.0 if ord(letter) >= _FIRST_CJK else 0.6), consonants + 1.0
        elif letter.isalpha():
            consonants += 1
        in_vowel = vowel
    return max(1.0, nuclei), consonants
