"""An entry of the cache as a file: written whole, and read with every byte checked.

It is a digest of all that follows it, the sizes, a small JSON (kind, key and the owner's own facts), then the payload
at an aligned offset, ready to be memory-mapped.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from voiceguide.errors import Failed
from voiceguide.store import owned, paths, regular
from voiceguide.store.locks import born_held, removed_unless_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    Fill = Callable[[BinaryIO], Mapping[str, Any]]

Kind = Literal["sentences", "takes", "sections", "sounds", "covers"]
Payload = bytes | memoryview
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
_ROOM = 4096 - _HEAD
"""Bytes for the JSON of an entry whose facts are known only once its payload is written."""


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
            with os.fdopen(regular.opened(self.path), "rb") as file:
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
    with os.fdopen(regular.opened(path), "rb") as file:
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


def write(path: Path, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
    """Write an entry beside its place and move it there: readers find it whole or not at all. Raises OSError."""

    def put(file: BinaryIO) -> tuple[int, int]:
        facts = _facts(kind, key, meta)
        lead, offset = _lead(facts, memoryview(payload).nbytes)
        digest = hashlib.blake2b(lead, digest_size=_DIGEST_SIZE)
        digest.update(memoryview(payload).cast("B"))
        file.write(digest.digest() + lead)
        file.write(payload)
        return offset, memoryview(payload).nbytes

    offset, size = _placed(path, put)
    return Entry(path, offset, size, dict(meta))


def filled(path: Path, kind: Kind, key: str, fill: Fill) -> Entry:
    """Write an entry whose payload is too large to be held: `fill` writes it, and returns the facts. Raises OSError."""
    known: dict[str, Any] = {}

    def put(file: BinaryIO) -> tuple[int, int]:
        offset = _aligned(_HEAD + _ROOM)
        file.seek(offset)
        known.update(fill(file))
        size = file.tell() - offset
        lead, begins = _lead(_facts(kind, key, known).ljust(_ROOM), size)
        if begins != offset:
            raise ValueError(f"the facts of an entry take more than {_ROOM} bytes: {known}")
        digest = hashlib.blake2b(lead, digest_size=_DIGEST_SIZE)
        file.seek(offset)
        while chunk := file.read(1 << 20):
            digest.update(chunk)
        file.seek(0)
        file.write(digest.digest() + lead)
        return offset, size

    offset, size = _placed(path, put)
    return Entry(path, offset, size, known)


def _placed(path: Path, put: Callable[[BinaryIO], tuple[int, int]]) -> tuple[int, int]:
    """Have a file written under another name, and move it to its own; return what `put` did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, part = born_held(lambda: path.with_name(f"{path.stem}{secrets.token_hex(8)}{_PART}"), 0o600)
    try:
        with os.fdopen(number, "w+b") as file:
            done = put(file)
            file.flush()
            if sys.platform != "win32":  # while it is held, so that nobody takes it for left
                part.replace(path)
        if sys.platform == "win32":
            try:
                part.replace(path)
            except PermissionError:  # it is mapped: another render has put the same entry and reads it
                if not paths.is_file(path):
                    raise
        return done
    finally:
        unlink(part)
        owned.disown(part)


def _facts(kind: Kind, key: str, meta: Mapping[str, Any]) -> bytes:
    return json.dumps({"kind": kind, "key": key, "meta": dict(meta)}).encode()


def _lead(facts: bytes, size: int) -> tuple[bytes, int]:
    """Return what stands between the digest and the payload, and where the payload begins."""
    offset = _aligned(_HEAD + len(facts))
    return _SIZES.pack(_MAGIC, len(facts), size) + facts + bytes(offset - _HEAD - len(facts)), offset


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def listed(root: Path, kinds: Iterable[Kind]) -> list[tuple[Path, os.stat_result]]:
    """Return the entries of some kinds with their size and last use."""
    found = []
    for kind in kinds:
        for path in listing(root / kind, _ENTRY):
            with suppress(OSError):  # removed a moment ago
                found.append((path, path.lstat()))
    return found


def sweep(root: Path) -> None:
    """Remove what processes left half done when they died."""
    for kind in KINDS:
        for path in listing(root / kind, _PART):
            with suppress(OSError):
                removed_unless_held(path)


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
