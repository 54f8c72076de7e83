"""Foretell how long a sentence lasts from its spelling: no model, no engine, a few microseconds.

A voice spends its time on vowel groups (about one a syllable), on consonant sounds, on the pauses its punctuation asks
for, and a fixed amount on drawing out the last syllable. Four numbers, fitted a voice by `scripts/calibrate_*.py`,
foretold a session that was not in the fit within 6 % a sentence (median) and within 2 % in sum.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from voiceguide.text.languages import primary

SHORT = 6
"""Words: below this a sentence is a cue."""
MOST_SLOWED = 1.15
"""A cue is drawn out at most so far."""

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


def ratio(text: str, timing: Timing, *, language: str, pace: int, reference: float) -> float:
    """Seconds that a sentence should take, relative to those at a voice's reference speed.

    `pace` is what is asked for and `reference` the voice's own at its reference speed, in words a minute of running
    text. A cue of a few light words ("Now the left side") would run a fifth above it, and there is little context to
    guess a missed word from: it is slowed until it keeps the pace too.
    """
    wanted = reference / pace
    words = count_words(text)
    if not 0 < words < SHORT:
        return wanted
    at_pace = words * 60 / pace / timing.seconds(text, language=language)
    return min(max(wanted, at_pace), wanted * MOST_SLOWED)


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
