"""`voiceguide translate`: a routine with a place for every text that is missing in a language."""

from __future__ import annotations

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.outputs import output_of
from voiceguide.cli.routines import routines_option


@click.command("translate", cls=Command)
@click.argument("routine")
@click.option("--to", "language", metavar="L", required=True, help="The language to translate into, as de or pt-BR.")
@click.option("-o", "--output", metavar="FILE.yaml|DIR", help="Where to write; ROUTINE-L.yaml here by default.")
@routines_option
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool], routine: str, language: str, output: str | None, routines: tuple[str, ...], overwrite: bool
) -> None:
    """Write ROUTINE with an empty place for each of its texts that is missing in a language, and print the file's path.

    All else stays as it is, comments too. `voiceguide check` names the places that are still empty, each with its line.
    """
    from voiceguide.authoring.translating import translated
    from voiceguide.errors import RoutineError, UsageError, option
    from voiceguide.routine import finding, reading
    from voiceguide.store.files import check_target, whole

    source = finding.find(routine, finding.folders(routines))
    read, faults, document = reading.opened(source)
    if read is None or document is None:
        raise RoutineError(fault for fault in faults if fault.level == "fault")
    text, count = translated(document, language)
    if not count:
        raise UsageError(f"{option('to')}: {routine} is in {language} already: nothing of it is missing")
    path, is_named = output_of(output, f"{source.stem}-{language}.yaml")
    if path.suffix.lower() not in finding.SUFFIXES:
        raise UsageError(f"{output}: expected a name that ends in .yaml: a routine is a YAML file")
    check_target(path, overwrite=overwrite, follow=is_named)
    with whole(path, overwrite=overwrite, follow=is_named) as file:
        file.write(text.encode())
    if not obj["quiet"]:
        places = f"{count} place{'s' * (count != 1)}"
        printing.remark(f'{places} to fill in: each {language}: "" below its text; then voiceguide check {path}')
    printing.made(path)
