"""Two turns: a giver's routine twice, the roles exchanged, with one opening and one closing."""

from __future__ import annotations

import pytest

from voiceguide import load, plan
from voiceguide.errors import UsageError
from voiceguide.routine.joining import join
from voiceguide.routine.model import Routine

STEPS = [
    {"name": "Rest", "say": "Rest both hands.", "duration": "1m..2m"},
    {
        "name": "Press",
        "say": "Press the {side} side.",
        "sides": ["left", "right"],
        "duration": "1m..2m",
        "pressure": 4,
        "check_in": True,
        "warn": "Beside the spine.",
    },
    {"name": "End", "say": "Rest again.", "duration": "1m", "position": "face up"},
]
BASE = {
    "title": "T",
    "summary": "S",
    "position": "face down",
    "settle": "face down, back bare",
    "safety": {"avoid": ["keep off the spine"]},
    "steps": STEPS,
}


def routine(**more):
    return Routine.from_dict({**BASE, **more})


def swapped(made=None, **choices):
    return plan(made or routine(), swap=True, voice="tone", **choices)


def said(session, *roles):
    return [clip.text for clip in session.clips if clip.role in roles and clip.text]


def test_one_opening_two_turns_one_closing():
    """Both have the same steps, for the same time, and the second is told apart by nothing but who receives."""
    once, both = plan(routine(), voice="tone"), swapped()
    steps = [chapter.title for chapter in once.chapters[1:-1]]
    assert [chapter.title for chapter in both.chapters] == ["Opening", *steps, *steps, "Closing"]
    assert [chapter.step for chapter in both.chapters[1:-1]] == [1, 2, 3, 4, 5, 6]
    lasting = [[round(slot.end - slot.start, 6) for slot in chapter.slots] for chapter in both.chapters[1:-1]]
    assert lasting[:3] == lasting[3:]
    assert len(said(both, "title")) == 1
    assert (both.routine, both.title, both.choices["swap"]) == ("routine", "T", True)
    assert "swap" not in once.choices


def test_the_second_turn_begins_with_what_is_never_left_out():
    """Who receives now is asked what to leave out, told what stops the hands, and given time, however much is said."""
    for talk in ("full", "calm", "minimal"):
        session = swapped(talk=talk, without=["Rest"], opening=False, gate="brief")
        second = session.chapters[3]
        words = [clip for clip in session.clips if second.start <= clip.start < second.slots[0].start and clip.text]
        assert [clip.role for clip in words if clip.role != "pressure"][:6] == [
            "turn",
            "turn",
            "gate",
            "gate",
            "ready",
            "avoid",
        ]
        assert words[0].text.startswith("Slowly, lift your hands away. Time to change places. Receiver: take your time")
        assert words[1].text == "You who gave: now you settle, face down, back bare."
        assert words[2].text == "Receiver, anywhere not to touch today?"
        assert "stop: just say it" in words[3].text
        ready = next(clip for clip in words if clip.role == "ready")
        assert next(clip.start for clip in words if clip.start > ready.end) - ready.end >= 20
    assert said(swapped(), "warn", "avoid") == ["While you press: keep off the spine.", "Beside the spine."] * 2


def test_somebody_else_is_asked_as_if_for_the_first_time():
    """How strong it is, in a number; and the pressure is told anew."""
    session = swapped()
    assert said(session, "check_in")[::2] == ["Receiver: how strong is this, from one to ten?"] * 2
    assert said(session, "pressure") == ["Pressure now: medium."] * 2
    assert sum("Time to change position" in text for text in said(session, "turn")) == 2


def test_names_are_exchanged():
    """The one who gave is asked, thanked last, and told when to get up."""
    texts = said(swapped(names="Ben,Ana"), "gate", "turn", "check_in", "closing")
    assert [text for text in texts if "anywhere" in text] == [
        f"{name}, anywhere not to touch today?" for name in ("Ana", "Ben")
    ]
    assert [text.partition(":")[0] for text in texts if "how strong" in text] == ["Ana", "Ben"]
    turn = [text for text in texts if "change places" in text or "now you settle" in text]
    assert turn[0].partition("places. ")[2].startswith("Ana: ")
    assert turn[1].startswith("Ben: now you settle")
    assert "Ben: take your time" in texts[-1]


def test_the_time_is_for_both():
    """A total that is asked for has both turns in it; a named one has the hands' time of two sessions."""
    assert swapped(length="9m").duration == pytest.approx(540)
    exact = routine(lengths={"short": "7m", "full": "10m"})

    def hands(session):
        return sum(slot.end - slot.start for chapter in session.chapters for slot in chapter.slots)

    once, both = plan(exact, voice="tone"), swapped(exact)
    assert hands(both) == pytest.approx(2 * hands(once), abs=1.5)


def test_what_is_left_out_is_left_out_of_both():
    """By its name or its number, of either turn: nobody gets less than the other."""
    for without in (["Press"], [2], ["5"]):
        titles = [chapter.title for chapter in swapped(without=without).chapters[1:-1]]
        assert titles == ["Rest", "End"] * 2


def test_several_routines_in_two_turns():
    """The first of them comes again where the two change places."""
    other = Routine.from_dict({**BASE, "title": "U", "steps": STEPS[:1]}, name="other")
    session = swapped(join([routine(), other]))
    assert [chapter.title for chapter in session.chapters[1:-1]] == ["Rest", "Press", "End", "Rest"] * 2
    assert len([text for text in said(session, "turn") if "change places" in text]) == 1


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"audience": "self"}, "for one alone"),
        ({"receivers": 2}, "has two turns already"),
        ({"tags": ["child"]}, "a child gives no massage"),
    ],
)
def test_where_nobody_can_change_places(more, why):
    """It is refused, and told why."""
    with pytest.raises(UsageError, match=why):
        swapped(routine(**more))


def test_couples_are_called_by_the_turn():
    """In a routine that has two turns of its own, the second one's receiver is the first one's giver."""
    texts = said(plan(load("couples-evening"), names="Ben,Ana", voice="tone"), "check_in", "cue", "closing")
    asked = [text.partition(":")[0] for text in texts if "one to ten" in text]
    assert asked == ["Ana", "Ben"]
    assert "Ben: take your time" in " ".join(texts)


def test_one_alone_has_no_name():
    """It is told why, before anything is made."""
    with pytest.raises(UsageError, match="for one alone, whom it calls by no name"):
        plan(load("desk-break"), names="Ben,Ana", voice="tone")


def test_names_that_there_is_no_time_for():
    """They are shortened to their first words, else left away; whoever made the session is told."""
    told = []
    names = (" ".join(["Maria"] * 11), "Ana")
    step = {"name": "A", "say": "Go.", "duration": "9s", "cues": [{"at": "4s", "say": "Receiver: is it warm enough?"}]}
    tight = Routine.from_dict({"title": "T", "summary": "S", "steps": [step]})
    made = plan(tight, names=names[::-1], voice="tone", warn=told.append)
    assert "Maria: is it warm enough?" in said(made, "cue")
    assert made.choices["names"] == ("Ana", "Maria")
    assert "there is no time to say" in str(told[0])
    made = plan(tight, names=("Ana", "&".join("ABCDEFGH")), voice="tone", warn=told.append)
    assert said(made, "cue") == ["Receiver: is it warm enough?"]
    assert "nobody is called by name" in str(told[-1])
