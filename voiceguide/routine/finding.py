"""Finding: where each routine's file is, bundled and in the user's folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.durations import LENGTHS
from voiceguide.errors import UsageError, did_you_mean
from voiceguide.store import documents, paths
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.routine.model import Routine
    from voiceguide.store.documents import Value

SUFFIXES = (".yaml", ".yml")
JOIN = "+"
"""Stands between routines that are joined into one session."""
INDEX = "index.json"
"""Beside the bundled routines: what there is to know of each, so that none need be read to be listed."""
SAID = ("title", "summary", "position")
"""What an index tells of a routine in each of its languages."""
VARIABLE = "VOICEGUIDE_ROUTINES"
"""Names the user's folders, separated as in PATH."""


def folders(asked: Iterable[str | Path] = ()) -> tuple[Path, ...]:
    """Return the user's folders: those asked for, then those the environment names. Raises UsageError."""
    named = [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    found = (*(Path(folder) for folder in asked), *named)
    for folder in found:
        if not paths.is_folder(folder):
            raise UsageError(f"{folder}: expected a folder of routines, there is none")
    return found


def files(own: Iterable[Path] = ()) -> dict[str, Path]:
    """Return every routine's file by its name; a user's own comes before a bundled one of the same name."""
    found: dict[str, Path] = {}
    for folder in (*own, routines_folder()):
        for path in routines(folder):
            found.setdefault(path.stem, path)
    return found


def index() -> tuple[dict[str, Any], ...]:
    """Return what is known of the bundled routines, by name; `catalogue` says what that is. Raises VoiceguideError."""
    document = documents.read(
        routines_folder() / INDEX, what="the index of the bundled routines", remedy="Install voiceguide again."
    )
    return tuple(told(entry) for entry in document.items())


def told(entry: Value) -> dict[str, Any]:
    """Return what `catalogue.entry` told of a routine, read back. Raises UsageError for anything else."""
    texts = {name: entry.key(name).text() for name in ("name", "title", "summary", "audience", "position")}
    lists = {
        name: [each.text() for each in entry.key(name).items()]
        for name in ("positions", "tags", "languages", "drawings")
    }
    seconds = {
        name: {length: entry.key(name).key(length).seconds() for length in LENGTHS} for name in ("lengths", "hands_on")
    }
    said = entry.key("said")
    worded = {tag: {name: said.key(tag).key(name).text() for name in SAID} for tag in said.keys()}  # noqa: SIM118 (no mapping)
    return texts | lists | seconds | {"said": worded}


def companion(routine: Routine) -> str | None:
    """Return a bundled routine that can be joined to one, of those that share its people and its language.

    The one with the most tags in common comes first, then the shortest; None where there is none.
    """
    playing = routine.name.split(JOIN)
    fitting = [
        known
        for known in index()
        if known["name"] not in playing
        and known["audience"] == routine.audience
        and routine.language in known["languages"]
        and any(known["hands_on"].values())
    ]
    near = {
        known["name"]: (len({*routine.tags} & {*known["tags"]}), -known["lengths"]["short"])  # tags, then seconds
        for known in fitting
    }
    return max(near, key=near.__getitem__, default=None)


def routines(folder: Path) -> list[Path]:
    """Return a folder's routines, sorted. Raises UsageError for a folder that cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and paths.is_file(path))
    except OSError as error:
        raise UsageError(f"{folder}: expected a folder of routines that can be read, got: {error.strerror}") from error


def find_all(routine: str | Path, own: Iterable[Path] = (), *, beside: Path | None = None) -> tuple[Path, ...]:
    """Return the file of a routine, or of each of several with `+` between them: `upper-back+feet`, `a.yaml+b.yaml`.

    A name or a file that has a `+` itself and is there is that one. Paths start at the folder `beside`, here unless
    given. Raises UsageError.
    """
    own = tuple(own)
    words = str(routine).split(JOIN)
    if len(words) == 1 or _is_there(routine, own, beside):
        return (find(_from(beside, routine), own),)
    found: list[Path] = []
    while words:
        if not words[0].strip():
            raise UsageError(f'expected a routine before and after each "{JOIN}", got "{routine}"')
        # As much as is there: a folder's name may have the sign too.
        counts = range(len(words), 0, -1)
        count = next((count for count in counts if _is_there(JOIN.join(words[:count]).strip(), own, beside)), 1)
        found.append(find(_from(beside, JOIN.join(words[:count]).strip()), own))
        del words[:count]
    return tuple(found)


def _is_there(routine: str | Path, own: tuple[Path, ...], beside: Path | None) -> bool:
    """Whether there is a routine of a name, or a file."""
    try:
        find(_from(beside, routine), own)
    except UsageError:
        return False
    return True


def _from(folder: Path | None, routine: str | Path) -> str | Path:
    """Return a routine as it is found from a folder: its name, or its path."""
    return folder / routine if folder is not None and _looks_like_path(routine) else routine


def _looks_like_path(routine: str | Path) -> bool:
    text = str(routine)
    return isinstance(routine, Path) or Path(text).suffix in SUFFIXES or os.sep in text or "/" in text


def named(name: str, own: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the files of the routines that a session's name names, () where one is not there; a path names none."""
    return among(name, files(own))


def among(name: str, known: Mapping[str, Path]) -> tuple[Path, ...]:
    """Return those of some files that a session's name names, () where one is not there."""
    if name in known:
        return (known[name],)
    parts = name.split(JOIN)
    return tuple(known[part] for part in parts) if all(part in known for part in parts) else ()


def find(routine: str | Path, own: Iterable[Path] = ()) -> Path:
    """Return the file of a routine, given by its name or its path. Raises UsageError."""
    text = str(routine)
    path = Path(routine)
    if _looks_like_path(routine):
        if paths.is_folder(path):
            raise UsageError(f"{text}: expected a routine's file, this is a folder")
        if paths.is_there(path):
            return path
        beside = [p.name for p in path.parent.glob("*.y*ml")] if paths.is_folder(path.parent) else []
        beside += [*files(own)] if path.parent == Path() else []
        raise UsageError(f"{text}: there is no such file.{did_you_mean(path.name, beside)}")
    known = files(own)
    if text in known:
        return known[text]
    if paths.is_file(path):
        return path
    raise UsageError(
        f'expected a routine\'s name or its file, got "{text}".{did_you_mean(text, known)} '
        f"There is {', '.join(known)}; `voiceguide list` tells about each"
    )
