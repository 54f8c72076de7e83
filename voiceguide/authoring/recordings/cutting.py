"""Cutting: lines out of a recording, each brought to one level and kept as FLAC; the recording is read on once.

Imported by modules that handle samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import soundfile

from voiceguide.authoring.recordings.hearing import mono
from voiceguide.sound import RECORDED_LUFS
from voiceguide.sound.clip import condition, to_int16
from voiceguide.sound.decoding import opened
from voiceguide.sound.limit import limit
from voiceguide.sound.loudness import ENERGIES_PER_SECOND, integrated
from voiceguide.sound.takes import SHORTEST_LEVELLED
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import Audio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

CEILING_DBTP = -1.0
"""Above it a line's peaks are taken back: laughter, a knock on the microphone."""

_FULL_SCALE = 0.999
_MOST_CLIPPED = 0.002
"""Share of a line's samples at full scale."""


class Span(NamedTuple):
    """Where a line stands in a recording, in seconds."""

    start: float
    end: float


class Cut(NamedTuple):
    """A line that was cut out."""

    seconds: float
    """From its first sound to its last, as a session cuts it."""
    flac: bytes
    distorted: bool
    """Whether the recording was too loud for its file there."""


@dataclass(frozen=True, slots=True)
class Levels:
    """How much louder lines are to be: a long one by its own loudness, a short one by that of all."""

    of_all: float
    """LUFS."""

    @classmethod
    def of(cls, powers: Iterable[NDArray[np.float64]]) -> Levels:
        """Take the K-weighted powers of every line."""
        parts = [*powers]
        return cls(integrated(np.concatenate(parts)) if parts else RECORDED_LUFS)

    def gain_db(self, powers: NDArray[np.float64]) -> float:
        """Return what brings a line of some powers to the level of recorded lines."""
        long = len(powers) >= SHORTEST_LEVELLED * ENERGIES_PER_SECOND
        loudness = integrated(powers) if long else self.of_all
        return RECORDED_LUFS - loudness if np.isfinite(loudness) else 0.0


def cut(path: Path, spans: Mapping[int, Span], gains_db: Mapping[int, float]) -> Iterator[tuple[int, Cut | None]]:
    """Yield each line of a recording, by its number and in the order of the recording; None for one without a sound.

    Raises Failed as `decoding.opened` does.
    """
    waiting = sorted(spans.items(), key=lambda item: item[1].start)
    with opened(path) as sound:
        rate, at = sound.rate, 0
        parts: list[NDArray[np.float32]] = []
        for block in mono(sound):
            while waiting:
                number, span = waiting[0]
                start, end = round(span.start * rate), round(span.end * rate)
                if start >= at + len(block):
                    break
                parts.append(block[max(0, start - at) : end - at])
                if end > at + len(block):
                    break
                yield number, _made(np.concatenate(parts), rate, gains_db[number])
                del waiting[0]
                parts = []
            at += len(block)
        if waiting and parts:  # the last one ends with the recording
            yield waiting[0][0], _made(np.concatenate(parts), rate, gains_db[waiting[0][0]])


def _made(samples: NDArray[np.float32], rate: int, gain_db: float) -> Cut | None:
    """Return samples (frames,) as a line."""
    distorted = bool(len(samples)) and float(np.mean(np.abs(samples) >= _FULL_SCALE)) > _MOST_CLIPPED
    loud = limit((samples * np.float32(10 ** (gain_db / 20)))[:, None], rate, CEILING_DBTP)
    kept = to_int16(loud)
    try:
        seconds = condition(Audio(kept.astype(np.float32) / np.float32(32768), rate)).frame_count() / SAMPLE_RATE
    except ValueError:
        return None
    file = BytesIO()
    soundfile.write(file, kept, rate, format="FLAC", subtype="PCM_16")
    return Cut(seconds, file.getvalue(), distorted)
