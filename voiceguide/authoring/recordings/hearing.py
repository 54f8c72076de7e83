"""Hearing: where in a recording somebody speaks, by its energy alone; a recording of any length, block by block.

What is kept of one is its energy every 10 ms and, for who recognises words, 16-bit samples at 16 kHz: 2 MB a minute.
Imported by modules that handle samples, so numpy stands at the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import soxr

from voiceguide.durations import words
from voiceguide.errors import Failed
from voiceguide.sound.decoding import opened
from voiceguide.sound.loudness import ENERGIES_PER_SECOND, Meter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.sound.decoding import Decoded

RATE = 16_000
"""Hz at which words are recognised."""
LONGEST = 4 * 3600.0
"""Seconds of a recording."""

_PERCENTILES = (5, 97)
"""Of a recording's levels: what is between the words, and what speaks."""
_QUIETEST = -90.0
"""LUFS; digital silence counts as this."""
_LEAST_CONTRAST = 10.0
"""dB between what speaks and what doesn't."""
_ABOVE_NOISE = 6.0
_SHARE = 0.25
"""Of the way from noise to speech: there speech begins."""
_BELOW_SPEECH = 48.0
"""dB; a clean recording's breaths are softer than this."""
_SMOOTH = 3
"""Energies over which a level is taken: 30 ms."""
_SHORTEST = 0.06
"""Seconds; what is shorter and stands alone is a click."""
_ALONE = 0.25
"""Seconds to whatever else sounds."""
_PAUSE = 0.2
"""Seconds; what is shorter is inside a word."""
_BEFORE, _AFTER = 0.02, 0.06
"""Seconds that belong to a stretch, though they are softer: a consonant's breath, and how a word dies away."""


class Stretch(NamedTuple):
    """A stretch of speech, in seconds from the recording's start."""

    start: float
    end: float


@dataclass(frozen=True)
class Heard:
    """What a recording sounds like."""

    path: Path
    rate: int
    """Hz of the file."""
    frames: int
    """At that rate."""
    powers: NDArray[np.float64]
    """K-weighted, every 10 ms."""
    samples: NDArray[np.int16]
    """Mono at 16 kHz, full scale 32768."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / self.rate

    def within(self, start: float, end: float) -> NDArray[np.float32]:
        """Return the samples of a stretch at 16 kHz, full scale 1.0."""
        part = self.samples[max(0, round(start * RATE)) : round(end * RATE)]
        return part.astype(np.float32) / np.float32(32768)

    @cached_property
    def levels(self) -> NDArray[np.float64]:
        """The level every 10 ms in LUFS, over 30 ms."""
        kernel = np.ones(_SMOOTH) / _SMOOTH
        smooth = np.convolve(np.concatenate((self.powers[:1], self.powers, self.powers[-1:])), kernel, "valid")
        return np.maximum(-0.691 + 10 * np.log10(np.maximum(smooth, 1e-12)), _QUIETEST)

    def softest(self, start: float, end: float) -> float:
        """Return the softest moment of a stretch."""
        first = round(start * ENERGIES_PER_SECOND)
        part = self.levels[first : max(first + 1, round(end * ENERGIES_PER_SECOND))]
        return float(first + int(part.argmin())) / ENERGIES_PER_SECOND if len(part) else start

    def stretches(self) -> tuple[Stretch, ...]:
        """Return where somebody speaks, with pauses of 0.2 s and more between. Raises Failed where nothing does."""
        levels = self.levels
        noise, speech = (float(value) for value in np.percentile(levels, _PERCENTILES))
        if speech - noise < _LEAST_CONTRAST:
            what = "silence" if speech <= -70 else f"speech does not stand out ({speech - noise:.0f} dB over the noise)"
            raise Failed(
                f"{self.path}: expected speech with pauses between, got {what}. Record it in a quiet room, the "
                "microphone a hand's length from the mouth."
            )
        floor = max(noise + max(_ABOVE_NOISE, _SHARE * (speech - noise)), speech - _BELOW_SPEECH)
        return tuple(
            Stretch(max(0.0, start - _BEFORE), min(end + _AFTER, self.seconds))
            for start, end in _without_clicks(_runs(levels > floor))
        )


def hear(path: Path) -> Heard:
    """Listen to a recording. Raises Failed for what is no sound or too long, MissingError as `decoding.opened` does."""
    with opened(path) as sound:
        if sound.frames > LONGEST * sound.rate:
            raise _too_long(path)
        meter, parts, frames = Meter(RATE, 1), [], 0
        resampled = soxr.ResampleStream(sound.rate, RATE, 1, dtype="float32")
        for block in mono(sound):
            frames += len(block)
            if frames > LONGEST * sound.rate:  # not every header tells it
                raise _too_long(path)
            parts.append(_taken(resampled.resample_chunk(block), meter))
        parts.append(_taken(resampled.resample_chunk(np.zeros(0, np.float32), last=True), meter))
        return Heard(path, sound.rate, frames, meter.powers(), np.concatenate(parts))


def mono(sound: Decoded) -> Iterator[NDArray[np.float32]]:
    """Yield a sound's blocks as one channel, shape (frames,)."""
    for block in sound.blocks():
        yield np.ascontiguousarray(block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32))


def _taken(samples: NDArray[np.float32], meter: Meter) -> NDArray[np.int16]:
    meter.add(samples[:, None])
    return np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.int16)


def _too_long(path: Path) -> Failed:
    return Failed(f"{path}: expected a recording of at most {words(LONGEST)}, got a longer one: cut it in two")


def _runs(sounding: NDArray[np.bool_]) -> Iterator[Stretch]:
    """Yield the runs of what sounds, those with less than a pause between as one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sounding, [False])).astype(np.int8))) / ENERGIES_PER_SECOND
    held: Stretch | None = None
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if held and start - held.end < _PAUSE:
            held = Stretch(held.start, end)
            continue
        if held:
            yield held
        held = Stretch(start, end)
    if held:
        yield held


def _without_clicks(runs: Iterator[Stretch]) -> Iterator[Stretch]:
    """Yield those that are no click that stands alone."""
    found = [*runs]
    for index, run in enumerate(found):
        before = run.start - found[index - 1].end if index else _ALONE
        after = found[index + 1].start - run.end if index + 1 < len(found) else _ALONE
        if run.end - run.start > _SHORTEST or min(before, after) < _ALONE:
            yield run
