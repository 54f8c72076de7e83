"""Rules over fields: who should not start, pressures, holds."""

from __future__ import annotations

import pytest


def found(faults):
    """Rules and paths, in order."""
    return [(fault.rule, fault.place.path) for fault in faults]


def test_somebody_should_not_start(check):
    """A routine without a do-not-start list is warned of, at its safety where it has one."""
    assert found(check(("  do_not_start: [a fever]", "  ask_first: [pregnancy]"))) == [("no-do-not-start", "safety")]
    assert found(check(("safety:\n  do_not_start: [a fever]\n", ""))) == [("no-do-not-start", "")]


def test_bowls_under_bowls(check):
    """A bed that sounds like the chimes is warned of at its line; another is not."""
    assert found(check(("steps:", "bed: bowls\nsteps:"))) == [("bowls-under-bowls", "bed")]
    assert found(check(("steps:", "bed: rain\nsteps:"))) == []


@pytest.mark.parametrize(
    ("first", "last", "rules"),
    [
        (3, 3, []),
        (1, 3, []),
        (4, 3, [("pressure-first", "steps[0].pressure")]),
        (3, 5, [("pressure-last", "steps[1].pressure")]),
        (5, 2, [("pressure-first", "steps[0].pressure"), ("pressure-jump", "steps[1].pressure")]),
    ],
)
def test_pressure_begins_and_ends_softly_without_jumps(check, first, last, rules):
    """The first and the last are at most 3, and neighbours at most 2 apart; each warning is at the number."""
    begins = ("pressure: 2\n    check_in", f"pressure: {first}\n    check_in")
    assert found(check(begins, ("pressure: 3\n    say", f"pressure: {last}\n    say"))) == rules


def test_pressures_are_those_of_a_length(check):
    """A step of full alone is no neighbour in short, and no end there."""
    only = ("name: Circles", "name: Circles\n    only: full")
    assert found(check(only, ("pressure: 3", "pressure: 4"))) == [("pressure-last", "steps[1].pressure")]


def test_a_step_that_follows_two_is_told_the_larger_jump(check):
    """One warning a place and rule, the worst."""
    steps = (
        "steps:",
        "steps:\n  - {name: A, say: Rest., pressure: 1}\n  - {name: B, say: Rest., pressure: 3}\n"
        "  - {name: C, say: Rest., pressure: 5, only: full}",
    )
    rest = ("pressure: 2", "pressure: 1")
    jumps = [fault for fault in check(steps, rest) if fault.rule == "pressure-jump"]
    assert [fault.place.path for fault in jumps] == ["steps[3].pressure"]
    assert "from 5 to 1" in jumps[0].message


@pytest.mark.parametrize(
    ("hold", "seconds"),
    [
        ("{press: 60s, release: 3s}", None),
        ("{press: 61s, release: 3s}", "1 min 1 s"),
        ("{press: 30s, release: 3s, times: 3}", None),
        ("{press: 30s, times: 3, spoken: 0}", "1 min 30 s"),
        ("{press: 30s, move: 1s, times: 3, spoken: 0}", None),
    ],
)
def test_no_spot_is_held_for_over_a_minute(check, hold, seconds):
    """Rounds with nothing between them are one press; the warning says how long it is."""
    duration = "{short: 3m, full: 5m}"
    faults = [
        fault
        for fault in check(("say: Make", f"hold: {hold}\n    say: Make"), (duration, "{short: 3m, full: 6m}"))
        if fault.rule == "hold-too-long"
    ]
    assert [fault.place.path for fault in faults] == (["steps[1].hold.press"] if seconds else [])
    assert all(seconds in fault.message for fault in faults)
