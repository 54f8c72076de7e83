"""`voiceguide show`: what a routine needs and asks, and its steps with their times."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.choices import loaded, routines_option, session_arguments, session_choices
from voiceguide.cli.progress import warner
from voiceguide.durations import clock, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.routine.model import Routine, Text
    from voiceguide.timeline import Chapter, Timeline


@click.command("show", short_help="Show what a routine needs, its safety notes and its steps.")
@click.argument("routine")
@session_choices
@routines_option
@click.pass_obj
def command(obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], **options: Any) -> None:
    """Show what is needed, the safety notes, and each step with how its time comes about."""
    from voiceguide.explain import plain
    from voiceguide.session import plan

    read = loaded(routine, routines)
    timeline = plan(read, **session_arguments(options), warn=warner(quiet=obj["quiet"]))
    for line in _page(read, timeline):
        indent = line[: len(line) - len(line.lstrip())]
        click.echo(indent + plain(line))


def _page(routine: Routine, timeline: Timeline) -> Iterator[str]:
    def said(texts: Iterable[Text]) -> list[str]:
        return [text.get(timeline.language) or "" for text in texts]

    yield timeline.title
    if timeline.summary:
        yield timeline.summary
    how = "estimated" if timeline.estimated else "measured"
    setup = f", {timeline.setup}" if timeline.setup else ""
    yield f"{timeline.length}{setup}: {clock(timeline.duration)} ({how}), in {timeline.language}, by {timeline.voice}"
    position = said([routine.position]) if routine.position else []
    safety = routine.safety
    for heading, lines in (
        ("Position", position),
        ("You need", said(routine.need)),
        ("Not today with", said(safety.do_not_start)),
        ("Ask a doctor first with", said(safety.ask_first)),
        ("While you press", said(safety.avoid)),
        ("Good to know", said(safety.more)),
    ):
        if lines:
            yield ""
            yield f"{heading}:"
            yield from (f"  - {line}" for line in lines)
    yield ""
    yield "Steps:"
    chapters = [chapter for chapter in timeline.chapters if chapter.step]
    for (number, title), same in groupby(
        sorted(chapters, key=lambda chapter: chapter.step or 0), key=lambda chapter: (chapter.step, chapter.title)
    ):
        yield _step(number or 0, title, list(same))


def _step(number: int, title: str, chapters: list[Chapter]) -> str:
    """A step's line: when it starts, and its slots, as `2 × 2 m 30 s (left, right)`."""
    slots = [slot for chapter in chapters for slot in chapter.slots]
    lasting = words(slots[0].end - slots[0].start).replace(" min", " m")
    if len(slots) > 1:
        lasting = f"{len(slots)} × {lasting} ({', '.join(slot.side or '' for slot in slots)})"
    rounds = len(slots[0].rounds)
    held = f", {rounds} hold{'s' * (rounds != 1)}{' a side' if len(slots) > 1 else ''}" if rounds else ""
    group = f"{chapters[0].group}: " if chapters[0].group else ""
    return f"  {clock(chapters[0].start):>7}  {number:>2}. {group}{title}: {lasting}{held}"
