"""`voiceguide card`: a session on one page for the wall."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import click

from voiceguide.cli.options import loaded, routines_option, session_arguments, session_choices
from voiceguide.cli.progress import warner


@click.command("card", short_help="Make a page for the wall.")
@click.argument("routine")
@session_choices
@routines_option
@click.option("--paper", default="a4", metavar="a4|letter", show_default=True, help="What it will be printed on.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write; the suffix picks the format: .html, .svg or .pdf. NAME-LENGTH-card.html here.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool],
    /,
    routine: str,
    routines: tuple[str, ...],
    paper: str,
    output: str | None,
    overwrite: bool,
    **options: Any,
) -> None:
    """Put a session on one page to print: steps, times, what is needed, safety, and the sounds.

    Nothing is spoken: times are measured where everything has been spoken before, else estimated.
    """
    from voiceguide.errors import UsageError
    from voiceguide.pages.card import bytes_of, card, check_paper, check_suffix
    from voiceguide.routine.notes import notes_of
    from voiceguide.session import plan
    from voiceguide.store.files import check_target, whole
    from voiceguide.tags.reading import SUFFIXES

    chosen = session_arguments(options)
    check_paper(paper)
    if Path(routine).suffix.lower() in SUFFIXES:
        raise UsageError(
            f"{routine}: a card is made of a routine, not of a sound file. Give the routine that the sound was made "
            "of: a name that `voiceguide list` shows, or a .yaml file"
        )
    read = loaded(routine, routines)
    target = Path(output or _name(read.name, chosen["length"]))
    check_suffix(target)
    check_target(target, overwrite=overwrite)
    timeline = plan(read, **chosen, warn=warner(quiet=obj["quiet"]))
    page = bytes_of(card(timeline, notes_of(read, timeline.language), paper), target)
    with whole(target, overwrite=overwrite) as file:
        file.write(page)
    click.echo(str(target))


def _name(routine: str, length: str) -> str:
    """NAME-LENGTH-card.html; accents stand together with their letters."""
    return unicodedata.normalize("NFC", f"{routine}-{re.sub(r'[^0-9A-Za-z.]+', '-', length)}-card.html")
