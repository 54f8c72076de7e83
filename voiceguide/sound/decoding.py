"""Any sound file as blocks of samples: the only place here that knows how formats are decoded.

A file's header alone needs no numpy; what decodes is imported where a file is opened.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.durations import words
from voiceguide.errors import Failed, MissingError
from voiceguide.installed import installing
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
    try:
        check_file(path, such="a sound file")
        with _opened_by_pyav(path) if suffix in PYAV else _opened_by_soundfile(path) as sound:
            yield sound
    except OSError as error:
        raise Failed(f"{path}: expected a sound file that can be read, got: {error.strerror or error}.") from error


@contextmanager
def _opened_by_soundfile(path: Path) -> Iterator[Decoded]:
    import soundfile

    class Onwards(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types here
        """A file that is only read on: soundfile seeks after each read, and an MP3 has a gap wherever it is sought."""

        def seekable(self) -> bool:
            """No; `seek` itself works as ever."""
            return False

    try:
        with Onwards(path) as file:
            _check(path, file.samplerate, file.channels)

            def parts(start: int) -> Iterator[NDArray[np.float32]]:
                frames = start
                try:
                    run_up = min(start, round(_RUN_UP * file.samplerate))
                    file.seek(start - run_up)
                    file.read(run_up, dtype="float32", always_2d=True)
                    while len(part := file.read(file.samplerate * BLOCK_SECONDS, dtype="float32", always_2d=True)):
                        frames += len(part)
                        yield part
                except soundfile.SoundFileError as error:
                    sound = words(frames / file.samplerate)
                    raise Failed(
                        f"{path}: the file is damaged or cut off, soon after {sound}. Make it again."
                    ) from error

            yield Decoded(
                "Opus" if file.subtype == "OPUS" else file.format,
                file.subtype.startswith(_LOSSLESS),
                int(file.samplerate),
                int(file.channels),
                int(file.frames),
                lambda start: _checked(path, file.samplerate, parts(start), start),
            )
    except soundfile.SoundFileError as error:
        raise Failed(_damaged(path)) from error


@contextmanager
def _opened_by_pyav(path: Path) -> Iterator[Decoded]:
    import numpy as np

    av = pyav(path)
    try:
        # The format is named, so that a playlist under this suffix is not followed.
        with av.open(str(path), format="mov") as container:
            if not container.streams.audio:
                raise Failed(_damaged(path))
            stream = container.streams.audio[0]
            rate, channels = int(stream.rate), int(stream.channels)
            _check(path, rate, channels)

            def parts(start: int) -> Iterator[NDArray[np.float32]]:
                resampler = av.AudioResampler(format="flt", layout="mono" if channels == 1 else "stereo", rate=rate)
                stream.codec_context.flush_buffers()
                container.seek(round((start / rate - _RUN_UP) / stream.time_base), stream=stream)
                held, frames = [], 0
                for decoded in container.decode(stream):
                    # Where it was sought, decoding begins at some packet before.
                    late = start - round(decoded.pts * stream.time_base * rate)
                    if late >= decoded.samples:
                        continue
                    for part in resampler.resample(decoded):
                        samples = np.asarray(part.to_ndarray(), dtype=np.float32).reshape(-1, channels)
                        held.append(samples[max(late, 0) :])
                        frames += len(held[-1])
                    while frames >= rate * BLOCK_SECONDS:
                        joined = np.concatenate(held)
                        yield joined[: rate * BLOCK_SECONDS]
                        held = [joined[rate * BLOCK_SECONDS :]]
                        frames = len(held[0])
                if frames:
                    yield np.concatenate(held)

            name = f"{str(stream.codec_context.name).upper()} in {path.suffix.lower()[1:]}"
            frames = round((stream.duration or 0) * stream.time_base * rate)
            yield Decoded(name, False, rate, channels, frames, lambda start: _checked(path, rate, parts(start), start))
    except av.FFmpegError as error:
        raise Failed(_damaged(path)) from error


def pyav(path: Path) -> Any:
    """Return PyAV for a file that needs it. Raises MissingError."""
    try:
        import av
    except ImportError as error:
        raise MissingError(f"{path}: this format needs one more package: {installing('m4a')}") from error
    return av


def _check(path: Path, rate: int, channels: int) -> None:
    if rate not in _RATES or channels not in (1, 2):
        raise Failed(
            f"{path}: expected mono or stereo at 8 to 192 kHz, got {channels} channels at {rate} Hz. "
            "Save it again as a stereo WAV."
        )


def _checked(path: Path, rate: int, parts: Iterator[NDArray[np.float32]], start: int) -> Iterator[NDArray[np.float32]]:
    """Pass blocks from frame `start` on; raises Failed at the first sample that is no number, and for an empty file."""
    import numpy as np

    frames = start
    for part in parts:
        if not np.isfinite(part).all():
            whole = int(np.isfinite(part).all(axis=1).argmin())
            sound = words((frames + whole) / rate)
            raise Failed(f"{path}: the file is damaged after {sound}: its samples are no numbers there. Make it again.")
        frames += len(part)
        yield part
    if not frames:
        raise Failed(f"{path}: expected a sound, got a file with nothing in it. Make it again.")


def _damaged(path: Path) -> str:
    return (
        f"{path}: expected a sound ({', '.join(SUFFIXES)}), got something else, or the file is damaged. "
        "Make it again, or choose another file."
    )
