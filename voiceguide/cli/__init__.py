"""The command line: a file a command, and the one place where errors become messages and exit codes.

Nothing heavy is imported here: `--help` and `list` start fast.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from voiceguide.errors import ExitCode, RoutineError, VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("list", "show", "check", "plan", "render", "voices", "say", "sounds", "cache", "doctor")
"""In the order of the help; each is a module of this package with a function `command`."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"voiceguide.cli.{cmd_name}").command
        return command


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from voiceguide.session import generator

        click.echo(generator())
        ctx.exit()


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: voiceguide render upper-back --length short",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Print the version."
)
@click.option("--quiet", "-q", is_flag=True, help="Print results and errors only.")
@click.option("--debug", is_flag=True, help="Show where in the program an error came from.")
@click.pass_context
def cli(ctx: click.Context, quiet: bool, debug: bool) -> None:
    """Turn a massage routine into one narrated audio session."""
    ctx.obj = {"quiet": quiet, "debug": debug}
    ctx.default_map = _config()
    if "NO_COLOR" in os.environ:
        ctx.color = False


def _config() -> dict[str, Any]:
    """Defaults from the user's config file: a table a command, as [render] voice = "hibari:heart"."""
    import tomllib
    from pathlib import Path

    from platformdirs import user_config_path

    from voiceguide.errors import UsageError

    named = os.environ.get("VOICEGUIDE_CONFIG")
    path = Path(named) if named else user_config_path("voiceguide", appauthor=False) / "config.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the config file cannot be read: {error}") from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: expected a config file in TOML, got: {error}") from None
    unknown = [name for name in tables if name not in COMMANDS]
    if unknown:
        raise UsageError(f"{path}: expected tables named like commands ({', '.join(COMMANDS)}), got [{unknown[0]}]")
    return {name: _known_options(path, name, table) for name, table in tables.items()}


def _known_options(path: object, name: str, table: object) -> dict[str, Any]:
    """Options as click names them: `bed-level` and `bed_level` are one."""
    from voiceguide.errors import UsageError, did_you_mean

    if not isinstance(table, dict):
        raise UsageError(f"{path}: expected a table [{name}] with options, got {name} = {table!r}")
    known = {param.name for param in import_module(f"voiceguide.cli.{name}").command.params}
    options = {str(key).replace("-", "_"): value for key, value in table.items()}
    for option in options:
        if option not in known:
            hint = did_you_mean(option, [k for k in known if k])
            raise UsageError(f"{path}: expected an option of {name}, got {option}.{hint}")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the interface's code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    debug = "--debug" in arguments
    try:
        code = cli.main(list(arguments), prog_name="voiceguide", standalone_mode=False, auto_envvar_prefix="VOICEGUIDE")
        sys.stdout.flush()
    except VoiceguideError as error:
        if debug:
            raise
        several = isinstance(error, RoutineError)  # each of its faults says where it stands
        click.echo(str(error) if several else f"Error: {error}", err=True)
        code = error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = ExitCode.USAGE
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: nothing was written.", err=True)
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`, a pager) has gone: not our fault, and nothing more to print.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.FAILED
    except Exception as error:  # a bug: everything a user can cause is a VoiceguideError
        if debug:
            raise
        click.echo(
            f"Error: this is a bug in voiceguide: {type(error).__name__}: {error}. "
            "Run the command again with --debug after voiceguide, and report what it prints.",
            err=True,
        )
        code = ExitCode.FAILED
    sys.exit(int(code) if isinstance(code, int) else int(ExitCode.DONE))
