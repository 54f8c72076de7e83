"""Takes: an utterance's sentences as one levelled sound; a take is a handle on it, its samples stay on the disk."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.sound import VOICE_LUFS
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from pydub import AudioSegment

    from voiceguide.store.entries import Entry


SHORTEST_LEVELLED = 1.5
"""Seconds; fewer blocks of loudness than this holds say little about a level."""
CEILING_DBTP = -3.0
"""Leaves room for a chime under the voice, and for what the encoder adds."""
_LEVELLING = 2
"""Version of how a take is made of its sentences; part of every take's key."""
_LEVEL_TOLERANCE = 0.1
"""LU; the limiter takes a little loudness, which more gain gives back."""
_LEVEL_ROUNDS = 5
"""Sound that is mostly peaks cannot reach the level under the ceiling; it stays as near as this brings it."""


@dataclass(frozen=True, slots=True)
class Take:
    """A handle on a piece's audio: its samples stay in the cache, and are there until the cache is closed."""

    key: str
    """Names the samples by what they were made of: equal keys, equal audio."""
    path: Path
    offset: int
    """Where the samples start in the file, in bytes."""
    frames: int
    sentences: tuple[tuple[float, float], ...]
    """(start, end) of each sentence in seconds from the take's start."""
    gain_db: float
    """What the voice's own level was raised by."""
    sample_rate: int = SAMPLE_RATE
    """Hz."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / self.sample_rate

    def samples(self) -> NDArray[np.int16]:
        """Map the samples, shape (frames, 1), full scale 32768; the voice is heard on both channels at this level."""
        import numpy as np

        return np.memmap(self.path, dtype="<i2", mode="r", offset=self.offset, shape=(self.frames, 1))

    def energies(self) -> NDArray[np.float32]:
        """Map the K-weighted power of every 10 ms (see `sound.loudness.energies`)."""
        import numpy as np

        from voiceguide.sound.loudness import ENERGIES_PER_SECOND

        count = math.ceil(self.frames * ENERGIES_PER_SECOND / self.sample_rate)
        offset = self.offset + _padded(2 * self.frames)
        return np.memmap(self.path, dtype="<f4", mode="r", offset=offset, shape=(count,))


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a take is made of: cached sentences, their places, and where its gain comes from."""

    sentences: tuple[Entry, ...]
    gaps: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]
    reference: Entry | None
    """The calibration sentence, for a take too short to be measured."""
    room: bool

    @property
    def key(self) -> str:
        """Made of the sentences' audio, not their words: a sentence spoken anew makes a new take."""
        reference = None if self.reference is None else self.reference.meta["digest"]
        parts = tuple(entry.meta["digest"] for entry in self.sentences)
        return digest("take", _LEVELLING, parts, tuple(round(gap, 6) for gap in self.gaps), reference, self.room)

    def take(self, entry: Entry) -> Take:
        """Return the handle on the take that an entry holds."""
        frames, gain_db = int(entry.meta["frames"]), float(entry.meta["gain_db"])
        return Take(self.key, entry.path, entry.offset, frames, self.spans, gain_db)

    def mixed(self) -> Made:
        """Make the take."""
        from voiceguide.sound.clip import clip_from, stitch, to_int16
        from voiceguide.sound.loudness import energies, integrated

        plain = self._placed(stitch([clip_from(entry.read()) for entry in self.sentences], self.gaps))
        if self.reference is None:
            raised = _levelled(plain)
        else:
            spoken = self._placed(clip_from(self.reference.read()))
            gain_db = VOICE_LUFS - integrated(energies(spoken, SAMPLE_RATE))
            raised = _raised(plain, energies(plain, SAMPLE_RATE), gain_db)
        samples = to_int16(raised.samples).tobytes()
        padding = bytes(_padded(len(samples)) - len(samples))
        payload = b"".join((samples, padding, raised.powers.astype("<f4").tobytes()))
        return Made(payload, len(raised.samples), raised.gain_db)

    def _placed(self, clip: AudioSegment) -> NDArray[np.float32]:
        """A clip's samples (frames, 1), in the room where one is asked for."""
        from voiceguide.sound.clip import samples_of
        from voiceguide.sound.room import in_room

        return in_room(samples_of(clip)) if self.room else samples_of(clip)


@dataclass(frozen=True, slots=True)
class Made:
    """A take on its way to the cache."""

    payload: bytes
    """16-bit samples, and from the next multiple of 4 bytes on the energies as 32-bit floats."""
    frames: int
    gain_db: float


class _Raised(NamedTuple):
    """Samples (frames, 1) with a gain, under the voice's ceiling."""

    samples: NDArray[np.float32]
    powers: NDArray[np.float64]
    """Their K-weighted power, every 10 ms."""
    gain_db: float


def _levelled(plain: NDArray[np.float32]) -> _Raised:
    """Return samples (frames, 1) at the voice's loudness and under its ceiling."""
    from voiceguide.sound.loudness import energies, integrated

    powers = energies(plain, SAMPLE_RATE)
    gain_db = VOICE_LUFS - integrated(powers)
    for _ in range(_LEVEL_ROUNDS):
        raised = _raised(plain, powers, gain_db)
        missing_db = VOICE_LUFS - integrated(raised.powers)
        if abs(missing_db) < _LEVEL_TOLERANCE:
            break
        gain_db += missing_db
    return raised


def _raised(plain: NDArray[np.float32], powers: NDArray[np.float64], gain_db: float) -> _Raised:
    """Return samples (frames, 1) of known powers with a gain, under the voice's ceiling."""
    import numpy as np

    from voiceguide.sound.limit import limit
    from voiceguide.sound.loudness import energies

    loud = plain * np.float32(10 ** (gain_db / 20))
    limited = limit(loud, SAMPLE_RATE, CEILING_DBTP)
    # Most takes stay under the ceiling, and their powers grow with the gain.
    raised = powers * 10 ** (gain_db / 10) if limited is loud else energies(limited, SAMPLE_RATE)
    return _Raised(limited, raised, gain_db)


def _padded(size: int) -> int:
    """Bytes up to where the energies can be mapped."""
    return -(-size // 4) * 4


def digest(*parts: object) -> str:
    """Return a name for what has these parts, whose `repr` tells them apart: equal parts, equal names."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()
