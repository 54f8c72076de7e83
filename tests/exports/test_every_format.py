"""What every format keeps: the same bytes again, one block at a time, faults as they are."""

from __future__ import annotations

import gc
import weakref
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.errors import Failed
from voiceguide.exports import Options, exporter, suffixes
from voiceguide.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

pytestmark = pytest.mark.parametrize("suffix", suffixes())


def test_same_bytes_again_in_any_blocks(suffix: str, written: Written, noise: Noise, png: bytes):
    """The same sound and tags give the same file, however the sound is cut into blocks."""
    tags = Tags("Rücken", language="de", chapters=(("Öffnung", 0.0, 0.5), ("背中", 0.5, 1.0)), cover=png)
    samples = noise(60_000)
    assert len({written(suffix, samples, tags, block=block) for block in (60_000, 60_000, 16_384, 777)}) == 1


def test_one_block_at_a_time(suffix: str):
    """A session is never held whole: no more than two blocks are alive at once."""
    alive: list[weakref.ref[np.ndarray]] = []
    most = 0

    def blocks() -> Iterator[NDArray[np.float32]]:
        nonlocal most
        for _ in range(50):
            block = np.zeros((16_384, 2), np.float32)
            alive.append(weakref.ref(block))
            most = max(most, sum(ref() is not None for ref in alive))
            yield block
            del block

    told: list[int] = []
    exporter(Path(f"a{suffix}")).write(
        BytesIO(), blocks(), frames=50 * 16_384, tags=Tags("t"), options=Options(), progress=told.append
    )
    assert most <= 2
    assert told == list(range(16_384, 50 * 16_384 + 1, 16_384))


def test_empty_blocks(suffix: str, written: Written, noise: Noise):
    """A block without frames changes nothing."""
    samples, file = noise(1000), BytesIO()
    nothing = samples[:0]
    blocks = iter([nothing, samples[:600], nothing, samples[600:], nothing])
    exporter(Path(f"a{suffix}")).write(file, blocks, frames=1000, tags=Tags("Title"), options=Options())
    assert file.getvalue() == written(suffix, samples)


def test_another_number_of_frames(suffix: str, noise: Noise):
    """A sound of another length than was said is a fault, never a file."""
    with pytest.raises(Failed, match="expected 20000 sample frames, got 10000"):
        exporter(Path(f"a{suffix}")).write(
            BytesIO(), iter([noise(10_000)]), frames=20_000, tags=Tags("t"), options=Options()
        )


@pytest.mark.parametrize("value", [1.1, float("nan"), float("-inf")])
def test_too_loud(suffix: str, value: float, written: Written):
    """What would clip is refused, and so is what is no number."""
    with pytest.raises(Failed, match="too loud"):
        written(suffix, np.full((20_000, 2), value, np.float32))


class Full(BytesIO):
    """A file that fails, as a full disk or a stopped program does, once it is of a size."""

    def __init__(self, fault: BaseException, size: int) -> None:
        super().__init__()
        self.fault, self.size = fault, size

    def write(self, data: bytes, /) -> int:
        """Write up to the size."""
        if self.tell() + len(data) > self.size:
            raise self.fault
        return super().write(data)


def test_a_fault_in_writing_is_the_one_raised(suffix: str, noise: Noise, capfd: pytest.CaptureFixture[str]):
    """What stops the file comes through the codec as it is, nothing is printed, and nothing more is spoken.

    Whatever it is, and at the first byte as in the middle.
    """
    block = noise(16_384)
    for kind, size in product((Failed, KeyboardInterrupt), (0, 5000, 20_000)):
        taken, fault = 0, kind("stopped")

        def blocks() -> Iterator[NDArray[np.float32]]:
            nonlocal taken
            for _ in range(40):
                taken += 1
                yield block

        with pytest.raises(kind) as caught:
            exporter(Path(f"a{suffix}")).write(
                Full(fault, size), blocks(), frames=40 * 16_384, tags=Tags("t"), options=Options()
            )
        assert caught.value is fault, (kind, size)
        assert taken < 40, (kind, size)
    del caught
    gc.collect()  # a codec's own callbacks may print once they go
    assert capfd.readouterr() == ("", "")
