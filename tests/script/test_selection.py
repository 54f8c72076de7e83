"""Which steps are played, and in what order their chapters come."""

from __future__ import annotations

import pytest
from planned import plan, routine

from voiceguide.errors import UsageError
from voiceguide.script.selection import is_played

STEPS = """
  - {name: A, say: Go.}
  - {name: B, say: Go., only: full}
  - {name: C, say: Go., only: seated}
  - name: G
    sides: [left, right]
    steps:
      - {name: D, say: Go.}
      - {name: E, say: Go., only: [full, seated]}
  - name: H
    only: full
    steps:
      - {name: F, say: Go., only: short}
  - {name: Z, say: End.}"""
TOP = "setups: [lying, seated]"


@pytest.mark.parametrize(
    ("only", "base", "setup", "played"),
    [
        ((), "short", None, True),
        (("short",), "short", "lying", True),
        (("short",), "full", "lying", False),
        (("short", "full"), "full", None, True),
        (("seated",), "short", "seated", True),
        (("seated",), "short", "lying", False),
        (("seated",), "short", None, False),
        (("full", "seated"), "full", "lying", False),
        (("full", "seated"), "short", "seated", False),
        (("full", "seated"), "full", "seated", True),
        (("lying", "seated"), "short", "seated", True),
    ],
)
def test_only_means_any_of_its_lengths_and_any_of_its_setups(only, base, setup, played):
    """Always, where it is not there."""
    assert is_played(only, base, setup) is played


@pytest.mark.parametrize(
    ("choices", "titles"),
    [
        ({}, "A D D Z"),
        ({"length": "full"}, "A B D D Z"),
        ({"setup": "seated"}, "A C D D Z"),
        ({"length": "full", "setup": "seated"}, "A B C D E D E Z"),
        # By name, in any case, or by the number `show` gives, counted before leaving out.
        ({"length": "full", "setup": "seated", "without": ("b", "5")}, "A C D D Z"),
        ({"length": "full", "setup": "seated", "without": ("1", "2")}, "C D E D E Z"),
        ({"without": ("g",)}, "A Z"),
        ({"without": ("D",)}, "A Z"),
        # A step that is not played here is left out already.
        ({"without": ("B", "H")}, "A D D Z"),
        ({"length": "full", "without": ("B",)}, "A D D Z"),
        ({"length": "full", "setup": "seated", "without": ("e", "C")}, "A B D D Z"),
    ],
)
def test_the_steps_of_a_length_and_setup_are_played_but_those_left_out(choices, titles):
    """A group goes with its last step."""
    assert [chapter.title for chapter in plan(STEPS, TOP, **choices).steps()] == titles.split()


def test_numbers_count_the_steps_that_are_played():
    """After leaving out, from 1, a group's steps the same on every side."""
    made = plan(STEPS, TOP, length="full", setup="seated", without=("2",))
    assert [chapter.step for chapter in made.steps()] == [1, 2, 3, 4, 3, 4, 5]


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"without": ("knead",)}, 'without: expected a step of test, got "knead". It has: 1 A, 2 D, 3 Z'),
        ({"without": ("9",)}, 'got "9"'),
        ({"without": ("A", "D", "Z")}, "without: nothing is left of test"),
        ({"setup": "standing"}, 'setup: expected a setup of test (it has lying, seated), got "standing"'),
        ({"setup": "seatd"}, 'Did you mean "seated"?'),
        ({"language": "xx"}, 'got "xx"'),
    ],
)
def test_what_is_not_there_is_refused(choices, says):
    """With what there is."""
    with pytest.raises(UsageError) as caught:
        plan(STEPS, TOP, **choices)
    assert says in str(caught.value)


def test_a_length_without_steps_is_refused():
    """It says which."""
    with pytest.raises(UsageError, match=r"test has no step for short: choose another length"):
        plan("  - {name: A, say: Go., only: full}")


def test_the_first_setup_is_the_default():
    """None without any."""
    assert plan(STEPS, TOP).draft.script.setup == "lying"
    assert plan("  - {name: A, say: Go.}").draft.script.setup is None
    assert routine(STEPS, TOP).setups == ("lying", "seated")


def test_leaving_out_what_a_text_announces_is_refused():
    """`{next}` has nothing to say where nothing follows."""
    steps = "  - {name: A, say: 'Then {next}.'}\n  - {name: B, say: Go.}"
    assert plan(steps).in_slot()[0][3] == "Then B."
    with pytest.raises(UsageError, match=r"without: the text at .*test.yaml:5 says what comes next \(\{next\}\)"):
        plan(steps, without=("B",))
