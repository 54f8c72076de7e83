"""The index of a folder of sessions: what was made, of what, and how whole it is.

`index.json` is also the ledger that makes a batch resumable, so it is written with every session and is whole at every
moment; `index.m3u` is the same for players. An entry is announced before its file gets its name: whoever is killed
between the two finds the file known when started again.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, cast

from voiceguide.errors import UsageError, VoiceguideError, option
from voiceguide.store import documents, paths
from voiceguide.store.files import check_target, name_fault, whole
from voiceguide.store.locks import held_folder
from voiceguide.store.reading import sha256
from voiceguide.text.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from voiceguide.store.documents import Value

SCHEMA = 1
NAME, PLAYLIST = "index.json", "index.m3u"
_LIMIT = 64 << 20
"""Bytes: some 40,000 sessions."""
_REMEDY = f"Choose another folder with {option('path')}, or add {option('overwrite')}."

State = Literal["absent", "current", "outdated", "foreign"]


class Index:
    """What the sessions of a folder are; one batch at a time has it open."""

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        """Read a folder's index. Raises UsageError for one that no batch wrote, unless `overwrite` starts it anew."""
        self.folder = folder
        self.path = folder / NAME
        self._playlist = folder / PLAYLIST
        for path in (self.path, self._playlist):
            check_target(path, overwrite=True, follow=False)
        self._sessions: dict[str, dict[str, Any]] = {}
        self._coming: dict[str, dict[str, Any]] = {}
        if paths.is_there(self.path):
            self._read(overwrite=overwrite)
        elif paths.is_there(self._playlist) and not overwrite:
            raise UsageError(
                f"{self._playlist} is not a batch's: choose another folder with {option('path')}, or add "
                f"{option('overwrite')}"
            )

    def _read(self, *, overwrite: bool) -> None:
        try:
            document = documents.read(self.path, what="the index of a batch", remedy=_REMEDY, limit=_LIMIT)
            if document.key("schema").value != SCHEMA:
                document.key("schema").refuse(f"{SCHEMA}, as the index of a batch has it")
            sessions = _by_file(document.key("sessions"))
            coming = _by_file(document.key("coming")) if document.has("coming") else {}
        except VoiceguideError:
            if overwrite:
                return
            raise
        named = {file: entry for file, entry in coming.items() if self._holds(file, entry)}
        there = {file: entry for file, entry in sessions.items() if paths.is_file(self.folder / file)}
        self._sessions = there | named

    def _holds(self, file: str, entry: dict[str, Any]) -> bool:
        """Whether a file is the one that an entry tells of."""
        path = self.folder / file
        return paths.is_file(path) and sha256(path) == entry["sha256"]

    def state(self, file: str, key: str) -> State:
        """Say what stands in a session's place, by content. Raises Failed where it cannot be read."""
        if not os.path.lexists(self.folder / file):
            return "absent"
        entry = self._sessions.get(file)
        if entry is None or not self._holds(file, entry):
            return "foreign"
        return "current" if entry["key"] == key else "outdated"

    def keep(self, file: str, data: bytes, facts: dict[str, Any], *, overwrite: bool) -> Path:
        """Write a session's file and its entry; `facts` are the entry's, with the `sha256` and the `key`.

        Raises Failed and UsageError as `files.whole` does; then nothing has changed but the announcement.
        """
        path = self.folder / file
        entry = {"file": file, "bytes": len(data), **facts}
        self._coming[file] = entry
        self._write_ledger()
        try:
            with whole(path, overwrite=overwrite, follow=False) as opened:
                opened.write(data)
            self._sessions[file] = entry
        finally:
            del self._coming[file]
        self.write()
        return path

    def write(self) -> None:
        """Write both files."""
        self._write_ledger()
        lines = ["#EXTM3U", "#EXTENC:UTF-8"]
        for entry in self._sorted():
            title = line(f"{entry['title']} ({entry['length']})")
            lines += [f"#EXTINF:{round(entry['duration'])},{title}", entry["file"]]
        _write(self._playlist, "\n".join(lines) + "\n")

    def _write_ledger(self) -> None:
        document: dict[str, Any] = {"schema": SCHEMA, "sessions": self._sorted()}
        if self._coming:
            document["coming"] = list(self._coming.values())
        _write(self.path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")

    def _sorted(self) -> list[dict[str, Any]]:
        """The sessions by their files' names: the index is the same in whatever order they were made."""
        return [self._sessions[file] for file in sorted(self._sessions)]


@contextmanager
def opened(folder: Path, *, overwrite: bool) -> Iterator[Index]:
    """Make a folder where there is none, and give its index; nobody else gets it meanwhile.

    Raises UsageError for a folder that cannot be made or written in, that another batch writes in, or whose index is
    something else.
    """
    if fault := paths.fault(folder):
        raise UsageError(f"{option('path')} {folder}: no folder can be made there: {fault}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{option('path')} {folder}: no folder can be made there ({error.strerror}): choose another one"
        ) from error
    with ExitStack() as stack:
        try:
            number = held_folder(folder)
        except (BlockingIOError, FileExistsError):
            raise UsageError(
                f"{option('path')} {folder}: another batch is writing there; wait for it, or choose another"
            ) from None
        except OSError:
            pass  # a disk without locks
        else:
            stack.callback(os.close, number)
        index = Index(folder, overwrite=overwrite)
        yield index


def _by_file(entries: Value) -> dict[str, dict[str, Any]]:
    """Return entries by their files' names. Raises UsageError for what no batch wrote."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries.items():
        file = entry.key("file")
        name = file.text()
        if PurePath(name).name != name or name in ("", "..", NAME, PLAYLIST) or name_fault(name, windows=False):
            file.refuse("the name of a session's file in this folder")
        for fact in ("sha256", "key", "title", "length"):
            entry.key(fact).text()
        entry.key("duration").seconds()
        if not documents.writable(entry.value):
            entry.refuse("an entry that can be written again")
        found[name] = dict(cast("Mapping[str, Any]", entry.value))
    return found


def _write(path: Path, text: str) -> None:
    with whole(path, overwrite=True, follow=False) as file:
        file.write(text.encode())
