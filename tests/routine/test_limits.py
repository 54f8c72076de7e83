"""What a routine may hold in all, alone and joined with others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from voiceguide.errors import UsageError
from voiceguide.routine import limits
from voiceguide.routine.joining import join
from voiceguide.routine.reading import from_dict

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = "title: T\nsummary: S\n"
SIDES = "sides: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]"


def of(head: str, *steps: str) -> str:
    return f"{TOP}{head}\nsteps:\n" + "".join(f"- {{name: A, {step}}}\n" for step in steps)


@pytest.mark.parametrize(
    ("content", "rule", "message"),
    [
        (of("", *[f"say: x, {SIDES}"] * 101), "too-many-slots", "expected at most 2,000 steps (one for each of their"),
        (
            of("setups: [a, b, c, d, e]", *[f"say: x, {SIDES}"] * 41),
            "too-many-drafts",
            "expected at most 3,000 steps (one for each of their sides, in every setup and language), got 4,100",
        ),
        (of("", f"say: {'Go. ' * 5001}"), "too-many-sentences", "at most 5,000 sentences"),
        (
            of("", f"say: x, duration: 1m, cues: [{{at: 9s, say: {{any: [{', '.join(['Go. ' * 1001] * 5)}]}}}}]"),
            "too-many-sentences",
            "at most 5,000 sentences",
        ),
        (
            of("", *[f"say: x, say_again: {'Go on. ' * 100}, {SIDES}"] * 3),
            "too-many-sentences",
            "(a step's once for each of its sides), got 5,",
        ),
        (
            of("", *[f'say: "{"{side} {side}. " * 250}", {SIDES.replace("1,", "spot " * 30 + "1,", 1)}'] * 4),
            "too-many-characters",
            "expected at most 250,000 characters to be said",
        ),
        (
            of("", *[f"duration: 9m, {SIDES}, cues: [{'{at: 1s, chime: step}, ' * 50}]"] * 3),
            "too-many-cues",
            "expected at most 2,500 cues (one for each side), got 3,000",
        ),
        (
            of("", *[f"hold: {{press: 1s, times: 400}}, {SIDES}"] * 2),
            "too-many-rounds",
            "expected at most 2,000 rounds and strokes (in the full routine, on all sides), got 16,000",
        ),
        (of("", f"duration: 1h-2h, {SIDES}"), "too-many-seconds", "expected at most 24 hours of steps"),
        (
            of("", "say: {" + ", ".join(f"a{letter}: x" for letter in "abcdefghijklmnopqrst") + "}"),
            "too-many-languages",
            "expected at most 20 languages, got 21",
        ),
    ],
)
def test_what_is_too_much_in_all_is_a_fault(content: str, rule: str, message: str, examined: Callable):
    """Everything that is done on each side counts as often as there are sides; the fault says what to do."""
    routine, faults = examined(content)
    assert routine is None
    (fault,) = [fault for fault in faults if fault.level == "fault"]
    assert fault.rule == rule
    assert message in fault.message
    assert fault.message.endswith(": make several routines of it")


@pytest.mark.parametrize(
    "content",
    [
        of("", *[f"say: x, {SIDES}"] * 100),
        of("", f"say: {'Go. ' * 4000}"),
        of("", "hold: {press: 1s, times: 500}", "duration: 24m, rhythm: {out: 2s, back: 2s}"),
    ],
)
def test_what_is_just_not_too_much_is_taken(content: str, examined: Callable):
    """The limits themselves are within them."""
    routine, faults = examined(content)
    assert routine is not None, faults


def test_joined_routines_are_held_to_what_a_session_may_have():
    """Each may be within it alone."""
    steps = [{"name": f"Step {number}", "say": "Go."} for number in range(1000)]
    one = from_dict({"title": "One", "summary": "S", "steps": steps}, name="one")
    other = replace(one, name="other", steps=(*one.steps, one.steps[0]))
    expected = r"^one\+other: expected at most 2,000 steps .*, got 2,001: make two sessions of it$"
    with pytest.raises(UsageError, match=expected):
        join([one, other])


def test_placeholders_count_as_long_as_what_may_stand_for_them():
    """So that a long name, said a thousand times, is as much as it will be."""
    named = {"name": "x" * 100, "say": "{next} " * 10}
    found = limits.of(from_dict({"title": "T", "summary": "S", "steps": [named, {"name": "B", "say": "Go."}]}))
    assert found.characters > 1000


@pytest.mark.parametrize(
    ("count", "rules"), [(limits.MOST_PRONOUNCED, []), (limits.MOST_PRONOUNCED + 1, ["too-many-words"])]
)
def test_words_to_pronounce_are_counted_in_all_languages(count: int, rules: list[str], examined: Callable):
    """As many as are looked up in no time."""
    words = ", ".join(f"w{number}: {{as: x}}" for number in range(count - 1))
    _, faults = examined(of(f"pronounce: {{en: {{{words}}}, en-GB: {{w: {{as: x}}}}}}", "say: x"))
    assert [fault.rule for fault in faults if fault.level == "fault"] == rules
