"""Voices for tests: one that sounds like speech and counts what it speaks, and what can go wrong with one."""

from __future__ import annotations

import threading
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.voices import Audio

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voiceguide.text.utterance import Piece, Sentence

SECONDS_PER_WORD = 0.4

# None of these is among the sentences that the voice was calibrated on.
SENTENCES = (
    "Hold still.",
    "Now the other shoulder.",
    "Rest both hands here.",
    "Let the breath come and go.",
    "Stroke outward along the top of the shoulders.",
    "Find a warm, quiet room before you begin.",
    "Move the towel aside and warm a little oil in your hands.",
    "Rest your left hand on the middle of the back while the right one works.",
    "Make three small circles beside each bone of the spine, then slide a little higher.",
    "If the receiver tenses up, lighten your hands and wait until the muscle lets go.",
    "From here on, every stroke is a little lighter than the one before.",
    "Finish with your palms resting on the shoulder blades, and breathe together three more times.",
)


def trimmed(samples: np.ndarray, rate: int) -> float:
    """Return the seconds between the first and the last 5 ms above -50 dBFS."""
    window = rate // 200
    blocks = samples.reshape(-1)[: len(samples) // window * window].reshape(-1, window)
    loud = np.flatnonzero(np.sqrt(np.mean(blocks**2, axis=1)) > 10 ** (-50 / 20))
    return float(loud[-1] + 1 - loud[0]) * window / rate


def speech(text: str, rate: int = 24_000, rms: float = 0.03) -> NDArray[np.float32]:
    """Return syllables of a buzz with breath, between silences of 0.2 s; shape (frames, 1), the same for a text."""
    random = np.random.default_rng(zlib.crc32(text.encode()))
    seconds = SECONDS_PER_WORD * len(text.split())
    at = np.arange(round(seconds * rate)) / rate
    pitch = 2 * np.pi * np.cumsum(180 + 20 * np.sin(2 * np.pi * 1.3 * at)) / rate
    buzz = sum(np.sin(k * pitch) / k for k in range(1, 12))
    syllables = 0.02 + np.sin(np.pi * at / SECONDS_PER_WORD * 2) ** 2
    sound = syllables * (buzz + 0.1 * random.standard_normal(len(at)))
    quiet = np.zeros(round(0.2 * rate))
    return np.concatenate((quiet, sound * rms / np.sqrt(np.mean(sound**2)), quiet)).astype(np.float32)[:, None]


@dataclass
class SpeakingVoice:
    """Speaks `speech`, and remembers what it was asked for."""

    id: str = "fake:speaking"
    fingerprint: str = "fake speaking 1"
    rms: float = 0.03
    spoken: list[str] = field(default_factory=list)

    def say(self, text: str) -> Audio:
        """Speak, and remember."""
        self.spoken.append(text)
        return Audio(speech(text, rms=self.rms), 24_000)

    def estimate(self, text: str) -> float:
        """Return the seconds of sound, exactly."""
        return SECONDS_PER_WORD * len(text.split())


@dataclass
class FailingVoice(SpeakingVoice):
    """Does something else with one sentence."""

    at: str = ""
    instead: Callable[[], Audio] = lambda: Audio(np.zeros((0, 1), np.float32), 24_000)

    def say(self, text: str) -> Audio:
        """Speak, or do the other thing."""
        spoken = super().say(text)
        return self.instead() if text == self.at else spoken


@dataclass
class HangingVoice(SpeakingVoice):
    """Never comes back from one sentence, until it is let go."""

    at: str = ""
    let_go: threading.Event = field(default_factory=threading.Event)

    def say(self, text: str) -> Audio:
        """Speak, or wait."""
        if text == self.at:
            self.let_go.wait()
        return super().say(text)


def sentence(text: str) -> Sentence:
    from voiceguide.text.utterance import Sentence

    return Sentence(text, text)


def piece(*texts: str, gap: float = 0.6) -> Piece:
    from voiceguide.text.utterance import Piece

    return Piece(tuple(sentence(text) for text in texts), (gap,) * (len(texts) - 1))
