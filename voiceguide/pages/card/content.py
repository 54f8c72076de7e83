"""What a card says: a session and a routine's notes as titles, lines and lists, without a place on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import phrases
from voiceguide.drawing import atlas
from voiceguide.drawing.letters import clean
from voiceguide.durations import clock, words
from voiceguide.routine.notes import gathered, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.drawing.vector import Vector
    from voiceguide.phrases import Phrases
    from voiceguide.routine.notes import Notes, Section
    from voiceguide.timeline import Chapter, Slot, Timeline


@dataclass(frozen=True, slots=True)
class Step:
    """A step's line."""

    number: str
    name: str
    start: str
    """When it begins the first time, as `at 5:49`."""
    lasting: str
    """As `2 × 1 min 30 s`; a group's steps too count every side."""
    details: tuple[str, ...]
    """Sides, then holds or strokes; empty for none. A group says its sides itself."""
    todo: str = ""
    """The first sentence of what is to be done; "" where little is said."""
    drawing: Vector | None = None
    """What shows its move."""


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that belong together: those of a group, or one by itself."""

    group: str
    """The group's name, "" for none."""
    sides: str
    """As `left 10:43, right 13:29`; "" for none."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A side on the picture."""

    word: str
    mark: str
    """A letter or number of its own."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that stands on a card."""

    title: str
    total: str
    """As `20 min`."""
    position: str
    author: str
    """As `By Ana Rossi`; "" where nobody says."""
    cover: bytes | None
    """A picture of its own, PNG or JPEG."""
    parts: tuple[Part, ...]
    promise: str
    """Softer, firmer, or stop."""
    sections: tuple[Section, ...]
    sides: tuple[Side, ...]
    """In the order in which they come."""
    timeline: Timeline
    labels: Mapping[str, str]
    """The card's own words, by key."""
    name: str
    """Which session this is, as its file is called: `upper-back, short, lying`."""
    estimate: str
    """That times are estimated; "" where they are measured."""


def without_todo(told: Content) -> Content:
    """Return what a card says where there is no room for a line of what to do."""
    parts = (replace(part, steps=tuple(replace(step, todo="") for step in part.steps)) for part in told.parts)
    return replace(told, parts=tuple(parts))


def without_drawings(told: Content) -> Content:
    """Return what a card says where there is no room for drawings."""
    parts = (replace(part, steps=tuple(replace(step, drawing=None) for step in part.steps)) for part in told.parts)
    return replace(told, parts=tuple(parts))


def content(timeline: Timeline, notes: Notes, cover: bytes | None = None) -> Content:
    """Return what a session's card says, in the session's language."""
    book = phrases.load(timeline.language)
    labels = book.all_shown("card")
    return Content(
        title=clean(timeline.title),
        total=_lasting(round(timeline.duration)),
        position=clean(notes.position),
        author=labels["by"].format(name=clean(notes.author)) if notes.author else "",
        cover=cover,
        parts=_parts(timeline, book, _Told(_todo(timeline), notes.drawings)),
        promise=labels["words_self" if timeline.audience == "self" else "words"],
        sections=_sections(timeline, notes, labels["more"]),
        sides=_sides(timeline),
        timeline=timeline,
        labels=labels,
        name=clean(", ".join(filter(None, (timeline.routine, timeline.length, timeline.setup)))),
        estimate=labels["estimate"] if timeline.estimated else "",
    )


def _sections(timeline: Timeline, notes: Notes, more: str) -> tuple[Section, ...]:
    """What to know before, as lists, the sounds first; what the card says elsewhere or nobody needs on a wall is not.

    The lines that hold for every session begin the last list.
    """
    told = gathered(sections(notes, timeline), more, but=("words", "first_time"))
    cleaned = (replace(section, items=_cleaned(section.items)) for section in told)
    return tuple(sorted((each for each in cleaned if each.items), key=lambda each: each.key != "sounds"))


def _cleaned(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean, items)))


def _todo(timeline: Timeline) -> dict[int | None, str]:
    """The first sentence of each step's instruction, by the step's number."""
    found: dict[int | None, str] = {}
    for clip in timeline.on("narration"):
        if clip.role == "instruction" and clip.sentences:
            found.setdefault(clip.step, clean(clip.sentences[0].text))
    return found


class _Told(NamedTuple):
    """What steps are told with, beside their times."""

    todo: Mapping[int | None, str]
    """The first sentence of each one's instruction, by the step's number."""
    own: Mapping[str, Vector]
    """Drawings that stand beside the routine."""


def _parts(timeline: Timeline, book: Phrases, told: _Told) -> tuple[Part, ...]:
    """The steps in the order of their numbers, a group's together."""
    played = sorted((chapter for chapter in timeline.chapters if chapter.step), key=lambda each: each.step or 0)
    steps = [list(chapters) for _, chapters in groupby(played, key=lambda each: each.step)]
    runs: list[list[list[Chapter]]] = []
    for chapters in steps:
        before = runs[-1][-1] if runs else None
        if before and chapters[0].group is not None and _go_on(before, chapters):
            runs[-1].append(chapters)
        else:
            runs.append([chapters])
    return tuple(_part(members, book, told) for members in runs)


def _go_on(before: list[Chapter], chapters: list[Chapter]) -> bool:
    """Say whether a group's step belongs to the step before it: then each begins once before the other is over.

    Another group may have the same name.
    """
    alike = before[0].group == chapters[0].group and len(before) == len(chapters)
    return alike and (len(before) == 1 or chapters[0].start < before[-1].start)


def _part(members: list[list[Chapter]], book: Phrases, told: _Told) -> Part:
    group = members[0][0].group
    begun = "" if group is None else ", ".join(f"{_side(each)} {clock(each.start)}".strip() for each in members[0])
    return Part(clean(group or ""), begun, tuple(_step(chapters, book, told) for chapters in members))


def _side(chapter: Chapter) -> str:
    return clean(chapter.slots[0].side or "") if chapter.slots else ""


def _step(chapters: list[Chapter], book: Phrases, told: _Told) -> Step:
    """A step's line from its chapters: one, or in a group one a side."""
    first = chapters[0]
    slots = [slot for chapter in chapters for slot in chapter.slots]
    timed = slots[0] if slots else first
    each = _lasting(round(timed.end - timed.start))
    sides = "" if first.group else ", ".join(clean(slot.side) for slot in slots if slot.side)
    return Step(
        number=str(first.step),
        name=clean(first.title),
        start=book.shown("card", "at").format(time=clock(first.start)),
        lasting=f"{len(slots)}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{each}" if len(slots) > 1 else each,
        details=tuple(filter(None, (sides, _holds(slots, book), _strokes(slots, book)))),
        todo=told.todo.get(first.step, ""),
        drawing=_drawing(first, told),
    )


def _drawing(chapter: Chapter, told: _Told) -> Vector | None:
    """What shows a step's move, without its labels: they would be too small to be read."""
    found = atlas.found(chapter.show, told.own) if chapter.show else None
    return found.wordless if found else None


def _holds(slots: list[Slot], book: Phrases) -> str:
    """How often a side is held and for how long; "" for a step without holds."""
    rounds = slots[0].rounds if slots else ()
    if not rounds:
        return ""
    (press, let_go), (release, end) = rounds[0].press, rounds[0].release
    key = "holds" if round(end - release, 1) else "holds_only"
    return book.shown("card", key).format(
        times=len(rounds), press=_lasting(let_go - press), release=_lasting(end - release)
    )


def _strokes(slots: list[Slot], book: Phrases) -> str:
    """How long a stroke takes each way; "" for a step without a rhythm."""
    cycles = slots[0].cycles if slots else ()
    if not cycles:
        return ""
    (start, turn), (_, end) = cycles[0].out, cycles[0].back
    return book.shown("card", "strokes").format(out=_lasting(turn - start), back=_lasting(end - turn))


def _sides(timeline: Timeline) -> tuple[Side, ...]:
    """The session's sides, each with its first letter, or all with numbers where two begin alike."""
    found = dict.fromkeys(clean(slot.side) for each in timeline.chapters for slot in each.slots if slot.side)
    first = [word[:1].upper() for word in found]
    marks = first if len(set(first)) == len(first) else [str(number) for number, _ in enumerate(found, 1)]
    return tuple(Side(word, mark) for word, mark in zip(found, marks, strict=True))


def _lasting(seconds: float) -> str:
    """A length whose numbers stay with their units."""
    return words(seconds).replace(" ", "\N{NO-BREAK SPACE}")
