"""What was pasted once too often is warned of."""

from __future__ import annotations


def test_a_step_that_comes_again_word_for_word(check):
    """However it is laid out: one warning with all its lines, at the first that is too many."""
    circles = "  - name: Circles\n    say: Make slow circles, six seconds each way.\n    duration: 1m\n"
    flow = "  - {name: Circles, say: 'Make slow circles, six seconds each way.', duration: 1m}\n"
    faults = [fault for fault in check(("steps:\n", f"steps:\n{circles}{flow}{circles}")) if fault.rule == "step-twice"]
    (fault,) = faults
    assert (fault.level, fault.place.path) == ("warning", "steps[1]")
    assert "word for word the one on line" in fault.message
    assert f"and so on line {fault.place.line + 1}" in fault.message


def test_a_side_that_comes_again(check):
    """It would be done twice."""
    told = ("    say: Make slow circles", "    sides: [left, right, Left]\n    say: Make slow circles")
    (fault,) = (fault for fault in check(told) if fault.rule == "side-twice")
    assert fault.place.path.endswith("sides[2]")


def test_steps_of_another_time_are_others(check):
    """The same words for longer are no mistake; nor is the same step in two groups."""
    one = "  - {name: Rest, say: Rest., duration: 1m}\n  - {name: Rest, say: Rest., duration: 2m}\n"
    assert "step-twice" not in {fault.rule for fault in check(("steps:\n", f"steps:\n{one}"))}
