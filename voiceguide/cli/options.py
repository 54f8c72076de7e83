"""What the commands about sessions share: the choices as options, the routine they are about, and how faults name them.

The options derive from the table of `voiceguide.choices`: nothing about one is said here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

import click

from voiceguide.choices import TABLE, Choice, Choices, Label, table
from voiceguide.choices.kinds import Length, Switch, Texts
from voiceguide.cli.commands import Command
from voiceguide.errors import Message, UsageError, did_you_mean, worded
from voiceguide.text.lines import takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    F = TypeVar("F", bound=Callable[..., Any])

ABOUT_SESSIONS = ("show", "plan", "card", "preview", "render", "play", "send")
"""The commands that take the choices."""

_BY_FIELD = {choice.field: choice for choice in TABLE}
_ARGUMENTS = {"path": "output", "step": "steps"}
"""What Python calls otherwise than the command line."""


class ChoiceOption(click.Option):
    """An option of every command about sessions; what VOICEGUIDE_RENDER_… says of it holds for all of them."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Take the command's own variable, or else render's."""
        return super().resolve_envvar_value(ctx) or os.environ.get(f"VOICEGUIDE_RENDER_{str(self.name).upper()}")


class Holding(click.Group):
    """A command that holds commands, whose options and arguments a fault of theirs names."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        if args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = did_you_mean(args[0], self.commands)
            raise click.UsageError(f'"{self.name}" has no command "{args[0]}".{near}', ctx)
        found = super().resolve_command(ctx, args)
        ctx.obj["command"] = found[1]
        return found


class _Several(click.types.StringParamType):
    """Several texts in one variable stand between semicolons, as names have spaces and commas."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """Take the variable apart."""
        return [name for part in rv.split(";") if (name := part.strip())]


class Words(click.types.StringParamType):
    """A text that is kept: letters, and no bytes that are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return it as it is."""
        if not takes(str(value), "utf-8"):
            raise click.BadParameter(f"expected a text, got bytes that are none: {value}", ctx, param)
        return super().convert(value, param, ctx)


class Values(click.types.StringParamType):
    """Several values of one choice, between commas."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take them apart, and read each. Raises UsageError."""
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in str(value).split(",")]
        if not all(parts):
            raise click.BadParameter(f'expected values with commas between them, got "{value}"', ctx, param)
        return tuple(given(self._choice, part) for part in parts)

    def split_envvar_value(self, rv: str) -> list[str]:
        """A variable has them between commas too."""
        return [rv]


def given(choice: Choice, text: str) -> Any:
    """Read a choice that was typed; a length stays as it was. Raises UsageError."""
    value = choice.read(text)
    return value.typed if isinstance(value, Length) else value


def of_session(function: F) -> F:
    """Add the options that choose a session."""
    return _added(function, map(_option, table(Choices)))


def of_render(function: F) -> F:
    """Add those that choose how its file sounds too."""
    chosen = {choice.field for choice in table(Choices)}
    return _added(function, (_option(choice, click.Option) for choice in TABLE if choice.field not in chosen))


def of_label(function: F) -> F:
    """Add those that say who made a session, and what it looks like."""
    return _added(function, (_option(choice, click.Option) for choice in table(Label)))


def of_say(function: F) -> F:
    """Add those that choose how a text is spoken."""
    return _added(function, (_option(_BY_FIELD[field], click.Option) for field in ("voice", "pace", "language")))


def of_lines(function: F, *, but: tuple[str, ...] = ()) -> F:
    """Add those that choose which lines are read aloud: of both named lengths, and all visits, where none is typed."""

    def of(choice: Choice) -> Callable[[F], F]:
        if choice.field == "visit":
            return _option(choice, default=None, show_default=False, help=f"{choice.help}  [default: all of them]")
        if choice.field != "length":
            return _option(choice)
        said = f"{choice.help} Several stand between commas.  [default: short,full]"
        several: dict[str, Any] = {"type": Values(choice), "metavar": f"{choice.kind.metavar},…"}
        return click.option("--length", help=said, **several)

    return _added(function, (of(choice) for choice in table(Choices) if choice.field not in but))


def of_batch(function: F, notes: dict[str, str]) -> F:
    """Add all of them, with nothing for what is not typed; some take several values. `notes` add to their help."""

    def of(choice: Choice) -> Callable[[F], F]:
        said = f"{choice.help} {notes[choice.field]}" if choice.field in notes else choice.help
        if not choice.several:
            return _option(choice, click.Option, default=None, show_default=False, help=said)
        several: dict[str, Any] = {"type": Values(choice), "multiple": True, "metavar": f"{choice.kind.metavar},…"}
        return click.option(f"--{choice.flag}", choice.flag.replace("-", "_"), help=said, **several)

    return _added(function, map(of, TABLE))


def _added(function: F, options: Iterable[Callable[[F], F]]) -> F:
    for option in reversed(tuple(options)):
        function = option(function)
    return function


def _option(choice: Choice, cls: type[click.Option] = ChoiceOption, **changes: Any) -> Callable[[F], F]:
    """A choice as click takes it; values stay as they were typed, and are read where all choices are."""
    details: dict[str, Any] = {"help": choice.help, "cls": cls}
    if isinstance(choice.kind, Switch):
        details["is_flag"] = True
    elif isinstance(choice.kind, Texts):
        details |= {"multiple": True, "type": _Several(), "metavar": choice.kind.metavar}
    else:
        shown = isinstance(choice.default, str | int | Length)
        default = str(choice.default) if shown else None
        details |= {"type": str, "metavar": choice.kind.metavar, "default": default, "show_default": shown}
    if isinstance(choice.kind, Switch | Texts):
        changes.pop("show_default", None)
    return click.option(f"--{choice.flag}", choice.flag.replace("-", "_"), **(details | changes))


def chosen(options: dict[str, Any], *, everything: bool = True) -> dict[str, Any]:
    """Take the choices out of a command's options, by their keywords; without `everything` only what was typed."""
    found = {}
    for choice in TABLE:
        name = choice.flag.replace("-", "_")
        if name not in options:
            continue
        value = options.pop(name)
        typed = value not in (None, (), False)
        if everything or typed:
            found[choice.field] = not value if choice.negative else value
    return found


def refuse_choices(ctx: click.Context, *, but: str = "") -> None:
    """Raise UsageError for a choice, or --routines, that was typed for a finished file."""
    for param in ctx.command.params:
        typed = ctx.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE
        if typed and param.name != but and (isinstance(param, ChoiceOption) or param.name == "routines"):
            raise UsageError(f"{param.opts[0]}: expected with a routine only; a finished sound file stays as it is")


# ---- names in messages ----------------------------------------------------------------------------------------------


def said(text: str, command: click.Command | None = None) -> str:
    """Word a message for the command line: its names become the options and arguments of the command that runs."""
    context = click.get_current_context(silent=True)
    running = command or (context.command if context else None)
    return worded(text.raw if isinstance(text, Message) else text, lambda field: named(field, running))


def named(field: str, command: click.Command | None) -> str:
    """Return what a command calls a choice or an argument."""
    choice = _BY_FIELD.get(field)
    names = (choice.flag.replace("-", "_") if choice else _ARGUMENTS.get(field, field), field)
    for param in command.params if command else ():
        if param.name in names:
            return param.opts[0] if isinstance(param, click.Option) else (param.metavar or field.upper())
    return f"--{choice.flag}" if choice else field.replace("_", " ")
