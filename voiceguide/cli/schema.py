"""`voiceguide schema`: the format as a JSON Schema, with which editors help while a routine is written."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.cli import printing


@click.command("schema")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file instead, as routine.schema.json.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def command(output: str | None, overwrite: bool) -> None:
    """Print the format of routines as a JSON Schema (2020-12), for editors that help while one writes.

    They then offer keys, explain them, and mark what is wrong. `voiceguide new` writes the schema beside a new routine.
    """
    from voiceguide.store.files import check_target, whole

    path = Path(output) if output else None
    if path:
        check_target(path, overwrite=overwrite)
    from voiceguide.routine.json_schema import text

    if path is None:
        printing.result(text().removesuffix("\n"))
        return
    with whole(path, overwrite=overwrite) as file:
        file.write(text().encode())
    printing.made(path)
