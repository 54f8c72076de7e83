"""Files that are either whole or absent: what is written stands under another name until it is complete.

A link is followed where somebody named the file. A name that the program makes up is never written through a link:
whoever may put one in a folder does not choose what is replaced elsewhere.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import time
import unicodedata
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.errors import Failed, UsageError, option
from voiceguide.store import owned, paths
from voiceguide.store.locks import born_held, removed_unless_held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

NAME_BYTES = 255
"""The longest name that common disks hold."""

_TOKEN_BYTES = 4
_SUFFIX = ".voiceguide"
_PART = re.compile(r"\..*\.[0-9a-f]{8}\.voiceguide", re.DOTALL)
_UNNAMED_SECONDS = 60.0
"""On Windows a part is closed, and so not held, for the instant before it gets its name."""
_ON_WINDOWS = os.name == "nt"
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
_REASONS = {
    errno.ENOSPC: "the disk is full: free some space or {elsewhere}",
    errno.EDQUOT: "your share of the disk is used up: free some space or {elsewhere}",
    errno.EFBIG: "the file grows larger than is allowed here: {elsewhere} on another disk, or a smaller format",
    errno.EROFS: "the disk can only be read: {elsewhere}",
    errno.EACCES: "that is not permitted: {elsewhere}, or close the program that has the file open",
    errno.EPERM: "that is not permitted: {elsewhere}",
    errno.ENOENT: "its folder is gone: make it again or {elsewhere}",
    errno.ENOTDIR: "its folder is not a folder: {elsewhere}",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.ELOOP: "its links lead in a circle: {elsewhere}",
}


def check_target(path: Path, *, overwrite: bool, named: str | None = "path", follow: bool = True) -> None:
    """Find what is wrong with a file to be written before any work is done; touches nothing.

    Raises UsageError for a name that not every system can hold, a folder that is missing or closed, a folder or device
    in the file's place, a link unless `follow`, and a file that exists unless `overwrite`. `named` is the argument that
    names the file, for what a message says to do; None where none does.
    """
    if fault := paths.fault(path):
        raise UsageError(f"cannot write {path}: {fault}")
    check_name(path, named)
    try:
        _check_folder(path if follow else path.parent / "file", path, named)
        if not os.path.lexists(path):
            return
        if not follow and path.is_symlink():
            raise UsageError(
                f"{path} is a link, and only a file that you name yourself is written through one: move the link away"
            )
        if path.is_dir():
            instead = f"name a file in it{_by(named)}" if named else "move it away"
            raise UsageError(f"{path} is a folder: {instead}")
        if path.exists() and not path.is_file():
            instead = f"choose another name{_by(named)}" if named else "move it away"
            raise UsageError(f"{path} is a device, not a file: {instead}")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {_reason(error, named)}") from error
    if not overwrite:
        raise _exists(path, named)


@contextmanager
def whole(
    path: Path, *, overwrite: bool, named: str | None = "path", follow: bool = True, empty: bool = False
) -> Iterator[BinaryIO]:
    """Give a file to write and read in, which becomes `path` when the block ends, and nothing when it raises.

    The bytes are on the disk, and all there, before the name is given. Without `overwrite` a file that appeared
    meanwhile stays as it is; one that is replaced hands on its mode, and its owner and group where that is permitted.
    A link is followed if `follow`; without it, one that appears meanwhile is replaced, not what it leads to. It may
    be `empty`, else nothing written is a fault. Raises UsageError as `check_target` does, and Failed for a full disk
    and whatever else keeps the bytes from being written; both name `path` and say what to do.
    """
    check_target(path, overwrite=overwrite, named=named, follow=follow)
    target = Path(os.path.realpath(path)) if follow else Path(os.path.realpath(path.parent)) / path.name
    remove_left(target.parent)
    part = _open_part(target, path, named)
    # What goes wrong in writing leaves `part` as Failed, so that the block's own errors pass as they are.
    file = io.BufferedRandom(part)
    try:
        yield file
        file.flush()
        part.settle(empty=empty)
        if _ON_WINDOWS:
            file.close()
        _give_name(part, target, overwrite=overwrite)
        owned.wrote()
    except BaseException:
        part.give_up()
        raise
    finally:
        if not _ON_WINDOWS:  # while it is held: nobody else removes it, and nothing is left if closing never ends
            _remove(part.path)
        with suppress(OSError):
            file.close()
        if _ON_WINDOWS:
            _remove(part.path)
        owned.disown(part.path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


class _Part(io.FileIO):
    """The file under its other name, which turns every fault of writing into a Failed that names the true one."""

    def __init__(self, number: int, path: Path, shown: Path, named: str | None) -> None:
        super().__init__(number, "r+")
        self.path = path
        self.shown = shown
        self.named = named
        self._end = 0
        self._given_up = False

    def write(self, data: ReadableBuffer, /) -> int:
        if self._given_up:
            return memoryview(data).nbytes
        try:
            written = os.write(self.fileno(), data)
            self._end = max(self._end, self.tell())
        except OSError as error:
            raise failed(self.shown, self.named, error) from error
        return written

    def truncate(self, size: int | None = None, /) -> int:
        try:
            self._end = super().truncate(size)
        except OSError as error:
            raise failed(self.shown, self.named, error) from error
        return self._end

    def give_up(self) -> None:
        """Let go whatever is still buffered, so that closing cannot fail and hide why."""
        self._given_up = True

    def settle(self, *, empty: bool) -> None:
        """Put the bytes on the disk and count them: some disks report only now that they were full, or never."""
        try:
            os.fsync(self.fileno())
            there = os.fstat(self.fileno()).st_size
        except OSError as error:
            raise failed(self.shown, self.named, error) from error
        if there != self._end or not (there or empty):
            raise Failed(
                f"cannot write {self.shown}: {there} of {self._end} bytes reached the disk; "
                "check that it is not full, then try again"
            )


def _open_part(target: Path, shown: Path, named: str | None) -> _Part:
    def name() -> Path:
        return target.with_name(f"{_prefix(target.name)}{secrets.token_hex(_TOKEN_BYTES)}{_SUFFIX}")

    try:
        old = None if _ON_WINDOWS or not target.exists() else target.stat(follow_symlinks=False)
        number, path = born_held(name, 0o666 if old is None else 0o600)
    except OSError as error:
        raise failed(shown, named, error) from error
    part = _Part(number, path, shown, named)
    if old is not None:
        _hand_on(old, number)
    return part


def _hand_on(old: os.stat_result, number: int) -> None:
    """Give a file the owner, group and mode of the one it is to replace, as far as that is permitted.

    Where the group cannot be had, the file's own gets what others may do, and no more than that.
    """
    mode = old.st_mode & 0o777
    new = os.fstat(number)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(number, old.st_uid, old.st_gid)
        except OSError:
            try:
                os.fchown(number, -1, old.st_gid)
            except OSError:
                mode = mode & 0o707 | (mode & 0o007) << 3
    with suppress(OSError):  # a disk without modes
        os.fchmod(number, mode)


def _prefix(name: str) -> str:
    """Return what the names of all parts of a file begin with: hidden, its name, and short enough for the rest."""
    room = NAME_BYTES - len("..") - 2 * _TOKEN_BYTES - len(_SUFFIX)
    return f".{os.fsencode(name)[:room].decode('utf-8', 'ignore')}."


def remove_left(folder: Path) -> None:
    """Remove the parts that killed processes left in a folder; what somebody writes, or cannot be removed, stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                with suppress(OSError):
                    if not _ON_WINDOWS or time.time() - entry.stat().st_mtime > _UNNAMED_SECONDS:
                        removed_unless_held(Path(entry.path))


def _give_name(part: _Part, target: Path, *, overwrite: bool) -> None:
    try:
        if overwrite:
            part.path.replace(target)
        elif _ON_WINDOWS:
            part.path.rename(target)  # there it never replaces
        else:
            _link(part.path, target)
    except FileExistsError as error:
        raise _exists(part.shown, part.named) from error
    except OSError as error:
        raise failed(part.shown, part.named, error) from error


def _link(part: Path, target: Path) -> None:
    """Name a file, atomically and never in another's place (a rename would replace it)."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # FAT and some network disks have no links. There an empty file holds the name for the instant of the rename.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        try:
            part.replace(target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def check_name(path: Path, named: str | None) -> None:
    """Raise UsageError for a name that not every system can hold, as `check_target` does."""
    if path.name in {"", ".", ".."}:
        raise UsageError(f"{path} is a folder: name a file in it{_by(named)}")
    if fault := name_fault(path.name, windows=_ON_WINDOWS):
        shown = path.name.replace("\n", "\\n")  # a message is one line; other signs are the printer's to show
        raise UsageError(f'cannot name a file "{shown}": {fault}')


def named(first: str, *words: str, suffix: str) -> str:
    """Return a file's name of some words: `upper-back-15m.mp3`.

    What cannot stand in a name everywhere becomes a hyphen, in all but the first, and accents stand together with their
    letters: some systems hand a name over with them apart.
    """
    slugs = [slug for word in words if (slug := re.sub(r"[^\w.]+", "-", word).strip("-."))]
    return unicodedata.normalize("NFC", "-".join((first, *slugs)) + suffix)


def name_fault(name: str, *, windows: bool) -> str | None:
    """Say what keeps a name from being a file's, and what to do; None when nothing does.

    Names are kept such that the file can be copied to another system; what only Windows' own disks refuse (`?`, `:`,
    a dot at the end) is refused with `windows`.
    """
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        return "it has a sign that cannot be seen in it; leave that out"
    composed = unicodedata.normalize("NFC", name)
    if composed != name:
        return f'its letters and their accents are apart; type it anew as "{composed}"'
    if _DEVICES.fullmatch(name):
        return "Windows keeps that word for a device; add a word to it"
    if windows and (found := re.search(r'[<>:"|?*]', name)):
        return f"{found[0]} cannot stand in a name on Windows; leave it out"
    if windows and name[-1] in ". ":
        return "it ends with a dot or a space; leave that out"
    size = len(os.fsencode(name))
    if size > NAME_BYTES:
        return f"it is {size} bytes long and a name has {NAME_BYTES} at most; shorten it"
    return None


def _check_folder(file: Path, path: Path, named: str | None) -> None:
    folder = Path(os.path.realpath(file)).parent
    if not folder.exists():
        raise UsageError(f"cannot write {path}: there is no folder {folder}; make it, or {_elsewhere(named)}")
    if not folder.is_dir():
        raise UsageError(f"cannot write {path}: {folder} is a file, not a folder; {_elsewhere(named)}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"cannot write {path}: nothing may be written in {folder}; {_elsewhere(named)}")


def _by(named: str | None) -> str:
    return f" with {option(named)}" if named else ""


def _elsewhere(named: str | None) -> str:
    return f"choose another folder{_by(named)}"


def _exists(path: Path, named: str | None) -> UsageError:
    other = f"choose another {option(named)}" if named else "move it away"
    return UsageError(f"{path} exists: add {option('overwrite')} or {other}", field=named, got=path)


def failed(path: Path, named: str | None, error: OSError) -> Failed:
    """Return what to raise for a file that cannot be written; `named` as `check_target` has it."""
    return Failed(f"cannot write {path}: {_reason(error, named)}")


def _reason(error: OSError, named: str | None) -> str:
    known = _REASONS.get(error.errno or 0, f"{error.strerror or error}; {{elsewhere}}")
    return known.replace("{elsewhere}", _elsewhere(named))
