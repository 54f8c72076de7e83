"""ID3v2 tags as frames: those that tell of a session, read by hand, so that no tag can take long or grow in memory."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_BYTES = 10
MOST = 50_000
"""Frames that are looked at; a session has one a chapter and some ten more."""

_OLD_NAMES = {"TT2": "TIT2", "TP1": "TPE1", "TAL": "TALB", "COM": "COMM", "TLA": "TLAN", "GEO": "GEOB"}
"""What version 2 calls them; its pictures are laid out in another way, and are none here."""
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_TWO_BYTES = ("utf-16", "utf-16-be")
_UNREADABLE = {3: 0xC0, 4: 0x0C}
"""Flags of frames that are compressed or encrypted, by version: no session's are, and they may unfold to any size."""


class Frame(NamedTuple):
    """One frame, as version 3 and 4 name it."""

    name: str
    body: bytes


def tag_bytes(head: bytes) -> int:
    """Return how long the tag is whose first bytes these are, its head included; 0 for no tag."""
    if len(head) < HEAD_BYTES or not head.startswith(b"ID3") or max(head[6:10]) > 0x7F:
        return 0
    return HEAD_BYTES + _syncsafe(head[6:10])


def frames(tag: bytes) -> Iterator[Frame]:
    """Give a whole tag's frames in their order, MOST at most; what is damaged ends it, or is left out."""
    version, flags = tag[3], tag[5]
    body = tag[HEAD_BYTES:]
    if version < 4 and flags & 0x80:
        body = _synchronised(body)
    if version > 2 and flags & 0x40:
        more = body[:4]
        body = body[_syncsafe(more) if version == 4 else 4 + int.from_bytes(more) :]
    for name, mark, data in _laid(body, version):
        if mark & _UNREADABLE.get(version, 0):
            continue
        if mark & (0x20 if version == 3 else 0x40):  # which group it is of
            data = data[1:]
        if version == 4 and mark & 0x01:  # its length, once more
            data = data[4:]
        if version == 4 and (mark & 0x02 or flags & 0x80):
            data = _synchronised(data)
        yield Frame(_OLD_NAMES.get(name, name), data)


def text(body: bytes) -> str:
    """Return the text of a frame that is one: the first, where there are several."""
    return _first(body[1:], _encoding(body))[0]


def comment(body: bytes) -> tuple[str, str]:
    """Return what a comment's frame calls itself, and its text."""
    name, rest = _first(body[4:], _encoding(body))
    return name, _first(rest, _encoding(body))[0]


def held(body: bytes) -> tuple[str, bytes]:
    """Return what an object's frame (GEOB) calls itself, and the object."""
    rest = _first(body[1:], "latin-1")[1]
    rest = _first(rest, _encoding(body))[1]
    return _first(rest, _encoding(body))


def picture(body: bytes) -> bytes:
    """Return the picture of a picture's frame (APIC)."""
    rest = _first(body[1:], "latin-1")[1]
    return _first(rest[1:], _encoding(body))[1]


def chapter(body: bytes, version: int) -> tuple[str, float] | None:
    """Return a chapter's title and the second it begins at; None for a frame that ends before it says so."""
    rest = body.partition(b"\0")[2]
    if len(rest) < 16:
        return None
    titles = (text(data) for name, mark, data in _laid(rest[16:], version) if name == "TIT2" and not mark)
    return next(titles, ""), struct.unpack(">I", rest[:4])[0] / 1000


def _laid(body: bytes, version: int) -> Iterator[tuple[str, int, bytes]]:
    """Give names, second flags and data of the frames that lie one behind the other."""
    wide, head = (3, 6) if version == 2 else (4, 10)
    at = 0
    for _ in range(MOST):
        name, sizes = body[at : at + wide], body[at + wide : at + 2 * wide]
        if len(sizes) < wide or not (name.isascii() and name.isalnum()):
            return
        size = _syncsafe(sizes) if version == 4 else int.from_bytes(sizes)
        mark = body[at + 9] if version > 2 and at + 9 < len(body) else 0
        yield name.decode(), mark, body[at + head : at + head + size]
        at += head + size


def _first(data: bytes, encoding: str) -> tuple[str, bytes]:
    """A text as far as its end, and what stands behind that."""
    if encoding not in _TWO_BYTES:
        found, _, rest = data.partition(b"\0")
        return found.decode(encoding, "replace"), rest
    at = data.find(b"\0\0")
    while at > 0 and at % 2:  # half a letter, and half the next
        at = data.find(b"\0\0", at + 1)
    end = len(data) if at < 0 else at
    return data[:end].decode(encoding, "replace"), data[end + 2 :]


def _encoding(body: bytes) -> str:
    return _ENCODINGS[body[0]] if body and body[0] < len(_ENCODINGS) else "latin-1"


def _syncsafe(size: bytes) -> int:
    """A number of seven bits a byte."""
    number = 0
    for byte in size:
        number = number << 7 | byte & 0x7F
    return number


def _synchronised(data: bytes) -> bytes:
    """Data without the zeros that keep a player from taking it for music."""
    return data.replace(b"\xff\0", b"\xff")
