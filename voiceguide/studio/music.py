"""Own music: folders of pieces, each decoded once when it comes, as any bed is."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError, option
from voiceguide.sound import bed as beds
from voiceguide.sound.decoding import opened
from voiceguide.store import paths
from voiceguide.store.cache import Cache, default_folder
from voiceguide.store.files import failed, name_fault, remove_left, whole
from voiceguide.studio.answers import NotHere

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "music"
LONGEST_NAME = 80
"""Signs."""
_COPIED = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of music."""

    file: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Own:
    """Music under one name: pieces that follow each other."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def bed(self) -> str:
        """As a request chooses it."""
        return f"music/{self.name}"

    @property
    def bytes(self) -> int:
        """Of all its pieces."""
        return sum(piece.bytes for piece in self.pieces)


class Music:
    """The folder of somebody's own music. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Find it, and take away what was not whole when the program was killed."""
        self.folder = folder / FOLDER
        self._lock = RLock()
        for each in self._folders():
            remove_left(each)

    def all(self) -> tuple[Own, ...]:
        """Return all there is, by name."""
        return tuple(own for own in map(_own, self._folders()) if own.pieces)

    def _folders(self) -> list[Path]:
        with suppress(OSError):
            return sorted(path for path in self.folder.iterdir() if paths.is_folder(path) and path.name[0] != ".")
        return []

    def of(self, name: str) -> Own:
        """Return the music of a name. Raises NotHere."""
        for own in self.all():
            if own.name == name:
                return own
        missing = NotHere(f'{option("bed")}: there is no music "{name[:LONGEST_NAME]}"', field="bed", got=name)
        raise missing.said("no_music", name=name[:LONGEST_NAME])

    def folder_of(self, name: str) -> Path:
        """Return the folder of the music of a name. Raises NotHere."""
        return self.folder / self.of(name).name

    def stamp(self, folder: str) -> str:
        """Return what changes when music does."""
        told = []
        for path in beds.playlist(self.folder / folder):
            with suppress(OSError):
                stat = path.stat()
                told.append((path.name, stat.st_size, stat.st_mtime_ns))
        return repr(told)

    def add(self, name: str, file: str, came: Path) -> Own:
        """Take a file that came, once it is found to be music, and return all of that name.

        Raises UsageError for what is none, and for names that cannot be one's, and Failed for a full disk.
        """
        _check(name)
        _check(file)
        suffix = "." + file.rpartition(".")[2].lower()
        if suffix not in beds.SUFFIXES:
            raise _no_music(f"{file}: expected music ({', '.join(beds.SUFFIXES)})", file)
        known = came.with_name(f"music{suffix}")
        came.replace(known)
        with Cache(default_folder(), warn=lambda _: None) as cache:
            try:
                beds.load(known, cache)
            except MissingError:
                raise
            except Failed as error:
                raise _no_music(error.text.replace(str(known), file), file) from None
        with self._lock:
            folder = self.folder / name
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise failed(folder, None, error) from error
            if len(beds.playlist(folder) if _own(folder).pieces else ()) >= beds.MOST_PIECES:
                most = beds.MOST_PIECES
                many = UsageError(f"{option('bed')}: expected at most {most} files of one name", field="bed")
                raise many.said("music_many", count=most)
            with known.open("rb") as read, whole(folder / file, overwrite=True, named=None, follow=False) as written:
                shutil.copyfileobj(read, written, _COPIED)
            return self.of(name)

    def remove(self, name: str, file: str | None = None) -> None:
        """Remove the music of a name, or a piece of it. Raises NotHere, and Failed."""
        with self._lock:
            own = self.of(name)
            gone = [piece.file for piece in own.pieces if file in (None, piece.file)]
            if not gone:
                raise NotHere(f'{option("bed")}: there is no "{(file or "")[:LONGEST_NAME]}" in {own.name}')
            for each in gone:
                path = self.folder / own.name / each
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise Failed(f"{path} cannot be removed: {error.strerror or error}") from error
            with suppress(OSError):  # other things are in it
                (self.folder / own.name).rmdir()


def _own(folder: Path) -> Own:
    try:
        found = beds.playlist(folder)
    except UsageError:
        return Own(folder.name, ())
    pieces = []
    for path in found:
        with suppress(OSError):
            pieces.append(Piece(path.name, path.stat().st_size))
    return Own(folder.name, tuple(pieces))


def _check(name: str) -> None:
    """Raise UsageError for a name that is no plain one."""
    fault = name_fault(name, windows=True) if name else "it is empty"
    if not fault and (name[0] in ". " or any(sign in name for sign in "/\\") or name != name.strip()):
        fault = "it begins with a dot, or has a slash in it"
    if not fault and len(name) > LONGEST_NAME:
        fault = f"it has more than {LONGEST_NAME} signs; shorten it"
    if fault:
        raise UsageError(f'{option("bed")}: cannot name music "{name[:LONGEST_NAME]}": {fault}', field="bed")


def _no_music(message: str, file: str) -> UsageError:
    error = UsageError(f"{option('bed')}: {message}", field="bed")
    return error.said("music", file=file, types=", ".join(beds.SUFFIXES))


def seconds(path: Path) -> float:
    """Return how long a piece is, as its header says; 0 where it cannot be read any more."""
    with suppress(VoiceguideError), opened(path) as sound:
        return sound.frames / sound.rate
    return 0.0
