"""Hands come soon, work long, and it is over soon after they are gone: budgets, and who is warned."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from planned import plan

from voiceguide.session import hands

FIRST = {
    # (audience, seated): the limits of sessions of so many seconds
    ("giver", False): {300: 60, 600: 60, 700: 70, 899: 89.9, 900: 90, 3600: 90},
    ("giver", True): {300: 66, 600: 66, 700: 70, 3600: 90},
    ("self", False): {300: 44, 550: 44, 600: 48, 900: 72, 3600: 75},
    ("self", True): {300: 44, 600: 48, 3600: 75},
}


def budget(seconds: float, *, audience: str = "giver", seated: bool = False, receivers: int = 1) -> hands.Budget:
    """What a session of so many seconds should keep to."""
    draft: Any = SimpleNamespace(layout=SimpleNamespace(duration=seconds), script=SimpleNamespace(seated=seated))
    routine: Any = SimpleNamespace(audience=audience, receivers=receivers)
    return hands.budget(routine, draft)


@pytest.mark.parametrize(("who", "limits"), FIRST.items())
def test_hands_come_within_a_share_of_the_session(who: tuple[str, bool], limits: dict[int, float]) -> None:
    """A tenth for a giver, less for oneself, never under the one nor over the other; who sits has 6 s more."""
    audience, seated = who
    found = {seconds: budget(seconds, audience=audience, seated=seated).first for seconds in limits}
    assert found == {seconds: pytest.approx(limit) for seconds, limit in limits.items()}


@pytest.mark.parametrize(
    ("audience", "seconds", "after"),
    [("giver", 899.9, 48), ("giver", 900, 58), ("self", 899.9, 38), ("self", 900, 50)],
)
def test_it_ends_soon_after_the_last_touch(audience: str, seconds: float, after: float) -> None:
    """A little later from 15 minutes on."""
    assert budget(seconds, audience=audience).after == after


@pytest.mark.parametrize(
    ("seconds", "receivers", "share"), [(899.9, 1, 0.7), (900, 1, 0.8), (899.9, 2, 0.7), (3600, 2, 0.7)]
)
def test_hands_work_for_most_of_it(seconds: float, receivers: int, share: float) -> None:
    """Two who take turns change over too."""
    assert budget(seconds, receivers=receivers).on == share


def test_hands_are_in_the_slots_of_steps_that_touch() -> None:
    """From the first one's start to the last one's end."""
    steps = """
  - {name: A, duration: 20s, touch: false}
  - {name: B, duration: 30s, sides: both}
  - {name: C, duration: 20s, touch: false}
  - {name: D, duration: 40s}
  - {name: E, duration: 20s, touch: false}"""
    made = plan(steps, closing=True)
    found = hands.of(made.draft)
    assert found is not None
    assert found.first == made.slot(1).start
    assert found.on == pytest.approx(100)
    assert found.after == pytest.approx(made.duration - made.slot(3).end)
    assert hands.of(plan("  - {name: A, duration: 20s, touch: false}").draft) is None


PREPARE = "  - {name: Prepare, touch: false, chime: none, say: 'Sit. [pause 60s]'}\n"
LONG = "closing: ['Stay. [pause 30s]']\n"


def rules(faults: Any) -> list[tuple[str, str]]:
    """Rules and paths, in order."""
    return [(fault.rule, fault.place.path) for fault in faults]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("steps:\n", f"steps:\n{PREPARE}")], {"first-touch"}),
        ([("{short: 4m, full: 6m}", "{short: 1m, full: 6m}"), ("{short: 3m,", "{short: 1m,")], {"hands-on"}),
        ([("steps:\n", f"{LONG}steps:\n")], {"last-touch"}),
        ([("pressure: 2\n", "touch: false\n"), ("pressure: 3\n", "touch: false\n")], set()),
    ],
)
def test_who_keeps_hands_waiting_is_warned(check: Any, changes: list[tuple[str, str]], expected: set[str]) -> None:
    """At the routine, or at the named length's own total; a routine without any touch never is."""
    budgets = {"first-touch", "hands-on", "last-touch"}
    found = [(rule, path) for rule, path in rules(check(*changes)) if rule in budgets]
    assert set(found) == {(rule, "") for rule in expected}
    if expected != {"hands-on"}:
        named = ("reminders:", "lengths: {short: 10m, full: 14m}\nreminders:")
        found = [(rule, path) for rule, path in rules(check(*changes, named)) if rule in budgets]
        assert {rule for rule, _ in found} == expected
        assert {path for _, path in found} <= {"lengths.short", "lengths.full"}


def test_the_warning_says_how_long_and_how_long_it_may_be(check: Any) -> None:
    """And what to do."""
    (fault,) = [fault for fault in check(("steps:\n", f"steps:\n{PREPARE}")) if fault.rule == "first-touch"]
    assert "the hands first touch after" in fault.message
    assert "at most; say less in" in fault.message
    assert fault.level == "warning"
