"""Ogg: libsndfile encodes Vorbis and Opus, and its pages get our comments on their way into the file.

libsndfile writes an Ogg file front to back and gives each a serial number by chance. Here the head's packets are laid
anew with the comments in them, and every page gets a number made of those comments, so that the same session is the
same file. Nothing is written twice, and the sound's packets stay as they are.
"""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from mutagen.ogg import OggPage

from voiceguide.exports.door import written_by_soundfile
from voiceguide.installed import reinstalling
from voiceguide.tags.comments import comments, picture
from voiceguide.tags.gain import r128, replaygain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.tags import Tags
    from voiceguide.tags.comments import Gain

_PAGE_HEAD = 27
"""Bytes of a page in front of its table of sizes; the last of them says how many sizes there are (RFC 3533, 6)."""
_HEADS = {b"\x01vorbis": (3, b"\x03vorbis", b"\x01"), b"OpusHead": (2, b"OpusTags", b"")}
"""By how the first packet starts: the packets before the sound, how the one with the comments starts, how it ends."""


def probe(subtype: str) -> str | None:
    """Return the one-line fix when libsndfile does not encode `subtype` (`VORBIS`, `OPUS`) here."""
    import soundfile

    if subtype in soundfile.available_subtypes("OGG"):
        return None
    return f"this libsndfile knows no {subtype.capitalize()}; run: {reinstalling('soundfile')}"


def write_ogg(
    file: BinaryIO, samples: Iterator[NDArray[np.float32]], tags: Tags, *, subtype: str, rate: int, compression: float
) -> None:
    """Write a whole Ogg file of samples of shape (n, 2) at `rate`.

    `compression` is libsndfile's, 0 (large) to 1. An n of 65,536 is safe: a much larger one overruns libvorbis's stack.
    """
    pages = Pages(file, tags, r128 if subtype == "OPUS" else replaygain)
    with written_by_soundfile(
        pages, samplerate=rate, channels=2, format="OGG", subtype=subtype, compression_level=compression
    ) as write:
        for part in samples:
            write(part)


class Pages:
    """Takes an Ogg stream, in pieces of any size, and writes it with a head of ours."""

    def __init__(self, file: BinaryIO, tags: Tags, gain: Gain) -> None:
        self._file = file
        self._comments = list(_comments(tags, gain))
        self._taken = 0
        self._rest = bytearray()
        self._head: list[OggPage] = []
        self._serial: int | None = None
        """Known once the head is written."""
        self._later = 0
        """By how many pages our head is longer."""

    def read(self, _size: int, /) -> bytes:
        """Nothing: the stream is only written."""
        return b""

    def seek(self, _offset: int, _whence: int, /) -> int:
        """Stay: libsndfile only asks for the length, when it starts."""
        return self._taken

    def tell(self) -> int:
        """How many bytes were taken."""
        return self._taken

    def write(self, data: bytes, /) -> int:
        """Take a piece, and write the pages that are whole by now."""
        self._taken += len(data)
        self._rest += data
        while size := _page_size(self._rest):
            page = OggPage(BytesIO(self._rest[:size]))
            del self._rest[:size]
            if self._serial is None:
                self._head.append(page)
                self._lay_head()
            else:
                page.sequence += self._later
                self._put(page, self._serial)
        return len(data)

    def _lay_head(self) -> None:
        """Write the head once its last packet is whole; the sound starts a new page (RFC 7845, 3; Vorbis I, A.2)."""
        first = self._head[0]
        count, start, end = next(head for magic, head in _HEADS.items() if first.packets[0].startswith(magic))
        if sum(len(page.packets) - (not page.complete) for page in self._head) < count:
            return
        _, old, *more = OggPage.to_packets(self._head)
        packet = _comment_packet(old, self._comments, start, end)
        pages = [first, *OggPage.from_packets([packet, *more], sequence=1)]
        self._later = len(pages) - len(self._head)
        # Not the same number for all: sessions joined end to end are told apart by it.
        self._serial = zlib.crc32(packet)
        for page in pages:
            self._put(page, self._serial)

    def _put(self, page: OggPage, serial: int) -> None:
        page.serial = serial
        self._file.write(page.write())  # with a new checksum


def _page_size(data: bytearray) -> int:
    """Return the bytes of the page that `data` starts with; 0 while it is not all there."""
    if len(data) < _PAGE_HEAD:
        return 0
    body = _PAGE_HEAD + data[_PAGE_HEAD - 1]
    size = body + sum(data[_PAGE_HEAD:body])
    return size if len(data) >= size else 0


def _comments(tags: Tags, gain: Gain) -> Iterator[tuple[str, str]]:
    yield from comments(tags, gain)
    if tags.cover:
        yield "METADATA_BLOCK_PICTURE", base64.b64encode(picture(tags.cover, tags.cover_type).write()).decode()


def _comment_packet(old: bytes, texts: list[tuple[str, str]], start: bytes, end: bytes) -> bytes:
    """Return the packet with the comments; the encoder's name is kept from the one libsndfile made."""
    after = len(start) + 4 + int.from_bytes(old[len(start) : len(start) + 4], "little")
    parts = [old[:after], struct.pack("<I", len(texts))]
    for key, value in texts:
        text = f"{key}={value}".encode()
        parts += [struct.pack("<I", len(text)), text]
    return b"".join([*parts, end])
