"""A recorded voice as it lies on the disk: a folder with a file a line, and the index that says which line is which.

The index is what counts: a line is there once it says so, and a file that it does not name is left from a write that
ended early. Every file is named by the digest of its bytes, so that what was changed by somebody else is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, UsageError, option
from voiceguide.store import documents, downloads, paths, regular
from voiceguide.store.files import name_fault, whole
from voiceguide.store.locks import in_turn
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_LINES = 100_000
"""A voice that has more is none."""
MOST_BYTES = 64 << 20
"""Of a line's file: several minutes of FLAC."""

_INDEX = "index.json"
_SCHEMA = 1
_NAME = re.compile(r"\w[\w-]{0,59}")
_FILE = re.compile(r"[0-9a-f]{64}\.flac")
_REMEDY = "Import its recordings again, or remove the voice."


@dataclass(frozen=True, slots=True)
class Line:
    """One recorded sentence."""

    language: str
    """BCP 47, of the session that it was read for."""
    text: str
    """As it is spoken: a sentence's normalised text."""
    seconds: float
    """From its first sound to its last, as a session cuts it."""
    file: str
    """Its name in the folder."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it this line: the same words are read otherwise in another language."""
        return key(self.language, self.text)


def key(language: str, text: str) -> tuple[str, str]:
    """Return what a recorded line is found by."""
    return primary(language), text


def folder() -> Path:
    """Return the folder of all recorded voices; it need not be there. Raises UsageError."""
    return downloads.folder() / "own"


def check_name(name: str) -> str:
    """Return a name that a recorded voice can have. Raises UsageError, which names the argument `name`."""
    slug = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", name).casefold()).strip("-_")[:60]
    if not _NAME.fullmatch(name) or name != name.casefold() or name_fault(name, windows=True):
        near = f' Did you mean "{slug}"?' if _NAME.fullmatch(slug) and not name_fault(slug, windows=True) else ""
        raise UsageError(
            f'{option("name")}: expected a name of small letters, digits and hyphens, as "anna", got "{name}".{near}',
            got=name,
        )
    return name


def names() -> tuple[str, ...]:
    """Return the names of the voices there are, sorted."""
    try:
        with os.scandir(folder()) as entries:
            found = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    except OSError:
        return ()
    return tuple(sorted(name for name in found if paths.is_file(folder() / name / _INDEX)))


def lines(name: str) -> tuple[Line, ...]:
    """Return a voice's lines, in the order in which they were first read.

    Raises UsageError for an index that is damaged, and Failed for one that cannot be read.
    """
    read = documents.read(folder() / name / _INDEX, what="the index of a recorded voice", remedy=_REMEDY)
    if read.key("schema").value != _SCHEMA:
        read.key("schema").refuse(f"{_SCHEMA}")
    found = tuple(_line(value) for value in read.key("lines").items(MOST_LINES))
    if not found:
        read.key("lines").refuse("a line at least")
    return found


def count(name: str) -> int:
    """Return how many recordings lie in a voice's folder, whatever state it is in."""
    try:
        return sum(bool(_FILE.fullmatch(path.name)) for path in (folder() / name).iterdir())
    except OSError:
        return 0


def _line(value: documents.Value) -> Line:
    file, language, text = (value.key(name).text() for name in ("file", "language", "text"))
    if not _FILE.fullmatch(file):
        value.key("file").refuse("the name of a line's file")
    if not language.isprintable() or not primary(language):
        value.key("language").refuse("a language's tag")
    seconds = value.key("seconds").seconds()
    if not seconds:
        value.key("seconds").refuse("more than 0 s")
    return Line(language, text, seconds, file)


def read(name: str, line: Line) -> bytes:
    """Return the bytes of a line's file. Raises Failed for one that is gone, or is another's."""
    path = folder() / name / line.file
    try:
        with os.fdopen(regular.opened(path), "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Failed(f"{path}: the recording cannot be read ({error.strerror or error}). {_REMEDY}") from error
    if _named(data) != line.file:
        raise Failed(f"{path}: the recording is damaged, or was changed. {_REMEDY}")
    return data


@dataclass(frozen=True, slots=True)
class Reading:
    """A line that was just read."""

    language: str
    text: str
    seconds: float
    flac: bytes


def add(name: str, readings: Iterable[Reading]) -> None:
    """Put lines into a voice, new ones and in place of those that it has; all of them, or none.

    Raises Failed where they cannot be written, and UsageError for an index that is damaged.
    """
    place = folder() / name
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"{place}: the folder cannot be made ({error.strerror or error})") from error
    with in_turn(place, alone=True):
        kept = {line.key: line for line in (lines(name) if paths.is_file(place / _INDEX) else ())}
        try:
            for reading in readings:
                file = _named(reading.flac)
                with whole(place / file, overwrite=True, named=None, follow=False) as written:
                    written.write(reading.flac)
                line = Line(reading.language, reading.text, reading.seconds, file)
                kept[line.key] = line
            _write(place, kept)
        finally:
            _sweep(place)


def _write(place: Path, kept: Mapping[tuple[str, str], Line]) -> None:
    rows = [
        {"language": line.language, "text": line.text, "seconds": round(line.seconds, 6), "file": line.file}
        for line in kept.values()
    ]
    document = json.dumps({"schema": _SCHEMA, "lines": rows}, ensure_ascii=False, indent=1)
    with whole(place / _INDEX, overwrite=True, named=None, follow=False) as written:
        written.write(f"{document}\n".encode())


def remove(name: str) -> tuple[str, ...]:
    """Remove a voice, whatever state it is in, and return its folder; nothing where there is none. Raises Failed."""
    place = folder() / name
    if not paths.is_file(place / _INDEX):
        return ()
    try:
        (place / _INDEX).unlink()
    except OSError as error:
        raise Failed(f"{place}: the voice cannot be removed ({error.strerror or error})") from error
    _sweep(place)
    return (str(place),)


def _sweep(place: Path) -> None:
    """Remove the files of lines that the index does not name, and the folder when nothing is left in it."""
    with suppress(OSError, Failed, UsageError):
        used = {line.file for line in lines(place.name)} if paths.is_file(place / _INDEX) else set()
        with os.scandir(place) as entries:
            left = [entry.path for entry in entries if _FILE.fullmatch(entry.name) and entry.name not in used]
        for path in left:
            Path(path).unlink()
        if not used:
            (place / "lock").unlink(missing_ok=True)
            place.rmdir()


def _named(flac: bytes) -> str:
    return f"{hashlib.sha256(flac).hexdigest()}.flac"
