"""What a session is on the disk: a folder with a readable file of facts, and its sound once that is whole.

    sessions/upper-back-15m-3f9c2a1b7d/
        session.json    what was chosen, and what became of it
        head            the first bytes of its stream, a tag: decided once, so that a stream is the same after a restart
        session.mp3     what a render writes; there once the session is whole
        stream.mp3      the stream behind its head, only where it differs from the render's by a frame

A folder without `session.json` is what a killed program left, and taken away.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, UsageError
from voiceguide.routine.finding import JOIN
from voiceguide.store import documents, paths
from voiceguide.store.files import failed, named, remove_left, whole
from voiceguide.studio.drafts import is_draft
from voiceguide.studio.wishes import Wish, choices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.store.documents import Value
    from voiceguide.timeline import Timeline

FOLDER = "sessions"
FACTS, HEAD, KEPT, STREAM = "session.json", "head", "session.mp3", "stream.mp3"
_SCHEMA = 1
_MOST_HEARD = 1_000_000
_HEARINGS = 20
"""Of the last ones, so that each is counted once."""
_MOST_HEAD = 4 << 20


@dataclass(frozen=True, slots=True)
class Behind:
    """Where the stream lies on the disk, but for its head."""

    file: str
    offset: int
    """Bytes of the file that are not of the stream."""
    bytes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a session, in the file of facts."""

    id: str
    wish: Wish
    digest: str
    title: str
    summary: str
    audience: str
    language: str
    voice: str
    setup: str | None
    bed: str | None
    length: str
    duration: float
    begun: float
    """Seconds of the epoch."""
    heard: int = 0
    hearings: tuple[str, ...] = ()
    position: float | None = None
    """Where it was left, in seconds; None for the beginning."""
    kept: bool = False
    behind: Behind | None = None
    """None until it is whole."""

    def file_name(self, suffix: str) -> str:
        """Return what its file is called where it is kept: by its routine, or by its title where that is a draft."""
        from voiceguide.authoring.articles.draft import slug

        routine = self.wish.routine
        if any(map(is_draft, routine.split(JOIN))):
            routine = slug(self.title) or routine
        return named(routine, self.length, suffix=suffix)

    def hearing(self, hearing: str, *, is_visit: bool, position: float | None) -> Facts:
        """Return them after a word from whoever listens; a hearing counts once."""
        counts = is_visit and hearing not in self.hearings
        hearings = (*self.hearings, hearing)[-_HEARINGS:] if counts else self.hearings
        return replace(self, heard=self.heard + counts, hearings=hearings, position=position)


def facts_of(identity: str, wish: Wish, digest: str, timeline: Timeline, begun: float) -> Facts:
    """Return the facts of a session that begins; its timeline tells them."""
    return Facts(
        id=identity,
        wish=wish,
        digest=digest,
        title=timeline.title,
        summary=timeline.summary,
        audience=timeline.audience,
        language=timeline.language,
        voice=timeline.voice,
        setup=timeline.setup,
        bed=wish.choices.get("bed", timeline.bed) if timeline.bed else None,
        length=timeline.length,
        duration=timeline.duration,
        begun=begun,
    )


class Shelf:
    """The folder of all sessions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def place(self, identity: str) -> Path:
        """Return a session's own folder."""
        return self.folder / identity

    def read(self) -> tuple[list[Facts], list[str]]:
        """Return the facts of every session, and a message for each that cannot be read; what was left is removed."""
        found: list[Facts] = []
        broken: list[str] = []
        folders: list[Path] = []
        with suppress(OSError):
            folders = sorted(path for path in self.folder.iterdir() if paths.is_folder(path))
        for folder in folders:
            if not paths.is_there(folder / FACTS):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            remove_left(folder)
            try:
                found.append(self._read(folder))
            except UsageError as error:
                broken.append(str(error))
            except Failed as error:
                broken.append(str(error))
        return found, broken

    def _read(self, folder: Path) -> Facts:
        facts = _facts(documents.read(folder / FACTS, what="a session's facts", remedy="Delete its folder."))
        if facts.id != folder.name:
            raise UsageError(f"{folder / FACTS}: expected the facts of {folder.name}, got those of {facts.id}")
        behind = facts.behind
        if behind:
            with suppress(OSError):
                if (folder / behind.file).stat().st_size == behind.offset + behind.bytes and self.head(facts.id):
                    return facts
            return replace(facts, behind=None)  # somebody took its sound away: it is made again
        return facts

    def write(self, facts: Facts) -> None:
        """Write a session's facts, whole. Raises Failed."""
        place = self.place(facts.id)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed(place, None, error) from error
        with whole(place / FACTS, overwrite=True, named=None, follow=False) as file:
            file.write((json.dumps(_document(facts), ensure_ascii=False, indent=1) + "\n").encode())

    def head(self, identity: str) -> bytes | None:
        """Return the first bytes of a session's stream; None where none were decided."""
        with suppress(OSError), (self.place(identity) / HEAD).open("rb") as file:
            found = file.read(_MOST_HEAD + 1)
            return found if 0 < len(found) <= _MOST_HEAD else None
        return None

    def decide_head(self, identity: str, head: bytes) -> None:
        """Write the first bytes of a session's stream. Raises Failed."""
        with whole(self.place(identity) / HEAD, overwrite=True, named=None, follow=False) as file:
            file.write(head)

    def remove(self, identity: str) -> None:
        """Remove a session, its facts first: what is left after a kill is nobody's."""
        place = self.place(identity)
        with suppress(OSError):
            (place / FACTS).unlink(missing_ok=True)
        shutil.rmtree(place, ignore_errors=True)

    def bytes(self, identity: str) -> int:
        """Return how much a session takes on the disk."""
        return sum(size for size in _sizes(self.place(identity)))


def _sizes(folder: Path) -> Iterator[int]:
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                yield path.stat().st_size


def etag(identity: str, head: bytes, size: int) -> str:
    """Return what names a stream's bytes: the same session's are always the same."""
    digest = hashlib.sha256(head).hexdigest()[:16]
    return f'"{hashlib.sha256(identity.encode()).hexdigest()[:12]}-{digest}-{size:x}"'


def _document(facts: Facts) -> dict[str, Any]:
    names = ("title", "summary", "audience", "language", "voice", "setup", "bed", "length", "duration", "begun")
    behind = facts.behind
    return {
        "schema": _SCHEMA,
        "id": facts.id,
        "routine": facts.wish.routine,
        "choices": dict(facts.wish.choices),
        **{name: getattr(facts, name) for name in names},
        "digest": facts.digest,
        "heard": facts.heard,
        "hearings": list(facts.hearings),
        "position": facts.position,
        "kept": facts.kept,
        "sound": {"file": behind.file, "offset": behind.offset, "bytes": behind.bytes} if behind else None,
    }


def _facts(value: Value) -> Facts:
    """Read facts. Raises UsageError for what was never written by this."""
    if value.key("schema").value != _SCHEMA:
        value.key("schema").refuse(str(_SCHEMA))
    texts = {name: value.key(name).text() for name in ("id", "digest", "title", "summary", "audience", "language")}
    texts |= {name: value.key(name).text() for name in ("voice", "length")}
    sound, position = value.key("sound"), value.key("position")
    return Facts(
        **texts,
        wish=Wish(value.key("routine").text(), choices(value.key("choices"))),
        setup=value.key("setup").text_or_none(),
        bed=value.key("bed").text_or_none(),
        duration=value.key("duration").seconds(),
        begun=value.key("begun").number(),
        heard=value.key("heard").count(0, _MOST_HEARD),
        hearings=tuple(each.text() for each in value.key("hearings").items(_HEARINGS)),
        position=None if position.value is None else position.seconds(),
        kept=value.key("kept").flag(),
        behind=None if sound.value is None else _behind(sound),
    )


def _behind(value: Value) -> Behind:
    file = value.key("file").text()
    if file not in (KEPT, STREAM):
        value.key("file").refuse(f"{KEPT} or {STREAM}")
    return Behind(file, value.key("offset").count(0), value.key("bytes").count(1, 1 << 40))
