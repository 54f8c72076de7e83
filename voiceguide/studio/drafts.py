"""Drafts: routines that are being written, each whole on the disk at every change, whatever is wrong with it.

    drafts/draft-3f9c2a1b7d04/
        routine.yaml    the text
        draft.json      its name and when it was deleted; not there for one that has neither
        …               the sounds, drawings and cover that a copied text names

A folder without a text is what a killed program left, and taken away, as is a text that was not yet whole. No name of a
request reaches the disk: a draft is one that was found there, or made here.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import Failed, UsageError, VoiceguideError
from voiceguide.routine import reading, walk
from voiceguide.routine.source import MOST_BYTES
from voiceguide.store import documents, paths
from voiceguide.store.files import failed, remove_left, whole
from voiceguide.store.reading import beginning
from voiceguide.studio.answers import NotHere, NotNow, Unmatched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

FOLDER = "drafts"
TEXT, FACTS = "routine.yaml", "draft.json"
MOST = 1000
"""Drafts that are not deleted."""
LASTING = 30 * 24 * 3600.0
"""Seconds for which a deleted one can be had back."""
MOST_DELETED = 200
LONGEST_NAME = 120
"""Signs."""
MOST_READ = 50
"""Texts of which one call tells the title and counts the faults anew: each takes some hundredths of a second."""
_ID = re.compile("draft-[0-9a-f]{12}")
_NOTE = re.compile("# check: ")
"""What `import` leaves in a text to be looked at."""
_GONE = 'there is no draft "{}" any more'


def is_draft(name: str) -> bool:
    """Whether a name is a draft's id, and no routine's name."""
    return _ID.fullmatch(name) is not None


class Changed(VoiceguideError):
    """A draft's text is not the one that somebody changed."""

    def __init__(self, there: Draft) -> None:
        super().__init__("this draft was changed meanwhile, in another tab or by another program: both texts are here")
        self.there = there


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is on the disk."""

    id: str
    name: str | None
    """What its author calls it; None until it has a name."""
    text: str
    changed: float
    """Seconds of the epoch."""

    @property
    def hash(self) -> str:
        """What names its text."""
        return hash_of(self.text)


def hash_of(text: str) -> str:
    """Return what names a text: the SHA-256 of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


class Listed(NamedTuple):
    """What a list tells of a draft."""

    id: str
    name: str | None
    title: str | None
    """The text's own; None where it has none, or was not read yet."""
    faults: int | None
    """How many it has, warnings apart; None where it was not read yet."""
    notes: int | None
    """How many of the questions about an article are still in it; None where it was not read yet."""
    warnings: int | None
    """How many it has; None where nobody has checked this text yet."""
    bytes: int
    changed: float
    deleted: float | None
    """Seconds of the epoch; None for one that is there."""


class _Read(NamedTuple):
    """What a text tells by itself; None for no title, and for what cannot be read."""

    title: str | None = None
    faults: int | None = None
    notes: int | None = None


class _Facts(NamedTuple):
    name: str | None = None
    deleted: float | None = None


class Drafts:
    """The folder of drafts. Safe to use from several threads; of two programs, only one has the folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Find those that are there; of deleted ones, those that are too old go."""
        self.folder = folder / FOLDER
        self.broken: list[str] = []
        """A message for each whose name could not be read."""
        self._clock = clock
        self._lock = RLock()
        self._known: dict[str, _Facts] = {}
        self._read: dict[str, tuple[object, _Read]] = {}
        """Of each draft: the stamp of a text, and what it tells."""
        self._warned: dict[str, tuple[float, int, int]] = {}
        """Of each draft that was checked: when its text was changed, its bytes, and how many warnings it has."""
        self._look()
        self._forget()

    def _look(self) -> None:
        found: list[Path] = []
        with suppress(OSError):
            found = [path for path in self.folder.iterdir() if _ID.fullmatch(path.name) and not path.is_symlink()]
        for place in filter(paths.is_folder, found):
            if not paths.is_there(place / TEXT):
                shutil.rmtree(place, ignore_errors=True)
                continue
            remove_left(place)
            try:
                self._known[place.name] = _facts(place / FACTS)
            except VoiceguideError as error:
                self.broken.append(str(error))
                self._known[place.name] = _Facts()

    # ---- which there are ---------------------------------------------------------------------------------------------

    def files(self) -> dict[str, Path]:
        """Return each draft's file by its id."""
        with self._lock:
            return {each: self.file(each) for each, facts in self._known.items() if facts.deleted is None}

    def listed(self) -> list[Listed]:
        """Return all, those changed last first; what could not be told of one is told in a later call."""
        with self._lock:
            known = list(self._known.items())
        stamped = []
        for each, facts in known:
            with suppress(OSError):
                stamped.append((self.file(each).stat(), each, facts))
        stamped.sort(key=lambda one: (-one[0].st_mtime_ns, one[1]))
        found, left = [], MOST_READ
        for stat, each, facts in stamped:  # reading takes its time, in which others may write
            stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            read = self._read.get(each)
            if (read is None or read[0] != stamp) and left:
                left -= 1
                self._read[each] = read = (stamp, _told_by(self.file(each)))
            title, faults, notes = read[1] if read and read[0] == stamp else _Read()
            *checked, warnings = self._warned.get(each, (None, None, None))
            told = Listed(each, facts.name, title, faults, notes, None, stat.st_size, stat.st_mtime, facts.deleted)
            found.append(told._replace(warnings=warnings) if checked == [told.changed, told.bytes] else told)
        return found

    def warned(self, draft: Draft, warnings: int) -> None:
        """Note how many warnings a draft's text has, for the list: to find them takes too long to do it for all."""
        self._warned[draft.id] = draft.changed, len(draft.text.encode()), warnings

    def title(self, identity: str) -> str | None:
        """Return the title of a draft's text, None for none. Raises NotHere."""
        self._of(identity)
        return _told_by(self.file(identity)).title

    def get(self, identity: str) -> Draft:
        """Return one. Raises NotHere, and Failed where it cannot be read."""
        with self._lock:
            facts = self._of(identity)
            path = self.file(identity)
            if not paths.is_there(path):  # somebody took it away
                raise NotHere(_GONE.format(identity)).said("draft")
            data = beginning(path, MOST_BYTES + 1, whose="a draft's", such="a .yaml file")
            try:
                if len(data) > MOST_BYTES:
                    raise ValueError(f"more than {MOST_BYTES:,} bytes")
                return Draft(identity, facts.name, data.decode(), path.stat().st_mtime)
            except (OSError, ValueError) as error:
                raise Failed(f"{path}: expected a draft's text in UTF-8, got something else: {error}") from None

    def _of(self, identity: str, *, deleted: bool = False) -> _Facts:
        facts = self._known.get(identity)
        if facts is None or (facts.deleted is not None) != deleted:
            raise NotHere(_GONE.format(identity[:100])).said("draft")
        return facts

    def file(self, identity: str) -> Path:
        """Return where a draft's text lies, or would."""
        return self.folder / identity / TEXT

    # ---- changing them -----------------------------------------------------------------------------------------------

    def create(self, text: str, name: str | None = None, beside: Mapping[str, Path] | None = None) -> Draft:
        """Begin a draft; what stands `beside` it are copies of files, by the names that its text calls them.

        Raises UsageError as `write` and `rename`, NotNow where there are too many, and Failed.
        """
        check(text)
        facts = _Facts(_name(name))
        with self._lock:
            if len(self.files()) >= MOST:
                raise NotNow(f"there are {MOST:,} drafts: delete some of them first").said("drafts", count=MOST)
            identity = f"draft-{secrets.token_hex(6)}"
            place = self.folder / identity
            try:
                place.mkdir(parents=True)
            except OSError as error:
                raise failed(place, None, error) from error
            try:
                for called, file in (beside or {}).items():
                    _copy(file, place / called)
                self._write(identity, text)
                if facts != _Facts():
                    self._keep(identity, facts)
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise
            self._known[identity] = facts
            return self.get(identity)

    def write(self, identity: str, text: str, match: str | None) -> Draft:
        """Give a draft a text; `match` is the hash of the text that was changed.

        A text that is there already is no change, whatever `match` is. Raises NotHere, Changed, Unmatched where nothing
        matches, UsageError for a text that is too long, and Failed.
        """
        check(text)
        with self._lock:
            before = self.get(identity)
            if before.text == text:
                return before
            matched(before, match)
            self._write(identity, text)
            return self.get(identity)

    def rename(self, identity: str, name: str | None) -> Draft:
        """Give a draft a name, or none. Raises NotHere, UsageError for what cannot be one, and Failed."""
        with self._lock:
            self._keep(identity, self._of(identity)._replace(name=_name(name)))
            return self.get(identity)

    def delete(self, identity: str) -> None:
        """Put a draft among the deleted. Raises NotHere, and Failed."""
        with self._lock:
            self._keep(identity, self._of(identity)._replace(deleted=self._clock()))
            self._forget()

    def restore(self, identity: str) -> Draft:
        """Bring a deleted draft back; one that is there stays. Raises NotHere, NotNow, and Failed."""
        with self._lock:
            if identity not in self.files():
                facts = self._of(identity, deleted=True)
                if len(self.files()) >= MOST:
                    raise NotNow(f"there are {MOST:,} drafts: delete some of them first").said("drafts", count=MOST)
                self._keep(identity, facts._replace(deleted=None))
            return self.get(identity)

    def _write(self, identity: str, text: str) -> None:
        with whole(self.file(identity), overwrite=True, named=None, follow=False, empty=True) as file:
            file.write(text.encode())

    def _keep(self, identity: str, facts: _Facts) -> None:
        document = {"name": facts.name, "deleted": facts.deleted}
        with whole(self.folder / identity / FACTS, overwrite=True, named=None, follow=False) as file:
            file.write((json.dumps(document, ensure_ascii=False) + "\n").encode())
        self._known[identity] = facts

    def _forget(self) -> None:
        """Remove deleted drafts that are too old, or too many; the text first, so that none comes back after a kill."""
        deleted = [(facts.deleted, each) for each, facts in self._known.items() if facts.deleted is not None]
        until = self._clock() - LASTING
        for number, (at, each) in enumerate(sorted(deleted, reverse=True)):
            if at < until or number >= MOST_DELETED:
                with suppress(OSError):
                    self.file(each).unlink(missing_ok=True)
                    shutil.rmtree(self.folder / each, ignore_errors=True)
                    del self._known[each]
                    self._read.pop(each, None)
                    self._warned.pop(each, None)


def _copy(file: Path, target: Path) -> None:
    if target.name in (TEXT, FACTS) or target.exists():
        return  # what is the draft's own is no sound
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    except OSError as error:
        raise failed(target, None, error) from error


def matched(there: Draft, match: str | None) -> None:
    """Raise Changed unless a hash is that of a draft's text, and Unmatched for none."""
    if match is None:
        raise Unmatched('expected If-Match with the "hash" of the text that was changed, got none')
    if match != there.hash:
        raise Changed(there)


def check(text: str) -> None:
    """Raise UsageError for a text that is longer than a routine's file may be."""
    if (size := len(text.encode())) > MOST_BYTES:
        most, has = MOST_BYTES // 1024, f"{size / 1024:,.0f}"
        raise UsageError(f"a draft's text: expected at most {most} KiB, got {has}").said(
            "draft_long", most=most, size=has
        )


def _name(name: str | None) -> str | None:
    """Return a name as it is kept: on one line, None for an empty one. Raises UsageError."""
    plain = " ".join((name or "").split())
    if len(plain) > LONGEST_NAME:
        raise UsageError(f"a draft's name: expected at most {LONGEST_NAME} signs, got {len(plain):,}")
    return plain or None


def _facts(path: Path) -> _Facts:
    """Read what is known of a draft beside its text. Raises UsageError for what this never wrote, and Failed."""
    if not paths.is_there(path):
        return _Facts()
    value = documents.read(path, what="a draft's name", remedy="Delete the file: the draft has no name then.")
    deleted = value.key("deleted")
    return _Facts(value.key("name").text_or_none(), None if deleted.value is None else deleted.number())


def _told_by(path: Path) -> _Read:
    try:
        _, found, document = reading.opened(path)
    except VoiceguideError:  # asking for it tells why
        return _Read()
    root = document.root if document else None
    title = next(walk.leaves(root.get("title")), None) if root else None
    notes = len(_NOTE.findall(document.source.text)) if document else 0
    return _Read(title.text if title else None, sum(fault.many for fault in found if fault.level == "fault"), notes)
