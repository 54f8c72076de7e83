"""Samples on their way into a file: counted, and turned into whole numbers in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray


def counted(
    blocks: Iterator[NDArray[np.float32]], frames: int, progress: Callable[[int], None] | None
) -> Iterator[NDArray[np.float32]]:
    """Pass blocks of shape (n, 2) on, and tell `progress` how many sample frames are behind each of them.

    Raises ValueError for another shape or type, and when the blocks together are not `frames` > 0.
    """
    if frames <= 0:
        raise ValueError("expected at least one sample frame to write, got none")
    done = 0
    for block in blocks:
        if block.ndim != 2 or block.shape[1] != 2 or block.dtype != np.float32:
            raise ValueError(f"expected float32 blocks of shape (n, 2), got {block.dtype} of shape {block.shape}")
        done += len(block)
        if done > frames:
            break
        yield block
        if progress:
            progress(done)
    if done != frames:
        raise ValueError(f"expected {frames} sample frames, got {'more' if done > frames else done}")


def integers(block: NDArray[np.float32], bits: int, gain: float = 1.0) -> NDArray[np.int32]:
    """Return samples as signed whole numbers of `bits` bits, times `gain`; the same shape, full scale 2 ** (bits - 1).

    Rounds to the nearest. No dither: the room tone under every pause lies above the last bit, and a file must come out
    the same again. Raises Failed rather than clip, and for samples that are no numbers.
    """
    full = 2 ** (bits - 1)
    scaled = np.rint(block * np.float32(gain * full))
    top, bottom = float(scaled.max(initial=0.0)), float(scaled.min(initial=0.0))
    if not (top < full and bottom >= -full):
        peak = max(top, -bottom) / full / gain
        got = f"{20 * math.log10(peak):+.1f} dBFS" if 0 < peak < math.inf else "samples that are no numbers"
        most = 20 * math.log10((full - 1) / full / gain)
        raise Failed(
            f"the sound is too loud for the file: expected a peak of at most {most:.1f} dBFS, got {got}. "
            "Turn down the bed (--bed-level) or the routine's own sounds"
        )
    whole: NDArray[np.int32] = scaled.astype(np.int32)
    return whole
