"""Samples on their way into a file: counted, and turned into whole numbers in one place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.errors import Failed, option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        raise _too_loud(max(top, -bottom) / full / gain, (full - 1) / full / gain)
    whole: NDArray[np.int32] = scaled.astype(np.int32)
    return whole


def unclipped(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the samples as they are, for an encoder that takes them so; raises Failed as `integers` does."""
    peak = float(np.abs(block).max(initial=0.0))
    if not peak <= 1.0:
        raise _too_loud(peak, 1.0)
    return block


def even(blocks: Iterable[NDArray[np.float32]], frames: int = 16_384) -> Iterator[NDArray[np.float32]]:
    """Cut blocks of shape (n, 2) anew, each but the last `frames` long; none is empty.

    For encoders that look at what they get at once: the same sound comes out the same, however it went in.
    """
    parts: list[NDArray[np.float32]] = []
    missing = frames
    for block in blocks:
        rest = block
        while len(rest) >= missing:
            parts.append(rest[:missing])
            rest, missing = rest[missing:], frames
            yield np.concatenate(parts)
            parts.clear()
        if len(rest):
            parts.append(rest)
            missing -= len(rest)
    if parts:
        yield np.concatenate(parts)


def _too_loud(peak: float, most: float) -> Failed:
    """The fault of a peak above the most there may be, both as shares of full scale."""
    got = f"{_db(peak):+.1f} dBFS" if 0 < peak < math.inf else "samples that are no numbers"
    return Failed(
        f"the sound is too loud for the file: expected a peak of at most {_db(most):.1f} dBFS, got {got}. "
        f"Turn down the bed ({option('bed_level')}) or the routine's own sounds"
    )


def _db(share: float) -> float:
    return 20 * math.log10(share)
