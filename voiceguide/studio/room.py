"""Room on the disk: what the studio takes, and a cap on it, for which the oldest sessions go."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

from voiceguide import voices
from voiceguide.errors import UsageError
from voiceguide.store import documents, downloads
from voiceguide.store.cache import Cache, default_folder
from voiceguide.store.files import whole
from voiceguide.studio.answers import NotNow
from voiceguide.voices import getting, own, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.studio.music import Music
    from voiceguide.studio.sessions import Entry, Sessions

FILE = "room.json"
USUAL_BYTES = 5_000_000_000
LEAST_BYTES, MOST_BYTES = 100_000_000, 10**13
KINDS = ("sessions", "music", "voices", "cache")
"""What can be cleared; the cache has a cap of its own, and does not count under this one."""


class Room:
    """The cap, and what is under it: sessions, music, voices that were downloaded. Safe to use from several threads."""

    def __init__(self, folder: Path, sessions: Sessions, music: Music) -> None:
        self.folder = folder
        self._sessions = sessions
        self._music = music
        self._lock = Lock()
        kept = documents.kept(folder / FILE)
        self.cap_bytes = USUAL_BYTES
        if kept is not None:
            with suppress(UsageError):
                self.cap_bytes = kept.key("cap_bytes").count(LEAST_BYTES, MOST_BYTES)

    def cap(self, cap_bytes: int) -> None:
        """Set the cap, and make room for it. Raises Failed."""
        with whole(self.folder / FILE, overwrite=True, named=None, follow=False) as file:
            file.write((json.dumps({"cap_bytes": cap_bytes}) + "\n").encode())
        self.cap_bytes = cap_bytes
        self.make()

    def told(self) -> dict[str, Any]:
        """Return what there is as JSON's values."""
        entries = self._sessions.all()
        music = self._music.all()
        with Cache(default_folder(), warn=lambda _: None) as cache:
            cached = cache.info()
        kinds = {
            "sessions": (sum(map(self._bytes, entries)), len(entries)),
            "music": (sum(each.bytes for each in music), len(music)),
            "voices": _voices(),
            "cache": (sum(size for _, _, size in cached), sum(count for _, count, _ in cached)),
        }
        return {
            "cap_bytes": self.cap_bytes,
            "folder": str(self.folder),
            "kinds": [{"kind": kind, "bytes": size, "count": count} for kind, (size, count) in kinds.items()],
        }

    def make(self, for_bytes: int = 0) -> None:
        """Delete the oldest sessions until all is under the cap, with as many bytes more.

        What is kept, heard or made stays.
        """
        with self._lock:
            left = self._taken() + for_bytes - self.cap_bytes
            for entry in reversed(self._sessions.all()):
                if left <= 0:
                    return
                if _may_go(entry) and not entry.facts.kept:
                    left -= self._bytes(entry)
                    self._sessions.delete(entry)

    def check(self, for_bytes: int) -> None:
        """Make room for something. Raises NotNow where there is none under the cap."""
        self.make(for_bytes)
        if self._taken() + for_bytes > self.cap_bytes:
            raise NotNow(
                f"expected room for {for_bytes:,} bytes, got a cap of {self.cap_bytes:,} that is reached: clear "
                "something, or raise the cap"
            ).said("full")

    def clear(self, kinds: tuple[str, ...]) -> int:
        """Clear some kinds, and return the bytes freed. Raises Failed."""
        freed = 0
        if "sessions" in kinds:
            for entry in self._sessions.all():
                if _may_go(entry) and not entry.facts.kept:
                    freed += self._bytes(entry)
                    self._sessions.delete(entry)
        if "music" in kinds:
            for music in self._music.all():
                freed += music.bytes
                self._music.remove(music.name)
        if "voices" in kinds:
            freed += _clear_voices()
        if "cache" in kinds:
            with Cache(default_folder(), warn=lambda _: None) as cache:
                freed += cache.clear()
        return freed

    def _taken(self) -> int:
        sessions = sum(map(self._bytes, self._sessions.all()))
        return sessions + sum(each.bytes for each in self._music.all()) + _voices()[0]

    def _bytes(self, entry: Entry) -> int:
        return self._sessions.shelf.bytes(entry.facts.id)


def _may_go(entry: Entry) -> bool:
    """Whether nobody hears a session, and it is not being made."""
    return not entry.readers and entry.making is None and entry.asked is None


def _voices() -> tuple[int, int]:
    """Return the bytes of what was downloaded for voices, and how many files; an author's recordings are no such."""
    return _sizes(downloads.folder(), but=recorded.folder().name)


def _sizes(folder: Path, but: str = "") -> tuple[int, int]:
    """Return the bytes of all files in a folder, at any depth, and how many there are; without a folder in it."""
    size = count = 0
    for place, folders, files in os.walk(folder):
        if place == str(folder) and but in folders:
            folders.remove(but)
        for name in files:
            with suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 (os.walk has texts)
                count += 1
    return size, count


def _clear_voices() -> int:
    """Remove what was downloaded for voices, and return the bytes freed; own recordings stay. Raises Failed."""
    before, _ = _voices()
    fetching = (engine for engine in voices.engines() if engine.fetches and engine.name != own.NAME)
    for voice in (voice for engine in fetching for voice in voices.listed_of(engine) if voice.name):
        with suppress(UsageError):  # it went with another one, or was not downloaded
            getting.remove(voice.id)
    return before - _voices()[0]
