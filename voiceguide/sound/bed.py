"""Beds: find the sound under the voice, decode and level it once to the cache, and play any stretch of it.

A bed is held by its file, mapped while it sounds. A bundled bed is a loop without a seam; a user's own music is looped
with a crossfade of equal power. Heavy imports stand where a file is opened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.assets import sounds_folder
from voiceguide.durations import words
from voiceguide.errors import Failed, MissingError, UsageError, did_you_mean
from voiceguide.sound import VOICE_LUFS
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.cache import Cache

DEFAULT = "warm-pad"
"""The bed of a session for which neither the listener nor the routine names one."""
NONE = "none"
LEVEL_DB = -13.0
"""LU of a bed in the pauses, from the voice."""
LOUDEST_DB = -9.0
"""LU; a bed louder than this cannot be brought 20 LU under the voice without pumping."""
SOFTEST_DB = -40.0
UNDER_SPEECH_DB = -22.0
"""LU of the bed from the voice while it speaks: WCAG 1.4.7 asks for 20."""
SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
LONGEST = 4 * 3600.0
"""Seconds of the user's music; what is longer is refused."""
SHORTEST = 2.0
CROSSFADE = 6.0
"""Seconds over which the end of the user's music goes into its beginning; a quarter of it when it is short."""
_CEILING = 0.5
"""Full scale at most, so that a bed with the voice and a chime stays below the session's ceiling."""
_VERSION = 1
_PIECE = 1 << 20
"""Frames decoded at a time."""


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed ready to be mixed: a handle on its samples, levelled to 0 LU from the voice."""

    name: str
    path: Path
    offset: int
    """Where the samples start in the file, in bytes."""
    frames: int
    """Of the loop."""
    gain: float
    """What the samples are to be multiplied with, to be as loud as the voice."""

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return `frames` frames from frame `start` of the endless loop, shape (frames, 2), as loud as the voice."""
        import numpy as np

        stored = np.memmap(self.path, dtype="<i2", mode="r", offset=self.offset, shape=(self.frames, 2))
        at = np.arange(start, start + frames) % self.frames
        return stored[at].astype(np.float32) * np.float32(self.gain / 32768.0)


def names() -> tuple[str, ...]:
    """Return the names of the bundled beds, sorted."""
    return tuple(sorted(path.stem for path in (sounds_folder() / "beds").glob("*.ogg")))


def find(name: str, folder: Path | None = None) -> Path:
    """Return the file of a bed: a bundled name, or a path (from `folder`, or from here where that is None).

    Raises UsageError for what is neither.
    """
    if name in names():
        return sounds_folder() / "beds" / f"{name}.ogg"
    path = Path(name) if folder is None else folder / name
    if Path(name).suffix.lower() not in SUFFIXES:
        raise UsageError(
            f'--bed: expected {", ".join(names())}, none, or a sound file ({", ".join(SUFFIXES)}), got "{name}".'
            f"{did_you_mean(name, (*names(), NONE))}"
        )
    if not path.is_file():
        raise UsageError(f"--bed: {path}: there is no such file")
    return path


def load(name: str, path: Path, cache: Cache) -> Bed:
    """Return a bed ready to be mixed, decoded and resampled once.

    Raises Failed, naming the file, when it is no sound, damaged, empty, silent or too long; MissingError for m4a
    without its extra.
    """
    bundled = path.parent == sounds_folder() / "beds"
    try:
        stat = path.stat()
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if stat.st_size < 64 << 20 else _slow_digest(path)
    except OSError as error:
        raise Failed(f"{path}: the bed cannot be read: {error.strerror or error}") from error
    key = hashlib.sha256(repr(("bed", _VERSION, digest, bundled)).encode()).hexdigest()
    entry = cache.get("sounds", key)
    if entry is None:
        payload, loudness = _decoded(path, bundled)
        entry = cache.put("sounds", key, payload, {"frames": len(payload) // 4, "lufs": loudness})
    gain = 10 ** ((VOICE_LUFS - float(entry.meta["lufs"])) / 20)
    return Bed(name, entry.path, entry.offset, int(entry.meta["frames"]), gain)


def _slow_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
