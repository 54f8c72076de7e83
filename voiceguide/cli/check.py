"""`voiceguide check`: every fault and warning of routines, with their lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from voiceguide.errors import Fault


@click.command("check", short_help="Find what is wrong in a routine's file.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Treat warnings as faults.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def command(obj: dict[str, bool], files: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Find every fault and warning in routines' files, each with its line; exit 3 when there is a fault.

    A bundled routine's name works too.
    """
    from voiceguide import catalogue
    from voiceguide.errors import ExitCode
    from voiceguide.lint import findings

    found: list[Fault] = []
    own = catalogue.folders()
    for path in [catalogue.find(file, own) for file in files]:
        these = findings(Path(path), strict=strict)
        found += these
        if not as_json:
            for fault in these:
                click.echo(fault.with_caret())
            if not obj["quiet"]:
                click.echo(_summary(path, these), err=True)
    if as_json:
        click.echo(json.dumps([_json(fault) for fault in found], ensure_ascii=False, indent=1))
    if any(fault.level == "fault" for fault in found):
        click.get_current_context().exit(int(ExitCode.ROUTINE))


def _summary(path: Path, found: list[Fault]) -> str:
    faults = sum(fault.level == "fault" for fault in found)
    warnings = len(found) - faults
    if not found:
        return f"{path}: all well"
    return f"{path}: {faults} fault{'s' * (faults != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _json(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": place.path,
        "level": fault.level,
        "rule": fault.rule,
        "message": fault.message,
    }
