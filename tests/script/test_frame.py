"""Opening, gate and closing are built from a routine's fields."""

from __future__ import annotations

from itertools import pairwise

import pytest
from planned import Plan, lengths, plan, told
from pytest import approx

from voiceguide import phrases
from voiceguide.choices import Choices
from voiceguide.errors import UsageError
from voiceguide.routine.model import Routine
from voiceguide.session.drafting import Drafting

STEP = "  - {name: A, say: Go.}"
SAFETY = "safety: {do_not_start: [a fever, a rash], ask_first: [pregnancy, a clot], avoid: [the spine], more: [nuts]}"
SETTLE = "settle: face down, back bare"
GATES = ("core", "full", "brief")
SETTLED = ("settle", "Now settle: face down, back bare.")
ASK, ASK_FULL = ("gate", told("gate_leave_out")), ("gate", told("gate_leave_out_full"))
WORDS = ("gate", f"{told('gate_words')} {told('gate_dizzy')}")
READY = ("ready", told("gate_ready"))


def opened(top="", *, steps=STEP, **choices):
    """What is said before the first step: (role, text)."""
    made = plan(steps, top, **{"opening": True, "gate": "core", **choices})
    return [(clip.role, clip.text) for clip in made.within(0, made.chapters[0].end, "narration")]


def listed(*items, audience="giver", own="core"):
    """The language's own list with these after it, as a sentence has it."""
    book = phrases.load("en")
    return book.joined([*book.items(own, audience), *items], "or")


def core(*items, audience="giver"):
    """What the core gate says first, with these after the language's own."""
    said = told("gate_core", audience, items=listed(*items, audience=audience))
    return "gate", f"{said} {told('gate_core_ask', audience)}"


FULL = [
    ("gate", told("gate_full", items="a fever or a rash")),
    ("gate", told("gate_full_ask", items="pregnancy or a clot")),
    ("gate", told("gate_full_stop")),
]
BRIEF = ("gate", told("gate_brief", items=listed(own="brief")))


# -- order and gates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gate", "today", "ask"), [("core", [core()], ASK), ("full", FULL, ASK_FULL), ("brief", [BRIEF], ASK)]
)
def test_the_opening_has_its_order_at_every_gate(gate, today, ask):
    """Title, who is not massaged today, settling, what to leave out, what stops it, time to get ready: no more."""
    said = opened(f"{SAFETY}\n{SETTLE}\nneed: [a towel]", gate=gate)
    title = ("title", told("title", minutes=phrases.load("en").minutes(60)))
    assert said[0][0] == title[0]
    assert said[1:] == [*today, SETTLED, ask, WORDS, READY]


def test_the_title_says_how_long():
    """In the session's minutes."""
    said = opened(steps="  - {name: A, duration: 2m..9m}", length="7m")
    assert said[0] == ("title", told("title", minutes="7 minutes"))


@pytest.mark.parametrize(("length", "gate"), [("14m59s", "core"), ("14m59.99s", "core"), ("15m", "full")])
def test_by_itself_the_gate_is_full_from_15_minutes_on(length, gate):
    """Of an exact total."""
    said = opened(SAFETY, gate="auto", steps="  - {name: A, duration: 9m..16m}", length=length)
    assert said[1] == (core() if gate == "core" else FULL[0])


@pytest.mark.parametrize("linger", [None, 5.0, 0.0, 300.0])
def test_without_an_exact_total_it_is_what_the_core_session_lasts(linger):
    """With its 5 s at the end, whatever longer or shorter end was asked for."""
    top, around = f"{SAFETY}\n{SETTLE}", {"opening": True, "closing": True}
    spare = plan("  - {name: A, duration: 748s}", top, **around, gate="core", linger=5.0).duration - 748
    assert 140 < spare < 160  # it says 15 minutes as those below do
    for slot, short in ((899.9 - spare, True), (900.1 - spare, False)):
        made = plan(f"  - {{name: A, duration: {slot:.2f}s}}", top, **around, gate="auto", linger=linger)
        said = [clip.text for clip in made.clips if clip.role == "gate"]
        assert (said[0] == core()[1], said[0] == FULL[0][1]) == (short, not short)
        end = made.clips[-1]
        expected = linger if linger is not None else 5.0 if short else 12.0
        assert made.duration - end.end == approx(expected, abs=0.06)


@pytest.mark.parametrize("choices", [{"gate": "brief"}, {"safety": False}, {"safety": False, "gate": "full"}])
def test_skipping_safety_is_the_brief_gate(choices):
    """Which those hear who know another; it names no doctor."""
    assert opened(SAFETY, **choices)[1:] == [BRIEF, ASK, WORDS, READY]


def test_an_asked_gate_is_said_in_a_session_of_any_length():
    """Full in a short one, core in a long one."""
    long = "  - {name: A, duration: 20m}"
    assert opened(SAFETY, gate="full")[1:4] == FULL
    assert opened(SAFETY, gate="core", steps=long)[1] == core()
    assert opened(SAFETY, gate="brief", steps=long)[1] == BRIEF


# -- the lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("safety", "said"),
    [
        ("", [core()[1].partition(" Pregnancy")[0], told("gate_core_ask")]),
        ("safety: {ask_first: [a clot]}", [told("gate_core", items=listed()), told("gate_full_ask", items="a clot")]),
        ("safety: {do_not_start: [a rash]}", [told("gate_full", items="a rash"), told("gate_core_ask")]),
        ("safety: {do_not_start: []}", [told("gate_core", items=listed()), told("gate_core_ask")]),
        ("safety: {core: [a cold]}", [told("gate_core", items="a cold"), told("gate_core_ask")]),
        (
            "safety: {core: [a cold], always: [a tear]}",
            [told("gate_core", items="a cold or a tear"), told("gate_core_ask")],
        ),
    ],
)
def test_where_a_list_is_empty_cores_line_stands_in(safety, said):
    """In the full gate; core's line is the routine's own where it has one."""
    assert [text for _, text in opened(safety, gate="full")[1:3]] == said


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ("core", told("gate_core", items="a cold or a tear")),
        ("full", told("gate_full", items="a fever or a tear")),
        ("brief", told("gate_brief", items=listed("a tear", own="brief"))),
    ],
)
def test_a_routines_own_red_flags_are_said_with_every_gate(gate, said):
    """`core` in place of the language's list in the core gate alone; `always` after what else is said."""
    first = opened("safety: {do_not_start: [a fever], core: [a cold], always: [a tear]}", gate=gate)[1][1]
    assert first.startswith(said)
    assert ("a cold" in first) is (gate == "core")


@pytest.mark.parametrize("gate", GATES)
def test_what_is_only_shown_is_never_said(gate):
    """What is needed, `more`, and what presses' `avoid`, which is said on the massage's way."""
    said = " ".join(text for _, text in opened(f"{SAFETY}\nneed: [a towel]", gate=gate))
    assert not [word for word in ("towel", "nuts", "spine", "volume") if word in said]


# -- settling ----------------------------------------------------------------------------------------


SETTLES = (
    "settle: [face down, {say: back bare., only: full}, {say: leaning, only: seated}, {say: x, only: [full, seated]}]"
)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({}, "face down"),
        ({"length": "full"}, "face down, back bare"),
        ({"setup": "seated"}, "face down, leaning"),
        ({"length": "full", "setup": "seated"}, "face down, back bare, leaning, x"),
    ],
)
def test_all_that_match_are_said_in_order(choices, said):
    """In one clip."""
    found = opened(f"setups: [lying, seated]\n{SETTLES}", **choices)
    assert [text for role, text in found if role == "settle"] == [told("settle", settle=said)]


@pytest.mark.parametrize("top", ["", "setups: [lying, seated]\nsettle: [{say: leaning, only: seated}]", "settle: []"])
def test_without_one_that_matches_nothing_is_said_of_it(top):
    """No clip, and no gap for one."""
    made = plan(STEP, top, opening=True, gate="core")
    assert "settle" not in {clip.role for clip in made.clips}
    gates = [clip for clip in made.clips if clip.role == "gate"]
    assert gates[1].start - gates[0].end == approx(1.0)


def test_settle_knows_marks_and_placeholders():
    """As every text does: nothing in brackets or braces is spoken."""
    made = plan(STEP, "settle: '{title} down. [breath] For {minutes}. [pause 3s]'", opening=True, length="short")
    (first, second) = (clip for clip in made.clips if clip.role == "settle")
    assert (first.text, second.text) == ("Now settle: T down.", f"For {made.draft.figures.minutes}.")
    (breath,) = (clip for clip in made.clips if clip.sound == "breath")
    assert (breath.start - first.end, second.start - breath.end) == (approx(0.6), approx(0.6))
    after = next(clip for clip in made.clips if clip.start > second.start)
    assert after.start - second.end == approx(3.0)


# -- who sits, and who is alone -------------------------------------------------------------------------


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(
    ("top", "choices", "seated"),
    [
        ("", {}, False),
        ("setups: [lying, seated]", {}, False),
        ("setups: [lying, seated]", {"setup": "seated"}, True),
        ("position: seated, leaning on a pillow", {}, True),
        ("position: on a Chair", {}, True),
        ("setups: [lying, seated]\nposition: face down, or seated", {"setup": "lying"}, False),
    ],
)
def test_who_sits_is_told_what_to_do_when_faint(top, choices, seated, gate):
    """By the setup's name, or by the position where there are none; at every gate."""
    said = opened(top, gate=gate, **choices)
    assert said[-2] == ("gate", f"{told('gate_words')} {told('gate_seated' if seated else 'gate_dizzy')}")


@pytest.mark.parametrize(("gate", "leave_out"), [("core", "gate_leave_out"), ("full", "gate_leave_out_full")])
def test_oneself_leaves_out_what_is_sore_without_a_silence(gate, leave_out):
    """Own words in place of every one of the giver's, and no receiver; the wait at the end stays."""
    made = plan(STEP, f"audience: self\n{SAFETY}\n{SETTLE}", opening=True, gate=gate)
    clips = made.within(0, made.chapters[0].end, "narration")
    said = [(clip.role, clip.text) for clip in clips]
    line = ("gate", told(leave_out, "self"))
    last = [line, ("gate", f"{told('gate_words', 'self')} {told('gate_dizzy', 'self')}")]
    assert said[-3:] == [*last, ("ready", told("gate_ready", "self"))]
    assert said[1] == (core(audience="self") if gate == "core" else ("gate", "Not today with a fever or a rash."))
    assert [after.start - before.end for before, after in pairwise(clips[-3:])] == [approx(1.0)] * 2
    assert not [text for _, text in said if "eceiver" in text or "either of you" in text]


# -- minimal's sounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "sounds"),
    [
        (STEP, ["step"]),
        ("  - {name: A, say: Go., chime: none}", []),
        ("  - {name: A, say: Go., chime: halfway}", ["halfway"]),
        # Those of words, of strokes and of the end are never told.
        ("  - {name: A, say: 'Go. [breath]', warn: 'Mind. [breath]'}", ["step"]),
        ("  - {name: A, duration: 2m, rhythm: {out: 6s}, cues: [{at: 5s, chime: end}]}", ["step"]),
        (
            "  - {name: A, duration: 20s, chime: none, cues: [{at: 6s, chime: switch}]}",
            ["switch"],
        ),
        # In the order in which they are first heard, four at most.
        (
            "  - {name: A, duration: 5m, hold: {press: 9s, release: 9s}}\n  - {name: B, say: Go., sides: both}",
            ["step", "press", "release", "halfway"],
        ),
        (
            "  - {name: A, say: Go., chime: switch}\n  - {name: B, duration: 3m}\n  - {name: C, say: Go.}",
            ["switch", "step", "last-minute"],
        ),
    ],
)
def test_minimal_names_and_plays_the_sounds_of_this_session(steps, sounds):
    """After the title, each once."""
    made = plan(steps, opening=True, closing=True, talk="minimal")
    clips = made.within(0, made.chapters[0].end)
    assert [clip.sound for clip in clips if clip.track == "chime"] == sounds
    lines = [clip.text for clip in clips if clip.role == "sounds"]
    named = [told(f"sound_{sound.replace('-', '_')}") for sound in sounds]
    assert lines == [f"{told('sounds_intro')} {named[0]}", *named[1:]] if named else lines == []
    roles = [clip.role for clip in clips if clip.track == "narration"]
    assert roles[: 1 + len(sounds)] == ["title", *["sounds"] * len(sounds)]


def test_a_sound_beside_the_routine_is_not_told(tmp_path):
    """Nobody but its author knows what it means; the next of the code takes no longer for it."""
    (tmp_path / "bell.wav").touch()
    steps = [{"name": "A", "say": "Go.", "chime": "bell.wav", "sides": "both"}]
    made = Routine.from_dict({"title": "T", "summary": "S", "steps": steps}, folder=tmp_path)
    drafting = Drafting(made, Choices(talk="minimal"))
    found = Plan(drafting.draft(lengths(**{"bell.wav": 2.0})))
    assert [clip.sound for clip in found.within(0, found.chapters[0].end, "chime")] == ["switch"]


@pytest.mark.parametrize("talk", ["full", "calm"])
def test_other_talk_says_nothing_of_sounds(talk):
    """And no chime is in the opening."""
    made = plan("  - {name: A, duration: 5m}", opening=True, talk=talk)
    assert "sounds" not in {clip.role for clip in made.clips}
    assert not made.within(0, made.chapters[0].end, "chime")


# -- without an opening ----------------------------------------------------------------------------------


@pytest.mark.parametrize("talk", ["full", "minimal"])
@pytest.mark.parametrize("gate", GATES)
def test_without_an_opening_the_gate_stays_in_its_order_and_waits(gate, talk):
    """Title, settle and sounds are left out; what else is said is the same, from 1.0 s on."""
    top = f"{SAFETY}\n{SETTLE}"
    with_it, without = (opened(top, gate=gate, opening=welcome, talk=talk) for welcome in (True, False))
    assert without == [said for said in with_it if said[0] not in ("title", "settle", "sounds")]
    assert without[-1] == READY
    made = plan(STEP, top, opening=False, gate=gate, talk=talk)
    assert made.clips[0].start == approx(1.0)
    assert made.chapters[0].title == told("chapter_opening")
    assert not made.within(0, made.chapters[0].end, "chime")


# -- the closing -----------------------------------------------------------------------------------------


def closed(top="", steps=STEP, audience="giver", **choices):
    """What is said in the closing."""
    made = plan(steps, f"audience: {audience}\n{top}", closing=True, **choices)
    return [clip.text for clip in made.within(made.chapters[-1].start, made.duration, "narration")]


def closing(*, lift="", seated=False, quiet=False, audience="giver"):
    """The program's own words in it."""
    rising = "_quiet" if quiet else "_seated" if seated else ""
    keys = ("closing_rest", "closing_lift", f"closing_thanks{rising}")
    rest, own, thanks = (told(key, audience) for key in keys)
    return f"{rest} {lift or own} {thanks}"


@pytest.mark.parametrize("audience", ["giver", "self"])
@pytest.mark.parametrize(
    ("top", "choices", "expected"),
    [
        ("", {}, {}),
        ("end: Slide your hands out.", {}, {"lift": "Slide your hands out."}),
        ("position: seated", {}, {"seated": True}),
        ("setups: [lying, seated]\nend: Off.", {"setup": "seated"}, {"seated": True, "lift": "Off."}),
        ("quiet_end: false", {}, {}),
        ("quiet_end: true\nend: Off.", {}, {"quiet": True, "lift": "Off."}),
        ("quiet_end: true\nposition: seated", {}, {"quiet": True}),
    ],
)
def test_the_closing_rests_lets_go_and_thanks(audience, top, choices, expected):
    """`end` stands in place of the program's own way to let go; who sits stays seated a little, who sleeps stays."""
    assert closed(top, audience=audience, **choices) == [closing(audience=audience, **expected)]


@pytest.mark.parametrize("linger", [None, 90.0])
def test_a_quiet_end_rings_no_bowls(linger):
    """The bed goes on from the last word as long as it does elsewhere from the end of the bowls."""
    made = plan(STEP, "quiet_end: true\nclosing: [Sleep.]", closing=True, linger=linger)
    assert "end" not in [clip.sound for clip in made.clips]
    assert made.clips[-1].text == "Sleep."
    assert made.duration - made.clips[-1].end == approx(5.0 if linger is None else linger, abs=0.06)


OILED = "  - {name: A, say: Go., oil: true}\n  - {name: B, say: Go.}\n  - {name: C, say: Go., oil: true, only: full}"


@pytest.mark.parametrize(
    ("choices", "oily"),
    [
        ({}, True),
        ({"without": ("A",)}, False),
        ({"without": ("B",)}, True),
        ({"without": ("A",), "length": "full"}, True),
    ],
)
def test_the_floor_is_minded_where_oil_was_played(choices, oily):
    """A step with oil that is left out, or of another length, oils no floor."""
    assert closed("closing: [Sleep.]", OILED, **choices) == [
        closing(),
        *([told("closing_floor")] if oily else []),
        "Sleep.",
    ]


@pytest.mark.parametrize("audience", ["giver", "self"])
def test_who_touched_nobody_lets_nobody_go(audience):
    """In a session without any touch, or where the steps that touch are left out."""
    steps = "  - {name: A, say: Go., touch: false}\n  - {name: B, say: Go.}"
    untouched = told("closing_untouched", audience)
    assert closed("end: Off.", steps, audience, without=("B",)) == [untouched]
    assert closed("end: Off.", steps, audience) == [closing(lift="Off.", audience=audience)]


def test_a_language_has_its_own_end():
    """The session's."""
    texts = "title: {en: T, de: U}\nsummary: {en: S, de: Z}"
    steps = "  - {name: {en: A, de: B}, say: {en: Go., de: Los.}}"
    made = plan(steps, "end: {en: Off., de: Weg.}", head=texts, language="de", closing=True)
    said = " ".join(clip.text or "" for clip in made.clips if clip.role == "closing")
    assert "Weg." in said
    assert "Off." not in said


def test_an_unknown_gate_is_refused():
    """With those there are."""
    with pytest.raises(UsageError, match=r"gate: expected auto, core, full or brief"):
        plan(STEP, gate="long")
