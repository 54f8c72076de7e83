"""Totals are exact, shared out as the contract says, or refused with the nearest that works."""

from __future__ import annotations

import re

import pytest
from planned import lengths, nearest, phrase, plan, routine, words
from pytest import approx

from voiceguide import script
from voiceguide.choices import Choices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.planning import floors

QUESTION, FOLLOW, NEXT = phrase("check_in_first"), phrase("check_in_number"), phrase("next", next="Z")
LAST = "\n  - {name: Z, say: End., stretch: false}"

FLOORS = [
    # the step's keys (a second a word), f
    (f"say: {words(7)}, duration: 29s", 9),
    (f"say: '{words(7)} [pause 4s]', duration: 29s", 13),
    # The preview counts where a is 30 s or more.
    (f"say: {words(7)}, duration: 30s", 2 + 7 + 1 + NEXT),
    # Items 1 s apart; at least t + length + 2 s for a cue at t, instruction + 1 s + t for one at -t.
    (f"say: {words(7)}, duration: 29s, cues: [{{at: 3s, say: {words(3)}}}]", 2 + 7 + 1 + 3),
    (f"say: {words(7)}, duration: 29s, cues: [{{at: 10s, say: {words(3)}}}]", 10 + 3 + 2),
    (f"say: {words(7)}, duration: 29s, cues: [{{at: -20s, say: {words(3)}}}]", 7 + 1 + 20),
    (
        f"say: {words(7)}, duration: 29s, cues: [{{at: 1s, say: {words(3)}}}, {{at: 2s, say: {words(4)}}}]",
        2 + 7 + 1 + 3 + 1 + 4,
    ),
    # A share cue adds nothing.
    (f"say: {words(7)}, duration: 29s, cues: [{{at: 50%, say: {words(3)}}}]", 9),
    # A chime has no words.
    (f"say: {words(7)}, duration: 29s, cues: [{{at: 20s, chime: halfway}}]", 22),
    # One round if uncounted; without an instruction it starts 1 s into the slot.
    (f"say: {words(7)}, duration: 29s, hold: {{press: 5s, release: 4s}}", 2 + 7 + 1 + 9),
    ("duration: 29s, hold: {press: 5s, release: 4s}", 2 + 1 + 9),
    (f"say: {words(2)}, duration: 29s, hold: {{times: 2, press: 5s, release: 4s}}", 2 + 2 + 1 + 18),
    (f"say: {words(7)}, duration: 1h, check_in: true", 2 + 7 + 6 + QUESTION + 6 + FOLLOW + 1 + NEXT),
    # A check-in waits for the hands to be at work; strokes are that.
    ("duration: 29s..40s, check_in: true", 2 + 6 + QUESTION + 6 + FOLLOW),
    # The longest side's instruction rules all sides.
    (f"say: {words(7)}, say_again: {words(9)}, sides: [left, right], duration: 29s", 11),
    # A step without duration keeps its time.
    (f"say: {words(7)}", 9),
]


@pytest.mark.parametrize(("keys", "floor"), FLOORS)
def test_a_floor_is_the_contracts_sum(keys, floor):
    """2 s plus everything said once, items 1 s apart."""
    assert floors.floor(work(keys), lengths()) == approx(floor)


@pytest.mark.parametrize(
    ("keys", "least"),
    [
        (f"say: {words(7)}, duration: 29s", 9),
        # 10 s of words, 1 s, 3 s: the share's moment is past.
        (f"say: {words(10)}, duration: 29s, cues: [{{at: 50%, say: {words(3)}}}]", 14),
        # The second cue waits for the first: 20 + 3 + 1 + 3.
        (f"duration: 29s, cues: [{{at: 20s, say: {words(3)}}}, {{at: 21s, say: {words(3)}}}]", 27),
        # The preview stands at the end: the cue before it, or after.
        (f"say: {words(30)}, duration: 1m, cues: [{{at: 50%, say: {words(3)}}}]", 30 + 1 + 3 + 0.6 + NEXT + 2),
    ],
)
def test_what_crowds_makes_the_least_slot_longer_than_the_floor(keys, least):
    """It is the shortest from the floor on in which everything has its place."""
    made = work(keys)
    assert floors.least(made, made.low, lengths()) == approx(least, abs=2e-3)


def test_a_floor_above_the_short_value_does_not_fit():
    """It is a fault of the duration's line, with the words too many and the seconds missing."""
    with pytest.raises(RoutineError) as caught:
        plan(f"  - name: A\n    say: {words(12)}\n    duration: 10s..2m")
    (fault,) = caught.value.faults
    assert (fault.rule, fault.place.line, fault.place.path) == ("does-not-fit", 7, "steps[0].duration")
    assert "there are 10 s, and 4.0 s are missing: 4 words too many" in fault.message


# -- sharing out ----------------------------------------------------------------------------------------

STEPS = f"""
  - {{name: A, say: {words(5)}, duration: 1m..3m}}
  - {{name: B, say: {words(9)}, duration: {{short: 2m, full: 2m..5m}}, sides: [left, right]}}
  - {{name: C, say: {words(4)}, duration: 30s, stretch: false}}
  - {{name: D, say: {words(4)}}}"""
A, B = (60, 180), (120, 300)
FA, FB = 2 + 5 + 1 + phrase("next", next="B"), 2 + 9 + 1 + phrase("next", next="C")


def every(made):
    """The slots' seconds, one a step."""
    return [made.seconds(number) for number in range(4)]


def overhead():
    """Seconds of the session that are no slot."""
    made = plan(STEPS)
    return made.duration - sum(end - start for end, start in _slots(made))


def test_short_is_every_slot_at_a_and_full_at_b():
    """Ranges and mappings: a is the low end of short, b the high end of full."""
    assert every(plan(STEPS, length="short")) == [60, 120, 30, 6]
    assert every(plan(STEPS, length="full")) == [180, 300, 30, 6]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_between_the_values_every_slot_takes_one_share(share):
    """Each is a + s(b - a)."""
    total = overhead() + 36 + A[0] + 2 * B[0] + share * ((A[1] - A[0]) + 2 * (B[1] - B[0]))
    made = plan(STEPS, length=f"{total:.6f}s")
    expected = [A[0] + share * (A[1] - A[0]), B[0] + share * (B[1] - B[0]), 30, 6]
    assert every(made) == [approx(seconds, abs=1e-5) for seconds in expected]
    assert made.duration == approx(total, abs=1e-5)


def test_above_the_full_values_every_slot_grows_by_one_factor():
    """Each is k b; what does not stretch keeps its time."""
    total = overhead() + 36 + 1.5 * (A[1] + 2 * B[1])
    made = plan(STEPS, length=f"{total:.6f}s")
    assert every(made) == [approx(270, abs=1e-5), approx(450, abs=1e-5), 30, 6]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_below_the_short_values_every_slot_shrinks_to_its_floor(share):
    """Each is f + k(a - f)."""
    total = overhead() + 36 + (1 - share) * (FA + 2 * FB) + share * (A[0] + 2 * B[0])
    made = plan(STEPS, length=f"{total + 1e-5:.6f}s")
    expected = [FA + share * (A[0] - FA), FB + share * (B[0] - FB), 30, 6]
    assert every(made) == [approx(seconds, abs=1e-4) for seconds in expected]


def test_a_slot_that_crowds_keeps_its_least_and_the_others_give_way():
    """Where f + k(a - f) is too short for its cues, the rest shrinks a little more."""
    steps = f"""
  - {{name: A, say: {words(10)}, duration: 25s, cues: [{{at: 50%, say: {words(10)}}}]}}
  - {{name: B, say: Go., duration: 25s}}"""
    rest = plan(steps).duration - 50
    made = plan(steps, length=f"{rest + 36:.6f}s")
    assert [made.seconds(0), made.seconds(1)] == [approx(21, abs=2e-3), approx(15, abs=2e-3)]
    assert made.said(0) == [("instruction", 0), ("cue", 11)]


@pytest.mark.parametrize(
    ("keys", "slot", "said"),
    [
        # Below a, a cue starts at its time or 1 s after what precedes it, whichever is later.
        ("duration: 40s, cues: [{at: 20s, say: Go on.}]", 24.0, [("instruction", 0), ("cue", 20)]),
        ("duration: 40s, cues: [{at: 9s, say: Go on.}]", 30.0, [("instruction", 0), ("cue", 9)]),
        ("duration: 40s, cues: [{at: 5s, say: Go on.}]", 30.0, [("instruction", 0), ("cue", 7)]),
        ("duration: 40s, cues: [{at: 25%, say: Go on.}]", 20.0, [("instruction", 0), ("cue", 7)]),
        ("duration: 40s, cues: [{at: -20s, say: Go on.}]", 30.0, [("instruction", 0), ("cue", 10)]),
        ("duration: 40s, cues: [{at: -20s, say: Go on.}]", 27.0, [("instruction", 0), ("cue", 7)]),
        # And so does a check-in: at its time where it can, else 6 s after the instruction.
        (
            "duration: 60s, check_in: true",
            50.0,
            [("instruction", 0), ("check_in", 18), ("check_in", 24 + QUESTION)],
        ),
        (
            "duration: 60s, check_in: true",
            40.0,
            [("instruction", 0), ("check_in", 12), ("check_in", 18 + QUESTION)],
        ),
        (
            "duration: 60s, check_in: true, cues: [{at: 10s, say: Go on.}]",
            42.0,
            [("instruction", 0), ("cue", 10), ("check_in", 13), ("check_in", 19 + QUESTION)],
        ),
    ],
)
def test_below_a_cues_and_check_ins_wait_a_second(keys, slot, said):
    """Six words are said first."""
    steps = f"  - {{name: A, say: {words(6)}, {keys}}}"
    default = plan(steps)
    made = plan(steps, length=f"{default.duration - default.seconds() + slot:.6f}s")
    assert made.said() == [(role, approx(at, abs=1e-4)) for role, at in said]


# -- full's own cues ---------------------------------------------------------------------------------------


def test_full_keeps_room_for_its_own_cues():
    """One share for all where its cues allow; a slot they need longer has its least."""
    steps = """
  - {name: A, duration: 1m..5m, cues: [{at: 2m, say: Go on now., only: full}]}
  - {name: B, duration: 1m..5m}"""
    rest = plan(steps).duration - 120
    assert _two(plan(steps, length=f"{rest + 500:.6f}s")) == [approx(250, abs=1e-3), approx(250, abs=1e-3)]
    # Two minutes, the cue, 0.6 s, the preview and 2 s.
    least = 120 + 3 + 0.6 + phrase("next", next="B") + 2
    assert _two(plan(steps, length=f"{rest + 203:.6f}s")) == [approx(least, abs=2e-3), approx(203 - least, abs=2e-3)]
    # Less than full can be: short's steps, without its cue.
    less = plan(steps, length=f"{rest + 182:.6f}s")
    assert _two(less) == [approx(91, abs=1e-3), approx(91, abs=1e-3)]
    assert "cue" not in {role for role, _ in less.said()}


def test_an_asked_total_is_made_of_fulls_steps_where_they_can_be_as_short():
    """Full's with every slot at a is at most T; else short's."""
    steps = """
  - {name: A, duration: 1m..2m}
  - {name: B, duration: 1m..2m, only: full}"""
    both = plan(steps, length="full").duration - 240 + 120
    assert len(plan(steps, length=f"{both + 0.001:.6f}s").steps()) == 2
    assert len(plan(steps, length=f"{both - 0.001:.6f}s").steps()) == 1


def test_named_lengths_use_their_own_steps_for_an_exact_total():
    """`lengths.short` and `.full`."""
    steps = """
  - {name: A, duration: 1m..2m}
  - {name: B, duration: 1m..2m, only: full}"""
    top = "lengths: {short: 4m30s, full: 4m}"
    assert (plan(steps, top).duration, len(plan(steps, top).steps())) == (approx(270), 1)
    full = plan(steps, top, length="full")
    assert (full.duration, len(full.steps())) == (approx(240), 2)


def test_a_named_total_stays_when_steps_are_left_out():
    """Also the asked one."""
    steps = "  - {name: A, duration: 1m}\n  - {name: B, duration: 1m}"
    assert plan(steps, "lengths: {short: 2m50s}", without=("A",)).duration == approx(170)
    assert plan(steps, length="2m50s", without=("2",)).duration == approx(170)


# -- at most twice ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("around", [False, True])
def test_no_slot_lasts_more_than_twice_its_full_value(around):
    """At k = 2 each is; beyond it the total is refused with the longest, in whole seconds."""
    options = {"opening": around, "closing": around, "gate": "core", "length": "1h", "linger": 5.0}
    with pytest.raises(UsageError) as caught:
        plan(STEPS, **options)
    made = plan(STEPS, **{**options, "length": nearest(caught.value)})
    assert every(made) == [approx(360, rel=2e-3), approx(600, rel=2e-3), 30, 6]
    assert every(made)[0] <= 360
    with pytest.raises(UsageError):
        plan(STEPS, **{**options, "length": f"{made.duration + 1.01:.2f}s"})


# -- refusals ----------------------------------------------------------------------------------------------

REFUSED = [
    STEPS,
    STEPS.replace("name:", "stretch: false, name:").replace(", stretch: false}", "}"),
    "  - {name: A, say: Go.}",
    "  - {name: A, duration: 1m, only: full}\n  - {name: B, duration: 1m, only: full}",
    "  - {name: A, duration: 1m, stretch: false}\n  - {name: B, duration: 10m, only: full}",
    f"  - {{name: A, say: {words(20)}, duration: 1m, cues: [{{at: 50%, say: {words(20)}}}]}}",
    # Full's steps, of which none stretches, are those of every total from theirs on.
    """
  - {name: A, duration: 182s, stretch: false, oil: true, warn: Go on., transition: 0s, chime: none}
  - {name: B, duration: 102s, only: short, ready: true}
  - {name: C, say: Go on and on.}""",
]


@pytest.mark.parametrize("around", [False, True])
@pytest.mark.parametrize("asked", ["1s", "1m", "2m30s", "5m", "1h"])
@pytest.mark.parametrize("steps", REFUSED)
def test_a_total_is_exact_or_refused_with_the_nearest_that_works(steps, asked, around):
    """The nearest then works, and nothing nearer does."""
    options = {"opening": around, "closing": around}
    try:
        made = plan(steps, length=asked, **options)
    except UsageError as error:
        found = re.match(rf"length {asked}: out of reach for test; (for so long .* as \+\S+; )?the nearest", str(error))
        assert found, str(error)
        made = plan(steps, length=nearest(error), **options)
        wanted = Choices(asked).length.total
        assert bool(found[1]) == (wanted > made.duration), "what is too long comes with a routine to add"
        # The opening tells the minutes: a word or two may lie between a second and the next.
        step = 4.0 if around else 1.01
        nearer = made.duration + (step if wanted > made.duration else -step)
        with pytest.raises(UsageError):
            plan(steps, length=f"{nearer:.2f}s", **options)
    else:
        assert made.duration == approx(Choices(asked).length.total, abs=0.04)


def test_a_routines_own_total_out_of_reach_is_a_fault_of_its_line():
    """With the nearest that works."""
    with pytest.raises(RoutineError) as caught:
        plan("  - {name: A, say: Go.}", "lengths: {short: 9m}")
    (fault,) = caught.value.faults
    assert (fault.rule, fault.place.line, fault.place.path) == ("out-of-reach", 3, "lengths.short")
    found = nearest(fault.message)
    assert plan("  - {name: A, say: Go.}", f"lengths: {{short: {found}}}").duration == approx(
        Choices(found).length.total, abs=0.04
    )


@pytest.mark.parametrize("keys", ["hold: {press: 4s}", "rhythm: {out: 2s, back: 2s}"])
def test_a_total_with_too_many_rounds_in_a_slot_is_refused(keys):
    """The file is right: what is too much is the listener's choice."""
    steps = f"  - {{name: A, duration: 33m, {keys}}}{LAST}"
    assert plan(steps, length="full").duration > 33 * 60
    expected = (
        r"length 50m: expected at most 500 rounds or strokes in a slot, got \d+ in the step at .*: ask for a shorter"
    )
    with pytest.raises(UsageError, match=expected):
        plan(steps, length="50m")


def work(keys):
    """The first step of a routine, written for short."""
    made = routine(f"  - {{name: A, {keys}}}{LAST}")
    return script.write(made, Choices(), "short").works[0]


def _two(made):
    return [made.seconds(0), made.seconds(1)]


def _slots(made):
    return [(slot.end, slot.start) for chapter in made.steps() for slot in chapter.slots]
