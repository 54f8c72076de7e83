"""Piper's own package: whether it is installed, and installing it by pip, from the index that pip knows."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, MissingError
from voiceguide.installed import installing
from voiceguide.store import downloads, locks

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRA = "piper"
WANTED = "piper-tts>=1.8,<2"
LICENCE = "GPL-3.0"
BYTES = 15_000_000
"""About, with what it needs and voiceguide does not."""
_FIRST, _NEXT = (1, 8), (2,)
_MODULES = ("piper", "onnxruntime", "numpy")
_LOOK_AGAIN = 0.5
"""Seconds."""


def is_here() -> bool:
    """Whether what speaks is installed, in a release that is known here; imports none of it."""
    try:
        release = tuple(map(int, version("piper-tts").split(".")[:2]))
    except (PackageNotFoundError, ValueError):
        return False
    return _FIRST <= release < _NEXT and all(find_spec(module) for module in _MODULES)


def install(waiting: Callable[[], None]) -> None:
    """Install it where it is not, one process at a time; `waiting` is called now and then meanwhile.

    Raises MissingError where pip is not there or brings nothing, as without a connection, and Failed.
    """
    folder = downloads.folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locks.alone(folder / ".piper-tts.lock", waiting=waiting):
            importlib.invalidate_caches()
            if not is_here():
                _install(waiting)
    except OSError as error:
        raise Failed(f"{folder}: the folder of voices cannot be used: {error.strerror or error}") from error
    importlib.invalidate_caches()
    if not is_here():
        raise _missing("pip says that it is installed, and it is not")


def _install(waiting: Callable[[], None]) -> None:
    if find_spec("pip") is None:
        raise _missing(f"{sys.executable} has no pip")
    options = ("-q", "--no-input", "--disable-pip-version-check")
    command = (sys.executable, "-m", "pip", "install", *options, WANTED)
    # Its own words are read when it has ended: on a pipe that nobody reads it would wait.
    with subprocess.Popen(  # noqa: S603 (nothing of it is anybody's but ours)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as pip:
        try:
            while True:
                try:
                    _, told = pip.communicate(timeout=_LOOK_AGAIN)
                    break
                except subprocess.TimeoutExpired:
                    waiting()
        except BaseException:
            pip.terminate()
            raise
    if pip.returncode:
        lines = told.decode("utf-8", "replace").split("\n")
        faults = [line for line in lines if line.startswith("ERROR:")] or [line for line in lines if line.strip()]
        raise _missing(f"pip says: {faults[0].strip()[:300] if faults else 'nothing'}")


def _missing(why: str) -> MissingError:
    return MissingError(
        f"Piper could not be installed ({why}). It needs a connection, and room in this Python's folder; or install it "
        f"by hand: {installing(EXTRA)}"
    )
