"""Strokes in a rhythm, by hand and by property: whole cycles, the same on every side, and words that wait for them."""

from __future__ import annotations

import itertools
import re
from math import ceil

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from planned import lengths, nearest, phrase, plan, told, words
from pytest import approx

from voiceguide.errors import RoutineError, UsageError
from voiceguide.script.model import SOUND_CODE

QUESTION, FOLLOW = phrase("check_in_first"), phrase("check_in_number")
NEXT = phrase("next", next="Z")
LAST = "\n  - {name: Z, say: End.}"
SILENT = "voiced: 0, sounded: 0, again: 0s"
CLOSE = 1e-6


def one(keys: str, *, last: str = "", top: str = "", **choices):
    """A plan whose first step has these keys."""
    return plan(f"  - {{name: A, {keys}}}{last}", top, **choices)


def fault(keys: str, **choices):
    """The only fault of such a routine."""
    with pytest.raises(RoutineError) as caught:
        one(keys, **choices)
    assert len(caught.value.faults) == 1, str(caught.value)
    return caught.value.faults[0]


def outs(made, chapter: int = 0, side: int = 0) -> list[float]:
    """When the strokes of a slot start."""
    slot = made.slot(chapter, side)
    return [round(cycle.out[0] - slot.start, 6) for cycle in slot.cycles]


def voiced(made, chapter: int = 0, side: int = 0) -> list[int]:
    """The numbers of the strokes that are spoken."""
    return [number for number, cycle in enumerate(made.slot(chapter, side).cycles) if cycle.voiced]


def swells(made, chapter: int = 0, side: int = 0) -> list[int]:
    """The numbers of the strokes that swell."""
    starts = outs(made, chapter, side)
    return [starts.index(at) for sound, at in made.rung(chapter, side) if sound == "swell"]


# -- 1 and 2: cycles ---------------------------------------------------------------------------------


def test_cycles_start_3_s_after_the_instruction_and_leave_2_s():
    """Back to back, as many whole ones as there is room for; 5 s where there is oil, 1.0 s where nothing is said."""
    made = one(f"say: {words(4)}, duration: 60s, rhythm: {{out: 6s, back: 4s}}")
    assert outs(made) == [7, 17, 27, 37, 47]
    assert [cycle.back[1] - cycle.out[0] for cycle in made.slot().cycles] == [approx(10)] * 5
    assert outs(one(f"say: {words(4)}, duration: 60s, oil: true, rhythm: {{out: 6s, back: 4s}}")) == [9, 19, 29, 39]
    assert outs(one("duration: 23s, rhythm: {out: 5s}")) == [1, 11]
    assert outs(one("duration: 22.9s, rhythm: {out: 5s, back: 4s}")) == [1, 10]


def test_a_preview_ends_them_a_second_before_it_on_every_side():
    """Where the last side says what comes next, the first has as many cycles."""
    made = one(f"say: {words(4)}, duration: 60s, sides: [left, right], rhythm: {{out: 6s, back: 4s}}", last=LAST)
    assert outs(made, 0, 0) == outs(made, 0, 1) == [7, 17, 27, 37]
    assert 60 - 2 - NEXT - 1 < 47 + 10


def test_the_longest_sides_instruction_rules_them():
    """Cycles of both sides start together."""
    made = one(f"say: {words(3)}, say_again: {words(9)}, sides: [left, right], duration: 60s, rhythm: {{out: 6s}}")
    assert outs(made, 0, 0) == outs(made, 0, 1) == [12, 24, 36]


def test_fewer_than_two_are_a_fault_with_its_line():
    """And two are what a floor counts."""
    found = fault(f"say: {words(4)}, duration: 30s, rhythm: {{out: 6s, back: 6s}}")
    assert (found.place.line, found.rule) == (5, "does-not-fit")
    assert found.place.path == "steps[0].rhythm"
    assert "the second stroke does not fit: there are 30 s, and 3.0 s are missing" in found.message
    assert len(outs(one(f"say: {words(4)}, duration: 33s, rhythm: {{out: 6s, back: 6s}}"))) == 2


@pytest.mark.parametrize(("keys", "floor"), [("oil: true, ", 4 + 5 + 24 + 2), ("", 4 + 3 + 24 + 2)])
def test_a_floor_counts_two_cycles(keys, floor):
    """A total below it is refused; at it, two cycles are what there is."""
    body = f"say: {words(4)}, {keys}duration: 5m, rhythm: {{out: 6s, back: 6s}}"
    short = one(body).duration - 300 + floor + 0.02
    made = one(body, length=f"{short:.2f}s")
    assert made.seconds() == approx(floor, abs=0.05)
    assert len(outs(made)) == 2
    with pytest.raises(UsageError, match="out of reach"):
        one(body, length=f"{short - 1:.2f}s")


def test_a_total_changes_how_many_there_are_and_never_how_long():
    """From the floor to twice the full value."""
    body = f"say: {words(4)}, duration: 1m-3m, rhythm: {{out: 3s, back: 2.5s}}"
    counts = set()
    for seconds in range(77, 385, 7):
        made = one(body, length=f"{seconds}s")
        spans = made.slot().cycles
        assert all(c.out[1] - c.out[0] == approx(3) and c.back[1] - c.back[0] == approx(2.5) for c in spans)
        counts.add(len(spans))
    assert len(counts) > 20


# -- 3 to 5: what is heard ---------------------------------------------------------------------------


def test_two_are_spoken_four_swell_and_then_there_is_silence():
    """Words with each phase, no swell with them; the last one is told; on later sides one is spoken."""
    made = one(f"say: {words(4)}, sides: [left, right], duration: 2m, rhythm: {{out: 6s, back: 6s, again: 0s}}")
    assert made.said()[1:] == [("out", 7), ("back", 13), ("out", 19), ("back", 25), ("last", 103)]
    assert voiced(made) == [0, 1]
    assert swells(made) == [2, 3, 4, 5]
    assert voiced(made, 0, 1) == [0]
    assert swells(made, 0, 1) == [1, 2, 3, 4]
    assert len(outs(made)) == 9


def test_a_swell_lasts_from_outs_start_to_backs_end():
    """A clip of its own, fitted to the phases."""
    made = one("duration: 1m, rhythm: {out: 5s, back: 3s}")
    found = [clip for clip in made.clips if clip.sound == "swell"]
    cycles = [cycle for cycle in made.slot().cycles if not cycle.voiced]
    assert [(c.start, c.end) for c in found] == [
        (approx(c.out[0]), approx(c.back[1])) for c in cycles if c is not cycles[-1]
    ]
    assert {(c.track, c.role, c.fitted) for c in found} == {("chime", "swell", (5.0, 3.0))}


def test_after_so_long_one_is_spoken_anew_but_none_of_the_last_three():
    """The first that starts that long or more after the latest voiced one's end, on every side."""
    made = one("sides: [left, right], duration: 4m, rhythm: {out: 5s, again: 30s}")
    count = len(outs(made))
    assert count == 23
    assert voiced(made) == [0, 1, 5, 9, 13, 17]
    assert voiced(made, 0, 1) == [0, 4, 8, 12, 16]
    assert voiced(one("duration: 73s, rhythm: {out: 5s, again: 30s}")) == [0, 1]
    assert voiced(one("duration: 4m, rhythm: {out: 5s, again: 30s, voiced: 0}")) == []


def test_a_last_one_that_is_spoken_is_not_told():
    """Its words stand for it; and what is told counts as not voiced."""
    made = one("duration: 23s, rhythm: {out: 5s}")
    assert [role for role, _ in made.said()] == ["out", "back", "out", "back"]
    made = one("duration: 33s, rhythm: {out: 5s}")
    assert made.said()[-1] == ("last", 21)
    assert voiced(made) == [0, 1]
    assert swells(made) == []


def test_a_one_way_stroke_says_nothing_on_its_way_back():
    """Its swell is over both ways."""
    made = one("duration: 1m, rhythm: {out: 3s, back: 2s, lift: true}")
    assert {role for role, _ in made.said()} == {"out", "last"}
    assert next(c.end - c.start for c in made.clips if c.sound == "swell") == approx(5)


@pytest.mark.parametrize(
    ("rhythm", "what", "missing"),
    [
        ("{out: 6s, back: 4s, say_out: Go on and on}", "the out word", 1),
        ("{out: 6s, back: 4s, say_back: Go on and}", "the back word", 1),
        (f"{{out: 6s, back: 4s, say_last: {words(12)}}}", "the last word", 2),
    ],
)
def test_words_longer_than_half_their_phase_are_a_fault(rhythm, what, missing):
    """The last one's may be as long as its cycle."""
    found = fault(f"duration: 2m, rhythm: {rhythm}")
    assert found.message.startswith(f"{what} does not fit: there are")
    assert f"{missing:.1f} s are missing" in found.message
    assert found.place.path.startswith("steps[0].rhythm.say_")


def test_a_swell_yields_to_words_and_to_a_waiting_answer():
    """No cycle with a cue, a reminder or a check-in over it has one; the next goes on."""
    cue = f"cues: [{{at: 75s, say: {words(3)}}}]"
    made = one(f"duration: 3m, check_in: true, rhythm: {{out: 5s, voiced: 1, sounded: 9}}, {cue}")
    asked = next(c for c in made.clips if c.role == "check_in")
    over = [
        number
        for number, cycle in enumerate(made.slot().cycles)
        if cycle.out[0] < asked.end + 6 + FOLLOW and cycle.back[1] > asked.start
    ]
    assert len(over) >= 2
    assert not {*over, 8} & {*swells(made)}
    assert {*swells(made)} == {*range(1, 10)} - {*over, 8}


def test_other_sounds_and_none():
    """A sound of one's own starts with the stroke and rings as it does."""
    made = one("duration: 1m, rhythm: {out: 5s, sound: press}")
    assert [sound for sound, _ in made.rung()] == ["press"] * 2
    assert not one("duration: 1m, rhythm: {out: 5s, sound: none}").rung()
    made = one("duration: 1m, rhythm: {out: 2s, back: 2s, sound: halfway, again: 8s}")
    ends = [(c.start, c.end) for c in made.clips if c.sound == "halfway"]
    said = [(c.start, c.end) for c in made.clips if c.track == "narration"]
    assert ends
    assert not [1 for start, end in ends for begun, over in said if start < over and begun < end]


# -- 6: what waits -----------------------------------------------------------------------------------


def test_a_cue_waits_for_a_cycles_end():
    """It starts there, within one cycle and 5 s; after the last cycle at its time."""
    made = one(f"duration: 2m, rhythm: {{out: 5s, {SILENT}}}, cues: [{{at: 45s, say: Slow.}}, {{at: 114s, say: Off.}}]")
    assert outs(made)[-1] == 101
    assert [at for role, at in made.said() if role == "cue"] == [51, 114]


def test_a_cue_never_starts_after_a_voiced_cycle_and_ends_06_s_before_one():
    """It waits one more."""
    keys = "duration: 3m, rhythm: {out: 5s, voiced: 1, again: 40s}, cues: [{at: AT, say: TEXT}]"
    assert voiced(one(keys.replace("AT", "41s").replace("TEXT", "Slow."))) == [0, 5, 10]
    made = one(keys.replace("AT", "41s").replace("TEXT", words(9)))
    assert [at for role, at in made.said() if role == "cue"] == [41]
    made = one(keys.replace("AT", "36s").replace("TEXT", words(9)))
    assert [at for role, at in made.said() if role == "cue"] == [41]
    found = fault(keys.replace("AT", "42s").replace("TEXT", words(3)))
    assert found.place.path == "steps[0].cues[0]"


def test_a_check_in_waits_however_long():
    """From 12 s after the instruction, or the sooner of 30 s and a third, to the first cycle's end that has room."""
    body = f"say: {words(4)}, duration: 3m, check_in: true, rhythm: {{out: 6s, back: 6s}}"
    made = one(body)
    assert next(at for role, at in made.said() if role == "check_in") == 31 + 12
    assert voiced(made) == [0, 1, 10]
    crowded = one(f"say: {words(4)}, duration: 3m, check_in: true, rhythm: {{out: 6s, back: 6s, voiced: 7}}")
    assert next(at for role, at in crowded.said() if role == "check_in") == 7 + 8 * 12


def test_the_program_waits_too_and_leaves_out_what_finds_no_place():
    """Reminders stand at cycles' ends."""
    made = one("duration: 5m, reminders: [Soft hands., Slow.], rhythm: {out: 6s, back: 6s, again: 0s}")
    found = [at for role, at in made.said() if role == "reminder"]
    assert found
    assert all((at - 1) % 12 == approx(0) for at in found)
    made = one("duration: 5m, reminders: [Soft hands.], rhythm: {out: 6s, back: 6s, again: 12s}")
    assert "reminder" not in dict(made.said())


def test_cues_that_leave_the_last_stroke_no_room_are_said_in_place_of_its_word():
    """It is counted as left out."""
    made = one("duration: 1m, rhythm: {out: 5s}, cues: [{at: 40s, say: " + words(10) + "}]")
    assert [role for role, _ in made.said()][-1] == "cue"
    assert made.left_out == {"last": 1}


# -- 7: talk -----------------------------------------------------------------------------------------


def test_less_talk_has_the_swell_in_place_of_words():
    """Calm speaks the first and those anew, minimal none; every cycle stands where full puts it."""
    body = f"say: {words(4)}, duration: 3m, rhythm: {{out: 6s, back: 6s, again: 60s}}"
    full, calm, minimal = (one(body, talk=talk) for talk in ("full", "calm", "minimal"))
    assert outs(full) == outs(calm) == outs(minimal)
    assert voiced(full) == [0, 1, 7]
    assert voiced(calm) == [0, 7]
    assert voiced(minimal) == []
    assert swells(full) == [2, 3, 4, 5]
    assert swells(calm) == [1, 2, 3, 4, 5]
    last = len(outs(full)) - 1
    assert swells(minimal) == [0, 1, 2, 3, 4, 5, 7, last]
    assert [role for role, _ in calm.said()] == ["instruction", "out", "back", "out", "back", "last"]
    assert [role for role, _ in minimal.said()] == ["name"]


def test_the_languages_own_words_are_said():
    """And the author's in their place."""
    made = one("duration: 1m, rhythm: {out: 6s}")
    texts = {clip.role: clip.text for clip in made.clips if clip.track == "narration"}
    assert [texts[role] for role in ("out", "back", "last")] == [told(f"stroke_{w}") for w in ("out", "back", "last")]
    own = "{out: 6s, say_out: 'Up {side}', say_back: Down, say_last: Once more}"
    made = one(f"sides: [left, right], duration: 1m, rhythm: {own}")
    assert {clip.text for clip in made.clips if clip.role in ("out", "back", "last")} == {
        *("Up left", "Up right", "Down", "Once more")
    }


def test_the_opening_never_plays_a_swell():
    """It is long, and known by the words that it follows."""
    assert "swell" in SOUND_CODE
    made = one("duration: 2m, rhythm: {out: 6s}", opening=True, gate="full")
    assert not [c for c in made.clips if c.sound == "swell" and c.start < made.steps()[0].start]
    assert "swell" in made.draft.figures.sounds


# -- properties --------------------------------------------------------------------------------------


@st.composite
def rhythms(draw: st.DrawFn) -> str:
    """Any rhythm whose words fit, a second a word."""
    given = draw(
        st.fixed_dictionaries(
            {"out": st.sampled_from(["2s", "3s", "4.5s", "6s", "12s"])},
            optional={
                "back": st.sampled_from(["2s", "5s", "9s"]),
                "lift": st.just("true"),
                "voiced": st.integers(0, 6),
                "sounded": st.integers(0, 8),
                "again": st.sampled_from(["0s", "20s", "45s", "90s"]),
                "sound": st.sampled_from(["swell", "press", "none"]),
            },
        )
    )
    return "{" + ", ".join(f"{key}: {value}" for key, value in given.items()) + "}"


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A step with a rhythm, and what else may stand in it."""
    low = draw(st.integers(60, 300))
    parts = [f"duration: {low}s-{low + draw(st.integers(0, 200))}s", f"rhythm: {draw(rhythms())}"]
    if draw(st.booleans()):
        parts.append(f"say: {words(draw(st.integers(1, 12)))}")
        parts += ["sides: [left, right]", f"say_again: {words(draw(st.integers(1, 9)))}"] * draw(st.booleans())
    # Between strokes that are spoken anew all the time there is no room for an answer, but where slots happen to end.
    parts += ["check_in: true"] * (not re.search("again: [24]", parts[1]) and draw(st.booleans()))
    parts += ["oil: true"] * draw(st.booleans())
    parts += ["reminders: [Soft hands., Slow and even.]"] * draw(st.booleans())
    at = draw(st.one_of(st.integers(0, low - 1).map("{}s".format), st.integers(0, 75).map("{}%".format)))
    parts += [f"cues: [{{at: {at}, say: {words(draw(st.integers(1, 6)))}}}]"] * draw(st.booleans())
    return ", ".join(dict.fromkeys(parts))


some = settings(max_examples=60)


@some
@given(
    bodies(), st.sampled_from(["full", "calm", "minimal"]), st.one_of(st.none(), st.integers(90, 900)), st.booleans()
)
def test_strokes_keep_their_time(body, talk, seconds, follows):
    """Whole cycles, on every side alike, never stretched; words inside phases, and nothing spoken over them."""
    try:
        made = one(body, last=LAST if follows else "", talk=talk, length=f"{seconds}s" if seconds else "full")
    except (RoutineError, UsageError) as error:
        event("refused" if isinstance(error, UsageError) else "does not fit")
        return
    event("laid")
    if seconds:
        assert made.duration == approx(seconds, abs=0.04)
    slots = made.steps()[0].slots
    first = [(round(c.out[0] - slots[0].start, 6), round(c.back[1] - slots[0].start, 6)) for c in slots[0].cycles]
    for number, slot in enumerate(slots):
        spans = [(round(c.out[0] - slot.start, 6), round(c.back[1] - slot.start, 6)) for c in slot.cycles]
        assert spans == first
        assert len(spans) >= 2
        assert spans[-1][1] <= slot.end - slot.start - 2 + CLOSE
        phases = {(round(c.out[1] - c.out[0], 6), round(c.back[1] - c.back[0], 6)) for c in slot.cycles}
        assert len(phases) == 1
        assert all(a.back[1] == approx(b.out[0]) for a, b in zip(slot.cycles, slot.cycles[1:], strict=False))
        heard = made.within(slot.start, slot.end)
        assert_words(slot, [c for c in heard if c.track == "narration"], number)
        assert_sounds(slot, heard)


def assert_words(slot, said, number) -> None:
    """Called words lie in the first half of their phase; whatever waits starts at an unvoiced cycle's end."""
    free = [c.back[1] for c in slot.cycles if not c.voiced]
    for clip in said:
        cycle = next((c for c in slot.cycles if c.out[0] - CLOSE <= clip.start < c.back[1] - CLOSE), None)
        if clip.role in ("out", "back"):
            assert cycle is not None
            assert cycle.voiced
            begins, ends = cycle.out if clip.role == "out" else cycle.back
            assert clip.start == approx(begins)
            assert clip.end <= begins + (ends - begins) / 2 + CLOSE
        elif clip.role == "last":
            assert clip.start == approx(slot.cycles[-1].out[0])
            assert clip.end <= slot.cycles[-1].back[1] + CLOSE
            assert not slot.cycles[-1].voiced
        elif clip.role in ("cue", "reminder", "time_left") or (clip.role == "check_in" and "?" in clip.text):
            assert any(abs(clip.start - end) < CLOSE for end in free) or clip.start >= slot.cycles[-1].back[1] - CLOSE
    for cycle in slot.cycles:
        if cycle.voiced:
            others = [c for c in said if c.role not in ("out", "back")]
            assert not [c for c in others if c.end > cycle.out[0] - 0.6 + CLOSE and c.start < cycle.back[1] - CLOSE]
    order = sorted((c.start, c.end) for c in said)
    assert all(before[1] <= after[0] + CLOSE for before, after in itertools.pairwise(order))


def assert_sounds(slot, heard) -> None:
    """A swell stands with a stroke that is not voiced, and nothing is said while it lasts."""
    said = [(c.start, c.end) for c in heard if c.track == "narration"]
    starts = {round(c.out[0], 6): c for c in slot.cycles}
    for clip in (c for c in heard if c.sound == "swell"):
        cycle = starts[round(clip.start, 6)]
        assert not cycle.voiced
        assert clip.end == approx(cycle.back[1])
        assert not [1 for start, end in said if start < clip.end - CLOSE and end > clip.start + CLOSE]


@pytest.mark.parametrize("at", ["83%", "50%", "-8s"])
def test_a_total_between_two_that_a_cue_fits_has_room_for_it_too(at):
    """A cue that misses a stroke's end in a longer slot waits for the next one: the least slot counts with that."""
    body = f"duration: 60s, rhythm: {{out: 2s}}, cues: [{{at: {at}, say: {words(4)}}}]"
    whole = one(body)
    with pytest.raises(UsageError) as caught:
        one(body, length="1s")
    least = one(body, length=nearest(caught.value)).duration
    for seconds in range(round(least) + 1, round(whole.duration)):
        assert one(body, length=f"{seconds}s").duration == approx(seconds, abs=0.05)


@pytest.mark.slow
@settings(max_examples=12)
@given(bodies())
def test_every_total_from_the_shortest_to_twice_the_longest_can_be_had(body):
    """Where the step is laid out at all: in between nothing falls out of place."""
    try:
        short, full = (one(body, length=length) for length in ("short", "full"))
    except RoutineError:
        event("does not fit")
        return
    with pytest.raises(UsageError) as caught:
        one(body, length="1s")
    made = one(body, length=nearest(caught.value))
    assert made.duration <= ceil(short.duration) + CLOSE  # told in whole seconds where that works
    for share in range(1, 12):
        seconds = made.duration + share / 6 * (full.duration - made.duration)
        assert one(body, length=f"{seconds:.2f}s").duration == approx(seconds, abs=0.05)


def test_estimates_near_the_edge_are_warned_of():
    """Within 10 % of half a phase."""
    made = one("duration: 2m, rhythm: {out: 4s, say_out: Go on}", measured=lengths(estimated=True))
    assert [warning.rule for warning in made.draft.warnings] == ["tight-fit"]
