"""Samples are counted, never clipped, and rounded in one place."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.errors import Failed
from voiceguide.sound.samples import counted, integers


def stereo(*values: float) -> np.ndarray:
    """Return a block with the same values on both sides."""
    return np.array([(value, value) for value in values], np.float32)


@pytest.mark.parametrize(("bits", "step"), [(16, 2**-15), (24, 2**-23)])
def test_rounds_to_the_nearest(bits: int, step: float):
    """Values between two steps go to the nearer one, on both sides of zero."""
    block = stereo(0, step, 1.4 * step, 1.6 * step, -1.4 * step, -1.6 * step, -1.0, 1 - step)
    full = 2 ** (bits - 1)
    assert integers(block, bits)[:, 1].tolist() == [0, 1, 1, 2, -1, -2, -full, full - 1]


def test_gain():
    """The gain is applied before rounding."""
    assert integers(stereo(0.5), 16, 1 / 0.95).tolist() == [[17246, 17246]]


@pytest.mark.parametrize("value", [1.0, -1.1, 40.0, float("nan"), float("inf"), float("-inf")])
def test_never_clips(value: float):
    """What does not fit is a fault, and so is what is no number."""
    with pytest.raises(Failed, match="too loud"):
        integers(stereo(0.0, value), 16)


def test_message_has_the_peak():
    """The message says how loud it was and how loud it may be, the encoder's gain included."""
    with pytest.raises(Failed, match=r"at most -0\.4 dBFS, got -0\.2 dBFS"):
        integers(stereo(0.977), 16, 1 / 0.95)


def test_contract_fits():
    """The mix's contract, -1.5 dBFS, fits with the largest gain there is."""
    assert integers(stereo(10 ** (-1.5 / 20)), 16, 1 / 0.95).max() < 2**15


def test_empty_block():
    """A block without frames is none."""
    assert integers(np.zeros((0, 2), np.float32), 16).shape == (0, 2)


def test_progress_counts_what_is_behind():
    """Progress is told the running total, after each block was taken."""
    told: list[int] = []
    taken = [(len(block), list(told)) for block in counted(iter([stereo(0, 0), stereo(0)]), 3, told.append)]
    assert taken == [(2, []), (1, [2])]
    assert told == [2, 3]


@pytest.mark.parametrize(
    ("blocks", "frames", "said"),
    [
        ([stereo(0)], 2, "expected 2 .* got 1"),
        ([stereo(0), stereo(0, 0)], 2, "expected 2 .* got more"),
        ([], 0, "at least one"),
        ([np.zeros((3, 1), np.float32)], 3, "shape"),
        ([np.zeros(3, np.float32)], 3, "shape"),
        ([np.zeros((3, 2))], 3, "float64"),
    ],
)
def test_faulty_blocks(blocks: list[np.ndarray], frames: int, said: str):
    """Blocks of another number, shape or type are a fault, never a shorter file."""
    with pytest.raises(ValueError, match=said):
        list(counted(iter(blocks), frames, None))
