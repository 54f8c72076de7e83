"""`voiceguide check`: every fault and warning of routines, with their lines."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voiceguide.errors import Fault


@click.command("check", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--strict", is_flag=True, help="Treat warnings as faults.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], strict: bool, as_json: bool, watch: bool) -> None:
    """Find every fault and warning in routines' files, each with its line; exit 3 when there is a fault.

    A bundled routine's name works too.
    """
    from voiceguide.errors import ExitCode
    from voiceguide.lint import findings
    from voiceguide.routine import finding

    if watch and as_json:
        raise click.UsageError("--watch goes on and on, and --json is one document: choose one of them.", ctx)
    own = finding.folders()
    paths = [finding.find(file, own) for file in files]
    quiet = ctx.obj["quiet"]
    if watch:
        _watch(paths, strict=strict, quiet=quiet)
        ctx.exit(int(ExitCode.INTERRUPTED))
    found: list[Fault] = []
    for path in paths:
        these = findings(path, strict=strict)
        found += these
        if not as_json:
            _tell(path, these, quiet=quiet)
    if as_json:
        printing.document([_json(fault) for fault in found])
    if any(fault.level == "fault" for fault in found):
        ctx.exit(int(ExitCode.ROUTINE))


def _watch(paths: Sequence[Path], *, strict: bool, quiet: bool) -> None:
    """Check files whenever they change, until somebody interrupts it."""
    from voiceguide.cli import watching
    from voiceguide.errors import VoiceguideError
    from voiceguide.lint import findings

    try:
        for _ in watching.changes(paths, time.sleep):
            click.clear()  # nothing where stdout is no terminal
            for path in paths:
                try:
                    _tell(path, findings(path, strict=strict), quiet=quiet)
                except VoiceguideError as error:  # it is gone, or closed: it may come back
                    printing.remark(f"Error: {said(error.text)}")
            if not quiet:
                printing.remark(f"Checked at {time.strftime('%H:%M:%S')}. Watching for changes; Ctrl-C ends it.")
    except KeyboardInterrupt:
        if not quiet:
            printing.remark("Ended.")


def _tell(path: Path, found: list[Fault], *, quiet: bool) -> None:
    for fault in found:
        printing.result(said(fault.with_caret()))
    if not quiet:
        printing.remark(_summary(path, found))


def _summary(path: Path, found: list[Fault]) -> str:
    faults, warnings = (sum(fault.many for fault in found if fault.level == level) for level in ("fault", "warning"))
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
        "message": said(fault.message),
    }
