"""Wishes: which session somebody asks for, read from a request, and the session that it means.

A request names no file of this computer: a routine by its name, a bed that is bundled or own music by the names that
the studio gave them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any

from voiceguide.choices import Choices, Label, Levels, Options, table
from voiceguide.errors import Failed, UsageError, did_you_mean, option
from voiceguide.exports.mp3 import Mp3Export
from voiceguide.installed import generator
from voiceguide.routine import finding
from voiceguide.sound import bed as beds
from voiceguide.store.files import named
from voiceguide.studio.answers import NotHere

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voiceguide.routine.model import Routine
    from voiceguide.session.composing import Session, Warn
    from voiceguide.store.documents import Value
    from voiceguide.studio.music import Music

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
    return Wish(routine, choices(document.key("choices")) if document.has("choices") else {})


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


class Composer:
    """Makes sessions of wishes: it knows the routines and the music. Safe to use from several threads."""

    def __init__(self, music: Music) -> None:
        self.music = music
        self._read: OrderedDict[tuple[object, ...], Routine] = OrderedDict()
        self._lock = RLock()

    def files(self, routine: str) -> tuple[Path, ...]:
        """Return the files of a routine, or of each of several with `+`. Raises NotHere."""
        folders = finding.folders()
        found = finding.named(routine, folders)
        if not found:
            known = finding.files(folders)
            raise NotHere(
                f'{option("routine")}: expected the name of a routine, got "{routine}".{did_you_mean(routine, known)}',
                field="routine",
                got=routine,
                known=sorted(known),
            )
        return found

    def routine(self, name: str) -> Routine:
        """Return a routine, read again when its file changed. Raises NotHere, RoutineError and Failed."""
        from voiceguide.routine import joining

        files = self.files(name)
        key = tuple((str(path), *_stamp(path)) for path in files)
        with self._lock:
            if key not in self._read:
                self._read[key] = joining.read_all(files)
                while len(self._read) > _READ_AT_ONCE:
                    self._read.popitem(last=False)
            self._read.move_to_end(key)
            return self._read[key]

    def compose(self, wish: Wish, warn: Warn | None = None) -> Composed:
        """Return the session that a wish means. Raises VoiceguideError for one that cannot be."""
        from voiceguide.session.composing import Session

        given = {**wish.choices}
        if (bed := given.get("bed")) is not None:
            given["bed"] = self.bed(bed)
        chosen, levels, label = Choices.of(given), Levels.of(given), Label.of(given)
        options = Options.of(given)
        Mp3Export().check(options)
        routine = self.routine(wish.routine)
        session = Session(routine, chosen, warn)
        heard = self.music.stamp(given["bed"]) if session.bed and session.bed.own and bed else ""
        made_by = generator(), session.voice.id, session.voice.fingerprint
        parts = (repr((chosen, levels, label.artist, options, made_by, heard)).encode(), *self._texts(wish.routine))
        digest = hashlib.sha256()
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return Composed(wish, session, levels, label, options, digest.hexdigest())

    def _texts(self, routine: str) -> list[bytes]:
        """Return the bytes of a routine's files. Raises Failed."""
        texts: list[bytes] = []
        for path in self.files(routine):
            try:
                texts.append(path.read_bytes())
            except OSError as error:  # it went away a moment ago
                raise Failed(f"{path}: the routine cannot be read: {error.strerror or error}") from error
        return texts

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


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does. Raises Failed as reading it would."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
