"""The visits after the first: what is missing of them beside the sessions of a folder, as those tell it themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.choices import Choices, table
from voiceguide.errors import Message, VoiceguideError, option
from voiceguide.exports.finished import read, shown_timeline
from voiceguide.publish.beside import is_of
from voiceguide.publish.folder import sounds
from voiceguide.routine import finding, joining
from voiceguide.routine.languages import varies
from voiceguide.sound import bed as beds
from voiceguide.store import paths
from voiceguide.tags import ARTIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from voiceguide.routine.model import Routine
    from voiceguide.timeline import Timeline

_TOLD = tuple(choice.field for choice in table(Choices) if choice.told != "never" and choice.field != "visit")
"""The choices that a timeline repeats among its own."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A visit that is to be made."""

    path: Path
    """Of its file."""
    routine: Routine
    arguments: dict[str, Any]
    """The keywords of `session.render`."""


def missing(
    folder: Path, visits: int, own: Iterable[Path], warn: Callable[[str], None], *, overwrite: bool = False
) -> Iterator[Missing]:
    """Yield the visits from the second up to the last that are not there, of each first one in a folder.

    They are chosen as the first one was, as far as its timeline tells. A session of which no other words are known is
    left as it is: with a warning where its routine is not here, or has become another. With `overwrite` those that are
    there are yielded too. Raises UsageError for a folder without sessions.
    """
    folders = tuple(own)
    for path in sounds(folder):
        try:
            timeline, artist = shown_timeline(path), read(path).artist
        except VoiceguideError:
            continue  # the feed tells of it
        if not timeline.on("narration") or "visit" in timeline.choices:
            continue
        routine = _routine(timeline, folders)
        if routine is None or not _is_bed(timeline):
            what = "its routine" if routine is None else f'"{timeline.bed}"'
            warn(Message(f"{path.name}: {option('visits')}: {what} is not here, so there are no others beside it"))
        elif varies(routine):
            for visit in range(2, visits + 1):
                target = path.with_name(f"{path.stem}-visit-{visit}{path.suffix}")
                if overwrite or not paths.is_there(target):
                    arguments = {**_chosen(timeline), "visit": visit}
                    yield Missing(target, routine, arguments | ({"artist": artist} if artist != ARTIST else {}))


def _routine(timeline: Timeline, own: tuple[Path, ...]) -> Routine | None:
    """Return the routine that a session was made of; None where it is not here, cannot be read, or is another."""
    try:
        files = finding.named(timeline.routine, own)
        routine = joining.read_all(files) if files else None
    except VoiceguideError:
        return None
    return routine if routine and is_of(timeline, routine) else None


def _is_bed(timeline: Timeline) -> bool:
    """Whether a session's bed is there: a timeline may come from anywhere, and names no file of this machine."""
    return timeline.bed is None or timeline.bed in beds.names()


def _chosen(timeline: Timeline) -> dict[str, Any]:
    """Return what was chosen for a session."""
    names = ("length", "setup", "talk", "language", "voice", "pace")
    chosen = {name: getattr(timeline, name) for name in names}
    told = {name: timeline.choices[name] for name in _TOLD if name in timeline.choices}
    return {**chosen, "bed": timeline.bed or beds.NONE, **told}
