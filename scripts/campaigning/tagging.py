"""Foreign tags and headers: what other programs, and other people, write into finished files."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

import base64
import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any

from campaigning.mutating import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

TIMELINE = "voiceguide timeline"
"""What the frame is called in which an MP3 carries its timeline."""
_MARK = "QXQXQXQXQXQX"
"""Stands in a tag where bytes come that no library would write."""
_RAW = (
    b"\xed\xa0\x80\xff\xfe\xff\xc0\x80\x00\x1b[m",
    b"\xff" * 12,
    b"\0" * 12,
    b"\x00\xd8" * 6,
    b"\xff\xfe\x00\xdc" * 3,
)
_TIMES = (0, 1, 5_000, 20_000, 20_000, 48_000, 2**31, 2**32 - 2, 2**32 - 1)
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_STAMPS = (
    "00:00:00.000", "00:00:05.000", "99:99:99.999", "-1:00:00.000", "9999999999:00:00.000", "00:00:00", "",
    "00:00:1e9.0", "\u0660\u0660:\u0660\u0660:\u0660\u0665.\u0660\u0660\u0660", "nan", "00:00:05,000", "00:00:00.5.5",
    "9" * 400 + ":00:00.000",
)  # fmt: skip
_PATHS = (
    "../elsewhere/bait.yaml", "../elsewhere/bait", "/dev/stdin", "/dev/zero", "/proc/self/fd/0", "feet", "feet+legs",
    "small", "small.yaml", "./small.yaml", "n" * 300, "a/b", "", "..", "~root/x", "+", "feet+../elsewhere/bait.yaml",
)  # fmt: skip
"""What a file may say its routine is."""


def _text(rng: Random) -> str:
    """Return a text that a tag can hold."""
    if rng.random() < 0.2:
        return _MARK
    text = rng.choice((*TEXTS, "A title", "Chapter one"))
    return text.encode("utf-8", "replace").decode()


def _raw(data: bytes, rng: Random) -> bytes:
    """Put bytes in the marks' places, as long as they are."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        mark = _MARK.encode(encoding)
        data = data.replace(mark, (rng.choice(_RAW) * 2)[: len(mark)].ljust(len(mark), b"?"))
    return data


def _picture_bytes(rng: Random) -> bytes:
    return rng.choice((b"", _PNG, _PNG[:30], b"\xff\xd8\xff", b"GIF89a", b"<svg onload='x()'/>", b"\0" * 100_000))


# -- ID3 ------------------------------------------------------------------------------------------------


def _frame(rng: Random, timeline: bytes) -> Any:
    from mutagen import id3

    text = _text(rng)
    match rng.randrange(11):
        case 0 | 1:
            start, end = rng.choice(_TIMES), rng.choice(_TIMES)
            inner = [id3.TIT2(encoding=3, text=[text])] if rng.random() < 0.8 else []
            name = rng.choice(("ch1", "ch2", "", "toc", "x" * 300))
            return id3.CHAP(element_id=name, start_time=start, end_time=end, sub_frames=inner)
        case 2:
            names = rng.choice(([], ["ch1"], ["toc"], ["ch1", "ch1", "gone"], [f"c{at}" for at in range(255)]))
            return id3.CTOC(element_id=rng.choice(("toc", "", "t2")), flags=rng.randrange(4), child_element_ids=names)
        case 3:
            kind = rng.choice(("image/png", "image/jpeg", "-->", "", text, "text/html"))
            return id3.APIC(encoding=3, mime=kind, type=rng.choice((0, 3)), desc=text, data=_picture_bytes(rng))
        case 4 | 5 | 6:
            return id3.GEOB(encoding=0, mime="application/json", filename="", desc=TIMELINE, data=timeline)
        case 7:
            return id3.COMM(encoding=3, lang=rng.choice(("eng", "xxx", "\0\0\0")), desc="", text=[text])
        case 8:
            lyrics = [(text, rng.choice(_TIMES)) for _ in range(rng.choice((0, 1, 30)))]
            return id3.SYLT(encoding=3, lang="eng", format=rng.choice((1, 2)), type=1, desc="", text=lyrics)
        case 9:
            return rng.choice((id3.TLAN, id3.TLEN, id3.TPE1, id3.TALB))(encoding=rng.choice((0, 1, 3)), text=[text])
        case _:
            return id3.TIT2(encoding=rng.choice((1, 3)), text=[text] * rng.choice((1, 2)))


def _id3(tags: Any, rng: Random, timeline: bytes) -> None:
    if rng.random() < 0.3:
        for name in ("CHAP", "CTOC", "GEOB"):
            tags.delall(name)
    for _ in range(rng.choice((1, 1, 2, 5))):
        tags.add(_frame(rng, timeline))


def _mp3(data: bytes, rng: Random, timeline: bytes) -> bytes:
    from mutagen import id3

    file = BytesIO(data)
    tags = id3.ID3(file)
    _id3(tags, rng, timeline)
    file.seek(0)
    tags.save(file, v2_version=rng.choice((3, 4)))
    return file.getvalue()


def _wav(data: bytes, rng: Random, timeline: bytes) -> bytes:
    from mutagen.wave import WAVE

    file = BytesIO(data)
    sound = WAVE(file)
    if sound.tags is None:
        sound.add_tags()
    _id3(sound.tags, rng, timeline)
    file.seek(0)
    sound.save(file)
    return file.getvalue()


# -- Vorbis comments, and MP4 -----------------------------------------------------------------------------


def _block(rng: Random) -> str:
    """Return a picture as Ogg carries one, with lengths that lie, or in no base64."""
    from mutagen.flac import Picture

    block = Picture()
    block.type, block.mime, block.data = 3, rng.choice(("image/png", "", "-->")), _picture_bytes(rng)
    data = bytearray(block.write())
    how = rng.random()
    if how < 0.4:
        at = rng.choice((0, 4, 8, len(data) - len(block.data) - 4))
        data[at : at + 4] = struct.pack(">I", rng.choice((0, 1, 2**31 - 1, 2**32 - 1)))
    elif how < 0.5:
        data = data[: rng.randrange(len(data))]
    text = base64.b64encode(bytes(data)).decode()
    return text if rng.random() < 0.7 else rng.choice((text[:-1], f"{text}=", "!" + text, "é", "", "A", _MARK))


def _comments(tags: Any, rng: Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 5))):
        number = rng.choice(("001", "002", "003", "000", "999", "1", "٣", "-01", ""))
        key, value = rng.choice(
            (
                (f"CHAPTER{number}", rng.choice(_STAMPS)),
                (f"CHAPTER{number}NAME", _text(rng)),
                ("METADATA_BLOCK_PICTURE", _block(rng)),
                ("COVERART", _block(rng)),
                ("TITLE", _text(rng)),
                ("LANGUAGE", _text(rng)),
                ("COMMENT", _text(rng)),
                ("ARTIST", _text(rng)),
            )
        )
        tags[key] = [value] * rng.choice((1, 1, 2, 300 if len(value) < 1000 else 3))


def _xiph(kind: Callable[[Any], Any]) -> Callable[[bytes, Random, bytes], bytes]:
    def write(data: bytes, rng: Random, timeline: bytes) -> bytes:  # noqa: ARG001 (they carry none)
        file = BytesIO(data)
        sound = kind(file)
        _comments(sound, rng)
        file.seek(0)
        sound.save(file)
        return file.getvalue()

    return write


def _flac(data: bytes, rng: Random, timeline: bytes) -> bytes:  # noqa: ARG001 (it carries none)
    from mutagen.flac import FLAC, Picture

    file = BytesIO(data)
    sound = FLAC(file)
    _comments(sound, rng)
    if rng.random() < 0.4:
        block = Picture()
        block.type, block.mime, block.data, block.desc = rng.choice((0, 3)), _text(rng), _picture_bytes(rng), _text(rng)
        if rng.random() < 0.4:
            sound.clear_pictures()
        sound.add_picture(block)
    file.seek(0)
    sound.save(file)
    return file.getvalue()


def _mp4(data: bytes, rng: Random, timeline: bytes) -> bytes:  # noqa: ARG001 (it carries none)
    from mutagen.mp4 import MP4, MP4Cover

    file = BytesIO(data)
    sound = MP4(file)
    for _ in range(rng.choice((1, 2, 4))):
        key = rng.choice(("\xa9nam", "\xa9cmt", "\xa9alb", "\xa9lyr", "desc", "----:com.apple.iTunes:x", "covr"))
        if key == "covr":
            form = rng.choice((MP4Cover.FORMAT_PNG, MP4Cover.FORMAT_JPEG))
            sound[key] = [MP4Cover(_picture_bytes(rng), form)] * rng.choice((0, 1, 3))
        elif key.startswith("----"):
            sound[key] = [_text(rng).encode()]
        else:
            sound[key] = [_text(rng)] * rng.choice((1, 2))
    file.seek(0)
    sound.save(file)
    return file.getvalue()


def retagged(data: bytes, suffix: str, rng: Random, timeline: bytes) -> bytes:
    """Return a file with foreign tags; `timeline` is what an MP3 or WAV may carry as its own."""
    from mutagen import oggopus, oggvorbis

    writers = {
        ".mp3": _mp3,
        ".wav": _wav,
        ".ogg": _xiph(oggvorbis.OggVorbis),
        ".opus": _xiph(oggopus.OggOpus),
        ".flac": _flac,
        ".m4b": _mp4,
    }
    return _raw(writers[suffix](data, rng, timeline), rng)


def other_routine(timeline: dict[str, Any], rng: Random) -> dict[str, Any]:
    """Return a timeline that says it is of another routine, whose title is the same."""
    return {**timeline, "routine": rng.choice(_PATHS)}


# -- headers ------------------------------------------------------------------------------------------------

_PLACES: dict[str, tuple[bytes, ...]] = {
    ".mp3": (
        b"ID3", b"CHAP", b"CTOC", b"APIC", b"GEOB", b"SYLT", b"COMM", b"TIT2", b"Info", b"Xing", b"LAME", b"\xff\xfb",
    ),
    ".wav": (b"RIFF", b"WAVE", b"fmt ", b"data", b"fact", b"LIST", b"id3 ", b"ID3", b"CHAP"),
    ".ogg": (b"OggS", b"\x01vorbis", b"\x03vorbis", b"\x05vorbis", b"CHAPTER", b"METADATA_BLOCK_PICTURE"),
    ".opus": (b"OggS", b"OpusHead", b"OpusTags", b"CHAPTER", b"METADATA_BLOCK_PICTURE"),
    ".flac": (b"fLaC", b"\0\0\0\x22", b"CHAPTER", b"image/", b"reference libFLAC", b"\x03\0", b"\x06\0"),
    ".m4b": (
        b"ftyp", b"moov", b"mvhd", b"trak", b"mdia", b"mdhd", b"stbl", b"stts", b"stsc", b"stsz", b"stco", b"udta",
        b"meta", b"ilst", b"covr", b"data", b"chpl", b"text", b"esds", b"mp4a", b"tref", b"mdat",
    ),
}  # fmt: skip
"""By suffix what stands near the numbers that readers trust."""
_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)


def reheaded(data: bytes, suffix: str, rng: Random) -> bytes:
    """Return a file with numbers in its headers that are not true; Ogg's checksums are."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        places = [at for mark in _PLACES[suffix] if (at := _found(data, mark, rng)) >= 0]
        if not places:
            return data
        at = max(0, rng.choice(places) + rng.randrange(-8, 40))
        size = rng.choice((1, 2, 4, 4, 8))
        number = rng.choice(_EXTREMES) & (2 ** (8 * size) - 1)
        changed[at : at + size] = number.to_bytes(size, rng.choice(("little", "big")))
        if suffix in (".ogg", ".opus"):
            _sum_page(changed, at)
    return bytes(changed)


def _found(data: bytes, mark: bytes, rng: Random) -> int:
    """Return where a mark stands: the first place, or any of the next few; -1 for none."""
    at = data.find(mark)
    for _ in range(rng.choice((0, 0, 1, 3))):
        if (further := data.find(mark, at + 1)) >= 0:
            at = further
    return at


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if rest & 0x80000000 else rest << 1
        table.append(rest)
    return tuple(table)


_CRC = _table()


def _sum_page(data: bytearray, at: int) -> None:
    """Give the Ogg page around a byte the checksum of what it has become (RFC 3533, section 6)."""
    start = data.rfind(b"OggS", 0, at + 1)
    if start < 0 or start + 27 > len(data):
        return
    sizes = data[start + 27 : start + 27 + data[start + 26]]
    end = start + 27 + len(sizes) + sum(sizes)
    data[start + 22 : start + 26] = bytes(4)
    rest = 0
    for byte in data[start:end]:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _CRC[rest >> 24 ^ byte]
    data[start + 22 : start + 26] = rest.to_bytes(4, "little")
