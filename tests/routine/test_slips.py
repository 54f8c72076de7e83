"""Slips of the notation: one message a mistake, at its own line, with what to write instead; and what is no slip."""

# ruff: noqa: RUF001 (signs that look like others are what this is about)

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.errors import Fault
from voiceguide.routine import slips
from voiceguide.routine.source import Source, mended

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TOP = "title: T\nsummary: S\n"
END = "steps:\n  - name: A\n    say: Go.\n"
NBSP = "\N{NO-BREAK SPACE}"


def step(lines: str) -> str:
    """A routine whose second step has these lines, from where its keys stand on."""
    inner = "\n".join(f"    {line}" if line else line for line in lines.split("\n"))
    return f"{TOP}{END}  - name: B\n    say: Stop.\n{inner}\n    pressure: 2\n"


def need(lines: str) -> str:
    """A routine with these lines below `need:`."""
    return f"{TOP}need:\n{lines}\n{END}"


ONE = [
    # rule, the file with ▶ where the fault stands, words of the message
    ("no-colon", f"▶title Base\nsummary: S\n{END}", 'expected a colon after "title", got none: write "title: Base"'),
    ("no-colon", f"{TOP}▶language en\n{END}", 'write "language: en"'),
    ("no-colon", step("▶duration 2m"), 'write "duration: 2m"'),
    ("no-colon", step("duration▶ = 2m"), 'got an equals sign (=): write "duration: 2m"'),
    ("no-colon", step("duration▶; 2m"), "got a semicolon (;)"),
    ("no-colon", f"title▶：T\nsummary: S\n{END}", 'got "：": write "title: T"'),
    ("no-colon", f"{TOP}▶steps\n  - name: A\n    say: Go.\n", 'write "steps:"'),
    ("no-colon", f"{TOP}steps:\n  - ▶name Knead\n    say: Go.\n", 'write "name: Knead"'),
    ("no-colon", f"{TOP}steps:\n  - ▶Knead\n    say: Go.\n", 'write "- name: Knead"'),
    ("no-colon", f"{TOP}safety:\n  ▶avoid\n    - the spine\n{END}", 'write "avoid:"'),
    ("no-space", step("▶duration:2m"), 'got "duration:2m": write "duration: 2m"'),
    ("no-space", f"▶title:Base\nsummary: S\n{END}", 'write "title: Base"'),
    ("no-space", f"{TOP}▶need:[oil, a towel]\n{END}", 'write "need: [oil, a towel]"'),
    ("no-space", f"{TOP}steps:\n  - ▶name:A\n    say: Go.\n", 'write "name: A"'),
    ("no-space", step("cues:\n  - ▶at:5s\n    say: Slow.\nduration: 1m"), 'write "at: 5s"'),
    ("missing-dash", f"{TOP}{END}    ▶name: B\n    say: Stop.\n", 'before each step, got none: write "- name: B"'),
    ("missing-dash", f"{TOP}{END}  ▶name: B\n    say: Stop.\n", 'write "- name: B"'),
    ("missing-dash", f"{TOP}steps:\n    ▶name: A\n    say: Go.\n  - name: B\n    say: Stop.\n", 'write "- name: A"'),
    ("missing-dash", f"{TOP}steps:\n  ▶name: A\n  say: Go.\n", 'write "- name: A"'),
    ("missing-dash", step("duration: 1m\ncues:\n  - at: 5s\n    say: x\n    ▶at: 9s\n    say: y"), 'write "- at: 9s"'),
    ("missing-dash", need("  - oil\n  ▶a towel"), 'each item of a list, got none: write "- a towel"'),
    ("missing-dash", need("  ▶oil\n  - a towel"), 'write "- oil"'),
    ("bullet", need("  ▶• oil\n  • a towel"), 'got "•": write "- oil"; so on the next line too'),
    ("bullet", need("  ▶-oil\n  - a towel"), 'got a hyphen without one: write "- oil"'),
    ("bullet", need("  - oil\n  ▶-a towel"), 'write "- a towel"'),
    ("bullet", need("  ▶* oil\n  * towel\n  * salt"), "got an asterisk (*)"),
    ("bullet", need("  ▶1. oil\n  2. a towel"), 'got the number 1.: write "- oil"'),
    ("bullet", need("  - oil\n  ▶– a towel"), "got an en dash (–)"),
    ("bullet", f"{TOP}steps:\n  ▶– name: A\n    say: Go.\n", 'write "- name: A"'),
    ("bullet", f"{TOP}steps:\n  ▶-name: A\n    say: Go.\n", 'write "- name: A"'),
    ("bullet", f"{TOP}steps:\n  ▶1) name: A\n     say: Go.\n", 'write "- name: A"'),
    ("bullet", f"{TOP}steps:\n  ▶-{NBSP}name: A\n    say: Go.\n", "a hyphen and a no-break space"),
    (
        "odd-space",
        step("warn: x").replace("    warn", f"  ▶{NBSP}{NBSP}warn"),
        "got a no-break space, which looks alike",
    ),
    ("odd-space", step(f"▶{NBSP}warn: x"), "got a no-break space, which looks alike"),
    ("odd-space", f"{TOP}steps:\n▶{NBSP}{NBSP}- name: A\n{NBSP}{NBSP}  say: Go.\n", "so on the next line too"),
    (
        "odd-space",
        step(f"warn▶:{NBSP}Soft."),
        'at the colon, got a no-break space, which looks alike: write "warn: Soft."',
    ),
    ("odd-space", step(f"warn▶{NBSP}: Soft."), 'write "warn: Soft."'),
    ("tab", f"{TOP}steps:\n▶\t- name: A\n\t  say: Go.\n", "write two spaces for each tab; so on the next line too"),
    ("indentation", f"▶  title: T\nsummary: S\n{END}".replace("▶  ", "  ▶"), 'expected no space before "title"'),
    ("indentation", f"title: T\n  ▶summary: S\n{END}", 'expected no space before "summary"'),
    ("indentation", f"{TOP}steps:\n  - name: A\n   ▶say: Go.\n", 'expected 4 spaces before "say"'),
    ("indentation", f"{TOP}steps:\n  - name: A\n     ▶say: Go.\n", "got 5: line it up with them"),
    ("indentation", f"{TOP}steps:\n  - name: A\n  ▶say: Go.\n  duration: 1m\n", 'expected 4 spaces before "say"'),
    ("indentation", f"{TOP}{END}   ▶- name: B\n     say: Stop.\n     pressure: 2\n", 'before "- name", as before'),
    ("indentation", f"{TOP}{END} ▶- name: B\n   say: Stop.\n", 'expected 2 spaces before "- name"'),
    ("indentation", f"{TOP}{END}      ▶- name: B\n        say: Stop.\n", "got 6"),
    ("indentation", need("  - oil\n    ▶- a towel"), 'expected 2 spaces before "- a towel"'),
    ("indentation", need("    ▶- oil\n  - a towel"), 'expected 2 spaces before "- oil"'),
    ("indentation", need(" ▶- oil\n  - a towel"), 'expected 2 spaces before "- oil"'),
    ("indentation", need("    - oil\n    - salt\n  ▶- a towel"), 'expected 4 spaces before "- a towel"'),
    ("indentation", f"{TOP}steps:\n    ▶- name: A\n      say: Go.\n  - name: B\n    say: x\n", "expected 2 spaces"),
    ("indentation", f"{TOP}safety:\n   ▶avoid: [x]\n  more: [y]\n{END}", 'expected 2 spaces before "avoid"'),
    ("missing-dash", need("    ▶oil\n  - a towel"), 'write "- oil"'),
    ("missing-dash", step("duration: 1m\ncues:\n  ▶{at: 5s, say: x}\n  - {at: 9s, say: y}"), 'write "- {at: 5s'),
    ("missing-dash", f"{TOP}steps:\n  ▶name: A\n    say: Go.\n  - name: B\n    say: x\n", 'write "- name: A"'),
    ("no-colon", step("duration: 1m\n▶hold {press: 5s}"), 'write "hold: {press: 5s}"'),
    ("indentation", f"{TOP}safety:\n▶avoid: [x]\nmore: [y]\n{END}", 'expected 2 spaces before "avoid"'),
    ("missing-quote", step('warn: ▶"Soft hands.\nreminders: ["Slow."]\nduration: 1m'), 'write "Soft hands."'),
    ("missing-quote", need('  - ▶"oil\n  - "a towel"'), 'expected a closing " for the one that opens here'),
    ("missing-quote", step("warn: ▶'Soft hands.\nduration: 1m"), "write 'Soft hands.'"),
    ("missing-quote", step('warn: ▶"Soft hands.”\nduration: 1m'), "got ”"),
    ("missing-quote", step('warn: ▶"Soft\n  hands.\nduration: 1m'), "add it at the end of the text, on line 9"),
    ("missing-quote", f'{TOP}need: [▶"oil, a towel]\n{END}', "expected a closing"),
    (
        "missing-quote",
        step("warn: 'it'▶s soft'"),
        'got "s" behind it: put the whole text in other quotes: "it\'s soft"',
    ),
    ("missing-quote", step('warn: "Say "▶stop" now."'), "'Say \"stop\" now.'"),
    ("missing-quote", step('warn: "Soft" ▶hands.'), "'\"Soft\" hands.'"),
    ("missing-bracket", f"{TOP}need: ▶[oil, a towel\n{END}", 'expected a closing "]" for the "[" that opens here'),
    (
        "missing-bracket",
        step("cues:\n  - ▶{at: 5s, say: x\n  - {at: 9s, say: y}\nduration: 1m"),
        "add it at the end of line 9",
    ),
    ("missing-bracket", f"{TOP}need: ▶[oil,\n  a towel\n{END}", "add it at the end of line 4"),
    ("second-colon", step("warn: Note▶: soft"), 'since it has a colon in it, got none: write "Note: soft"'),
    ("second-colon", f"title: Now▶:\nsummary: S\n{END}", 'write "Now:"'),
    ("second-key", step("warn: Soft. ▶duration: 2m"), 'expected one key on a line, got "duration" behind another'),
    ("hash", step("warn: Soft ▶#hands\n  and slow"), "are taken for a note of yours"),
    ("hash", f"{TOP}need: [oil ▶#2, a towel]\n{END}", 'put the text in quotes: "oil #2"'),
    ("curly-quotes", f"{TOP}need: [▶“oil, warm”, towel]\n{END}", 'write "oil, warm"'),
    ("curly-quotes", step("warn: ▶“Now: soft”"), "expected straight quotes, got curly ones (“ ”)"),
    ("curly-quotes", step("duration: ▶“2m”"), "write 2m"),
    ("code-fence", f"▶```yaml\n{TOP}{END}", "from a chat or a web page: delete this line"),
]


@pytest.mark.parametrize(("rule", "content", "words"), ONE)
def test_a_slip_is_one_message_at_its_line(rule: str, content: str, words: str, one_fault: Callable):
    """With what to write instead, and without a word of YAML's own; what stands behind it is read as it was meant."""
    fault = one_fault(content)
    assert fault.rule == rule
    assert words in fault.message
    assert not any(word in fault.message for word in ("token", "scalar", "mapping", "YAML", "sequence", "parse"))


@pytest.mark.parametrize("content", [content for _, content, _ in ONE])
def test_the_mend_of_a_slip_leaves_a_whole_routine(content: str, one_fault: Callable, examined: Callable):
    """Nothing else was wrong; a text that goes on over lines is left to its author."""
    fault: Fault = one_fault(content)
    if fault.mend is None:
        assert fault.rule == "hash"
        return
    routine, faults = examined(mended(content.replace("▶", ""), fault.mend))
    assert routine is not None, "\n".join(map(str, faults))


WARNED = [
    ("hash", step("warn: Soft ▶# hands"), 'the words from "# hands" on', "Soft # hands"),
    ("hash", need("  - oil ▶#2"), 'put the whole text in quotes: "oil #2"', "oil #2"),
    ("curly-quotes", step("warn: ▶“Soft hands.”"), 'write "Soft hands."', "Soft hands."),
    ("curly-quotes", f"{TOP}need: [▶‘oil’, towel]\n{END}", 'write "oil"', "oil"),
    ("stray-quote", step('warn: Soft hands.▶"'), "ends with a quote that none opens", "Soft hands."),
]


@pytest.mark.parametrize(("rule", "content", "words", "meant"), WARNED)
def test_what_reads_and_was_hardly_meant_is_a_warning(
    rule: str, content: str, words: str, meant: str, one_fault: Callable, examined: Callable
):
    """The routine is there as YAML has it, and the mend makes of it what was meant."""
    fault = one_fault(content)
    assert (fault.rule, fault.level) == (rule, "warning")
    assert words in fault.message
    routine, faults = examined(mended(content.replace("▶", ""), fault.mend))
    assert faults == ()
    said = [
        text for each in (*routine.need, *(s.warn for s in routine.steps if s.warn)) for _, text in each.by_language
    ]
    assert meant in said


def test_all_slips_are_found_at_once(examined: Callable):
    """And so is what else is wrong, each at its own line."""
    _, faults = examined(
        'title Base\nsummary: S\nneed:\n  • oil\nsteps:\n  - name: A\n    say: "Go.\n    duration:2m\n    oil: yes\n'
    )
    found = [(fault.rule, fault.place.line) for fault in faults]
    assert found == [("no-colon", 1), ("bullet", 4), ("missing-quote", 7), ("no-space", 8), ("wrong-type", 9)]


def test_a_slip_knows_its_step(examined: Callable):
    """By its number and name, as a session counts them."""
    _, (fault,) = examined(step("warn: Note: soft"))
    assert "steps[1].warn (step 2, B): expected" in fault.text


def test_places_behind_a_repair_are_the_file_s(examined: Callable):
    """What was put in before them on their line does not count."""
    _, (first, second) = examined(step("oil:yes"))
    assert (first.rule, second.rule, second.place.column) == ("no-space", "wrong-type", 9)


@pytest.mark.parametrize(
    "content",
    [
        need("  - oil\n    and a towel"),
        need("  - oil      # or lotion"),
        need('  - "oil # 2"'),
        need("  - oil, 20% - 30% warm\n  - 5 - 6 towels"),
        step("warn: >\n  – Soft: hands\n  -x # y\n  \tand “slow”.\nduration: 2m"),
        step("warn: |-\n  title Base\n    duration:2m\nduration: 2m"),
        step('warn: "Soft\n  duration: hands"\nduration: 2m'),
        step("warn: Soft – and slow – hands\n  at 10:30 or so, it's fine"),
        step("duration: {short: 1m,\n  full: 2m}"),
        f"{TOP}steps:\n- name: A\n  say: Go.\n- name: B\n  say: [Stop., Now.]\n",
        f"{TOP}steps:\n  -\n    name: A\n    say:\n    - Go.\n    - Stop.\n",
        f"{TOP}need:\n- en: oil\n{END}",
        f"{TOP}settle:\n  - say: down\n    only: full\n  - up\n{END}",
        f"# a note\n---\n{TOP}need: [\n  oil,\n  a towel # warm\n]\n{END}",
        "  title: T\n  summary: S\n  steps:\n  - name: A\n    say: Go.\n",
        '{"title": "T", "summary": "S",\n"steps": [{"name": "A",\n"say": "Go: now"}]}',
    ],
)
def test_what_is_written_well_is_left_alone(content: str, examined: Callable):
    """Whatever stands in quotes, in a text of several lines, in a comment, or in brackets over lines."""
    routine, faults = examined(content)
    assert (routine is not None, faults) == (True, ())


def test_a_list_in_a_mapping_in_a_list_is_in_line():
    """However few items there are around it."""
    text = f"{TOP}reminders:\n- any:\n    - Slow.\n    - Calm.\n{END}"
    assert slips.find(Source("x", text)).found == ()


def test_no_routine_of_ours_has_a_slip():
    """Nor a test's."""
    paths = [*(ROOT / "voiceguide" / "routines").glob("*.yaml"), *(ROOT / "tests").rglob("*.yaml")]
    assert len(paths) > 15
    found = {path.name: slips.find(Source(path.name, path.read_text("utf-8"))).found for path in paths}
    assert not {name: found for name, found in found.items() if found}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=" \n-:#[]{}\"'“”•\t\N{NO-BREAK SPACE}ab1>|?%&*", max_size=60))
def test_any_lines_are_walked(text: str):
    """Whatever they are, each slip lies inside the text, and so does its mend."""
    content = f"{TOP}need:\n{text}\n{END}"
    for slip in slips.find(Source("x", content)).found:
        assert 0 <= slip.at <= len(content)
        start, end, _ = slip.mend or (0, 0, "")
        assert 0 <= start <= end <= len(content)


def test_a_mend_keeps_the_line_ends():
    """Of any system."""
    source = Source("x", "a\nbc\nd")
    assert mended("a\r\nbc\r\nd", source.mend(3, 4, "X")) == "a\r\nbX\r\nd"
    assert mended("a\rbc\rd", source.mend(0, 5, "X\n")) == "X\nd"
