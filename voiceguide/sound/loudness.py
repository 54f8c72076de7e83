"""Loudness after ITU-R BS.1770-4: K-weighting, 10 ms energies, gated and momentary loudness.

The numbers of a clip are its 10 ms energies: they are small, they add up, and all else here follows from them.
Imported by modules that handle samples, so numpy stands at the top.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENERGIES_PER_SECOND = 100
SILENCE_LUFS = -70.0
"""The absolute gate: what is softer counts as silence (BS.1770-4, annex 1, eq. 6)."""

_BLOCK = 40
"""Energies in a gating block of 400 ms."""
_STEP = 10
"""Energies from one gating block to the next: 75 % overlap."""
_RELATIVE_GATE = -10.0
"""LU below the loudness of what passes the absolute gate (eq. 6)."""

# Numerator and denominator at 48 kHz, in falling powers of z.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
"""Stage 1, the head's effect (annex 1, table 1)."""
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Stage 2, the RLB curve (annex 1, table 2)."""

_MEMORY_SECONDS = 0.1
"""The slower stage is a double pole at 38 Hz: after this time less than 1e-9 of a sound is left in it."""


def coefficients(rate: int) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]:
    """Return (numerator, denominator) of both stages at any rate, in falling powers of z.

    The standard lists them for 48 kHz only. The bilinear transform s = (z - 1) / (z + 1) is undone, the corner of the
    analogue filter moved to where `tan` takes it at the new rate, and the transform done again.
    """
    return tuple((_moved(b, a, rate), _moved(a, a, rate)) for b, a in (_SHELF, _HIGH_PASS))


def _moved(z: tuple[float, ...], poles: tuple[float, ...], rate: int) -> NDArray[np.float64]:
    """Return one polynomial of a 48 kHz stage at another rate, its corner (that of the poles) at the same frequency."""
    # With z = (1 + s) / (1 - s), the coefficients of s^0, s^1 and s^2:
    analogue = (z[0] + z[1] + z[2], 2 * (z[0] - z[2]), z[0] - z[1] + z[2])
    corner = math.sqrt((poles[0] + poles[1] + poles[2]) / (poles[0] - poles[1] + poles[2]))  # tan(pi f / 48 kHz)
    ratio = math.tan(math.atan(corner) * 48_000 / rate) / corner
    c0, c1, c2 = analogue[0], analogue[1] / ratio, analogue[2] / ratio**2
    return np.array([c0 + c1 + c2, 2 * (c0 - c2), c0 - c1 + c2])


class KWeighting:
    """The K-weighting filter, fed a signal block by block; any cut into blocks gives the same samples.

    Overlap-save with the filter's exact frequency response: each block is transformed together with the 0.1 s before
    it. The error against the recursive filter is below 1e-8 of full scale.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._response = _response(rate)
        self._past = np.zeros((round(rate * _MEMORY_SECONDS), channels))

    def __call__(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
        """Filter the next block, shape (frames, channels)."""
        memory = len(self._past)
        size = 2 * (len(self._response) - 1)
        hop = size - memory
        signal = np.concatenate((self._past, block))
        filtered = np.empty(block.shape)
        for start in range(0, len(block), hop):
            spectrum = np.fft.rfft(signal[start : start + size], size, axis=0)
            spectrum *= self._response
            kept = min(hop, len(block) - start)
            filtered[start : start + kept] = np.fft.irfft(spectrum, size, axis=0)[memory : memory + kept]
        self._past = signal[len(signal) - memory :]
        return filtered


@lru_cache(maxsize=4)
def _response(rate: int) -> NDArray[np.complex128]:
    """The filter's response at the bins of a transform eight times as long as its memory; shape (bins, 1)."""
    size = 1 << math.ceil(math.log2(8 * rate * _MEMORY_SECONDS))
    z = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones_like(z)
    for b, a in coefficients(rate):
        response *= np.polyval(b, z) / np.polyval(a, z)
    return np.asarray(response[:, None])


def energies(samples: NDArray[np.floating], rate: int) -> NDArray[np.float64]:
    """Return the K-weighted power of every 10 ms, summed over the channels (eq. 2); a rest is padded with silence.

    `samples` have the shape (frames, channels) and full scale 1.0. One channel is heard on both, so it counts twice.
    """
    filtered = KWeighting(rate, samples.shape[1])(samples)
    power = np.square(filtered).sum(axis=1) * (2.0 if samples.shape[1] == 1 else 1.0)
    count = math.ceil(len(power) * ENERGIES_PER_SECOND / rate)
    starts = np.round(np.arange(count) * rate / ENERGIES_PER_SECOND).astype(np.intp)
    starts = starts[starts < len(power)]
    return np.asarray(np.add.reduceat(power, starts) * (ENERGIES_PER_SECOND / rate)) if len(starts) else np.zeros(0)


def integrated(powers: NDArray[np.float64]) -> float:
    """Return the gated loudness of a sound's energies in LUFS (eq. 3-7), minus infinity when nothing passes the gate.

    A sound shorter than a block of 400 ms counts as one, with silence after it.
    """
    blocks = _blocks(powers)[::_STEP]
    loud = blocks[blocks > _power(SILENCE_LUFS)]
    if not len(loud):
        return -math.inf
    gate = _power(_lufs(loud.mean()) + _RELATIVE_GATE)
    return _lufs(loud[loud > gate].mean())


def momentary_max(powers: NDArray[np.float64]) -> float:
    """Return the loudness of the loudest 400 ms in LUFS (EBU Tech 3341), minus infinity for digital silence."""
    return _lufs(_blocks(powers).max())


def _blocks(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean power of the 400 ms from every energy on."""
    padded = np.concatenate((powers, np.zeros(max(0, _BLOCK - len(powers)))))
    sums = np.concatenate(([0.0], np.cumsum(padded)))
    return np.asarray(np.maximum(sums[_BLOCK:] - sums[:-_BLOCK], 0.0) / _BLOCK)


def _lufs(power: float) -> float:
    """Loudness of a power (eq. 2)."""
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def _power(lufs: float) -> float:
    """The inverse of `_lufs`."""
    return float(10 ** ((lufs + 0.691) / 10))
