"""Strokes without a pace are warned of once a step, at the words that ask for them."""

from __future__ import annotations

import pytest

RULE = "strokes-without-pace"


def found(check, *changes):
    """Where the rule warns."""
    return [fault.place.path for fault in check(("[Soft hands.]", "[Low shoulders.]"), *changes) if fault.rule == RULE]


def test_what_every_step_is_reminded_of_may_be_its_pace(check):
    slow = ("[Low shoulders.]", "[Slow and even.]")
    assert found(check, ("Glide both hands slowly", "Glide both hands"), slow) == []


def test_a_step_that_strokes_at_no_pace_is_warned_of(check):
    assert found(check, ("Glide both hands slowly", "Glide both hands")) == ["steps[0].name"]


SAY = "say: Glide both hands slowly up"


@pytest.mark.parametrize(
    "instead",
    [
        "say: Six seconds each way. Glide both hands up",
        "reminders: [Slower than you think.]\n    say: Glide both hands up",
        "cues: [{at: 30s, say: Slowly.}]\n    say: Glide both hands up",
        "rhythm: {out: 6s}\n    say: Glide both hands up",
        "touch: false\n    say: Glide both hands up",
    ],
)
def test_a_pace_in_any_words_is_one(check, instead):
    """Said at once, as a cue or a reminder, by a rhythm; hands on nobody need none."""
    assert found(check, (SAY, instead)) == []


@pytest.mark.parametrize(
    ("language", "asks", "paced"),
    [
        ("de", "Streich den Rücken hinauf.", "Streich langsam den Rücken hinauf."),
        ("es", "Desliza las manos espalda arriba.", "Desliza las manos despacio espalda arriba."),
        ("fr", "Glissez le long du dos.", "Glissez lentement le long du dos."),
    ],
)
def test_every_language_is_read_by_its_own_words(check, language, asks, paced):
    text = "{en: Glide slowly up the back., " + language + ": %s}"
    say = "Glide both hands slowly up the back. [pause 4s] Come back down the sides."
    assert found(check, (say, text % asks)) == [f"steps[0].say.{language}"]
    assert found(check, (say, text % paced)) == []


def test_strokes_that_are_denied_are_none(check):
    assert (
        found(check, ("name: Strokes", "name: Rest"), ("Glide both hands slowly up the back", "No gliding, only rest"))
        == []
    )
