"""Routine files → routines: every fault at once, each with its place, or the frozen routine.

The way of a file: bytes → text (`source`) → tree (`yaml`, `syntax`) → types and keys (`schema`, `scalars`,
`wording`) and the rules across fields (`walk`, `rules`, `texts`, `sounds`) → routine (`building`). Pydantic and ruamel
are imported where a file is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import Fault, RoutineError, UsageError, counted, option
from voiceguide.routine.languages import gaps, languages, mentioned, partial, untranslated
from voiceguide.routine.model import Routine
from voiceguide.routine.source import MOST_BYTES, Source, decode, load
from voiceguide.text.languages import primary
from voiceguide.text.lines import encodable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, BinaryIO, TextIO

    from voiceguide.routine.yaml import Document

__all__ = ["examine", "from_dict", "from_stream", "languages", "partial", "read", "untranslated"]


def read(path: Path, *, name: str | None = None) -> Routine:
    """Return the routine of a file; `name` is the file's stem unless given.

    Raises RoutineError with every fault, UsageError where there is no file, Failed where it cannot be read.
    """
    return _whole(load(path), name or encodable(path.stem, "utf-8"), path.parent)


def of_bytes(data: bytes, *, name: str, folder: Path, file: str) -> Routine:
    """Return the routine of a file's bytes, of which messages speak as `file`; `folder` is where its own sounds are.

    Raises RoutineError with every fault.
    """
    return _whole(decode(data, file), name, folder)


def from_dict(document: Mapping[str, Any], *, name: str = "routine", folder: str | Path | None = None) -> Routine:
    """Return the routine of a mapping with the keys of a file; `folder` is where its own sounds are, here unless given.

    Raises RoutineError with every fault, each with its path, and UsageError for what no file could say.
    """
    try:
        text = json.dumps(document, ensure_ascii=False, indent=1)  # which is YAML too
    except (TypeError, ValueError, RecursionError) as error:
        message = f"expected texts, numbers, true, false, lists and mappings, got something else: {error}"
        raise UsageError(f"{option('document')}: {message}") from None
    if not isinstance(name, str):
        raise UsageError(f"{option('name')}: expected a text, got {name!r}", got=name)
    if not isinstance(folder, str | Path | None):
        raise UsageError(f"{option('folder')}: expected a folder's path, got {folder!r}", got=folder)
    return _whole(decode(text.encode("utf-8", "surrogatepass"), f"<{name}>"), name, Path(folder or ""))


def from_stream(stream: TextIO | BinaryIO, *, name: str | None = None) -> Routine:
    """Return the routine of an open file's text; its name is the file's own, if it has one, unless given.

    Raises RoutineError with every fault, and UsageError for one that cannot be read, or holds no text.
    """
    expected = f"{option('path')}: expected an open file with a routine's text"
    try:
        data = stream.read(MOST_BYTES + 1)
    except (OSError, TypeError, ValueError) as error:  # closed, only to be written, in another encoding, no stream
        raise UsageError(f"{expected}, got: {error}", got=stream) from error
    if not isinstance(data, str | bytes):
        raise UsageError(f"{expected}, got {type(data).__name__}", got=stream)
    own = getattr(stream, "name", None)
    path = Path(own) if isinstance(own, str) else Path("routine")
    source = decode(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data, str(path))
    return _whole(source, name or encodable(path.stem, "utf-8"), path.parent)


def _whole(source: Source, name: str, folder: Path) -> Routine:
    routine, found, _ = _judged(source, name, folder)
    if routine is None:
        raise RoutineError(fault for fault in found if fault.level == "fault")
    return routine


Routine.from_dict = from_dict


def examine(path: Path, *, name: str | None = None) -> tuple[Routine | None, tuple[Fault, ...]]:
    """Return the routine of a file (None with faults in it), and its faults and warnings in the file's order.

    Raises UsageError where there is no file, Failed where it cannot be read.
    """
    routine, faults, _ = opened(path, name=name)
    return routine, faults


def opened(path: Path, *, name: str | None = None) -> tuple[Routine | None, tuple[Fault, ...], Document | None]:
    """Return what `examine` does, and the file's tree; None where not even its text can be read."""
    try:
        source = load(path)
    except RoutineError as error:
        return None, error.faults, None
    routine, faults, document = _judged(source, name or encodable(path.stem, "utf-8"), path.parent)
    return routine, counted(faults), document


def _judged(source: Source, name: str, folder: Path) -> tuple[Routine | None, list[Fault], Document]:
    """Return the routine of a text (None with faults in it), its faults and warnings, and its tree.

    Where an author's slips made YAML read something else, or nothing, they are told, and what they were is judged.
    """
    from voiceguide.routine import slips, yaml

    clean, spoken = yaml.speakable(source)
    document = yaml.parse(clean)
    routine, faults = _routine(document, name, folder)
    found = slips.find(clean)
    repair = routine is None or found.silent
    if repair and any(slip.repaired for slip in found.found):
        document = yaml.parse(found.repaired(clean))
        routine, faults = _routine(document, name, folder)
    if document.root is None and found.first_left is not None:
        line = source.place(found.first_left).line
        faults = [fault for fault in faults if fault.place.line < line]  # the parser stumbled over the same
    source.steps.update(document.source.steps)
    told = [slip.fault(source) for slip in found.found if repair or slip.level == "warning"]
    slipped = {fault.place.line for fault in told if fault.level == "fault"}
    told += (fault for fault in (*spoken, *faults) if fault.rule != "empty-text" or fault.place.line not in slipped)
    return None if any(fault.level == "fault" for fault in told) else routine, told, document


def _routine(document: Document, name: str, folder: Path) -> tuple[Routine | None, list[Fault]]:
    from voiceguide.routine import building, keys, limits, rules, sounds, texts, walk, wording

    source, root, faults = document.source, document.root, list(document.faults)
    if root is None:
        if not faults:
            message = "expected a routine, got an empty file: start with title, summary and steps"
            faults.append(source.fault(0, "empty-file", message))
        return None, faults
    source.steps.update(walk.step_names(root))
    root, misspelt = keys.mended(source, root)
    file, wrong = wording.validate(source, root)
    faults += (
        *misspelt,
        *wrong,
        *rules.check(source, root),
        *texts.check(source, root),
        *sounds.check(source, root, folder),
    )
    faults += limits.check(source, root)
    if file is None or any(fault.level == "fault" for fault in faults):
        return None, faults
    routine = building.build(source, root, file, name=name, folder=folder)
    if too_much := [*limits.faults(routine, source)]:
        return None, [*faults, *too_much]
    return routine, [*faults, *_partly_translated(routine, source), *_pronounced_in_vain(routine, source)]


def _partly_translated(routine: Routine, source: Source) -> list[Fault]:
    """Return a warning for each language that is only partly there, naming every place."""
    warnings = []
    for tag in partial(routine):
        place = untranslated(routine, tag)[0].place
        message = f"the language {tag} is only partly there: {gaps(routine, tag)}"
        warnings.append(Fault(place, "partly-translated", message, "warning", source.excerpt(place)))
    return warnings


def _pronounced_in_vain(routine: Routine, source: Source) -> list[Fault]:
    """Return a warning for each language in which words are pronounced, and no text of the routine is."""
    written = {primary(tag) for tag in mentioned(routine)}
    warnings = {}
    for one in routine.pronounce:
        if primary(one.language) not in written and one.language not in warnings:
            message = f"no text of this routine is in {one.language}, so these words are never said: expected one of "
            message += f"{', '.join(mentioned(routine))}"
            warnings[one.language] = Fault(
                one.place, "unused-pronunciation", message, "warning", source.excerpt(one.place)
            )
    return [*warnings.values()]
