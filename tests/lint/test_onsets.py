"""Short cues that begin with a vowel are warned of: their first word is easily lost."""

from __future__ import annotations

import pytest

from voiceguide import phrases
from voiceguide.lint import onsets
from voiceguide.text import marks

RULE = "vowel-first"


def found(check, *changes):
    """Where the rule warns."""
    return [fault.place.path for fault in check(*changes) if fault.rule == RULE]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ease off slowly.", "Ease"),
        ("and back", "and"),
        ("[pause 2s] Once more. [breath] Each one lighter.", "Each"),
        ("8 more.", "8"),
        ("Hours of it.", "Hours"),
        ("Undress now.", "Undress"),
        ("In-breath, then out.", "In-breath"),
        ("Elbows down, and keep them so.", None),
        ("Slowly, ease off.", None),
        ("One more. Once more. One-handed.", None),
        ("Use both. You rest. Unite them. Unison.", None),
        ("[pause 2s]", None),
        ("Halfway. Heels down.", None),
    ],
)
def test_a_vowel_is_a_sound_before_few_words(text, word):
    """It is heard and not spelled, and counts in any sentence: each comes out of silence."""
    assert (onsets.slurred(text) or (None, None))[1] == word


def test_what_is_said_alone_is_warned_of_where_it_stands(check):
    """Names, cues, reminders, words of holds and of strokes; an instruction has others around it."""
    changes = (
        ("name: Circles", "name: Easy circles"),
        ("[Soft hands.]", "[Soft hands., Elbows low.]"),
        ("say: Make slow circles", "rhythm: {out: 4s, say_back: and home}\n    say: Up. Make slow circles"),
        ("6m}", "6m}\n    cues: [{at: 50%, say: All along., say_again: none}]"),
    )
    places = ["reminders[1]", "steps[0].cues[0].say", "steps[1].name", "steps[1].rhythm.say_back"]
    assert sorted(found(check, *changes)) == sorted(places)
    warning = next(fault for fault in check(changes[1]) if fault.rule == RULE)
    assert '"Elbows low." begins with a vowel, and "Elbows"' in warning.message


def test_other_languages_are_not_judged(check):
    """English alone was measured."""
    assert found(check, ("[Soft hands.]", "{en: [Soft hands.], de: [Auf und ab.]}")) == []


def test_the_program_s_own_words_begin_otherwise():
    """What it says between two silences, whoever listens."""
    known = phrases.load("en")
    shown = {"chapter_opening", "chapter_closing"}
    said = {known.get(key, audience) for audience in ("giver", "self") for key in known.keys(audience) - shown}
    assert {text for text in said if "{" not in marks.strip(text) and onsets.slurred(text)} == set()
