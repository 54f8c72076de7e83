"""Any sound file as blocks of samples: the only place here that knows how formats are decoded.

A file's header alone needs no numpy; what decodes is imported where a file is opened.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.durations import words
from voiceguide.errors import Failed, MissingError
from voiceguide.installed import installing
from voiceguide.sound.headers import other_format, promise
from voiceguide.sound.hushed import hushed
from voiceguide.store.reading import check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

SUFFIXES = (".mp3", ".wav", ".flac", ".ogg", ".oga", ".opus", ".aiff", ".aif", ".m4a", ".m4b")
BLOCK_SECONDS = 4
"""A whole number, so that a block's borders lie on those of 10 ms and of 100 ms at any rate."""

PYAV = (".m4a", ".m4b")
"""Suffixes that only PyAV opens."""
_RATES = range(8_000, 192_001)
"""Hz; a header that says otherwise is damaged."""
_RUN_UP = 0.3
"""Seconds that are decoded before a place that is sought: frames of MP3, AAC and Opus lean on those before them."""
_ENDLESS = 1e7
"""Seconds, four months: what libraries say where a header tells no length."""
_LOUDEST = 100.0
"""Of full scale, 40 dB: samples beyond it are in other units, or damaged."""
_PADDING = 0.5
"""Seconds by which headers and sound may differ in a whole file."""
_LOSSLESS = ("PCM_", "FLOAT", "DOUBLE", "ALAC")
"""How soundfile's names of such encodings begin; PyAV's are never taken for one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A sound file that is open."""

    format: str
    """As `MP3` or `FLAC`."""
    lossless: bool
    rate: int
    """Hz."""
    channels: int
    """1 or 2."""
    frames: int
    """How many there are, as the headers say."""
    blocks_from: Callable[[int], Iterator[NDArray[np.float32]]]
    """Gives the samples from a frame on: shape (frames, channels), each block BLOCK_SECONDS long but the last.

    Whoever asks again is done with what was asked before.
    """

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Yield all samples."""
        return self.blocks_from(0)


@contextmanager
def opened(path: Path) -> Iterator[Decoded]:
    """Open a sound file.

    Raises Failed, naming the file, for what is no sound or damaged, also while the blocks are read; MissingError for
    .m4a and .m4b without PyAV.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Failed(f"{path}: expected a sound file ({', '.join(SUFFIXES)}), got a name that ends otherwise.")
    check_file(path, such="a sound file")
    try:
        with _opened_by_pyav(path) if suffix in PYAV else _opened_by_soundfile(path) as sound:
            yield sound
    except OSError as error:
        raise Failed(f"{path}: expected a sound file that can be read, got: {error.strerror or error}.") from error


def _for_soundfile(path: Path) -> str | bytes:
    """Return a path as soundfile takes it, which knows no name with bytes that are no letters, except as bytes."""
    return str(path) if os.name == "nt" else os.fsencode(path)


@contextmanager
def _opened_by_soundfile(path: Path) -> Iterator[Decoded]:
    import soundfile

    class Onwards(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types here
        """A file that is only read on: soundfile seeks after each read, and an MP3 has a gap wherever it is sought."""

        def seekable(self) -> bool:
            """No; `seek` itself works as ever."""
            return False

    try:
        with hushed():
            opened = Onwards(_for_soundfile(path))
    except soundfile.SoundFileError as error:
        raise Failed(_damaged(path)) from error
    with opened as file:
        _check(path, file.samplerate, file.channels, file.frames)
        _refuse_cut_off(path, file.frames / file.samplerate)

        def read(frames: int) -> NDArray[np.float32]:
            with hushed():
                samples: NDArray[np.float32] = file.read(frames, dtype="float32", always_2d=True)
            return samples

        def parts(start: int) -> Iterator[NDArray[np.float32]]:
            run_up = min(start, round(_RUN_UP * file.samplerate))
            with hushed():
                file.seek(start - run_up)
            read(run_up)
            while len(part := read(file.samplerate * BLOCK_SECONDS)):
                yield part

        # How long an MP3 or Ogg is may be a guess of the library's.
        counted = file.format not in ("MP3", "OGG")
        yield Decoded(
            "Opus" if file.subtype == "OPUS" else file.format,
            file.subtype.startswith(_LOSSLESS),
            int(file.samplerate),
            int(file.channels),
            int(file.frames),
            _Checking(path, int(file.samplerate), int(file.frames) if counted else 0, parts, soundfile.SoundFileError),
        )


@contextmanager
def _opened_by_pyav(path: Path) -> Iterator[Decoded]:
    import numpy as np

    av = pyav(path)
    # What is damaged makes PyAV itself stumble too: over a name that is no text, or a time that is none.
    faults = (av.FFmpegError, ValueError, TypeError, ArithmeticError, LookupError)
    try:
        # The format is named, so that a playlist under this suffix is not followed.
        container = av.open(str(path), format="mov", metadata_errors="replace")
    except faults as error:
        raise Failed(_damaged(path)) from error
    with container:
        try:
            stream = container.streams.audio[0]
            rate, channels, time_base = int(stream.rate), int(stream.channels), stream.time_base
            frames = round((stream.duration or 0) * time_base * rate)
            name = f"{str(stream.codec_context.name).upper()} in {path.suffix.lower()[1:]}"
        except faults as error:
            raise Failed(_damaged(path)) from error
        _check(path, rate, channels, frames)

        def parts(start: int) -> Iterator[NDArray[np.float32]]:
            resampler = av.AudioResampler(format="flt", layout="mono" if channels == 1 else "stereo", rate=rate)
            stream.codec_context.flush_buffers()
            container.seek(round((start / rate - _RUN_UP) / time_base), stream=stream)
            held, count = [], 0
            for decoded in container.decode(stream):
                # Where it was sought, decoding begins at some packet before.
                late = start - round(decoded.pts * time_base * rate)
                if late >= decoded.samples:
                    continue
                for part in resampler.resample(decoded):
                    samples = np.asarray(part.to_ndarray(), dtype=np.float32).reshape(-1, channels)
                    held.append(samples[max(late, 0) :])
                    count += len(held[-1])
                while count >= rate * BLOCK_SECONDS:
                    joined = np.concatenate(held)
                    yield joined[: rate * BLOCK_SECONDS]
                    held = [joined[rate * BLOCK_SECONDS :]]
                    count = len(held[0])
            if count:
                yield np.concatenate(held)

        yield Decoded(name, False, rate, channels, frames, _Checking(path, rate, frames, parts, faults))


def pyav(path: Path) -> Any:
    """Return PyAV for a file that needs it. Raises MissingError."""
    try:
        import av
    except ImportError as error:
        raise MissingError(f"{path}: this format needs one more package: {installing('m4a')}") from error
    return av


def _check(path: Path, rate: int, channels: int, frames: int) -> None:
    if rate not in _RATES or channels not in (1, 2):
        raise Failed(
            f"{path}: expected mono or stereo at 8 to 192 kHz, got {channels} channels at {rate} Hz. "
            "Save it again as a stereo WAV."
        )
    if frames > _ENDLESS * rate:
        raise Failed(f"{path}: expected a file whose header tells how long it lasts, got none. Save it again as a WAV.")


def _refuse_cut_off(path: Path, seconds: float) -> None:
    """Raise Failed for a file that has less sound than its header says: `seconds`, where libsndfile overlooks it."""
    told = promise(path)
    if told and told.there < told.promised:
        promised = seconds * told.promised / told.there if told.there else 0.0
        if not told.there or promised - seconds > _PADDING:
            raise Failed(_cut_off(path, promised, seconds))


@dataclass(frozen=True, slots=True)
class _Checking:
    """What reads a file on, with every block looked at."""

    path: Path
    rate: int
    promised: int
    """Frames; 0 where nobody knows."""
    parts: Callable[[int], Iterator[NDArray[np.float32]]]
    faults: type[Exception] | tuple[type[Exception], ...]
    """What the decoder raises over a damaged file."""

    def __call__(self, start: int) -> Iterator[NDArray[np.float32]]:
        """Pass blocks from frame `start` on.

        Raises Failed for what the decoder stumbles over, at the first sample that is no number or far beyond full
        scale, for an empty file, and for one that ends before it should.
        """
        import numpy as np

        frames, parts = start, self.parts(start)
        while True:
            try:
                part = next(parts, None)
            except self.faults as error:
                sound = words(frames / self.rate)
                message = f"{self.path}: the file is damaged or cut off, soon after {sound}. Make it again."
                raise Failed(message) from error
            if part is None:
                break
            if not np.abs(part).max(initial=0.0) <= _LOUDEST:  # neither is what is no number
                peaks = np.abs(part).max(axis=1)
                sound = words((frames + int((~(peaks <= _LOUDEST)).argmax())) / self.rate)
                if not np.isfinite(peaks).all():
                    why = "its samples are no numbers there"
                else:
                    why = f"its samples reach {peaks.max():.3g} there, where 1 is full scale"
                raise Failed(f"{self.path}: the file is damaged after {sound}: {why}. Make it again.")
            frames += len(part)
            yield part
        if not frames:
            raise Failed(f"{self.path}: expected a sound, got a file with nothing in it. Make it again.")
        if (self.promised - frames) / self.rate > _PADDING:
            raise Failed(_cut_off(self.path, self.promised / self.rate, frames / self.rate))


def _cut_off(path: Path, promised: float, there: float) -> str:
    wanted = f"the {words(promised)} that its header promises" if promised else "the sound that its header promises"
    return f"{path}: expected {wanted}, but the file ends after {words(there)}: it is cut off. Make it again."


def _damaged(path: Path) -> str:
    got = (path.suffix.lower() not in PYAV and other_format(path)) or "something else"
    return (
        f"{path}: expected a sound ({', '.join(SUFFIXES)}), got {got}, or the file is damaged. "
        "Make it again, or choose another file."
    )
