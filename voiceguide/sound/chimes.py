"""Chimes: find the file of a sound, and load it at the session's rate and at its distance below the voice.

A chime lasts seconds, so it is held in memory; levelled ones are cached. Heavy imports stand where a file is opened.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from voiceguide.durations import words
from voiceguide.errors import Failed, did_you_mean
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound.decoding import opened
from voiceguide.store import paths
from voiceguide.store.assets import sounds_folder
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.sound.decoding import Decoded
    from voiceguide.store.cache import Cache

LONGEST_SECONDS = 60.0
"""What rings longer is music: it belongs into the bed."""

DISTANCES = {
    "step": 9.0,
    "switch": 9.0,
    "press": 14.0,
    "release": 14.0,
    "halfway": 12.0,
    "last-minute": 12.0,
    "breath": 14.0,
    "swell": 14.0,
    "end": 9.0,
}
"""LU of a chime's loudest 400 ms below the voice, by its role."""

AUTHORS_DISTANCE = 10.0
"""LU, for any other sound."""

CEILING_DBTP = -15.0
"""The voice stays below -3 dBTP (0.708 of full scale); with 0.178 more a chime under it stays below -1 dBTP (0.891)."""

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3")
_VERSION = 1
"""Of how a sound is levelled; part of every cached one's key."""


@dataclass(frozen=True, slots=True, eq=False)
class Chime:
    """A sound ready to be mixed."""

    role: str
    key: str
    """Names the samples: equal keys, equal sounds."""
    samples: NDArray[np.float32]
    """Shape (frames, 2), full scale 1.0, read-only."""
    sample_rate: int = SAMPLE_RATE
    """Hz."""

    @property
    def seconds(self) -> float:
        """How long it rings."""
        return len(self.samples) / self.sample_rate


def names() -> tuple[str, ...]:
    """Return the names of the bundled chimes, sorted."""
    return tuple(sorted(path.stem for path in _bundled().glob("*.flac")))


def find(name: str, folder: Path | None) -> Path:
    """Return the file of a bundled chime, or of a sound in the routine's folder (None where there is no routine).

    Raises Failed for an unknown name and for a file that lies outside the folder.
    """
    bundled = _bundled() / f"{name}.flac"
    if name in names():
        return bundled
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        raise Failed(
            f"{name}: expected one of {', '.join(names())}, or a file beside the routine ending in "
            f"{', '.join(SUFFIXES)}.{did_you_mean(name, names())}"
        )
    if folder is None:
        raise Failed(f"{name}: expected the name of a bundled sound here, as a file needs a routine to stand beside.")
    path = folder / name
    outside = PureWindowsPath(name).anchor or PurePosixPath(name).is_absolute() or not _is_within(path, folder)
    if outside or "\\" in name or "://" in name:
        raise Failed(
            f"{name}: expected a file in the routine's own folder ({folder}). Copy it there and name it alone."
        )
    if not paths.is_file(path):
        raise Failed(f"{path}: expected a sound file here, found none. Check its name, or put it beside the routine.")
    return path


def seconds(path: Path) -> float:
    """Return how long a sound lasts, from its header only; raises Failed where it is no sound."""
    if path.parent == _bundled() and (known := _flac_seconds(path)):
        return known
    with _opened(path) as sound:
        return sound.frames / sound.rate


def _flac_seconds(path: Path) -> float | None:
    """Return how long a FLAC file lasts by its first block (RFC 9639, 8.2), None where it does not tell.

    Every plan asks for the bundled sounds: what opens any sound takes longer to be imported than all of it to be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(26)
    except OSError:
        return None
    told = int.from_bytes(head[18:])
    rate, frames = told >> 44, told & (1 << 36) - 1
    return frames / rate if head[:4] == b"fLaC" and len(head) == 26 and rate else None


def kept(path: Path, role: str, cache: Cache) -> Chime:
    """Load a sound as `load` does, from the cache where it has been levelled before."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return load(path, role)  # which says what is wrong with it
    key = repr(("chime", _VERSION, digest, DISTANCES.get(role, AUTHORS_DISTANCE)))
    return _cached(role, key, cache, lambda: load(path, role))


def fitted(out: float, back: float, cache: Cache) -> Chime:
    """Return the swell of a stroke that takes `out` and `back` seconds, levelled as the bundled one; cached."""
    from voiceguide.sound import swell

    role = "swell"
    key = repr(("swell", swell.VERSION, _VERSION, out, back, DISTANCES[role]))
    return _cached(role, key, cache, lambda: _levelled(swell.swell(out, back), role, "swell"))


def _cached(role: str, key: str, cache: Cache, make: Callable[[], Chime]) -> Chime:
    import numpy as np

    entry = cache.get("sounds", key)
    if entry is not None:
        samples = np.frombuffer(entry.read(), "<f4").reshape(-1, 2)
        return Chime(role, str(entry.meta["key"]), samples)
    chime = make()
    cache.put("sounds", key, chime.samples.astype("<f4").tobytes(), {"key": chime.key})
    return chime


def load(path: Path, role: str) -> Chime:
    """Load a sound at the session's rate, levelled for its role.

    Raises Failed, naming the file, when it is missing, no sound, damaged, empty, silent or longer than a minute.
    """
    import numpy as np
    import soxr

    samples, rate = _decoded(path)
    if rate != SAMPLE_RATE:
        samples = soxr.resample(samples, rate, SAMPLE_RATE, "HQ")
    if samples.shape[1] == 1:
        samples = np.repeat(samples, 2, axis=1)
    return _levelled(samples, role, str(path))


def _levelled(samples: NDArray[np.floating], role: str, name: str) -> Chime:
    """Bring samples (frames, 2) to their role's distance; raises Failed for silence, naming it."""
    import numpy as np

    from voiceguide.sound.clip import faded
    from voiceguide.sound.limit import limit
    from voiceguide.sound.loudness import SILENCE_LUFS, energies, momentary_max

    samples = samples.astype(np.float32, copy=False)
    loudness = momentary_max(energies(samples, SAMPLE_RATE))
    if loudness < SILENCE_LUFS:
        raise Failed(f"{name}: expected a sound, got silence. Choose another file.")
    gain_db = VOICE_LUFS - DISTANCES.get(role, AUTHORS_DISTANCE) - loudness
    levelled = limit(faded(samples, SAMPLE_RATE) * np.float32(10 ** (gain_db / 20)), SAMPLE_RATE, CEILING_DBTP)
    levelled.flags.writeable = False
    return Chime(role, hashlib.sha256(levelled.tobytes()).hexdigest(), levelled)


def _bundled() -> Path:
    return sounds_folder() / "chimes"


def _is_within(path: Path, folder: Path) -> bool:
    """Say whether a path stays in a folder, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


@contextmanager
def _opened(path: Path) -> Iterator[Decoded]:
    """Open a sound that is short enough; raises Failed, also for what goes wrong while it is read."""
    with opened(path) as sound:
        if sound.frames <= 0:
            raise Failed(f"{path}: expected a sound, got a file with nothing in it. Choose another file.")
        if sound.frames > LONGEST_SECONDS * sound.rate:
            raise Failed(
                f"{path}: expected a sound of at most {LONGEST_SECONDS:.0f} s, got {words(sound.frames / sound.rate)}. "
                "Cut it; long sounds belong in the bed."
            )
        yield sound


def _decoded(path: Path) -> tuple[NDArray[np.float32], int]:
    """Return a file's samples (frames, 1 or 2), as many as its header says, and its rate; raises Failed."""
    import numpy as np

    with _opened(path) as sound:
        held: list[NDArray[np.float32]] = []
        whole = 0
        for block in sound.blocks():
            held.append(block[: sound.frames - whole])
            whole += len(held[-1])
            if whole == sound.frames:
                break
        if whole < sound.frames:
            raise Failed(
                f"{path}: expected {words(sound.frames / sound.rate)} of sound, but the file is damaged after "
                f"{words(whole / sound.rate)}. Save it again, or choose another file."
            )
        return np.concatenate(held), sound.rate
