"""The command line: a file a command, and the one place where errors become messages and exit codes.

Nothing heavy is imported here: `--help` and `list` start fast.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import threading
import traceback
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, NoReturn

import click

from voiceguide.cli import config, printing, signals, streams
from voiceguide.errors import ExitCode, RoutineError, VoiceguideError, did_you_mean
from voiceguide.store import owned

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "studio": "Choose and hear, in the browser.",
    "list": "List the routines there are.",
    "show": "Show what a routine needs, its safety notes and its steps.",
    "new": "Begin a routine of your own.",
    "import": "Draft a routine from a how-to article.",
    "translate": "Make a place for each text in another language.",
    "check": "Find what is wrong in a routine's file.",
    "plan": "Show what happens when, without speaking.",
    "card": "Make a page for the wall.",
    "preview": "Hear a step, or how each begins.",
    "render": "Make the audio of a session.",
    "play": "Play a session here.",
    "send": "Send a session to a phone in the house.",
    "batch": "Make many sessions at once.",
    "measure": "Measure a sound file, alone or against its timeline.",
    "player": "Make a page that plays a session.",
    "feed": "Make a folder of sessions a podcast and a page.",
    "voices": "List the voices, and what is missing.",
    "say": "Speak a text to a file.",
    "sounds": "List the chimes and beds.",
    "drawings": "List the drawings of moves.",
    "schema": "Print the format for editors, as a JSON Schema.",
    "cache": "See or clear what is kept of earlier renders.",
    "doctor": "Show what works here, and how to mend what doesn't.",
}
"""What each does, in the help's order; each is a module here with a `command`; Python's own words end in _."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The commands, in the order a newcomer meets them."""
        return [*COMMANDS]  # not `list`: once imported, the command of that name stands here

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant: click knows only those that are imported."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f'There is no command "{name}".{did_you_mean(name, COMMANDS)}', ctx)
        found = super().resolve_command(ctx, args)
        ctx.obj["command"] = found[1]  # whose options a fault names, once nothing of it runs any more
        return found


_SCARCE = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
"""Too many open files, too little memory, too many processes."""


def _set(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Note --quiet and --debug, wherever they stand."""
    if value:
        ctx.obj[param.name] = True


_QUIET = click.Option(
    ["--quiet", "-q"], is_flag=True, expose_value=False, callback=_set, help="Print results and errors only."
)
_DEBUG = click.Option(
    ["--debug"], is_flag=True, expose_value=False, callback=_set, help="Show where in the program an error came from."
)


def _command(name: str) -> click.Command:
    """Import a command and let it, and the commands it holds, take --quiet and --debug too."""
    command: click.Command = import_module(f"voiceguide.cli.{name}{'_' * iskeyword(name)}").command
    held = command.commands.values() if isinstance(command, click.Group) else ()
    for each in (command, *held):
        if _DEBUG not in each.params:
            each.params += [_QUIET, _DEBUG]
    return command


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from voiceguide.installed import generator

        printing.result(generator())
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: voiceguide studio",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turn a massage routine into one narrated audio session."""
    ctx.default_map = config.defaults(COMMANDS, _command)
    if os.environ.get("NO_COLOR"):
        ctx.color = False


cli.params += [_QUIET, _DEBUG]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the interface's code; without `arguments` it is the whole program."""
    running: dict[str, Any] = {"quiet": False, "debug": False, "command": None, "made": False}
    running["written"] = owned.written()
    if arguments is not None:
        sys.exit(_run([*arguments], running))
    streams.begin()
    try:
        signals.heed()
        code = _run(sys.argv[1:], running)
        signals.ignore()
    except KeyboardInterrupt:  # while a message was printed, or between two lines
        signals.ignore()
        code = _interrupted(running)
    owned.take_away()
    streams.flush()
    if code == ExitCode.DONE and (lost := streams.lost()) and not running["made"]:
        printing.remark(f"Error: what was asked for could not be printed on stdout: {lost.strerror}")
        streams.flush()
        code = ExitCode.FAILED
    if signals.heard() or any(thread.daemon for thread in threading.enumerate()):
        # A voice that hangs keeps its thread. Python's own end of the process would meet it inside its library, which
        # then aborts: the code would be lost. So it would be after a signal that came while a module made a dataclass:
        # Python then takes it for one that nobody caught.
        os._exit(code)
    sys.exit(code)


def _run(arguments: list[str], running: dict[str, Any]) -> int:
    """Run a command, print what is wrong, and return the exit code."""
    printing.given((*arguments, *(value for name, value in os.environ.items() if name.startswith("VOICEGUIDE_"))))
    try:
        code = cli.main(
            arguments, prog_name="voiceguide", standalone_mode=False, auto_envvar_prefix="VOICEGUIDE", obj=running
        )
    except VoiceguideError as error:
        _trace(running)
        several = isinstance(error, RoutineError)  # each of its faults says where it stands
        told = _said(error.text, running["command"])
        printing.remark(told if several else f"Error: {told}")
        return int(error.exit_code)
    except click.ClickException as error:
        _trace(running)
        shown = io.StringIO()
        error.show(shown)
        printing.remark(shown.getvalue().removesuffix("\n"))
        return int(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _interrupted(running)
    except Exception as error:  # noqa: BLE001 (a bug, but for what the machine lacks)
        if signals.heard():  # some libraries make an error of theirs of it
            return _interrupted(running)
        if not _trace(running):
            printing.remark(f"Error: {_unforeseen(error)}")
        return ExitCode.FAILED
    return code if isinstance(code, int) else ExitCode.DONE


def _unforeseen(error: Exception) -> str:
    """Word what no VoiceguideError tells: the machine lacks something, or the program is wrong."""
    if isinstance(error, MemoryError | ImportError):
        why, remedy = str(error), "Give it more memory; where there is enough, install voiceguide again."
    elif isinstance(error, OSError) and error.errno in _SCARCE:
        why = str(error.strerror)
        remedy = "The system allows it too little (`ulimit -a`): close other programs, or allow more."
    else:
        return (
            f"this is a bug in voiceguide: {type(error).__name__}: {error}. "
            "Run the command again with --debug, and report what it prints."
        )
    return f"the program could not go on: {why.rstrip('.') or 'there is no more memory'}. {remedy}"


def _interrupted(running: dict[str, Any]) -> int:
    _trace(running)
    stays = "what was written before that is whole" if owned.written() > running["written"] else "nothing was written"
    printing.remark(f"Interrupted: {stays}.")
    return ExitCode.INTERRUPTED


def _said(text: str, command: click.Command | None) -> str:
    """Word a message, with the options of a command: what knows them is imported where there is something to say."""
    from voiceguide.cli.options import said

    return said(text, command)


def _trace(running: dict[str, Any]) -> bool:
    """Print where the error at hand came from when --debug asks for it; say whether it did."""
    if running["debug"]:
        printing.remark(traceback.format_exc().removesuffix("\n"))
    return bool(running["debug"])
