"""A content-addressed store on disk: a size cap, eviction of what is unused for longest, a spare folder when full.

`entries` has an entry's file, `pins` what keeps one from eviction. What is stored is the business of its owners.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed
from voiceguide.store import paths, places, temporary
from voiceguide.store.entries import KINDS, DamagedError, filled, listed, name, read, reason, sweep, unlink, write
from voiceguide.store.pins import Pins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from voiceguide.store.entries import Entry, Fill, Kind, Payload

LIMIT_BYTES = 2_000_000_000
"""What is left on disk at most once no render runs."""


def default_folder() -> Path:
    """Return the user's cache folder, or the one that VOICEGUIDE_CACHE names. Raises UsageError for none."""
    from platformdirs import user_cache_path

    return places.folder(
        "VOICEGUIDE_CACHE", lambda: user_cache_path("voiceguide", appauthor=False), what="the cache folder"
    )


class Cache:
    """One run's door to the store; safe to use from several threads, and beside other processes.

    Where the folder can't be written, `warn` is told once and a temporary folder takes its place until `close`.
    """

    def __init__(self, root: Path, *, limit_bytes: int = LIMIT_BYTES, warn: Callable[[str], None]) -> None:
        self.root = root
        self._limit_bytes = limit_bytes
        self._warn = warn
        self._lock = threading.Lock()
        self._pins = Pins(root / "runs")
        self._spare: temporary.Folder | None = None
        self._unchecked_bytes = 0

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of this run's entries, bring the store under its limit, remove the temporary folder. Idempotent."""
        self._pins.release()
        self._shrink(KINDS, self._limit_bytes)
        sweep(self.root)
        temporary.sweep()
        with self._lock:
            if self._spare is not None:
                self._spare.close()
                self._spare = None

    def get(self, kind: Kind, key: str) -> Entry | None:
        """Return the entry and keep it from eviction, or None; a damaged one is dropped and counts as absent."""
        file = name(kind, key)
        with self._lock:
            roots = [self._spare.path] if self._spare else []
        if paths.is_there(self.root / file):
            self._pins.add(file)  # before it is read, so that it stays
            roots.append(self.root)
        for root in roots:
            path = root / file
            try:
                entry = read(path, kind, key)
            except FileNotFoundError:
                continue
            except DamagedError:
                unlink(path)
                continue
            except OSError:
                continue  # unreadable counts as absent; `put` finds out whether the folder can be written
            with suppress(OSError):  # a folder that is only read serves too; its order of use stays as it is
                os.utime(path)
            return entry
        return None

    def put(self, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
        """Store a payload under a key, whole or not at all, and keep it from eviction.

        Raises Failed when even the temporary folder can't take it.
        """
        return self._put(name(kind, key), lambda path: write(path, kind, key, payload, meta))

    def fill(self, kind: Kind, key: str, fill: Fill) -> Entry:
        """Store a payload too large to be held, as `put` does: `fill` writes it to a file and returns its facts.

        It is called again where the cache takes no more. Raises what it raises.
        """
        return self._put(name(kind, key), lambda path: filled(path, kind, key, fill))

    def _put(self, file: str, put: Callable[[Path], Entry]) -> Entry:
        with self._lock:
            spare = self._spare
        if spare is None:
            try:
                self._pins.add(file)
                entry = put(self.root / file)
            except OSError as error:
                spare = self._switch_to_spare(error)
            else:
                self._count(entry.offset + entry.size)
                return entry
        try:
            return put(spare.path / file)
        except OSError as error:
            raise temporary.full(spare.path, error) from error

    def info(self) -> tuple[tuple[Kind, int, int], ...]:
        """Return (kind, entries, bytes) of every kind."""
        rows = []
        for kind in KINDS:
            sizes = [stat.st_size for _, stat in listed(self.root, (kind,))]
            rows.append((kind, len(sizes), sum(sizes)))
        return tuple(rows)

    def clear(self, kinds: Iterable[Kind] = KINDS) -> int:
        """Remove every entry of these kinds that no running render uses; return the bytes freed."""
        return self._shrink(kinds, 0)

    def _switch_to_spare(self, error: OSError) -> temporary.Folder:
        """Return the temporary folder, made and spoken of at its first need."""
        with self._lock:
            if self._spare is None:
                fault = f"{self.root}: expected a cache folder that can be written, got: {reason(error)}"
                try:
                    self._spare = temporary.Folder()
                except Failed as second:
                    raise Failed(f"{fault}; and {second.text}") from second
                self._warn(
                    f"{fault}. This run keeps its audio in a temporary folder; the next one will speak it again. "
                    "Free some space, or name another folder in VOICEGUIDE_CACHE."
                )
            return self._spare

    def _count(self, size: int) -> None:
        """Look at the store's size every eighth of its limit: often enough to hold it, seldom enough to be free."""
        with self._lock:
            self._unchecked_bytes += size
            due = self._unchecked_bytes > self._limit_bytes // 8
            if due:
                self._unchecked_bytes = 0
        if due:
            self._shrink(KINDS, self._limit_bytes)

    def _shrink(self, kinds: Iterable[Kind], limit_bytes: int) -> int:
        """Remove entries, those unused for longest first, until the rest fit the limit; return the bytes freed.

        What a running render has pinned stays. Nobody else pins or removes meanwhile, so the count is right.
        """
        freed = 0
        with self._pins.everyones() as pinned:
            found = sorted(listed(self.root, kinds), key=lambda pair: pair[1].st_mtime)
            excess = sum(stat.st_size for _, stat in found) - limit_bytes
            for path, stat in found:
                if freed >= excess:
                    break
                if path.relative_to(self.root).as_posix() not in pinned:
                    with suppress(OSError):  # mapped, on Windows
                        path.unlink()
                        freed += stat.st_size
        return freed


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind's payloads, as bytes."""

    cache: Cache
    kind: Kind

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key, or None."""
        entry = self.cache.get(self.kind, key)
        return None if entry is None else entry.read()

    def put(self, key: str, kept: bytes) -> None:
        """Keep bytes under a key where there is room for them; who can make them needs no place to keep them in."""
        with suppress(Failed):
            self.cache.put(self.kind, key, kept, {})
