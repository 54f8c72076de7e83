"""Loops: a stretch of sound played round and round; and room tone, the one that stands in where there is no bed.

Heavy imports stand where a loop is made or played.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROOM_TONE_DBFS = -62.0
"""RMS of the faint noise that stands in for a bed: a pause is never digital zero."""
ROOM_TONE_FRAMES = 1152 * 384
"""10 s, in whole MP3 frames."""


@dataclass(frozen=True, eq=False)
class Held:
    """A loop without a seam, held in memory."""

    data: NDArray[np.float32]
    """Shape (frames, 2)."""
    key: str
    """Names the samples: equal keys, equal audio."""
    steady = 0
    """It repeats from its first frame on."""

    @property
    def period(self) -> int:
        """Frames of a round."""
        return len(self.data)

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the endless sound, shape (frames, 2)."""
        return rounds(self.data, start, frames)

    def powers(self, first: int, count: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms, from number `first` on; shape (count,)."""
        import numpy as np

        from voiceguide.sound.loudness import energies

        own = energies(self.data, SAMPLE_RATE).astype(np.float64)
        return np.take(own, np.arange(first, first + count), mode="wrap")


def rounds(loop: NDArray[np.float32] | NDArray[np.int16], start: int, frames: int) -> NDArray[np.float32]:
    """Return frames [start, start + frames) of a loop's rounds as float32, unscaled, in an array of its own."""
    import numpy as np

    out = np.empty((frames, loop.shape[1]), np.float32)
    done = 0
    while done < frames:
        at = (start + done) % len(loop)
        part = loop[at : at + frames - done]
        out[done : done + len(part)] = part
        done += len(part)
    return out


@lru_cache(maxsize=1)
def room_tone() -> Held:
    """Return soft noise, the same every time.

    Shaped in the frequency domain, where a signal is circular: the loop has no seam.
    """
    import numpy as np

    rng = np.random.default_rng(20261122)
    noise = rng.standard_normal((ROOM_TONE_FRAMES, 2))
    hertz = np.fft.rfftfreq(ROOM_TONE_FRAMES, 1 / SAMPLE_RATE)
    # Like a quiet room: flat to 100 Hz, then 3 dB an octave down, nothing below 30 Hz.
    shape = np.where(hertz < 30, 0.0, 1 / np.sqrt(np.maximum(hertz, 100.0)))
    tone = np.fft.irfft(np.fft.rfft(noise, axis=0) * shape[:, None], ROOM_TONE_FRAMES, axis=0)
    tone *= 10 ** (ROOM_TONE_DBFS / 20) / np.sqrt(np.mean(tone**2))
    samples = tone.astype(np.float32)
    return Held(samples, hashlib.sha256(samples.tobytes()).hexdigest())
