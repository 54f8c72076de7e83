"""Recordings for tests: the tone's sentences with noise and pauses, and a recogniser that knows what it hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from own_for_tests import TONE

from voiceguide.authoring.recordings.hearing import RATE, hear
from voiceguide.authoring.recordings.listening import Word

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TONES = 44_100
"""Hz at which the tone speaks."""


@dataclass
class Reading:
    """A recording in the making: what is said from when to when."""

    noise_db: float = -60.0
    said: list[tuple[float, float, str]] = field(default_factory=list)
    parts: list[NDArray[np.float32]] = field(default_factory=lambda: [np.zeros(TONES // 2, np.float32)])

    def say(self, text: str, pause: float = 1.0, *, share: float = 1.0) -> tuple[float, float]:
        """Say a text, or a share of its words, and pause; return from when to when it sounds."""
        words = text.split()
        text = " ".join(words[: max(1, round(len(words) * share))])
        samples = TONE.say(text).samples[:, 0]
        start = sum(map(len, self.parts)) / TONES
        self.parts += [samples, np.zeros(round(pause * TONES), np.float32)]
        self.said.append((start, start + len(samples) / TONES, text))
        return self.said[-1][:2]

    def samples(self) -> NDArray[np.float32]:
        """Return all of it, with the noise of a room."""
        whole = np.concatenate(self.parts)
        hiss = np.random.default_rng(1).standard_normal(len(whole))
        return (whole + 10 ** (self.noise_db / 20) * hiss).astype(np.float32)

    def write(self, path: Path) -> Path:
        """Write it as a phone would."""
        soundfile.write(path, self.samples(), TONES)
        return path

    def recogniser(self, path: Path, *, swallows: bool = True) -> Recogniser:
        """Return what understands the recording in a file."""
        return Recogniser(self, hear(path).samples.tobytes(), swallows=swallows)


@dataclass
class Recogniser:
    """Understands every word of a reading; listening to much at once, it leaves out what was begun and broken off."""

    reading: Reading
    samples: bytes
    swallows: bool = True
    heard: list[float] = field(default_factory=list)
    """Seconds of each window that it listened to."""

    def __call__(self, samples: NDArray[np.float32], language: str) -> list[Word]:  # noqa: ARG002 (a recogniser's)
        """Give the words of a window, which is found by its noise."""
        part = np.rint(samples[:4000] * 32768).astype(np.int16).tobytes()
        begins = self.samples.index(part) / 2 / RATE
        lasts = len(samples) / RATE
        self.heard.append(lasts)
        words: list[Word] = []
        said = self.reading.said
        for index, (start, end, text) in enumerate(said):
            if start < begins - 0.05 or end > begins + lasts + 0.05:
                continue
            following = said[index + 1][2] if index + 1 < len(said) else ""
            if self.swallows and following.startswith(text) and following != text and lasts > end - start + 2:
                continue
            each = (end - start) / len(text.split())
            words += [
                Word(start + at * each - begins, start + (at + 1) * each - begins, f" {word}")
                for at, word in enumerate(text.split())
            ]
        return words
