"""Asking in plain words: which routines answer, in four languages; and what care is told before any of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from voiceguide import phrases
from voiceguide.catalogue import ranking, vocabulary
from voiceguide.catalogue.search import COLLECTIONS, Search, collections
from voiceguide.catalogue.vocabulary import asked
from voiceguide.routine import finding

LIBRARY = finding.index()
NAMES = {entry["name"] for entry in LIBRARY}
QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text(encoding="utf-8"))["query"]
FOLDER = Path(vocabulary.__file__).parent / "words"
TABLES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.toml")}


def found(words, **more):
    return [entry["name"] for entry in Search(words=asked(words), **more).found(LIBRARY)]


def test_what_people_ask_is_answered():
    """Of thirty questions that were written down before, 27 or more have a right routine among the first two."""
    asking = [query for query in QUERIES if NAMES & {*query["right"]}]
    missed = [query["words"] for query in asking if not {*found(query["words"])[:2]} & {*query["right"]}]
    assert len(QUERIES) == 30
    assert len(asking) >= 28
    assert len(missed) <= 3, missed


def test_the_same_words_in_every_language():
    """Each language in which sessions can be knows the same meanings, and flags as much."""
    assert sorted(TABLES) == sorted(phrases.languages())
    for table in TABLES.values():
        assert [*table["meanings"]] == [*TABLES["en"]["meanings"]]
        assert [{*table[part]} for part in ("audience", "time")] == [
            {*TABLES["en"][part]} for part in ("audience", "time")
        ]
        assert len(table["care"]) == len(TABLES["en"]["care"])


@pytest.mark.parametrize("language", sorted(TABLES))
def test_every_flag_is_raised(language):
    """Each word of care, in the middle of a question, is told of in its language."""
    kept = TABLES[language]["ignored"]["words"][:8]
    for flag in TABLES[language]["care"]:
        for word in flag["words"]:
            asking = asked(" ".join((*kept, word.replace("*", ""), *kept)))
            assert (asking.language, flag["says"] in asking.care) == (language, True), word


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("chest pain, can you help", "emergency"),
        ("back massage for a blood clot in the leg", "a doctor today"),
        ("I'm pregnant and my lower back hurts", "midwife"),
        ("massage for my toddler", "four and older"),
        ("Rückenmassage in der Schwangerschaft", "Hebamme"),
        ("Massage bei Thrombose", "ärztlicher Rat"),
        ("masaje para mi bebé", "cuatro años"),
        ("estoy embarazada, dolor de espalda", "matrona"),
        ("douleur à la poitrine", "secours"),
        ("massage du dos enceinte", "sage-femme"),
    ],
)
def test_red_flags(words, told):
    """They are told in the language that was asked in."""
    assert told in asked(words).care[0]


def test_a_flag_asks_for_no_massage():
    """Its own words find nothing; what else is asked for is found."""
    assert found("chest pain") == []
    assert found("pregnant, lower back pain")[0] == "lower-back"


@pytest.mark.parametrize("words", [query["words"] for query in QUERIES])
def test_nothing_is_flagged_that_is_none(words):
    """Ordinary questions are met with no warning."""
    assert asked(words).care == ()


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("5 minutes", 300),
        ("ten minutes", 600),
        ("15m", 900),
        ("a quarter of an hour", 900),
        ("half an hour", 1800),
        ("one hour", 3600),
        ("2 hours", 7200),
        ("zwanzig Minuten", 1200),
        ("halbe Stunde", 1800),
        ("media hora", 1800),
        ("cinq minutes", 300),
        ("my daughter is six", None),
    ],
)
def test_times(words, seconds):
    """A number of minutes or hours, in digits or in words."""
    assert asked(words).seconds == seconds


def test_whom_it_is_for():
    """What one does alone comes last for two, and the other way about."""
    assert found("neck, alone")[0] == "desk-break"
    assert found("neck, my partner")[0] == "neck-shoulders"
    assert asked("für mich selbst").audience == asked("yo mismo").audience == asked("moi-même").audience == "self"


def test_words_that_nobody_knows():
    """Nothing is found by them, rather than anything."""
    assert found("xyzzy") == found("the of and") == found("") == []


def test_filters_hold_for_what_is_ranked():
    """All that is asked for at once."""
    assert set(found("back", audience="self")) <= {e["name"] for e in LIBRARY if e["audience"] == "self"}
    assert ranking.ranked([], asked("back")) == []


def test_collections():
    """Each has something in it, and `list` finds it by its name."""
    for name in COLLECTIONS:
        there = [entry["name"] for entry in Search(collection=name).found(LIBRARY)]
        assert there == [entry["name"] for entry in LIBRARY if name in collections(entry)]
        assert len(there) >= 1
    assert "feet" in {entry["name"] for entry in Search(collection="couple").found(LIBRARY)}
    assert "desk-break" not in {entry["name"] for entry in Search(collection="couple").found(LIBRARY)}
