"""Safety: texts that ask to press where nobody should, to hold too long, or that claim what no massage keeps.

One table a language, `de.toml` for German: words and patterns only (see `patterns`), the rules are here and in
`pressing`. A file beside the others is all it takes to add a language. The tests hold every table to the same keys.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.lint.safety.clauses import Grammar, sentence_clauses
from voiceguide.lint.safety.patterns import Pattern, plain
from voiceguide.lint.safety.pressing import Pressing
from voiceguide.text import marks, normalise, sentences
from voiceguide.text.languages import nearest
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voiceguide.lint.safety.clauses import Clause

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
HOLD_REACH = 8
"""Words there may be between "hold" and how long."""


class Finding(NamedTuple):
    """What one text is warned of."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """One language's words."""

    grammar: Grammar
    pressing: Pressing
    """Places where nobody should press at all."""
    rolling: Pressing
    """Places where no roller goes."""
    tools: Pattern
    """Rollers: where one is about, rolling is meant with it."""
    holds: Pattern
    """Words for pressing on one spot that a length of time may follow."""
    too_long: Pattern
    """Lengths of time over 60 s."""
    strokes: Pattern
    """Long moves over the skin."""
    pace: Pattern
    """Words that say how fast."""
    claims: tuple[tuple[str, Pattern], ...]
    """(what is claimed, its words)."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are tables for, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def table(language: str) -> Table | None:
    """Return the table of a BCP 47 tag, `de` for `de-AT`; None where there is none."""
    tag = nearest(language, languages())
    return None if tag is None else _read(tag)


@cache
def _read(tag: str) -> Table:
    words: Mapping[str, Any] = tomllib.loads((_FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    pressing, rolling = words["pressing"], words["rolling"]
    tools = Pattern.of(rolling["tools"])
    grammar = Grammar.of(words["grammar"], verbs=(*pressing["actions"], *rolling["actions"]))
    return Table(
        grammar=grammar,
        pressing=Pressing.of(pressing, grammar, pressing["actions"]),
        rolling=Pressing.of(rolling, grammar, (*rolling["actions"], *rolling["tools"])),
        tools=tools,
        holds=Pattern.of(words["holding"]["actions"]),
        too_long=Pattern.of(words["holding"]["too_long"]),
        strokes=Pattern.of(words["strokes"]["moves"]),
        pace=Pattern.of(words["strokes"]["pace"]),
        claims=tuple((name, Pattern.of(claim)) for name, claim in words["claims"].items()),
    )


def names_a_roller(text: str, language: str) -> bool:
    """Whether a text is about a foam roller."""
    known = table(language)
    return known is not None and bool(known.tools.search(f" {plain(text)} "))


def asks_for_strokes(text: str, language: str) -> bool:
    """Whether a text asks for long moves over the skin."""
    known = table(language)
    if known is None:
        return False
    said = (
        normalise.spoken(s, language) for s in sentences.split(_PLACEHOLDER.sub(" this ", marks.strip(text)), language)
    )
    return any(
        not known.grammar.denies(clause, found.span(), found.span())
        for sentence in said
        for clause in sentence_clauses(sentence, known.grammar)
        for found in known.strokes.finditer(clause.text)
    )


def names_a_pace(text: str, language: str) -> bool:
    """Whether a text says how fast the hands go."""
    known = table(language)
    return known is not None and bool(known.pace.search(f" {plain(text)} "))


def judge(text: str, language: str, *, claims_only: bool = False, roller: bool = False) -> Iterator[Finding]:
    """Yield what an author's text is warned of, each rule at most once a sentence.

    `claims_only` is for lists of what to avoid, where places are named as a matter of course; `roller` says that the
    step is about one. A language without a table has nothing to warn of.
    """
    known = table(language)
    if known is None:
        return
    said = _PLACEHOLDER.sub(" this ", marks.strip(text))
    for sentence in sentences.split(said, language):
        clauses = sentence_clauses(normalise.spoken(sentence, language), known.grammar)
        yield from _claims(known, sentence, clauses)
        if not claims_only:
            yield from _pressing(known, sentence, clauses, roller=roller)
            yield from _holding(known, sentence, clauses)


def _claims(known: Table, sentence: str, clauses: tuple[Clause, ...]) -> Iterator[Finding]:
    for clause in clauses:
        for name, pattern in known.claims:
            for found in pattern.finditer(clause.text):
                if not known.grammar.denies(clause, found.span(), found.span()):
                    message = (
                        f'"{shown(sentence)}" claims {name}, which no massage keeps: say what it may do, as relax, '
                        "ease tension or feel good"
                    )
                    yield Finding("claim", message)
                    return


def _pressing(known: Table, sentence: str, clauses: tuple[Clause, ...], *, roller: bool) -> Iterator[Finding]:
    if place := next((p for clause in clauses for p in known.pressing.places_pressed(clause)), None):
        message = (
            f'"{shown(sentence)}" asks to press on {place}: work on the soft muscle beside it, or say to keep off it'
        )
        yield Finding("forbidden-place", message)
    if not (roller or any(known.tools.search(clause.text) for clause in clauses)):
        return
    if place := next((p for clause in clauses for p in known.rolling.places_pressed(clause)), None):
        message = f'"{shown(sentence)}" takes a roller to {place}: roll the upper back or the legs, and stop before it'
        yield Finding("roller-place", message)


def _holding(known: Table, sentence: str, clauses: tuple[Clause, ...]) -> Iterator[Finding]:
    for clause in clauses:
        for long in known.too_long.finditer(clause.text):
            for hold in known.holds.finditer(clause.text[: long.start()]):
                between = clause.text[hold.end() : long.start()]
                close = "," not in between and len(between.split()) <= HOLD_REACH
                if close and not known.grammar.denies(clause, hold.span(), long.span()):
                    message = (
                        f'"{shown(sentence)}" holds one spot for over 60 s: 15 to 30 s is enough, then move on a little'
                    )
                    yield Finding("hold-too-long", message)
                    return
