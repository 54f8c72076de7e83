"""What every command does alike: an option takes one value, or says that it takes several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from voiceguide import cli

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


def test_a_second_value_is_refused_rather_than_lost(refused: Callable[..., str], run: Callable[..., Result]) -> None:
    """However it is written, in inner commands too; what takes several, and what takes none, may come again."""
    assert "--length: expected one value, got 2" in refused("plan", "small.yaml", "--length", "2m", "--length=3m")
    assert "--output: expected one value, got 3" in refused("schema", "-o", "a", "-ob", "--output", "c")
    assert "--language: expected one value" in refused("voices", "script", "small.yaml", *["--language", "en"] * 2)
    twice = ("--without", "1", "--without", "2", "--no-opening", "--no-opening", "--quiet", "--quiet")
    assert "expected one value" not in run("plan", "small.yaml", "--voice", "tone", *twice).err


def test_every_command_looks_for_it() -> None:
    """None is made in another way."""
    context = click.Context(cli.cli)
    for name in cli.COMMANDS:
        command = cli.cli.get_command(context, name)
        inner = command.commands.values() if isinstance(command, click.Group) else (command,)
        assert all(type(each).__name__ == "Command" and type(each) is not click.Command for each in inner), name


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (("schema",), "routine.schema.json"),
        (("new", "evening", "--yes", "--no-schema"), "evening.yaml"),
        (("card", "small.yaml", "--voice", "tone"), "small-short-card.html"),
        (("import", "how.txt"), "rest.yaml"),
        (
            ("preview", "small.yaml", "--step", "1", "--seconds", "1", "--voice", "tone", "--bed", "none"),
            "small-step-1.mp3",
        ),
    ],
)
def test_a_folder_may_be_named(
    arguments: tuple[str, ...], made: str, run: Callable[..., Result], refused: Callable[..., str]
) -> None:
    """The file gets its usual name in it; one that is not there is told before any work."""
    Path("how.txt").write_text("How to Rest\n\n1. Rest both hands on the back.\n2. Lift them.\n", "utf-8")
    Path("out").mkdir()
    assert run(*arguments, "-o", "out").out == f"{Path('out') / made}\n"
    assert "is no such folder" in refused(*arguments, "-o", "nowhere/")
    assert [path.name for path in Path("out").iterdir()] == [made]
