"""The user's config file: a table a command, as [render] voice = "hibari:heart", with defaults for its options."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.errors import UsageError, did_you_mean
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

MOST_BYTES = 10_000
"""More than every option of every command takes; a key of so many dots takes 100 MB to read."""
VARIABLE = "VOICEGUIDE_CONFIG"


def defaults(names: Collection[str], command: Callable[[str], click.Command]) -> dict[str, Any]:
    """Return the options of each command, as click names them; `names` are the commands', `command` imports one.

    What [render] says of a session holds for the other commands about sessions too, where their own table is silent.
    Raises UsageError.
    """
    path = _path()
    if path is None:
        return {}
    tables = _tables(path)
    for name in tables:
        if name not in names:
            raise UsageError(
                f"{path}: expected tables named like commands ({', '.join(names)}), got [{visible(name, line=True)}]."
                f"{did_you_mean(name, names)}"
            )
    from voiceguide.cli.options import ABOUT_SESSIONS, ChoiceOption

    found = {name: _options(path, name, table, command(name)) for name, table in tables.items()}
    shared = {param.name for param in command("render").params if isinstance(param, ChoiceOption)}
    common = {option: value for option, value in found.get("render", {}).items() if option in shared}
    return found | {name: common | found.get(name, {}) for name in ABOUT_SESSIONS}


def _path() -> Path | None:
    """Return where it is; None where there is none, and none is named. Raises UsageError."""
    from voiceguide.store import paths

    if named := os.environ.get(VARIABLE):
        path = Path(named)
        if not paths.is_there(path):
            raise UsageError(f"{path}: there is no such config file, and {VARIABLE} names it")
        if not paths.is_file(path) and named != os.devnull:
            raise UsageError(
                f"{path}: expected a config file, which {VARIABLE} names, got a folder, a device or a pipe"
            )
        return path
    from platformdirs import user_config_path

    path = user_config_path("voiceguide", appauthor=False) / "config.toml"
    return path if paths.is_file(path) else None


def _tables(path: Path) -> dict[str, Any]:
    from voiceguide.store.reading import beginning

    data = beginning(path, MOST_BYTES + 1, whose="a config", such="config.toml")
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path}: expected a config file of {MOST_BYTES:,} bytes at most, got more: shorten it")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{path}: the config file cannot be read: it is no text in UTF-8") from None
    except RecursionError:
        raise UsageError(f"{path}: expected options and their values, got lists deep in lists") from None
    except ValueError as error:  # TOML's own, and an int of more digits than Python reads
        raise UsageError(f"{path}: expected a config file in TOML, got: {error}") from None


def _options(path: Path, name: str, table: object, command: click.Command) -> dict[str, Any]:
    """Options as click names them, by their long names (`bed-level` and `bed_level` are one)."""
    if not isinstance(table, dict):
        raise UsageError(f"{path}: expected a table [{name}] with options, got {name} = {_described(table)}")
    known = {
        name.removeprefix("--").replace("-", "_"): param
        for param in command.params
        if isinstance(param, click.Option)
        for name in param.opts
        if name.startswith("--")
    }
    known_as: dict[str, Any] = {}
    for written, value in table.items():
        option = str(written).replace("-", "_")
        if option not in known:
            hint = did_you_mean(written, [k.replace("_", "-") for k in known])
            raise UsageError(f"{path}: expected an option of {name}, got {visible(written, line=True)}.{hint}")
        known_as[str(known[option].name)] = _value(f"{path}: [{name}] {written}", known[option], value)
    return known_as


def _value(where: str, option: click.Option, value: object) -> Any:
    """A value as click takes it: a switch as such, all else as if it were typed. Raises UsageError."""
    if option.is_flag:
        if not isinstance(value, bool):
            raise UsageError(f"{where}: expected true or false, got {_described(value)}")
        return value
    if option.multiple:
        return [_typed(where, each) for each in (value if isinstance(value, list) else [value])]
    return _typed(where, value)


def _typed(where: str, value: object) -> str:
    """A text or a number as it is typed on the command line. Raises UsageError."""
    fits_toml = isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63
    if not (fits_toml or isinstance(value, str | float)):
        raise UsageError(f"{where}: expected a text or a number, got {_described(value)}")
    text = str(value)
    if (shown := visible(text, line=True)) != text:
        raise UsageError(f"{where}: expected no sign that cannot be seen, got {shown}: leave it out")
    return text


def _described(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case int():
            return f"{value}" if abs(value) < 10**18 else "a number of more than 18 digits"
        case float():
            return f"{value:g}"
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return "a date or a time"
