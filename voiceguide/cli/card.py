"""`voiceguide card`: a session on one page for the wall."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_label, of_session, refuse_choices
from voiceguide.cli.outputs import output_of
from voiceguide.cli.progress import warner
from voiceguide.cli.routines import loaded, routines_option


@click.command("card", cls=Command)
@click.argument("what", metavar="ROUTINE|FILE")
@of_session
@of_label
@routines_option
@click.option("--timeline", metavar="FILE.json", help="The timeline of a sound FILE, where it carries none.")
@click.option("--paper", default="a4", metavar="a4|letter", show_default=True, help="What it will be printed on.")
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    help="Where to write; the suffix picks the format: .html, .svg or .pdf. NAME-LENGTH-card.html here.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: str,
    routines: tuple[str, ...],
    timeline: str | None,
    paper: str,
    output: str | None,
    overwrite: bool,
    **options: Any,
) -> None:
    """Put a session on one page to print: steps, times, what is needed, safety, and the sounds.

    ROUTINE is a name from `voiceguide list`, or a routine's file. Nothing is spoken: times are measured where
    everything has been spoken before, else estimated. FILE is a finished session, with its own times.
    """
    from voiceguide.choices import Label
    from voiceguide.errors import UsageError, option
    from voiceguide.exports import finished, suffixes
    from voiceguide.pages.card import bytes_of, card, check_paper, check_suffix
    from voiceguide.publish.beside import drawings_gone, known_notes, signed
    from voiceguide.routine.notes import notes_of
    from voiceguide.session import finishing, plan
    from voiceguide.store.files import check_target, named, whole

    check_paper(paper)
    given = chosen(options)
    label = Label(artist=given.pop("artist"), cover=given.pop("cover"))
    sound = Path(what)
    if sound.suffix.lower() in suffixes():
        refuse_choices(ctx, but="routines")
        session = finished.timeline_of(sound, Path(timeline) if timeline else None)
        notes, words = signed(known_notes(session, routines), finished.read(sound).artist), [sound.stem]
        cover = finishing.given_cover(label)
    else:
        if timeline is not None:
            raise UsageError(f"{option('timeline')}: expected with a sound file; a routine makes its own")
        read = loaded(what, routines)
        cover = finishing.own_cover(read, label)
        notes, words = None, [read.name, given["length"]]
    target, is_named = output_of(output, named(*words, "card", suffix=".html"))
    check_suffix(target)
    check_target(target, overwrite=overwrite, follow=is_named)
    if notes is None:
        session = plan(read, **given, warn=warner(quiet=ctx.obj["quiet"]))
        notes = notes_of(read, session.language)
    if (gone := drawings_gone(session, notes)) and not ctx.obj["quiet"]:
        printing.remark(f"drawings {gone}: make the card of that")
    notes = replace(notes, author=label.artist or notes.author)
    page = bytes_of(card(session, notes, paper, cover=cover), target)
    with whole(target, overwrite=overwrite, follow=is_named) as file:
        file.write(page)
    printing.made(target)
