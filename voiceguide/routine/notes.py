"""What stands to be read beside a session, as little of it is spoken: a routine's notes, and the program's own."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from voiceguide import phrases
from voiceguide.drawing import atlas
from voiceguide.errors import RoutineError
from voiceguide.routine import finding
from voiceguide.text import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from voiceguide.drawing.vector import Vector
    from voiceguide.phrases import Audience
    from voiceguide.routine.model import Routine, Text
    from voiceguide.timeline import Timeline

FIRST_TIME: dict[Audience, str] = {"giver": "first-time", "self": "first-time-self"}
"""The bundled routines that newcomers hear once."""

Key = Literal[
    "first_time",
    "need",
    "volume",
    "do_not_start",
    "ask_first",
    "avoid",
    "numbers",
    "words",
    "sounds",
    "lost",
    "faint",
    "oil",
    "more",
]


@dataclass(frozen=True, slots=True)
class Notes:
    """A routine's notes in one language, as its author wrote them; a text that is not in it is left out."""

    position: str = ""
    need: tuple[str, ...] = ()
    do_not_start: tuple[str, ...] = ()
    """Where the routine has none: the language's own."""
    ask_first: tuple[str, ...] = ()
    """Where the routine has none: the language's own, as one sentence."""
    avoid: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Shown, never spoken."""
    core: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    first_time: str = ""
    """The title of the session that newcomers hear first; "" where there is none, or this is it."""
    author: str = ""
    """Who wrote it; "" where nobody says."""
    drawings: Mapping[str, Vector] = field(default_factory=dict)
    """Those that stand beside the routine, by what its steps call them."""

    @property
    def not_today(self) -> tuple[str, ...]:
        """All who are not massaged today: whatever a session may say of it, each once.

        `core` says in fewer words what `do_not_start` says; of it only stands here what is about something else.
        """
        others = (item for item in self.core if not _is_told(item, self.do_not_start))
        return _once((*self.do_not_start, *others, *self.always))


@dataclass(frozen=True, slots=True)
class Section:
    """A list under a heading, or a line that needs none."""

    key: Key
    heading: str
    """"" for a line by itself."""
    items: tuple[str, ...]
    sounds: tuple[str, ...] = ()
    """The sounds that the items are about; empty for other lists."""


def notes_of(routine: Routine, language: str) -> Notes:
    """Return a routine's notes in a BCP 47 language."""
    from voiceguide.routine.joining import once  # which reads files

    def written(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(filter(None, (text.get(language) for text in once(routine, texts, language))))

    def said(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(map(marks.strip, written(texts)))

    safety, book = routine.safety, phrases.load(language)
    stops = (
        said(part.safety.do_not_start) or book.items("core", routine.audience) for part in routine.parts or (routine,)
    )
    return Notes(
        position=(routine.position.get(language) or "") if routine.position else "",
        need=written(routine.need),
        do_not_start=_once(item for items in stops for item in items),
        ask_first=said(safety.ask_first) or (book.get("gate_core_ask", routine.audience),),
        avoid=said(safety.avoid),
        more=written(safety.more),
        core=said(safety.core),
        always=said(safety.always),
        first_time=_first_time(routine, language),
        author=routine.author,
        drawings=own_drawings(routine),
    )


def own_drawings(routine: Routine) -> dict[str, Vector]:
    """Return the drawings that stand beside a routine, by what its steps call them. Raises VoiceguideError."""
    named = {step.show for step in routine.every_step if step.show} - {*atlas.names()}
    return {name: atlas.own(Path(*routine.beside(name))) for name in sorted(named)}


def sections(notes: Notes, timeline: Timeline) -> tuple[Section, ...]:
    """Return all that is to be read before a session, in order: its notes, and what holds for every session."""
    return tuple(section for section in _sections(notes, timeline) if section.items)


def gathered(told: Iterable[Section], heading: str, *, but: tuple[Key, ...] = ()) -> tuple[Section, ...]:
    """Return sections without those of `but`, and the lines among them at the head of the last list, `more`.

    `heading` is that list's where the sections have none.
    """
    kept = [section for section in told if section.key not in but]
    lines = [item for section in kept if not section.heading for item in section.items]
    lists = [section for section in kept if section.heading and section.key != "more"]
    more = next((section for section in kept if section.key == "more"), Section("more", heading, ()))
    items = (*lines, *more.items)
    return (*lists, replace(more, items=items)) if items else tuple(lists)


def _sections(notes: Notes, timeline: Timeline) -> Iterator[Section]:
    from voiceguide.routine.sounds import CHIMES  # which checks files

    book = phrases.load(timeline.language)
    audience = cast("Audience", timeline.audience)
    heard = {clip.sound for clip in timeline.on("chime")}
    sounds = tuple(sound for sound in CHIMES if sound in heard)
    legend = tuple(book.get(f"sound_{sound.replace('-', '_')}", audience) for sound in sounds)
    is_oiled = any(clip.role == "oil" for clip in timeline.on("narration"))

    def listed(key: Key, items: tuple[str, ...]) -> Section:
        return Section(key, book.shown("card", key), items)

    def line(key: Key) -> Section:
        return Section(key, "", (book.shown("notes", key),))

    if notes.first_time:
        yield Section("first_time", "", (book.shown("notes", "first_time").format(title=notes.first_time),))
    yield listed("need", notes.need)
    yield line("volume")
    yield listed("do_not_start", notes.not_today)
    yield listed("ask_first", notes.ask_first)
    yield listed("avoid", notes.avoid)
    yield line("numbers")
    yield Section("words", "", (book.shown("card", "words_self" if audience == "self" else "words"),))
    yield replace(listed("sounds", legend), sounds=sounds)
    yield line("lost")
    yield line("faint")
    if is_oiled:
        yield line("oil")
    yield listed("more", notes.more)


def _first_time(routine: Routine, language: str) -> str:
    """The title of the bundled session for newcomers; "" where there is none in the language, and for itself."""
    name = FIRST_TIME[routine.audience]
    file = finding.files().get(name)
    if file is None or name in {part.name for part in routine.parts or (routine,)}:
        return ""
    from voiceguide.routine.reading import read

    with suppress(RoutineError):
        return marks.strip(read(file).title.get(language) or "")
    return ""


def _is_told(item: str, told: Iterable[str]) -> bool:
    """Whether half of an item's words, or more, stand in other items, be it within longer words."""
    words = re.findall(r"\w{4,}", item.casefold())
    said = " ".join(told).casefold()
    return bool(words) and 2 * sum(word in said for word in words) >= len(words)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    """Items, of those that differ in nothing but capitals and full stops the first."""
    found: dict[str, str] = {}
    for item in items:
        found.setdefault(item.casefold().rstrip("."), item)
    return tuple(found.values())
