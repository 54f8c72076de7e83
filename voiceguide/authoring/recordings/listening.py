"""Listening: which words are said in each stretch of a recording, by a recogniser (the extra `record`).

It listens twice. First to half a minute at a time: what stands around a short line helps to understand it. A recogniser
leaves out what was begun and broken off, though, and tells its words in the wrong place; so what was not understood at
once, and what was said with pauses in it, is listened to again, each phrase alone.
Imported by modules that handle samples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.authoring.recordings.hearing import RATE, Heard, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray


class Word(NamedTuple):
    """A word that was recognised, with the signs behind it; in seconds."""

    start: float
    end: float
    text: str


Recogniser = Callable[["NDArray[np.float32]", str], "list[Word]"]
"""Gives the words of samples at 16 kHz (full scale 1.0) in a language, in seconds from the first sample."""
Progress = Callable[[int, int], None]
"""(done, total) of the stretches to listen to; the second may grow."""

WINDOW = 27.0
"""Seconds that are listened to at once: a recogniser takes 30."""
PHRASE = 0.45
"""Seconds of a pause that parts two phrases: shorter ones are inside a sentence more often than between two."""
AROUND = 0.25
"""Seconds before and after what is listened to."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of speech that is never cut in two: a line is one, or several in a row."""

    start: float
    end: float
    phrase: int
    """The number of the phrase it is in."""
    first: tuple[Word, ...] = ()
    """Understood at the first time."""
    again: tuple[Word, ...] | None = None
    """At the second time, its phrase alone; None where it was not listened to again."""


def listen(heard: Heard, language: str, recogniser: Recogniser, progress: Progress | None = None) -> tuple[Atom, ...]:
    """Return what is said in a recording at the first time. Raises Failed where no speech stands out."""
    stretches = heard.stretches()
    phrases = tuple(_phrases(stretches))
    windows = tuple(_windows(stretches))
    words: list[Word] = []
    for done, (start, end) in enumerate(windows, 1):
        words += _said(heard, start, end, language, recogniser)
        if progress:
            progress(done, len(windows))
    found: list[Atom] = []
    for number, phrase in enumerate(phrases):
        for stretch in phrase:
            found += _parted(heard, stretch, number, _in(stretch, words, phrase))
    return tuple(found)


def again(
    heard: Heard,
    atoms: tuple[Atom, ...],
    phrases: Iterable[int],
    language: str,
    recogniser: Recogniser,
    progress: Progress | None = None,
) -> tuple[Atom, ...]:
    """Return the atoms with some of the phrases listened to again, each alone."""
    wanted = set(phrases)
    of = {number: [atom for atom in atoms if atom.phrase == number] for number in sorted(wanted)}
    understood: dict[int, list[Word]] = {}
    for done, (number, parts) in enumerate(of.items(), 1):
        understood[number] = _said(heard, parts[0].start - AROUND, parts[-1].end + AROUND, language, recogniser)
        if progress:
            progress(done, len(of))
    return tuple(
        replace(atom, again=_in(atom, understood[atom.phrase], of[atom.phrase])) if atom.phrase in wanted else atom
        for atom in atoms
    )


def _said(heard: Heard, start: float, end: float, language: str, recogniser: Recogniser) -> list[Word]:
    samples = heard.within(start, end)
    begins = max(0, round(start * RATE)) / RATE
    return [Word(word.start + begins, word.end + begins, word.text) for word in recogniser(samples, language)]


def _phrases(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    phrase: list[Stretch] = []
    for stretch in stretches:
        if phrase and stretch.start - phrase[-1].end >= PHRASE:
            yield phrase
            phrase = []
        phrase.append(stretch)
    if phrase:
        yield phrase


def _windows(stretches: Iterable[Stretch]) -> Iterator[tuple[float, float]]:
    """Yield what is listened to at once, a stretch of more than half a minute in parts of its own."""
    start = end = None
    for stretch in stretches:
        if start is not None and end is not None and stretch.end - start > WINDOW:
            yield start - AROUND, end + AROUND
            start = None
        start = stretch.start if start is None else start
        end = stretch.end
        while end - start > WINDOW:
            yield start - AROUND, start + WINDOW
            start += WINDOW
    if start is not None and end is not None:
        yield start - AROUND, end + AROUND


def _in(one: Stretch | Atom, words: Iterable[Word], phrase: list[Stretch] | list[Atom]) -> tuple[Word, ...]:
    """Return the words that are said in one of the parts of a phrase: those whose middle is nearest to it."""

    def apart(part: Stretch | Atom, middle: float) -> float:
        return max(part.start - middle, middle - part.end, 0.0)

    found = []
    for word in words:
        middle = (word.start + word.end) / 2
        nearest = min(phrase, key=lambda part: apart(part, middle))
        if nearest is one and apart(nearest, middle) < PHRASE / 2:
            found.append(word)
    return tuple(found)


def _parted(heard: Heard, stretch: Stretch, phrase: int, words: tuple[Word, ...]) -> Iterator[Atom]:
    """Yield a stretch, in parts where a sentence ends in it: two lines read without a pause."""
    start, held = stretch.start, []
    for index, word in enumerate(words):
        held.append(word)
        if word.text.strip()[-1:] in ".?!" and index + 1 < len(words):
            border = heard.softest((word.start + word.end) / 2, (words[index + 1].start + words[index + 1].end) / 2)
            if start < border < stretch.end:
                yield Atom(start, border, phrase, tuple(held))
                start, held = border, []
    yield Atom(start, stretch.end, phrase, tuple(held))
