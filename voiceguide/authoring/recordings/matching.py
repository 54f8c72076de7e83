"""Matching: which stretch of a recording is which line, by the words understood there. Pure.

Every way to cut a recording into lines and what is none is looked at, and the one that explains most of it is taken.
Lines come in any order, though the next one is expected most; of a line that is read several times the last good
reading counts; what was begun and broken off, and talk between, is no line's.
Numpy stands at the top.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from voiceguide.text.languages import primary
from voiceguide.text.normalise import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voiceguide.authoring.recordings.lines import Line
    from voiceguide.authoring.recordings.listening import Atom, Word

GOOD = 0.8
"""A line is what was understood at least this well; 1 is letter by letter."""
LIKELY = 0.6
"""What is as near is told of; between its neighbours in order it is taken too."""
CERTAIN = 0.95
"""What is understood so well need not be listened to again."""
LEAST_SHARE = 0.5
"""Of what was said, in letters: of another bundled routine's lines at most a third is found, of a right reading 0.9."""

_MOST_ATOMS = 14
"""In one line."""
_IN_ORDER = 0.5
"""What the line that comes next is worth more, in letters' worth."""
_MOST_MORE = 1.8
"""Times as many letters as a line has may be one with something begun before it, and never two lines."""
_WORDLESS = 0.6
"""What a stretch in which nothing was understood takes from a line, in letters' worth: it is more likely before it."""
_NUMBERS = {
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
}
"""From 0 to 15, then the tens."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Taken(NamedTuple):
    """Where a line was found."""

    start: float
    """Seconds."""
    end: float
    score: float
    """How well it was understood, 0 to 1."""
    understood: str
    """The words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a recording."""

    taken: dict[int, Taken]
    """By the line's number."""
    doubtful: dict[int, Taken] = field(default_factory=dict)
    """Lines of which only something near was understood, and that are not taken."""
    share: float = 0.0
    """Of the letters that were understood, those that are some line's."""
    unsure: frozenset[int] = frozenset()
    """Phrases that had better be listened to again."""


class _Cut(NamedTuple):
    """Atoms that may be a line."""

    first: int
    after: int
    line: int
    """Its place among the lines."""
    score: float
    words: tuple[Word, ...]
    trimmed: int
    """Words at its beginning that are not the line's."""
    wordless: int
    """Atoms in which nothing was understood."""


def letters(text: str, language: str) -> str:
    """Return a text's words as they are compared: small letters, no signs, numbers in digits."""
    digits = _digits(primary(language))
    words = _WORD.findall(spoken(text, language).casefold().replace("’", "'"))
    return " ".join(digits.get(word, word) for word in words)


@cache
def _digits(language: str) -> dict[str, str]:
    """The digits of the words for numbers: a recogniser writes the one or the other."""
    counted = _NUMBERS.get(language, "").split()
    names = (*map(str, range(len(counted) - 8)), *(str(ten) for ten in range(20, 100, 10)))
    return dict(zip(counted, names, strict=True)) if counted else {}


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """Return how alike two texts are as `letters` gives them, 0 to 1; words may be run together, or apart."""
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if ratio >= CERTAIN:
        return ratio
    return max(ratio, SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio())


def match(atoms: Sequence[Atom], lines: Sequence[Line], language: str) -> Found:
    """Return where each of some lines is in a recording, as it was understood."""
    texts = [letters(line.spoken, language) for line in lines]
    cuts = tuple(_cuts(atoms, texts, language))
    chosen = _chosen(cuts, len(atoms), texts)
    said = [len(_joined(_words(atom), language)) for atom in atoms]
    explained = sum(sum(said[cut.first : cut.after]) for cut in chosen if cut.score >= GOOD)
    share = explained / max(1, sum(said))
    taken: dict[int, Taken] = {}
    near: dict[int, Taken] = {}
    for at, cut in enumerate(chosen):
        here = _taken(atoms, cut)
        number = lines[cut.line].number
        if cut.score >= GOOD or (_between(chosen, at) and taken.get(number, here).score < GOOD):
            taken[number] = here
        elif number not in near or cut.score > near[number].score:
            near[number] = here
    covered = {index for cut in chosen for index in range(cut.first, cut.after)}
    unsure = {atom.phrase for index, atom in enumerate(atoms) if index not in covered and atom.again is None}
    for cut in chosen:
        own = {atom.phrase for atom in atoms[cut.first : cut.after] if atom.again is None}
        if cut.score < CERTAIN or len({atom.phrase for atom in atoms[cut.first : cut.after]}) > 1:
            unsure |= own
    doubtful = {number: here for number, here in near.items() if number not in taken}
    return Found(taken, doubtful, share, frozenset(unsure))


def _between(chosen: Sequence[_Cut], at: int) -> bool:
    """Whether a cut stands between good readings of the line before it and the one after."""
    line = chosen[at].line
    before = next((cut for cut in reversed(chosen[:at]) if cut.line != line), None)
    after = next((cut for cut in chosen[at + 1 :] if cut.line != line), None)
    if before is None or after is None or (before.line, after.line) != (line - 1, line + 1):
        return False
    return min(before.score, after.score) >= GOOD


def _taken(atoms: Sequence[Atom], cut: _Cut) -> Taken:
    start = atoms[cut.first].start
    if cut.trimmed:
        start = (cut.words[cut.trimmed - 1].end + cut.words[cut.trimmed].start) / 2
    understood = "".join(word.text for word in cut.words[cut.trimmed :]).strip()
    return Taken(start, atoms[cut.after - 1].end, cut.score, understood)


def _words(atom: Atom) -> tuple[Word, ...]:
    return atom.first if atom.again is None else atom.again


def _joined(words: Iterable[Word], language: str) -> str:
    return letters("".join(word.text for word in words), language)


def _understood(atoms: Sequence[Atom]) -> Iterator[tuple[Word, ...]]:
    """Yield the words of atoms as they were understood: at the first time only where they are in one phrase."""
    yield tuple(word for atom in atoms for word in _words(atom))
    if len({atom.phrase for atom in atoms}) == 1 and atoms[0].again is not None:
        yield tuple(word for atom in atoms for word in atom.first)


def _cuts(atoms: Sequence[Atom], texts: Sequence[str], language: str) -> Iterator[_Cut]:
    """Yield every stretch of atoms that is like a line."""
    bags = _Bags(texts)
    longest = max((len(text) for text in texts), default=0) * 1.4 + 8
    for first in range(len(atoms)):
        for after in range(first + 1, min(len(atoms), first + _MOST_ATOMS) + 1):
            readings = [(words, _joined(words, language)) for words in _understood(atoms[first:after])]
            if min(len(text) for _, text in readings) > longest:
                break
            wordless = sum(not _words(atom) for atom in atoms[first:after])
            best: dict[int, _Cut] = {}
            for words, text in readings:
                for line, score, trimmed in _alike(words, text, texts, bags, language):
                    if line not in best or score > best[line].score:
                        best[line] = _Cut(first, after, line, score, words, trimmed, wordless)
            yield from best.values()


def _alike(
    words: tuple[Word, ...], text: str, texts: Sequence[str], bags: _Bags, language: str
) -> Iterator[tuple[int, float, int]]:
    """Yield (line, score, words to leave out at the beginning) of the lines that some words are like."""
    for line in bags.near(text):
        other = texts[line]
        score, trimmed = likeness(text, other), 0
        if LIKELY <= score < CERTAIN:
            score, trimmed = max(
                ((score, 0), *_trimmed(words, other, language)), key=lambda found: (round(found[0], 2), -found[1])
            )
        if score >= LIKELY:
            yield line, score, trimmed


class _Bags:
    """How often each letter stands in each of some texts, by which most are found to be unlike another at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._columns = {letter: column for column, letter in enumerate(sorted(set("".join(texts)) - {" "}))}
        self._rows = np.array([self._row(text) for text in texts]).reshape(len(texts), len(self._columns))
        self._sizes = np.array([len(text.replace(" ", "")) for text in texts])

    def near(self, text: str) -> list[int]:
        """Return the places of those that may be at least likely to be a text."""
        size = len(text.replace(" ", ""))
        common = np.minimum(self._rows, self._row(text)).sum(axis=1)
        likely = 2 * common >= (LIKELY - 0.02) * (self._sizes + size)
        return [int(line) for line in np.flatnonzero(likely & (size > 0) & (size <= _MOST_MORE * self._sizes))]

    def _row(self, text: str) -> NDArray[np.int32]:
        row = np.zeros(len(self._columns), np.int32)
        for letter, count in Counter(text).items():
            if letter in self._columns:
                row[self._columns[letter]] = count
        return row


def _trimmed(words: tuple[Word, ...], other: str, language: str) -> Iterator[tuple[float, int]]:
    """Yield how alike words are without some of the first: what was begun and said again without a pause."""
    for count in range(1, min(len(words), 8)):
        yield likeness(_joined(words[count:], language), other) - 0.02, count


def _chosen(cuts: Iterable[_Cut], atoms: int, texts: Sequence[str]) -> tuple[_Cut, ...]:
    """Return the cuts, none over another, that explain most: by the letters that are right, less those that are not."""
    by_end: dict[int, list[_Cut]] = {}
    for cut in cuts:
        by_end.setdefault(cut.after, []).append(cut)
    # Up to each atom: what explains most and its last cut, and the same with a certain line last.
    best: list[tuple[float, _Cut | None]] = [(0.0, None)]
    ended: list[dict[int, tuple[float, _Cut]]] = [{}]
    before: dict[_Cut, _Cut | None] = {}
    for at in range(1, atoms + 1):
        most = best[at - 1]
        last = dict(ended[at - 1])
        for cut in by_end.get(at, ()):
            gain = (2 * cut.score - 1) * len(texts[cut.line]) - 0.1 * cut.trimmed - _WORDLESS * cut.wordless
            options = [best[cut.first]]
            for line, bonus in ((cut.line - 1, _IN_ORDER), (cut.line, _IN_ORDER / 2)):
                if line in ended[cut.first]:
                    other, its = ended[cut.first][line]
                    options.append((other + bonus, its))
            value, before[cut] = max(options, key=lambda option: option[0])
            value += gain
            if cut.line not in last or value > last[cut.line][0]:
                last[cut.line] = value, cut
            if value > most[0]:
                most = value, cut
        best.append(most)
        ended.append(last)
    found = []
    tail = best[-1][1]
    while tail is not None:
        found.append(tail)
        tail = before[tail]
    return tuple(reversed(found))
