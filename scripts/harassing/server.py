"""A studio in a process of its own, which can be killed; forked where its modules are loaded, to start at once."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from voiceguide.studio import keys

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

_LOADED = [
    "harassing.server", "voiceguide.studio.app", "voiceguide.studio.house", "voiceguide.studio.serving",
    "voiceguide.studio.covers", "voiceguide.studio.routes.drafts", "voiceguide.studio.routes.writing",
    "voiceguide.studio.routes.choosing", "voiceguide.studio.routes.page", "voiceguide.routine.editing",
    "uvicorn.protocols.http.h11_impl", "uvicorn.loops.asyncio", "logging.config", "pydantic", "segno",
]  # fmt: skip
_START = 180.0
"""Seconds in which it answers, on a crowded machine."""
_LOOKS = 0.05
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(_LOADED)


class StartError(Exception):
    """A studio that does not start."""


def _serve(folder: Path, told: Connection) -> None:
    """Serve a folder until this process is killed, or tell who does already."""
    from voiceguide.studio import serving

    faults: list[BaseException] = []
    with serving.running(folder, None, faults.append) as running:
        told.send((running.address, running.port, running.listener is not None))
        while running.listener and running.listener.is_open:
            if faults:
                told.send(repr(faults.pop()))
            time.sleep(_LOOKS)


class Server:
    """A studio of a folder, from its start to its kill."""

    def __init__(self, folder: Path) -> None:
        """Start it; `wait` waits for its address."""
        self._folder = folder
        self._told, theirs = forks.Pipe()
        self._process = forks.Process(target=_serve, args=(folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.address, self.port, self.serves = "", 0, False

    def wait(self) -> Server:
        """Wait until it serves, or has found who does. Raises StartError."""
        try:
            if not self._told.poll(_START):
                raise StartError(f"a studio had no address in {_START:.0f} s")
            self.address, self.port, self.serves = self._told.recv()
        except EOFError:
            raise StartError("a studio ended before it had an address") from None
        return self

    @property
    def cookie(self) -> str:
        """What a page that was opened goes on with, also when another server has come under its port."""
        kept = keys.kept(self._folder)
        return f"voiceguide-{self.port}={kept.cookie if kept else ''}"

    def kill(self) -> None:
        """Kill it, with what no program hears."""
        self._process.kill()
        self._process.join()

    def fault(self) -> str:
        """Return what it was told of and must never happen, "" for nothing."""
        with suppress(EOFError, OSError):
            if self._told.poll():
                return str(self._told.recv())
        return ""
