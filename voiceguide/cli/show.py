"""`voiceguide show`: what a routine needs and asks, and its steps with their times."""

from __future__ import annotations

from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.options import chosen, of_session
from voiceguide.cli.progress import warner
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.durations import clock, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.model import Routine
    from voiceguide.timeline import Chapter, Timeline

WIDEST, NARROWEST = 100, 24
"""Columns: longer lines are hard to read, and shorter ones hold no step."""


@click.command("show")
@click.argument("routine")
@of_session
@routines_option
@click.pass_obj
def command(obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], **options: Any) -> None:
    """Show what is needed, the safety notes, and each step with how its time comes about."""
    from voiceguide.session import plan

    read = loaded(routine, routines)
    timeline = plan(read, **chosen(options), warn=warner(quiet=obj["quiet"]))
    width = min(max(get_terminal_size().columns, NARROWEST), WIDEST)
    for line in _page(read, timeline, width):
        click.echo(line)


def _page(routine: Routine, timeline: Timeline, width: int) -> Iterator[str]:
    """The page's lines, none wider than `width` columns."""
    from voiceguide.routine.notes import notes_of

    yield from (click.style(line, bold=True) for line in _wrapped(timeline.title, width))
    yield from _wrapped(timeline.summary, width)
    yield ""
    for fact in _facts(routine, timeline):
        yield from _wrapped(fact, width, rest="  ")
    notes = notes_of(routine, timeline.language)
    for heading, lines in (
        ("Position", (notes.position,) if notes.position else ()),
        ("You need", notes.need),
        ("Not today with", notes.do_not_start),
        ("Ask a doctor first with", notes.ask_first),
        ("While you press", notes.avoid),
        ("Good to know", notes.more),
    ):
        if lines:
            yield from _heading(heading)
            for line in lines:
                yield from _wrapped(line, width, "  - ", "    ")
    yield from _heading("Steps")
    chapters = sorted((chapter for chapter in timeline.chapters if chapter.step), key=lambda each: each.step or 0)
    for number, same in groupby(chapters, key=lambda chapter: chapter.step):
        yield from _step(number or 0, list(same), width)


def _facts(routine: Routine, timeline: Timeline) -> Iterator[str]:
    """What this session is, and what else there is to choose."""
    from voiceguide.routine.languages import languages

    how = "estimated" if timeline.estimated else "measured"
    setup = f", {timeline.setup}" if timeline.setup else ""
    yield f"{timeline.length}{setup}: {clock(timeline.duration)} ({how}), in {timeline.language}, by {timeline.voice}"
    for name, values in (("Setups", routine.setups), ("Languages", languages(routine)), ("Tags", routine.tags)):
        if values:
            yield f"{name}: {', '.join(values)}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield click.style(f"{text}:", bold=True)


def _step(number: int, chapters: list[Chapter], width: int) -> Iterator[str]:
    """A step's lines: when it starts, and its slots, as `2 × 2 m 30 s (left, right)`."""
    slots = [slot for chapter in chapters for slot in chapter.slots]
    lasting = words(round(slots[0].end - slots[0].start)).replace(" min", " m")
    if len(slots) > 1:
        lasting = f"{len(slots)} × {lasting} ({', '.join(slot.side or '' for slot in slots)})"
    rounds = len(slots[0].rounds)
    held = f", {rounds} hold{'s' * (rounds != 1)}{' a side' if len(slots) > 1 else ''}" if rounds else ""
    strokes = len(slots[0].cycles)
    held += f", {strokes} strokes{' a side' if len(slots) > 1 else ''}" if strokes else ""
    group = f"{chapters[0].group}: " if chapters[0].group else ""
    before = f"  {clock(chapters[0].start):>7}  {number:>2}. "
    yield from _wrapped(f"{group}{chapters[0].title}: {lasting}{held}", width, before, " " * len(before))


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text as lines; no terminal takes any of it for a command."""
    from voiceguide.text.lines import plain

    yield from wrap(plain(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
