"""Placeholders: names in braces, filled once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.text import marks
from voiceguide.text.placeholders import KNOWN, PlaceholderError, fill, fill_parts, used


def test_used_names_every_brace_in_order():
    """Unknown names come too: the reader refuses them with their line."""
    assert used("The {side} side, {sid}, then { next }; the {side} again.") == ("side", "sid", "next", "side")
    assert used("Nothing here.") == ()


@pytest.mark.parametrize("text", ["{", "}", "The {side", "side} now", "{{side}}", "{}", "{ }"])
def test_lone_and_empty_braces_are_refused(text):
    """A typing slip is told, never spoken."""
    with pytest.raises(PlaceholderError, match="expected a name in braces"):
        used(text)
    with pytest.raises(PlaceholderError):
        fill(text, dict.fromkeys(KNOWN, "x"))


def test_a_missing_value_is_refused_with_the_near_name():
    """A name that has no value here is never left in the text."""
    with pytest.raises(PlaceholderError, match=r'got \{sid\}.*Did you mean "side"\?'):
        fill("The {sid} side.", {"side": "left"})
    with pytest.raises(PlaceholderError, match="none here"):
        fill("The {side} side.", {})


@given(st.text())
def test_a_value_is_never_parsed_again(value):
    """Whatever a title holds, it comes out as it is: braces and brackets in it are text."""
    assert fill("<{title}|{title}>", {"title": value}) == f"<{value}|{value}>"


def test_marks_are_parsed_before_filling():
    """A title with a mark's brackets is no mark."""
    parts = fill_parts(marks.parse("{title}. [pause 3s] Slow."), {"title": "A [breath] {side}"})
    assert parts == ("A [breath] {side}.", marks.Pause(3.0), "Slow.")
