"""A timeline read from its JSON, checked key by key."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, cast, get_args

from voiceguide.errors import UsageError, did_you_mean, option
from voiceguide.timeline import SCHEMA, Chapter, Clip, Cycle, Round, Slot, Timeline, Track, Words

if TYPE_CHECKING:
    from pathlib import Path

TRACKS = get_args(Track)


def read(path: Path) -> Timeline:
    """Read the file of a timeline that `voiceguide render` wrote.

    Raises UsageError, with the key that is not as it should be.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{option('timeline')}: {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{option('timeline')}: {path}: expected a timeline in JSON, got something else: {error}"
        ) from error
    return timeline(document, str(path))


def timeline(document: object, name: str = "timeline") -> Timeline:
    """Return the timeline that `Timeline.to_json` made a document of; `name` is what messages call it.

    Raises UsageError, naming the key as in `T.json: clips[3].start`, for the first thing that is not as it should be.
    """
    whole = _Value(document, name, "")
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
        pace=int(whole.key("pace").seconds()),
        bed=whole.key("bed").text_or_none(),
        choices=_choices(whole.key("choices")),
        duration=duration,
        estimated=whole.key("estimated").flag(),
        chapters=tuple(_chapter(entry) for entry in chapters.items()),
        clips=tuple(sorted((_clip(entry) for entry in whole.key("clips").items()), key=lambda c: (c.start, c.end))),
    )


def _choices(entry: _Value) -> dict[str, Any]:
    return {name: entry.key(name).choice() for name in entry.keys()}  # noqa: SIM118 (not a mapping's)


def _chapter(entry: _Value) -> Chapter:
    return Chapter(
        entry.key("title").text(),
        *entry.span(),
        entry.key("step").count_or_none(),
        entry.key("group").text_or_none(),
        tuple(_slot(slot) for slot in entry.key("slots").items()),
    )


def _slot(entry: _Value) -> Slot:
    held = entry.key("rounds").items() if entry.has("rounds") else ()
    rounds = tuple(Round(each.key("press").pair(), each.key("release").pair()) for each in held)
    paced = entry.key("cycles").items() if entry.has("cycles") else ()
    cycles = tuple(Cycle(each.key("out").pair(), each.key("back").pair(), each.key("voiced").flag()) for each in paced)
    return Slot(entry.key("side").text_or_none(), *entry.span(), rounds, cycles)


def _clip(entry: _Value) -> Clip:
    track = entry.key("track").text()
    if track not in TRACKS:
        entry.key("track").refuse(f"one of {', '.join(TRACKS)}", did_you_mean(track, TRACKS))
    role, (start, end) = entry.key("role").text(), entry.span()
    step, side = entry.key("step").count_or_none(), entry.key("side").text_or_none()
    if track != "narration":
        return Clip(cast("Track", track), role, start, end, step, side, entry.key("sound").text())
    sentences = tuple(Words(*said.span(), said.key("text").text()) for said in entry.key("sentences").items())
    return Clip("narration", role, start, end, step, side, text=entry.key("text").text(), sentences=sentences)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the document, and where it stands."""

    value: object
    file: str
    path: str

    def key(self, name: str) -> _Value:
        path = f"{self.path}.{name}" if self.path else name
        if not self.has(name):
            raise UsageError(f"{self.file}: {path}: expected this key, found none.{_REMEDY}")
        return _Value(cast("Mapping[str, object]", self.value)[name], self.file, path)

    def has(self, name: str) -> bool:
        if not isinstance(self.value, Mapping):
            self.refuse("an object with keys")
        return name in self.value

    def keys(self) -> tuple[str, ...]:
        if not isinstance(self.value, Mapping):
            self.refuse("an object with keys")
        return tuple(map(str, self.value))

    def choice(self) -> str | float | bool | tuple[str, ...] | None:
        if isinstance(self.value, (list, tuple)):
            return tuple(each.text() for each in self.items())
        if self.value is not None and not isinstance(self.value, (str, int, float)):
            self.refuse("a text, a number, true, false, null or a list of texts")
        return self.value

    def items(self) -> list[_Value]:
        if not isinstance(self.value, (list, tuple)):
            self.refuse("a list")
        return [_Value(item, self.file, f"{self.path}[{number}]") for number, item in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("a text")
        return self.value

    def text_or_none(self) -> str | None:
        return None if self.value is None else self.text()

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("true or false")
        return self.value

    def count_or_none(self) -> int | None:
        value = self.value
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            self.refuse("a number from 1, or null")
        return value

    def seconds(self) -> float:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
            self.refuse("seconds, 0 or more")
        return float(value)

    def span(self) -> tuple[float, float]:
        start, end = self.key("start").seconds(), self.key("end").seconds()
        if end < start:
            self.key("end").refuse(f"no less than the start, {start:g}")
        return start, end

    def pair(self) -> tuple[float, float]:
        both = self.items()
        if len(both) != 2:
            self.refuse("two times, as [4.0, 9.0]")
        return both[0].seconds(), both[1].seconds()

    def refuse(self, expected: str, hint: str = "") -> NoReturn:
        where = f"{self.path}: " if self.path else ""
        got = repr(self.value)
        shown = got if len(got) <= 60 else f"{got[:60]} …"
        raise UsageError(f"{self.file}: {where}expected {expected}, got {shown}.{hint}{_REMEDY}")


_REMEDY = f" Make the timeline again: `voiceguide render` writes one where it is given {option('timeline')}"
