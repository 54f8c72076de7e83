"""Each operation changes the lines of what it is about, and no other; what it cannot do it says."""

from __future__ import annotations

import difflib
from typing import Any

import pytest

from voiceguide.errors import RoutineError, UsageError
from voiceguide.routine.editing import Untouchable, apply, form

TEXT = """\
title: Calf rub   # the title
summary: "A rub."
need: [oil, a towel]
steps:
  # The first one.
  - name: Knead
    say: >
      Knead the calf slowly, from the ankle up to the knee, and come back
      lightly, without any pressure at all.
    duration: 2m  # two

  # The second one.
  - name: Hold
    say:
      - Hold the heel.
      - "Feel it."
    cues:
      - {at: 50%, say: Softer.}   # half
    duration: 1m
  - name: Leg
    steps:
      - name: Rest
        say: Rest.
"""


def changed(op: str, *path: str | int, **rest: Any) -> list[str]:
    """The lines that an operation takes out and puts in, as `diff` has them; undoing it gives the very text."""
    edited = apply(TEXT, {"op": op, "path": list(path), **rest})
    assert edited.undo.on(edited.text) == TEXT
    lines = difflib.unified_diff(TEXT.split("\n"), edited.text.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


CHANGES = [
    (("set", "title"), {"value": "Calf: rub"}, ["-title: Calf rub   # the title", '+title: "Calf: rub"   # the title']),
    (("set", "summary"), {"value": "Another."}, ['-summary: "A rub."', '+summary: "Another."']),
    (("set", "steps", 0, "duration"), {"value": "3m"}, ["-    duration: 2m  # two", "+    duration: 3m  # two"]),
    (("set", "steps", 0, "sides"), {"value": ["left", "right"]}, ["+    sides: [left, right]"]),
    (("set", "steps", 0, "oil"), {"value": True}, ["+    oil: true"]),
    (("set", "steps", 0, "rhythm"), {"value": {"out": "6s"}}, ["+    rhythm: {out: 6s}"]),
    (("set", "steps", 1, "hold", "press"), {"value": "5s"}, ["+    hold: {press: 5s}"]),
    (("set", "steps", 1, "say", 1), {"value": "Hm."}, ['-      - "Feel it."', '+      - "Hm."']),
    (("set", "steps", 1, "say"), {"value": ["Hold the heel.", "Feel it.", "Go."]}, ["+      - Go."]),
    (("set", "steps", 1, "duration"), {"value": None}, ["-    duration: 1m"]),
    (("set", "safety", "avoid"), {"value": ["the spine"]}, ["+safety:", "+  avoid:", "+    - the spine"]),
    (("add", "need"), {"at": 1, "value": "a, b"}, ["-need: [oil, a towel]", '+need: [oil, "a, b", a towel]']),
    (("add", "steps", 1, "cues"), {"at": 1, "value": {"at": "9s", "say": "x"}}, ["+      - {at: 9s, say: x}"]),
    (("add", "steps"), {"at": 3, "value": {"name": "B", "say": "x"}}, ["+  - name: B", "+    say: x"]),
    (("add", "steps", 0, "reminders"), {"at": 0, "value": "Slow."}, ["+    reminders:", "+      - Slow."]),
    (("remove", "steps", 1, "say", 0), {}, ["-      - Hold the heel."]),
    (("remove", "steps", 1, "cues", 0), {}, ["-    cues:", "-      - {at: 50%, say: Softer.}   # half"]),
    (("remove", "need", 0), {}, ["-need: [oil, a towel]", "+need: [a towel]"]),
    (("move", "need", 0), {"to": 1}, ["-need: [oil, a towel]", "+need: [a towel, oil]"]),
    (("move", "steps", 1, "say", 1), {"to": 0}, ['-      - "Feel it."', '+      - "Feel it."']),
    (
        ("translate", "title"),
        {"language": "de", "text": "Wade"},
        ["-title: Calf rub   # the title", "+title: {en: Calf rub, de: Wade}   # the title"],
    ),
    (
        ("translate", "steps", 1, "say", 0),
        {"language": "de", "text": "Halt, ganz ruhig."},
        ["-      - Hold the heel.", '+      - {en: Hold the heel., de: "Halt, ganz ruhig."}'],
    ),
]


@pytest.mark.parametrize(("at", "rest", "lines"), CHANGES)
def test_a_change_touches_its_lines_alone(at: tuple[Any, ...], rest: dict[str, Any], lines: list[str]):
    """In the style of what stood there: quotes, brackets, notes behind it."""
    assert sorted(changed(*at, **rest)) == sorted(lines)


def test_a_folded_text_stays_folded():
    """Within the width of its lines."""
    value = "Knead the calf more slowly, from the ankle up to the knee, and come back lightly, without any pressure."
    edited = apply(TEXT, {"op": "set", "path": ["steps", 0, "say"], "value": value}).text
    start = edited.index("    say: >")
    assert edited[start : edited.index("    duration")] == (
        "    say: >\n      Knead the calf more slowly, from the ankle up to the knee, and come\n"
        "      back lightly, without any pressure.\n"
    )


def test_a_folded_text_is_translated_below_its_key():
    """As it stands, further in."""
    lines = changed("translate", "steps", 0, "say", language="de", text="Kneten.")
    assert "+        Knead the calf slowly, from the ankle up to the knee, and come back" in lines
    assert lines[-1] == "+      de: Kneten."


def test_a_step_moves_with_the_notes_above_it():
    """And the empty lines between steps stay between them."""
    edited = apply(TEXT, {"op": "move", "path": ["steps", 0], "to": 1}).text
    steps = edited[edited.index("steps:") :]
    assert (
        steps.index("# The second one.")
        < steps.index("- name: Hold")
        < steps.index("\n\n  # The first one.\n  - name: Knead")
    )


def test_a_step_moves_into_a_group_and_out():
    """Its lines stand further in, or out, and are the same else."""
    into = apply(TEXT, {"op": "move", "path": ["steps", 0], "to": ["steps", 2, "steps", 0]})
    assert "      # The first one.\n      - name: Knead\n        say: >\n          Knead the calf" in into.text
    assert [step["name"] for step in form(into.text).values["steps"]] == ["Hold", "Leg"]
    out = apply(into.text, {"op": "move", "path": ["steps", 1, "steps", 0], "to": ["steps", 0]})
    assert out.text.replace("\n\n", "\n") == TEXT.replace("\n\n", "\n")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_the_mark_before_them_stay(ends: str):
    """Of whatever system the file is."""
    text = "\ufeff" + TEXT.replace("\n", ends)
    edited = apply(text, {"op": "add", "path": ["steps"], "at": 1, "value": {"name": "B", "say": "x"}})
    assert edited.undo.on(edited.text) == text
    assert edited.text.replace(ends, "").count("\n") == 0
    assert f"{ends}  - name: B{ends}    say: x{ends}" in edited.text


def test_what_was_done_has_a_name():
    """For a list of steps that can be undone; what changes nothing has an empty change."""
    edited = apply(TEXT, {"op": "set", "path": ["title"], "value": "Calf rub"})
    assert (edited.what, edited.text, edited.splice.text) == ("set title", TEXT, "")


@pytest.mark.parametrize(
    ("op", "path", "rest", "words"),
    [
        ("remove", ["title"], {}, 'expected a "title" to stay'),
        ("set", ["steps", 0, "name"], {"value": None}, 'expected a "name" to stay'),
        ("remove", ["steps", 9], {}, "expected a place of the routine, got steps[9]"),
        ("move", ["steps", 0], {"to": 7}, "expected 0 to 2, got 7"),
        ("move", ["title"], {"to": 0}, "expected an item of a list"),
        ("add", ["need"], {"at": 5, "value": "x"}, "expected a place in the list need, got 5"),
        ("set", ["steps", 0, "duratoin"], {"value": "2m"}, 'Did you mean "duration"?'),
        ("set", ["title", "x"], {"value": "T"}, "expected a place of the routine"),
        ("translate", ["steps", 1, "say"], {"language": "de", "text": "x"}, "translate its items one by one"),
        ("translate", ["title"], {"language": "german", "text": "x"}, "expected a language"),
        ("set", ["title"], {"value": 1.5}, "expected texts, whole numbers"),
        ("set", ["title"], {}, "expected this key"),
        ("sett", ["title"], {"value": "T"}, 'Did you mean "set"?'),
        ("set", "title", {"value": "T"}, "expected a list"),
    ],
)
def test_what_cannot_be_done_is_said(op: str, path: Any, rest: dict[str, Any], words: str):
    """In one message, and nothing is changed."""
    with pytest.raises(UsageError) as caught:
        apply(TEXT, {"op": op, "path": path, **rest})
    assert words in str(caught.value)


def test_the_last_step_stays():
    """A routine without steps is none."""
    with pytest.raises(UsageError, match='"steps" to stay'):
        apply("title: T\nsummary: S\nsteps:\n  - {name: A, say: x}\n", {"op": "remove", "path": ["steps", 0]})


@pytest.mark.parametrize("text", ["title: [", "title: &a T\n", "a: 1\na: 2\n", "", "x: \0\n", "---\na: 1\n---\nb: 2\n"])
def test_a_notation_at_fault_is_mended_first(text: str):
    """Its faults are told, with their places."""
    with pytest.raises(RoutineError) as caught:
        apply(text, {"op": "set", "path": ["title"], "value": "T"})
    assert caught.value.faults


def test_what_a_form_cannot_show_is_said_and_left_alone():
    """Keys without a field, each with its line."""
    text = f"{TEXT}mood: calm\n"
    shown = form(text)
    assert shown.untouchable == (Untouchable(("mood",), 24, "for which there is no field"),)
    assert shown.values["mood"] == "calm"
    with pytest.raises(UsageError, match="change it in the text, on line 2"):
        apply(text, {"op": "set", "path": ["mood"], "value": "x"})


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (("set", ["any"], {"value": ["Slow.", "Soft.", "Calm: yes."]}), 'any: [Slow., Soft., "Calm: yes."]'),
        (("set", ["any", 1], {"value": "Soft."}), "any: [Slow., Soft.]"),
        (("set", ["any"], {"value": ["Soft."]}), "any: [Soft.]"),
        (("translate", ["any", 0], {"language": "de", "text": "Langsam."}), "any: [{en: Slow., de: Langsam.}, Calm.]"),
        (("set", ["any"], {"value": None}), ""),
        (("remove", [], {}), ""),
    ],
)
def test_several_wordings_are_a_list_as_others(asked: tuple[str, list[Any], dict[str, Any]], line: str):
    """Each is changed, translated and taken away by itself; what is no place of one text has no translation."""
    text = f"{TEXT}reminders:\n  - Go.\n  - any: [Slow., Calm.]  # in turn\n"
    op, path, more = asked
    after = apply(text, {"op": op, "path": ["reminders", 1, *path], **more})
    last = f"  - {line}  # in turn\n" if line else ""
    assert after.text == f"{TEXT}reminders:\n  - Go.\n{last}"
    assert after.undo.on(after.text) == text
    for place in (["reminders", 1], ["reminders", 1, "any"]):
        with pytest.raises(UsageError, match="translate each of its wordings"):
            apply(text, {"op": "translate", "path": place, "language": "de", "text": "Langsam."})


def test_a_change_of_a_small_text_reads_it_once(monkeypatch: pytest.MonkeyPatch):
    """Its cost grows with the text alone: one reading for one value."""
    from voiceguide.routine.editing import tree

    read: list[int] = []
    events = tree.scanning.events
    monkeypatch.setattr(tree.scanning, "events", lambda text: read.append(len(text)) or events(text))
    apply(TEXT, {"op": "set", "path": ["steps", 0, "duration"], "value": "3m"})
    assert len(read) == 1
