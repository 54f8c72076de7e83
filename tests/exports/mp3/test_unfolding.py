"""A session that is still being made: what somebody waits for comes first, and every byte is that of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mixes_for_tests import Mixed, broken_off, bursts_before, sentences

from voiceguide.exports.mp3.encoding import encode
from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.exports.mp3.lame import Lame
from voiceguide.exports.mp3.laying import Tally
from voiceguide.exports.mp3.layout import Layout
from voiceguide.exports.mp3.unfolding import Laid, encode_unfolding


class Made:
    """A session of which more becomes certain with every wait."""

    def __init__(self, mix: Mixed, starts: Sequence[int] = (), untils: Sequence[int] = ()) -> None:
        self.frames, self.quiet, self.block = mix.frames, mix.quiet, mix.block
        self.starts = starts
        self._untils = [*untils]
        self.until = self._untils.pop(0) if self._untils else self.frames

    @property
    def edge(self) -> tuple[int, bool]:
        """Nothing is known of what sounds there."""
        return self.until, False

    def key(self, start: int, stop: int) -> bytes:
        """Name a range; each session has a store of its own."""
        return f"{start} {stop}".encode()

    def wait(self, until: int) -> None:
        """Have more of it."""
        assert until == self.until
        self.until = self._untils.pop(0) if self._untils else self.frames


class Kept(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, kept: bytes) -> None:
        """Keep bytes under a key."""
        self[key] = kept


@cache
def case(name: str, bitrate: int) -> tuple[Mixed, tuple[int, ...], Kept, bytes]:
    """A session, the frames at which its chapters start, its parts, and its whole stream."""
    if name == "spoken":
        mix, borders = sentences(40.0, every=7.0), range(100, 1500, 170)
    elif name == "broken off":
        mix, borders = broken_off(11.0, 3), range(50, 400, 47)
    else:
        borders = range(33, 330, 40)
        mix = bursts_before(borders, 9.0)
    starts, store, tally = tuple(border * FRAME_SAMPLES for border in borders), Kept(), Tally()
    lame, named = Lame(bitrate, 7), Made(mix, starts)
    whole = b"".join(run.data for run in encode(named, lame, starts=starts, store=store, tally=tally))
    assert not tally.emptied
    return mix, starts, store, whole


def asking(frames: Sequence[int | None], there: set[int]) -> Iterator[int | None]:
    """Somebody who waits for one frame after the other, and after that for none."""
    for frame in frames:
        while frame is not None and frame not in there:
            yield frame
        yield frame if frame is None else None
    while True:
        yield None


@settings(max_examples=12)
@given(
    st.sampled_from(["spoken", "broken off", "bursts"]),
    st.sampled_from([64, 128]),
    st.lists(st.floats(0.0, 0.999), max_size=6),
    st.lists(st.floats(0.1, 0.9), max_size=3),
)
def test_every_frame_is_that_of_the_whole_whenever_it_comes(
    name: str, bitrate: int, seeks: list[float], untils: list[float]
) -> None:
    """Over loops, bursts and what breaks off, wherever is sought, and however much is certain by then."""
    mix, starts, store, whole = case(name, bitrate)
    layout = Layout(0, mix.frames, bitrate, 7)
    certain = [round(mix.frames * share) for share in sorted(untils)]
    there: set[int] = set()
    waits = asking([int(share * layout.frames) for share in seeks], there)
    in_order = b""
    made = encode_unfolding(Made(mix, starts, certain), Lame(bitrate, 7), lambda: next(waits), threads=2, store=store)
    for run, first, early in made:
        at = layout.start(first) - layout.music
        assert run.data == whole[at : at + len(run.data)]
        there |= {*range(first, first + run.frames)}
        in_order += b"" if early else run.data
    assert in_order == whole


def first_steps(frame: int, bitrate: int = 128) -> list[Laid]:
    """What comes of a spoken session until a frame has."""
    mix, starts, store, _ = case("spoken", bitrate)
    steps: list[Laid] = []
    for laid in encode_unfolding(Made(mix, starts), Lame(bitrate, 7), lambda: frame, threads=1, store=store):
        steps.append(laid)
        if laid.first <= frame < laid.first + laid.run.frames:
            return steps
    raise AssertionError


@pytest.mark.parametrize("share", [0.5, 0.75, 0.9])
def test_what_is_waited_for_comes_before_what_lies_before_it(share: float) -> None:
    """In a few steps, from a little before it, and the parts between are not laid for it."""
    frame = round(share * 40.0 * 44_100 / FRAME_SAMPLES)
    *before, last = first_steps(frame)
    assert last.early
    assert len(before) <= 3
    assert sum(step.run.frames for step in (*before, last)) < 0.4 * frame


def test_what_is_not_certain_yet_is_waited_for() -> None:
    """Where a seek is ahead of what is certain, the session goes on in order, and what was sought comes as it can."""
    mix, starts, store, whole = case("spoken", 128)
    source = Made(mix, starts, [mix.frames // 2])
    there: set[int] = set()
    waits, steps = asking([1400], there), []
    for step in encode_unfolding(source, Lame(128, 7), lambda: next(waits), threads=1, store=store):
        there |= {*range(step.first, step.first + step.run.frames)}
        steps.append(step)
    early = next(number for number, step in enumerate(steps) if step.early)
    assert steps[early - 1].first * FRAME_SAMPLES < mix.frames // 2 < steps[early].first * FRAME_SAMPLES
    assert b"".join(step.run.data for step in steps if not step.early) == whole


def test_a_fault_of_whoever_waits_is_raised_and_ends_the_threads() -> None:
    """A stream that is closed is asked no further."""

    def gone() -> int:
        raise KeyError("nobody")

    mix, starts, store, _ = case("spoken", 128)
    with pytest.raises(KeyError):
        list(encode_unfolding(Made(mix, starts), Lame(128, 7), gone, threads=2, store=store))
    assert isinstance(mix.block(0, 1), np.ndarray)
