"""A session's samples for tests of MP3: a voice-like sound over a loop of noise, which steps back for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voiceguide.exports.mp3.frames import FRAME_SAMPLES
from voiceguide.sound.source import Loop, Quiet
from voiceguide.timeline import SAMPLE_RATE

DUCK = SAMPLE_RATE // 4
"""Samples in which the loop goes down before a word and comes back after it."""


def noise(frames: int, rms: float, seed: int = 1) -> NDArray[np.float32]:
    """Return a loop of noise whose sides are half alike, shape (frames, 2)."""
    rng = np.random.default_rng(seed)
    sides = rng.standard_normal((frames, 2)) + rng.standard_normal((frames, 1))
    return (sides * rms / 2**0.5).astype(np.float32)


def buzz(frames: int, seed: int = 1) -> NDArray[np.float32]:
    """Return a voice's buzz and hiss in syllables, shape (frames, 1): from nothing to nothing."""
    time = np.arange(frames) / SAMPLE_RATE
    rng = np.random.default_rng(seed)
    pitch = 2 * np.pi * np.cumsum(120 + 25 * np.sin(2 * np.pi * 0.8 * time + seed)) / SAMPLE_RATE
    syllables = np.clip(np.sin(2 * np.pi * 2.1 * time) + 0.5, 0, 1) ** 2
    voiced = sum(np.sin(k * pitch) / k for k in range(1, 20))
    hissed = rng.standard_normal(frames) * np.clip(np.sin(2 * np.pi * 1.3 * time + seed), 0, 1) ** 6
    return (syllables * (0.06 * voiced + 0.06 * hissed))[:, None].astype(np.float32)


@dataclass
class Mixed:
    """A source (see voiceguide.exports.mp3.sections) of words over a loop."""

    frames: int
    words: tuple[tuple[int, int], ...] = ()
    """(start, stop) in samples."""
    round: NDArray[np.float32] = field(default_factory=lambda: noise(200 * FRAME_SAMPLES, 0.01))
    """One round of the loop."""
    seeds: dict[int, int] = field(default_factory=dict)
    """By a word's number: what sounds there, if not the word's own sound."""
    farthest: int = 0
    """Behind the last sample that anyone asked for."""

    def __post_init__(self) -> None:
        self.loop = Loop(hashlib.sha256(self.round.tobytes()).digest(), len(self.round), self._endless)
        self._voices = [
            buzz(stop - start, self.seeds.get(number, number)) for number, (start, stop) in enumerate(self.words)
        ]

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """All but the words, the loop's steps back for them, and the session's last tenth of a second."""
        edges = [0, *(edge for start, stop in self.words for edge in (start - DUCK, stop + DUCK)), self.frames - 4410]
        spans = zip(edges[::2], edges[1::2], strict=True)
        return tuple(Quiet(start, stop, self.loop) for start, stop in spans if start < stop)

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return samples [start, start + frames)."""
        stop = min(start + frames, self.frames)
        self.farthest = max(self.farthest, stop)
        samples = self._endless(start, stop - start)
        at = np.arange(start, stop)
        for (first, last), voice in zip(self.words, self._voices, strict=True):
            away = np.maximum(first - at, at - last) / DUCK
            samples *= (0.6 + 0.4 * np.clip(away, 0, 1)).astype(np.float32)[:, None]
            inside = (at >= first) & (at < last)
            samples[inside] += voice[at[inside] - first]
        samples *= np.clip((self.frames - at) / 4410, 0, 1).astype(np.float32)[:, None]
        return samples

    def key(self, start: int, stop: int) -> bytes:
        """Return the samples' digest."""
        return hashlib.sha256(self.block(start, stop - start).tobytes()).digest()

    def _endless(self, start: int, frames: int) -> NDArray[np.float32]:
        return np.take(self.round, np.arange(start, start + frames), axis=0, mode="wrap")


def sentences(seconds: float, every: float = 11.0, length: float = 2.0) -> Mixed:
    """Return a session with a word of `length` seconds `every` so many."""
    frames = round(seconds * SAMPLE_RATE) + 333
    starts = np.arange(1.0, seconds - length - 1, every)
    words = tuple((round(at * SAMPLE_RATE), round((at + length) * SAMPLE_RATE)) for at in starts)
    return Mixed(frames, words)


@dataclass
class Restless(Mixed):
    """Samples as they are given, and no quiet."""

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """None."""
        return ()


def restless(samples: NDArray[np.float64]) -> Restless:
    """Return a session of these samples, shape (frames, 2), clipped where they are too loud."""
    return Restless(len(samples), round=np.clip(samples, -0.8, 0.8).astype(np.float32))


def broken_off(seconds: float, seed: int) -> Restless:
    """Return loud noise that breaks off and on: what empties a reservoir."""
    rng = np.random.default_rng(seed)
    sound = rng.standard_normal((round(seconds * SAMPLE_RATE), 2)) * 0.15
    on = rng.random(len(sound) // 3000 + 1) < 0.3
    return restless(sound * np.repeat(on, 3000)[: len(sound), None])


def bursts_before(borders: Iterable[int], seconds: float) -> Restless:
    """Return soft noise with a burst ten MP3 frames before each border: an encoder that starts there misses half."""
    rng = np.random.default_rng(1)
    sound = rng.standard_normal((round(seconds * SAMPLE_RATE), 2)) * 0.003
    for border in borders:
        sound[(border - 10) * FRAME_SAMPLES :][:4000] *= 60
    return restless(sound)
