"""What a timeline's JSON promises of a file, checked key by key."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NoReturn, cast, get_args

from voiceguide.errors import UsageError, did_you_mean
from voiceguide.timeline import SCHEMA, Chapter, Clip, Track, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

TRACKS = get_args(Track)


@dataclass(frozen=True, slots=True)
class Planned:
    """The part of a timeline that can be heard."""

    duration: float
    """Seconds."""
    estimated: bool
    talk: str
    voice: str
    chapters: tuple[Chapter, ...]
    """Their titles and times."""
    clips: tuple[Clip, ...]
    """Sorted by start."""

    def on(self, track: Track) -> tuple[Clip, ...]:
        """Return the clips of a track."""
        return tuple(clip for clip in self.clips if clip.track == track)


class Spans:
    """Stretches of time that may overlap, asked whether one of them touches another stretch."""

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        """Take (start, end) pairs in seconds, in any order."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._latest_ends = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: float, end: float) -> bool:
        """Say whether a span shares time with [start, end)."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._latest_ends[before - 1] > start


def planned(document: object, name: str = "timeline") -> Planned:
    """Read a timeline as `render --timeline` writes it.

    Raises UsageError, naming the key as in `T.json: clips[3].start`, for the first thing that is not as it should be.
    """
    whole = _Value(document, name, "")
    schema = whole.key("schema")
    if schema.value != SCHEMA or isinstance(schema.value, bool):
        schema.refuse(f"{SCHEMA}: this version reads no other")
    duration = whole.key("duration").seconds()
    if duration <= 0:
        whole.key("duration").refuse("more than 0 seconds")
    estimated = whole.key("estimated")
    if not isinstance(estimated.value, bool):
        estimated.refuse("true or false")
    return Planned(
        duration=duration,
        estimated=bool(estimated.value),
        talk=whole.key("talk").text(),
        voice=whole.key("voice").text(),
        chapters=tuple(_chapter(entry) for entry in whole.key("chapters").items()),
        clips=tuple(sorted((_clip(entry) for entry in whole.key("clips").items()), key=lambda c: (c.start, c.end))),
    )


def _chapter(entry: _Value) -> Chapter:
    return Chapter(entry.key("title").text(), *entry.span())


def _clip(entry: _Value) -> Clip:
    track = entry.key("track").text()
    if track not in TRACKS:
        entry.key("track").refuse(f"one of {', '.join(TRACKS)}", did_you_mean(track, TRACKS))
    role = entry.key("role").text()
    start, end = entry.span()
    if track != "narration":
        return Clip(cast("Track", track), role, start, end, sound=entry.key("sound").text())
    sentences = tuple(Words(*said.span(), said.key("text").text()) for said in entry.key("sentences").items())
    return Clip("narration", role, start, end, text=entry.key("text").text(), sentences=sentences)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the document, and where it stands."""

    value: object
    file: str
    path: str

    def key(self, name: str) -> _Value:
        if not isinstance(self.value, Mapping):
            self.refuse("an object with keys")
        path = f"{self.path}.{name}" if self.path else name
        if name not in self.value:
            raise UsageError(f"{self.file}: {path}: expected this key, found none.{_REMEDY}")
        return _Value(self.value[name], self.file, path)

    def items(self) -> list[_Value]:
        if not isinstance(self.value, (list, tuple)):
            self.refuse("a list")
        return [_Value(item, self.file, f"{self.path}[{number}]") for number, item in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("a text")
        return self.value

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

    def refuse(self, expected: str, hint: str = "") -> NoReturn:
        where = f"{self.path}: " if self.path else ""
        got = repr(self.value)
        shown = got if len(got) <= 60 else f"{got[:60]} …"
        raise UsageError(f"{self.file}: {where}expected {expected}, got {shown}.{hint}{_REMEDY}")


_REMEDY = " Make the timeline again with: voiceguide render … --timeline FILE.json"
