"""Values that are wrong in a way that tells what was meant: one message each, and a mend that leaves nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.durations import DurationError, parse_range
from voiceguide.routine.source import mended

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = "title: T\nsummary: S\n"
END = "steps:\n  - {name: A, say: Go.}\n"


def step(line: str) -> str:
    """A routine whose step has a line."""
    return f"{TOP}steps:\n  - name: A\n    say: Go.\n    {line}\n"


def timed(line: str) -> str:
    """The same for a step of two minutes."""
    return step(f"duration: 2m\n    {line}")


MEANT = [
    # rule, the file with ▶ where the fault stands, words of the message
    ("bad-duration", step("duration: ▶5 minutes each side"), 'write "5m", since every side has as long anyway'),
    ("bad-duration", step("duration: ▶2 Minuten"), 'write "2m"'),
    ("bad-duration", step("duration: ▶about half a minute"), 'write "30s"'),
    ("bad-duration", step("duration: ▶5m..3m"), "the shorter time first"),
    ("bad-duration", timed("transition: ▶two seconds"), 'write "2s"'),
    ("bad-moment", timed("cues: [{at: ▶halfway, say: x}]"), 'write "50%"'),
    ("bad-moment", timed("cues: [{at: ▶–30s, say: x}]"), 'write "-30s"'),
    ("bad-moment", timed("cues: [{at: ▶30s before the end, say: x}]"), 'write "-30s"'),
    ("bad-moment", timed("cues: [{at: ▶after 40 Sekunden, say: x}]"), 'write "40s"'),
    ("no-space", timed("cues: [{▶at:15s, say: x}]"), 'write "at: 15s"'),
    ("wrong-type", step("oil: ▶yes"), "write true"),
    ("wrong-type", step("oil: ▶'false'"), "write it without quotes"),
    ("wrong-type", step("pressure: ▶medium"), "write 4"),
    ("wrong-type", step("pressure: ▶3/7"), "write 3"),
    ("wrong-type", timed("hold: {press: 5s, times: ▶3x}"), "write 3"),
    ("wrong-word", step("sides: ▶left and right"), "write [left, right]"),
    ("wrong-word", step("sides: ▶Both sides"), "write both"),
    ("wrong-word", f"{TOP}audience: ▶Self\n{END}", 'Did you mean "self"?'),
    ("bad-language", f"{TOP}language: ▶German\n{END}", 'write "de"'),
    ("unknown-sound", f"{TOP}bed: ▶ran\n{END}", 'Did you mean "rain"?'),
    ("unknown-only", step("only: ▶ful"), 'Did you mean "full"?'),
    ("unknown-key", f"▶Titel: T\nsummary: S\n{END}", 'Did you mean "title"?'),
    ("unknown-key", f"{TOP}▶Schritte:\n  - {{name: A, say: Go.}}\n", 'Did you mean "steps"?'),
    ("unknown-key", f"{TOP}steps:\n  - name: A\n    ▶text: Go.\n", 'Did you mean "say"?'),
    ("unknown-key", step("▶time: 2m\n    cues: [{at: 5s, say: x}]"), 'Did you mean "duration"?'),
    ("unknown-key", timed("▶check-in: true"), 'Did you mean "check_in"?'),
    ("bad-mark", step('warn: ▶"Soft. [wait 3s] Now."'), "write [pause 3s]"),
    ("bad-mark", step('sides: both\n    warn: ▶"The [side] side."'), "write {side}"),
    ("unknown-placeholder", step('warn: ▶"Soft. {pause 3s} Now."'), "write [pause 3s]"),
    ("unknown-placeholder", step('sides: both\n    warn: ▶"The {Side} side."'), "write {side}"),
    ("near-side", step("sides: [▶lefft, right]"), 'did you mean "left"?'),
    ("near-side", step("sides: [left, ▶rihgt]"), 'did you mean "right"?'),
]


@pytest.mark.parametrize(("rule", "content", "words"), MEANT)
def test_what_is_meant_is_said_and_mends_it(
    rule: str, content: str, words: str, one_fault: Callable, examined: Callable
):
    """One message, whatever else hangs on it; one change of the text leaves a routine with nothing to say of it."""
    fault = one_fault(content)
    assert fault.rule == rule
    assert words in fault.message
    routine, faults = examined(mended(content.replace("▶", ""), fault.mend))
    assert (routine is not None, faults) == (True, ())


def test_there_are_kinds_enough_for_buttons():
    """A page offers a mend of one click for many kinds of mistakes."""
    assert len({rule for rule, _, _ in MEANT}) >= 10  # and those of the notation


@pytest.mark.parametrize(
    ("rule", "content", "words"),
    [
        ("bullet", step("warn: ▶• Soft hands"), 'write each item on a line of its own, as "- Soft hands"'),
        ("unknown-key", timed("cues: [{▶wann: 15s, say: x}]"), 'got "wann". It has: at'),
    ],
)
def test_one_mistake_is_one_message(rule: str, content: str, words: str, one_fault: Callable):
    """Where no single change mends it, too."""
    fault = one_fault(content)
    assert (fault.rule, fault.mend) == (rule, None)
    assert words in fault.message


@pytest.mark.parametrize("side", ["lift", "links", "left side", "front", "both arms", "Left"])
def test_sides_of_one_s_own_are_taken(side: str, examined: Callable):
    """Near or not, they are words."""
    _, faults = examined(step(f"sides: [{side}, right]"))
    assert faults == ()


TIMES = [
    ("2 Minuten", "2m"),
    ("30 Sekunden", "30s"),
    ("2 minutos", "2m"),
    ("deux minutes", "2m"),
    ("a minute", "1m"),
    ("half a minute", "30s"),
    ("1½ min", "1m30s"),
    ("1 1/2 min", "1m30s"),
    ("two and a half minutes", "2m30s"),
    ("ca. 2 min", "2m"),
    ("2m 30", "2m30s"),
    ("2'30\"", "2m30s"),
    ("1:75", "2m15s"),
    ("5 min je Seite", "5m"),
    ("2m each", "2m"),
    ("3 bis 5 Minuten", "3m..5m"),
    ("one to two minutes", "1m..2m"),
    ("2 minutes and 30 seconds", "2m30s"),
    ("5m..3m", "3m..5m"),
    ("forty-five seconds", "45s"),
    ("soon", ""),
    ("2 months", ""),
    ("a few minutes", ""),
    ("30s2m", ""),
    ("90", ""),
]


@pytest.mark.parametrize(("written", "meant"), TIMES)
def test_a_time_as_people_spell_it(written: str, meant: str):
    """It is refused, as the format says, with what is read in its place; what nobody can tell is not guessed."""
    with pytest.raises(DurationError) as caught:
        parse_range(written)
    assert caught.value.meant == meant
    if meant:
        assert parse_range(meant)
