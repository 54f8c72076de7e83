"""A look-ahead limiter of true peaks, for one clip that is at hand as a whole.

Imported by modules that handle samples, so numpy and soxr stand at the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OVERSAMPLING = 4
"""BS.1770-4, annex 2; reads at most 0.6 dB low, and only near the top of the band."""
_GLIDE_SECONDS = 0.010
"""The gain glides this long to a peak and from it: slow enough to add no audible distortion to speech."""


def limit(samples: NDArray[np.float32], rate: int, ceiling_dbtp: float) -> NDArray[np.float32]:
    """Return samples (frames, channels) whose true peaks stay under a ceiling, within 0.05 dB; all channels move alike.

    Where nothing within 10 ms exceeds the ceiling the samples stay as they are.
    """
    ceiling = 10 ** (ceiling_dbtp / 20)
    peaks = _peaks(samples)
    if peaks.max(initial=0.0) <= ceiling:
        return samples
    wanted = ceiling / np.maximum(peaks.astype(np.float64), ceiling)
    # The minimum reaches `reach` frames either way and so do the two means together: every value that is averaged at a
    # peak is at most what that peak needs, and thus their average is.
    half = round(rate * _GLIDE_SECONDS / 4)
    reach = 2 * half
    gain = _centred_mean(_centred_mean(_centred_minimum(wanted, reach), half), half)
    return np.asarray(samples * gain[:, None], dtype=np.float32)


def _peaks(samples: NDArray[np.floating]) -> NDArray[np.float32]:
    """The largest magnitude on any channel between one frame's neighbours, the frame included; shape (frames,)."""
    peaks = np.zeros(len(samples), dtype=np.float32)
    for channel in range(samples.shape[1]):
        signal = np.ascontiguousarray(samples[:, channel], dtype=np.float32)
        fine = np.zeros(len(signal) * _OVERSAMPLING, dtype=np.float32)
        resampled = soxr.resample(signal, 1, _OVERSAMPLING, "HQ")[: len(fine)]
        np.abs(resampled, out=fine[: len(resampled)])
        for phase in range(_OVERSAMPLING):
            between = fine[phase::_OVERSAMPLING]  # a frame and the next one; it counts for both
            np.maximum(peaks, between, out=peaks)
            np.maximum(peaks[1:], between[:-1], out=peaks[1:])
        np.maximum(peaks, np.abs(signal), out=peaks)
    return peaks


def _centred_minimum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The least of each value and its `reach` neighbours either way, in one pass (van Herk's two running minima)."""
    window = 2 * reach + 1
    blocks = -(-(len(values) + 2 * reach) // window)
    padded = np.ones((blocks, window))
    padded.reshape(-1)[reach : reach + len(values)] = values
    forward = np.minimum.accumulate(padded, axis=1).reshape(-1)
    backward = np.minimum.accumulate(padded[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    last = slice(window - 1, window - 1 + len(values))
    return np.minimum(backward[: len(values)], forward[last])


def _centred_mean(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The mean of each value and its `reach` neighbours either way; beyond the ends the first and last value stand."""
    window = 2 * reach + 1
    padded = np.pad(values, reach, mode="edge")
    sums = np.concatenate(([0.0], np.cumsum(padded)))
    return (sums[window:] - sums[:-window]) / window
