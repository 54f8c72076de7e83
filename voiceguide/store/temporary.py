"""Temporary folders: nobody else's, gone with the block; what a killed process left is taken away by the next one."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store import owned
from voiceguide.store.locks import held_folder, is_still

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_NAME = re.compile("voiceguide-[0-9a-f]{16}")
_ON_WINDOWS = sys.platform == "win32"
_swept: set[str] = set()


class Folder:
    """A folder that only its user may enter, held for as long as it is open, so that nobody takes it for left."""

    def __init__(self) -> None:
        """Make it, after taking away what killed processes left. Raises Failed where none can be made."""
        try:
            sweep()
            self.path, self._number = _made(Path(tempfile.gettempdir()))
        except OSError as error:
            raise Failed(
                f"no temporary folder can be made: {error.strerror or error}. Free some space, or name a folder that "
                "can be written in TMPDIR (on Windows TEMP)."
            ) from error

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove it with all that is in it, as far as nobody holds it; to be called once."""
        if _ON_WINDOWS:  # what is open stays there
            self._let_go()
        shutil.rmtree(self.path, ignore_errors=True)
        owned.disown(self.path)
        if not _ON_WINDOWS:
            self._let_go()

    def _let_go(self) -> None:
        if self._number is not None:
            os.close(self._number)


@contextmanager
def holding(name: str, text: str) -> Iterator[Path]:
    """Give the path of a file with a text. Raises Failed where it cannot be kept."""
    with Folder() as folder:
        path = folder / name
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise full(folder, error) from error
        yield path


def full(folder: Path, error: OSError) -> Failed:
    """Return what to raise when a temporary folder takes no more."""
    return Failed(
        f"{folder}: expected room in the temporary folder, got: {error.strerror or error}. "
        "Free some space, or name another temporary folder in TMPDIR (on Windows TEMP)."
    )


def sweep() -> None:
    """Remove this user's folders that no living process holds, once a process; whatever cannot be removed stays."""
    with suppress(OSError):
        root = tempfile.gettempdir()
        if root not in _swept:
            _swept.add(root)
            _sweep(root)


def _sweep(root: str) -> None:
    with os.scandir(root) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False) and _is_mine(entry):
                with suppress(OSError):
                    number = held_folder(Path(entry.path), follow=False)
                    try:
                        if not _ON_WINDOWS:
                            shutil.rmtree(entry.path, ignore_errors=True)
                    finally:
                        os.close(number)
                    if _ON_WINDOWS:
                        shutil.rmtree(entry.path, ignore_errors=True)


def _is_mine(entry: os.DirEntry[str]) -> bool:
    return sys.platform == "win32" or entry.stat(follow_symlinks=False).st_uid == os.geteuid()


def _made(root: Path) -> tuple[Path, int | None]:
    """Make a folder and hold it; no number on a disk without locks, where nobody can take it for left either."""
    while True:
        path = root / f"voiceguide-{secrets.token_hex(8)}"
        owned.own(path)
        try:
            path.mkdir(mode=0o700)
        except OSError:
            owned.disown(path)
            raise
        try:
            number = held_folder(path, follow=False)
        except (BlockingIOError, FileExistsError, FileNotFoundError):
            continue  # somebody looks whether it was left, and takes it away
        except OSError:
            return path, None
        if is_still(number, path):
            return path, number
        os.close(number)
