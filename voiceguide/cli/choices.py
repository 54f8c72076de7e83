"""What the commands about sessions share: the choices, and the routine they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.routine.model import Routine

    F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--length", default="short", metavar="short|full|15m", show_default=True, help="How long, in all."),
    click.option("--voice", metavar="ENGINE[:NAME]", help="Who speaks; `voiceguide voices` lists them."),
    click.option(
        "--pace", type=int, default=135, metavar="WPM", show_default=True, help="Words a minute in a sentence."
    ),
    click.option("--talk", default="full", metavar="full|calm|minimal", show_default=True, help="How much is said."),
    click.option("--language", metavar="L", help="Language of the session, as de or es; the routine's own by default."),
    click.option("--setup", metavar="NAME", help="How the receiver lies or sits, where a routine knows several."),
    click.option("--without", multiple=True, metavar="STEP", help="Leave out a step, by name or number; repeatable."),
    click.option("--bed", metavar="NAME|FILE|none", help="The sound under the voice."),
    click.option("--gate", default="full", metavar="full|brief", show_default=True, help="The words of care before."),
    click.option("--skip-safety", is_flag=True, help="Only the brief words of care, for those who know them."),
    click.option("--no-opening", is_flag=True, help="Leave out the opening; the words of care stay."),
    click.option("--no-closing", is_flag=True, help="Leave out the closing."),
    click.option("--linger", metavar="DURATION", help="How long the sound goes on after the end, as 5m."),
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
        seconds = parse_duration(linger, zero=True) if linger else None
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
        "gate": options.pop("gate"),
        "safety": not options.pop("skip_safety"),
        "opening": not options.pop("no_opening"),
        "closing": not options.pop("no_closing"),
        "linger": seconds,
    }


def loaded(routine: str, folders: tuple[str, ...]) -> Routine:
    """Read the routine a user named."""
    from voiceguide import catalogue
    from voiceguide.routine.reading import read

    return read(catalogue.find(routine, catalogue.folders(folders)))
