"""Errors carry their exit code, and say where, what was expected, what came and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voiceguide import errors
from voiceguide.errors import (
    ExitCode,
    Fault,
    Place,
    RoutineError,
    UsageError,
    counted,
    did_you_mean,
    option,
    worded,
)
from voiceguide.routine.source import Source


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.VoiceguideError("x"), 1),
        (errors.Failed("x"), 1),
        (errors.UsageError("x"), 2),
        (errors.RoutineError([]), 3),
        (errors.MissingError("x"), 4),
        (errors.PartlyFailed("x"), 5),
    ],
)
def test_exit_codes_are_the_interfaces(error, code):
    """0 done; 1 failed; 2 usage; 3 the file; 4 not installed; 5 part of a batch; 130 interrupted."""
    assert (error.exit_code, isinstance(error, errors.VoiceguideError)) == (code, True)
    assert (ExitCode.DONE, ExitCode.INTERRUPTED) == (0, 130)


def fault(line: int, column: int = 3, path: str = "steps[0].say", excerpt: str = "", level: str = "fault") -> Fault:
    return Fault(Place("back.yaml", line, column, path), "some-rule", "expected a, got b: do c", level, excerpt)


def test_a_fault_names_file_line_column_and_path():
    """`file:line:column: path: message`; the whole file has no path."""
    assert str(fault(7)) == "back.yaml:7:3: steps[0].say: expected a, got b: do c"
    assert str(fault(7, path="")) == "back.yaml:7:3: expected a, got b: do c"
    assert str(fault(7, level="warning")) == "back.yaml:7:3: warning: steps[0].say: expected a, got b: do c"


@pytest.mark.parametrize(
    ("excerpt", "column", "below"),
    [
        ("a: b", 1, "    a: b\n    ^"),
        ("  a: b\n", 3, "      a: b\n      ^"),
        ("\ta: b", 2, "    \ta: b\n    \t^"),
        ("", 3, ""),
        ("   ", 3, ""),
    ],
)
def test_a_caret_stands_under_the_column(excerpt, column, below):
    """Below the line of the file, tabs kept; none where there is no line."""
    shown = fault(1, column, excerpt=excerpt).with_caret()
    assert shown == str(fault(1, column)) + (f"\n{below}" if below else "")


def test_a_long_line_is_shown_around_its_column():
    """100 characters, the caret under the right one; none of the rest of the line is kept."""
    found = Source("back.yaml", "x\n" + "x" * 300 + "HERE" + "x" * 100_000).fault(302, "some-rule", "expected a")
    shown, caret = found.with_caret().splitlines()[1:]
    assert (found.place.column, len(shown), len(found.excerpt)) == (301, 104, 100)
    assert shown[caret.index("^") :].startswith("HERE")


def test_after_a_hundred_faults_the_rest_are_counted():
    """Of faults and of warnings, each by itself, whether each has a message or was only counted; twice is no more."""
    faults = [fault(line) for line in range(1, 200)]
    found = counted([*faults, *(fault(line, level="warning") for line in (3, 1)), replace(faults[0], message="")])
    told = [each for each in found if each.level == "fault"]
    assert [each.place.line for each in told] == [*range(1, 101), 100]
    assert str(told[-1]) == "back.yaml:100:3: and 100 more faults: mend these first"
    assert [each.place.line for each in found if each.level == "warning"] == [1, 3]
    assert sum(each.many for each in found) == 202
    assert counted([*found, fault(500)])[:-1] == found[:-1]
    assert RoutineError(faults[:101]).faults[-1].message == "and 1 more fault: mend these first"


def test_a_routine_error_tells_every_fault_in_the_files_order():
    """By line and column."""
    error = RoutineError([fault(9), fault(2, 8), fault(2, 4)])
    assert [(f.place.line, f.place.column) for f in error.faults] == [(2, 4), (2, 8), (9, 3)]
    assert str(error).splitlines() == [str(f) for f in error.faults]


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("setpu", ["setup", "knead"], ' Did you mean "setup"?'),
        ("KNEAD", ["Knead", "Circles"], ' Did you mean "Knead"?'),
        ("xyzzy", ["setup"], ""),
        ("setup" * 20_000, ["setup" * 20_000], ""),
        ("", ["setup"], ""),
        ("setup", [], ""),
    ],
)
def test_the_nearest_known_word_is_offered(word, known, hint):
    """Whatever its case; none where none is near."""
    assert did_you_mean(word, known) == hint


def test_a_fault_s_names_are_left_to_who_shows_it():
    """With the line below it too: Python's keyword in `str`, a face's own word in its message."""
    named = Fault(Place("a.yaml", 1, 1, "steps"), "rule", f"leave {option('bed_level')} out", excerpt="steps: 3")
    error = RoutineError([named])
    assert str(error) == "a.yaml:1:1: steps: leave bed_level out\n    steps: 3\n    ^"
    assert worded(error.text, lambda field: f"<{field}>") == str(error).replace("bed_level", "<bed_level>")


def test_what_is_at_fault_is_named_first():
    """What a message says to do may name other choices; one that is given goes before."""
    text = f"{option('link')} says how: add {option('player')}"
    assert UsageError(text).field == "link"
    assert UsageError(text, field="player").field == "player"
    assert UsageError("nothing").field is None
