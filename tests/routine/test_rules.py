"""Every fault of types, keys and rules: its place, its path and its words, and nothing told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = "title: T\nsummary: S\n"
LAST = "steps: [{name: Z, say: Go.}]\n"


def step(body: str) -> str:
    """A file with one step, of these lines below its name."""
    return f"{TOP}steps:\n  - name: A\n" + "".join(f"    {line}\n" for line in body.splitlines())


def last(body: str) -> str:
    """A file with these lines at the top, and a step that is right."""
    return f"{TOP}{body}\n{LAST}"


def marked_list(body: str) -> str:
    """A file with these list items as its steps."""
    return f"{TOP}steps:\n" + "".join(f"  {line}\n" for line in body.splitlines())


FAULTS = [
    # rule, path, the file with ▶ where the fault stands, words of the message
    # -- keys
    ("missing-key", "title", "▶summary: S\n" + LAST, 'expected the key "title", got none: add "title: …"'),
    ("missing-key", "summary", "▶title: S\n" + LAST, 'expected the key "summary"'),
    ("missing-key", "steps", "▶" + TOP, 'expected the key "steps"'),
    ("missing-key", "steps[0].name", f"{TOP}steps:\n  - ▶say: x\n", 'add "name: …" to the step'),
    ("missing-key", "steps[0].hold.press", step("hold: ▶{times: 3}"), 'add "press: …" to the hold'),
    ("missing-key", "steps[0].cues[0].at", step("duration: 2m\ncues: [▶{say: Go}]"), 'add "at: …" to the cue'),
    ("unknown-key", "steps[0].durration", step("say: x\n▶durration: 2m"), 'got "durration". Did you mean "duration"?'),
    ("unknown-key", "xyzzy", last("▶xyzzy: 1"), "It has: format, title, summary, language,"),
    ("unknown-key", "lengths.long", last("lengths: {▶long: 9m}"), "It has: short, full."),
    ("unknown-key", "<one>", last('▶"<one>": 1'), "expected a key of the routine"),
    (
        "unknown-key",
        "steps[0].cues[0].soft",
        step("duration: 2m\ncues: [{at: 50%, say: Low, ▶soft}]"),
        "if a comma stands in a text here, put the text in quotes",
    ),
    ("wrong-place", "steps[0].times", step("say: x\n▶times: 3"), '"times" belongs in a hold or times'[:26]),
    ("wrong-place", "steps[0].hold", step("▶hold: {press: 5s}\nsteps: [{name: B, say: x}]"), '"hold" belongs in a step, not in a group'),
    ("wrong-place", "pressure", last("▶pressure: 4"), '"pressure" belongs in a step, not in the routine'),
    (
        "wrong-place",
        "steps[0].steps[0].steps",
        step("steps:\n  - name: B\n    ▶steps: [{name: C, say: x}]"),
        "groups do not nest",
    ),
    (
        "wrong-place",
        "steps[0].steps[0].sides",
        step("sides: [left, right]\nsteps:\n  - {name: B, say: x, ▶sides: [one, other]}"),
        "the group has the sides",
    ),
    # -- types
    ("empty-text", "title", "▶title:\nsummary: S\n" + LAST, "expected a text, got nothing"),
    ("empty-text", "steps[0].warn", step("say: x\nwarn: ▶~"), "expected a text, got nothing"),
    ("empty-text", "steps[0].say[1]", step('say: [x, ▶" "]'), "expected a text, got nothing"),
    ("empty-text", "steps[0].cues", step("say: x\nduration: 2m\n▶cues:"), "expected a list, got nothing"),
    ("empty-text", "safety", last("▶safety:"), "expected safety as keys and values (do_not_start: …"),
    ("empty-text", "title", "title: ▶'[breath]'\nsummary: S\n" + LAST, "a name is read as well as heard"),
    ("empty-list", "steps", TOP + "steps: ▶[]\n", "expected at least one"),
    ("empty-list", "steps[0].say", step("say: ▶[]"), "expected at least one"),
    ("empty-list", "steps[0].steps", step("steps: ▶[]"), "expected at least one"),
    ("wrong-type", "title", "title: ▶[a, b]\nsummary: S\n" + LAST, "expected one text, or one for each language"),
    ("wrong-type", "title.de", "title: {de: ▶[a]}\nsummary: S\n" + LAST, "expected a text, got a list"),
    ("wrong-type", "need", last("need: [[▶a]]").replace("need: [[▶", "need: [▶[").replace("▶[[", "[▶["), "")[:2]
    + ("need[0]", last("need: [▶[a]]"), "expected one text")[0:0],
]
