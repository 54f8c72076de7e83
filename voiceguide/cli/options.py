"""What the commands about sessions share: the choices, and the routine they are about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.routine.model import Routine

    F = TypeVar("F", bound=Callable[..., Any])

ABOUT_SESSIONS = ("show", "plan", "card", "preview", "render", "play")
"""The commands that take these choices."""


class Choice(click.Option):
    """An option of every command about sessions; what VOICEGUIDE_RENDER_… says of it holds for all of them."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Take the command's own variable, or else render's."""
        return super().resolve_envvar_value(ctx) or os.environ.get(f"VOICEGUIDE_RENDER_{str(self.name).upper()}")


class _Steps(click.types.StringParamType):
    """Several steps in one variable stand between semicolons, as names have spaces and commas."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """Take the variable apart."""
        return [name for part in rv.split(";") if (name := part.strip())]


def _choice(*names: str, **details: Any) -> Callable[[F], F]:
    return click.option(*names, cls=Choice, **details)


_OPTIONS = (
    _choice("--length", default="short", metavar="short|full|15m", show_default=True, help="How long, in all."),
    _choice("--voice", metavar="ENGINE[:NAME]", help="Who speaks; `voiceguide voices` lists them."),
    _choice("--pace", type=int, default=135, metavar="WPM", show_default=True, help="Words a minute in a sentence."),
    _choice("--talk", default="full", metavar="full|calm|minimal", show_default=True, help="How much is said."),
    _choice("--language", metavar="L", help="Language of the session, as de or es; the routine's own by default."),
    _choice("--setup", metavar="NAME", help="How the receiver lies or sits, where a routine knows several."),
    _choice(
        "--without",
        multiple=True,
        type=_Steps(),
        metavar="STEP",
        help="Leave out a step, by name or number; repeatable.",
    ),
    _choice("--bed", metavar="NAME|FILE|none", help="The sound under the voice."),
    _choice("--bed-level", type=float, metavar="DB", help="How loud the bed is in the pauses, from the voice, as -16."),
    _choice("--gate", default="full", metavar="full|brief", show_default=True, help="The words of care before."),
    _choice("--skip-safety", is_flag=True, help="Only the brief words of care, for those who know them."),
    _choice("--no-opening", is_flag=True, help="Leave out the opening; the words of care stay."),
    _choice("--no-closing", is_flag=True, help="Leave out the closing."),
    _choice("--linger", metavar="DURATION", help="How long the sound goes on after the end, as 5m."),
)


def session_choices(function: F) -> F:
    """Add the options that choose a session."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def routines_option(function: F) -> F:
    """Add --routines."""
    return click.option(
        "--routines",
        multiple=True,
        metavar="DIR",
        type=click.Path(file_okay=False),
        help="A folder with routines of your own; repeatable.",
    )(function)


def session_arguments(options: dict[str, Any]) -> dict[str, Any]:
    """Turn the options as typed into the arguments of `session.plan` and `session.render`."""
    from voiceguide.durations import DurationError, parse_duration
    from voiceguide.errors import UsageError

    linger = options.pop("linger")
    try:
        seconds = None if linger is None else parse_duration(linger, zero=True)
    except DurationError as error:
        raise UsageError(f"--linger: {error}") from None
    return {
        "length": options.pop("length"),
        "voice": options.pop("voice"),
        "pace": options.pop("pace"),
        "talk": options.pop("talk"),
        "language": options.pop("language"),
        "setup": options.pop("setup"),
        "without": options.pop("without"),
        "bed": options.pop("bed"),
        "bed_level": options.pop("bed_level"),
        "gate": options.pop("gate"),
        "safety": not options.pop("skip_safety"),
        "opening": not options.pop("no_opening"),
        "closing": not options.pop("no_closing"),
        "linger": seconds,
    }


def loaded(routine: str, folders: tuple[str, ...]) -> Routine:
    """Read the routine a user named."""
    from voiceguide.routine import finding
    from voiceguide.routine.reading import read

    return read(finding.find(routine, finding.folders(folders)))
