"""`voiceguide feed`: a folder of sessions as a podcast and a page."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.progress import warner


@click.command("feed", cls=Command)
@click.argument("folder", metavar="DIR")
@click.option("--url", required=True, metavar="BASE", help="The address at which DIR can be had, as https://….")
@click.option("--title", metavar="TEXT", help="What the podcast and the page are called.")
@click.option(
    "--overwrite", is_flag=True, help="Make again what is there already, also a feed that is not voiceguide's."
)
@click.pass_obj
def command(obj: dict[str, bool], folder: str, url: str, title: str | None, overwrite: bool) -> None:
    """Write DIR/feed.xml, which podcast apps and Audiobookshelf read, and DIR/index.html, and print their paths.

    Every session in DIR gets its chapters, captions, transcript, cover and player beside it where they are missing;
    what stands there already stays. Put DIR on a web server at BASE, and give the app BASE/feed.xml. index.html opens
    from the disk too.
    """
    from voiceguide.publish.folder import publish

    for path in publish(Path(folder), url, title=title, overwrite=overwrite, warn=warner(quiet=obj["quiet"])):
        printing.made(path)
