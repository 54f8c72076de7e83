"""Safety: sentences that press where nobody should, and those that only sound like it, in every language.

The sentences are in `sentences/`, a file a language, listed under the rule that warns of them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from voiceguide import phrases
from voiceguide.lint import safety
from voiceguide.lint.safety.patterns import Pattern, plain

SENTENCES = Path(__file__).parent / "sentences"
TABLES = Path(safety.__file__).parent
RULES = {"forbidden-place", "claim", "hold-too-long", "roller-place"}

LISTED = [
    pytest.param(file.stem, rule, sentence, id=f"{file.stem}-{rule}-{number}")
    for file in sorted(SENTENCES.glob("*.toml"))
    for rule, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items()
    for number, sentence in enumerate(sentences)
]


@pytest.mark.parametrize(("language", "rule", "sentence"), LISTED)
def test_a_sentence_is_warned_of_by_its_rule_alone(language, rule, sentence):
    """A bad sentence is named once, by the rule it is listed under; a fine one by none."""
    expected = [] if rule == "fine" else [rule]
    assert [finding.rule for finding in safety.judge(sentence, language)] == expected


def test_every_table_is_tried():
    """The languages we ship are judged, and each rule of each table has sentences."""
    assert {"de", "en", "es", "fr"} <= set(safety.languages()) <= set(phrases.languages())
    for language in safety.languages():
        listed = tomllib.loads((SENTENCES / f"{language}.toml").read_text(encoding="utf-8"))
        assert set(listed) == RULES | {"fine"}, language


def test_tables_have_the_same_keys():
    """No table lacks a list, a place or a claim that another has; patterns that need a preposition are free."""

    def keys(language):
        words = tomllib.loads((TABLES / f"{language}.toml").read_text(encoding="utf-8"))
        for section in ("pressing", "rolling"):
            del words[section]["reached"]
        return {
            (section, key, name)
            for section, lists in words.items()
            for key, value in lists.items()
            for name in (value if isinstance(value, dict) else ("",))
        }

    english = keys("en")
    for language in safety.languages():
        assert keys(language) ^ english == set(), language


@pytest.mark.parametrize("language", safety.languages())
def test_our_own_phrases_are_safe(language):
    """Nothing that the program says by itself is warned of."""
    book = phrases.load(language)
    for audience in ("giver", "self"):
        for key in book.keys(audience):
            assert list(safety.judge(book.get(key, audience), language)) == [], key


def test_a_region_is_judged_by_its_language():
    """`de-AT` is German; a language without a table is not judged."""
    assert [f.rule for f in safety.judge("Drück auf die Wirbelsäule.", "de-AT")] == ["forbidden-place"]
    assert list(safety.judge("Drück auf die Wirbelsäule.", "nl")) == []


def test_each_sentence_is_quoted():
    """Two bad sentences of one text are two findings, each with its own words."""
    findings = list(safety.judge("Press on the spine. Breathe. [pause 3s] Squeeze the throat.", "en"))
    assert ['"Press on the spine."' in findings[0].message, '"Squeeze the throat."' in findings[1].message] == [
        True
    ] * 2
    assert "the spine" in findings[0].message
    assert "the throat" in findings[1].message


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("press*", "pressing", True),
        ("press*", "express", False),
        ("back of ... knee*", "Back of both the knees", True),
        ("back of ... knee*", "back of the chair, and the knee", False),
        ("back of ... knee*", "back of it all we see knees", False),
        (">60 seconds", "61 seconds", True),
        (">60 seconds", "60 seconds", False),
        (">60 seconds", "120 seconds", True),
        ("riñon*", "los riñones", True),
        ("riñon*", "los RINONES", True),
        ("de l'aine", "près de l’aine", True),
        ("no", "nothing", False),
    ],
)
def test_patterns_are_whole_words(pattern, text, matches):
    """Stars, gaps and numbers mean what `patterns` says; case and accents mean nothing."""
    assert (Pattern.of([pattern]).search(plain(text)) is not None) == matches


def test_a_pattern_of_nothing_matches_nothing():
    """A table may leave a list empty."""
    assert Pattern.of([]).search("") is None
