"""Beds: find the sound under the voice, decode and level it once to the cache, and play any stretch of it.

A bed is held by its file, mapped while it sounds. A bundled bed is a loop without a seam; a user's own music is looped
with a crossfade of equal power. How it comes in and goes in a session is `session/making.py`'s. Heavy imports stand
where a file is opened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.durations import words
from voiceguide.errors import Failed, UsageError, did_you_mean, option
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound.decoding import opened
from voiceguide.sound.loop import rounds
from voiceguide.store import paths
from voiceguide.store.assets import sounds_folder
from voiceguide.text.lines import shown
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.sound.decoding import Decoded
    from voiceguide.store.cache import Cache
    from voiceguide.store.entries import Entry

DEFAULT = "warm-pad"
"""The bed of a session for which neither the listener nor the routine names one."""
NONE = "none"
LEVEL_DB = -13.0
"""LU of a bed in the pauses, from the voice."""
LOUDEST_DB = -9.0
"""LU; a bed louder than this cannot be brought 20 LU under the voice without pumping."""
SOFTEST_DB = -40.0
"""LU from the voice: 56 below full scale, little above the room tone that stands in for a bed."""
DEEPEST_DB = 13.0
"""More than this is heard as pumping."""
UNDER_SPEECH_DB = -26.0
"""LU of the bed from the voice while it speaks: WCAG 1.4.7 asks for 20, and over rain or waves words need more."""
SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
LONGEST = 2 * 3600.0
"""Seconds of the user's music; a longer file is refused."""
SHORTEST = 2.0
"""Seconds; what is shorter is no music."""
SILENT_LUFS = -65.0
"""What is softer counts as silence."""
MASKS_BOWLS = "bowls"
MASKING = (
    f'the bed "{MASKS_BOWLS}" sings like the bowls that begin each step and end the session: they may be missed; '
    "another bed lets them stand out"
)
_LARGE = 1 << 30
"""Bytes, from which on a file's header is read before its content."""
CROSSFADE = 6.0
"""Seconds over which the end of the user's music goes into its beginning; a quarter of the music when it is short."""
PEAK = 0.25
"""Full scale at most in the pauses at LEVEL_DB, so that bed, voice and a chime together stay below -1 dBTP."""
_VERSION = 4
"""Of how a bed is decoded and measured; part of every cached one's key."""
_TEN_MS = SAMPLE_RATE // 100
_BLOCK = 256 * _TEN_MS
"""Frames at a time, whole 10 ms."""


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed ready to be mixed: a handle on its samples."""

    key: str
    """Names the samples and their level: equal keys, equal audio."""
    path: Path
    offset: int
    """Where the samples start in the file, in bytes."""
    frames: int
    gain: float
    """What makes the samples as loud as the voice."""
    crossfade: int
    """Frames at the end that go into the beginning of the next round; 0 for a loop without a seam."""

    @property
    def period(self) -> int:
        """Frames from one round's beginning to the next one's: whole MP3 frames, so that rounds encode alike."""
        return (self.frames - self.crossfade) // 1152 * 1152

    @property
    def steady(self) -> int:
        """The frame from which on it repeats: music begins its first round out of nothing."""
        return self.crossfade

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the endless bed, shape (frames, 2), as loud as the voice."""
        import numpy as np

        stored = np.memmap(self.path, dtype="<i2", mode="r", offset=self.offset, shape=(self.frames, 2)).view(
            np.ndarray
        )
        bed = rounds(stored[: self.period], start, frames)
        for again in range(max(start // self.period, 1) * self.period, start + frames, self.period):
            low, high = max(start, again), min(start + frames, again + self.crossfade)
            if low < high:
                # Equal power: the two are not alike, so their powers add up, not their samples.
                phase = (np.arange(low - again, high - again)[:, None] / self.crossfade * (np.pi / 2)).astype(
                    np.float32
                )
                tail = stored[self.period + low - again : self.period + high - again]
                begun = bed[low - start : high - start]
                begun[:] = begun * np.sin(phase) + tail * np.cos(phase)
        bed *= np.float32(self.gain / 32768.0)
        return bed

    def powers(self, first: int, count: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms, from number `first` on; shape (count,)."""
        import numpy as np

        offset, known = self.offset + 4 * self.frames, -(-self.frames // _TEN_MS)
        stored = np.memmap(self.path, dtype="<f4", mode="r", offset=offset, shape=(known,)).view(np.ndarray)
        around, at = np.divmod(np.arange(first, first + count) * _TEN_MS, self.period)
        powers = stored[at // _TEN_MS].astype(np.float64)
        blended = (around > 0) & (at < self.crossfade)
        phase = at[blended] / max(self.crossfade, 1) * (np.pi / 2)
        tail = stored[(self.period + at[blended]) // _TEN_MS]
        powers[blended] = powers[blended] * np.sin(phase) ** 2 + tail * np.cos(phase) ** 2
        return np.asarray(powers * self.gain**2)


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
            f"{option('bed')}: expected {', '.join(names())}, none, or a sound file ({', '.join(SUFFIXES)}), "
            f'got "{shown(name)}".'
            f"{did_you_mean(name, (*names(), NONE))}"
        )
    if not paths.is_file(path):
        raise UsageError(f"{option('bed')}: {path}: there is no such file")
    return path


@dataclass(frozen=True, slots=True)
class BedRef:
    """A bed that was asked for: bundled, or music of somebody's own."""

    name: str
    """As it was asked for: a bundled name, or a path."""
    path: Path
    own: bool
    """Whether it is somebody's own, and not bundled."""

    @property
    def shown(self) -> str:
        """Its name as anybody may have it: of a file of one's own without its folder."""
        return PurePath(self.name).name


def ref(name: str, folder: Path | None = None) -> BedRef:
    """Return a bed by its name or its path, as `find` does."""
    return BedRef(name, find(name, folder), name not in names())


def chosen(asked: str | None, own: str | None, folder: Path | None) -> BedRef | None:
    """Return the bed of a session: the listener's, else the routine's from its folder, else the default; None for none.

    Raises UsageError for one that is not there.
    """
    if asked is None:
        return None if own == NONE else ref(own or DEFAULT, folder)
    return None if asked == NONE else ref(asked)


def seconds(path: Path) -> float:
    """Return how long a bed is, from its header only. Raises Failed where it is no sound."""
    import soundfile

    try:
        info = soundfile.info(path)
    except soundfile.SoundFileError as error:
        raise Failed(f"{path}: the bed cannot be read: install voiceguide again") from error
    return float(info.frames / info.samplerate)


def load(path: Path, cache: Cache) -> Bed:
    """Return a bed ready to be mixed, decoded and resampled once.

    Raises Failed, naming the file, when it is no sound, damaged, empty, silent or too long; MissingError for m4a
    without its extra.
    """
    try:
        if path.stat().st_size > _LARGE:
            with opened(path) as sound:
                _refuse_endless(path, sound)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Failed(f"{path}: the bed cannot be read: {error.strerror or error}") from error
    key = hashlib.sha256(repr(("bed", _VERSION, digest)).encode()).hexdigest()
    entry = cache.get("sounds", key) or _decoded(path, key, cache)
    frames, lufs, peak = (entry.meta[fact] for fact in ("frames", "lufs", "peak"))
    gain = 10 ** ((VOICE_LUFS - lufs) / 20)
    gain = min(gain, PEAK / peak * 10 ** (-LEVEL_DB / 20))
    seamless = path.parent == sounds_folder() / "beds"
    crossfade = 0 if seamless else min(round(CROSSFADE * SAMPLE_RATE), frames // 4)
    return Bed(f"{key} {gain} {crossfade}", entry.path, entry.offset, frames, gain, crossfade)


def _decoded(path: Path, key: str, cache: Cache) -> Entry:
    """Decode a file to the cache, a block at a time, with its loudness and peak.

    Stored are int16 stereo samples at the session's rate, and behind them the K-weighted power of every 10 ms as
    float32.
    """
    import numpy as np

    from voiceguide.sound.loudness import Meter, integrated

    def fill(file: BinaryIO) -> dict[str, float]:
        meter = Meter(SAMPLE_RATE, 2)
        peak, frames = 0.0, 0
        for block in _blocks(path):
            if frames + len(block) > LONGEST * SAMPLE_RATE:
                raise Failed(_too_long(path, "more"))
            meter.add(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            frames += len(block)
            file.write(np.round(np.clip(block, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
        powers = meter.powers()
        file.write(powers.astype("<f4").tobytes())
        if frames < SHORTEST * SAMPLE_RATE:
            raise Failed(f"{path}: expected a bed of at least {words(SHORTEST)}, got {frames / SAMPLE_RATE:.2f} s")
        lufs = integrated(powers)
        if lufs < SILENT_LUFS:
            raise Failed(f"{path}: expected a sound for the bed, got silence: choose another file")
        return {"frames": frames, "lufs": lufs, "peak": peak}

    return cache.fill("sounds", key, fill)


def _refuse_endless(path: Path, sound: Decoded) -> None:
    """Raise Failed for a file whose header tells of far more than a bed may have; a guess may be twice too long."""
    if sound.frames > 2 * LONGEST * sound.rate:
        raise Failed(_too_long(path, words(sound.frames / sound.rate)))


def _too_long(path: Path, lasting: str) -> str:
    return f"{path}: expected a bed of at most {words(LONGEST)}, got {lasting}: cut it"


def _blocks(path: Path) -> Iterator[NDArray[np.float32]]:
    """Yield a file's sound at the session's rate, shape (frames, 2), in blocks of whole 10 ms but the last."""
    import numpy as np
    import soxr

    with opened(path) as sound:
        _refuse_endless(path, sound)
        resampler = (
            soxr.ResampleStream(sound.rate, SAMPLE_RATE, 2, dtype="float32", quality="HQ")
            if sound.rate != SAMPLE_RATE
            else None
        )
        held = np.zeros((0, 2), np.float32)
        for part in sound.blocks():
            stereo = np.repeat(part, 2, axis=1) if sound.channels == 1 else part
            held = np.concatenate((held, resampler.resample_chunk(stereo) if resampler else stereo))
            whole = len(held) // _BLOCK * _BLOCK
            for start in range(0, whole, _BLOCK):
                yield held[start : start + _BLOCK]
            held = held[whole:]
        if resampler:
            held = np.concatenate((held, resampler.resample_chunk(np.zeros((0, 2), np.float32), last=True)))
        if len(held):
            yield held
