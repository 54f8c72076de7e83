"""Beds: find the sound under the voice, decode and level it once to the cache, and play any stretch of it.

A bed is held by its pieces' files, mapped while they sound. A bundled bed is a loop without a seam; a user's own music
is looped with a crossfade of equal power, and a folder of it is a playlist: in the order of the names, each piece goes
into the next as the last goes into the first. How it comes in and goes in a session is `session/making.py`'s. Heavy
imports stand where a file is opened.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.durations import words
from voiceguide.errors import Failed, UsageError, did_you_mean, option
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound.decoding import opened
from voiceguide.store import paths
from voiceguide.store.assets import sounds_folder
from voiceguide.text.lines import shown
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

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
LONGEST_LIST = 2 * LONGEST
"""Seconds of a folder's music: 2.5 GB of the cache."""
MOST_PIECES = 100
"""Files of a folder."""
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
_NUMBER = re.compile(r"(\d+)")
_VERSION = 4
"""Of how a bed is decoded and measured; part of every cached one's key."""
_TEN_MS = SAMPLE_RATE // 100
_BLOCK = 256 * _TEN_MS
"""Frames at a time, whole 10 ms."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sound of a bed, decoded and levelled: a handle on its samples."""

    key: str
    """Names the samples and their level: equal keys, equal audio."""
    path: Path
    offset: int
    """Where the samples start in the file, in bytes."""
    frames: int
    gain: float
    """What makes the samples as loud as the voice."""
    crossfade: int
    """Frames at the end that go into the beginning of the next piece; 0 for a loop without a seam."""

    @property
    def period(self) -> int:
        """Frames from its beginning to the next one's: whole MP3 frames, so that rounds encode alike."""
        return (self.frames - self.crossfade) // 1152 * 1152

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of it, shape (frames, 2), as loud as the voice."""
        import numpy as np

        stored = np.memmap(self.path, dtype="<i2", mode="r", offset=self.offset, shape=(self.frames, 2))
        return stored.view(np.ndarray)[start : start + frames] * np.float32(self.gain / 32768.0)

    def powers(self) -> NDArray[np.float32]:
        """Return the K-weighted power of every 10 ms of its file, at its file's level; mapped."""
        import numpy as np

        known = -(-self.frames // _TEN_MS)
        offset = self.offset + 4 * self.frames
        return np.memmap(self.path, dtype="<f4", mode="r", offset=offset, shape=(known,)).view(np.ndarray)


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed ready to be mixed: pieces that follow each other, round and round."""

    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """Names the samples and their level: equal keys, equal audio."""
        return "\n".join(piece.key for piece in self.pieces)

    @property
    def period(self) -> int:
        """Frames of a round."""
        return sum(piece.period for piece in self.pieces)

    @property
    def steady(self) -> int:
        """The frame from which on it repeats: the first piece begins its first round out of nothing."""
        return self.pieces[-1].crossfade

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames) of the endless bed, shape (frames, 2), as loud as the voice."""
        import numpy as np

        bed = np.zeros((frames, 2), np.float32)
        for piece, begins, fade_in in self._sounding(start, start + frames):
            low, high = max(start, begins), min(start + frames, begins + piece.period + piece.crossfade)
            heard = piece.samples(low - begins, high - low)
            # Equal power: the two are not alike, so their powers add up, not their samples.
            if rising := max(min(begins + fade_in, high) - low, 0):
                heard[:rising] *= _phase(low - begins, rising, fade_in, np.sin)
            if fading := max(high - max(begins + piece.period, low), 0):
                heard[-fading:] *= _phase(high - fading - begins - piece.period, fading, piece.crossfade, np.cos)
            bed[low - start : high - start] += heard
        return bed

    def _sounding(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield each piece that sounds in [start, end): where it begins, and how many frames it takes to come in."""
        before, begins = self.pieces[-1], max(start // self.period - 1, 0) * self.period
        while begins < end:
            for piece in self.pieces:
                if begins < end and begins + piece.period + piece.crossfade > start:
                    yield piece, begins, before.crossfade if begins else 0
                before, begins = piece, begins + piece.period

    def powers(self, first: int, count: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms, from number `first` on; shape (count,)."""
        import numpy as np

        at = np.arange(first, first + count) * _TEN_MS
        powers = np.zeros(count)
        for piece, begins, fade_in in self._sounding(first * _TEN_MS, (first + count) * _TEN_MS):
            known = piece.powers()
            # A piece begins wherever it does, so that one of its stretches stands for the one that is asked for.
            heard = (at >= begins) & (at < begins + piece.period + piece.crossfade)
            within = at[heard] - begins
            power = known[within // _TEN_MS].astype(np.float64) * piece.gain**2
            rising, fading = within < fade_in, within >= piece.period
            power[rising] *= np.sin(within[rising] / max(fade_in, 1) * (np.pi / 2)) ** 2
            power[fading] *= np.cos((within[fading] - piece.period) / max(piece.crossfade, 1) * (np.pi / 2)) ** 2
            powers[heard] += power
        return powers


def _phase(at: int, frames: int, whole: int, curve: Callable[..., Any]) -> NDArray[np.float32]:
    """Return frames [at, at + frames) of a crossfade of `whole` frames, shape (frames, 1)."""
    import numpy as np

    return np.asarray(curve(np.arange(at, at + frames)[:, None] / whole * (np.pi / 2)), np.float32)


def names() -> tuple[str, ...]:
    """Return the names of the bundled beds, sorted."""
    return tuple(sorted(path.stem for path in (sounds_folder() / "beds").glob("*.ogg")))


def find(name: str, folder: Path | None = None) -> Path:
    """Return the file of a bed, or the folder: a bundled name, or a path (from `folder`, here where that is None).

    Raises UsageError for what is neither, and for a folder without music.
    """
    if name in names():
        return sounds_folder() / "beds" / f"{name}.ogg"
    path = Path(name) if folder is None else folder / name
    if paths.is_folder(path):
        playlist(path)
        return path
    if Path(name).suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"{option('bed')}: expected {', '.join(names())}, none, a sound file ({', '.join(SUFFIXES)}) or a "
            f'folder of them, got "{shown(name)}".'
            f"{did_you_mean(name, (*names(), NONE))}"
        )
    if not paths.is_file(path):
        raise UsageError(f"{option('bed')}: {path}: there is no such file")
    return path


def playlist(path: Path) -> tuple[Path, ...]:
    """Return a bed's files in their order: the folder's by their names, numbers in them as numbers; a file is its own.

    What is hidden, and what is no sound by its name, is no music. Raises UsageError for a folder without any, or with
    more than a session needs.
    """
    if not paths.is_folder(path):
        return (path,)
    try:
        found = [each for each in path.iterdir() if each.suffix.lower() in SUFFIXES and not each.name.startswith(".")]
    except OSError as error:
        raise UsageError(f"{option('bed')}: {path}: the folder cannot be read: {error.strerror or error}") from error
    music = sorted(filter(paths.is_file, found), key=_in_order)
    if not music:
        raise UsageError(f"{option('bed')}: {path}: expected music in the folder ({', '.join(SUFFIXES)}), found none")
    if len(music) > MOST_PIECES:
        message = f"expected at most {MOST_PIECES} files of music in the folder, got {len(music):,}"
        raise UsageError(f"{option('bed')}: {path}: {message}: put those of this session in one of their own")
    return tuple(music)


def _in_order(path: Path) -> tuple[list[tuple[int, str]], str]:
    """What a file's name is sorted by: 2 before 10, and capitals as small letters."""
    parts = _NUMBER.split(unicodedata.normalize("NFC", path.name).casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts], path.name


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
        """Its name as anybody may have it: of a file or a folder of one's own without where it is."""
        return PurePath(os.path.abspath(self.name)).name or "music"  # noqa: PTH100 (a link keeps its name)


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
    """Return a bed ready to be mixed, each file of it decoded and resampled once.

    Raises Failed, naming the file, when it is no sound, damaged, empty, silent or too long; MissingError for m4a
    without its extra.
    """
    entries = [(each, *_kept(each, cache)) for each in playlist(path)]
    if sum(entry.meta["frames"] for _, _, entry in entries) > LONGEST_LIST * SAMPLE_RATE:
        raise Failed(f"{path}: expected at most {words(LONGEST_LIST)} of music in the folder, got more: take some out")
    return Bed(tuple(_piece(entries, number) for number in range(len(entries))))


def _piece(entries: list[tuple[Path, str, Entry]], number: int) -> Piece:
    """Return a piece of a bed at its level, with how long it goes into the next."""
    path, key, entry = entries[number]
    _, _, following = entries[(number + 1) % len(entries)]
    frames, lufs, peak = (entry.meta[fact] for fact in ("frames", "lufs", "peak"))
    gain = 10 ** ((VOICE_LUFS - lufs) / 20)
    gain = min(gain, PEAK / peak * 10 ** (-LEVEL_DB / 20))
    seamless = path.parent == sounds_folder() / "beds"
    shorter = min(frames, following.meta["frames"])
    crossfade = 0 if seamless else min(round(CROSSFADE * SAMPLE_RATE), shorter // 4)
    return Piece(f"{key} {gain} {crossfade}", entry.path, entry.offset, frames, gain, crossfade)


def _kept(path: Path, cache: Cache) -> tuple[str, Entry]:
    """Return what names a file's sound, and where it is kept; decodes it where it is not. Raises as `load`."""
    try:
        if path.stat().st_size > _LARGE:
            with opened(path) as sound:
                _refuse_endless(path, sound)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Failed(f"{path}: the bed cannot be read: {error.strerror or error}") from error
    key = hashlib.sha256(repr(("bed", _VERSION, digest)).encode()).hexdigest()
    return key, cache.get("sounds", key) or _decoded(path, key, cache)


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
