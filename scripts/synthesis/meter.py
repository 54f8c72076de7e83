"""Loudness, peaks and seams. Nothing of the package is used: a test holds this meter against the package's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from synthesis.blocks import RATE

if TYPE_CHECKING:
    from synthesis.blocks import Curve, Sound

_WINDOW = 2_048
"""Frames of a spectrum whose change is measured."""


def momentary_lufs(sound: Sound) -> float:
    """Return the loudest 400 ms of a sound in LUFS, by windows 10 ms apart (ITU-R BS.1770, annex 1)."""
    return _lufs(float(np.max(_powers(sound, 0.4, 0.01))))


def integrated_lufs(sound: Sound) -> float:
    """Return the gated loudness of a sound in LUFS (ITU-R BS.1770-4, annex 1, eq. 3-7)."""
    powers = _powers(sound, 0.4, 0.1)
    powers = powers[powers > 10 ** ((-70 + 0.691) / 10)]
    return _lufs(float(np.mean(powers[powers > np.mean(powers) / 10])))


def peak_dbfs(sound: Sound) -> float:
    """Return the highest sample in dBFS."""
    return float(20 * np.log10(np.max(np.abs(sound))))


def bend_rank(loop: Sound) -> float:
    """Return the share of a loop's frames at which the wave bends less than where the loop's end meets its start."""
    bends = np.abs(np.diff(loop, 2, axis=0)).max(axis=1)
    at_seam = np.abs(np.diff(np.concatenate([loop[-2:], loop[:2]]), 2, axis=0)).max()
    return float(np.mean(bends < at_seam))


def flux_rank(loop: Sound) -> float:
    """Return the share of a loop's moments with less spectral flux than there is where the loop's end meets its start.

    Flux is measured twice, in magnitudes and in their roots (which hear more of what is soft); the higher rank counts.
    """
    around = np.concatenate([loop[-_WINDOW:], loop, loop[:_WINDOW]])
    starts = np.arange(0, len(around) - _WINDOW, _WINDOW // 4)
    windows = np.lib.stride_tricks.sliding_window_view(around, _WINDOW, axis=0)[starts]  # (windows, channels, frames)
    magnitudes = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW), axis=2))
    at_seam = (starts[1:] <= _WINDOW) | (starts[1:] >= len(loop))
    ranks = []
    for spectrum in (magnitudes, np.sqrt(magnitudes)):
        flux = np.maximum(np.diff(spectrum, axis=0), 0).sum(axis=(1, 2))
        ranks.append(float(np.mean(flux[~at_seam] < flux[at_seam].max())))
    return max(ranks)


def _powers(sound: Sound, window: float, hop: float) -> Curve:
    """Return the K-weighted power of windows of `window` seconds, `hop` apart, summed over the channels (eq. 2)."""
    size = 1 << (len(sound) + RATE).bit_length()  # a second of room: the filters' ring must not wrap around
    # Tables 1 and 2 give both filters at 48 kHz; their response, read at the true frequency, weights any rate alike.
    z = np.exp(2j * np.pi * np.fft.rfftfreq(size, 1 / RATE) / 48_000)
    shelf = np.polyval([1.53512485958697, -2.69169618940638, 1.19839281085285], z)
    shelf /= np.polyval([1.0, -1.69065929318241, 0.73248077421585], z)
    high_pass = np.polyval([1.0, -2.0, 1.0], z) / np.polyval([1.0, -1.99004745483398, 0.99007225036621], z)
    weighted = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * (shelf * high_pass)[:, None], size, axis=0)
    energy = np.concatenate([[0.0], np.cumsum(np.sum(weighted**2, axis=1))])
    width = round(window * RATE)
    starts = np.arange(0, max(len(sound) - width, 0) + 1, round(hop * RATE))
    return np.asarray((energy[starts + width] - energy[starts]) / width)


def _lufs(power: float) -> float:
    """Return the loudness of a K-weighted power (eq. 2)."""
    return float(-0.691 + 10 * np.log10(power))
