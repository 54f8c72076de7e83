"""`voiceguide show`: what a routine needs and asks, and its steps with their times."""

from __future__ import annotations

from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_session
from voiceguide.cli.progress import warner
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.durations import clock, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.model import Routine
    from voiceguide.routine.notes import Key
    from voiceguide.timeline import Chapter, Timeline

WIDEST, NARROWEST = 100, 24
"""Columns: longer lines are hard to read, and shorter ones hold no step."""
_LINES: tuple[Key, ...] = ("first_time", "volume", "numbers", "words", "lost", "faint", "oil")
"""Notes that are a line each."""


@click.command("show", cls=Command)
@click.argument("routine")
@of_session
@routines_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(obj: dict[str, bool], /, routine: str, routines: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show what to know before, and each step with how its time comes about.

    What is needed, safety, what the sounds mean and what else is not spoken; a step in which hands are on nobody says
    so.
    """
    from voiceguide.session import plan

    read = loaded(routine, routines)
    timeline = plan(read, **chosen(options), warn=warner(quiet=obj["quiet"]))
    if as_json:
        printing.document(_document(read, timeline))
        return
    width = min(max(get_terminal_size().columns, NARROWEST), WIDEST)
    for line in _page(read, timeline, width):
        printing.result(line)


def _page(routine: Routine, timeline: Timeline, width: int) -> Iterator[str]:
    """The page's lines, none wider than `width` columns."""
    from voiceguide import phrases
    from voiceguide.routine.notes import gathered, notes_of, sections

    yield from map(printing.Bold, _wrapped(timeline.title, width))
    yield from _wrapped(timeline.summary, width)
    yield ""
    for fact in _facts(routine, timeline):
        yield from _wrapped(fact, width, rest="  ")
    labels = phrases.load("en").all_shown("card")
    notes = notes_of(routine, timeline.language)
    told = gathered(sections(notes, timeline), labels["more"])
    for heading, lines in (
        ("Position", (notes.position,) if notes.position else ()),
        ("Settle", _settle(routine, timeline)),
        *((labels[section.key], section.items) for section in told),
    ):
        if lines:
            yield from _heading(heading)
            for line in lines:
                yield from _wrapped(line, width, "  - ", "    ")
    yield from _heading("Steps")
    for number, chapters in _steps(timeline):
        yield from _step(number, chapters, width, touches=chapters[0].touch)


def _document(routine: Routine, timeline: Timeline) -> dict[str, Any]:
    """The same as JSON's values; what does not concern this session is null or empty."""
    from voiceguide.routine.languages import languages
    from voiceguide.routine.notes import notes_of, sections

    notes = notes_of(routine, timeline.language)
    told = {section.key: section for section in sections(notes, timeline)}

    def line(key: Key) -> str | None:
        return told[key].items[0] if key in told else None

    sounds = told.get("sounds")
    return {
        **{name: getattr(timeline, name) for name in ("routine", "title", "summary", "audience", "length", "setup")},
        **{name: getattr(timeline, name) for name in ("language", "voice", "estimated")},
        "duration": round(timeline.duration, 6),
        "hands_on": round(_hands_on(timeline), 6),
        "setups": list(routine.setups),
        "languages": list(languages(routine)),
        "tags": list(routine.tags),
        "notes": {
            "position": notes.position or None,
            "settle": list(_settle(routine, timeline)),
            "need": list(notes.need),
            "not_today": list(notes.not_today),
            "ask_first": list(notes.ask_first),
            "avoid": list(notes.avoid),
            "more": list(notes.more),
            "sounds": dict(zip(sounds.sounds, sounds.items, strict=True)) if sounds else {},
            **{key: line(key) for key in _LINES},
        },
        "steps": [_told(number, chapters) for number, chapters in _steps(timeline)],
    }


def _told(number: int, chapters: list[Chapter]) -> dict[str, Any]:
    """A step as JSON's values; `seconds` is one slot's."""
    slots = [slot for chapter in chapters for slot in chapter.slots]
    return {
        "number": number,
        "title": chapters[0].title,
        "group": chapters[0].group,
        "start": chapters[0].start,
        "touch": chapters[0].touch,
        "show": chapters[0].show,
        "slots": len(slots),
        "sides": [slot.side for slot in slots if slot.side],
        "seconds": round(slots[0].end - slots[0].start, 6),
        "holds": len(slots[0].rounds),
        "strokes": len(slots[0].cycles),
    }


def _steps(timeline: Timeline) -> Iterator[tuple[int, list[Chapter]]]:
    """The steps by number, each with its chapters."""
    chapters = sorted((chapter for chapter in timeline.chapters if chapter.step), key=lambda each: each.step or 0)
    for number, same in groupby(chapters, key=lambda chapter: chapter.step):
        yield number or 0, list(same)


def _settle(routine: Routine, timeline: Timeline) -> tuple[str, ...]:
    """What the receiver does while the opening is spoken, as far as it is for this setup and length."""
    from voiceguide.durations import LENGTHS
    from voiceguide.script.selection import is_played

    bases = [base for base in LENGTHS if base == timeline.length] or LENGTHS
    said = (
        each.say.get(timeline.language)
        for each in routine.settle
        if any(is_played(each.only, base, timeline.setup) for base in bases)
    )
    return tuple(filter(None, said))


def _hands_on(timeline: Timeline) -> float:
    """Seconds in which hands are on a body."""
    from voiceguide.timeline import touching

    return sum(slot.end - slot.start for slot in touching(timeline.chapters))


def _facts(routine: Routine, timeline: Timeline) -> Iterator[str]:
    """What this session is, and what else there is to choose."""
    from voiceguide.routine.languages import languages

    how = "estimated" if timeline.estimated else "measured"
    setup = f", {timeline.setup}" if timeline.setup else ""
    on = f", hands on {clock(_hands_on(timeline))}"
    lasts = f"{clock(timeline.duration)} ({how}){on}"
    yield f"{timeline.length}{setup}: {lasts}, in {timeline.language}, by {timeline.voice}"
    for name, values in (("Setups", routine.setups), ("Languages", languages(routine)), ("Tags", routine.tags)):
        if values:
            yield f"{name}: {', '.join(values)}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield printing.Bold(f"{text}:")


def _step(number: int, chapters: list[Chapter], width: int, *, touches: bool) -> Iterator[str]:
    """A step's lines: when it starts, and its slots, as `2 × 2 m 30 s (left, right)`."""
    slots = [slot for chapter in chapters for slot in chapter.slots]
    lasting = words(round(slots[0].end - slots[0].start)).replace(" min", " m")
    if len(slots) > 1:
        lasting = f"{len(slots)} × {lasting} ({', '.join(slot.side or '' for slot in slots)})"
    rounds = len(slots[0].rounds)
    held = f", {rounds} hold{'s' * (rounds != 1)}{' a side' if len(slots) > 1 else ''}" if rounds else ""
    strokes = len(slots[0].cycles)
    held += f", {strokes} strokes{' a side' if len(slots) > 1 else ''}" if strokes else ""
    held += "" if touches else ", hands on nobody"
    group = f"{chapters[0].group}: " if chapters[0].group else ""
    before = f"  {clock(chapters[0].start):>7}  {number:>2}. "
    yield from _wrapped(f"{group}{chapters[0].title}: {lasting}{held}", width, before, " " * len(before))


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text as lines; no terminal takes any of it for a command."""
    from voiceguide.text.lines import plain

    yield from wrap(plain(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
