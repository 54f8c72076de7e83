"""What the first bytes of a sound file say: which format it is, and how much sound it promises."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_MOST_CHUNKS = 1000
_UNTOLD = 0xFFFFFF00
"""From this size of a chunk on, whoever wrote the file did not know it yet."""


class Promise(NamedTuple):
    """What a header says of the sound behind it, in bytes."""

    promised: int
    there: int


def other_format(path: Path) -> str | None:
    """Name a format that is not read here by its first bytes; None for any other."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "an MPEG-4 file (.m4a)"
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xF6 == 0xF0:
        return "an AAC file"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "a Matroska or WebM file"
    return "a Windows Media file" if head[:4] == b"0&\xb2u" else None


def promise(path: Path) -> Promise | None:
    """Return how much sound a WAV or AIFF promises and how much is there; None where its header does not say."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] in (b"RIFF", b"RF64", b"RIFX") and head[8:] == b"WAVE":
            return _promise(file, b"data", ">" if head[:4] == b"RIFX" else "<")
        if head[:4] == b"FORM" and head[8:] in (b"AIFF", b"AIFC"):
            return _promise(file, b"SSND", ">")
    return None


def _promise(file: BinaryIO, name: bytes, order: str) -> Promise | None:
    """Look for the chunk of a name from where a file stands; one that tells its size elsewhere has it there."""
    told_before = None
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return None
        found, size = struct.unpack(f"{order}4sI", head)
        begins = file.tell()
        if found == b"ds64":  # RF64's (EBU Tech 3306): the file's size, then the sound's
            told = file.read(16)[8:]
            told_before = int.from_bytes(told, "little") if len(told) == 8 else None
        if found == name:
            size = size if size < _UNTOLD else told_before
            return None if not size else Promise(size, file.seek(0, 2) - begins)
        file.seek(begins + size + size % 2)
    return None
