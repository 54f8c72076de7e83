"""Loudness after ITU-R BS.1770-4: K-weighting, 10 ms energies, and the loudness that follows from them; true peaks.

The numbers of a sound are its 10 ms energies: they are small, they add up, and all loudness here follows from them: the
gated, momentary and short-term one, and its range. `Meter` and `TruePeak` take a sound of any length block by block.
Imported by modules that handle samples, so numpy stands at the top.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import soxr

if TYPE_CHECKING:
    from numpy.typing import NDArray

ENERGIES_PER_SECOND = 100
"""Ten to a hop of the standard's blocks; they predict a mix within 0.002 LU of measuring it."""
SILENCE_LUFS = -70.0
"""The absolute gate: what is softer counts as silence (BS.1770-4, annex 1, eq. 6)."""

_BLOCK = 40
"""Energies in a gating block of 400 ms."""
_STEP = 10
"""Energies from one gating block to the next: 75 % overlap."""
_RELATIVE_GATE = -10.0
"""LU below the loudness of what passes the absolute gate (eq. 6)."""
_SHORT_TERM = 300
"""Energies in a window of the short-term loudness: 3 s (EBU Tech 3341)."""
_RANGE_GATE = -20.0
"""LU, the relative gate of the loudness range (EBU Tech 3342)."""
_RANGE_PERCENTILES = (10, 95)
"""Between which of the short-term loudnesses the range lies (EBU Tech 3342)."""

# Numerator and denominator at 48 kHz, in falling powers of z.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
"""Stage 1, the head's effect (annex 1, table 1)."""
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Stage 2, the RLB curve (annex 1, table 2)."""

_MEMORY_SECONDS = 0.1
"""The slower stage is a double pole at 38 Hz: after this time less than 1e-9 of a sound is left in it."""

_OVERSAMPLING = 4
"""Times (annex 2): between its samples a peak then hides 0.7 dB at most."""
_REACH = 128
"""Frames either way that soxr's HQ filter looks at, and some."""
_OVERSHOOT = 3.0
"""More than the sum of that filter's magnitudes (2.8): no value between samples is larger than theirs times this."""
_PIECE = 4096
"""Frames looked at by themselves."""


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
    it. In single precision, which takes half the time: the error against the recursive filter is below 1e-6 of full
    scale, 120 dB down.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._response = _response(rate)
        self._past = np.zeros((round(rate * _MEMORY_SECONDS), channels), dtype=np.float32)

    def __call__(self, block: NDArray[np.floating]) -> NDArray[np.float32]:
        """Filter the next block, shape (frames, channels)."""
        memory = len(self._past)
        size = 2 * (len(self._response) - 1)
        hop = size - memory
        signal = np.concatenate((self._past, block), dtype=np.float32)
        filtered = np.empty(block.shape, dtype=np.float32)
        for start in range(0, len(block), hop):
            spectrum = np.fft.rfft(signal[start : start + size], size, axis=0)
            spectrum *= self._response
            kept = min(hop, len(block) - start)
            filtered[start : start + kept] = np.fft.irfft(spectrum, size, axis=0)[memory : memory + kept]
        self._past = signal[len(signal) - memory :]
        return filtered


@lru_cache(maxsize=4)
def _response(rate: int) -> NDArray[np.complex64]:
    """The filter's response at the bins of a transform eight times as long as its memory; shape (bins, 1)."""
    size = 1 << math.ceil(math.log2(8 * rate * _MEMORY_SECONDS))
    z = np.exp(2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones_like(z)
    for b, a in coefficients(rate):
        response *= np.polyval(b, z) / np.polyval(a, z)
    return np.asarray(response[:, None], dtype=np.complex64)


class Meter:
    """The 10 ms energies of a signal that comes block by block; any cut into blocks gives the same energies.

    They are all that is kept: 3 MB an hour.
    """

    def __init__(self, rate: int, channels: int) -> None:
        """Measure at a rate in Hz. One channel is heard on both loudspeakers, so it counts twice."""
        self._weigh = KWeighting(rate, channels)
        self._rate = rate
        self._heard = 2.0 if channels == 1 else 1.0
        self._frames = 0
        self._done: list[NDArray[np.float64]] = []
        self._count = 0
        self._begun = 0.0
        """Sum of what is there of the energy after the last whole one."""

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, shape (frames, channels), full scale 1.0."""
        if not len(block):
            return
        squares = np.zeros(len(block))
        for channel in self._weigh(block).T:  # ten times as fast as a sum along so short an axis
            squares += np.square(channel, dtype=np.float64)
        end = self._frames + len(block)
        borders = self._borders(end)
        cuts = np.concatenate(([0], borders - self._frames))
        sums = np.add.reduceat(squares, cuts[cuts < len(block)])
        sums[0] += self._begun
        self._done.append(sums[: len(borders)])
        self._count += len(borders)
        self._begun = float(sums[-1]) if len(sums) > len(borders) else 0.0
        self._frames = end

    def powers(self) -> NDArray[np.float64]:
        """Return the K-weighted power of every 10 ms so far, summed over the channels (eq. 2).

        A rest is padded with silence.
        """
        rest = [] if self._frames == self._border(self._count) else [self._begun]
        return np.concatenate((*self._done, rest)) * (self._heard * ENERGIES_PER_SECOND / self._rate)

    def _borders(self, end: int) -> NDArray[np.intp]:
        """The frames after which the energies not yet whole are so, up to `end`."""
        last = math.ceil(end * ENERGIES_PER_SECOND / self._rate) + 1
        borders = np.round(np.arange(self._count + 1, last + 1) * self._rate / ENERGIES_PER_SECOND).astype(np.intp)
        return borders[borders <= end]

    def _border(self, count: int) -> int:
        return round(count * self._rate / ENERGIES_PER_SECOND)


def energies(samples: NDArray[np.floating], rate: int) -> NDArray[np.float64]:
    """Return the K-weighted power of every 10 ms, summed over the channels (eq. 2); a rest is padded with silence.

    `samples` have the shape (frames, channels) and full scale 1.0. One channel is heard on both, so it counts twice.
    """
    meter = Meter(rate, samples.shape[1])
    meter.add(samples)
    return meter.powers()


def integrated(powers: NDArray[np.float64]) -> float:
    """Return the gated loudness of a sound's energies in LUFS (eq. 3-7), minus infinity when nothing passes the gate.

    A sound shorter than a block of 400 ms counts as one, with silence after it.
    """
    blocks = gating_blocks(powers)
    loud = blocks[gate(blocks)]
    return lufs(loud.mean()) if len(loud) else -math.inf


def gating_blocks(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean power of 400 ms from every 100 ms on (eq. 3)."""
    padded = powers if len(powers) >= _BLOCK else np.pad(powers, (0, _BLOCK - len(powers)))
    steps = np.add.reduceat(padded, np.arange(0, len(padded) // _STEP * _STEP, _STEP), dtype=np.float64)
    steps[-1] = padded[(len(steps) - 1) * _STEP : len(steps) * _STEP].sum()  # not what is left over behind it
    sums = np.concatenate(([0.0], np.cumsum(steps)))
    across = _BLOCK // _STEP
    return np.asarray(np.maximum(sums[across:] - sums[:-across], 0.0) / _BLOCK)


def gate(blocks: NDArray[np.float64], relative: float = _RELATIVE_GATE) -> NDArray[np.bool_]:
    """Return which mean powers pass the absolute gate, and the one relative to what passes that (eq. 5-7)."""
    loud = blocks > power(SILENCE_LUFS)
    if not loud.any():
        return loud
    return np.asarray(loud & (blocks > power(lufs(blocks[loud].mean()) + relative)))


def momentary_max(powers: NDArray[np.float64]) -> float:
    """Return the loudness of the loudest 400 ms in LUFS (EBU Tech 3341), minus infinity for digital silence."""
    return lufs(_means(powers, _BLOCK).max())


def short_term(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loudness of 3 s from every 100 ms on in LUFS (EBU Tech 3341), minus infinity for silence.

    A sound shorter than 3 s counts as 3 s, with silence after it.
    """
    with np.errstate(divide="ignore"):  # the logarithm of silence is minus infinity, which is what is meant
        return np.asarray(-0.691 + 10 * np.log10(_means(powers, _SHORT_TERM)[::_STEP]))  # eq. 2


def loudness_range(powers: NDArray[np.float64]) -> float:
    """Return the range of a sound's short-term loudness in LU, from soft to loud (EBU Tech 3342); 0 for silence."""
    windows = _means(powers, _SHORT_TERM)[::_STEP]
    loud = np.sort(windows[gate(windows, _RANGE_GATE)])
    if not len(loud):
        return 0.0
    soft, high = (lufs(loud[round((len(loud) - 1) * percent / 100)]) for percent in _RANGE_PERCENTILES)
    return high - soft


def _means(powers: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """The mean power of `window` energies from every energy on."""
    padded = np.concatenate((powers, np.zeros(max(0, window - len(powers)))))
    sums = np.concatenate(([0.0], np.cumsum(padded)))
    return np.asarray(np.maximum(sums[window:] - sums[:-window], 0.0) / window)


def lufs(power: float) -> float:
    """Return the loudness of a power (eq. 2), minus infinity for none."""
    return -0.691 + 10 * math.log10(power) if power > 0 else -math.inf


def power(lufs: float) -> float:
    """Return the power of a loudness, the inverse of `lufs`."""
    return float(10 ** ((lufs + 0.691) / 10))


class TruePeak:
    """The largest true peak of a signal that comes block by block (annex 2, with 4 x oversampling).

    Any such meter reads the same within 0.02 dB, but for what lies above 19 kHz: there their filters differ.
    """

    def __init__(self, channels: int) -> None:
        """Measure one channel or two."""
        self._past = np.zeros((2 * _REACH, channels), dtype=np.float32)
        self._peak = 0.0

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next block, shape (frames, channels), full scale 1.0."""
        signal = np.concatenate((self._past, block), dtype=np.float32)
        magnitudes = np.abs(signal)
        loud = np.maximum(magnitudes[:, 0], magnitudes[:, -1])  # ten times as fast as a maximum along so short an axis
        for start in range(_REACH, len(signal) - _REACH, _PIECE):
            end = min(start + _PIECE, len(signal) - _REACH)
            self._peak = max(self._peak, float(loud[start:end].max()))
            # Between soft samples no peak can be the largest: most of a session is never oversampled.
            if loud[start - _REACH : end + _REACH].max() * _OVERSHOOT > self._peak:
                fine = soxr.resample(signal[start - _REACH : end + _REACH], 1, _OVERSAMPLING, "HQ")
                inner = fine[_OVERSAMPLING * _REACH : _OVERSAMPLING * (_REACH + end - start)]
                self._peak = max(self._peak, float(np.abs(inner).max(initial=0.0)))
        self._past = signal[len(signal) - 2 * _REACH :]

    def dbtp(self) -> float:
        """Return the largest peak in dBTP, minus infinity for silence; silence follows what has been added."""
        self.add(np.zeros((_REACH, self._past.shape[1]), dtype=np.float32))
        return 20 * math.log10(self._peak) if self._peak > 0 else -math.inf
