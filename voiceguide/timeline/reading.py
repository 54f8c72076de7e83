"""A timeline read from its JSON, checked key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from voiceguide.errors import did_you_mean, option
from voiceguide.store import documents
from voiceguide.store.documents import Value
from voiceguide.timeline import SCHEMA, Chapter, Clip, Cycle, Round, Slot, Timeline, Track, Words

if TYPE_CHECKING:
    from pathlib import Path

TRACKS = get_args(Track)


def read(path: Path) -> Timeline:
    """Read the file of a timeline that `voiceguide render` wrote.

    Raises UsageError, with the key that is not as it should be.
    """
    return _timeline(documents.read(path, what="a timeline", remedy=_REMEDY))


def timeline(document: object, name: str = "timeline") -> Timeline:
    """Return the timeline that `Timeline.to_json` made a document of; `name` is what messages call it.

    Raises UsageError, naming the key as in `T.json: clips[3].start`, for the first thing that is not as it should be.
    """
    return _timeline(Value(document, name, remedy=_REMEDY))


def parsed(text: str, name: str) -> Timeline:
    """Return the timeline in a text, which a file of that name carries. Raises UsageError as `timeline` does."""
    return _timeline(documents.parsed(text, name, what="the timeline in this file", remedy="Render it again."))


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
    return Timeline(
        generator=whole.key("generator").text(),
        routine=whole.key("routine").text(),
        title=whole.key("title").text(),
        summary=whole.key("summary").text(),
        audience=whole.key("audience").text(),
        length=whole.key("length").text(),
        setup=whole.key("setup").text_or_none(),
        talk=whole.key("talk").text(),
        language=whole.key("language").text(),
        voice=whole.key("voice").text(),
        pace=whole.key("pace").count(0, 10_000),
        bed=whole.key("bed").text_or_none(),
        choices=_choices(whole.key("choices")),
        duration=duration,
        estimated=whole.key("estimated").flag(),
        chapters=tuple(_chapter(entry) for entry in chapters.items()),
        clips=tuple(sorted((_clip(entry) for entry in whole.key("clips").items()), key=lambda c: (c.start, c.end))),
    )


def _choices(entry: Value) -> dict[str, Any]:
    return {name: _choice(entry.key(name)) for name in entry.keys()}  # noqa: SIM118 (not a mapping's)


def _chapter(entry: Value) -> Chapter:
    return Chapter(
        entry.key("title").text(),
        *_span(entry),
        entry.key("step").count_or_none(),
        entry.key("group").text_or_none(),
        tuple(_slot(slot) for slot in entry.key("slots").items()),
    )


def _slot(entry: Value) -> Slot:
    held = entry.key("rounds").items() if entry.has("rounds") else ()
    rounds = tuple(Round(_pair(each.key("press")), _pair(each.key("release"))) for each in held)
    paced = entry.key("cycles").items() if entry.has("cycles") else ()
    cycles = tuple(Cycle(_pair(each.key("out")), _pair(each.key("back")), each.key("voiced").flag()) for each in paced)
    return Slot(entry.key("side").text_or_none(), *_span(entry), rounds, cycles)


def _clip(entry: Value) -> Clip:
    track = entry.key("track").text()
    if track not in TRACKS:
        entry.key("track").refuse(f"one of {', '.join(TRACKS)}", did_you_mean(track, TRACKS))
    role, (start, end) = entry.key("role").text(), _span(entry)
    step, side = entry.key("step").count_or_none(), entry.key("side").text_or_none()
    if track != "narration":
        return Clip(cast("Track", track), role, start, end, step, side, entry.key("sound").text())
    sentences = tuple(Words(*_span(said), said.key("text").text()) for said in entry.key("sentences").items())
    return Clip("narration", role, start, end, step, side, text=entry.key("text").text(), sentences=sentences)


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


def _span(entry: Value) -> tuple[float, float]:
    start, end = entry.key("start").seconds(), entry.key("end").seconds()
    if end < start:
        entry.key("end").refuse(f"no less than the start, {start:g}")
    return start, end


def _pair(entry: Value) -> tuple[float, float]:
    both = entry.items()
    if len(both) != 2:
        entry.refuse("two times, as [4.0, 9.0]")
    return both[0].seconds(), both[1].seconds()


_REMEDY = f"Make the timeline again: `voiceguide render` writes one where it is given {option('timeline')}"
