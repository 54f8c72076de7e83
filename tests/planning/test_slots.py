"""A slot is laid out as the contract says: every item at its second, by hand."""

from __future__ import annotations

import pytest
from planned import lengths, phrase, plan, told, words
from pytest import approx

from voiceguide.errors import RoutineError

PRESS, RELEASE = phrase("press"), phrase("release")
QUESTION, FOLLOW = phrase("check_in_first"), phrase("check_in_number")
ASKING = QUESTION + 6 + FOLLOW
NEXT = phrase("next", next="Z")

LAST = "\n  - {name: Z, say: End.}"


def one(keys: str, *, last: str = LAST, top: str = "", **choices):
    """A plan whose first step has these keys."""
    return plan(f"  - {{name: A, {keys}}}{last}", top, **choices)


def fault(keys: str, *, last: str = LAST, **choices):
    """The only fault of such a routine."""
    with pytest.raises(RoutineError) as caught:
        one(keys, last=last, **choices)
    assert len(caught.value.faults) == 1, str(caught.value)
    return caught.value.faults[0]


# -- 1: the instruction ------------------------------------------------------------------------------


def test_the_instruction_starts_with_the_slot():
    """A string is one item; a list's items are 1.0 s apart, sentences 0.6 s."""
    made = one(f"say: [{words(2)}. {words(3)}., {words(4)}.]")
    clip = next(c for c in made.clips if c.role == "instruction")
    start = made.slot().start
    assert [(w.start - start, w.end - start) for w in clip.sentences] == [
        (approx(0), approx(2)),
        (approx(2.6), approx(5.6)),
        (approx(6.6), approx(10.6)),
    ]


def test_a_step_without_duration_lasts_what_it_says_and_two_seconds():
    """The longest side's, marks at the end included, the same at every talk level."""
    for talk in ("full", "calm", "minimal"):
        assert one(f"say: {words(7)}", talk=talk).seconds() == 9
        assert one(f"say: '{words(7)} [pause 3s]'", talk=talk).seconds() == 12
        sided = one(f"say: {words(3)}, say_again: {words(8)}, sides: [left, right]", talk=talk)
        assert (sided.seconds(0, 0), sided.seconds(0, 1)) == (10, 10)


def test_a_step_without_duration_holds_its_rounds():
    """Instruction, 1.0 s, the rounds, 2 s; without an instruction the rounds start 1.0 s into the slot."""
    assert one(f"say: {words(4)}, hold: {{times: 3, press: 5s, release: 3s}}").seconds() == 4 + 1 + 24 + 2
    assert one("hold: {times: 3, press: 5s, release: 3s, sink: 1s, move: 2s}").seconds() == 1 + 33 + 2


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("say: One., say_again: Two.", ["One.", "Two.", "Two."]),
        ("say: One.", ["One.", "A", "A"]),
        ("say: On the {side}.", ["On the left.", "A", "A"]),
        ("say: One., say_again: ['The {side}.', Now.]", ["One.", "The right. Now.", "The third. Now."]),
        ("duration: 9s", []),
        ("duration: 9s, say_again: Two.", ["Two.", "Two."]),
    ],
)
def test_later_sides_say_say_again_or_the_name(keys, said):
    """`say_again` on the later sides; its default is the step's name where there is an instruction at all."""
    keys = keys.replace("On the {side}.", "'On the {side}.'")
    made = one(f"{keys}, sides: [left, right, third]")
    assert [c.text for c in made.clips if c.role == "instruction" and c.step == 1] == said


# -- 2: hold rounds ----------------------------------------------------------------------------------

HOLD = "press: 5s, release: 4s"


def test_rounds_start_a_second_after_the_instruction_back_to_back():
    """Sink, press, release, move."""
    made = one("say: Go on., duration: 1m, hold: {times: 2, sink: 1s, press: 5s, release: 4s, move: 2s}")
    start = made.slot().start
    rounds = [
        (r.press[0] - start, r.press[1] - start, r.release[0] - start, r.release[1] - start) for r in made.slot().rounds
    ]
    assert rounds == [(approx(4), approx(9), approx(9), approx(13)), (approx(16), approx(21), approx(21), approx(25))]
    assert made.rung() == [("press", 4), ("release", 9), ("press", 16), ("release", 21)]
    assert made.said()[:5] == [("instruction", 0), ("press", 4), ("release", 9), ("press", 16), ("release", 21)]


def test_the_longest_sides_instruction_rules_all_sides():
    """Rounds start at the same second on every side."""
    made = one(
        f"say: {words(6)}, say_again: {words(2)}, sides: [left, right], duration: 1m, hold: {{times: 2, {HOLD}}}"
    )
    for side in (0, 1):
        slot = made.slot(0, side)
        assert [r.press[0] - slot.start for r in slot.rounds] == [approx(7), approx(16)]


def test_without_an_instruction_rounds_start_a_second_into_the_slot():
    """Counted or not."""
    for times in ("times: 2, ", ""):
        slot = one(f"duration: 40s, hold: {{{times}{HOLD}}}").slot()
        assert slot.rounds[0].press[0] - slot.start == approx(1)


@pytest.mark.parametrize(
    ("spoken", "voiced"),
    [
        ("", [0, 1, 2, 5]),
        ("spoken: 1", [0, 5]),
        ("spoken: 0", []),
        ("spoken: all", [0, 1, 2, 3, 4, 5]),
        ("spoken: 9", [0, 1, 2, 3, 4, 5]),
        ("spoken: 5", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_the_first_rounds_and_the_last_are_voiced(spoken, voiced):
    """The first `spoken` and the last, with their sounds in every round; 0 voices none."""
    made = one(f"duration: 2m, hold: {{times: 6, {HOLD}, {spoken}}}")
    starts = [round(r.press[0] - made.slot().start, 6) for r in made.slot().rounds]
    assert [at for role, at in made.said() if role == "press"] == [starts[i] for i in voiced]
    assert [at - 5 for role, at in made.said() if role == "release"] == [starts[i] for i in voiced]
    assert [at for role, at in made.rung() if role == "press"] == starts
    assert [at for role, at in made.rung() if role == "release"] == [at + 5 for at in starts]


@pytest.mark.parametrize(
    ("duration", "last", "rounds"),
    [
        # In the last step 2 s are left: 3 + 1 + n x 9 + 2 <= D.
        (15, "", 1),
        (23.9, "", 1),
        (24, "", 2),
        (33, "", 3),
        # The preview and 3 s from 30 s on: 3 + 1 + n x 9 + NEXT + 3 <= D.
        (29, LAST, 2),
        (30, LAST, 2),
        (34 + NEXT - 0.1, LAST, 2),
        (34 + NEXT, LAST, 3),
    ],
)
def test_rounds_without_a_count_fill_the_slot(duration, last, rounds):
    """Whole rounds, as many as leave 2 s, or the preview and 3 s where there is one."""
    made = one(f"say: {words(3)}, duration: {duration}s, hold: {{{HOLD}}}", last=last)
    assert len(made.slot().rounds) == rounds


def test_rounds_without_a_count_are_alike_on_every_side():
    """The last side's preview counts for all, the longest instruction too."""
    made = one(
        f"say: {words(3)}, say_again: {words(2)}, sides: [left, right], duration: {34 + NEXT}s, hold: {{{HOLD}}}"
    )
    assert [len(made.slot(0, side).rounds) for side in (0, 1)] == [3, 3]
    shorter = one(
        f"say: {words(3)}, say_again: {words(2)}, sides: [left, right], duration: {34 + NEXT - 0.5}s, hold: {{{HOLD}}}"
    )
    assert [len(shorter.slot(0, side).rounds) for side in (0, 1)] == [2, 2]


def test_a_move_belongs_to_its_round():
    """The last one too."""
    assert len(one(f"duration: 23s, hold: {{{HOLD}, move: 1s}}", last="").slot().rounds) == 2
    assert len(one(f"duration: 22.9s, hold: {{{HOLD}, move: 1s}}", last="").slot().rounds) == 1


def test_a_hold_without_one_whole_round_is_a_fault():
    """It names the line, the seconds and the words."""
    found = fault(f"say: {words(8)}, duration: 18s, hold: {{{HOLD}}}", last="")
    assert (found.rule, found.place.line) == ("does-not-fit", 5)
    assert "there are 18 s, and 2.0 s are missing" in found.message


def test_times_may_differ_by_length():
    """`{short: 3, full: 6}`."""
    keys = f"duration: {{short: 1m, full: 2m}}, hold: {{times: {{short: 3, full: 6}}, {HOLD}}}"
    assert [len(one(keys, length=length).slot().rounds) for length in ("short", "full")] == [3, 6]


@pytest.mark.parametrize(
    ("hold", "what"),
    [
        ("press: 2s, release: 9s", "the press word"),
        ("press: 9s, release: 1s", "the release word"),
        (f"press: 9s, release: 3s, say_release: {words(4)}", "the release word"),
        ("press: 9s, say_release: Let go", "the release word"),
    ],
)
def test_words_longer_than_their_phase_are_a_fault(hold, what):
    """The language's own and the author's."""
    found = fault(f"duration: 1m, hold: {{times: 2, {hold}}}")
    assert found.rule == "does-not-fit"
    assert found.message.startswith(f"{what} does not fit")


def test_a_phase_of_no_length_has_no_sound_and_no_word():
    """`release` defaults to 0s: then only the press is heard."""
    made = one("duration: 1m, hold: {times: 2, press: 9s}")
    assert {role for role, _ in made.rung()} == {"press"}
    assert {role for role, _ in made.said()} == {"press", "next"}


def test_hold_words_are_the_authors_where_given():
    """And know the side."""
    made = one(
        "sides: [left, right], duration: 1m, hold: {times: 1, press: 9s, release: 9s, say_press: 'Press {side}'}"
    )
    assert [c.text for c in made.clips if c.role == "press" and c.text] == ["Press left", "Press right"]


# -- 3: the preview ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duration", "last", "at"),
    [(29.9, LAST, None), (30, LAST, 28 - NEXT), (60, LAST, 58 - NEXT), (60, "", None)],
)
def test_the_next_step_is_named_before_the_slots_end(duration, last, at):
    """From 30 s on, ending at D - 2 s, not in the last step."""
    made = one(f"say: Go., duration: {duration}s", last=last)
    assert [approx(start) for role, start in made.said() if role == "next"] == ([] if at is None else [at])


def test_only_the_last_side_names_the_next_step():
    """Of a step with sides, and of a group."""
    made = one("say: Go., sides: [left, right], duration: 30s")
    assert [c.side for c in made.clips if c.role == "next"] == ["right"]
    group = plan(
        f"""
  - name: G
    sides: [left, right]
    steps:
      - {{name: A, say: Go., duration: 30s}}
      - {{name: B, say: Go., duration: 30s}}{LAST}"""
    )
    assert [(c.side, c.text) for c in group.clips if c.role == "next"] == [
        ("right", told("next", next="B")),
        ("right", told("next", next="Z")),
    ]


def test_a_preview_that_finds_no_gap_is_left_out_and_counted():
    """It does not move: only a slot longer than a may be too full for it."""
    late = 28 - NEXT
    made = one(f"say: {words(round(late))}, duration: {{short: 29s, full: 30s}}", length="full")
    assert "next" not in dict(made.said())
    assert made.left_out == {"next": 1}
    made = one(f"say: {words(round(late - 1))}, duration: {{short: 29s, full: 30s}}", length="full")
    assert ("next", approx(late)) in made.said()


def test_a_preview_may_stand_in_the_quiet_of_a_round():
    """Only words keep it away: rounds are narration for reminders alone."""
    # Two rounds of 15 s from 1 s on, then 2 s; the last release, from 23 s to 31 s, speaks in its first 2 s.
    made = one("hold: {times: 2, press: 6s, release: 8s, sink: 1s}", last="\n  - {name: Z, say: End.}")
    assert made.seconds() == 33
    assert ("next", approx(31 - NEXT)) in made.said()


# -- 4: cues -----------------------------------------------------------------------------------------

CUES = [
    # instruction's words, cues, where they are said
    (2, [("20s", 3)], [20]),
    (2, [("50%", 3)], [30]),
    (2, [("-20s", 3)], [40]),
    (2, [("12.5%", 1)], [7.5]),
    # Placed by their time, not their order in the file.
    (2, [("-20s", 1), ("10s", 1), ("50%", 1)], [10, 30, 40]),
    # A free gap is 0.6 s clear of all other narration: the next one within 5 s.
    (10, [("5s", 3)], None),
    (10, [("5.6s", 3)], [10.6]),
    (10, [("10.5s", 3)], [10.6]),
    (10, [("10.6s", 3)], [10.6]),
    (2, [("20s", 4), ("22s", 2)], [20, 24.6]),
    (2, [("20s", 4), ("20s", 2)], [20, 24.6]),
    (2, [("20s", 6), ("21.5s", 2)], None),
    (2, [("20s", 6), ("21.6s", 2)], [20, 26.6]),
    (2, [("20s", 2), ("17.5s", 2)], [17.5, 20.1]),
    # The gap before the next words must be large enough.
    (2, [("19s", 2), ("25s", 2), ("18.5s", 3)], [18.5, 22.1, 25.0]),
]


@pytest.mark.parametrize(("said", "cues", "at"), CUES)
def test_cues_start_at_their_time_or_in_the_next_gap(said, cues, at):
    """Within 5 s, 0.6 s clear of other words; an author's item without one is a fault."""
    listed = ", ".join(f"{{at: {when}, say: {words(count)}}}" for when, count in cues)
    keys = f"say: {words(said)}, duration: 1m, cues: [{listed}]"
    if at is None:
        assert fault(keys, last="").rule == "does-not-fit"
    else:
        made = one(keys, last="")
        assert [start for role, start in made.said() if role == "cue"] == [approx(a) for a in at]


def test_a_cue_keeps_inside_its_slot():
    """It may end with it; what would overrun it is a fault at the cue's place."""
    assert ("cue", 57) in one(f"duration: 1m, cues: [{{at: -3s, say: {words(3)}}}]", last="").said()
    found = fault(f"duration: 1m, cues: [{{at: -3s, say: {words(4)}}}]", last="")
    assert found.place.path == "steps[0].cues[0]"
    assert "1 word too many" in found.message


def test_a_cue_moves_past_the_preview():
    """The preview was there first."""
    made = one(f"duration: 1m, cues: [{{at: {58 - NEXT}s, say: {words(1)}}}]", last=LAST)
    assert made.said() == [("next", approx(58 - NEXT)), ("cue", approx(58.6))]
    clear = one(f"duration: 1m, cues: [{{at: {56.4 - NEXT}s, say: {words(1)}}}]", last=LAST)
    assert clear.said() == [("cue", approx(56.4 - NEXT)), ("next", approx(58 - NEXT))]


def test_a_cue_stands_between_the_words_of_a_hold():
    """0.6 s clear of them, wherever its time is."""
    made = one(
        f"duration: 1m, cues: [{{at: 5s, say: {words(2)}}}], hold: {{times: 3, press: 9s, release: 7s}}", last=""
    )
    # Rounds from 1 s: the press word until 1 + 3, the release word from 10 s on.
    assert ("cue", 5) in made.said()


def test_chimes_of_cues_ring_under_speech_and_never_move():
    """Two at once, one under the instruction."""
    made = one(f"say: {words(9)}, duration: 1m, cues: [{{at: 3s, chime: halfway}}, {{at: 50%, chime: end}}]", last="")
    assert made.rung() == [("halfway", 3), ("end", 30)]


@pytest.mark.parametrize(
    ("only", "length", "setup", "heard"),
    [
        ("full", "short", "lying", False),
        ("full", "full", "lying", True),
        ("seated", "full", "lying", False),
        ("seated", "short", "seated", True),
        ("[full, seated]", "full", "lying", False),
        ("[full, seated]", "full", "seated", True),
        ("[short, full, seated]", "short", "seated", True),
    ],
)
def test_cues_are_for_any_of_their_lengths_and_any_of_their_setups(only, length, setup, heard):
    """`only`: any of its lengths and any of its setups."""
    made = one(
        f"duration: 1m, cues: [{{at: 9s, say: Go., only: {only}}}]",
        last="",
        top="setups: [lying, seated]",
        length=length,
        setup=setup,
    )
    assert (("cue", 9) in made.said()) is heard


# -- 5: check-ins ------------------------------------------------------------------------------------


def asked(made, chapter: int = 0, side: int = 0) -> list[float]:
    """When it is asked in a slot."""
    return [at for role, at in made.said(chapter, side) if role == "check_in"][::2]


@pytest.mark.parametrize(
    ("said", "duration", "at"),
    [
        # The sooner of 30 s and a third of the slot ...
        (0, 600, 30),
        (0, 90, 30),
        (0, 60, 20),
        (0, 45, 15),
        # ... but 12 s after the instruction.
        (3, 45, 15),
        (4, 45, 16),
        (18, 600, 30),
        (19, 600, 31),
        (40, 600, 52),
    ],
)
def test_a_check_in_comes_when_hands_are_at_work(said, duration, at):
    """The later of two moments; the answer has 6 s, then it is followed: two clips."""
    made = one(f"duration: {duration}s, check_in: true{f', say: {words(said)}' if said else ''}", last="")
    assert [item[:3] for item in made.in_slot() if item[0] == "check_in"] == [
        ("check_in", approx(at), approx(at + QUESTION)),
        ("check_in", approx(at + QUESTION + 6), approx(at + ASKING)),
    ]


def test_the_longest_sides_instruction_is_the_one_it_waits_for():
    """Though it is asked on the first side alone."""
    made = one(f"say: Go., say_again: {words(30)}, sides: both, duration: 3m, check_in: true", last="")
    assert (asked(made), asked(made, 0, 1)) == ([42], [])


# Seconds of the instruction and the slot, cues as (at, seconds), and when it is asked.
PLACES = [
    # A free gap within 5 s.
    (0, 120, [(30, 4)], 34.6),
    (0, 120, [(29.4, 5)], 35.0),
    # The latest that fits before: 0.6 s clear of the cue, and 6 s or more after the instruction.
    (0, 120, [(40, 3)], 40 - 0.6 - ASKING),
    (0, 120, [(6.6 + ASKING, 9)], 6.0),
    (0, 120, [(40, 3), (20, 1)], 43.6),
    (0, 120, [(48, 3), (20, 1)], 48 - 0.6 - ASKING),
    (3, 120, [(6.6 + ASKING, 9)], 15.6 + ASKING + 0.6),
    # 6 s after the instruction there is no room: the first after, however late.
    (20, 90, [(32, 6)], 38.6),
    (20, 120, [(32, 6), (45, 3), (60, 3)], 63.6),
    # Inside its slot, at its very end.
    (0, ASKING + 12, [], 12.0),
    (0, ASKING + 11, [], 11.0),
    (0, ASKING + 8, [], 8.0),
]


@pytest.mark.parametrize(("said", "duration", "cues", "at"), PLACES)
def test_a_check_in_finds_its_place(said, duration, cues, at):
    """Near the moment, else before it, else after it."""
    listed = ", ".join(f"{{at: {when}s, say: {words(count)}}}" for when, count in cues)
    keys = f"duration: {round(duration, 3)}s, check_in: true, cues: [{listed}]"
    made = one(f"{keys}{f', say: {words(said)}' if said else ''}", last="")
    assert asked(made) == [approx(at)]
    assert all(clip.end <= made.slot().end + 1e-6 for clip in made.clips if clip.role == "check_in")


def test_a_check_in_without_any_place_is_a_fault():
    """Of its step, with what is missing."""
    cues = ", ".join(f"{{at: {at}s, say: Go.}}" for at in range(10, 120, 20))
    found = fault(f"duration: 2m, check_in: true, cues: [{cues}]", last="")
    assert found.message.startswith("the check-in does not fit")
    assert found.place.path == "steps[0]"


def test_in_a_floor_a_check_in_stands_six_seconds_after_the_instruction():
    """As soon as it may, where nothing else fits."""
    body = f"say: {words(7)}, duration: 5m, check_in: true"
    floor = 7 + 6 + ASKING + 2
    made = one(body, last="", length=f"{one(body, last='').duration - 300 + floor + 0.02:.2f}s")
    assert asked(made) == [approx(13)]


@pytest.mark.parametrize(
    ("pressures", "follows"),
    [
        ([None], ["check_in_number"]),
        ([2], ["check_in_number"]),
        ([3], ["check_in_number_firm"]),
        ([7], ["check_in_number_firm"]),
    ],
)
def test_the_first_check_in_asks_for_a_number_and_says_what_it_means(pressures, follows):
    """From a pressure of 3 on also that less is too little."""
    (pressure,), (follow,) = pressures, follows
    steps = [f"pressure: {pressure}" if pressure else "touch: true", "check_in: true, duration: 2m"]
    for keys in ([", ".join(steps)], steps):  # the step's own, or that of a step before it
        made = plan("\n".join(f"  - {{name: S{n}, say: Go., {key}}}" for n, key in enumerate(keys)))
        assert [c.text for c in made.clips if c.role == "check_in"] == [told("check_in_first"), told(follow)]


def test_later_check_ins_ask_for_more_or_less():
    """On the first side only; whatever the pressure."""
    made = plan(
        """
  - {name: A, say: Go., duration: 1m, check_in: true, sides: [left, right]}
  - {name: B, say: Go., duration: 1m, check_in: true, pressure: 4}
  - {name: C, say: Go., duration: 1m, check_in: true}"""
    )
    said = [(c.step, c.side, c.text) for c in made.clips if c.role == "check_in"]
    later = [told("check_in"), told("check_in_follow")]
    assert said == [
        (1, "left", told("check_in_first")),
        (1, "left", told("check_in_number")),
        *((step, None, text) for step in (2, 3) for text in later),
    ]


def test_the_first_that_is_played_is_the_first():
    """Where the one before it is left out."""
    steps = "  - {name: A, duration: 1m, check_in: true}\n  - {name: B, duration: 1m, check_in: true}"
    assert next(c.text for c in plan(steps, without=("A",)).clips if c.role == "check_in") == told("check_in_first")


@pytest.mark.parametrize(
    ("chime", "at"),
    [
        # Wanted at 20 s, the answer lasts from 20 + QUESTION for 6 s; a ring of 5 s.
        (20 + QUESTION - 5, 20),
        (20 + QUESTION - 4, 21),
        (20 + QUESTION, 25),
        # No moment within 5 s: the latest before, so that the answer ends with the ring's start.
        (20 + QUESTION + 0.1, 14.1),
        (20 + QUESTION + 5.9, 19.9),
        (20 + QUESTION + 6, 20),
        (3, 20),
    ],
)
def test_no_ring_disturbs_the_answer(chime, at):
    """A check-in moves past a cue's chime that would ring into its silence, or comes before it."""
    made = one(f"duration: 1m, check_in: true, cues: [{{at: {chime}s, chime: halfway}}]", last="")
    assert asked(made) == [approx(at)]


@pytest.mark.parametrize("sound", ["halfway", "last-minute"])
def test_a_bell_of_the_programs_does_not_ring_into_the_answer(sound):
    """Though it is placed after it."""
    duration, bell = (300, 150) if sound == "halfway" else (200, 140)
    # Cues up to a second before the bell leave no other room.
    cues = ", ".join(f"{{at: {at}s, say: Go on.}}" for at in range(8, bell - 20, 15))
    made = one(f"duration: {duration}s, check_in: true, cues: [{cues}]", last="")
    (at,) = asked(made)
    rung = [(ring, ring + 7) for role, ring in made.rung()]
    assert not [1 for start, end in rung if start < at + QUESTION + 6 and end > at + QUESTION]


def test_a_lead_ins_chime_does_not_ring_into_the_answer():
    """However long it rings."""
    keys = "duration: 45s, check_in: true, chime: end, transition: 0s"
    made = plan(f"  - {{name: A, {keys}}}", measured=lengths(end=12.0 + QUESTION + 6.0))
    # Wanted at 15 s. It rings from -1.5 s for 18 s + QUESTION: the answer starts no sooner than that.
    assert asked(made) == [16.5]


def test_a_check_in_gives_way_to_cues():
    """They are placed first."""
    made = one(f"duration: 1m, check_in: true, cues: [{{at: 18s, say: {words(4)}}}]", last="")
    assert made.said()[:2] == [("cue", 18), ("check_in", approx(22.6))]


# -- 7: bells (6, their words and 9 are in test_programme) ---------------------------------------------


@pytest.mark.parametrize(
    ("duration", "rung"),
    [
        (179.9, []),
        (180, [("last-minute", 120)]),
        (239.9, [("last-minute", approx(179.9))]),
        (240, [("halfway", 120), ("last-minute", 180)]),
        (600, [("halfway", 300), ("last-minute", 540)]),
    ],
)
def test_long_slots_ring_halfway_and_the_last_minute(duration, rung):
    """From 4 and 3 minutes on, on every side."""
    made = one(f"duration: {duration}s, sides: [left, right]", last="")
    assert made.rung(0, 0) == rung
    assert made.rung(0, 1) == rung


# -- 8: reminders --------------------------------------------------------------------------------------

REMINDERS = [
    # seconds of the slot, instruction's words, seconds of each reminder, where they start: (G - lengths) / (k + 1)
    (50, 0, [2], []),
    (52, 2, [2], []),
    (52.1, 2, [2], [2 + 24.05]),
    (100, 0, [4], [48]),
    (104, 0, [4], [50]),
    (104.1, 0, [4], [(104.1 - 8) / 3, (104.1 - 8) / 3 * 2 + 4]),
    # Cycling, from the first: 2 s, 4 s, 2 s.
    (179, 0, [2, 4], [(179 - 8) / 4, (179 - 8) / 4 * 2 + 2, (179 - 8) / 4 * 3 + 6]),
]


@pytest.mark.parametrize(("duration", "said", "reminders", "at"), REMINDERS)
def test_reminders_keep_silences_to_fifty_seconds(duration, said, reminders, at):
    """The fewest that do, at equal distances."""
    instruction = f"say: {words(said)}, " if said else ""
    listed = ", ".join(words(count) for count in reminders)
    made = one(f"{instruction}duration: {duration}s, reminders: [{listed}]", last="")
    assert [start for role, start in made.said() if role == "reminder"] == [approx(a) for a in at]


def test_reminders_are_the_steps_then_the_routines_reversed_on_later_sides():
    """From the first in each slot, cycling."""
    made = one(
        "duration: 150s, sides: [left, right, third], reminders: [Own one., Own two.]",
        top="reminders: [All one.]",
        last="\n  - {name: Z, say: Go., duration: 110s}",
    )
    said = [(c.step, c.side, c.text) for c in made.clips if c.role == "reminder"]
    assert (
        said
        == [
            (1, "left", "Own one."),
            (1, "left", "Own two."),
            (1, "right", "All one."),
            (1, "right", "Own two."),
            (1, "third", "All one."),
            (1, "third", "Own two."),
            (2, None, "All one."),
            (2, None, "All one."),
        ][: len(said)]
    )
    assert len(said) == 8


def test_reminders_cycle_through_a_slot_and_start_anew_in_the_next():
    """Each silent stretch goes on where the one before it stopped."""
    made = one(
        f"duration: 4m, cues: [{{at: 2m, say: {words(2)}}}], reminders: [One., Two., Three.]",
        last="\n  - {name: Z, duration: 2m, reminders: [One., Two.]}",
    )
    # 120 s: (120 - 1) / 2 > 50, so two; then 240 - 122 - 2 - NEXT - ... s: two more.
    assert [c.text for c in made.clips if c.role == "reminder"] == ["One.", "Two.", "Three.", "One.", "One.", "Two."]


def test_rounds_are_narration_for_reminders():
    """None sounds among them, and the silence after them counts on its own."""
    made = one(f"duration: 179s, reminders: [Soft.], hold: {{times: 9, {HOLD}, spoken: 0}}", last="")
    # The rounds last from 1 s to 82 s; 97 s are left: one reminder, 48 s on each side.
    assert [start for role, start in made.said() if role == "reminder"] == [approx(82 + 48)]


def test_reminders_are_in_every_step_with_a_duration_only():
    """The routine's own too."""
    made = plan("  - {name: A, say: 'Go. [pause 2m]'}\n  - {name: B, say: Go., duration: 2m}", "reminders: [Soft.]")
    assert {c.step for c in made.clips if c.role == "reminder"} == {2}


def test_a_cue_says_other_words_or_none_on_later_sides():
    """As its `say_again` has it; one without says the same on every side, and a sound always sounds."""
    laid = plan(
        """
  - name: A
    sides: [left, right]
    say: Go.
    duration: 60s
    cues:
      - {at: 10s, say: First time., say_again: none}
      - {at: 20s, say: Now this., say_again: "Now the {side} one."}
      - {at: 30s, say: And so on.}
      - {at: 40s, chime: halfway}
"""
    )
    cues = [(clip.side, clip.text) for clip in laid.clips if clip.role == "cue"]
    left = [("left", "First time."), ("left", "Now this."), ("left", "And so on.")]
    assert cues == [*left, ("right", "Now the right one."), ("right", "And so on.")]
    assert [clip.side for clip in laid.clips if clip.role == "halfway"] == ["left", "right"]


def test_what_a_cue_does_not_say_again_needs_no_room():
    """A later side's slot has that much less in it, and the sides are as long all the same."""
    once = plan(
        "  - {name: A, sides: [left, right], say: Go., duration: 60s, cues: [{at: 9s, say: X., say_again: none}]}"
    )
    (chapter,) = [chapter for chapter in once.chapters if chapter.step]
    assert {round(slot.end - slot.start, 6) for slot in chapter.slots} == {60.0}
