"""`voiceguide schema`: the format as a JSON Schema, with which editors help while a routine is written."""

from __future__ import annotations

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.outputs import output_of


@click.command("schema", cls=Command)
@click.option("-o", "--output", metavar="FILE|DIR", help="Write it to a file instead, as routine.schema.json.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def command(output: str | None, overwrite: bool) -> None:
    """Print the format of routines as a JSON Schema (2020-12), for editors that help while one writes.

    They then offer keys, explain them, and mark what is wrong. `voiceguide new` writes the schema beside a new routine.
    """
    from voiceguide.routine.json_schema import FILE, text
    from voiceguide.store.files import check_target, whole

    path, is_named = output_of(output, FILE) if output else (None, False)
    if path:
        check_target(path, overwrite=overwrite, follow=is_named)
    if path is None:
        printing.result(text().removesuffix("\n"))
        return
    with whole(path, overwrite=overwrite, follow=is_named) as file:
        file.write(text().encode())
    printing.made(path)
