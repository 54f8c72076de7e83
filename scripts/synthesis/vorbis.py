"""A loop as Ogg Vorbis. It is the decoded file that has to have no seam and the right level."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from synthesis.blocks import RATE, gain
from synthesis.loops import calm_moments
from synthesis.meter import bend_rank, flux_rank, integrated_lufs

if TYPE_CHECKING:
    from synthesis.blocks import Sound

COMPRESSION = 0.4
"""soundfile's number for Vorbis quality 6: 0 is the largest file, 1 the smallest."""
HIDDEN = 0.97
"""A seam's rank in the decoded loop is at most this: one moment in thirty is as lively."""
TRIES = 200
"""Starts to try. In pure tones a coder's error has little noise to hide in: some 1 in 50 is good enough."""

_BLOCK = 32_768
"""Frames handed over at once: libsndfile 1.2 dies of a whole minute."""


def encoded(sound: Sound) -> bytes:
    """Return a sound as an Ogg Vorbis file. Its stream's serial number is random, its decoded samples are not."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 2, "VORBIS", format="OGG", compression_level=COMPRESSION) as ogg:
        for first in range(0, len(sound), _BLOCK):
            ogg.write(sound[first : first + _BLOCK])
    return file.getvalue()


def decoded(file: bytes) -> Sound:
    """Return the samples of a file as every player hears them."""
    return np.asarray(soundfile.read(io.BytesIO(file))[0])


def encoded_loop(loop: Sound) -> bytes:
    """Return a loop as a file whose decoded ends meet unheard, and that is as loud as the loop was.

    The coder rounds the two ends without each other, and leaves a small step between them. How small is chance: the
    loop may start at any calm moment, and the first one that hides the step is taken. Raises ValueError when none does.
    """
    loudness = integrated_lufs(loop)
    loop = loop * gain(loudness - integrated_lufs(decoded(encoded(loop))))
    for start in calm_moments(loop, TRIES):
        file = encoded(np.roll(loop, -start, axis=0))
        heard = decoded(file)
        if bend_rank(heard) <= HIDDEN and flux_rank(heard) <= HIDDEN:
            return file
    raise ValueError(f"the seam is heard after coding, wherever the loop starts ({TRIES} places tried): add noise")
