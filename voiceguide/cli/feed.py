"""`voiceguide feed`: a folder of sessions as a podcast and a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.choices import MOST_VISITS
from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.progress import shown, warner
from voiceguide.cli.routines import routines_option

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command("feed", cls=Command)
@click.argument("folder", metavar="DIR")
@click.option("--url", required=True, metavar="BASE", help="The address at which DIR can be had, as https://….")
@click.option("--title", metavar="TEXT", help="What the podcast and the page are called.")
@click.option(
    "--visits",
    type=click.IntRange(1, MOST_VISITS),
    default=1,
    metavar="N",
    help="Make each session's next visits too, up to the Nth: its words in other wordings.",
)
@routines_option
@click.option(
    "--overwrite", is_flag=True, help="Make again what is there already, also a feed that is not voiceguide's."
)
@click.pass_obj
def command(
    obj: dict[str, bool],
    folder: str,
    url: str,
    title: str | None,
    visits: int,
    routines: tuple[str, ...],
    overwrite: bool,
) -> None:
    """Write DIR/feed.xml, which podcast apps and Audiobookshelf read, and DIR/index.html, and print their paths.

    Every session in DIR gets its chapters, captions, transcript, cover and player beside it where they are missing;
    what stands there already stays. Put DIR on a web server at BASE, and give the app BASE/feed.xml. index.html opens
    from the disk too. With --visits a routine that has other words each time becomes as many episodes, each in a file
    of its own, NAME-visit-2 and so on, chosen as the first one was.
    """
    from voiceguide.publish.folder import base, publish

    base(url)
    warn = warner(quiet=obj["quiet"])
    if visits > 1:
        _visit(Path(folder), visits, routines, warn, overwrite=overwrite, quiet=obj["quiet"])
    for path in publish(Path(folder), url, title=title, overwrite=overwrite, warn=warn):
        printing.made(path)


def _visit(
    folder: Path, visits: int, routines: tuple[str, ...], warn: Callable[[str], None], *, overwrite: bool, quiet: bool
) -> None:
    """Make what is missing of the visits to the sessions in a folder."""
    from voiceguide.batch.visits import missing
    from voiceguide.routine import finding
    from voiceguide.session import render

    for each in missing(folder, visits, finding.folders(routines), warn, overwrite=overwrite):
        with shown(quiet=quiet) as progress:
            render(each.routine, each.path, **each.arguments, overwrite=overwrite, progress=progress, warn=warn)
        printing.made(each.path)
