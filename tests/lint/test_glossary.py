"""One word for one hand: the tables of all languages, and the library's routines by them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from voiceguide import phrases
from voiceguide.lint import findings, glossary

TABLES = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in Path(glossary.__file__).parent.glob("*.toml")
}

ROUTINE = """\
title: {en: Hands, de: Hände}
summary: {en: Slow hands., de: Langsame Hände.}
steps:
  - name: {en: Shoulders, de: Schultern}
    say: {en: Knead the shoulder., de: %s}
    duration: 1m
    touch: %s
"""


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Return what is found in a routine of the library by what its German says, as (rule, line)."""
    monkeypatch.setattr("voiceguide.lint.routines_folder", lambda: tmp_path)

    def found(german: str, *, touch: bool = True) -> list[tuple[str, int]]:
        file = tmp_path / "hands.yaml"
        file.write_text(ROUTINE % (german, str(touch).lower()), encoding="utf-8")
        told = [fault for fault in findings(file) if fault.rule in ("other-word", "lost-move")]
        assert all(fault.level == "warning" and "kneten" in fault.message for fault in told)
        return [(fault.rule, fault.place.line) for fault in told]

    return found


def test_every_language_has_a_table():
    """Each that sessions can be in, with the moves that the others have."""
    assert sorted(TABLES) == sorted(phrases.languages())
    assert {tuple(table) for table in TABLES.values()} == {tuple(TABLES["en"])}


@pytest.mark.parametrize("language", sorted(TABLES))
def test_a_table_does_not_contradict_itself(language):
    """A move's word is one of its forms, and no form of any move is among what is never said."""
    for name, table in TABLES[language].items():
        assert set(table) == {"hands", "words", "also", "never"}
        move = glossary.moves(language)[name]
        for word in (*table["words"], *table["also"]):
            bare = glossary.plain(word.replace("*", ""))
            assert move.meant.search(bare), word
            assert not any(other.never.search(bare) for other in glossary.moves(language).values()), word


def test_a_lost_move(library):
    """A step that kneads in English kneads in German too, in whichever form of the word."""
    assert library("Knete die Schulter.") == library("Langsames Kneten der Schulter.") == []
    assert library("Nimm die Schulter in die Hand.") == [("lost-move", 5)]


def test_a_step_that_touches_nobody_loses_no_move(library):
    """What it tells is about hands, or about illness; another hand's word stays another hand's."""
    assert library("Nimm die Schulter in die Hand.", touch=False) == []
    assert library("Kneten heißt nicht walken.", touch=False) == [("other-word", 5)]


def test_another_word(library):
    """It names another hand, and is warned of where it stands."""
    assert library("Kneten heißt nicht walken.") == [("other-word", 5)]


def test_an_author_s_words_are_theirs(tmp_path):
    """Outside of the library nobody is told which words to use."""
    file = tmp_path / "hands.yaml"
    file.write_text(ROUTINE % ("Walke die Schulter.", "true"), encoding="utf-8")
    assert {fault.rule for fault in findings(file)}.isdisjoint({"other-word", "lost-move"})
