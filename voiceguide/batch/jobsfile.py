"""Jobs files → wishes: a short YAML list of what to make, every fault of it told with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from voiceguide.batch.jobs import AXES, SUFFIX, Wish
from voiceguide.choices import TABLE, Choice
from voiceguide.choices.kinds import Length, Switch, Texts, Unfit
from voiceguide.errors import RoutineError, UsageError, did_you_mean
from voiceguide.exports import suffixes
from voiceguide.routine import finding, scalars
from voiceguide.routine import yaml as notation
from voiceguide.routine.source import load
from voiceguide.routine.yaml import Entries, Items, Node, Scalar, described
from voiceguide.sound import bed as beds
from voiceguide.store import paths
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source

JOBS, DEFAULTS = "jobs", "defaults"


def is_jobs(file: Path) -> bool:
    """Say whether a YAML file is a list of jobs, not a routine; a file at fault may be either."""
    try:
        root = notation.parse(load(file)).root
    except RoutineError:
        return False
    return isinstance(root, Items) or bool(root and (root.get(JOBS) or root.get(DEFAULTS)) and not root.get("steps"))


def read(file: Path, folders: tuple[Path, ...]) -> tuple[Wish, ...]:
    """Return the wishes of a jobs file; `folders` are the user's own, of routines.

    Raises RoutineError with every fault, UsageError where there is no file, Failed where it cannot be read.
    """
    document = notation.parse(load(file))
    reading = _Reading(document.source, file.parent, folders)
    reading.faults += document.faults
    if document.root is None and not reading.faults:
        message = 'expected a list of jobs, got an empty file: start with "- routine: …"'
        reading.faults.append(document.source.fault(0, "empty-file", message))
    wishes = tuple(reading.wishes(document.root)) if document.root else ()
    if reading.faults:
        raise RoutineError(reading.faults)
    return wishes


def _reader(choice: Choice) -> Callable[[Node], Any]:
    """Return what reads a choice from a file: its kind, of what stands there."""
    if isinstance(choice.kind, Switch):
        return scalars.truth
    if choice.field == "language":
        return scalars.language  # a file's list of them is checked letter by letter

    several = isinstance(choice.kind, Texts)

    def read(node: Node) -> Any:
        if not several and not isinstance(node, Scalar):
            raise _wrong(f"expected one value, got {described(node)}: write it alone")
        try:
            value = choice.kind.read(_steps(node) if several else scalars.text(node))
        except Unfit as error:
            raise _wrong(str(error)) from None
        return value.typed if isinstance(value, Length) else value

    return read


def _format(node: Node) -> str:
    known = tuple(suffix.removeprefix(".") for suffix in suffixes())
    return f".{scalars.one_of(*known)(node)}"


def _steps(node: Node) -> tuple[str, ...]:
    return tuple(scalars.text(each) for each in (node.values if isinstance(node, Items) else (node,)))


def _name(node: Node) -> str:
    name = scalars.text(node)
    if re.search(r"[/\\]", name):
        raise _wrong(f'expected a name for files, got "{shown(name)}", which is a path: leave the folder out')
    return name


def _wrong(message: str) -> PydanticCustomError:
    # The message is a value, not the template: a user's braces are no fields of it.
    return PydanticCustomError("bad-value", "{message}", {"message": message})


_READERS = {choice.field: _reader(choice) for choice in TABLE}
_OWN: dict[str, Callable[[Node], Any]] = {"format": _format, "name": _name}
KEYS = ("routine", *_READERS, *_OWN)
"""What a job may say; `routine`, and the axes, may be lists."""


class _Values(NamedTuple):
    """What a job, or the defaults, say."""

    routines: tuple[tuple[Path, ...], ...]
    axes: dict[str, tuple[Any, ...]]
    settings: dict[str, Any]
    own: dict[str, Any]


class _Reading:
    """One jobs file on its way; its faults gather here."""

    def __init__(self, source: Source, folder: Path, folders: tuple[Path, ...]) -> None:
        self.source = source
        self.folder = folder
        self.folders = folders
        self.faults: list[Fault] = []

    def wishes(self, root: Node) -> Iterator[Wish]:
        """Yield every job's wishes, one a routine."""
        jobs: Node | None = root
        defaults = _Values((), {}, {}, {})
        if isinstance(root, Entries):
            for key, node in root.values.items():
                if key not in (JOBS, DEFAULTS):
                    message = f'expected "{DEFAULTS}" and "{JOBS}" at the top of the file, got "{shown(key)}"'
                    self.fault(
                        root.key_starts[key], "unknown-key", f"{message}.{did_you_mean(key, (JOBS, DEFAULTS))}", node
                    )
            jobs = root.get(JOBS)
            if given := root.get(DEFAULTS):
                defaults = self.values(given)
        if not isinstance(jobs, Items) or not jobs.values:
            node = jobs or root
            message = f"expected a list of jobs, got {described(node) if jobs else 'none'}"
            self.fault(node.start, "no-jobs", f'{message}: write each as "- routine: …"', node)
            return
        for node in jobs.values:
            job = self.values(node)
            routines = job.routines or defaults.routines
            if isinstance(node, Entries) and not routines and node.get("routine") is None:
                message = 'expected the key "routine", got none: add "routine: …" with its name or its file'
                self.fault(node.start, "missing-key", message, node)
            own = defaults.own | job.own
            for routine in routines:
                yield Wish(
                    routine,
                    defaults.axes | job.axes,
                    defaults.settings | job.settings,
                    own.get("name"),
                    own.get("format", SUFFIX),
                )

    def values(self, node: Node) -> _Values:
        """Return what a mapping says; what is at fault in it is left out."""
        found = _Values((), {}, {}, {})
        if not isinstance(node, Entries):
            if type(node) is not Node:  # else the notation's own fault says it already
                message = f"expected keys and values (routine: …, length: …), got {described(node)}"
                self.fault(node.start, "wrong-type", f"{message}: write them so", node)
            return found
        for key, value in node.values.items():
            if key == "routine":
                found = found._replace(routines=self.each(value, self.routine))
            elif key == "bed":
                found.axes[key] = self.each(value, self.bed)
            elif key == "cover":
                found.settings.update((key, one) for one in self.one(value, self.cover))
            elif key in AXES:
                found.axes[key] = self.each(value, _READERS[key])
            elif key in _READERS:
                found.settings.update((key, one) for one in self.one(value, _READERS[key]))
            elif key in _OWN:
                found.own.update((key, one) for one in self.one(value, _OWN[key]))
            else:
                hint = did_you_mean(key, KEYS) or f" It has: {', '.join(KEYS)}."
                message = f'expected a key of a job, got "{shown(key)}".{hint}'
                self.fault(node.key_starts[key], "unknown-key", message, value)
        return found

    def each(self, node: Node, reader: Callable[[Node], Any]) -> tuple[Any, ...]:
        """Read one value or a list of them."""
        if isinstance(node, Items) and not node.values:
            self.fault(node.start, "empty-list", "expected at least one, got an empty list: add one", node)
        nodes = node.values if isinstance(node, Items) else (node,)
        return tuple(value for each in nodes for value in self.one(each, reader))

    def one(self, node: Node, reader: Callable[[Node], Any]) -> Iterator[Any]:
        """Yield a value, nothing where it is at fault."""
        if type(node) is Node:
            return
        try:
            yield reader(node)
        except PydanticCustomError as error:
            self.fault(node.start, error.type, error.message(), node)

    def routine(self, node: Node) -> tuple[Path, ...]:
        """Return the file of a routine, or of each that is joined; a path starts at the jobs file's folder."""
        try:
            return finding.find_all(scalars.text(node), self.folders, beside=self.folder)
        except UsageError as error:
            raise _wrong(str(error)) from None

    def bed(self, node: Node) -> str:
        """Return a bed's name, or the path of music, which is written from the jobs file's folder."""
        text = scalars.text(node)
        if text in (beds.NONE, *beds.names()):
            return text
        try:
            return str(beds.find(text, self.folder))
        except UsageError as error:
            raise _wrong(str(error).removeprefix("bed: ")) from None

    def cover(self, node: Node) -> str:
        """Return the path of a picture, which is written from the jobs file's folder."""
        path = self.folder / scalars.text(node)
        if not paths.is_file(path):
            raise _wrong(f"{path}: there is no such file")
        return str(path)

    def fault(self, start: int, rule: str, message: str, node: Node) -> None:
        self.faults.append(self.source.fault(start, rule, message, node.path))
