"""Wishes: which session somebody asks for, read from a request, and the session that it means.

A request names no file of this computer: a routine by its name, a bed that is bundled or own music by the names that
the studio gave them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.choices import Choices, Label, Levels, Options, table
from voiceguide.errors import UsageError, VoiceguideError, did_you_mean, option
from voiceguide.exports.mp3 import Mp3Export
from voiceguide.installed import generator
from voiceguide.publish.beside import notes_if_its
from voiceguide.routine import finding
from voiceguide.routine.notes import Notes
from voiceguide.routine.source import MOST_BYTES
from voiceguide.sound import bed as beds
from voiceguide.store.files import named
from voiceguide.store.reading import beginning
from voiceguide.studio.answers import NotHere
from voiceguide.studio.drafts import TEXT
from voiceguide.text.lines import encodable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Session, Warn
    from voiceguide.store.documents import Value
    from voiceguide.studio.drafts import Drafts
    from voiceguide.studio.music import Music
    from voiceguide.timeline import Timeline

TAKEN = tuple(
    choice.field
    for chosen in (Choices, Levels, Label, Options)
    for choice in table(chosen)
    if choice.field != "cover"  # a file of this computer
)
"""The choices that a request may make."""
MUSIC = "music/"
"""What a bed begins with that is own music."""
_LONGEST = 200
"""Signs of a routine's name."""
_DIGITS = 10
"""Of a session's digest in its name."""
_READ_AT_ONCE = 24
"""Routines that are kept as they were read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A routine and what was chosen for it, as the request had it, without what was left to the program."""

    routine: str
    """A name, or several with `+`."""
    choices: Mapping[str, Any]


def wish(document: Value) -> Wish:
    """Read a request's wish. Raises UsageError for what is none, by the choice at fault."""
    routine = document.key("routine").text()
    if not 0 < len(routine) <= _LONGEST:
        raise UsageError(f"{option('routine')}: expected a routine's name, got one of {len(routine):,} signs")
    return Wish(routine, _chosen(document))


def wish_of_text(document: Value) -> Wish:
    """Read a request's wish for a routine that is a text of the request. Raises UsageError as `wish`."""
    return Wish(Path(TEXT).stem, _chosen(document))


def _chosen(document: Value) -> dict[str, Any]:
    return choices(document.key("choices")) if document.has("choices") else {}


def choices(value: Value) -> dict[str, Any]:
    """Read choices. Raises UsageError for one that there is none of; what each may be, its own kind says."""
    made: dict[str, Any] = {}
    for name in value.keys():  # noqa: SIM118 (no mapping)
        if name not in TAKEN:
            raise UsageError(f'expected a choice, got "{name[:60]}".{did_you_mean(name, TAKEN)}', field=name[:60])
        given = value.key(name)
        match given.value:
            case None:
                continue
            case str():
                made[name] = given.text()
            case list():
                made[name] = [each.text() for each in given.items(_LONGEST)]
            case bool() | int() | float():
                made[name] = given.value
            case _:
                given.refuse("a text, a number, true, false or a list of texts")
    return made


@dataclass(frozen=True, slots=True)
class Composed:
    """The session that a wish means, and how loud, in which MP3 and by whom it is made."""

    wish: Wish
    session: Session
    levels: Levels
    label: Label
    options: Options
    digest: str
    """Of all that its bytes hang on: the routine's text, the choices, the voice, the music, this program."""

    @property
    def id(self) -> str:
        """A name that can be read, and is another one for another session."""
        length = self.session.choices.length
        return named(self.wish.routine.replace(finding.JOIN, "-"), length.typed, self.digest[:_DIGITS], suffix="")


class Written(NamedTuple):
    """A routine as it is written, in a file or a draft."""

    name: str
    data: bytes
    folder: Path
    """Where its own sounds are."""
    file: str
    """As messages call it."""
    path: Path | None = None
    """Where it is; None for a text that is in no file."""

    def own_files(self) -> dict[str, Path]:
        """Return the files beside it that it names, by these names: sounds, drawings, its cover."""
        from voiceguide.routine import reading, sounds

        document = reading.opened(self.path)[2] if self.path else None
        root = document.root if document else None
        names = sounds.own_files(root, self.folder) if root else ()
        return {name: self.folder / name for name in names}

    def read(self) -> Routine:
        """Return the routine. Raises RoutineError."""
        from voiceguide.routine.reading import of_bytes

        return of_bytes(self.data, name=self.name, folder=self.folder, file=self.file)


class Composer:
    """Makes sessions of wishes: it knows the routines, the drafts and the music. Safe to use from several threads."""

    def __init__(self, music: Music, drafts: Drafts) -> None:
        self.music = music
        self.drafts = drafts
        self._read: OrderedDict[tuple[Written, ...], Routine] = OrderedDict()
        self._lock = RLock()

    def written(self, routine: str) -> tuple[Written, ...]:
        """Return what is written of a routine or a draft, or of each of several with `+`.

        Raises NotHere, Failed for a file that cannot be read, and UsageError for one that is gone.
        """
        drafts = self.drafts.files()
        known = finding.files(finding.folders())
        found = finding.among(routine, known | drafts)
        if not found:
            raise NotHere(
                f'{option("routine")}: expected the name of a routine, got "{routine}".{did_you_mean(routine, known)}',
                field="routine",
                got=routine,
                known=sorted(known),
            ).said("routine", name=routine[:100])
        names = {path: identity for identity, path in drafts.items()}
        return tuple(_written(path, names.get(path)) for path in found)

    def routine(self, name: str) -> Routine:
        """Return a routine, read again when its file changed. Raises RoutineError, and as `written`."""
        return self._routine(self.written(name))

    def _routine(self, written: tuple[Written, ...]) -> Routine:
        from voiceguide.routine import joining

        with self._lock:
            if written not in self._read:
                self._read[written] = joining.read_each([(each.name, each.read) for each in written])
                while len(self._read) > _READ_AT_ONCE:
                    self._read.popitem(last=False)
            self._read.move_to_end(written)
            return self._read[written]

    def notes(self, timeline: Timeline) -> Notes:
        """Return the notes of the routine or draft that a timeline names; none where it is gone or another by now."""
        try:
            return notes_if_its(self.routine(timeline.routine), timeline)
        except VoiceguideError:  # nobody asked for these notes
            return Notes()

    def compose(self, wish: Wish, warn: Warn | None = None, *, text: str | None = None) -> Composed:
        """Return the session that a wish means, or that it would mean were its routine written as a `text`.

        Raises VoiceguideError for one that cannot be.
        """
        from voiceguide.session.composing import Session

        given = {**wish.choices}
        if (bed := given.get("bed")) is not None:
            given["bed"] = self.bed(bed)
        chosen, levels, label = Choices.of(given), Levels.of(given), Label.of(given)
        options = Options.of(given)
        Mp3Export().check(options)
        written = self.written(wish.routine) if text is None else (self._of_text(wish.routine, text),)
        session = Session(self._routine(written), chosen, warn)
        heard = self.music.stamp(given["bed"]) if session.bed and session.bed.own and bed else ""
        made_by = generator(), session.voice.id, session.voice.fingerprint
        head = repr((chosen, levels, label.artist, options, made_by, heard)).encode()
        digest = hashlib.sha256()
        for part in (head, *(each.data for each in written)):
            digest.update(len(part).to_bytes(8, "big") + part)
        return Composed(wish, session, levels, label, options, digest.hexdigest())

    def _of_text(self, name: str, text: str) -> Written:
        return Written(name, text.encode(), self.drafts.folder, TEXT)

    def bed(self, asked: Any) -> str:
        """Return a bed as a session takes it: bundled, none, or the folder of own music. Raises UsageError."""
        if asked in (*beds.names(), beds.NONE):
            return str(asked)
        if isinstance(asked, str) and asked.startswith(MUSIC):
            return str(self.music.folder_of(asked.removeprefix(MUSIC)))
        known = (*beds.names(), beds.NONE, *(each.bed for each in self.music.all()))
        hint = did_you_mean(asked, known) if isinstance(asked, str) else ""
        raise UsageError(
            f"{option('bed')}: expected {', '.join(known)}, got {str(asked)[:60]}.{hint}", got=asked, known=known
        )


def _written(path: Path, draft: str | None) -> Written:
    data = beginning(path, MOST_BYTES + 1, whose="a routine's", such="a .yaml file")
    if draft is None:
        return Written(encodable(path.stem, "utf-8"), data, path.parent, str(path), path)
    return Written(draft, data, path.parent, TEXT, path)
