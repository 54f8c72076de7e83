"""`voiceguide plan`: what happens when, without speaking."""

from __future__ import annotations

import sys
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, named, of_session
from voiceguide.cli.progress import warner
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.durations import clock

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Timeline


@click.command("plan", cls=Command)
@click.argument("routine")
@of_session
@routines_option
@click.option("--explain", is_flag=True, help="Draw it: voice, holds, sounds and free time, and what was left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the timeline as JSON.")
@click.pass_obj
def command(
    obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], explain: bool, as_json: bool, **options: Any
) -> None:
    """Show a session's chapters and what is said in them, without speaking.

    Times are measured where everything has been spoken before, else estimated.
    """
    from voiceguide.errors import UsageError
    from voiceguide.session import plan

    if explain and as_json:
        raise UsageError("--explain and --json: choose one of them")
    choices = chosen(options)
    timeline = plan(loaded(routine, routines), **choices, warn=warner(quiet=obj["quiet"]))
    if as_json:
        printing.document(timeline.to_json())
    elif explain:
        _draw(timeline)
    else:
        printing.result(_table(timeline))


def _draw(timeline: Timeline) -> None:
    """Print the picture, as wide as the terminal."""
    from voiceguide.timeline import explain

    width = get_terminal_size().columns if printing.is_watched(err=False) else explain.WIDTH
    plain = click.get_current_context().color is False
    console = printing.console(color_system=None if plain else "auto", width=width, highlight=False)
    encoding, running = sys.stdout.encoding or "utf-8", click.get_current_context().command
    names = partial(named, command=running)
    for line in explain.picture(timeline, width=width, encoding=encoding, names=names):
        console.print(line, soft_wrap=True)


def _table(timeline: Timeline) -> str:
    """A line a chapter, and under it a line for all that is said or heard."""
    from voiceguide.text.lines import plain

    how = "estimated" if timeline.estimated else "measured"
    lines = [f"{plain(timeline.title)}, {timeline.length}: {clock(timeline.duration)} ({how}), voice {timeline.voice}"]
    for chapter, clips in timeline.by_chapter():
        lines += ["", f"{clock(chapter.start):>7}  {_heading(chapter)}"]
        for clip in clips:
            what = plain(clip.text) if clip.text is not None else f"({plain(clip.sound or '')})"
            lines.append(f"{clock(clip.start):>7}    {clip.role:<12} {what}")
    if timeline.left_out:
        left = ", ".join(f"{count} {role}" for role, count in timeline.left_out)
        lines += ["", f"Left out, as there was no room: {left}"]
    return "\n".join(lines)


def _heading(chapter: Chapter) -> str:
    from voiceguide.text.lines import plain

    number = f"{chapter.step} " if chapter.step else ""
    group = f"{plain(chapter.group)}: " if chapter.group else ""
    lasting = [clock(chapter.end - chapter.start)]
    hands = "hands on" if chapter.touch else "hands free"
    lasting += [f"{plain(slot.side or hands)} {clock(slot.end - slot.start)}" for slot in chapter.slots]
    return f"{number}{group}{plain(chapter.title)}  [{', '.join(lasting)}]"
