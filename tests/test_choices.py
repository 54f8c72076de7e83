"""Choices are checked against nothing but themselves."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import voiceguide
from voiceguide import cli
from voiceguide.batch import jobsfile
from voiceguide.choices import TABLE, Choice, Choices, Label, Levels, table
from voiceguide.choices.kinds import Length
from voiceguide.cli.options import ABOUT_SESSIONS
from voiceguide.durations import parse_duration
from voiceguide.errors import UsageError


def test_the_defaults_are_the_contracts():
    """Short, full talk, everything said, the routine's own language, setup and bed."""
    made = Choices()
    assert (made.length.typed, made.talk, made.gate, made.safety) == ("short", "full", "auto", True)
    assert (made.opening, made.closing, made.without) == (True, True, ())
    assert (made.language, made.setup, made.bed, made.linger, made.chime_level) == (None,) * 5


@pytest.mark.parametrize(
    ("length", "total"),
    [
        ("short", None),
        ("full", None),
        ("15m", 900),
        ("7:30", 450),
        ("1h5m", 3900),
        ("612.34s", 612.34),
        ("10m12s", 612),
    ],
)
def test_a_length_is_named_or_an_exact_total(length, total):
    """In any form of a duration."""
    assert Choices(length).length.total == total


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"length": "15"}, "length: expected short, full or a total like 15m; expected a duration like"),
        ({"length": "shrot"}, 'Did you mean "short"?'),
        ({"length": "3m..5m"}, "length"),
        ({"length": "0s"}, "above zero"),
        ({"length": "25h"}, "at most 24 hours"),
        ({"talk": "mini"}, 'talk: expected full, calm or minimal, got "mini". Did you mean "minimal"?'),
        ({"gate": "short"}, 'gate: expected auto, core, full or brief, got "short".'),
        ({"gate": "ful"}, 'Did you mean "full"?'),
        ({"chime_level": 1}, "chime_level: expected -40 to 0 dB from as loud as they are, got 1; or none"),
        ({"chime_level": -41}, "got -41; or none"),
        ({"chime_level": "soft"}, 'got "soft"; or none'),
        ({"chime_level": True}, "chime_level: expected -40 to 0"),
        ({"linger": -1}, "linger: expected seconds, 0 to"),
        ({"linger": "3-5 min"}, 'expected a duration like "90s", "2m", "3m30s" or "1:30", got "3-5 min"'),
        ({"length": 10**400}, "got 1000"),
        ({"linger": 10**400}, "got 1000"),
        ({"pace": 10**400}, "got 1000"),
        ({"voice": 3}, "voice: expected a text (ENGINE[:NAME]|female|male), got 3"),
    ],
)
def test_what_no_session_can_be_is_refused(choice, says):
    """Before anything is read, with the options there are."""
    with pytest.raises(UsageError) as caught:
        Choices(**choice)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("gate", "safety", "brief"),
    [
        ("auto", True, False),
        ("core", True, False),
        ("full", True, False),
        ("brief", True, True),
        ("auto", False, True),
        ("full", False, True),
        ("brief", False, True),
    ],
)
def test_skipping_safety_leaves_the_brief_gate(gate, safety, brief):
    """The gate stays in any case."""
    assert Choices(gate=gate, safety=safety).brief is brief


@pytest.mark.parametrize("choice", TABLE, ids=lambda choice: choice.field)
def test_an_option_said_once_is_everywhere(choice: Choice) -> None:
    """On the command lines of `render` and `batch`, in jobs files, config files and signatures, under its own names."""
    context = click.Context(cli.cli)
    for name in ("render", "batch"):
        command = cli.cli.get_command(context, name)
        assert command is not None
        options = {flag: param for param in command.params for flag in param.opts}
        assert choice.help in str(options[f"--{choice.flag}"].help), name  # type: ignore[attr-defined]
    assert choice.field in jobsfile.KEYS
    assert choice.field in signature(voiceguide.render).parameters


def test_what_sessions_share_stays_theirs() -> None:
    """The commands about sessions take what changes a session, and no more of the table."""
    own = {f"--{choice.flag}" for choice in table(Choices)}
    label = {f"--{choice.flag}" for choice in table(Label)}
    others = {f"--{choice.flag}" for choice in TABLE} - own
    for name in ABOUT_SESSIONS:
        command = cli.cli.get_command(click.Context(cli.cli), name)
        assert command is not None
        flags = {flag for param in command.params for flag in param.opts}
        assert own <= flags
        assert name == "render" or flags & others <= (label if name == "card" else set())


def test_a_timeline_repeats_what_it_is_told() -> None:
    """By keyword, as it was meant."""
    told = Choices(gate="brief", without=3, linger="5s", chime_level="-6").told()
    assert told == {
        "gate": "brief",
        "chime_level": -6.0,
        "safety": True,
        "opening": True,
        "closing": True,
        "without": ("3",),
        "linger": 5.0,
    }


@pytest.mark.parametrize(
    ("choice", "given", "meant"),
    [
        ("length", 900, Length("15m", 900.0)),
        ("length", "7:30", Length("7:30", 450.0)),
        ("length", Length("full", None), Length("full", None)),
        ("pace", "120", 120),
        ("pace", 120.0, 120),
        ("bed_level", "-16", -16.0),
        ("bed", Path("music/calm.wav"), str(Path("music/calm.wav"))),
        ("without", "Knead", ("Knead",)),
        ("without", ["Knead", 2], ("Knead", "2")),
        ("linger", 0, 0.0),
        ("linger", "0s", 0.0),
        ("linger", "5m", 300.0),
        ("linger", None, None),
        ("gate", None, "auto"),
        ("chime_level", "none", "none"),
        ("chime_level", "-6", -6.0),
        ("chime_level", 0, 0.0),
        ("chime_level", -40, -40.0),
        ("chime_level", None, None),
        ("opening", None, True),
        ("talk", None, "full"),
    ],
)
def test_a_value_is_read_by_its_kind(choice: str, given: object, meant: object) -> None:
    """Typed, in a file, or from Python; None leaves it as it is."""
    assert getattr(Choices(**{choice: given}), choice) == meant


@given(st.floats(0.01, 24 * 3600))
def test_a_total_in_seconds_is_kept_whole(seconds: float) -> None:
    """What is shown of it can be typed again, and is within a hundredth."""
    length = Choices(length=seconds).length
    assert length.total == seconds
    assert parse_duration(length.typed) == pytest.approx(seconds, abs=0.0051)


def test_the_edges_of_a_range_are_in_it() -> None:
    """And nothing beyond them."""
    assert (Levels(loudness="-30").loudness, Levels(loudness=-16).loudness) == (-30.0, -16.0)
    for wrong in ("-30.1", "-15.9", float("nan"), float("-inf"), True, "loud", []):
        with pytest.raises(UsageError, match=r"^loudness: expected -30 to -16 LUFS, got "):
            Levels(loudness=wrong)


@pytest.mark.parametrize("choice", [{"pace": 80}, {"pace": 220}, {"bed_level": -40}, {"bed_level": -9}])
def test_the_ends_of_a_span_belong_to_it(choice):
    """What a message names as the most can be had."""
    (name,) = choice
    assert getattr(Choices(**choice), name) == choice[name]
    assert [Levels(loudness=value).loudness for value in (-30, -16)] == [-30, -16]
