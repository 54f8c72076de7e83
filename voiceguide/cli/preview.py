"""`voiceguide preview`: hear a step, or how each step begins, without rendering the session."""

from __future__ import annotations

from typing import Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_session
from voiceguide.cli.outputs import output_of
from voiceguide.cli.progress import shown, warner
from voiceguide.cli.routines import loaded, routines_option


@click.command("preview", cls=Command)
@click.argument("routine")
@click.option("--step", metavar="STEP", help="Only this step, and all of it, by name or number.")
@click.option(
    "--seconds", type=float, metavar="S", help="How much of each step at most; 8, or all of a --step, unless given."
)
@of_session
@routines_option
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    help="Where to write; the suffix picks the format. NAME-preview.mp3 or NAME-step-3.mp3 here.",
)
@fetching.yes_option
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool],
    /,
    routine: str,
    routines: tuple[str, ...],
    step: str | None,
    seconds: float | None,
    output: str | None,
    yes: bool,
    overwrite: bool,
    **options: Any,
) -> None:
    """Make the audio of one step, or of how each step begins, and print the path of the file.

    A step has the words, sounds, bed, levels and times that it has in the session, and nothing is spoken that it does
    not need. Numbers are those of `show`.
    """
    from voiceguide.durations import words
    from voiceguide.session import preview
    from voiceguide.store.files import check_target, named
    from voiceguide.text.lines import plain

    choices = chosen(options)
    read = loaded(routine, routines)
    which = ("preview",) if step is None else ("step", step.casefold())
    target, is_named = output_of(output, named(read.name, *which, suffix=".mp3"))
    check_target(target, overwrite=overwrite, follow=is_named)
    fetching.for_session(read, choices, yes=yes, quiet=obj["quiet"])
    with shown(quiet=obj["quiet"]) as progress:
        parts = preview(
            read,
            target,
            **choices,
            step=step,
            seconds=seconds,
            overwrite=overwrite,
            progress=progress,
            warn=warner(quiet=obj["quiet"]),
        )
    if not obj["quiet"]:
        titles = dict.fromkeys(plain(part.title) for part in parts)
        printing.remark(f"{words(sum(part.end - part.start for part in parts))}: {', '.join(titles)}")
    printing.made(target)
