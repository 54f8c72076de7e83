"""A session's MP3 frames: parts encoded in threads or found in a store, and laid in order as one stream.

docs/mp3.md has a drawing.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.exports.mp3.lame import LOOK_AHEAD
from voiceguide.exports.mp3.laying import Laying, Tally
from voiceguide.exports.mp3.reservoir import Loose, take
from voiceguide.exports.mp3.sections import WINDOW, Rounds, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports.mp3.frames import Run
    from voiceguide.exports.mp3.lame import Lame
    from voiceguide.exports.mp3.sections import Part, Section
    from voiceguide.sound.source import Loop, Source

    Block = Callable[[int, int], NDArray[np.float32]]
    """As `Source.block`."""

VERSION = 1
"""Of all that decides a section's bytes beside LAME; counted up when one of them changes."""
BLOCK = FRAME_SAMPLES * 64
"""Samples asked of a source at a time."""
_AHEAD = 8
"""Parts a thread may be ahead of the one that is laid; each is half a megabyte at most."""


class Store(Protocol):
    """Where encoded parts are kept from one run to the next; called from several threads."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, or None."""

    def put(self, key: str, kept: bytes) -> None:
        """Keep bytes under a key of 64 hexadecimal digits."""


def encode(
    source: Source,
    lame: Lame,
    *,
    starts: Iterable[int] = (),
    threads: int = 1,
    store: Store | None = None,
    tally: Tally | None = None,
) -> Generator[Run]:
    """Encode a session to one stream of frames, in order, as many as LAME makes of it in one go; no run is empty.

    `starts` are samples at which a section begins, as chapters do. The bytes depend on the source, `lame` and `starts`
    only. Raises what the source and `lame` raise; closing the iterator ends the threads.
    """
    tiled, tally = parts(source, lame.settling, starts), tally or Tally()
    with desk(Work(source, lame, store), threads) as own:
        stream = Stream.begun(own, tiled, tally)
        while not stream.over:
            yield from stream.go_on()


class Made(NamedTuple):
    """Frames, and whether the store had them."""

    loose: Loose
    found: bool


@dataclass(frozen=True)
class Work:
    """What is done in threads."""

    source: Source
    lame: Lame
    store: Store | None

    def part(self, part: Part) -> Made:
        """A section's frames, or those of the loop that rounds are of."""
        return self.loop(part.loop) if isinstance(part, Rounds) else self.section(part)

    def section(self, section: Section) -> Made:
        """The section's frames, from `begin` to `end`."""
        first = max(0, section.first - self.lame.settling)
        start = first * FRAME_SAMPLES
        stop = self.source.frames if section.last else section.end * FRAME_SAMPLES + LOOK_AHEAD
        wanted = slice(section.begin - first, None if section.last else section.end - first)
        return self._made(lambda: self.source.key(start, stop), self.source.block, (start, stop), wanted)

    def loop(self, loop: Loop) -> Made:
        """A loop's frames: WINDOW of the end of a round, then a whole one."""
        lead = self.lame.settling
        start, stop = loop.period - lead * FRAME_SAMPLES, 2 * loop.period + LOOK_AHEAD
        wanted = slice(lead - WINDOW, lead + loop.period // FRAME_SAMPLES)
        return self._made(lambda: loop.key, loop.block, (start, stop), wanted)

    def bridge(self, first: int, stop: int, lead: int) -> Loose:
        """Frames [first, stop), encoded from `lead` frames before them."""
        begin = max(0, first - lead)
        end = min(stop * FRAME_SAMPLES + LOOK_AHEAD, self.source.frames)
        return self._encoded(self.source.block, begin * FRAME_SAMPLES, end)[first - begin : stop - begin]

    def _made(self, content: Callable[[], bytes], block: Block, samples: tuple[int, int], wanted: slice) -> Made:
        """The `wanted` ones of the frames that a range of samples encodes to, from the store or into it."""
        if self.store is None:
            return Made(self._encoded(block, *samples)[wanted], found=False)
        start, stop = samples
        what = (VERSION, self.lame.fingerprint, wanted.start, wanted.stop, stop - start, content())
        key = hashlib.sha256(repr(what).encode()).hexdigest()
        kept = self.store.get(key)
        if kept is not None:
            return Made(Loose.from_bytes(kept), found=True)
        loose = self._encoded(block, start, stop)[wanted]
        self.store.put(key, loose.to_bytes())
        return Made(loose, found=False)

    def _encoded(self, block: Block, start: int, stop: int) -> Loose:
        blocks = (block(at, min(BLOCK, stop - at)) for at in range(start, stop, BLOCK))
        return take(b"".join(self.lame.encode(blocks)))


@contextmanager
def desk(work: Work, threads: int) -> Iterator[Desk]:
    """Open one with so many threads, which end with it."""
    with ThreadPoolExecutor(threads, thread_name_prefix="mp3") as pool:
        own = Desk(work, pool, threads * _AHEAD)
        try:
            yield own
        finally:
            own.ask(())


class Desk:
    """Where parts are encoded in threads: those that were asked for last, and the others not."""

    def __init__(self, work: Work, pool: ThreadPoolExecutor, ahead: int) -> None:
        self.work = work
        self._pool = pool
        self._ahead = ahead
        self._asked: dict[Section | bytes, Future[Made]] = {}
        """By what they are of: a loop's stay."""

    def ask(self, wanted: Sequence[Part]) -> None:
        """Have the first of these parts encoded, in this order; of others, what has not begun is put off."""
        jobs = {_job(part): part for part in wanted[: self._ahead + 1]}
        for job, future in [*self._asked.items()]:
            if job not in jobs and future.cancel():
                del self._asked[job]
        for job, part in jobs.items():
            if job not in self._asked:
                self._asked[job] = self._pool.submit(self.work.part, part)

    def loose(self, part: Part, tally: Tally | None = None) -> Loose:
        """Return a part's frames, from `begin` on. Raises what encoding it raises."""
        job = _job(part)
        if job not in self._asked:
            self._asked[job] = self._pool.submit(self.work.part, part)
        made, found = self._asked[job].result()
        if not isinstance(part, Rounds):
            del self._asked[job]
        if tally and job not in tally.loops:
            tally.reused += found
            tally.encoded += not found
        if not isinstance(part, Rounds):
            return made
        if tally:
            tally.loops.add(part.loop.key)
            tally.loop_frames += part.stop - part.first
        turned = part.first % (part.loop.period // FRAME_SAMPLES) + WINDOW - part.first
        return made[turned + part.begin : turned + part.stop]


def _job(part: Part) -> Section | bytes:
    return part.loop.key if isinstance(part, Rounds) else part


class Stream:
    """A stream that goes on part by part, from the beginning of a session or from anywhere (`laying.resumed`)."""

    def __init__(
        self, own: Desk, tiled: Sequence[Part], number: int, laying: Laying, tally: Tally | None = None
    ) -> None:
        """Begin with the part of that number, of parts that may become more; a `tally` counts what is done."""
        self.number = number
        """Of the part that is laid."""
        self.at = laying.layer.frames
        """The number of the frame that comes next."""
        self.over = False
        self._desk = own
        self._parts = tiled
        self._laying = laying
        self._tally = tally
        self.fresh = True
        """Whether what is sure of its first part is still to be laid."""

    @classmethod
    def begun(cls, own: Desk, tiled: Sequence[Part], tally: Tally) -> Stream:
        """Begin with the first part."""
        own.ask(tiled)
        return cls(own, tiled, 0, Laying.begun(tiled[0], own.loose(tiled[0], tally)), tally)

    def go_on(self) -> Iterator[Run]:
        """Lay what is sure of the part that it begins with, then of one part after the other, then the rest.

        No run is empty.
        """
        run = self._next()
        self.at += run.frames
        if self._tally:
            self._tally.bridges, self._tally.emptied = self._laying.bridges, self._laying.layer.emptied
        if run.frames:
            yield run

    def _next(self) -> Run:
        if self.fresh:
            self.fresh = False
            return self._laying.sure()
        if self.number + 1 == len(self._parts):
            self.over = True
            return self._laying.end()
        self.number += 1
        part = self._parts[self.number]
        self._desk.ask(self._parts[self.number :])
        return self._laying.follow(part, self._desk.loose(part, self._tally), self._desk.work.bridge)
