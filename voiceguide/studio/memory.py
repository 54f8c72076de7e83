"""What the studio remembers of each routine: how often it was heard, and with which choices it was last played.

It is one readable file, which may be deleted. One that cannot be read is set aside under another name, and told of.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TYPE_CHECKING, Any

from voiceguide.errors import VoiceguideError
from voiceguide.store import documents, paths
from voiceguide.store.files import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from voiceguide.store.documents import Value

FILE = "memory.json"
VISIT = 0.8
"""The share of a session that sounded in a hearing that counts as a visit."""
KNOWN_AFTER = 3
"""Visits after which somebody knows a routine."""
FOR_THE_KNOWING = {"gate": "brief", "talk": "calm"}
"""The choices that are then offered: fewer words before, and less talk."""
_ABOUT = "What voiceguide's studio remembers. Delete this file, and it forgets."
_MOST = 10_000
"""Visits; a number beyond it was not counted by anybody."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of one routine."""

    visits: int = 0
    last: Mapping[str, Any] | None = None
    """The choices that it was last played with; None where it never was."""
    suggest: bool = True
    """Whether a session for people who know it may be offered."""

    @property
    def suggestion(self) -> dict[str, str] | None:
        """The choices to offer; None before the third visit, where they are chosen, and where nobody wants them."""
        last = self.last or {}
        is_so = last.get("talk") in ("calm", "minimal") and (last.get("gate") == "brief" or last.get("safety") is False)
        if self.visits < KNOWN_AFTER or not self.suggest or is_so:
            return None
        return dict(FOR_THE_KNOWING)

    def told(self) -> dict[str, Any]:
        """Return it as JSON's values."""
        return {"visits": self.visits, "last": dict(self.last) if self.last else None, "suggest": self.suggest}


@dataclass
class Memory:
    """The file, read once and written whole at each change. Safe to use from several threads."""

    folder: Path
    set_aside: str | None = None
    """Where a file went that could not be read; None where none had to."""
    _known: dict[str, Remembered] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        path = self.folder / FILE
        if not paths.is_there(path):
            return
        try:
            self._known = _read(documents.read(path, what="what the studio remembers"))
        except VoiceguideError:
            aside = path.with_name(time.strftime("memory.broken-%Y%m%d-%H%M%S.json"))
            with suppress(OSError):
                path.replace(aside)
                self.set_aside = str(aside)

    def of(self, routine: str) -> Remembered:
        """Return what is known of a routine."""
        with self._lock:
            return self._known.get(routine, Remembered())

    def everything(self) -> dict[str, Remembered]:
        """Return what is known of each routine, by name."""
        with self._lock:
            return dict(self._known)

    def played(self, routine: str, choices: Mapping[str, Any]) -> None:
        """Remember the choices that a routine is played with. Raises Failed where nothing can be written."""
        self._change(routine, lambda known: replace(known, last=dict(choices)))

    def visited(self, routine: str) -> None:
        """Count a visit. Raises Failed."""
        self._change(routine, lambda known: replace(known, visits=known.visits + 1))

    def suggest(self, routine: str, wanted: bool) -> Remembered:
        """Remember whether anything may be offered. Raises Failed."""
        return self._change(routine, lambda known: replace(known, suggest=wanted))

    def forget(self, routine: str | None = None) -> None:
        """Forget a routine, or all of them. Raises Failed."""
        with self._lock:
            kept = {} if routine is None else {name: each for name, each in self._known.items() if name != routine}
            self._write(kept)

    def _change(self, routine: str, change: Callable[[Remembered], Remembered]) -> Remembered:
        with self._lock:
            changed = change(self.of(routine))
            if self._known.get(routine) != changed:
                self._write({**self._known, routine: changed})
            return changed

    def _write(self, known: dict[str, Remembered]) -> None:
        document = {"about": _ABOUT, "routines": {name: each.told() for name, each in sorted(known.items())}}
        with whole(self.folder / FILE, overwrite=True, named=None, follow=False) as file:
            file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
        self._known = known


def _read(document: Value) -> dict[str, Remembered]:
    """Read the file's document. Raises UsageError for what was never written by this."""
    routines = document.key("routines")
    return {name: _remembered(routines.key(name)) for name in routines.keys()}  # noqa: SIM118 (no mapping)


def _remembered(value: Value) -> Remembered:
    last = value.key("last")
    if last.value is not None:
        last.keys()
        if not documents.writable(last.value):
            last.refuse("choices")
    return Remembered(
        visits=value.key("visits").count(0, _MOST),
        last=None if last.value is None else {name: last.key(name).value for name in last.keys()},  # noqa: SIM118
        suggest=value.key("suggest").flag(),
    )
