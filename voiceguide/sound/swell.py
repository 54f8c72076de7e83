"""The swell of a stroke, computed for its two phases: it rises while the hands go out, and falls while they come back.

It stands by itself and needs numpy alone, as `scripts/make_audio_assets.py` makes the bundled `swell` of it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np  # this module is imported where sounds are loaded or made, never for help or lists

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
"""Of what it computes; part of every cached one's key."""
RATE = 44_100
"""Hz."""
USUAL = (6.0, 6.0)
"""Seconds out and back of the bundled file: a slow stroke over a back."""
START_DB = -12.0
"""Of its loudest. A swell from nothing seems to start half a second late; this one starts low and at once."""
ATTACK = 0.016
"""Seconds to that start."""
A4, D5 = 440.0, 440.0 * 2 ** (5 / 12)
"""Of the sounds' one key, and no note of the breath's."""
SHIMMER = 0.25
"""Hz of the slow beat between a note and its twin."""
TWIN = 0.2
AIR = ((1, (1.0, 1.0), 1.0), (2, (1.0, -1.0), 0.3))
"""(seed, left and right, level) of its noise: the same in both, and a little that is not."""


def swell(out: float, back: float) -> NDArray[np.float64]:
    """Return a swell that rises `out` seconds and falls `back` seconds: samples (frames, 2), not yet levelled.

    Equal phases give equal samples. It starts at once and ends in nothing.
    """
    frames = round((out + back) * RATE)
    t = np.arange(frames) / RATE
    way = np.where(t < out, t / out, np.maximum(0.0, out + back - t) / back)
    rising = np.sin(np.pi / 2 * way) ** 2
    start = 10 ** (START_DB / 20)
    level = np.where(t < out, start + (1 - start) * rising, rising)
    level *= np.sin(np.pi / 2 * np.clip(t / ATTACK, 0.0, 1.0)) ** 2
    sound = np.zeros((frames, 2))
    for seed, sign, width in AIR:
        white = _noise(frames, seed)
        # The air moves up as the hands go out, and down again: the way is heard in its colour too.
        air = (1 - 0.6 * rising) * _band(white, 350, 600) + rising * _band(white, 600, 1000)
        sound += 0.35 * width * (level * air)[:, None] * np.array(sign)
    for note, share in ((A4, 1.0), (D5, 0.2 + 0.6 * rising)):
        # A note and its twin are together where the hands turn, so that the beat never moves the height.
        tone = np.sin(2 * np.pi * note * t) + TWIN * np.sin(2 * np.pi * (note * t + SHIMMER * (t - out)))
        sound += (0.4 * share * level * tone)[:, None] * np.sqrt(0.5)
    return sound


def _noise(frames: int, seed: int) -> NDArray[np.float64]:
    """White noise in [-1, 1) that is the same in every numpy: only the bit generator's stream is promised."""
    raw = np.random.PCG64(seed).random_raw(frames)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


def _band(curve: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Keep `low` to `high` Hz with edges half an octave wide, at an RMS of 1."""
    spectrum = np.fft.rfft(curve)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(curve), 1 / RATE), 1.0))
    below = np.clip((octaves - np.log2(low) + 0.5) / 0.5, 0.0, 1.0)
    above = np.clip((np.log2(high) + 0.5 - octaves) / 0.5, 0.0, 1.0)
    kept = np.sin(np.pi / 2 * below) ** 2 * np.sin(np.pi / 2 * above) ** 2
    filtered = np.fft.irfft(spectrum * kept, len(curve))
    return np.asarray(filtered / np.sqrt(np.mean(filtered**2)))
