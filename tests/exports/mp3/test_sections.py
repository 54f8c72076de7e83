"""Sections: a session is cut by its content alone, and a loop stands only where nothing else sounds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mixes_for_tests import Mixed, noise, sentences

from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.exports.mp3.sections import (
    BEGINNING,
    LONGEST,
    SHORTEST_LOOP,
    WINDOW,
    Rounds,
    Section,
    Unfolded,
    parts,
    surely,
)
from voiceguide.sound.source import Loop, Quiet

SETTLING = 16


class Outline:
    """A source of which only the outline is asked."""

    def __init__(self, frames: int, quiet: tuple[Quiet, ...]) -> None:
        self.frames = frames
        self.quiet = quiet


@st.composite
def outlines(draw: st.DrawFn) -> tuple[Outline, list[int]]:
    """Sessions of up to 80 s with quiet spans of two loops, and starts of chapters."""
    frames = draw(st.integers(1, 3000)) * FRAME_SAMPLES + draw(st.integers(0, FRAME_SAMPLES - 1))
    edges = sorted(draw(st.sets(st.integers(0, frames), max_size=16)))
    loops = [Loop(bytes([n]), n * FRAME_SAMPLES, lambda *_: noise(1, 0.1)) for n in (70, 120)]
    quiet = tuple(Quiet(a, b, draw(st.sampled_from(loops))) for a, b in zip(edges[::2], edges[1::2], strict=False))
    return Outline(frames, quiet), draw(st.lists(st.integers(0, frames), max_size=8))


@given(outlines())
def test_parts_tile_the_session(outline: tuple[Outline, list[int]]):
    """Every frame is in one part; sections come first and last, and none is too long."""
    source, starts = outline
    tiled = parts(source, SETTLING, starts)
    assert tiled[0].first == 0
    assert tiled[-1].stop == source.frames // FRAME_SAMPLES
    assert all(one.stop == other.first for one, other in pairwise(tiled))
    sections = [part for part in tiled if isinstance(part, Section)]
    assert tiled[0] is sections[0]
    assert [section.last for section in sections] == [False] * (len(sections) - 1) + [True]
    assert tiled[-1] is sections[-1]
    assert all(section.stop - section.first <= LONGEST for section in sections)


@given(outlines())
def test_neighbours_overlap(outline: tuple[Outline, list[int]]):
    """There is always a choice of frames at a border, and one border's ends before the next one's begins."""
    source, starts = outline
    tiled = parts(source, SETTLING, starts)
    choices = [(following.begin, part.end) for part, following in pairwise(tiled)]
    for (part, following), (begin, end) in zip(pairwise(tiled), choices, strict=True):
        assert 0 < begin <= part.stop <= end
        assert end - begin == (SETTLING if isinstance(following, Rounds) and begin == following.first else WINDOW)
    assert all(end < begin for (_, end), (begin, _) in pairwise(choices))


@given(outlines())
def test_loops_lie_within_quiet_spans(outline: tuple[Outline, list[int]]):
    """All that LAME sees of a loop's frame lies in a span of that loop, and within one round."""
    source, starts = outline
    for part in parts(source, SETTLING, starts):
        if isinstance(part, Rounds):
            around = part.first * FRAME_SAMPLES - 2 * FRAME_SAMPLES, part.stop * FRAME_SAMPLES + 224
            assert any(s.loop is part.loop and s.start <= around[0] and around[1] <= s.stop for s in source.quiet)
            period = part.loop.period // FRAME_SAMPLES
            assert part.first // period == (part.stop - 1) // period
            assert part.stop - part.first >= 2 * SETTLING + SHORTEST_LOOP


@given(outlines(), st.integers(0, 3000))
def test_a_chapter_starts_a_section(outline: tuple[Outline, list[int]], frame: int):
    """Away from other borders and loops, a section starts where a chapter does."""
    source, starts = outline
    near = {part.first for part in parts(source, SETTLING, starts)} | {start // FRAME_SAMPLES for start in starts}
    near |= {source.frames // FRAME_SAMPLES}
    tiled = parts(source, SETTLING, [*starts, frame * FRAME_SAMPLES])
    inside = any(part.first <= frame < part.stop and isinstance(part, Rounds) for part in tiled)
    if frame < source.frames // FRAME_SAMPLES and not inside and min(abs(frame - other) for other in near) >= 32:
        assert frame in {part.first for part in tiled}


@pytest.mark.parametrize("frames", [1, 1151, 1152, 5000, 60 * FRAME_SAMPLES])
def test_a_short_session_is_one_section(frames: int):
    """Nothing is cut for a few seconds."""
    source = Outline(frames, (Quiet(0, frames, Loop(b"", 100 * FRAME_SAMPLES, lambda *_: noise(1, 0.1))),))
    (section,) = parts(source, SETTLING, [0])
    assert (section.first, section.stop, section.begin, section.last) == (0, frames // FRAME_SAMPLES, 0, True)


def test_a_loop_is_used_only_where_it_pays():
    """A round heard once or less is encoded as it is heard."""
    loop = Loop(b"", 800 * FRAME_SAMPLES, lambda *_: noise(1, 0.1))
    once = Outline(900 * FRAME_SAMPLES, (Quiet(0, 790 * FRAME_SAMPLES, loop),))
    twice = Outline(1800 * FRAME_SAMPLES, (Quiet(0, 1790 * FRAME_SAMPLES, loop),))
    assert not any(isinstance(part, Rounds) for part in parts(once, SETTLING))
    assert any(isinstance(part, Rounds) for part in parts(twice, SETTLING))


def test_a_longer_session_begins_alike():
    """What comes later moves no border before it."""
    short, long = (sentences(seconds, every=6.0) for seconds in (40.0, 60.0))
    one, other = (parts(source, SETTLING) for source in (short, long))
    assert len(one) > 8
    assert [(p.first, p.stop) for p in one[:-3]] == [(p.first, p.stop) for p in other[: len(one) - 3]]


def test_refuses_a_loop_off_the_grid():
    """A round that is no whole frames could not come again in them."""
    loop = Loop(b"", 100 * FRAME_SAMPLES + 1, lambda *_: noise(1, 0.1))
    source = Mixed(10 * FRAME_SAMPLES)
    with pytest.raises(ValueError, match="115201"):
        parts(Outline(source.frames, (Quiet(0, source.frames, loop),)), SETTLING)


class Unfolds:
    """An outline of which more becomes certain with every wait, and what lies behind is another's until then."""

    def __init__(self, true: Outline, starts: list[int], guess: Outline, guessed: list[int], untils: list[int]) -> None:
        self.frames = true.frames
        self._true, self._starts, self._guess, self._guessed, self._untils = true, starts, guess, guessed, untils
        self.until = 0

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """The true ones before `until`; one that goes on there goes on as far as nobody else sounds."""
        known = [span for span in self._true.quiet if span.start < self.until]
        later = [span for span in self._guess.quiet if span.start >= self.until]
        if known and known[-1].stop > self.until:
            most = later[0].start if later else self.frames
            most = min(most, self.until + FRAME_SAMPLES) if self.edge[1] else most
            known[-1] = replace(known[-1], stop=min(self.until + known[-1].stop % (40 * FRAME_SAMPLES), most))
        return (*known, *later)

    @property
    def starts(self) -> list[int]:
        """Those that are certain, and the other's."""
        certain = [start for start in self._starts if start < self.until]
        return certain + [start for start in self._guessed if start >= self.until]

    @property
    def edge(self) -> tuple[int, bool]:
        """Something sounds there where no span goes on for a frame."""
        near = self.until, self.until + FRAME_SAMPLES
        return self.until, not any(span.start < near[0] and near[1] < span.stop for span in self._true.quiet)

    def wait(self, until: int) -> None:
        """Have more of it."""
        assert until == self.until
        self.until = self._untils.pop(0) if self._untils else self.frames


@given(outlines(), outlines(), st.sets(st.integers(1, 3000 * FRAME_SAMPLES), max_size=6))
def test_a_session_that_unfolds_is_cut_as_the_whole_is(
    true: tuple[Outline, list[int]], guess: tuple[Outline, list[int]], untils: set[int]
):
    """Whatever was thought to come, and whenever it turned out otherwise."""
    (source, starts), (other, guessed) = true, guess
    certain = sorted(until for until in untils if until < source.frames)
    unfolding = Unfolds(source, starts, other, guessed, certain)
    unfolded = Unfolded(unfolding, SETTLING)
    given: list[Rounds | Section] = []
    while not unfolded.whole:
        unfolded.look()
        assert unfolded.parts[: len(given)] == given
        given = [*unfolded.parts]
        if not unfolded.whole:
            unfolding.wait(unfolded.until)
    assert tuple(given) == parts(source, SETTLING, starts)
    assert not certain


def test_what_is_certain_is_given_at_once():
    """A few seconds behind its end, a section is there."""
    source = Outline(3000 * FRAME_SAMPLES, ())
    unfolding = Unfolds(source, [], source, [], [300 * FRAME_SAMPLES])
    unfolded = Unfolded(unfolding, SETTLING)
    unfolded.look()
    assert not unfolded.parts
    unfolding.wait(unfolded.until)
    unfolded.look()
    assert [part.stop for part in unfolded.parts] == [border for border in BEGINNING if border <= 300 - 34]
    assert surely(3000, 300, SETTLING, []) == max(b for b in BEGINNING if b <= 300 - 34 - 2 * SETTLING - SHORTEST_LOOP)
    assert not unfolded.whole
