"""A content-addressed store on disk: checksums, a size cap, eviction, and pins of running renders.

An entry is one file: a digest of all that follows it, the sizes, a small JSON (kind, key and the owner's own facts),
then the payload at an aligned offset, ready to be memory-mapped. What is stored is the business of its owners.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO, get_args
from uuid import uuid4

from voiceguide.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

Kind = Literal["sentences", "takes", "sections", "sounds", "covers"]
Payload = bytes | memoryview | Path
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Each is a folder of the store."""

LIMIT_BYTES = 2_000_000_000
"""What is left on disk at most once no render runs."""

_ALIGNMENT = 64
"""Bytes; a multiple of every sample's size and of a cache line."""
_DIGEST_SIZE = 32
_SIZES = struct.Struct("<8sQQ")
"""Magic, bytes of JSON, bytes of payload."""
_MAGIC = b"VGCACHE1"
_HEAD = _DIGEST_SIZE + _SIZES.size
_ENTRY, _PART, _RUN = ".entry", ".part", ".run"
_ABANDONED_SECONDS = 24 * 3600.0
"""A half-written file this old belongs to a process that died."""


def default_folder() -> Path:
    """Return the user's cache folder, or the one that VOICEGUIDE_CACHE names."""
    if named := os.environ.get("VOICEGUIDE_CACHE"):
        return Path(named).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("voiceguide", appauthor=False))


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole and checked entry; its file stays until the cache that returned it is closed."""

    path: Path
    offset: int
    """Where the payload starts, in bytes; a multiple of 64."""
    size: int
    """Of the payload, in bytes."""
    meta: Mapping[str, Any]
    """As it was put."""

    def read(self) -> bytes:
        """Return the payload; raises Failed when someone has emptied the cache folder meanwhile."""
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                return file.read(self.size)
        except OSError as error:
            raise Failed(f"{self.path}: expected audio kept here, got: {_reason(error)}. Run it again.") from error


class Cache:
    """One run's door to the store; safe to use from several threads, and beside other processes.

    Where the folder can't be written, `warn` is told once and a temporary folder takes its place until `close`.
    """

    def __init__(self, root: Path, *, limit_bytes: int = LIMIT_BYTES, warn: Callable[[str], None]) -> None:
        self.root = root
        self._limit_bytes = limit_bytes
        self._warn = warn
        self._lock = threading.Lock()
        self._pins = _Pins(root / "runs")
        self._spare: tempfile.TemporaryDirectory[str] | None = None
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
        _sweep(self.root)
        with self._lock:
            if self._spare is not None:
                self._spare.cleanup()
                self._spare = None

    def get(self, kind: Kind, key: str) -> Entry | None:
        """Return the entry and keep it from eviction, or None; a damaged one is dropped and counts as absent."""
        name = _name(kind, key)
        with self._lock:
            roots = [Path(self._spare.name)] if self._spare else []
        if (self.root / name).exists():
            self._pins.add(name)  # before it is read, so that it stays
            roots.append(self.root)
        for root in roots:
            path = root / name
            try:
                entry = _read(path, kind, key)
            except FileNotFoundError:
                continue
            except _DamagedError:
                _unlink(path)
                continue
            except OSError:
                continue  # unreadable counts as absent; `put` finds out whether the folder can be written
            with suppress(OSError):  # a folder that is only read serves too; its order of use stays as it is
                os.utime(path)
            return entry
        return None

    def put(self, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
        """Store a payload under a key, whole or not at all, and keep it from eviction.

        A payload too large to be held is given by the path of a file that holds it. Raises Failed when even the
        temporary folder can't take it.
        """
        name = _name(kind, key)
        with self._lock:
            spare = self._spare
        if spare is None:
            try:
                self._pins.add(name)
                entry = _write(self.root / name, kind, key, payload, meta)
            except OSError as error:
                spare = self._switch_to_spare(error)
            else:
                self._count(entry.offset + entry.size)
                return entry
        try:
            return _write(Path(spare.name) / name, kind, key, payload, meta)
        except OSError as error:
            raise Failed(
                f"{spare.name}: expected room for the session's audio, got: {_reason(error)}. "
                "Free some space, or name another temporary folder in TMPDIR (on Windows TEMP)."
            ) from error

    def info(self) -> tuple[tuple[Kind, int, int], ...]:
        """Return (kind, entries, bytes) of every kind."""
        rows = []
        for kind in KINDS:
            sizes = [stat.st_size for _, stat in _entries(self.root, (kind,))]
            rows.append((kind, len(sizes), sum(sizes)))
        return tuple(rows)

    def clear(self, kinds: Iterable[Kind] = KINDS) -> int:
        """Remove every entry of these kinds that no running render uses; return the bytes freed."""
        return self._shrink(kinds, 0)

    def _switch_to_spare(self, error: OSError) -> tempfile.TemporaryDirectory[str]:
        """Return the temporary folder, made and spoken of at its first need."""
        with self._lock:
            if self._spare is None:
                try:
                    self._spare = tempfile.TemporaryDirectory(prefix="voiceguide-", ignore_cleanup_errors=True)
                except OSError as second:
                    raise Failed(
                        f"{self.root}: expected a cache folder that can be written, got: {_reason(error)}; "
                        f"and no temporary folder can be made: {_reason(second)}. Free some space."
                    ) from second
                self._warn(
                    f"{self.root}: expected a cache folder that can be written, got: {_reason(error)}. "
                    "This run keeps its audio in a temporary folder; the next one will speak it again. "
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
            found = sorted(_entries(self.root, kinds), key=lambda pair: pair[1].st_mtime)
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
        """Keep bytes under a key."""
        self.cache.put(self.kind, key, kept, {})


class _Pins:
    """Names of entries in use: one file a run, held while the run lives, so that a crash lets go of them.

    One lock in the folder is shared by those who pin and held alone by the one who evicts: whoever pins first and then
    looks for the entry finds it absent or keeps it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"{uuid4().hex}{_RUN}"
        self._names: set[str] = set()
        self._file: TextIO | None = None
        self._lock = threading.Lock()  # always taken after the folder's

    def add(self, name: str) -> None:
        """Pin an entry for this run."""
        if name in self._names:
            return
        # A folder that is only read can't be evicted from, so a pin that can't be written there is not missed.
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        with _locked(self._folder, alone=False), self._lock:
            self._names.add(name)
            with suppress(OSError):
                if self._file is None:
                    self._file = _held(self._path)
                self._file.write(f"{name}\n")
                self._file.flush()

    @contextmanager
    def everyones(self) -> Iterator[set[str]]:
        """Give this run's names and those of every other run alive, and let nobody pin meanwhile."""
        with _locked(self._folder, alone=True):
            with self._lock:
                names = set(self._names)
            for path in _listing(self._folder, _RUN):
                if path != self._path:
                    names.update(_pinned_by(path))
            yield names

    def release(self) -> None:
        """End this run's pins."""
        with self._lock:
            self._names.clear()
            if self._file is not None:
                with suppress(OSError):  # a full disk refuses what is left in the file's buffer
                    self._file.close()
                self._file = None
                _unlink(self._path)


@contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold a folder's lock, shared or alone, against other processes and threads.

    Without it where the file system has no locks or the folder can't be written: a render may then have to be run
    again when another one evicts at the same moment, which is better than none running at all.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context((folder / "lock").open("ab"))
            if sys.platform == "win32":
                import msvcrt

                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # Windows knows no shared kind here
                stack.callback(msvcrt.locking, file.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def _held(path: Path) -> TextIO:
    """Create a run's file and hold it as long as the process (or the returned file) lives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return path.open("x", encoding="utf-8")  # Windows lets nobody delete an open file: that is hold enough
    import fcntl

    unborn = path.with_suffix(".new")  # it gets its name once it is locked: until then it would pass for dead
    file = unborn.open("x", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unborn.replace(path)
    except OSError:
        file.close()
        _unlink(unborn)
        raise
    return file


def _pinned_by(path: Path) -> frozenset[str]:
    """Return the names a run has pinned; none, and its file removed, when the run is dead."""
    try:
        if sys.platform == "win32":
            with suppress(PermissionError):
                path.unlink()
                return frozenset()
        else:
            import fcntl

            with path.open("rb") as file, suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                path.unlink()
                return frozenset()
        return frozenset(path.read_text("utf-8").split("\n"))
    except OSError:
        return frozenset()  # it ended a moment ago


def _name(kind: Kind, key: str) -> str:
    """Return the entry's path below the root."""
    return f"{kind}/{hashlib.blake2b(key.encode(), digest_size=20).hexdigest()}{_ENTRY}"


class _DamagedError(Exception):
    """The file is not the entry it should be."""


def _read(path: Path, kind: Kind, key: str) -> Entry:
    """Return the entry in a file, every byte of it checked; raises _DamagedError or OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD:
            raise _DamagedError
        magic, json_size, size = _SIZES.unpack(head[_DIGEST_SIZE:])
        offset = _aligned(_HEAD + json_size)
        if magic != _MAGIC or os.fstat(file.fileno()).st_size != offset + size:
            raise _DamagedError
        facts = file.read(json_size)
        digest = hashlib.blake2b(head[_DIGEST_SIZE:] + facts, digest_size=_DIGEST_SIZE)
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.digest() != head[:_DIGEST_SIZE]:
        raise _DamagedError
    said = json.loads(facts)
    if (said["kind"], said["key"]) != (kind, key):
        raise _DamagedError
    return Entry(path, offset, size, said["meta"])


def _chunks(payload: Payload) -> Iterator[bytes | memoryview]:
    """The payload's bytes, a file's a piece at a time."""
    if isinstance(payload, Path):
        with payload.open("rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk
    else:
        yield memoryview(payload).cast("B")


def _write(path: Path, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
    """Write an entry beside its place and move it there: readers find it whole or not at all. Raises OSError."""
    facts = json.dumps({"kind": kind, "key": key, "meta": dict(meta)}).encode()
    size = payload.stat().st_size if isinstance(payload, Path) else memoryview(payload).nbytes
    offset = _aligned(_HEAD + len(facts))
    sizes = _SIZES.pack(_MAGIC, len(facts), size)
    lead = sizes + facts + bytes(offset - _HEAD - len(facts))
    digest = hashlib.blake2b(lead, digest_size=_DIGEST_SIZE)
    for chunk in _chunks(payload):
        digest.update(chunk)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=path.stem, suffix=_PART, dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 (mkstemp returns a descriptor, not a path)
            file.write(digest.digest() + lead)
            for chunk in _chunks(payload):
                file.write(chunk)
        Path(part).replace(path)
    except PermissionError:
        _unlink(Path(part))
        # On Windows a mapped file can't be replaced: another render has put the same entry and reads it.
        with suppress(_DamagedError):
            return _read(path, kind, key)
        raise
    except BaseException:
        _unlink(Path(part))
        raise
    return Entry(path, offset, size, dict(meta))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _entries(root: Path, kinds: Iterable[Kind]) -> list[tuple[Path, os.stat_result]]:
    """Return the entries of some kinds with their size and last use."""
    found = []
    for kind in kinds:
        for path in _listing(root / kind, _ENTRY):
            with suppress(OSError):  # removed a moment ago
                found.append((path, path.stat()))
    return found


def _sweep(root: Path) -> None:
    """Remove what processes left half done when they died."""
    for kind in KINDS:
        for path in _listing(root / kind, _PART):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                    path.unlink()


def _listing(folder: Path, suffix: str) -> list[Path]:
    """Return a folder's files by suffix; none when there is no such folder."""
    try:
        return [path for path in folder.iterdir() if path.name.endswith(suffix)]
    except OSError:
        return []


def _unlink(path: Path) -> None:
    """Remove a file that another process may have removed, or (on Windows) still uses."""
    with suppress(OSError):
        path.unlink()


def _reason(error: OSError) -> str:
    """Return the system's own words, as `No space left on device`."""
    return error.strerror or str(error)
