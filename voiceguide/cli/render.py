"""`voiceguide render`: a routine becomes an audio file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_render, of_session
from voiceguide.cli.outputs import output_of
from voiceguide.cli.progress import shown, warner
from voiceguide.cli.routines import loaded, routines_option


@click.command("render", cls=Command)
@click.argument("routine")
@of_session
@routines_option
@click.option(
    "-o", "--output", metavar="FILE|DIR", help="Where to write; the suffix picks the format. NAME-LENGTH.mp3 here."
)
@click.option("--timeline", metavar="FILE.json", help="Write the timeline too.")
@click.option("--player", is_flag=True, help="Write a page that plays it too, for any phone: FILE.html.")
@click.option("--link", is_flag=True, help="Leave the sound out of that page: both files stay in one folder.")
@click.option("--captions", multiple=True, metavar="vtt,srt,lrc", help="Write the words with their times too.")
@click.option("--chapters-json", is_flag=True, help="Write the chapters too, for podcast apps and web pages.")
@click.option("--transcript", is_flag=True, help="Write what is said too, as plain text.")
@of_render
@click.option("--without-voice", is_flag=True, help="Leave the voice out, and chimes and bed where they are.")
@fetching.yes_option
@click.option("--overwrite", is_flag=True, help="Replace files that exist.")
@click.pass_obj
def command(obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], **options: Any) -> None:
    """Make the audio of a session and print the path of the file.

    ROUTINE is a name from `voiceguide list`, or a routine's file; several with + between them become one session.
    Files that are written too stand beside the sound, under its name.
    """
    from voiceguide.choices import Options
    from voiceguide.durations import clock
    from voiceguide.errors import UsageError
    from voiceguide.publish.beside import Wanted
    from voiceguide.session import render, writing
    from voiceguide.store.files import check_target, named, whole

    choices = chosen(options)
    read = loaded(routine, routines)
    target, is_named = output_of(options["output"], named(read.name, choices["length"], suffix=".mp3"))
    wanted = Wanted(
        tuple(part.strip().lower() for given in options["captions"] for part in given.split(",")),
        chapters=options["chapters_json"],
        transcript=options["transcript"],
        player=options["player"],
        link=options["link"],
    )
    if not is_named:
        check_target(target, overwrite=options["overwrite"], follow=False)
    timeline_file = Path(options["timeline"]) if options["timeline"] else None
    if timeline_file:
        check_target(timeline_file, overwrite=options["overwrite"], named="timeline")
        if os.path.realpath(timeline_file) in map(os.path.realpath, (target, *wanted.paths(target))):
            raise UsageError(
                f"--timeline {timeline_file}: that name is taken by the session's own files; give the timeline another"
            )
    # Before a voice is downloaded for it, the file is found to be possible.
    writing.target(target, Options.of(choices), overwrite=options["overwrite"])
    fetching.for_session(read, choices, yes=options["yes"], quiet=obj["quiet"])
    with shown(quiet=obj["quiet"]) as progress:
        timeline = render(
            read,
            target,
            **choices,
            without_voice=options["without_voice"],
            beside=wanted,
            overwrite=options["overwrite"],
            progress=progress,
            warn=warner(quiet=obj["quiet"]),
        )
    if timeline_file:
        with whole(timeline_file, overwrite=options["overwrite"], named="timeline") as file:
            file.write((json.dumps(timeline.to_json(), ensure_ascii=False, indent=1) + "\n").encode())
    if timeline.loudness is not None and not obj["quiet"]:
        printing.remark(f"{clock(timeline.duration)} long, {timeline.loudness:.1f} LUFS over all")
    if (beside := wanted.paths(target)) and not obj["quiet"]:
        printing.remark(f"Beside it: {', '.join(path.name for path in beside)}")
    printing.made(target)
