"""Opening, gate and closing are built from a routine's fields."""

from __future__ import annotations

import pytest
from planned import plan, told

SAFETY = "safety: {do_not_start: [a fever, a skin infection], ask_first: [pregnancy], avoid: [the spine], more: [nuts]}"
STEP = "  - {name: A, say: Go.}"


def gate(top="", **choices):
    made = plan(STEP, top, **{"gate": "full", **choices})
    return " ".join(clip.text for clip in made.clips if clip.role == "gate")


def test_the_gate_says_the_three_lists_and_never_the_fourth():
    """Not today, ask a doctor, stop here, what to avoid, where to leave out, pressure, the words, dizziness."""
    said = gate(SAFETY)
    order = [
        told("gate_open"),
        "a fever or a skin infection",
        "pregnancy",
        told("gate_stop"),
        "the spine",
        told("gate_leave_out"),
        told("gate_pressure"),
        told("gate_words"),
        told("gate_dizzy"),
    ]
    assert sorted(order, key=said.index) == order
    assert "nuts" not in said


def test_a_gate_without_lists_asks_the_same():
    """Nothing is said of lists that are empty."""
    said = gate()
    keys = ("gate_open", "gate_leave_out", "gate_pressure", "gate_words", "gate_dizzy")
    assert said == " ".join(told(key) for key in keys)


@pytest.mark.parametrize(
    ("top", "choices", "seated"),
    [
        ("", {}, False),
        ("setups: [lying, seated]", {}, False),
        ("setups: [lying, seated]", {"setup": "seated"}, True),
        ("position: seated, leaning on a pillow", {}, True),
        ("setups: [lying, seated]\nposition: face down, or seated", {"setup": "lying"}, False),
    ],
)
def test_who_sits_is_told_what_to_do_when_faint(top, choices, seated):
    """By the setup's name, or by the position where there are none."""
    assert (told("gate_seated") in gate(top, **choices)) is seated


@pytest.mark.parametrize("choices", [{"gate": "brief"}, {"safety": False}])
def test_the_brief_gate_is_short(choices):
    """About 20 s; `safety` leaves it too."""
    assert gate(SAFETY, **choices) == told("gate_brief")


def test_a_gate_lasts_75_seconds_at_most_with_as_much_as_it_may_hold():
    """7, 5 and 5 items of three words, at 135 words a minute, with its silences."""
    items = [f"some kind of{number}" for number in range(7)]
    top = f"safety: {{do_not_start: {items}, ask_first: {items[:3]}, avoid: {items[:2]}}}".replace("'", "")
    made = plan(STEP, top, gate="full")
    clips = [clip for clip in made.clips if clip.role == "gate"]
    words = sum(len(clip.text.split()) for clip in clips)
    silences = clips[-1].end - clips[0].start - sum(w.end - w.start for c in clips for w in c.sentences)
    assert words * 60 / 135 + silences <= 75


@pytest.mark.parametrize(
    ("steps", "sounds"),
    [
        ("  - {name: A, say: Go.}", ["step"]),
        ("  - {name: A, say: Go., chime: none}", []),
        ("  - {name: A, say: Go., chime: halfway}", ["halfway"]),
        ("  - {name: A, say: 'Go. [breath]', sides: [left, right]}", ["step", "switch", "breath"]),
        ("  - {name: A, duration: 5m, hold: {press: 9s, release: 9s}}", ["step", "press", "release", "halfway"]),
    ],
)
def test_the_opening_names_the_sounds_this_session_uses(steps, sounds):
    """Four at most, the most telling first."""
    made = plan(steps, opening=True)
    assert [clip.sound for clip in made.within(0, made.chapters[0].end, "chime")] == sounds


def test_sounds_that_minimal_does_not_make_are_not_named():
    """The breath of an instruction that is not said."""
    made = plan("  - {name: A, say: 'Go. [breath]'}", opening=True, talk="minimal")
    assert "breath" not in {clip.sound for clip in made.clips}


def test_the_title_says_how_long_and_for_whom():
    """In the session's minutes."""
    made = plan("  - {name: A, duration: 2m..9m}", length="7m", opening=True)
    assert made.clips[0].text == told("title", minutes="7 minutes")


def test_what_is_needed_is_one_list():
    """And nothing is said of nothing; the volume is."""
    both = plan(STEP, "need: [a towel, oil]", opening=True)
    assert [c.text for c in both.clips if c.role == "need"] == [
        told("need", need="a towel and oil"),
        told("volume"),
    ]
    assert [c.text for c in plan(STEP, opening=True).clips if c.role == "need"] == [told("volume")]


def test_oneself_is_spoken_to_as_such():
    """`audience: self` has its own wording, in opening, gate and closing."""
    made = plan(STEP, f"audience: self\n{SAFETY}", gate="full", opening=True, closing=True)
    said = " ".join(clip.text for clip in made.clips if clip.text)
    for key in ("title", "gate_open", "gate_leave_out", "gate_dizzy", "recover", "closing_lift", "closing_up"):
        assert told(key, "self", minutes=made.draft.figures.minutes) in said
        assert told(key, minutes=made.draft.figures.minutes) not in said
