"""Serving: one studio a folder, listened to on this computer alone, from its start to its end."""

from __future__ import annotations

import os
import socket
import sys
import time
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, UsageError, option
from voiceguide.store import paths, places
from voiceguide.store.files import failed
from voiceguide.store.locks import held_folder
from voiceguide.studio import keys
from voiceguide.studio.listener import Listener, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.studio.guard import App
    from voiceguide.studio.house import House
    from voiceguide.studio.keys import Keys

HOST = "127.0.0.1"
VARIABLE = "VOICEGUIDE_STUDIO_FOLDER"
_PATIENCE = 10.0
"""Seconds for which the studio that holds a folder may take to answer: it may just be starting."""
_TICK = 0.1
_ENDING = 0.5
"""Seconds that threads are waited for when it ends; they hold nothing that is not taken away."""


@dataclass(frozen=True, slots=True)
class Running:
    """A studio that runs."""

    address: str
    """Where its page opens, with the token."""
    port: int
    """Where it listens."""
    listener: Listener | None
    """None where another process has it."""


def default_folder() -> Path:
    """Return the user's folder for the studio. Raises UsageError for none."""
    from platformdirs import user_data_path

    return places.folder(
        VARIABLE, lambda: user_data_path("voiceguide", appauthor=False) / "studio", what="the studio's folder"
    )


@contextmanager
def running(
    folder: Path,
    port: int | None,
    failed: Callable[[BaseException], None],
    at: Callable[[str], None] = lambda _address: None,
) -> Iterator[Running]:
    """Serve the studio of a folder until the end of the block, or find the one that already is.

    `failed` is told, in any thread, of what no answer should ever raise; `at` of the address, as soon as a browser may
    ask there: while it starts, all else is loaded. Raises MissingError without its packages, UsageError for a port that
    is taken and a folder that is none, and Failed.
    """
    check()
    with ExitStack() as stack:
        if not _hold(folder, stack):
            other = _other(folder)
            at(other.address)
            yield Running(other.address, other.port, None)
            return
        opened, kept = _opened(folder, port)
        stack.enter_context(opened)
        at(kept.address)
        from voiceguide.studio.app import Later, guarded

        house: Future[House] = Future()
        api = Later(partial(_put_together, folder, failed, house))
        stack.callback(_end, house)
        listener = Listener(guarded(kept, api, failed), (HOST,), [opened])
        stack.callback(listener.close)
        stack.callback(_closing, house)
        yield Running(kept.address, kept.port, listener)


def _put_together(folder: Path, failed: Callable[[BaseException], None], made: Future[House]) -> App:
    """Open a folder's house."""
    from voiceguide.studio.app import of_house
    from voiceguide.studio.house import House

    try:
        house = House(folder, failed)
        made.set_result(house)
    except BaseException as fault:
        made.set_exception(fault)
        failed(fault)
        raise
    return of_house(house)


def _closing(house: Future[House]) -> None:
    """Cut off who still listens."""
    with suppress(Exception):
        house.result().closing.set()


def _end(house: Future[House]) -> None:
    with suppress(Exception):
        house.result().close(_ENDING)


def _hold(folder: Path, stack: ExitStack) -> bool:
    """Hold a folder against other studios, and say whether it could be had. Raises UsageError and Failed."""
    if fault := paths.fault(folder):
        raise UsageError(f"{option('folder')}: expected a folder, got {folder}: {fault}")
    if paths.is_there(folder) and not paths.is_folder(folder):
        raise UsageError(f"{option('folder')}: expected a folder, got {folder}, which is a file")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        stack.callback(os.close, held_folder(folder))
    except (BlockingIOError, FileExistsError):
        return False
    except OSError as error:
        if not paths.is_folder(folder) or not os.access(folder, os.W_OK):
            raise failed(folder, "folder", error) from error
    return True


def _opened(folder: Path, port: int | None) -> tuple[socket.socket, Keys]:
    """Listen under a port: the one that is asked for, else that of the last time if it is free, else any.

    A page that is still open from the last time then goes on. Raises UsageError for a port that is taken.
    """
    before = keys.kept(folder)
    if port is not None:
        try:
            opened = _listening(port)
        except OSError as error:
            raise UsageError(
                f"{option('port')}: expected a port that is free, got {port}: {error.strerror or error}. Leave it out, "
                "and one is found.",
                got=port,
            ) from error
    else:
        try:
            opened = _listening(before.port if before else 0)
        except OSError:
            opened = _listening(0)
    with ExitStack() as stack:
        stack.enter_context(opened)
        made = keys.renewed(before, opened.getsockname()[1])
        keys.keep(folder, made)
        stack.pop_all()
    return opened, made


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this computer's own address; on Windows nobody else may take it too."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def _other(folder: Path) -> Keys:
    """Return the keys of the studio that holds a folder. Raises Failed where it does not answer."""
    until = time.monotonic() + _PATIENCE
    while True:
        found = keys.kept(folder)
        if found and _answers(found):
            return found
        if time.monotonic() > until:
            raise Failed(f"{folder}: another studio has this folder, and does not answer: end it, or name another one")
        time.sleep(_TICK)


def _answers(found: Keys) -> bool:
    """Whether a studio answers to keys."""
    import http.client

    asking = http.client.HTTPConnection(HOST, found.port, timeout=2)
    try:
        with suppress(OSError, http.client.HTTPException):
            asking.request("GET", "/api/languages", headers={"Authorization": f"Bearer {found.token}"})
            return asking.getresponse().status == http.client.OK
        return False
    finally:
        asking.close()


def open_page(address: str) -> bool:
    """Open the page in a browser, and say whether there is one; none that takes the terminal counts."""
    import webbrowser

    with suppress(webbrowser.Error, OSError):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            return browser.open(address)
    return False
