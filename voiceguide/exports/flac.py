"""FLAC: 24 bits without loss, with Vorbis comments and the chapters that players read from them."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports import refuse_options
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports import Options, Tags

BITS = 24


class FlacExport:
    """FLAC at 44.1 kHz stereo, 24 bits."""

    suffix = ".flac"
    name = "FLAC"

    def probe(self) -> str | None:
        """None when libsndfile and mutagen load here."""
        try:
            import mutagen  # noqa: F401 (only whether it loads)
            import soundfile  # noqa: F401 (only whether it loads)
        except (ImportError, OSError) as error:
            return f"{error}; run: pip install --force-reinstall soundfile mutagen"
        return None

    def check(self, options: Options) -> None:
        """Raise UsageError for any option: there is nothing to choose."""
        refuse_options(self, options)

    def write(
        self,
        file: BinaryIO,
        blocks: Iterator[NDArray[np.float32]],
        *,
        frames: int,
        tags: Tags,
        options: Options,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the samples, then move them once to make room for the comments: libsndfile leaves none."""
        import soundfile

        from voiceguide.exports.samples import counted, integers

        self.check(options)
        with (
            _callable_from_c(file) as door,
            soundfile.SoundFile(door, "w", SAMPLE_RATE, 2, subtype=f"PCM_{BITS}", format="FLAC") as sound,
        ):
            for block in counted(blocks, frames, progress):
                sound.write(integers(block, BITS) << (32 - BITS))  # libsndfile takes the upper bits
        _comment(file, tags)


def _comment(file: BinaryIO, tags: Tags) -> None:
    from mutagen.flac import FLAC

    file.seek(0)
    audio = FLAC(file)
    for key, value in _comments(tags):
        audio[key] = value
    file.seek(0)
    audio.save(file, padding=lambda _: 0)


def _comments(tags: Tags) -> Iterator[tuple[str, str]]:
    texts = (
        ("TITLE", tags.title),
        ("ARTIST", tags.artist),
        ("ALBUM", tags.album),
        ("GENRE", tags.genre),
        ("LANGUAGE", tags.iso_language),
        ("COMMENT", tags.comment),
    )
    yield from ((key, value) for key, value in texts if value)
    for number, (title, start, _) in enumerate(tags.chapters, 1):
        yield f"CHAPTER{number:03}", _clock(start)
        yield f"CHAPTER{number:03}NAME", title


def _clock(seconds: float) -> str:
    """`hh:mm:ss.mmm`, as chapter comments have it."""
    rest, ms = divmod(round(seconds * 1000), 1000)
    minutes, secs = divmod(rest, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{secs:02}.{ms:03}"


class _Door:
    """A file as libsndfile's callbacks see it. An exception cannot pass through C, so it is kept here."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
        self._write = file.write
        self.fault: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Write, or report that nothing was written; after one failure nothing more is tried."""
        if self.fault is None:
            try:
                return self._write(data)
            except BaseException as fault:  # noqa: BLE001 (raised again as soon as C has returned)
                self.fault = fault
        return 0


@contextmanager
def _callable_from_c(file: BinaryIO) -> Iterator[_Door]:
    """Hand out a door, and raise what happened behind it instead of libsndfile's guess."""
    door = _Door(file)
    try:
        yield door
    except Exception as guess:
        if door.fault is not None:
            raise door.fault from guess
        raise
    if door.fault is not None:
        raise door.fault
