"""Faults of YAML itself: in plain words, at the place an author has to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = [
    # rule, the file with ▶ where the fault stands, words of the message
    ("missing-quote", 'title: ▶"T\nsummary: S\n', 'expected a closing " for the one that opens here'),
    ("missing-quote", "title: 'it'▶s'\n", "expected the line to end after the quote"),
    ("missing-quote", 'title: "T\nsummary: "▶S"\n', "check the quotes of the lines above"),
    ("missing-bracket", "need: ▶[oil, a towel\n", 'expected a closing "]"'),
    ("missing-bracket", "lengths: ▶{short: 9m\n", 'expected a closing "}"'),
    ("missing-bracket", "title: T\nlengths: ▶{", 'expected a closing "}"'),
    ("missing-comma", "need: [oil, a towel\ntitle▶: T\n", "expected a comma or the closing bracket"),
    ("second-colon", "title: Neck▶: soft\n", "put a text with a colon in quotes"),
    ("second-colon", "title: T\n  summary▶: S\n", "let it start below the keys around it"),
    ("no-colon", "title: T\n▶summary\nneed: [oil]\n", "got words alone"),
    ("indentation", "steps:\n  - name: A\n   ▶say: x\n", "check the spaces at the start of this line"),
    ("indentation", "title: ▶- T\n", 'start "- …" on the next line'),
    ("indentation", "  title: T\n▶summary: S\n", "start at the very left"),
    ("needs-quotes", "title: ▶@home\n", 'got "@home", which may not come first'),
    ("needs-quotes", "title: ▶%5\n", "put it in quotes"),
    ("needs-quotes", "title: ▶]\n", "expected a value"),
    ("bad-escape", 'title: "a\\▶q"\n', "write \\\\ for one"),
    ("bad-escape", 'title: "▶\\UFFFFFFFF"\n', "a number that names none"),
    ("block-text", "title: >▶x\n", "start the text on the next line"),
    ("alias", "title: *▶\n", "put the text in quotes"),
    ("tag", "title: ▶!a!b c\n", "put the text in quotes"),
    ("yaml-version", "▶%YAML 2.0\n---\ntitle: T\n", "delete the line"),
    ("tab", "steps:\n▶\t- name: A\n", "write two spaces for each tab"),
]


@pytest.mark.parametrize(("rule", "content", "words"), FAULTS)
def test_notation_is_explained(rule: str, content: str, words: str, one_fault: Callable):
    """What the parser stumbles over is one fault in an author's words, with no parser's jargon."""
    fault = one_fault(content)
    assert fault.rule == rule
    assert words in fault.message
    assert not any(word in fault.message for word in ("token", "scalar", "<block", "stream", "node"))


def test_the_caret_stands_below_the_fault(examined: Callable):
    """The message is followed by the line and a caret, tabs kept."""
    _, (fault,) = examined("steps:\n  \t- name: A\n")
    assert fault.with_caret().splitlines()[1:] == ["      \t- name: A", "      ^"]


def test_every_tab_is_named(examined: Callable):
    """All lines that are indented with tabs are mended in one go."""
    _, faults = examined("title: T\nsteps:\n\t- name: A\n\t  say: Go.\n")
    assert [(fault.rule, fault.place.line) for fault in faults] == [("tab", 3), ("tab", 4)]


def test_tabs_inside_texts_are_texts(examined: Callable):
    """Only indentation has to do without them."""
    routine, _ = examined("title: T\nsummary: |\n  a\n  \tb\nsteps: [{name: A,\tsay: Go.}]\n")
    assert routine.summary.get("en") == "a\n\tb"


def test_reading_goes_on_behind_unquoted_braces(examined: Callable):
    """Each is named with its path, and so is what follows."""
    _, faults = examined(
        "title: T\nsummary: S\nsteps:\n"
        "  - {name: A, say: The {side} leg}\n"
        "  - {name: B, say: The {side} arm, oil: yes}\n"
    )
    assert [(fault.rule, fault.place.path) for fault in faults] == [
        ("unquoted-braces", "steps[0].say"),
        ("unquoted-braces", "steps[1].say"),
        ("wrong-type", "steps[1].oil"),
    ]


@pytest.mark.parametrize(
    ("content", "column", "code"),
    [("title: a\x07b\n", 9, "U+0007"), ('title: "\\ud800"\n', 8, "U+D800"), ('title: "a\\0"\n', 8, "U+0000")],
)
def test_invisible_characters_are_named(content: str, column: int, code: str, examined: Callable):
    """Controls and halves of characters reach neither a voice nor a terminal, written or escaped."""
    _, faults = examined(content)
    (fault,) = [fault for fault in faults if fault.rule == "control-character"]
    assert (fault.place.column, code in fault.message) == (column, True)
    assert "\x07" not in fault.with_caret()
