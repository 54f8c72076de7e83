"""Marks: what stands in square brackets is a pause, a breath, or a fault."""

import pytest

from voiceguide.text.marks import LONGEST_PAUSE, Breath, MarkError, Pause, parse, strip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("Slow and even.", ("Slow and even.",)),
        ("Press. [pause 2s] Slow.", ("Press.", Pause(2.0), "Slow.")),
        ("Press.[pause 2s]Slow.", ("Press.", Pause(2.0), "Slow.")),
        ("[ Pause  1.5 m ] Slow.", (Pause(90.0), "Slow.")),
        ("[PAUSE 1:30]", (Pause(90.0),)),
        ("[pause1 min 3 sec]", (Pause(63.0),)),
        ("[pause 5m]", (Pause(LONGEST_PAUSE),)),
        ("In. [breath] [ BREATH ] Out.", ("In.", Breath(), Breath(), "Out.")),
        ("Hold,\n  [pause 3s]\nthen  go.", ("Hold,", Pause(3.0), "then go.")),
        # Punctuation after a mark closes the words before it.
        ("Press [pause 3s]. Release.", ("Press.", Pause(3.0), "Release.")),
        ("Press [breath].", ("Press.", Breath())),
        ("“Press [pause 3s].” Release.", ("“Press.”", Pause(3.0), "Release.")),
    ],
)
def test_parse_returns_words_and_marks_in_order(text, expected):
    """Case and spaces in marks do not matter; words come back single-spaced."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[puase 3s]", "got [puase 3s]: write [pause 3s]"),
        ("[breathe]", "got [breathe]: write [breath]"),
        ("[wait 3s]", "expected [pause 3s] or [breath], got [wait 3s]: write [pause 3s]"),
        ("[3 seconds of silence]", "write [pause 3s]"),
        ("[side]", "write {side}"),
        ("[pause 2 Sekunden]", "write [pause 2s]"),
        ("Hold [sic] it.", "got [sic]"),
        ("[]", "got []"),
        ("[pause]", "expected a duration in [pause]"),
        ("[pause 3]", "write [pause 3s]"),
        ("[pause 0s]", "above zero"),
        ("[pause 3-5s]", "[pause 3-5s]: expected a duration"),
        ("[pause 6m]", "at most 5 min"),
        ("[breath 3s]", "expected [breath] alone"),
        ("Press. [pause 3s", 'expected a ] after the [ in "Press. [pause 3s"'),
        ("[pause [breath]", "expected a ] after the ["),
        ("Press. pause 3s]", "expected a [ before the ]"),
    ],
)
def test_any_other_bracket_is_a_fault_that_says_how_to_mend_it(text, says):
    """The message names the bracket and the marks that exist."""
    with pytest.raises(MarkError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert "[pause" in str(caught.value) or "[breath" in str(caught.value)


def test_strip_leaves_the_words_alone():
    """Marks are never part of a name or a caption."""
    assert strip("  Press. [pause 3s] Slow \n and [breath] even.") == "Press. Slow and even."
    assert strip("[breath]") == ""
