"""The sound device: miniaudio, and nothing else here knows of it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, MissingError, UsageError, option
from voiceguide.installed import installing

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Pull = Callable[[int], NDArray[np.float32]]
    """Asked for a number of frames, it returns that many, shape (frames, 2)."""

NULL = "null"
"""The device that sounds nowhere, as fast as one that does."""
INSTEAD = "Write a file with `voiceguide render`, and play that where there is sound."
_PERIOD = 50
"""Milliseconds that a device takes at once."""
_PERIODS = 3
"""How many it holds."""
_PATIENCE = 3.0
"""Seconds without taking anything after which a device counts as gone; not every system says so."""
_LONGEST_LOOK = 0.5
"""Seconds between two looks at it that count at most: after a suspended machine wakes, it gets its time."""


class Device:
    """A sound device, open for stereo."""

    def __init__(self, playing: Any, name: str, rate: int) -> None:
        self.name = name
        self.latency = rate * _PERIOD * _PERIODS // 1000
        """Frames between what it takes and what is heard."""
        self._playing = playing
        self._fault: Exception | None = None
        self._stopped = False
        self._taken = 0
        """How often it took something."""
        self._seen = 0
        self._looked: float | None = None
        self._idle = 0.0
        """Seconds since it was seen to take something."""

    def start(self, pull: Pull) -> None:
        """Begin to sound what `pull` gives; it is called in a thread of the system's. Raises Failed."""
        import miniaudio

        def stopped() -> None:
            self._stopped = True

        feeding = self._feeding(pull)
        next(feeding)
        self._playing.stop_callback = stopped
        try:
            self._playing.start(feeding)
        except miniaudio.MiniaudioError as error:
            raise Failed(f"The sound device {self.name} cannot be started: {error}. {INSTEAD}") from error

    def _feeding(self, pull: Pull) -> Generator[NDArray[np.float32] | bytes, int, None]:
        frames = yield b""
        while True:
            try:
                samples = pull(frames)
            except Exception as error:  # noqa: BLE001 (raised by `check`: in the system's thread nobody would hear of it)
                self._fault = error
                return
            self._taken += 1
            frames = yield samples

    def check(self, place: str) -> None:
        """Look whether it still takes what it is given; to be called a few times a second.

        Raises what `pull` raised, and Failed for a device that has stopped, with the `place` it came to.
        """
        if self._fault is not None:
            raise self._fault
        now = monotonic()
        if self._looked is None or self._taken != self._seen:
            self._idle = 0.0
        else:
            self._idle += min(now - self._looked, _LONGEST_LOOK)
        self._seen, self._looked = self._taken, now
        if self._stopped or self._idle > _PATIENCE:
            raise Failed(
                f"The sound device {self.name} stopped at {place}: is it still plugged in and switched on? "
                f"To hear the rest, play again {option('begin')} {place}"
            )

    def close(self) -> None:
        """Let it go."""
        self._playing.close()


@contextmanager
def opened(rate: int, named: str | None = None) -> Iterator[Device]:
    """Open the system's device, the first one whose name contains `named`, or NULL; `rate` is in Hz.

    Raises MissingError, UsageError for a name that no device has, and Failed where nothing can sound.
    """
    miniaudio = library()
    try:
        with _hushed():
            device = _opened(miniaudio, rate, named)
    except miniaudio.MiniaudioError as error:
        which = f'the device "{named}" cannot be opened' if named else "no sound device that works was found"
        raise Failed(f"Nothing can be played here: {which} ({_reason(error)}). {INSTEAD}") from error
    try:
        yield device
    finally:
        device.close()


def library() -> Any:
    """Return miniaudio. Raises MissingError."""
    try:
        import miniaudio
    except ImportError as error:
        raise MissingError(f"playing needs two more packages: {installing('play')}") from error
    return miniaudio


def _opened(miniaudio: Any, rate: int, named: str | None) -> Device:
    name, options = "of the system", {}
    if named == NULL:
        name, options = NULL, {"backends": [miniaudio.Backend.NULL]}
    elif named is not None:
        try:
            found = miniaudio.Devices().get_playbacks()
        except miniaudio.MiniaudioError:  # where a system of sound is installed and does not run, none can be listed
            found = []
        chosen = next((each for each in found if named.casefold() in each["name"].casefold()), None)
        if chosen is None:
            names = ", ".join([*(f'"{each["name"]}"' for each in found), f'"{NULL}" (silent)'])
            raise UsageError(
                f'{option("device")}: expected a part of the name of a sound device: {names}; got "{named}"'
            )
        name, options = f'"{chosen["name"]}"', {"device_id": chosen["id"]}
    playing = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.FLOAT32,
        nchannels=2,
        sample_rate=rate,
        buffersize_msec=_PERIOD,
        callback_periods=_PERIODS,
        app_name="voiceguide",
        **options,
    )
    if named != NULL and playing.backend == "Null":  # miniaudio's last resort, and silent
        playing.close()
        raise miniaudio.MiniaudioError("this machine has no sound system", 0)
    return Device(playing, name, rate)


def _reason(error: Exception) -> str:
    """What miniaudio says, without its number."""
    return str(error.args[0]) if error.args else type(error).__name__


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep quiet what a system's library (ALSA's is one) writes past Python on stderr about every card there is not."""
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, 2)
        os.close(kept)
