"""`voiceguide plan`: what happens when, without speaking."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.choices import loaded, routines_option, session_arguments, session_choices
from voiceguide.cli.progress import warner
from voiceguide.durations import clock

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Timeline


@click.command("plan", short_help="Show what happens when, without speaking.")
@click.argument("routine")
@session_choices
@routines_option
@click.option("--json", "as_json", is_flag=True, help="Print the timeline as JSON.")
@click.pass_obj
def command(obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show a session's chapters and what is said in them, without speaking.

    Times are measured where everything has been spoken before, else estimated.
    """
    from voiceguide.session import plan

    chosen = session_arguments(options)
    timeline = plan(loaded(routine, routines), **chosen, warn=warner(quiet=obj["quiet"]))
    if as_json:
        click.echo(json.dumps(timeline.to_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(_table(timeline))


def _table(timeline: Timeline) -> str:
    """A line a chapter, and under it a line for all that is said or heard."""
    how = "estimated" if timeline.estimated else "measured"
    lines = [f"{timeline.title}, {timeline.length}: {clock(timeline.duration)} ({how}), voice {timeline.voice}"]
    for chapter in timeline.chapters:
        lines += ["", f"{clock(chapter.start):>7}  {_heading(chapter)}"]
        for clip in timeline.clips:
            if chapter.start <= clip.start < chapter.end:
                what = clip.text if clip.text is not None else f"({clip.sound})"
                lines.append(f"{clock(clip.start):>7}    {clip.role:<12} {what}")
    if timeline.left_out:
        left = ", ".join(f"{count} {role}" for role, count in timeline.left_out)
        lines += ["", f"Left out, as there was no room: {left}"]
    return "\n".join(lines)


def _heading(chapter: Chapter) -> str:
    number = f"{chapter.step} " if chapter.step else ""
    group = f"{chapter.group}: " if chapter.group else ""
    lasting = [clock(chapter.end - chapter.start)]
    lasting += [f"{slot.side or 'hands on'} {clock(slot.end - slot.start)}" for slot in chapter.slots]
    return f"{number}{group}{chapter.title}  [{', '.join(lasting)}]"
