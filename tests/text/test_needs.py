"""What a text must hold for a pattern to be found in it."""

# ruff: noqa: RUF001 (signs that look alike are the point)

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voiceguide.text.normalise import _grammar, changes, cleaning, needs
from voiceguide.text.normalise.changes import Changes

LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
ODD_TEXTS = (Path(__file__).with_name("test_normalise.py")).read_text(encoding="utf-8").splitlines()
"""Texts with every sign that rules are about."""


@pytest.mark.parametrize(
    ("pattern", "flags", "needed"),
    [
        ("%", 0, ["%"]),
        ("k", re.IGNORECASE, ["Kk"]),
        ("(?i)k", 0, ["Kk"]),
        ("(?-i:k)(?i:g)", re.IGNORECASE, ["k", "Gg"]),
        ("a|%|[+&]|m%", 0, []),  # nearly every text has an a
        ("%|[+&]|m=", 0, ["%&+="]),
        (r"\d/(?=\d)(?<!%)", 0, ["/", "\\d"]),
        ("(?:%){2,}+&?#*+k+", 0, ["%", "k"]),
        (r"[^%]|\w", 0, []),
        (r"(?P<a>%)(?P=a)(?>@)", 0, ["%", "@"]),
        ("%[%&]", 0, ["%"]),
        ("[a-z]%", 0, ["%"]),
        (r".^\b$", 0, []),
    ],
)
def test_needs_are_read_off_a_pattern(pattern: str, flags: int, needed: list[str]) -> None:
    """Of a pattern's parts those are needed that every way to find it goes through."""
    found = needs.of(re.compile(pattern, flags))
    assert sorted("".join(sorted(need)) for need in found) == sorted(needed)


@pytest.mark.parametrize(("letter", "alike"), [("k", "K"), ("s", "ſ"), ("i", "İ"), ("i", "ı"), ("μ", "µ"), ("ß", "ẞ")])
def test_letters_that_a_pattern_takes_for_one_another_are_held(letter: str, alike: str) -> None:
    """What ignores case finds letters beyond a letter's two cases: a text that has them holds it."""
    pattern = re.compile(letter, re.IGNORECASE)
    assert pattern.search(alike)
    assert needs.met(needs.of(pattern), needs.held(alike))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_finds_something_has_what_it_needs(language: str) -> None:
    """No rule of a language is passed over where it would change something."""
    grammar = _grammar(language)
    own = (grammar._shaped, grammar._before, grammar._amounts, grammar._alone, grammar._fractions, grammar._after)
    rules = [pattern for each in (*own, cleaning._SIGNS, cleaning._TIDYING) for pattern, _ in each.rules]
    needed = [(needs.of(pattern), pattern) for pattern in rules]
    met = 0
    for text in ODD_TEXTS:
        for need, pattern in needed:
            if needs.met(need, needs.held(text)):
                met += 1
            else:
                assert not pattern.search(text), (pattern.pattern, text)
    assert met < len(ODD_TEXTS) * len(needed) / 2


def test_rules_are_passed_over_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many texts are changed as few are, also where one rule makes what the next one needs."""
    rules = [(re.compile("a"), "b"), (re.compile("b%"), "c"), (re.compile("B"), "d")]
    for few in (4, 0):
        monkeypatch.setattr(changes, "FEW", few)
        made = Changes(rules)
        assert [made.made(text) for text in ("a%", "a", "B%", "")] == ["c", "b", "d%", ""]
