"""Files made to harm: refused before anything is built of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.routine import yaml
from voiceguide.routine.reading import examine

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parent / "files"
TOP = "title: T\nsummary: S\n"


def rules(path: Path) -> Counter[str]:
    routine, faults = examine(path)
    assert routine is None
    return Counter(fault.rule for fault in faults)


def test_billion_laughs_are_refused():
    """No alias is ever followed: each is a fault, and so is each anchor."""
    found = rules(FILES / "billion-laughs.yaml")
    assert (found["anchor"], found["alias"]) == (9, 72)


def test_tags_build_nothing():
    """A tag that would run a program is a fault, and what it stands before is not read as a text."""
    found = rules(FILES / "python-object.yaml")
    assert found == {"tag": 2}


def test_a_second_document_is_refused():
    """One file, one routine."""
    assert rules(FILES / "second-document.yaml") == {"second-document": 1}


@pytest.mark.parametrize("content", ["[" * 200_000, "{a: " * 60_000, "- " * 100_000, "? " * 100_000])
def test_depth_is_refused_where_it_begins(content: str, examined: Callable):
    """The 21st level ends the reading, whatever is behind it."""
    _, (fault,) = examined(content)
    assert fault.rule == "too-deep"
    assert fault.place.column <= 21 * 4


def test_twenty_levels_are_read(examined: Callable):
    """Depth 20 is not over 20."""
    _, faults = examined(f"a: {'[' * 19}x{']' * 19}")
    assert "too-deep" not in {fault.rule for fault in faults}
    _, faults = examined(f"a: {'[' * 20}x{']' * 20}")
    assert "too-deep" in {fault.rule for fault in faults}


def test_a_flood_of_values_ends_the_reading(examined: Callable):
    """The value over the most is the only fault told."""
    _, (fault,) = examined(f"need: [{'a,' * (yaml.MOST_VALUES + 1)}]")
    assert (fault.rule, fault.place.path) == ("too-many-values", f"need[{yaml.MOST_VALUES - 2}]")


@pytest.mark.parametrize(
    ("content", "rule", "count"),
    [
        ("\0" * 60_000, "control-character", 60_000),
        ("{" + "ab:," * 1_000 + "}", "duplicate-key", 999),
        (TOP + "steps: [{name: a, " + "".join(f"duratiom{n}: 1, " for n in range(1_000)) + "}]", "unknown-key", 1_000),
        (TOP + "steps:\n- {name: a, say: '" + "{sid} " * 20_000 + "'}", "unknown-placeholder", 1),
        (TOP + "steps:\n- {name: a, say: b, only: [" + "shor," * 1_000 + "]}", "unknown-only", 1_000),
        (
            TOP + "steps:\n- {name: a, duration: 5m, cues: [" + "{at: 1s, chime: x}," * 1_000 + "]}",
            "unknown-sound",
            1_000,
        ),
    ],
)
def test_a_flood_of_faults_in_one_line_is_counted(content: str, rule: str, count: int, examined: Callable):
    """A hundred are told, each with a piece of its line, and the rest are one line more."""
    _, faults = examined(content)
    assert len(faults) <= 102
    assert any(rule in fault.rule for fault in faults)
    assert sum(fault.many for fault in faults) >= count
    assert sum(len(fault.with_caret()) for fault in faults) < 60_000


def test_a_flood_of_unquoted_braces_is_read_a_few_times_only(examined: Callable, monkeypatch: pytest.MonkeyPatch):
    """Past its allowance, reading ends at the next one."""
    monkeypatch.setattr(yaml, "MOST_SCANNED", 4000)
    _, faults = examined(TOP + "steps:\n" + "- {name: a, say: b {side} c}\n" * 20)
    assert 2 <= len(faults) < 20


@pytest.mark.parametrize(
    "content",
    [
        TOP + "steps:\n- {name: a, duration: '" + "1" * 100_000 + "x'}\n",
        TOP + "steps:\n- {name: a, duration: '" + "1.." * 50_000 + "'}\n",
        TOP + "steps:\n- {name: a, duration: 2m, cues: [{say: x, at: '" + "9" * 100_000 + "'}]}\n",
        TOP + "bed: '" + "a" * 200_000 + "'\nsteps: [{name: a, say: b}]\n",
        TOP + "bed: '" + "a/" * 100_000 + "'\nsteps: [{name: a, say: b}]\n",
        TOP + "reminders: ['" + "." * 100_000 + "x', y]\nsteps: [{name: a, say: b}]\nx" + "y" * 100_000 + ": 1\n",
    ],
)
def test_long_words_have_short_messages(content: str, examined: Callable):
    """No pattern and no comparison runs away with a page-long word, and no message repeats it."""
    _, faults = examined(content)
    assert faults
    assert all(len(fault.with_caret()) < 600 for fault in faults)
