"""Utterances: what is said, as sentences with the pauses and breaths between them.

An utterance is cut at its breaths into pieces; each piece becomes one take and one clip. How long the pauses are is
`utter.py`'s.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.text.pronouncing import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.errors import Place

BREATH_SECONDS = 10.0
"""The sound `breath` swells 5 s and falls 5 s."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: what a voice speaks at a time."""

    text: str
    """As the author wrote it, marks removed, placeholders filled."""
    spoken: str
    """Normalised: as a person says it, with the pronunciations of its words in it (see `pronouncing`)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences with fixed pauses between them: one take, one clip."""

    sentences: tuple[Sentence, ...]
    gaps: tuple[float, ...]
    """Seconds from the end of one sentence's sound to the start of the next; one fewer than sentences."""

    @property
    def key(self) -> str:
        """Names the piece by its content: equal words and pauses have equal keys."""
        said = repr((tuple(s.spoken for s in self.sentences), tuple(round(g, 6) for g in self.gaps)))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(s.text for s in self.sentences)

    def offsets(self, length_of: Callable[[Sentence], float]) -> tuple[tuple[float, float], ...]:
        """(start, end) of each sentence in seconds from the piece's start."""
        spans, at = [], 0.0
        for sentence, gap in zip(self.sentences, (*self.gaps, 0.0), strict=True):
            end = at + length_of(sentence)
            spans.append((at, end))
            at = end + gap
        return tuple(spans)

    def length(self, length_of: Callable[[Sentence], float]) -> float:
        """Seconds from the first sound to the end of the last."""
        return sum(length_of(s) for s in self.sentences) + sum(self.gaps)


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause before, between or after pieces."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Breath:
    """The sound of one slow breath."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something to say in one go, in one role."""

    role: str
    """One of the interface's narration roles."""
    parts: tuple[Piece | Silence | Breath, ...]
    """Back to back; every pause of the contract is a part or a gap in a piece."""
    place: Place | None = None
    """Where its author wrote it; None for the program's own phrases."""
    others: tuple[Utterance, ...] = ()
    """What is said in its place on other visits."""

    def pieces(self) -> tuple[Piece, ...]:
        """The spoken parts."""
        return tuple(part for part in self.parts if isinstance(part, Piece))

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(sentence for piece in self.pieces() for sentence in piece.sentences)

    def words(self) -> int:
        """How many words are said."""
        return sum(len(plain(sentence.spoken).split()) for sentence in self.sentences())

    def wordings(self) -> tuple[Utterance, ...]:
        """It, and what is said in its place on other visits."""
        return (self, *self.others)

    def length(self, length_of: Callable[[Sentence], float]) -> float:
        """Seconds it is given, its pauses and breaths included: its longest wording's, so that each visit fits."""
        return max(wording.own_length(length_of) for wording in self.wordings())

    def own_length(self, length_of: Callable[[Sentence], float]) -> float:
        """Seconds it takes, its pauses and breaths included."""
        total = 0.0
        for part in self.parts:
            if isinstance(part, Piece):
                total += part.length(length_of)
            else:
                total += part.seconds if isinstance(part, Silence) else BREATH_SECONDS
        return total
