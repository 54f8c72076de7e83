"""Choices are checked against nothing but themselves."""

from __future__ import annotations

import pytest

from voiceguide.choices import LINGER, Choices, Levels
from voiceguide.errors import UsageError


def test_the_defaults_are_the_contracts():
    """Short, full talk, everything said, the routine's own language, setup and bed."""
    made = Choices()
    assert (made.length.typed, made.talk, made.gate, made.safety) == ("short", "full", "full", True)
    assert (made.opening, made.closing, made.without) == (True, True, ())
    assert (made.language, made.setup, made.bed, made.linger) == (None, None, None, None)
    assert LINGER == 20


@pytest.mark.parametrize(
    ("length", "total"),
    [
        ("short", None),
        ("full", None),
        ("15m", 900),
        ("7:30", 450),
        ("1h5m", 3900),
        ("612.34s", 612.34),
        ("10m12s", 612),
    ],
)
def test_a_length_is_named_or_an_exact_total(length, total):
    """In any form of a duration."""
    assert Choices(length).length.total == total


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"length": "15"}, "length: expected short, full or a total like 15m; expected a duration like"),
        ({"length": "shrot"}, 'Did you mean "short"?'),
        ({"length": "3m..5m"}, "length"),
        ({"length": "0s"}, "above zero"),
        ({"length": "25h"}, "at most 24 hours"),
        ({"talk": "mini"}, 'talk: expected full, calm or minimal, got "mini". Did you mean "minimal"?'),
        ({"gate": "short"}, 'gate: expected full or brief, got "short".'),
        ({"linger": "3-5 min"}, 'expected a duration like "90s", "2m", "3m30s" or "1:30", got "3-5 min"'),
        ({"length": 10**400}, "got 1000"),
        ({"linger": 10**400}, "got 1000"),
        ({"pace": 10**400}, "got 1000"),
        ({"voice": 3}, "voice: expected a text (ENGINE[:NAME]), got 3"),
    ],
)
def test_what_no_session_can_be_is_refused(choice, says):
    """Before anything is read, with the options there are."""
    with pytest.raises(UsageError) as caught:
        Choices(**choice)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("gate", "safety", "brief"),
    [("full", True, False), ("brief", True, True), ("full", False, True), ("brief", False, True)],
)
def test_skipping_safety_leaves_the_brief_gate(gate, safety, brief):
    """The gate stays in any case."""
    assert Choices(gate=gate, safety=safety).brief is brief


@pytest.mark.parametrize("choice", [{"pace": 80}, {"pace": 220}, {"bed_level": -40}, {"bed_level": -9}])
def test_the_ends_of_a_span_belong_to_it(choice):
    """What a message names as the most can be had."""
    (name,) = choice
    assert getattr(Choices(**choice), name) == choice[name]
    assert [Levels(loudness=value).loudness for value in (-30, -16)] == [-30, -16]
