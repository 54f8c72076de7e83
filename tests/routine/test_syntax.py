"""Faults of YAML itself: in plain words, at the place an author has to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = [
    # rule, the file with ▶ where the fault stands, words of the message
    ("missing-comma", 'need: ["oil" ▶a towel]\n', "expected a comma or the closing bracket"),
    ("second-colon", "title: Neck\n  and more▶: soft\n", "let it start below the keys around it"),
    ("no-colon", "title: T\n▶sumary\nneed: [oil]\n", "got words alone"),
    ("indentation", "title: ▶- T\n", 'start "- …" on the next line'),
    ("needs-quotes", "title: ▶@home\n", 'got "@home", which may not come first'),
    ("needs-quotes", "title: ▶%5\n", "put it in quotes"),
    ("needs-quotes", "title: ▶]\n", "expected a value"),
    ("bad-escape", 'title: "a\\▶q"\n', "write \\\\ for one"),
    ("bad-escape", 'title: "▶\\UFFFFFFFF"\n', "a number that names none"),
    ("block-text", "title: >▶x\n", "start the text on the next line"),
    ("alias", "title: *▶\n", "put the text in quotes"),
    ("tag", "title: ▶!a!b c\n", "put the text in quotes"),
    ("yaml-version", "▶%YAML 2.0\n---\ntitle: T\n", "delete the line"),
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
    _, (fault,) = examined("title: T\nsummary: S\nsteps:\n  \t- {name: A, say: Go.}\n")
    assert fault.with_caret().splitlines()[1:] == ["      \t- {name: A, say: Go.}", "      ^"]


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
