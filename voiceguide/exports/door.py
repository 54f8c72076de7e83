"""A file as a C library's callbacks see it, without losing what goes wrong behind them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from voiceguide.interrupts import uninterrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO

    from numpy.typing import NDArray


class Writable(Protocol):
    """What the encoders ask of a file; a BinaryIO is one."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102 (as io has it)
    def write(self, data: bytes, /) -> int: ...  # noqa: D102 (as io has it)
    def seek(self, offset: int, whence: int, /) -> int: ...  # noqa: D102 (as io has it)
    def tell(self) -> int: ...  # noqa: D102 (as io has it)


class Door:
    """A file for C to write in. An exception cannot pass through C, so it is kept here."""

    def __init__(self, file: Writable) -> None:
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

    def check(self) -> None:
        """Raise what happened behind the door, for a library that goes on when nothing was written."""
        if self.fault is not None:
            raise self.fault


@contextmanager
def callable_from_c(file: Writable) -> Iterator[Door]:
    """Hand out a door, and raise what happened behind it instead of the library's guess."""
    door = Door(file)
    try:
        yield door
    except Exception as guess:
        if door.fault is not None and door.fault is not guess:
            raise door.fault from guess
        raise
    door.check()


@contextmanager
def written_by_soundfile(file: Writable | BinaryIO, **settings: Any) -> Iterator[Callable[[NDArray[Any]], None]]:
    """Give what writes samples to a file, as soundfile does by its `settings`; raise what happens behind the door."""
    import soundfile

    with callable_from_c(file) as door:
        with uninterrupted():
            sound = soundfile.SoundFile(door, "w", **settings)

        def write(samples: NDArray[Any]) -> None:
            with uninterrupted():
                sound.write(samples)
            door.check()  # libsndfile's Ogg does not ask whether its pages were written

        try:
            yield write
        finally:
            with uninterrupted():
                sound.close()
