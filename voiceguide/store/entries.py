"""An entry of the cache as a file: written whole, and read with every byte checked.

It is a digest of all that follows it, the sizes, a small JSON (kind, key and the owner's own facts), then the payload
at an aligned offset, ready to be memory-mapped.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from voiceguide.errors import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind = Literal["sentences", "takes", "sections", "sounds", "covers"]
Payload = bytes | memoryview | Path
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Each is a folder of the store."""

_ALIGNMENT = 64
"""Bytes; a multiple of every sample's size and of a cache line."""
_DIGEST_SIZE = 32
_SIZES = struct.Struct("<8sQQ")
"""Magic, bytes of JSON, bytes of payload."""
_MAGIC = b"VGCACHE1"
_HEAD = _DIGEST_SIZE + _SIZES.size
_MOST_FACTS = 1 << 20
"""Bytes of an owner's facts."""
_ENTRY, _PART = ".entry", ".part"
_ABANDONED_SECONDS = 24 * 3600.0
"""A half-written file this old belongs to a process that died."""


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
            raise Failed(f"{self.path}: expected audio kept here, got: {reason(error)}. Run it again.") from error


class DamagedError(Exception):
    """The file is not the entry it should be."""


def name(kind: Kind, key: str) -> str:
    """Return the entry's path below the root."""
    return f"{kind}/{hashlib.blake2b(key.encode(), digest_size=20).hexdigest()}{_ENTRY}"


def read(path: Path, kind: Kind, key: str) -> Entry:
    """Return the entry in a file, every byte of it checked; raises DamagedError or OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD:
            raise DamagedError
        magic, json_size, size = _SIZES.unpack(head[_DIGEST_SIZE:])
        offset = _aligned(_HEAD + json_size)
        if magic != _MAGIC or json_size > _MOST_FACTS or os.fstat(file.fileno()).st_size != offset + size:
            raise DamagedError
        facts = file.read(json_size)
        digest = hashlib.blake2b(head[_DIGEST_SIZE:] + facts, digest_size=_DIGEST_SIZE)
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.digest() != head[:_DIGEST_SIZE]:
        raise DamagedError
    try:
        said = json.loads(facts)
        told, meta = (said["kind"], said["key"]), dict(said["meta"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DamagedError from error
    if told != (kind, key):
        raise DamagedError
    return Entry(path, offset, size, meta)


def _chunks(payload: Payload) -> Iterator[bytes | memoryview]:
    """The payload's bytes, a file's a piece at a time."""
    if isinstance(payload, Path):
        with payload.open("rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk
    else:
        yield memoryview(payload).cast("B")


def write(path: Path, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
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
        unlink(Path(part))
        # On Windows a mapped file can't be replaced: another render has put the same entry and reads it.
        with suppress(DamagedError):
            return read(path, kind, key)
        raise
    except BaseException:
        unlink(Path(part))
        raise
    return Entry(path, offset, size, dict(meta))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def listed(root: Path, kinds: Iterable[Kind]) -> list[tuple[Path, os.stat_result]]:
    """Return the entries of some kinds with their size and last use."""
    found = []
    for kind in kinds:
        for path in listing(root / kind, _ENTRY):
            with suppress(OSError):  # removed a moment ago
                found.append((path, path.stat()))
    return found


def sweep(root: Path) -> None:
    """Remove what processes left half done when they died."""
    for kind in KINDS:
        for path in listing(root / kind, _PART):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                    path.unlink()


def listing(folder: Path, suffix: str) -> list[Path]:
    """Return a folder's files by suffix; none when there is no such folder."""
    try:
        return [path for path in folder.iterdir() if path.name.endswith(suffix)]
    except OSError:
        return []


def unlink(path: Path) -> None:
    """Remove a file that another process may have removed, or (on Windows) still uses."""
    with suppress(OSError):
        path.unlink()


def reason(error: OSError) -> str:
    """Return the system's own words, as `No space left on device`."""
    return error.strerror or str(error)
