"""A timeline read from its JSON, checked key by key: what it tells lies in the session, in order, and is countable.

Whoever reads a `Timeline` may rely on that, wherever it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from voiceguide.errors import did_you_mean, option
from voiceguide.store import documents
from voiceguide.store.documents import Value
from voiceguide.timeline import SCHEMA, Chapter, Clip, Cycle, Round, Slot, Timeline, Track, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Span = tuple[float, float]

TRACKS = get_args(Track)
AUDIENCES = ("giver", "self")
EPSILON = 0.001
"""Seconds that what follows may begin early."""
LIMIT = 8 << 20
"""Bytes; a session of many hours has some 2 MB."""
MOST_CHAPTERS, MOST_SLOTS, MOST_ROUNDS = 3_000, 100, 1_000
"""Slots are a chapter's; rounds and cycles a slot's."""
MOST_CLIPS, MOST_BEDS = 30_000, 100
MOST_SIGNS, MOST_WORDS = 2_000, 50_000
"""Signs of a title or name, and of what is said or summed up."""


def read(path: Path) -> Timeline:
    """Read the file of a timeline that `voiceguide render` wrote.

    Raises UsageError, with the key that is not as it should be.
    """
    return _timeline(documents.read(path, what="a timeline", remedy=_REMEDY, limit=LIMIT))


def timeline(document: object, name: str = "timeline") -> Timeline:
    """Return the timeline that `Timeline.to_json` made a document of; `name` is what messages call it.

    Raises UsageError, naming the key as in `T.json: clips[3].start`, for the first thing that is not as it should be.
    """
    return _timeline(Value(document, name, remedy=_REMEDY))


def parsed(text: str, name: str) -> Timeline:
    """Return the timeline in a text, which a file of that name carries. Raises UsageError as `timeline` does."""
    return _timeline(
        documents.parsed(text, name, what="the timeline in this file", remedy="Render it again.", limit=LIMIT)
    )


def _timeline(whole: Value) -> Timeline:
    schema = whole.key("schema")
    if schema.value != SCHEMA or isinstance(schema.value, bool):
        schema.refuse(f"{SCHEMA}: this version reads no other")
    duration = whole.key("duration").seconds()
    if duration <= 0:
        whole.key("duration").refuse("more than 0 seconds")
    chapters = whole.key("chapters")
    if not chapters.items():
        chapters.refuse("at least one chapter")
    session = (0.0, duration)
    return Timeline(
        generator=_short(whole.key("generator")),
        routine=_short(whole.key("routine")),
        title=_short(whole.key("title")),
        summary=_long(whole.key("summary")),
        audience=_one_of(whole.key("audience"), AUDIENCES),
        length=_short(whole.key("length")),
        setup=_short_or_none(whole.key("setup")),
        talk=_short(whole.key("talk")),
        language=_short(whole.key("language")),
        voice=_short(whole.key("voice")),
        pace=whole.key("pace").count(0, 10_000),
        bed=_short_or_none(whole.key("bed")),
        choices=_choices(whole.key("choices")),
        duration=duration,
        estimated=whole.key("estimated").flag(),
        chapters=tuple(map(_chapter, _tiling(chapters.items(MOST_CHAPTERS), session))),
        clips=_clips(whole.key("clips"), session),
    )


def _in_order(entries: list[Value], within: Span, spans: Callable[[Value], Span]) -> list[Value]:
    """Return entries as they are. Raises UsageError for the first that lies outside, or begins before the last is over.

    EPSILON is for what rounding to 6 decimals does.
    """
    at, last = within
    for entry in entries:
        start, end = spans(entry)
        if start < at - EPSILON or end > last + EPSILON:
            entry.refuse(f"what lies from {at:g} to {last:g} s", got=f"{start:g} to {end:g} s")
        at = max(at, end)
    return entries


def _tiling(entries: list[Value], session: Span) -> list[Value]:
    """Return chapters as they are. Raises UsageError for the first that leaves a gap, or lies over another."""
    at = session[0]
    for number, entry in enumerate(entries, 1):
        start, end = _span(entry)
        if abs(start - at) > EPSILON:
            entry.key("start").refuse(f"{at:g}, where the one before ends" if number > 1 else "0")
        at = end
        if number == len(entries) and abs(at - session[1]) > EPSILON:
            entry.key("end").refuse(f"{session[1]:g}, where the session ends")
    return entries


def _clips(entry: Value, session: Span) -> tuple[Clip, ...]:
    """The clips by their start; those that start together as they stand there."""
    found = sorted(((each, _clip(each)) for each in entry.items(MOST_CLIPS)), key=lambda pair: pair[1].start)
    spoken = [each for each, clip in found if clip.track == "narration"]
    _in_order(spoken, session, _span)
    for each, clip in found:
        if clip.end > session[1] + EPSILON:
            each.key("end").refuse(f"no more than the session's {session[1]:g} s")
    if sum(clip.track == "bed" for _, clip in found) > MOST_BEDS:
        entry.refuse(f"at most {MOST_BEDS} of the bed", got="more")
    return tuple(clip for _, clip in found)


def _choices(entry: Value) -> dict[str, Any]:
    if entry.has("without"):
        entry.key("without").items()
    return {name: _choice(entry.key(name)) for name in entry.keys()}  # noqa: SIM118 (not a mapping's)


def _chapter(entry: Value) -> Chapter:
    within = _span(entry)
    return Chapter(
        _short(entry.key("title")),
        *within,
        entry.key("step").count_or_none(),
        _short_or_none(entry.key("group")),
        tuple(map(_slot, _in_order(entry.key("slots").items(MOST_SLOTS), within, _span))),
        show=_short(entry.key("show")) if entry.has("show") else None,
    )


def _slot(entry: Value) -> Slot:
    within = _span(entry)
    held = _in_order(_listed(entry, "rounds"), within, lambda each: _both(each, "press", "release"))
    paced = _in_order(_listed(entry, "cycles"), within, lambda each: _both(each, "out", "back"))
    rounds = tuple(Round(_pair(each.key("press")), _pair(each.key("release"))) for each in held)
    cycles = tuple(Cycle(_pair(each.key("out")), _pair(each.key("back")), each.key("voiced").flag()) for each in paced)
    return Slot(_short_or_none(entry.key("side")), *within, rounds, cycles)


def _listed(entry: Value, name: str) -> list[Value]:
    return entry.key(name).items(MOST_ROUNDS) if entry.has(name) else []


def _both(entry: Value, first: str, second: str) -> Span:
    """From where one phase of a round or stroke begins to where the other is over, which begins no earlier."""
    (start, turn), (begun, end) = _pair(entry.key(first)), _pair(entry.key(second))
    if begun < turn - EPSILON:
        entry.key(second).refuse(f"what begins at {turn:g} s or later")
    return start, end


def _clip(entry: Value) -> Clip:
    track = _one_of(entry.key("track"), TRACKS)
    role, (start, end) = _short(entry.key("role")), _span(entry)
    step, side = entry.key("step").count_or_none(), _short_or_none(entry.key("side"))
    if track != "narration":
        return Clip(cast("Track", track), role, start, end, step, side, _short(entry.key("sound")))
    said = _in_order(entry.key("sentences").items(MOST_CLIPS), (start, end), _span)
    sentences = tuple(Words(*_span(each), _long(each.key("text"))) for each in said)
    return Clip("narration", role, start, end, step, side, text=_long(entry.key("text")), sentences=sentences)


def _one_of(entry: Value, known: tuple[str, ...]) -> str:
    text = _short(entry)
    if text not in known:
        entry.refuse(f"one of {', '.join(known)}", did_you_mean(text, known))
    return text


def _short(entry: Value, most: int = MOST_SIGNS) -> str:
    """A text that names something."""
    if len(entry.text()) > most:
        entry.refuse(f"a text of at most {most:,} signs")
    return entry.text()


def _long(entry: Value) -> str:
    return _short(entry, MOST_WORDS)


def _short_or_none(entry: Value) -> str | None:
    return None if entry.value is None else _short(entry)


def _choice(entry: Value) -> str | float | bool | tuple[str, ...] | None:
    value = entry.value
    if isinstance(value, (list, tuple)):
        return tuple(each.text() for each in entry.items())
    if isinstance(value, str):
        return entry.text()
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, (int, float)):
        entry.refuse("a text, a number, true, false, null or a list of texts")
    entry.number()
    return value


def _span(entry: Value) -> Span:
    start, end = entry.key("start").seconds(), entry.key("end").seconds()
    if end < start:
        entry.key("end").refuse(f"no less than the start, {start:g}")
    return start, end


def _pair(entry: Value) -> Span:
    both = entry.items()
    if len(both) != 2:
        entry.refuse("two times, as [4.0, 9.0]")
    start, end = both[0].seconds(), both[1].seconds()
    if end < start:
        both[1].refuse(f"no less than the start, {start:g}")
    return start, end


_REMEDY = f"Make the timeline again: `voiceguide render` writes one where it is given {option('timeline')}"
