"""The choices as options: which were typed, and what a command calls each in its messages."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from voiceguide.cli.options import chosen, named

TYPED = {
    "length": None,
    "voice": ("tone",),
    "pace": (),
    "skip_safety": False,
    "no_opening": True,
    "room": False,
    "without": (),
    "bed_level": "-16",
}


def test_what_was_not_typed_is_left_to_the_jobs() -> None:
    """A switch that nobody typed is none of a batch's choices: a jobs file may say otherwise. Other options stay."""
    options: dict[str, Any] = {**TYPED, "suffix": "mp3"}
    assert chosen(options, everything=False) == {"voice": ("tone",), "opening": False, "bed_level": "-16"}
    assert options == {"suffix": "mp3"}


def test_what_was_not_typed_is_its_default_for_one_session() -> None:
    """A switch that says no becomes what it leaves."""
    assert chosen(dict(TYPED)) == {
        "length": None,
        "voice": ("tone",),
        "pace": (),
        "safety": True,
        "opening": False,
        "room": False,
        "without": (),
        "bed_level": "-16",
    }


@pytest.mark.parametrize(
    ("command", "field", "called"),
    [
        ("render", "bed_level", "--bed-level"),
        ("render", "safety", "--skip-safety"),
        ("render", "path", "-o"),
        ("render", "routine", "ROUTINE"),
        ("say", "text", "TEXT"),
        ("play", "begin", "--from"),
        ("preview", "step", "--step"),
        ("new", "step", "--step"),
        ("feed", "overwrite", "--overwrite"),
        ("feed", "without_voice", "without voice"),
    ],
)
def test_a_name_is_the_running_command_s(command: str, field: str, called: str) -> None:
    """Its option, or its argument; what it does not have is told in plain words."""
    assert named(field, import_module(f"voiceguide.cli.{command}").command) == called
