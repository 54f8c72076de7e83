"""A small warm room around the voice: a short soft tail, the same every time.

Imported by modules that handle samples, so numpy stands at the top.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECONDS = 0.32
"""How long the room rings after a sound."""
PRE_DELAY = 0.009
"""Seconds to the first reflection: a wall a metre and a half away."""
DECAY = 0.30
"""Seconds in which the tail falls by 60 dB: curtains and a carpet."""
WARMTH = 2_800.0
"""Hz above which walls swallow sound, 6 dB an octave."""
WET_DB = -19.0
"""The tail's energy, from the voice's."""


def in_room(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a voice (frames, 1) with its room, SECONDS longer; the voice itself is not touched."""
    tail = _tail()
    frames = len(samples) + len(tail) - 1
    size = 1 << (frames - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples[:, 0], size) * np.fft.rfft(tail, size), size)[:frames]
    wet[: len(samples)] += samples[:, 0]
    return wet.astype(np.float32)[:, None]


@lru_cache(maxsize=1)
def _tail() -> NDArray[np.float64]:
    """The room's answer to a click, without the click: noise that fades, darker than it came."""
    frames = round(SECONDS * SAMPLE_RATE)
    time = np.arange(frames) / SAMPLE_RATE
    noise = np.random.default_rng(20261122).standard_normal(frames)
    hertz = np.fft.rfftfreq(frames, 1 / SAMPLE_RATE)
    dark = np.fft.irfft(np.fft.rfft(noise) / np.sqrt(1 + (hertz / WARMTH) ** 2), frames)
    late = time - PRE_DELAY
    tail = np.where(late >= 0, dark * 10 ** (-3 * np.maximum(late, 0) / DECAY), 0.0)
    tail *= np.clip((SECONDS - time) / 0.03, 0.0, 1.0)  # ends without a step
    return np.asarray(tail * 10 ** (WET_DB / 20) / np.sqrt(np.sum(tail**2)))
