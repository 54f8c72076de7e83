"""A session is laid out on the frame grid: chapters, groups, talk levels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from planned import lengths, phrase, plan, told, words
from pytest import approx

from voiceguide.errors import RoutineError
from voiceguide.planning import GRID

G = 1152 / 44100


def test_the_grid_is_an_mp3_frame():
    """1152 samples at 44.1 kHz."""
    assert approx(GRID, abs=1e-15) == G


def test_steps_start_on_whole_frames_and_nothing_drifts():
    """start[i] = round(exact[i] / g) g; exact[i + 1] = exact[i] + lead-in + slots + changeovers + g."""
    count = 200
    made = plan("\n".join(f"  - {{name: S{n}, say: Go on., duration: 15s}}" for n in range(count)), opening=True)
    opening = next(c for c in made.clips if c.role == "ready").end + 4 + G
    exact = opening
    for number, chapter in enumerate(made.steps()):
        assert chapter.start / G == approx(round(chapter.start / G), abs=1e-6)
        assert abs(chapter.start - exact) <= G / 2 + 1e-9
        assert chapter.slots[0].start == approx(chapter.start + 4, abs=1e-9)
        assert chapter.slots[0].end == approx(chapter.start + 19, abs=1e-9)
        exact = opening + (number + 1) * (19 + G)
    assert made.duration == approx(exact, abs=1e-6)
    assert abs(made.steps()[-1].start - (opening + (count - 1) * (19 + G))) < 0.020


def test_a_chapter_ends_with_up_to_two_frames_of_tail():
    """After its slots, changeovers and stop point; the last one as well."""
    made = plan(
        """
  - {name: A, say: Go., duration: 15s}
  - {name: B, say: Go., duration: 20s, sides: [left, right]}
  - {name: C, say: Go., ready: true}
  - {name: D, say: Go.}""",
        closing=True,
    )
    for chapter in made.steps():
        ends = chapter.slots[-1].end + (phrase("ready") + 20 if chapter.title == "C" else 0)
        assert -1e-9 <= chapter.end - ends <= 2 * G + 1e-9


def test_chapters_tile_the_session():
    """From 0 to its end, opening and closing with no slots."""
    made = plan("  - {name: A, say: Go.}\n  - {name: B, say: Go., sides: [left, right]}", opening=True, closing=True)
    assert made.chapters[0].start == 0
    assert made.chapters[-1].end == made.duration
    assert all(before.end == after.start for before, after in pairwise(made.chapters))
    assert [(c.title, c.step, len(c.slots)) for c in made.chapters] == [
        (told("chapter_opening"), None, 0),
        ("A", 1, 1),
        ("B", 2, 2),
        (told("chapter_closing"), None, 0),
    ]


@pytest.mark.parametrize("total", ["10m", "600.5s", "613.77s"])
def test_the_duration_is_the_asked_total(total):
    """Off the grid where it must be."""
    made = plan("  - {name: A, duration: 1m..5m}\n  - {name: B, duration: 1m}", length=total)
    assert made.duration == approx({"10m": 600, "600.5s": 600.5, "613.77s": 613.77}[total], abs=1e-6)
    assert made.chapters[-1].end == made.duration


def test_clips_are_sorted_and_end_with_the_session():
    """What rings longer is heard as far as the session goes."""
    made = plan("  - {name: A, duration: 10s, cues: [{at: 8s, chime: end}]}")
    assert [c.start for c in made.clips] == sorted(c.start for c in made.clips)
    assert made.clips[-1].role == "end"
    assert made.clips[-1].end == made.duration


def test_chapter_titles_are_the_names_as_written():
    """In any case; a placeholder is filled, and one at the start has a capital."""
    made = plan(
        """
  - {name: knead, say: Go.}
  - {name: "{side} hand", say: Go., sides: [left, right]}
  - {name: "Circles, {side}", say: Go., sides: [left, right]}"""
    )
    assert [c.title for c in made.steps()] == ["knead", "Left and right hand", "Circles, left and right"]


# -- groups --------------------------------------------------------------------------------------------

GROUP = """
  - {name: Start, say: Go., pressure: 2}
  - name: One leg
    sides: [left, right]
    switch: To the {side} leg.
    transition: 12s
    steps:
      - name: A
        say: "The {side} foot."
        duration: 20s
        oil: true
        pressure: 3
        warn: Mind the {side} knee.
        position: face up
      - {name: B, say: "The {side} calf.", say_again: "Now {side}.", duration: 1m, pressure: 4}
  - {name: End, say: Go., pressure: 5}"""


def group(**choices):
    return plan(GROUP, "position: face down\nsafety: {avoid: [the spine]}", **choices)


def test_a_groups_steps_are_all_on_one_side_then_all_on_the_other():
    """A chapter a step and side, each with the group's name and the step's number."""
    made = group()
    assert [(c.step, c.title, c.group, [s.side for s in c.slots]) for c in made.steps()] == [
        (1, "Start", None, [None]),
        (2, "A", "One leg", ["left"]),
        (3, "B", "One leg", ["left"]),
        (2, "A", "One leg", ["right"]),
        (3, "B", "One leg", ["right"]),
        (4, "End", None, [None]),
    ]
    assert [made.seconds(n) for n in (1, 2, 3, 4)] == [20, 60, 20, 60]


def test_a_groups_lead_ins_say_their_words_once_and_warn_again():
    """Turn, oil, pressure and what to mind on the first side; their clips carry the side."""
    made = group()
    said = [[item[0] for item in made.lead_in(n)] for n in range(6)]
    assert said == [
        ["step", "pressure"],
        ["step", "turn", "oil", "pressure", "avoid", "warn"],
        ["step"],  # a four is as medium as a three
        ["step", "warn"],
        ["step"],
        ["step", "pressure"],
    ]
    for number, side in ((1, "left"), (2, "left"), (3, "right"), (4, "right"), (5, None)):
        chapter = made.steps()[number]
        assert {c.side for c in made.within(chapter.start, chapter.slots[0].start)} == {side}
    assert [item[3] for n in (1, 3) for item in made.lead_in(n) if item[0] == "warn"] == [
        "Mind the left knee.",
        "Mind the right knee.",
    ]


def test_a_groups_changeover_follows_the_last_slot_of_a_side():
    """In that step's chapter, with the group's switch and transition; then every chapter has its own lead-in."""
    made = group()
    heard = made.after(2)
    assert [(role, at, what) for role, at, _, what in heard] == [
        ("switch", 0, "switch"),
        ("switch", 1.5, "To the right leg."),
    ]
    chapter = made.steps()[2]
    assert chapter.end - chapter.slots[-1].end == approx(12 + G, abs=G)
    assert {(c.step, c.side) for c in made.clips if c.role == "switch"} == {(3, "right")}
    assert [made.after(n) for n in (1, 3, 4)] == [[], [], []]


def test_a_groups_instructions_are_said_again_on_its_later_sides():
    """`say_again`, or the step's name."""
    made = group()
    said = [c.text for c in made.clips if c.role == "instruction"]
    assert said == ["Go.", "The left foot.", "The left calf.", "A", "Now right.", "Go."]


def test_a_group_of_one_side_or_none_is_played_once():
    """Without a changeover."""
    for sides, side in (("sides: [left]", "left"), ("only: short", None)):
        made = plan(f"  - name: G\n    {sides}\n    steps: [{{name: A, say: Go.}}, {{name: B, say: Go.}}]")
        assert [(c.step, c.group, c.slots[0].side) for c in made.steps()] == [(1, "G", side), (2, "G", side)]
        assert "switch" not in {c.role for c in made.clips}


# -- talk ------------------------------------------------------------------------------------------------

TALKING = f"""
  - name: First
    say: {words(9)}
    duration: 4m
    sides: [left, right]
    warn: Mind.
    oil: true
    pressure: 4
    check_in: true
    ready: true
    cues: [{{at: 100s, say: Slow now.}}, {{at: 170s, chime: step}}]
    reminders: [Soft hands.]
  - name: Second
    say: Hold.
    hold: {{times: 2, press: 5s, release: 5s}}
    duration: 1m"""


def _slots(made):
    return [[(s.start, s.end) for s in c.slots] for c in made.steps()]


def test_slots_are_laid_out_as_for_full_at_every_level():
    """What is not said leaves its time."""
    full = plan(TALKING)
    assert _slots(plan(TALKING, talk="calm")) == _slots(full)
    assert _slots(plan(TALKING, talk="minimal")) == _slots(full)


def test_calm_has_reminders_in_the_first_half_of_a_slot_alone():
    """And everything else but what tells the lost, and the bells' words."""
    full, calm = plan(TALKING), plan(TALKING, talk="calm")
    gone = [c for c in full.clips if c not in calm.clips]
    assert {c.role for c in gone} == {"reminder", "recover", "halfway", "last-minute"}
    assert {c.track for c in gone} == {"narration"}
    assert not [c for c in calm.clips if c not in full.clips]
    middle = {c.side: (c.start + c.end) / 2 for c in full.steps()[0].slots}
    assert all(c.start >= middle[c.side] for c in gone if c.role == "reminder")
    assert all(c.start < middle[c.side] for c in calm.clips if c.role == "reminder")


def test_minimal_says_what_must_be_said():
    """Names for instructions; turn, oil, avoid, warn, check-in, switch, ready; sounds and authored chimes."""
    top = "safety: {avoid: [the spine]}"
    full, minimal = plan(TALKING, top), plan(TALKING, top, talk="minimal")
    assert {c.role for c in minimal.clips if c.track == "narration"} == {
        "gate", "name", "oil", "avoid", "warn", "check_in", "switch", "ready",
    }  # fmt: skip
    rung = [c for c in full.clips if c.track == "chime"]
    assert [c for c in minimal.clips if c.track == "chime"] == rung
    named = [(c.text, c.step, c.side) for c in minimal.clips if c.role == "name"]
    assert named == [("First", 1, "left"), ("First", 1, "right"), ("Second", 2, None)]
    instructions = [(c.start, c.side) for c in full.clips if c.role == "instruction"]
    assert [(c.start, c.side) for c in minimal.clips if c.role == "name"] == instructions


def test_minimal_keeps_title_settle_sounds_gate_and_closing():
    """No recovery, no reminders."""
    top = "settle: face down\nreminders: [Soft.]"
    made = plan("  - {name: A, say: Go., duration: 9m}", top, talk="minimal", opening=True, closing=True, gate="full")
    assert {c.role for c in made.clips if c.track == "narration"} == {
        "title", "settle", "sounds", "gate", "ready", "name", "closing",
    }  # fmt: skip


def test_a_name_that_is_longer_than_its_slot_is_left_out_and_counted():
    """Nothing is overrun: in minimal a name may be longer than the instruction it stands for."""
    made = plan(f"  - {{name: {words(6, 'A')}, say: Go.}}\n  - {{name: B, say: Go.}}", talk="minimal")
    assert [c.text for c in made.clips if c.role == "name"] == ["B"]
    assert made.left_out == {"name": 1}
    fits = plan(f"  - {{name: {words(3, 'A')}, say: Go.}}\n  - {{name: B, say: Go.}}", talk="minimal")
    assert [c.text for c in fits.clips if c.role == "name"] == ["A on on", "B"]


def test_estimates_are_faults_from_ten_percent_on():
    """Less is a warning, and so is what would not fit with a tenth more."""
    for said, level in ((8, None), (9, "warning"), (10, "warning"), (12, "fault")):
        steps = f"  - {{name: A, say: {words(said)}, duration: 11.5s}}"
        try:
            found = plan(steps, measured=lengths(estimated=True)).draft.warnings
        except RoutineError as error:
            found = error.faults
        assert [fault.level for fault in found] == ([level] if level else []), said
