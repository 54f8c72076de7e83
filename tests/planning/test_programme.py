"""What the program adds to slots: how much is left, the bells' words, a word for the lost; and what it leaves out."""

from __future__ import annotations

import pytest
from planned import phrase, plan, told, words
from pytest import approx

TEN, FIVE = phrase("time_left_ten"), phrase("time_left_five")
HALF, LAST = phrase("halfway"), phrase("last_minute")
RECOVER = phrase("recover")
NEXT = phrase("next", next="B")


def found(made, role):
    """When words of a role start, in seconds of the session."""
    return [clip.start for clip in made.clips if clip.role == role and clip.track == "narration"]


# -- 6: the time that is left --------------------------------------------------------------------------


def test_ten_and_five_minutes_left_are_said_when_they_are():
    """In sessions of 15 min or more, where the moment lies in a slot."""
    made = plan("  - {name: A, duration: 10m..30m}", length="20m")
    at = {c.text: made.duration - c.start for c in made.clips if c.role == "time_left"}
    assert at == {told("time_left_ten"): approx(600), told("time_left_five"): approx(300)}
    short = plan("  - {name: A, duration: 10m..30m}", length="14m59s")
    assert not found(short, "time_left")
    assert "time_left" not in short.left_out
    assert found(plan("  - {name: A, duration: 10m..30m}", length="15m"), "time_left")


@pytest.mark.parametrize(
    ("shift", "count", "at"),
    [
        # A cue that starts so long before the moment, how long it lasts, and where the words then stand.
        (5.0, 1, 0),
        (4.9, 1, 0.1),
        (1.0, 1, 4.0),
        (1.0, 2, 5.0),
        (1.0, 3, None),  # 6 s are too long to wait
        (-TEN - 4, 3, 0),
        (-TEN - 3.9, 3, None),
    ],
)
def test_time_left_keeps_four_seconds_from_other_words(shift, count, at):
    """It waits 5 s for that at most; else it is left out and counted."""
    slot = plan("  - {name: A, duration: 20m}", length="20m").slot()
    moment = 600 - slot.start
    made = plan(f"  - {{name: A, duration: 20m, cues: [{{at: {moment - shift}s, say: {words(count)}}}]}}", length="20m")
    said = [c.start for c in made.clips if c.text == told("time_left_ten")]
    assert said == ([] if at is None else [approx(600 + at, abs=0.03)])
    assert made.left_out.get("time_left", 0) == (1 if at is None else 0)


@pytest.mark.parametrize(("spare", "said"), [(4.1, True), (3.95, False)])
@pytest.mark.parametrize("keys", [f"warn: {words(2)}", "pressure: 4", "oil: true", "say: Now"])
def test_time_left_keeps_four_seconds_from_words_after_its_slot(keys, spare, said):
    """The next lead-in's, or the next slot's; where there is less, it is left out."""

    def laid(seconds):
        """A group, whose first side does not tell what comes next: its second step's words are what follows."""
        steps = f"""
  - name: G
    sides: both
    steps:
      - {{name: A, duration: {seconds:.3f}s, stretch: false}}
      - {{name: B, duration: 10s..10m, chime: none, transition: 0s, {keys}}}"""
        made = plan(steps, length="20m")
        return made, min(c.start for c in made.clips if c.step == 2 and c.track == "narration")

    _, first = laid(500)
    made, first = laid(500 + 600 + TEN + spare - first)
    assert first == approx(600 + TEN + spare, abs=0.027)
    ten = [c for c in made.clips if c.text == told("time_left_ten")]
    assert [first - c.end for c in ten] == ([approx(spare, abs=0.027)] if said else [])
    assert made.left_out.get("time_left", 0) == (not said)


def test_time_left_keeps_four_seconds_from_words_before_its_slot():
    """A warning that ends 0.6 s before it."""
    keys = f"transition: 0s, warn: {words(2)}, chime: none"
    steps = "  - {{name: A, duration: {:.3f}s, stretch: false, say: Go.}}\n  - {{name: B, duration: 5m..20m, {}}}"
    made = plan(steps.format(300, keys), length="20m")
    made = plan(steps.format(300 + 600 - made.slot(1).start - 0.1, keys), length="20m")
    warn = next(c for c in made.clips if c.role == "warn")
    ten = next(c for c in made.clips if c.text == told("time_left_ten"))
    assert made.slot(1).start - 0.1 < ten.start == approx(warn.end + 4)


def test_time_left_outside_a_slot_is_left_out():
    """A moment in a lead-in."""
    made = plan(
        "  - {name: A, duration: 9m}\n  - {name: B, duration: 595s, stretch: false, transition: 30s}", length="20m"
    )
    assert [c.text for c in made.clips if c.role == "time_left"] == [told("time_left_five")]
    assert made.left_out["time_left"] == 1


# -- 7: bells and their words --------------------------------------------------------------------------


def test_the_first_bell_of_each_kind_is_said_in_words():
    """2.0 s after it starts, once in a session."""
    made = plan("  - {name: A, duration: 200s}\n  - {name: B, duration: 5m, sides: both}\n  - {name: C, duration: 5m}")
    halfway, last = found(made, "halfway"), found(made, "last-minute")
    first = made.slot(1)
    assert halfway == [approx(first.start + 150 + 2)]
    assert last == [approx(made.slot(0).start + 140 + 2)]
    rung = [c.role for c in made.clips if c.track == "chime" and c.role in ("halfway", "last-minute")]
    assert rung == ["last-minute", *["halfway", "last-minute"] * 3]
    texts = {c.role: c.text for c in made.clips if c.start in (*halfway, *last) and c.track == "narration"}
    assert texts == {"halfway": told("halfway"), "last-minute": told("last_minute")}


@pytest.mark.parametrize("talk", ["calm", "minimal"])
def test_less_talk_leaves_the_bells_alone(talk):
    """And nothing is counted as left out."""
    made = plan("  - {name: A, duration: 9m}", talk=talk)
    assert not [role for role in ("halfway", "last-minute", "recover") if found(made, role)]
    assert made.left_out == {}
    assert [c.role for c in made.clips if c.track == "chime"] == ["step", "halfway", "last-minute"]


def test_an_authors_bell_takes_no_words_from_the_programs_first():
    """It may mean anything."""
    steps = (
        "  - {name: A, duration: 1m, cues: [{at: 20s, chime: halfway}]}\n  - {name: B, duration: 5m, stretch: false}"
    )
    made = plan(steps)
    assert found(made, "halfway") == [approx(made.slot(1).start + 152)]


@pytest.mark.parametrize(
    ("at", "count", "said"),
    [
        (151, 1, 152.6),
        (151, 5, 156.6),
        (151, 6, None),  # 157.6 s is more than 5 s late
        (148, 3, 152),
        (152.5 + HALF, 1, 154.1 + HALF),
    ],
)
def test_a_bells_words_take_the_next_gap_or_none(at, count, said):
    """Within 5 s of 2.0 s after it; what has none is counted."""
    made = plan(f"  - {{name: A, duration: 5m, cues: [{{at: {at}s, say: {words(count)}}}]}}")
    assert [c - made.slot().start for c in found(made, "halfway")] == ([approx(said)] if said else [])
    assert made.left_out.get("halfway", 0) == (0 if said else 1)


def test_words_that_found_no_place_are_not_said_at_the_next_bell():
    """The first is the first."""
    steps = f"  - {{name: A, duration: 5m, cues: [{{at: 151s, say: {words(9)}}}]}}\n  - {{name: B, duration: 5m}}"
    assert not found(plan(steps), "halfway")


@pytest.mark.parametrize(
    ("at", "rung"),
    [
        ("50%", [150]),
        ("149s", [150]),
        ("151s", [150]),
        ("148.9s", [148.9, 150]),
        ("151.1s", [150, 151.1]),
    ],
)
def test_one_bell_at_one_moment(at, rung):
    """Where an author's rings within 1 s of the program's, it is that one."""
    made = plan(f"  - {{name: A, duration: 5m, cues: [{{at: {at}, chime: halfway}}]}}")
    assert [when for role, when in made.rung() if role == "halfway"] == [approx(when) for when in rung]
    other = plan(f"  - {{name: A, duration: 5m, cues: [{{at: {at}, chime: switch}}]}}")
    assert len(other.rung()) == 3


# -- 9: for the lost ------------------------------------------------------------------------------------

CUES = "cues: [{at: 150s, say: One.}, {at: 200s, say: Two.}, {at: 216s, say: Three.}, {at: 290s, say: Four.}]"


def middle(made, start, end):
    """When words start that stand in the middle of a stretch of the first slot."""
    return approx(made.slot().start + start + (end - start - RECOVER) / 2)


@pytest.mark.parametrize(("length", "said"), [("7m59.9s", False), ("8m", True)])
def test_the_lost_are_told_in_sessions_of_8_minutes_or_more(length, said):
    """Once."""
    made = plan("  - {name: A, duration: 2m..20m}\n  - {name: B, duration: 2m..20m}", length=length)
    assert len(found(made, "recover")) == said


def test_the_lost_are_told_in_the_first_long_silence_from_3_minutes_on():
    """In its middle; one that begins sooner, or lasts less than 20 s, is none."""
    made = plan(f"  - {{name: A, duration: 470s, {CUES}}}")
    # The slot starts in the session's second minute: 150 s of it are after 3:00, of which 201 s to 216 s are short.
    assert 30 < made.slot().start < 100
    assert found(made, "recover") == [middle(made, 151, 200)]
    later = plan(f"  - {{name: A, duration: 9m, {CUES.replace('{at: 150s, say: One.}, ', '')}}}")
    assert found(later, "recover") == [middle(later, 217, 270 + 2)]


def test_reminders_come_before_the_lost():
    """The stretch is what they leave."""
    made = plan("  - {name: A, duration: 9m, reminders: [Soft hands now.]}")
    (at,) = found(made, "recover")
    silences = [c.end for c in made.clips if c.role == "reminder" and c.start < at]
    following = [c.start for c in made.clips if c.track == "narration" and c.start > at]
    assert at - silences[-1] == approx(following[0] - at - RECOVER)
    assert silences[-1] >= 180


@pytest.mark.parametrize("opening", [True, False])
def test_the_lost_are_told_without_an_opening_too(opening):
    """It is no part of it."""
    assert len(found(plan("  - {name: A, duration: 9m}", opening=opening, gate="core"), "recover")) == 1


def test_without_a_long_silence_the_lost_are_not_told_and_it_is_counted():
    """Cues each 15 s."""
    cues = ", ".join(f"{{at: {at}s, say: Go.}}" for at in range(15, 540, 15))
    made = plan(f"  - {{name: A, duration: 9m, cues: [{cues}]}}")
    assert not found(made, "recover")
    assert made.left_out["recover"] == 1


def test_rounds_are_no_silence_for_the_lost():
    """The first stretch after them is."""
    hold = "hold: {times: 40, press: 5s, release: 4s, spoken: 0}"
    made = plan(f"  - {{name: A, duration: 9m, {hold}}}")
    # Rounds from 1 s to 361 s.
    assert found(made, "recover") == [middle(made, 361, 480 + 2)]


def test_strokes_make_the_lost_wait_for_a_cycles_end():
    """One that is not voiced."""
    made = plan("  - {name: A, duration: 9m, rhythm: {out: 6s, back: 5s, again: 60s}}")
    (at,) = found(made, "recover")
    cycles = made.slot().cycles
    (ended,) = [n for n, cycle in enumerate(cycles) if cycle.back[1] == approx(at)]
    assert not cycles[ended].voiced
    assert at >= 180
    voiced = [cycle for cycle in cycles if cycle.voiced]
    before = max(cycle.back[1] for cycle in voiced if cycle.back[1] <= at)
    after = min(cycle.out[0] for cycle in voiced if cycle.out[0] >= at)
    # In the middle of the stretch between two voiced ones, and on to the next end.
    assert before + (after - before - RECOVER) / 2 <= at + 1e-6 < before + (after - before - RECOVER) / 2 + 11


# -- 3: the preview, and stop points ---------------------------------------------------------------------


@pytest.mark.parametrize(("keys", "said"), [("ready: true", False), ("ready: false", True)])
def test_a_step_with_a_stop_point_does_not_name_the_next(keys, said):
    """Nothing is counted; its rounds and strokes have that much more room."""
    made = plan(f"  - {{name: A, duration: 40s, {keys}}}\n  - {{name: B, say: Go.}}")
    assert bool(found(made, "next")) is said
    assert made.left_out == {}
    body = f"duration: {34 + NEXT - 0.1}s, hold: {{press: 5s, release: 4s}}, say: {words(3)}"
    made = plan(f"  - {{name: A, {body}, {keys}}}\n  - {{name: B, say: Go.}}")
    assert len(made.slot().rounds) == (2 if said else 3)
