"""What is played: a routine's session, made while it plays, or a finished file; and where in it to begin."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.durations import DurationError, clock, parse_duration
from voiceguide.errors import UsageError, did_you_mean, option
from voiceguide.play import device as devices
from voiceguide.play.transport import Chapters
from voiceguide.text.lines import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.choices import Choices
    from voiceguide.play.ahead import Ahead
    from voiceguide.play.device import Device
    from voiceguide.play.source import Source
    from voiceguide.play.transport import Heard, Transport
    from voiceguide.routine.model import Routine
    from voiceguide.session.making import Means
    from voiceguide.timeline import Timeline


_TOLD = 100
"""Steps that a message names."""


class Opened(NamedTuple):
    """A session, and the device it will sound on."""

    source: Source
    timeline: Callable[[], Timeline]
    """As far as it is known by now."""
    device: Device


@contextmanager
def of_file(path: Path, timeline: Path | None, device: str | None, means: Means) -> Iterator[Opened]:
    """Open a finished sound file with the timeline given, carried, or made of its tags."""
    from voiceguide.play.files import timeline_of
    from voiceguide.play.source import opened

    with opened(path) as source:
        found = timeline_of(path, timeline, source.frames / source.rate, means.warn or _silent)
        with devices.opened(source.rate, device) as sounding:
            yield Opened(source, lambda: found, sounding)


def _silent(_warning: str) -> None:
    pass


@contextmanager
def of_routine(
    routine: Routine, choices: Choices, begin: str | None, device: str | None, means: Means
) -> Iterator[Opened]:
    """Speak a session, and mix it, while it plays: the one in an exact total, that is streamed.

    What cannot be is found before a word of it is spoken.
    """
    from voiceguide.choices import Levels
    from voiceguide.play.source import SessionSource
    from voiceguide.session.composing import Session
    from voiceguide.session.narration import by_estimate
    from voiceguide.session.streaming import exactly, unfolding

    session = exactly(Session(routine, choices, means.warn))
    if begin is not None:
        begun(begin, session.timeline(by_estimate(session), estimated=True))
    with devices.opened(SessionSource.rate, device) as sounding, unfolding(session, means, Levels()) as (made, _):
        yield Opened(SessionSource(made), lambda: made.timeline, sounding)


def begun(begin: str | None, timeline: Timeline) -> float:
    """Return the second of a session that a listener means: a step's name or number, or a time; None is its start.

    Raises UsageError for a place that it has not.
    """
    if begin is None:
        return 0.0
    asked = begin.strip()
    for chapter in timeline.chapters:
        if asked.casefold() in (chapter.title.casefold(), (chapter.group or "").casefold(), str(chapter.step)):
            return chapter.start
    try:
        seconds = parse_duration(asked, zero=True)
    except DurationError:
        titles = [chapter.title for chapter in timeline.chapters]
        steps = dict.fromkeys(f"{each.step or ''} {plain(each.title)}".strip() for each in timeline.chapters)
        told = ", ".join(islice(steps, _TOLD)) + (" …" if len(steps) > _TOLD else "")
        hint = did_you_mean(asked, titles)
        message = f'expected a time as 4:30, or a step: {told}; got "{begin}".{hint}'
        raise UsageError(f"{option('begin')}: {message}", got=begin, known=titles) from None
    if seconds >= timeline.duration:
        raise UsageError(
            f'{option("begin")}: expected a time in the session, which lasts {clock(timeline.duration)}, got "{begin}"',
            got=begin,
        )
    return seconds


class KnownChapters:
    """The chapters of a session, as far as they are known by now."""

    def __init__(self, timeline: Callable[[], Timeline], rate: int, *, stopping: bool) -> None:
        """Take them from its timeline, as `Chapters.of` does."""
        self._timeline = timeline
        self._rate = rate
        self._stopping = stopping
        self._seen: Timeline | None = None
        self._chapters = Chapters(())

    def __call__(self) -> Chapters:
        """Return the same ones for as long as nothing has changed."""
        if (timeline := self._timeline()) is not self._seen:
            self._seen, self._chapters = timeline, Chapters.of(timeline, self._rate, stopping=self._stopping)
        return self._chapters


class Playing(NamedTuple):
    """A session that sounds."""

    known: Callable[[], Timeline]
    transport: Transport
    ahead: Ahead
    device: Device

    @property
    def timeline(self) -> Timeline:
        """As far as it is known by now."""
        return self.known()

    def heard(self) -> Heard:
        """Look where it is. Raises what made it fail, if it did."""
        heard = self.transport.heard()
        if self.ahead.fault is not None:
            raise self.ahead.fault
        self.device.check(clock(heard.seconds))
        return heard
