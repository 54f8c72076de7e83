"""What does not stretch lasts as the contract says: lead-ins, changeovers, stop points, opening and closing."""

from __future__ import annotations

import pytest
from planned import phrase, plan, told, words
from pytest import approx

from voiceguide.planning import GRID

TURN = phrase("turn", position="face up")
OIL = phrase("oil")
PRESSURE = phrase("pressure", pressure="four")
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


def test_pressure_is_said_when_it_changes_and_the_first_time():
    """The first given pressure is a change; the same again is none."""
    made = plan(
        """
  - {name: A, say: Go.}
  - {name: B, say: Go., pressure: 4}
  - {name: C, say: Go., pressure: 4}
  - {name: D, say: Go.}
  - {name: E, say: Go., pressure: 4}
  - {name: F, say: Go., pressure: 2}"""
    )
    said = {n: item[3] for n in range(6) for item in made.lead_in(n) if item[0] == "pressure"}
    assert said == {1: told("pressure", pressure="four"), 5: told("pressure", pressure="two")}


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
    assert [c.side for c in made.clips if c.role == "ready"] == [None]


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


# -- opening and closing ----------------------------------------------------------------------------

TOP = "need: [a towel]\nsafety: {do_not_start: [a fever], ask_first: [pregnancy], avoid: [the spine]}"


def test_the_opening_keeps_its_order():
    """Title, need, sounds, gate, recover, begin, and nothing of them after the first step."""
    made = plan("  - {name: A, say: Go.}", TOP, opening=True, closing=True, gate="full")
    roles = [c.role for c in made.within(0, made.chapters[0].end, "narration")]
    assert list(dict.fromkeys(roles)) == ["title", "need", "sounds", "gate", "recover", "begin"]
    assert sorted(roles, key=roles.index) == roles
    assert all(c.step is None and c.side is None for c in made.within(0, made.chapters[0].end))


def test_we_begin_in_ten_seconds_is_true():
    """It ends 10 s, and the grid's 0 to 2 frames, before the first step."""
    made = plan("  - {name: A, say: Go.}", TOP, opening=True, gate="full")
    begin = next(c for c in made.clips if c.role == "begin")
    assert 10 - 1e-6 <= made.steps()[0].start - begin.end <= 10 + 2 * GRID


def test_each_sound_of_the_opening_is_played_once_after_its_words():
    """At most four, each between its own words and the next ones."""
    made = plan(
        "  - {name: A, say: 'Go. [breath]', duration: 5m, sides: [left, right], hold: {press: 9s, release: 9s}}",
        opening=True,
        closing=True,
    )
    clips = made.within(0, made.chapters[0].end)
    lines = [c for c in clips if c.role == "sounds"]
    played = [c for c in clips if c.track == "chime"]
    assert [c.sound for c in played] == ["step", "switch", "press", "release"]
    assert len(lines) == 4
    for line, sound, following in zip(
        lines, played, [*lines[1:], next(c for c in clips if c.role == "gate")], strict=True
    ):
        assert line.end < sound.start < following.start


def test_without_an_opening_the_gate_stays():
    """`opening` leaves the gate alone, in the opening's chapter."""
    made = plan("  - {name: A, say: Go.}", TOP, opening=False, gate="full")
    assert {c.role for c in made.within(0, made.chapters[0].end)} == {"gate"}
    assert made.chapters[0].title == told("chapter_opening")


@pytest.mark.parametrize("linger", [0.0, 20.0, 300.0])
def test_the_session_goes_on_after_the_end_sound_for_as_long_as_asked(linger):
    """The bed alone for 20 s, none without a bed; the end sound is whole."""
    made = plan("  - {name: A, say: Go.}", closing=True, linger=linger)
    end = made.clips[-1]
    assert (end.role, end.end - end.start) == ("end", approx(15))
    assert made.duration - end.end == approx(linger + GRID, abs=GRID)


def test_the_closing_breathes_and_adds_the_authors_sentences():
    """Hands rest, one breath, lift away, thanks, up, water, floor, the author's, and the end sound."""
    made = plan("  - {name: A, say: Go.}", "closing: [Sleep well.]", closing=True)
    heard = made.between(made.chapters[-1].start, made.duration + 1)
    assert [item[3] for item in heard][-2:] == ["Sleep well.", "end"]
    assert [item[0] for item in heard].count("breath") == 1
    assert {item[0] for item in heard} == {"closing", "breath", "end"}


def test_without_a_closing_nothing_follows_the_last_step():
    """`closing` leaves the end sound out too."""
    made = plan("  - {name: A, say: Go.}", closing=False)
    assert made.chapters[-1].title == "A"
    assert "end" not in {c.role for c in made.clips}


def _roles(heard):
    return [item[0] for item in heard]
