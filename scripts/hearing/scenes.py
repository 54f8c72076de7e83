"""Sentences as they sound: over a bed as far below as it lies under words, and on a phone beside a fan."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import soxr

from hearing.recognisers import RATE
from voiceguide.sound.bed import UNDER_SPEECH_DB
from voiceguide.sound.loudness import energies, integrated
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.sound.bed import Bed

PHONE_HZ = 500.0
"""Below it a phone's loudspeaker falls by 12 dB an octave; above the 8 kHz that recognisers hear it goes on."""
FAN_DB = -12.0
"""LU of the fan from the speech as the phone plays it."""
GAP = 0.8
"""Seconds between sentences that are heard one after the other."""
LONGEST = 26.0
"""Seconds of sentences that are heard at once; a recogniser looks at 30."""
RESTART = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """Where somebody listens."""

    bed: Bed | None
    phone: bool = False

    def heard(self, takes: Iterable[Any], place: str) -> Any:
        """Return takes one after the other as one hears them, samples (frames,) of RATE.

        `place` says from where on the bed and the fan play: each has a place of its own.
        """
        gap = np.zeros(round(GAP * SAMPLE_RATE), np.float32)
        parts = [part for take in takes for part in (take.samples()[:, 0].astype(np.float32) / 32768, gap)][:-1]
        sound = np.concatenate(parts)
        start = int.from_bytes(hashlib.sha256(place.encode()).digest()[:4], "big")
        if self.bed is not None:
            under = self.bed.samples(start % self.bed.period, len(sound)).mean(axis=1)
            sound = sound + under * np.float32(10 ** (UNDER_SPEECH_DB / 20))
        if self.phone:
            sound = _played(sound)
            sound = sound + _fan(len(sound), start, _loudness(sound) + FAN_DB)
        return soxr.resample(sound, SAMPLE_RATE, RATE)


def _played(sound: Any) -> Any:
    """Leave out what a phone's loudspeaker does not play."""
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    below = (hertz / PHONE_HZ) ** 2
    return np.fft.irfft(np.fft.rfft(sound) * below / (1 + below), len(sound)).astype(np.float32)


def _fan(frames: int, seed: int, lufs: float) -> Any:
    """Pink noise as a room's fan makes it."""
    noise = np.random.default_rng(seed).standard_normal(frames)
    hertz = np.fft.rfftfreq(frames, 1 / SAMPLE_RATE)
    pink = np.fft.irfft(np.fft.rfft(noise) / np.sqrt(np.maximum(hertz, 40.0)), frames)
    return (pink * 10 ** ((lufs - _loudness(pink)) / 20)).astype(np.float32)


def _loudness(sound: Any) -> float:
    return integrated(energies(sound.reshape(-1, 1).astype(np.float32), SAMPLE_RATE))


def batches(takes: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the names of takes that are heard at once, in order.

    About one name in RESTART begins a batch whatever came before it, so that a new sentence changes only its own batch.
    """
    batch: list[str] = []
    lasting = 0.0
    for name, take in takes.items():
        restart = hashlib.sha256(name.encode()).digest()[0] % RESTART == 0
        if batch and (restart or lasting + GAP + take.seconds > LONGEST):
            yield batch
            batch, lasting = [], 0.0
        batch.append(name)
        lasting += GAP * (len(batch) > 1) + take.seconds
    if batch:
        yield batch
