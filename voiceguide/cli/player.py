"""`voiceguide player`: a session's file becomes a page that plays it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.outputs import output_of
from voiceguide.cli.routines import loaded, routines_option


@click.command("player", cls=Command)
@click.argument("file")
@click.option("--timeline", metavar="T.json", help="What `render --timeline` wrote with FILE, if FILE carries none.")
@click.option("--link", is_flag=True, help="Let the page play FILE beside it; otherwise the sound is in the page.")
@click.option(
    "--routine", metavar="ROUTINE", help="Whose notes to show: what is needed, and safety. FILE's own by default."
)
@routines_option
@click.option("-o", "--output", metavar="PAGE.html|DIR", help="Where to write.  [default: beside FILE, with its name]")
@click.option("--overwrite", is_flag=True, help="Replace a page that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool],
    /,
    file: str,
    timeline: str | None,
    link: bool,
    routine: str | None,
    routines: tuple[str, ...],
    output: str | None,
    overwrite: bool,
) -> None:
    """Make one HTML page that plays a session, with what to do and how long, large enough for a look across the room.

    FILE is what `voiceguide render` wrote. The page opens on any phone or computer, without a network.
    """
    from voiceguide.errors import UsageError
    from voiceguide.exports import finished, playable
    from voiceguide.pages import player
    from voiceguide.publish.beside import drawings_gone, known_notes, signed
    from voiceguide.routine.notes import notes_of
    from voiceguide.store.files import check_target, whole

    audio = Path(file)
    playable(audio)
    page, is_named = output_of(output, audio.with_suffix(".html"))
    if page.suffix.lower() not in (".html", ".htm"):  # above all, not the audio itself
        raise UsageError(f"-o: expected a page's name, as session.html, got {page}")
    check_target(page, overwrite=overwrite, follow=is_named)
    if link and os.path.realpath(page.parent) != os.path.realpath(audio.parent):
        raise UsageError(
            f"--link: expected the page in the folder of {audio}, as it looks for the sound beside itself, got {page}. "
            "Name a page there with -o, or leave out --link"
        )
    session = finished.timeline_of(audio, Path(timeline) if timeline else None)
    notes = notes_of(loaded(routine, routines), session.language) if routine else known_notes(session, routines)
    if (gone := drawings_gone(session, notes)) and not obj["quiet"]:
        printing.remark(f"drawings {gone}: name it with --routine")
    told = finished.read(audio)
    with whole(page, overwrite=overwrite, follow=is_named) as target:
        player.write(target, session, audio, link=link, notes=signed(notes, told.artist), cover=told.cover)
    printing.made(page)
