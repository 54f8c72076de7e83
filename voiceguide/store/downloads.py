"""Files that are downloaded: whole and right by their checksum, or absent; begun ones are gone on with.

What has come lies under another name until all of it is there and its checksum is the one that was known beforehand.
One process at a time is at a file; whoever else wants it waits, and finds it there.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store import locks, places, regular
from voiceguide.store.files import failed
from voiceguide.store.part import Download, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Download", "Part", "fetch", "folder", "is_here", "placed", "removed"]


def folder() -> Path:
    """Return the folder where downloaded voices lie, or the one that VOICEGUIDE_VOICES names. Raises UsageError."""
    from platformdirs import user_data_path

    return places.folder(
        "VOICEGUIDE_VOICES",
        lambda: user_data_path("voiceguide", appauthor=False) / "voices",
        what="the folder of voices",
    )


def fetch(download: Download, target: Path, told: Callable[[int, int], None]) -> None:
    """Download a file, unless it is there and right; `told` is told (bytes so far, bytes in all), and so is a waiter.

    Goes on with what an earlier one left. One that was pieced together and is not the right one was changed in between:
    it is fetched once more as a whole. Raises MissingError where it cannot be had, as without a connection, and Failed
    for another file than the known one and for what keeps it from being written.
    """

    def bring(part: Part) -> bool:
        from voiceguide.store import fetching

        return fetching.bring(download, part, told)

    _place(target, _Wanted(download.url, download.size, download.sha256), bring, told)


def placed(
    target: Path,
    size: int,
    sha256: str,
    bring: Callable[[Part], None],
    told: Callable[[int, int], None] = lambda _had, _all: None,
) -> None:
    """Have a file made of what comes from elsewhere, unless it is there and right; `bring` writes it, from its start.

    As `fetch` otherwise: one process at a time, which `told` is told of while it waits, whole and right or absent.
    Raises Failed for another file than the known one, and what `bring` raises.
    """

    def anew(part: Part) -> bool:
        part.empty()
        bring(part)
        return False

    _place(target, _Wanted(target.name, size, sha256), anew, told)


def is_here(target: Path, size: int) -> bool:
    """Whether a file has its name, which it has only when it was right; its size, in bytes, is looked at again."""
    with suppress(OSError):
        return target.stat().st_size == size and target.is_file()
    return False


def removed(*targets: Path) -> tuple[str, ...]:
    """Remove files, and what was begun of them; return the paths of what was there.

    Raises Failed where one cannot be removed, and while it is being downloaded.
    """
    return tuple(str(path) for target in targets for path in _removed(target))


def _removed(target: Path) -> Iterator[Path]:
    if not target.parent.is_dir():
        return
    try:
        with locks.alone(_lock(target), waiting=None):
            for path in (target, _begun(target)):
                if os.path.lexists(path):
                    path.unlink()
                    yield path
    except BlockingIOError:
        raise Failed(f"{target}: it is being downloaded just now: wait until that is done, or end it first") from None
    except OSError as error:
        raise Failed(f"{target}: it cannot be removed: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a file must be."""

    source: str
    size: int
    sha256: str


def _place(target: Path, wanted: _Wanted, bring: Callable[[Part], bool], told: Callable[[int, int], None]) -> None:
    """Let `bring` write a file, which says whether it is pieced together of several answers, and give it its name."""
    begun = _begun(target)

    def waiting() -> None:
        with suppress(OSError):
            told(min(begun.stat().st_size, wanted.size), wanted.size)

    with ExitStack() as stack:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            held = stack.enter_context(locks.alone(_lock(target), waiting=waiting))
            if _is_right(target, wanted):
                return
            # Without locks nobody knows who else writes: to each a part of its own, which nobody goes on with.
            path = begun if held else target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
            part = stack.enter_context(Part(regular.opened(path, os.O_RDWR | os.O_CREAT), path, target))
        except OSError as error:
            raise failed(target, None, error) from error
        try:
            _complete(part, wanted, bring)
            part.name()
        finally:
            if not part.size or not held:
                with suppress(OSError):
                    path.unlink(missing_ok=True)


def _complete(part: Part, wanted: _Wanted, bring: Callable[[Part], bool]) -> None:
    """Bring a file until it is right. Raises Failed for another one, of which nothing stays."""
    if part.size > wanted.size:
        part.empty()
    for last in (False, True):
        pieced = bring(part)
        got, size = part.sha256(), part.size
        if size == wanted.size and got == wanted.sha256:
            return
        part.empty()
        if last or not pieced:
            raise Failed(
                f"{wanted.source}: expected {wanted.size:,} bytes with the sha256 {wanted.sha256}, got "
                f"{size:,} with {got}: it is not the file it should be, and nothing of it was kept. Try again, in "
                "another network; if that is no help, it was changed where it lies, and a newer voiceguide may know it."
            )


def _is_right(target: Path, wanted: _Wanted) -> bool:
    if not is_here(target, wanted.size):
        return False
    with suppress(OSError), os.fdopen(regular.opened(target, follow=True), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == wanted.sha256
    return False


def _begun(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _lock(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")
