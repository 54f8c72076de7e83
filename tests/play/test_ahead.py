"""Reading ahead: what the device takes is in memory, in order, and a fault is kept for who can tell it."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from playing_for_tests import RATE, Array

from voiceguide.errors import Failed
from voiceguide.play.ahead import SECONDS, Ahead, reading


def noise(seconds: float) -> Array:
    """No two samples alike."""
    return Array(np.random.default_rng(2).uniform(-1, 1, (round(seconds * RATE), 2)).astype(np.float32))


def taken(ahead: Ahead, start: int, stop: int) -> np.ndarray:
    """Read frames [start, stop), waiting for each part."""
    parts = []
    while start < stop:
        ahead.wait(start)
        part = ahead.read(start, min(300, stop - start))
        if not len(part):
            break
        parts.append(part)
        start += len(part)
    return np.concatenate(parts)


def test_it_gives_what_the_source_has():
    """From the start to the end, and from any other place after that."""
    source = noise(3)
    with reading(source) as ahead:
        assert np.array_equal(taken(ahead, 0, source.frames), source.samples)
        assert not len(ahead.read(source.frames, 10))
        for start in (5000, 100, 100):
            assert np.array_equal(taken(ahead, start, start + 4000), source.samples[start : start + 4000])


def test_a_read_elsewhere_never_waits():
    """What is not there yet is nothing, and it is on its way."""
    source = noise(3)
    with reading(source) as ahead:
        ahead.wait(0)
        assert not len(ahead.read(9000, 300))
        ahead.wait(9000)
        assert np.array_equal(ahead.read(9000, 300), source.samples[9000:9300])


class Counting(Array):
    """A source that knows how far it was read."""

    farthest = 0

    def read(self, start, frames):
        """Note how far."""
        self.farthest = max(self.farthest, start + frames)
        return super().read(start, frames)


def test_it_reads_no_farther_than_it_may():
    """Memory does not grow while it is paused."""
    source = Counting(noise(60).samples)
    with reading(source) as ahead:
        taken(ahead, 0, RATE)
        ahead.wait(RATE)
    assert source.farthest <= RATE * (1 + SECONDS + 0.2)


class Broken(Array):
    """A file that is damaged after a second."""

    def read(self, start, frames):
        """Raise in the middle."""
        if start >= RATE:
            raise Failed("damaged")
        return super().read(start, min(frames, RATE - start))


def test_a_fault_is_kept():
    """What was read before it is given; nobody waits for more."""
    source = Broken(noise(3).samples)
    with reading(source) as ahead:
        assert len(taken(ahead, 0, 2 * RATE)) == RATE
        with pytest.raises(Failed, match="damaged"):
            raise ahead.fault


class Short(Array):
    """A file that ends before its header says."""

    @property
    def frames(self):
        """A second more than there is."""
        return len(self.samples) + RATE


def test_a_source_may_end_early():
    """Its length is then what there was."""
    source = Short(noise(1).samples)
    with reading(source) as ahead:
        assert len(taken(ahead, 0, 2 * RATE)) == RATE
        assert ahead.frames == RATE


def test_its_thread_ends():
    """However the block ends, none is left behind."""
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), reading(noise(3)):
        assert threading.active_count() == before + 1
        raise KeyboardInterrupt
    assert threading.active_count() == before
