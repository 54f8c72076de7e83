"""A session's MP3 frames: parts encoded in threads or found in a store, and laid in order as one stream.

Where two parts meet, the frames of the second come from an encoder with a reservoir of its own. They fit the stream
wherever it has as much in reserve. Of the few frames over which both parts are known, the second takes over where the
stream has most; where it never has enough, a bridge of some frames is encoded between them. docs/mp3.md has a drawing.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.exports.mp3.lame import LOOK_AHEAD
from voiceguide.exports.mp3.reservoir import Layer, Loose, join, joins, take
from voiceguide.exports.mp3.sections import WINDOW, Rounds, parts, unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from numpy.typing import NDArray

    from voiceguide.exports.mp3.frames import Run
    from voiceguide.exports.mp3.lame import Lame
    from voiceguide.exports.mp3.sections import Part, Section
    from voiceguide.sound.source import Loop, Source, Unfolding

    Block = Callable[[int, int], NDArray[np.float32]]
    """As `Source.block`."""

VERSION = 1
"""Of all that decides a section's bytes beside LAME; counted up when one of them changes."""
BLOCK = FRAME_SAMPLES * 64
"""Samples asked of a source at a time."""
_AHEAD = 8
"""Parts a thread may be ahead of the one that is laid; each is half a megabyte at most."""
_BRIDGE = 24
"""Frames of a bridge."""
_BRIDGE_LEADS = (8, 5, 3, 2)
"""Frames that a bridge is encoded from before its first, tried in order: the fewer, the less it has saved up to use.

From fewer than two, what sounded before would be missing.
"""


class Store(Protocol):
    """Where encoded parts are kept from one run to the next; called from several threads."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, or None."""

    def put(self, key: str, kept: bytes) -> None:
        """Keep bytes under a key of 64 hexadecimal digits."""


@dataclass
class Tally:
    """What was done, counted while it is."""

    encoded: int = 0
    """Sections, and loops."""
    reused: int = 0
    """Sections and loops that the store had."""
    loop_frames: int = 0
    """Frames laid out of loops."""
    bridges: int = 0
    emptied: int = 0
    """Frames for which nothing helped: they are silent."""


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
    tiled = parts(source, lame.settling, starts)
    return _encoded(_Work(source, lame, store), tiled, threads, tally or Tally())


def encode_unfolding(
    source: Unfolding, lame: Lame, *, threads: int = 1, store: Store | None = None, tally: Tally | None = None
) -> Generator[Run]:
    """Encode a session that is still being made to the same stream, as far as it is certain at any time."""
    return _encoded(_Work(source, lame, store), unfolded(source, lame.settling), threads, tally or Tally())


def _encoded(work: _Work, tiled: Iterable[Part | None], threads: int, tally: Tally) -> Generator[Run]:
    """Encode parts in order; each None among them is a moment to lay all that has come."""
    with (
        ThreadPoolExecutor(threads, thread_name_prefix="mp3") as pool,
        closing(_in_order(work, tiled, pool, threads * _AHEAD, tally)) as made,
    ):
        part, held = next(made)
        layer = Layer(held.header)

        def sure() -> Run:
            """Lay what no choice touches, but for one frame: it has to go over into the one that is chosen."""
            nonlocal held
            count = max(part.stop - WINDOW - 1 - layer.frames, 0)
            laid, held = layer.lay(held[:count]), held[count:]
            return laid

        yield from _with_frames(sure())
        for following, loose in made:
            held = _spliced(layer, held, part.end, loose, following.begin, work, tally)
            part = following
            yield from _with_frames(sure())
        yield from _with_frames(layer.lay(held), layer.end())
        tally.emptied += layer.emptied


def _with_frames(*laid: Run) -> Iterator[Run]:
    """Those in which anything was closed."""
    return (run for run in laid if run.frames)


class _Made(NamedTuple):
    """Frames, and whether the store had them."""

    loose: Loose
    found: bool


@dataclass(frozen=True)
class _Work:
    """What is done in threads."""

    source: Source
    lame: Lame
    store: Store | None

    def section(self, section: Section) -> _Made:
        """The section's frames, from `begin` to `end`."""
        first = max(0, section.first - self.lame.settling)
        start = first * FRAME_SAMPLES
        stop = self.source.frames if section.last else section.end * FRAME_SAMPLES + LOOK_AHEAD
        wanted = slice(section.begin - first, None if section.last else section.end - first)
        return self._made(lambda: self.source.key(start, stop), self.source.block, (start, stop), wanted)

    def loop(self, loop: Loop) -> _Made:
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

    def _made(self, content: Callable[[], bytes], block: Block, samples: tuple[int, int], wanted: slice) -> _Made:
        """The `wanted` ones of the frames that a range of samples encodes to, from the store or into it."""
        if self.store is None:
            return _Made(self._encoded(block, *samples)[wanted], found=False)
        start, stop = samples
        what = (VERSION, self.lame.fingerprint, wanted.start, wanted.stop, stop - start, content())
        key = hashlib.sha256(repr(what).encode()).hexdigest()
        kept = self.store.get(key)
        if kept is not None:
            return _Made(Loose.from_bytes(kept), found=True)
        loose = self._encoded(block, start, stop)[wanted]
        self.store.put(key, loose.to_bytes())
        return _Made(loose, found=False)

    def _encoded(self, block: Block, start: int, stop: int) -> Loose:
        blocks = (block(at, min(BLOCK, stop - at)) for at in range(start, stop, BLOCK))
        return take(b"".join(self.lame.encode(blocks)))


def _in_order(
    work: _Work, tiled: Iterable[Part | None], pool: ThreadPoolExecutor, ahead: int, tally: Tally
) -> Generator[tuple[Part, Loose]]:
    """Yield parts with their frames from `begin` on, at most `ahead` of them begun before they are asked for."""
    loops: dict[bytes, Future[_Made]] = {}
    waiting: deque[tuple[Part, Future[_Made], bool]] = deque()

    def begin(part: Part) -> None:
        if not isinstance(part, Rounds):
            waiting.append((part, pool.submit(work.section, part), True))
            return
        new = part.loop.key not in loops
        if new:
            loops[part.loop.key] = pool.submit(work.loop, part.loop)
        waiting.append((part, loops[part.loop.key], new))

    def finish() -> tuple[Part, Loose]:
        part, future, new = waiting.popleft()
        loose, found = future.result()
        tally.reused += new and found
        tally.encoded += new and not found
        if not isinstance(part, Rounds):
            return part, loose
        tally.loop_frames += part.stop - part.first
        turned = part.first % (part.loop.period // FRAME_SAMPLES) + WINDOW - part.first
        return part, loose[turned + part.begin : turned + part.stop]

    try:
        for part in tiled:
            if part is not None:
                begin(part)
            while len(waiting) > (0 if part is None else ahead):
                yield finish()
        while waiting:
            yield finish()
    finally:
        for _, future, _ in waiting:
            future.cancel()


class _Choice(NamedTuple):
    """A frame from which the part that follows takes over; the greater the better."""

    fits: bool
    joins: bool
    surplus: int
    """Bytes that the stream has in reserve there over what the part's own had."""
    at: int


def _choose(layer: Layer, held: Loose, loose: Loose, first: int, candidates: range) -> _Choice:
    """Choose where `loose`, whose first frame is number `first`, takes over from `held`, which is laid next."""
    before = held.heads[candidates.start - layer.frames - 1 : candidates.stop - layer.frames - 1]
    joined = joins(before, loose.heads[candidates.start - first : candidates.stop - first])

    def choice(at: int, joining: bool) -> _Choice:
        kept, rest = held[: at - layer.frames], loose[at - first :]
        free = layer.free(np.concatenate((kept.sizes, rest.sizes)))
        surplus = int(free[len(kept)] - rest.reservoir[0])
        return _Choice(bool((free >= 0).all()), joining, surplus, at)

    return max(choice(at, bool(joining)) for at, joining in zip(candidates, joined, strict=True))


def _spliced(layer: Layer, held: Loose, end: int, loose: Loose, first: int, work: _Work, tally: Tally) -> Loose:
    """Return what to lay next: `held` as far as it goes, `end` at most, then `loose`, whose first frame is `first`."""
    choice = _choose(layer, held, loose, first, range(first, end + 1))
    length = min(_BRIDGE, first + len(loose) - 1 - end)
    for lead in () if choice.fits or not length else _BRIDGE_LEADS:
        bridged = join((held[: end - layer.frames], work.bridge(end, end + length, lead)))
        bridging = _choose(layer, bridged, loose, first, range(end + 1, end + length + 1))
        if bridging.fits:
            tally.bridges += 1
            held, choice = bridged, bridging
            break
    return join((held[: choice.at - layer.frames], loose[choice.at - first :]))
