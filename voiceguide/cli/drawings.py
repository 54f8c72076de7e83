"""`voiceguide drawings`: the drawings of moves there are, and one sheet of them all."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.routines import routines_option


@click.command("drawings", cls=Command)
@click.option("--plot", metavar="FILE.png", help="Draw them all on one sheet.")
@click.option("--overwrite", is_flag=True, help="Replace a sheet that exists.")
@routines_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def command(
    obj: dict[str, bool], /, plot: str | None, overwrite: bool, routines: tuple[str, ...], as_json: bool
) -> None:
    """List the drawings of moves, what each shows, and which routines show it.

    A step names one as `show: upper-back/circles`, or an .svg of its author's own beside the routine.
    """
    from voiceguide import catalogue
    from voiceguide.drawing import atlas
    from voiceguide.errors import UsageError
    from voiceguide.routine import finding

    if plot is not None and Path(plot).suffix.lower() != ".png":
        raise UsageError(f"--plot: expected a picture's name, as drawings.png, got {plot}")
    entries, broken = catalogue.listed(finding.folders(routines))
    for message in broken if not obj["quiet"] else ():
        printing.remark(message)
    told = [
        {
            "name": name,
            "title": atlas.bundled(name).title,
            "routines": [entry["name"] for entry in entries if name in entry["drawings"]],
        }
        for name in atlas.names()
    ]
    if plot is not None:
        _plot(Path(plot), overwrite=overwrite)
    if as_json:
        printing.document(told)
    elif plot is None:
        wide = max((len(drawing["name"]) for drawing in told), default=0)
        for drawing in told:
            printing.result(f"{drawing['name']:<{wide}}  {drawing['title']}")
            if drawing["routines"]:
                printing.result(f"{'':<{wide}}  in {', '.join(drawing['routines'])}")


def _plot(path: Path, *, overwrite: bool) -> None:
    from voiceguide.drawing.png import png
    from voiceguide.pages.drawings import sheet
    from voiceguide.store.files import check_target, whole

    check_target(path, overwrite=overwrite, follow=True)
    with whole(path, overwrite=overwrite, follow=True) as file:
        file.write(png(sheet()))
    printing.made(path)
