"""Signals, and files made of them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide.exports import Options, exporter
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]


@pytest.fixture
def written() -> Written:
    """Give a function that writes samples of shape (n, 2) as a format and returns the file's bytes."""

    def write(
        suffix: str,
        samples: NDArray[np.float32],
        tags: Tags | None = None,
        options: Options | None = None,
        block: int = SAMPLE_RATE,
    ) -> bytes:
        file = BytesIO()
        blocks = (samples[at : at + block] for at in range(0, len(samples), block))
        exporter(Path("a" + suffix)).write(
            file, blocks, frames=len(samples), tags=tags or Tags("Title"), options=options or Options()
        )
        return file.getvalue()

    return write


@pytest.fixture
def noise() -> Callable[[int], NDArray[np.float32]]:
    """Give a function that returns n frames of the same quiet noise, its sides unlike each other."""

    def make(frames: int) -> NDArray[np.float32]:
        return (np.random.default_rng(1).standard_normal((frames, 2)) * 0.05).astype(np.float32)

    return make


@pytest.fixture
def png() -> bytes:
    """A picture of one grey point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


@pytest.fixture
def jpeg() -> bytes:
    """Bytes that start as a JPEG does, of a photograph's size."""
    return b"\xff\xd8\xff\xe0" + np.random.default_rng(1).bytes(300_000)
