"""Visits: which wording is said when, the same on every machine, none twice, and all of it in the same places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import plan
from voiceguide.errors import RoutineError
from voiceguide.routine.model import Routine
from voiceguide.script.visits import Visit


def cue(at, *wordings, **more):
    return {"at": at, "say": {"any": [*wordings]}, **more}


def routine(cues=(), reminders=(), **more):
    step = {"name": "A", "say": "Go on slowly.", "duration": "4m..6m", "cues": [*cues], "reminders": [*reminders]}
    return Routine.from_dict({"title": "T", "summary": "S", "steps": [{**step, **more}]})


def said(made, role, **choices):
    return [clip.text for clip in plan(made, voice="tone", **choices).clips if clip.role == role]


def test_the_first_visit_says_the_first_of_each():
    """It is the one that is meant unless another is asked for."""
    made = routine([cue("40s", "One.", "Two."), cue("90s", "Three.", "Four.")], [{"any": ["Soft.", "Calm."]}])
    assert said(made, "cue") == said(made, "cue", visit=1) == ["One.", "Three."]
    assert said(made, "reminder")[0] == "Soft."


def test_visits_do_not_repeat_themselves():
    """Two texts of two wordings give four visits, all different; and each says what the one before did not, mostly."""
    made = routine([cue("40s", "One.", "Two."), cue("90s", "Three.", "Four.")])
    assert len({tuple(said(made, "cue", visit=visit)) for visit in range(1, 5)}) == 4
    many = routine([cue(f"{at}0s", f"A{at}.", f"B{at}.") for at in range(2, 18)])
    sessions = [said(many, "cue", visit=visit) for visit in range(1, 21)]
    assert len({*map(tuple, sessions)}) == 20
    assert all(sum(a == b for a, b in zip(*pair, strict=True)) <= len(pair[0]) / 4 for pair in pairwise(sessions))


@given(
    counts=st.lists(st.integers(1, 5), min_size=1, max_size=8),
    visit=st.integers(1, 9999),
)
def test_every_wording_has_its_turn(counts, visit):
    """Whatever their number and the visit's: in as many visits as a text has wordings, each of its wordings is said."""
    texts = [[f"{number}-{each}" for each in range(count)] for number, count in enumerate(counts)]
    made = routine([cue(f"{30 + at}s", *each) for at, each in enumerate(texts)])
    cues = [each.say for each in made.every_step[0].cues]
    for text, wordings in zip(cues, texts, strict=True):
        first = (visit - 1) // len(wordings) * len(wordings) + 1
        heard = {Visit(made, "en", first + later).cue(text)[0] for later in range(len(wordings))}
        assert heard == {*wordings}


def test_no_cue_says_what_another_says():
    """Where wordings of two cues are alike, one of them takes its next."""
    made = routine([cue("30s", "One.", "Slow down."), cue("90s", "Slow  down.", "Two."), {"at": "150s", "say": "One."}])
    for visit in range(2, 12):
        heard = [text.casefold() for text in said(made, "cue", visit=visit)]
        assert len({*heard}) == 3, visit


def test_a_later_side_hears_the_same_again():
    """As with any cue, unless it says what is said again."""
    cues = [cue("20s", "One.", "Two."), cue("60s", "Three.", "Four.", say_again={"any": ["Five.", "Six."]})]
    made = routine(cues, sides=["left", "right"])
    assert said(made, "cue") == ["One.", "Three.", "One.", "Five."]
    assert said(made, "cue", visit=2) == ["Two.", "Four.", "Two.", "Six."]


def test_no_reminder_comes_twice_while_there_is_another_wording():
    """The list once, then the other wordings of those that have some."""
    made = routine(reminders=["Plain.", {"any": ["Soft.", "Softer.", "Softest."]}], duration="6m..7m")
    heard = said(made, "reminder", length="full", without=())
    assert heard[:4] == ["Plain.", "Soft.", "Softer.", "Softest."]
    assert said(made, "reminder", length="full", visit=2)[:4] == ["Plain.", "Softer.", "Softest.", "Soft."]


LONG = "This one takes a good deal longer to say than any of the others that may stand in its place."


@pytest.mark.parametrize("length", ["short", "full", "6m", "3m", "10m"])
def test_every_visit_keeps_its_times(length):
    """Steps, slots and the moment of everything that is said are the longest wording's, whichever is said."""
    cues = [cue("40s", "One.", LONG, "Three."), cue("45%", LONG, "Two."), cue("-40s", "End.", "Soon.")]
    made = routine(cues, [{"any": ["Soft.", LONG]}, "Plain."], check_in=True)
    sessions = [plan(made, length=length, voice="tone", visit=visit) for visit in range(1, 7)]
    first = sessions[0]
    for session in sessions[1:]:
        assert (session.duration, session.chapters) == (first.duration, first.chapters)
        assert [(clip.role, clip.start) for clip in session.clips] == [(clip.role, clip.start) for clip in first.clips]
        narrated = [clip for clip in session.clips if clip.track == "narration"]
        assert all(one.end <= other.start for one, other in pairwise(narrated))
    assert len({tuple(clip.text for clip in session.clips) for session in sessions}) > 3


def test_a_wording_of_another_visit_that_does_not_fit():
    """It is told before the visit that would say it comes, with its line."""
    made = routine([{"at": "5s", "say": {"any": ["One.", f"{LONG} {LONG}"]}}], duration="20s..6m")
    for visit in (1, 2):
        with pytest.raises(RoutineError, match="does not fit"):
            plan(made, voice="tone", visit=visit)


def test_the_timeline_tells_which_visit_it_is():
    """Where it is not the first: what reads timelines knows no such choice."""
    made = routine([cue("40s", "One.", "Two.")])
    assert "visit" not in plan(made, voice="tone").choices
    assert plan(made, voice="tone", visit="3").choices["visit"] == 3


def test_a_routine_without_wordings_is_the_same_each_time():
    """To the last clip."""
    made = routine([{"at": "40s", "say": "One."}], ["Soft.", "Calm."])
    one, two = (plan(made, voice="tone", visit=visit) for visit in (1, 2))
    assert one.clips == two.clips
