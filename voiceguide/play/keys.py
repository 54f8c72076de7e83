"""Keys of a terminal, without Enter and without being shown."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from voiceguide.errors import MissingError
from voiceguide.installed import installing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Key(Enum):
    """What somebody wants."""

    TOGGLE = auto()
    PREVIOUS = auto()
    FOLLOWING = auto()
    LOUDER = auto()
    SOFTER = auto()
    END = auto()


_KEYS = {
    " ": Key.TOGGLE,
    "KEY_LEFT": Key.PREVIOUS,
    "KEY_RIGHT": Key.FOLLOWING,
    "+": Key.LOUDER,
    "=": Key.LOUDER,  # where the plus needs Shift
    "KEY_UP": Key.LOUDER,
    "-": Key.SOFTER,
    "KEY_DOWN": Key.SOFTER,
    "q": Key.END,
    "Q": Key.END,
    "KEY_ESCAPE": Key.END,
}


def check() -> None:
    """Raise MissingError where keys cannot be heard."""
    from importlib.util import find_spec

    if find_spec("blessed") is None:
        raise MissingError(f"playing needs two more packages: {installing('play')}")


@contextmanager
def listening() -> Iterator[Callable[[float], Key | None]]:
    """Give what waits some seconds for a key and returns its meaning; None for no key, and for one without any."""
    from blessed import Terminal

    # Nothing is drawn by it; asked for styles, it would ask the terminal who it is, and wait 10 s where none answers.
    terminal = Terminal(force_styling=None)

    def pressed(timeout: float) -> Key | None:
        key = terminal.inkey(timeout=timeout)
        return _KEYS.get(key.name or str(key))

    letting = terminal.cbreak()
    letting.__enter__()
    try:
        yield pressed
    finally:
        with suppress(*_faults()):  # the terminal is gone, which has its own way of being told
            letting.__exit__(None, None, None)


def _faults() -> tuple[type[Exception], ...]:
    """What a terminal that is closed raises when it is to be as it was."""
    try:
        from termios import error
    except ImportError:  # Windows
        return (OSError,)
    return OSError, error
