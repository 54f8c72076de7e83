"""What does not stretch lasts as the contract says: lead-ins, changeovers, stop points, opening and closing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from planned import phrase, plan, spoken, told, words
from pytest import approx

from voiceguide import phrases
from voiceguide.planning import GRID
from voiceguide.text.utter import utter

TURN = phrase("turn", position="face up")
OIL = phrase("oil")
PRESSURE = phrase("pressure", pressure="medium")
LIGHT = phrase("pressure", pressure="light")
AVOID = phrase("avoid", items="the spine")
READY = phrase("ready")
SWITCH = phrase("side_switch", side="right")

LAST = "\n  - {name: Z, say: End.}"

LEAD_INS = [
    # the step's keys, (role, start, end) of what is heard, seconds
    ("", [("step", 0, 5)], 4),
    ("chime: none", [], 4),
    ("chime: switch", [("switch", 0, 3)], 4),
    ("transition: 0s", [("step", 0, 5)], 1.5),
    ("transition: 0s, chime: none", [], 0),
    ("transition: 20s", [("step", 0, 5)], 20),
    # Pressure and warning end 0.6 s before the slot, after the chime's 1.5 s.
    (f"warn: {words(1)}", [("step", 0, 5), ("warn", 2.4, 3.4)], 4),
    (f"warn: {words(3)}", [("step", 0, 5), ("warn", 1.5, 4.5)], 5.1),
    (f"warn: {words(3)}, transition: 20s", [("step", 0, 5), ("warn", 16.4, 19.4)], 20),
    ("pressure: 4", [("step", 0, 5), ("pressure", 1.5, 1.5 + PRESSURE)], 1.5 + PRESSURE + 0.6),
    (
        f"pressure: 4, warn: {words(2)}, transition: 30s",
        [("step", 0, 5), ("pressure", 30 - 3.2 - PRESSURE, 30 - 3.2), ("warn", 27.4, 29.4)],
        30,
    ),
    # Without chime, turn and oil the words may start at 0.
    ("pressure: 2, chime: none, transition: 0s", [("pressure", 0, LIGHT)], LIGHT + 0.6),
    (f"warn: {words(5)}, chime: none", [("warn", 0, 5)], 5.6),
    (f"warn: {words(2)}, chime: none", [("warn", 1.4, 3.4)], 4),
    # A turn comes at 1.5 s and lasts 45 s at least.
    ("position: face up", [("step", 0, 5), ("turn", 1.5, 1.5 + TURN)], 45),
    ("position: face up, chime: none", [("turn", 1.5, 1.5 + TURN)], 45),
    ("position: face up, transition: 0s", [("step", 0, 5), ("turn", 1.5, 1.5 + TURN)], 45),
    ("position: face up, transition: 50s", [("step", 0, 5), ("turn", 1.5, 1.5 + TURN)], 50),
    (
        f"position: face up, warn: {words(40)}",
        [("step", 0, 5), ("turn", 1.5, 1.5 + TURN), ("warn", 2.1 + TURN, 42.1 + TURN)],
        42.7 + TURN,
    ),
    # Oil: its phrase, then 10 s with no words.
    ("oil: true", [("step", 0, 5), ("oil", 1.5, 1.5 + OIL)], 11.5 + OIL),
    ("oil: true, chime: none", [("oil", 1.5, 1.5 + OIL)], 11.5 + OIL),
    ("oil: true, transition: 2m", [("step", 0, 5), ("oil", 1.5, 1.5 + OIL)], 120),
    (
        f"oil: true, warn: {words(2)}",
        [("step", 0, 5), ("oil", 1.5, 1.5 + OIL), ("warn", 11.5 + OIL, 13.5 + OIL)],
        14.1 + OIL,
    ),
    (
        f"position: face up, oil: true, pressure: 4, warn: {words(2)}, transition: 90s",
        [
            ("step", 0, 5),
            ("turn", 1.5, 1.5 + TURN),
            ("oil", 2.1 + TURN, 2.1 + TURN + OIL),
            ("pressure", 90 - 3.2 - PRESSURE, 90 - 3.2),
            ("warn", 87.4, 89.4),
        ],
        90,
    ),
    (
        "position: face up, oil: true",
        [("step", 0, 5), ("turn", 1.5, 1.5 + TURN), ("oil", 2.1 + TURN, 2.1 + TURN + OIL)],
        max(45, 12.1 + TURN + OIL),
    ),
]


@pytest.mark.parametrize(("keys", "heard", "seconds"), LEAD_INS)
def test_a_lead_in_has_its_anatomy(keys, heard, seconds):
    """Chime at 0, turn at 1.5 s, oil, silence, then pressure and warning up to 0.6 s before the slot."""
    made = plan(f"  - {{name: A, say: Go., {keys}}}{LAST}", "position: face down")
    assert [item[:3] for item in made.lead_in()] == [(role, approx(a), approx(b)) for role, a, b in heard]
    assert made.lead_in_seconds() == approx(seconds)
    assert made.in_slot()[0][:2] == ("instruction", 0)


def test_a_turn_is_said_when_the_position_changes_only():
    """The routine's position is the first; a step without one keeps it."""
    made = plan(
        """
  - {name: A, say: Go., position: face down}
  - {name: B, say: Go., position: face up}
  - {name: C, say: Go.}
  - {name: D, say: Go., position: Face up}
  - {name: E, say: Go., position: face down}""",
        "position: face down",
    )
    turned = [chapter.title for number, chapter in enumerate(made.steps()) if "turn" in _roles(made.lead_in(number))]
    assert turned == ["B", "E"]


def test_pressure_is_said_as_a_word_when_the_word_changes():
    """The first given pressure is a change; the same word again is none, whatever the number."""
    levels = [None, 4, 3, None, 4, 2, 1, 5, 7, 6, 4]
    made = plan(
        "\n".join(
            f"  - {{name: S{n}, say: Go.{f', pressure: {level}' if level else ''}}}" for n, level in enumerate(levels)
        )
    )
    said = {n: item[3] for n in range(len(levels)) for item in made.lead_in(n) if item[0] == "pressure"}
    expected = {1: "medium", 5: "light", 7: "firm", 10: "medium"}
    assert said == {n: told("pressure", pressure=word) for n, word in expected.items()}


@pytest.mark.parametrize(
    ("keys", "text", "seconds"),
    [
        ("", told("side_switch", side="right"), max(4, 2.1 + SWITCH)),
        (f"switch: {words(1)}", words(1), 4),
        (f"switch: {words(9)}", words(9), 11.1),
        (f"switch: {words(2)}, transition: 30s", words(2), 30),
        (f"switch: {words(2)}, transition: 0s", words(2), 4.1),
        # A turn's 45 s belong to the lead-in.
        (f"switch: {words(1)}, position: face up", words(1), 4),
    ],
)
def test_a_changeover_sounds_then_speaks(keys, text, seconds):
    """The sound at the slot's end, the text 1.5 s later, 0.6 s before the next slot at least."""
    made = plan(f"  - {{name: A, say: Go., sides: [left, right], {keys}}}{LAST}", "position: face down")
    heard = made.after(0, 0)
    assert [item[:2] for item in heard] == [("switch", 0), ("switch", 1.5)]
    assert heard[1][3] == text
    assert made.slot(0, 1).start - made.slot(0, 0).end == approx(seconds)


def test_a_changeover_names_the_coming_side():
    """Its clips carry it, sound and words; the lead-in of a step that is no group's carries none."""
    made = plan(f"  - {{name: A, say: Go., sides: [left, right], warn: 'The {{side}} first.'}}{LAST}")
    assert {(c.track, c.side) for c in made.clips if c.role == "switch"} == {("chime", "right"), ("narration", "right")}
    lead = [c for c in made.clips if c.role in ("step", "warn") and c.step == 1]
    assert [c.side for c in lead] == [None, None]
    assert [c.text for c in lead if c.text] == ["The left first."]
    assert [c.side for c in made.clips if c.role == "instruction"] == ["left", "right", None]


def test_sides_of_several_words_are_switched_to_by_name():
    """Not as `the second person side`."""
    made = plan(f"  - {{name: A, say: Go., sides: [first person, second person]}}{LAST}")
    assert made.after(0, 0)[1][3] == told("side_switch_named", side="second person")


def test_ready_speaks_at_the_slots_end_and_waits():
    """The phrase at the last slot's end, then 20 s, in the step's chapter."""
    made = plan(f"  - {{name: A, say: Go., ready: true}}{LAST}")
    # Two sentences, one clip.
    assert [item[:3] for item in made.after()] == [("ready", 0, approx(READY))]
    chapter = made.steps()[0]
    assert chapter.end - chapter.slots[-1].end == approx(READY + 20 + GRID, abs=GRID)
    assert [c.side for c in made.clips if c.role == "ready" and c.step] == [None]


def test_ready_is_said_once_after_the_last_side():
    """Also in a group."""
    two = plan(f"  - {{name: A, say: Go., sides: [left, right], ready: true}}{LAST}")
    assert _roles(two.after(0, 0)) == ["switch", "switch"]
    assert _roles(two.after(0, 1)) == ["ready"]
    group = plan(
        f"""
  - name: G
    sides: [left, right]
    steps:
      - {{name: A, say: Go., ready: true}}
      - {{name: B, say: Go., ready: true}}{LAST}"""
    )
    assert [_roles(group.after(n)) for n in range(4)] == [[], ["switch", "switch"], ["ready"], ["ready"]]


# -- avoid ---------------------------------------------------------------------------------------------

AVOIDING = "safety: {avoid: [the spine]}"


def _minded(steps, top=AVOIDING, **choices):
    """The chapters before whose first slot it is said what to mind, by title and side."""
    made = plan(steps, top, **choices)
    said = [clip for clip in made.clips if clip.role == "avoid"]
    assert {clip.text for clip in said} <= {told("avoid", items="the spine")}
    found = [next(c for c in made.steps() if c.start <= clip.start < c.slots[0].start) for clip in said]
    return [(chapter.title, chapter.slots[0].side if chapter.group else None) for chapter in found]


HOLD = "hold: {times: 1, press: 9s, release: 9s}"


@pytest.mark.parametrize(
    ("steps", "without", "title"),
    [
        # The first with a hold or a pressure of 3 or more ...
        (["pressure: 1", "pressure: 2", "pressure: 3", "pressure: 5"], (), "C"),
        (["pressure: 2", "", HOLD, "pressure: 4"], (), "C"),
        (["pressure: 3", HOLD], (), "A"),
        ([HOLD], (), "A"),
        # ... else the second that touches, or the only one.
        (["", "", ""], (), "B"),
        (["touch: false", "", "pressure: 2"], (), "C"),
        (["touch: false", "", "touch: false"], (), "B"),
        ([""], (), "A"),
        # Of those that are played.
        (["", "pressure: 4", HOLD], ("B",), "C"),
        (["", "pressure: 4", "", ""], ("B",), "C"),
        (["", "pressure: 4"], ("B",), "A"),
        # Where nobody is touched nobody presses.
        (["touch: false", "touch: false"], (), None),
    ],
)
def test_what_to_mind_is_said_before_the_first_press(steps, without, title):
    """Once, in one lead-in."""
    listed = "\n".join(f"  - {{name: {name}, say: Go., {keys}}}" for name, keys in zip("ABCD", steps, strict=False))
    assert _minded(listed, without=without) == ([(title, None)] if title else [])
    assert _minded(listed, "", without=without) == []


def test_a_group_minds_on_its_first_side_only():
    """And on no later one, in a step with sides too."""
    group = "  - name: G\n    sides: both\n    steps: [{name: A, say: Go.}, {name: B, say: Go., pressure: 3}]"
    assert _minded(group) == [("B", "left")]
    assert _minded("  - {name: A, say: Go., sides: both, pressure: 4}") == [("A", None)]


@pytest.mark.parametrize("talk", ["full", "calm", "minimal"])
def test_the_words_before_a_slot_have_their_order(talk):
    """Pressure, what to mind, the warning: 0.6 s between each two, and before the slot."""
    made = plan(
        f"  - {{name: A, say: Go., pressure: 4, warn: {words(2)}, transition: 60s, chime: none}}", AVOIDING, talk=talk
    )
    warn, avoid = 57.4, 57.4 - 0.6 - AVOID
    expected = [("avoid", avoid, avoid + AVOID), ("warn", warn, warn + 2)]
    if talk != "minimal":
        expected.insert(0, ("pressure", avoid - 0.6 - PRESSURE, avoid - 0.6))
    assert [item[:3] for item in made.lead_in()] == [(role, approx(a), approx(b)) for role, a, b in expected]
    tight = plan(f"  - {{name: A, say: Go., pressure: 4, warn: {words(2)}, transition: 0s}}", AVOIDING, talk=talk)
    assert tight.lead_in_seconds() == approx(1.5 + PRESSURE + 0.6 + AVOID + 0.6 + 2 + 0.6)


# -- opening and closing ----------------------------------------------------------------------------

TOP = """settle: face down
safety: {do_not_start: [a fever], ask_first: [pregnancy], avoid: [the spine]}"""
ROLES = {"core": "title gate settle gate gate ready", "full": "title gate gate gate settle gate gate ready"}
ROLES["brief"] = ROLES["core"]
# The silence after each clip: a mark at its end stands in place of the second between two.
GAPS = {"core": [1, 1, 1, 4, 1, 4], "full": [1, 1, 1, 4, 1, 5, 1, 4]}
GAPS["brief"] = GAPS["core"]


@pytest.mark.parametrize("welcome", [True, False])
@pytest.mark.parametrize("gate", ["core", "full", "brief"])
def test_the_openings_clips_are_a_second_apart(gate, welcome):
    """The first at 1.0 s; after the last one's silence the first step's bowl follows."""
    made = plan("  - {name: A, say: Go.}", TOP, opening=welcome, gate=gate)
    kept = [n for n, role in enumerate(ROLES[gate].split()) if welcome or role not in ("title", "settle")]
    clips = made.within(0, made.chapters[0].end)
    assert [c.role for c in clips] == [ROLES[gate].split()[n] for n in kept]
    assert clips[0].start == approx(1.0)
    ends = [c.start for c in clips[1:]] + [made.steps()[0].start - GRID]
    gaps = [end - clip.end for clip, end in zip(clips, ends, strict=True)]
    assert gaps == [approx(GAPS[gate][n], abs=1e-6 if n < len(GAPS[gate]) - 1 else GRID) for n in kept]
    assert all(c.step is None and c.side is None for c in clips)
    bowl = made.within(made.steps()[0].start, made.duration)[0]
    assert (bowl.role, bowl.start) == ("step", made.steps()[0].start)


def test_each_sound_of_minimals_opening_is_played_once_after_its_words():
    """Each between its own words and the next ones."""
    made = plan(
        "  - {name: A, say: Go., duration: 5m, sides: [left, right], hold: {press: 9s, release: 9s}}",
        opening=True,
        talk="minimal",
    )
    clips = made.within(0, made.chapters[0].end)
    lines = [c for c in clips if c.role == "sounds"]
    played = [c for c in clips if c.track == "chime"]
    assert [c.sound for c in played] == ["step", "press", "release", "halfway"]
    assert len(lines) == 4
    first = next(c for c in clips if c.role == "gate")
    for line, sound, following in zip(lines, played, [*lines[1:], first], strict=True):
        assert line.end < sound.start < following.start


@pytest.mark.parametrize(
    ("total", "linger", "seconds"),
    [
        (None, None, 5),
        ("14m", None, 5),
        ("15m", None, 12),
        ("14m", 12.0, 12),
        ("15m", 5.0, 5),
        (None, 0.0, 0),
        (None, 300.0, 300),
    ],
)
def test_the_session_goes_on_after_the_end_sound_for_as_long_as_asked(total, linger, seconds):
    """5 s in a short session, 12 s in others; the end sound is whole."""
    made = plan("  - {name: A, duration: 1m..20m}", closing=True, length=total or "short", linger=linger)
    end = made.clips[-1]
    assert (end.role, end.end - end.start) == ("end", approx(15))
    assert made.duration - end.end == approx(seconds + GRID, abs=GRID)


@pytest.mark.parametrize("audience", ["giver", "self"])
def test_the_closing_has_its_silences(audience):
    """A second, a breath's 7 s, 2 s, the author's a second apart, 1.5 s, the end."""
    top = f"audience: {audience}\nclosing: [Sleep well., So long.]\nend: Off."
    made = plan("  - {name: A, say: Go., oil: true}", top, closing=True)
    chapter = made.chapters[-1]
    clips = made.within(chapter.start, chapter.end)
    assert [c.role for c in clips] == ["closing"] * 4 + ["end"]
    assert clips[0].start - chapter.start == approx(1.0)
    assert [after.start - before.end for before, after in pairwise(clips)] == [approx(1.0)] * 3 + [approx(1.5)]
    said = clips[0].sentences
    rest = len([s for s in said if s.start < clips[0].start + phrase_of("closing_rest", audience) - 7])
    gaps = [after.start - before.end for before, after in pairwise(said)]
    assert gaps[rest - 1 : rest + 1] == [approx(7.0), approx(2.0)]
    assert [gap for n, gap in enumerate(gaps) if n not in (rest - 1, rest)] == [approx(0.6)] * (len(gaps) - 2)


def test_marks_at_the_edges_of_the_closings_texts_stand_in_place_of_the_second():
    """At its end and at its start; a breath keeps its 0.6 s on both sides, and what ends it is waited for."""
    closing = "closing: ['[pause 3s] One.', 'Two. [pause 2s]', 'Three. [breath]', 'Four.', '[breath] Five. [pause 4s]']"
    made = plan("  - {name: A, say: Go.}", f"{closing}\nend: 'Off. [pause 2s]'", closing=True)
    clips = made.within(made.chapters[-1].start, made.duration)
    named = {c.text or c.role: c for c in clips}
    order = ["One.", "Two.", "Three.", "breath", "Four.", "breath", "Five.", "end"]
    assert [c.text or c.role for c in clips[1:]] == order
    gaps = [approx(g) for g in (3, 1, 2, 0.6, 0.6, 0.6, 0.6, 4 + 1.5)]
    assert [after.start - before.end for before, after in pairwise(clips)] == gaps
    assert named["end"].end <= made.duration


def test_without_a_closing_nothing_follows_the_last_step():
    """`closing` leaves the end sound out too, and what goes on after it."""
    made = plan("  - {name: A, say: Go.}", closing=False, linger=300.0)
    assert made.chapters[-1].title == "A"
    assert "end" not in {c.role for c in made.clips}
    assert made.duration < 100


def phrase_of(key, audience):
    """The seconds of one of the program's own phrases."""
    return utter(key, (phrases.load("en").get(key, audience),), {}, "en").length(spoken)


def _roles(heard):
    return [item[0] for item in heard]
