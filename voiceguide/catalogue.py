"""The catalogue: which routines there are, bundled and in the user's folders, and where each one's file is."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.assets import routines_folder
from voiceguide.errors import RoutineError, UsageError, VoiceguideError, did_you_mean
from voiceguide.routine.model import LENGTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.routine.model import Routine, Text

SUFFIXES = (".yaml", ".yml")
TOLD = ("name", "title", "summary", "audience", "position", "tags", "languages", "lengths")
"""What `list --json` tells of a routine, in its order; the index knows its `positions` besides, to be searched by."""
POSITIONS = ("lying", "seated")
"""How a receiver can be, where a setup's name or the position says it."""
INDEX = "index.json"
"""Beside the bundled routines: their entries, so that `list` reads no routine."""
VARIABLE = "VOICEGUIDE_ROUTINES"
"""Names the user's folders, separated as in PATH."""


def folders(asked: Iterable[str | Path] = ()) -> tuple[Path, ...]:
    """Return the user's folders: those asked for, then those the environment names. Raises UsageError."""
    named = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    found = (*(Path(folder) for folder in asked), *named)
    for folder in found:
        if not folder.is_dir():
            raise UsageError(f"{folder}: expected a folder of routines, there is none")
    return found


def files(own: Iterable[Path] = ()) -> dict[str, Path]:
    """Return every routine's file by its name; a user's own comes before a bundled one of the same name."""
    found: dict[str, Path] = {}
    for folder in (*own, routines_folder()):
        for path in _routines(folder):
            found.setdefault(path.stem, path)
    return found


def _routines(folder: Path) -> list[Path]:
    """Return a folder's routines, sorted. Raises UsageError for a folder that cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    except OSError as error:
        raise UsageError(f"{folder}: expected a folder of routines that can be read, got: {error.strerror}") from error


def find(routine: str | Path, own: Iterable[Path] = ()) -> Path:
    """Return the file of a routine, given by its name or its path. Raises UsageError."""
    text = str(routine)
    path = Path(routine)
    looks_like_path = isinstance(routine, Path) or path.suffix in SUFFIXES or os.sep in text or "/" in text
    if looks_like_path:
        if path.is_dir():
            raise UsageError(f"{text}: expected a routine's file, this is a folder")
        if path.exists():
            return path
        beside = [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        beside += [*files(own)] if path.parent == Path() else []
        raise UsageError(f"{text}: there is no such file.{did_you_mean(path.name, beside)}")
    known = files(own)
    if text in known:
        return known[text]
    if path.is_file():
        return path
    raise UsageError(
        f'expected a routine\'s name or its file, got "{text}".{did_you_mean(text, known)} '
        f"There is {', '.join(known)}; `voiceguide list` tells about each"
    )


def entry(routine: Routine) -> dict[str, Any]:
    """Return what the index knows of a routine, TOLD and its positions; lengths not asked for exactly are estimated."""
    from voiceguide.routine.reading import languages
    from voiceguide.session import planned

    def said(text: Text | None) -> str:
        return (text.get(routine.language) or "") if text else ""

    return {
        "name": routine.name,
        "title": said(routine.title),
        "summary": said(routine.summary),
        "audience": routine.audience,
        "position": said(routine.position),
        "positions": list(_positions(routine.language, (*routine.setups, said(routine.position)))),
        "tags": list(routine.tags),
        "languages": list(languages(routine)),
        "lengths": {length: round(routine.total(length) or planned(routine, length), 1) for length in LENGTHS},
    }


def _positions(language: str, told: Iterable[str]) -> tuple[str, ...]:
    """The POSITIONS that any of some texts tells of, in a language's words."""
    from voiceguide import phrases

    book = phrases.load(language)
    where = "\n".join(told).casefold()
    said = zip(POSITIONS, (book.lying_words(), book.seated_words()), strict=True)
    return tuple(position for position, words in said if any(word in where for word in words))


def listed(own: Iterable[Path] = ()) -> tuple[list[dict[str, Any]], list[str]]:
    """Return every routine's entry, by name, and a message for each file of the user's that cannot be read.

    The bundled ones come from an index that `scripts/make_index.py` writes; the user's are read once, and again when
    their size or time changes.
    """
    entries = {known["name"]: known for known in json.loads((routines_folder() / INDEX).read_text(encoding="utf-8"))}
    broken: list[str] = []
    seen = _Seen()
    for folder in reversed(tuple(own)):
        for path in _routines(folder):
            try:
                found = seen.entry(path)
            except RoutineError as error:
                count = len(error.faults)
                broken.append(f"{path}: left out, {count} fault{'s' * (count != 1)}: run `voiceguide check {path}`")
            except VoiceguideError as error:
                broken.append(f"{path}: left out: {error}")
            else:
                entries[found["name"]] = found
    seen.keep()
    return sorted(entries.values(), key=lambda known: str(known["name"])), broken


_FORMAT = 2
"""Of the kept entries; raise it when `entry` changes."""


class _Seen:
    """Entries of the user's routines, kept by path, time and size."""

    def __init__(self) -> None:
        from voiceguide.cache import default_folder

        self._file = default_folder() / "routines.json"
        self._changed = False
        self._known: dict[str, Any] = {}
        with suppress(OSError, ValueError):  # nothing kept, or not readable: everything is read anew
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self._known = kept if isinstance(kept, dict) else {}

    def entry(self, path: Path) -> dict[str, Any]:
        stat = path.stat()
        key, stamp = str(path.resolve()), [stat.st_mtime_ns, stat.st_size, _FORMAT]
        kept = self._known.get(key)
        if not isinstance(kept, dict) or kept.get("stamp") != stamp:
            from voiceguide.routine.reading import read

            kept = {"stamp": stamp, "entry": entry(read(path))}
            self._known[key] = kept
            self._changed = True
        found: dict[str, Any] = kept["entry"]
        return found

    def keep(self) -> None:
        """Write what was read anew; a folder that cannot be written only means reading again next time."""
        from voiceguide.files import whole

        if not self._changed:
            return
        with suppress(OSError, VoiceguideError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with whole(self._file, overwrite=True) as file:
                file.write(json.dumps(self._known, ensure_ascii=False).encode())
