"""A session's MP3 frames while it is still being made: in order, but first from wherever somebody waits for them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.exports.mp3.encoding import Stream, Work, desk
from voiceguide.exports.mp3.laying import Tally, resumed
from voiceguide.exports.mp3.sections import Rounds, Unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from voiceguide.exports.mp3.encoding import Desk, Store
    from voiceguide.exports.mp3.frames import Run
    from voiceguide.exports.mp3.lame import Lame
    from voiceguide.sound.source import Unfolding

_NEAR = 2
"""Parts that a stream lays on its way to where somebody waits, before another is begun there."""


class Laid(NamedTuple):
    """Frames of a session's stream, back to back."""

    run: Run
    first: int
    """The number of the first."""
    early: bool
    """Whether they come before their turn, and will come again, the same."""


def encode_unfolding(
    source: Unfolding,
    lame: Lame,
    wanted: Callable[[], int | None],
    *,
    threads: int = 1,
    store: Store | None = None,
    tally: Tally | None = None,
) -> Generator[Laid]:
    """Encode a session that is still being made to the stream that `encode` makes, as far as it is certain at any time.

    Before each part, `wanted` tells the first frame that has not come of those that somebody waits for; from there on
    they come early. None is nobody. Raises and ends as `encode` does.
    """
    unfolded, tally = Unfolded(source, lame.settling), tally or Tally()
    with desk(Work(source, lame, store), threads) as own:
        while not unfolded.parts:
            unfolded.look()
            if not unfolded.parts:
                source.wait(unfolded.until)
        main = Stream.begun(own, unfolded.parts, tally)
        order = _Order(own, unfolded, main)
        while not main.over:
            unfolded.look()
            stream = order.next(wanted())
            if stream is None:
                source.wait(unfolded.until)
                continue
            first = stream.at
            for run in stream.go_on():
                yield Laid(run, first, stream is not main)


class _Order:
    """Which of several streams of one session goes on next."""

    def __init__(self, own: Desk, unfolded: Unfolded, main: Stream) -> None:
        self._desk = own
        self._unfolded = unfolded
        self._main = main
        self._streams = [main]
        self._hopeless: set[int] = set()
        """Numbers of parts at which no other stream can begin."""

    def next(self, frame: int | None) -> Stream | None:
        """Return the one that comes soonest to a frame, which may be a new one; None where all waits for more."""
        tiled = self._unfolded.parts
        number = len(tiled) if frame is None else bisect_right(tiled, frame, key=lambda part: part.stop)
        near = self._main
        if frame is not None and number < len(tiled):
            near = max((each for each in self._streams if each.at <= frame), key=lambda each: each.at)
            if near.number + _NEAR < number and number not in self._hopeless:
                near = self._begun(frame, number, near)
        return next((each for each in (near, self._main) if self._can_go_on(each)), None)

    def _can_go_on(self, stream: Stream) -> bool:
        return self._unfolded.whole or stream.fresh or stream.number + 1 < len(self._unfolded.parts)

    def _begun(self, frame: int, number: int, near: Stream) -> Stream:
        """Begin a stream for a frame of the part of that number, behind another; that one where there is no way."""
        tiled = self._unfolded.parts
        before = tiled[number - 1 : number - (3 if isinstance(tiled[number - 1], Rounds) else 2) : -1]
        self._desk.ask((tiled[number], *before, *tiled[number + 1 :]))
        loose = cache(lambda at: self._desk.loose(tiled[at]))
        found = resumed(tiled, near.number + 1, frame, loose, self._desk.work.bridge)
        if found is None:
            self._hopeless.add(number)
            return near
        self._streams.append(Stream(self._desk, tiled, *found))
        return self._streams[-1]
