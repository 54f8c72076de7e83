"""One word for one hand: what the moves are called in each language, and texts of the library that say it otherwise.

One table a language, `de.toml` for German, with the same moves in each. The library's own routines are held to it,
since who has done one of them knows the words of all; an author's words are theirs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.lint.safety.patterns import Pattern, plain
from voiceguide.text.languages import primary
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet, Written
    from voiceguide.routine.source import KeyPath

_FOLDER = Path(__file__).parent
SHOWN = ("title", "summary", "position", "need", "do_not_start", "ask_first", "core", "always", "avoid", "more")
"""Fields that tell no hands what to do."""


@dataclass(frozen=True, slots=True)
class Move:
    """What the hands do, in one language."""

    word: str
    said: Pattern
    """The forms of its word."""
    meant: Pattern
    """Those, and what may stand in its place."""
    never: Pattern
    """What says another hand, or none."""


@cache
def moves(language: str) -> dict[str, Move]:
    """Return the moves of a language by their English names; of one without a table none."""
    file = _FOLDER / f"{primary(language)}.toml"
    if not file.is_file():
        return {}
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: Move(
            table["words"][0],
            Pattern.of(table["words"]),
            Pattern.of([*table["words"], *table["also"]]),
            Pattern.of(table["never"]),
        )
        for name, table in tables.items()
    }


def check(sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each word that is not the move's, and each step that loses a move in a translation."""
    steps: dict[KeyPath, dict[str, list[Written]]] = {}
    for text in sheet.texts:
        if text.field in SHOWN:
            continue
        yield from _other_words(sheet, text)
        if text.step and sheet.touches(text.step):
            steps.setdefault(text.step, {}).setdefault(primary(text.language), []).append(text)
    for languages in steps.values():
        yield from _lost(sheet, languages)


def _other_words(sheet: Sheet, text: Written) -> Iterator[Fault]:
    said = plain(text.leaf.text)
    for move in moves(text.language).values():
        if found := move.never.search(said):
            message = f'expected "{move.word}", which is the word for this hand in every routine, got '
            yield sheet.fault(text.leaf, "other-word", f'{message}"{shown(found[0])}"')


def _lost(sheet: Sheet, languages: dict[str, list[Written]]) -> Iterator[Fault]:
    """Yield a warning for each move that a step has in English, and not in another language it is written in."""
    for name, english in moves("en").items():
        told = next((text for text in languages.get("en", ()) if english.said.search(plain(text.leaf.text))), None)
        for language in () if told is None else languages:
            move, texts = moves(language).get(name), languages[language]
            if move and not any(move.meant.search(plain(text.leaf.text)) for text in texts):
                message = f'in English the hands "{name}": expected a form of "{move.word}" in {language} too, got none'
                at = next((text for text in texts if told and text.bare == told.bare), texts[0])
                yield sheet.fault(at.leaf, "lost-move", message)
