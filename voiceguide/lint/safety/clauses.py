"""Clauses: a sentence cut where a new thought begins, and how far its negations reach.

"Never press, push or lean on the spine" denies all three; "don't hurry, press on the spine" denies only the hurry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.lint.safety.patterns import Pattern, alternatives, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Span = tuple[int, int]
"""Offsets in a clause's text, half-open."""

LONGEST = 60
"""Words, commas counted: a longer clause is no sentence, and is cut so that none takes long to judge."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that belong to one thought: commas in it, nothing stronger."""

    text: str
    """Plain words, a comma being a word."""
    parts: tuple[Span, ...]
    """What lies between the commas, in order."""

    def part_of(self, offset: int) -> int:
        """Return which part an offset lies in."""
        return next(number for number, (_, end) in enumerate(self.parts) if offset <= end)

    def part(self, number: int) -> str:
        """Return the words of a part."""
        start, end = self.parts[number]
        return self.text[start:end].strip()


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's small words."""

    light: str
    """Regular expression: any number of words that may stand between a verb or preposition and its place."""
    joins: str
    """Regular expression: "and", "or", before a second place."""
    gentle: Pattern
    """Verbs that take the place over: "press the feet down and rest a hand on the belly"."""
    fillers: re.Pattern[str]
    """Nothing but words that keep the hands where they are, between a place and the verb after it."""
    own_object: re.Pattern[str]
    """After a verb: something else than the hands, which it then goes to."""
    object_first: bool
    """Whether the object may stand before its verb: "die Kehle drücken"."""
    reach_after: int
    """Words there may be between a verb and the place after it."""
    reach_before: int
    """Words there may be between a place and the verb after it."""
    _breaks: re.Pattern[str]
    _not_denials: re.Pattern[str]
    _negations: Pattern
    _late_negations: Pattern
    _bare_negation: re.Pattern[str]
    _or: re.Pattern[str]
    _verb_first: re.Pattern[str]
    _verb_last: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, Any], verbs: Iterable[str]) -> Grammar:
        """Compile a table's grammar; `verbs` are the actions whose lists a negation reaches through."""
        negations, particles = words["negations"], words["particles"]
        verb = alternatives(verbs)
        light = rf"(?:(?:{alternatives(words['light'])})\s*)*"
        return cls(
            light=light,
            joins=alternatives(words["joins"]),
            gentle=Pattern.of(words["gentle"]),
            fillers=re.compile(rf"\s*(?:(?:{alternatives([*words['fillers'], *words['light']])}|,)\s*)*"),
            own_object=re.compile(
                rf"\s*{alternatives(words['articles'])}\s*(?>{light})(?!\s*{alternatives(words['fillers'])})[^\s,]"
            ),
            object_first=words["object_first"],
            reach_after=words["reach_after"],
            reach_before=words["reach_before"],
            _breaks=re.compile(rf"[;:]|{alternatives(words['breaks'])}"),
            _not_denials=re.compile(alternatives(words["not_negations"])),
            _negations=Pattern.of(negations),
            _late_negations=Pattern.of(words["late_negations"]),
            _bare_negation=re.compile(rf"(?:(?:{alternatives([*negations, *particles])})\s*)+"),
            _or=re.compile(rf"\s*(?:{alternatives(words['or'])})"),
            _verb_first=re.compile(rf"\s*{verb}"),
            _verb_last=re.compile(rf"{verb}\s*$"),
        )

    def clauses(self, sentence: str) -> Iterator[Clause]:
        """Yield the clauses of a sentence."""
        for thought in self._breaks.split(self._not_denials.sub(" ", plain(sentence))):
            said = thought.split()
            for start in range(0, len(said), LONGEST):
                words = " ".join(said[start : start + LONGEST])
                commas = [match.start() for match in re.finditer(",", words)]
                yield Clause(words, tuple(zip([0, *(c + 1 for c in commas)], [*commas, len(words)], strict=True)))

    def denies(self, clause: Clause, action: Span, place: Span) -> bool:
        """Whether an action on a place is denied: a negation before the later of them, or said of it afterwards."""
        acts, placed = clause.part_of(action[0]), clause.part_of(place[0])
        low, high = min(action[0], place[0]), max(action[1], place[1])
        for found in self._negations.finditer(clause.text):
            part = clause.part_of(found.start())
            if part in (acts, placed) and found.start() < high:
                return True
            if part < min(acts, placed) and self._reaches(clause, part, min(acts, placed)):
                return True
            # "press beside, not on, the spine"
            if part == placed - 1 and found.start() > low and self._reaches(clause, part, placed):
                return True
        _, end = clause.parts[max(acts, placed)]
        return self._late_negations.search(clause.text[high:end]) is not None

    def _reaches(self, clause: Clause, negated: int, target: int) -> bool:
        """Whether the negation of one part holds in a later one: through a list of verbs, or an "or"."""
        return all(self._reaches_next(clause, part) for part in range(negated, target))

    def _reaches_next(self, clause: Clause, part: int) -> bool:
        here, there = clause.part(part), clause.part(part + 1)
        if self._bare_negation.fullmatch(here) or self._or.match(there):
            return True
        if not self._verb_first.match(there):
            return False
        later = (clause.part(number) for number in range(part + 2, len(clause.parts)))
        return bool(self._verb_last.search(here)) or any(self._or.match(text) for text in later)


def sentence_clauses(sentence: str, grammar: Grammar) -> tuple[Clause, ...]:
    """Return the clauses of a sentence as it is spoken."""
    return tuple(grammar.clauses(sentence))
