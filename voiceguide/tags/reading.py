"""Tags read: what a sound file tells of itself. Whatever its bytes are, that is either plausible or nothing.

The libraries stand behind one door, `told`: what they raise over damaged bytes means that a file tells nothing, and
what they bring out is checked here, as anybody may have written it.
"""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

import binascii
import math
import re
from base64 import b64decode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voiceguide import phrases
from voiceguide.errors import VoiceguideError
from voiceguide.store.documents import LONGEST
from voiceguide.store.reading import check_file
from voiceguide.tags import PICTURES, TIMELINE, Tags, frames
from voiceguide.tags.metered import Metered
from voiceguide.text.languages import nearest
from voiceguide.text.lines import cut, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MOST_CHAPTERS = 20_000
MOST_SIGNS = 5_000
"""Of a text; what is longer is cut."""
MOST_PICTURE_BYTES = 16 << 20
_WHOLE = 0.98
"""Share of its promised bytes that an MP3 has at least: what tags stand at its end makes no such difference."""
_CLOCK = re.compile(r"([0-9]{1,6}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,9})?)")
_CHUNKS = 1000
"""Of a WAV; a session's has three or four."""


@dataclass(frozen=True, slots=True)
class FileChapter:
    """A chapter as a player finds it in the file's tags."""

    title: str
    start: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a file tells of the session in it; empty where it tells nothing."""

    title: str = ""
    album: str = ""
    artist: str = ""
    comment: str = ""
    language: str = "en"
    """BCP 47 of the phrases, where its own is one of them."""
    seconds: float = 0.0
    """As its headers promise and players show."""
    chapters: tuple[FileChapter, ...] = ()
    cover: bytes | None = None
    """A picture's file, PNG or JPEG."""
    timeline: str = ""
    """The session's own, in JSON."""
    is_whole: bool = True
    """Whether the bytes are there that an MP3's header counts; it plays on without them, to their end."""


def told(path: Path) -> Finished | None:
    """Return what a file's tags tell; None for what is no sound, is damaged, or is of a format without tags.

    Chapters come in order: ID3's CHAP frames (mp3, wav), CHAPTER001 comments (flac, ogg, opus), or an mp4's own (m4a,
    m4b). Raises Failed for what can't be opened and is no file, MissingError for a format whose reader isn't installed.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        return None
    check_file(path, such="a sound file")
    try:
        return plausible(read(path))
    except VoiceguideError:
        raise
    except Exception:  # noqa: BLE001 (each library has errors of its own, and damaged bytes bring out others still)
        return None


def plausible(found: Finished | None) -> Finished | None:
    """Return what was read as far as it can be: None for a length that no file has, without what is out of bounds.

    Texts become one line each, without control signs; chapters lie within LONGEST; a cover that is no picture is none.
    """
    if found is None or not 0 < found.seconds <= LONGEST:
        return None
    chapters = [each for each in found.chapters[:MOST_CHAPTERS] if 0 <= each.start <= LONGEST]
    return replace(
        found,
        title=_shown(found.title),
        album=_shown(found.album),
        artist=_shown(found.artist),
        comment=_shown(found.comment),
        language=found.language if nearest(found.language, phrases.languages()) else "en",
        chapters=tuple(
            FileChapter(_shown(each.title), each.start) for each in sorted(chapters, key=lambda each: each.start)
        ),
        cover=found.cover if found.cover and _is_picture(found.cover) else None,
    )


def _shown(text: str) -> str:
    return cut(line(text[:MOST_SIGNS]), MOST_SIGNS - 1)


def _is_picture(data: bytes) -> bool:
    return len(data) <= MOST_PICTURE_BYTES and data.startswith(tuple(PICTURES))


def _language(iso: str) -> str:
    """The language of phrases that ISO 639-2 calls so."""
    return next((tag for tag in phrases.languages() if Tags("", language=tag).iso_language == iso), "en")


# ---- ID3: mp3 and wav -----------------------------------------------------------------------------------------------


def _mp3(path: Path) -> Finished:
    from mutagen.mp3 import MPEGInfo

    with path.open("rb") as opened:
        file = Metered(opened)
        size = frames.tag_bytes(file.read(frames.HEAD_BYTES))
        file.seek(0)
        found = _of_frames(file.read(size))
        info = MPEGInfo(file, size)
        promised = info.length * info.bitrate / 8
        is_whole = not math.isfinite(promised) or file.size - size >= promised * _WHOLE
        return replace(found, seconds=float(info.length), is_whole=is_whole)


def _wav(path: Path) -> Finished | None:
    """RIFF, or RF64, whose first chunk says what four bytes cannot."""
    with path.open("rb") as opened:
        file = Metered(opened)
        head = file.read(12)
        if head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
            return None
        found, rate, data, wide = Finished(), 0, 0, 0
        for _ in range(_CHUNKS):
            chunk = file.read(8)
            if len(chunk) < 8:
                break
            name, size = chunk[:4], int.from_bytes(chunk[4:], "little")
            begun = file.tell()
            match name:
                case b"ds64":
                    wide = int.from_bytes(file.read(16)[8:], "little")
                case b"fmt ":
                    rate = int.from_bytes(file.read(12)[8:], "little")
                case b"data":
                    size = wide if head.startswith(b"RF64") else size
                    data = size
                case b"id3 " | b"ID3 ":
                    found = _of_frames(file.read(size))
            if begun + size >= file.size:
                break
            file.seek(begun + size + size % 2)
        return replace(found, seconds=data / rate) if rate else None


def _of_frames(tag: bytes) -> Finished:
    """What ID3's frames tell."""
    if not frames.tag_bytes(tag[: frames.HEAD_BYTES]):
        return Finished()
    texts: dict[str, str] = {}
    chapters: list[FileChapter] = []
    cover, timeline = None, b""
    for name, body in frames.frames(tag):
        match name:
            case "TIT2" | "TALB" | "TPE1" | "TLAN":
                texts.setdefault(name, frames.text(body))
            case "COMM":
                called, said = frames.comment(body)
                if not called:  # others are between programs
                    texts.setdefault(name, said)
            case "GEOB":
                called, data = frames.held(body)
                if called == TIMELINE and not timeline:
                    timeline = data
            case "APIC":
                data = frames.picture(body)
                if cover is None and _is_picture(data):
                    cover = data
            case "CHAP":
                chapter = frames.chapter(body, tag[3])
                if chapter and len(chapters) < MOST_CHAPTERS:
                    chapters.append(FileChapter(*chapter))
    return Finished(
        title=texts.get("TIT2", ""),
        album=texts.get("TALB", ""),
        artist=texts.get("TPE1", ""),
        comment=texts.get("COMM", ""),
        language=_language(texts.get("TLAN", "")),
        chapters=tuple(chapters),
        cover=cover,
        timeline=timeline.decode("utf-8", "replace"),
    )


# ---- comments: flac, ogg and opus -----------------------------------------------------------------------------------


def _flac(path: Path) -> Finished:
    from mutagen.flac import FLAC

    with path.open("rb") as opened:
        file: Any = FLAC(Metered(opened))
        return _of_comments(file.tags or (), file.info.length, (picture.data for picture in file.pictures))


def _ogg(path: Path) -> Finished:
    import mutagen
    from mutagen.oggflac import OggFLAC
    from mutagen.oggopus import OggOpus
    from mutagen.oggvorbis import OggVorbis

    with path.open("rb") as opened:
        file: Any = mutagen.File(Metered(opened), options=[OggVorbis, OggOpus, OggFLAC])
        return _of_comments(file.tags or (), file.info.length, ())


def _of_comments(tags: Iterable[tuple[str, str]], seconds: float, pictures: Iterable[bytes]) -> Finished:
    """What Vorbis comments tell; of several of one name the first."""
    texts: dict[str, str] = {}
    encoded: list[str] = []
    for name, text in tags:
        if name.lower() == "metadata_block_picture":
            encoded.append(text)
        else:
            texts.setdefault(name.lower(), text)
    found = (data for data in (*pictures, *map(_unpacked, encoded)) if _is_picture(data))
    return Finished(
        title=texts.get("title", ""),
        album=texts.get("album", ""),
        artist=texts.get("artist", ""),
        comment=texts.get("comment", ""),
        language=_language(texts.get("language", "")),
        seconds=float(seconds),
        chapters=tuple(_comment_chapters(texts)),
        cover=next(found, None),
    )


def _comment_chapters(texts: dict[str, str]) -> Iterator[FileChapter]:
    for name, text in texts.items():
        clock = _CLOCK.fullmatch(text.strip())
        if clock and re.fullmatch(r"chapter[0-9]{3,6}", name):
            hours, minutes, seconds = clock.groups()
            yield FileChapter(texts.get(f"{name}name", ""), int(hours) * 3600 + int(minutes) * 60 + float(seconds))


def _unpacked(encoded: str) -> bytes:
    """The picture in FLAC's block (RFC 9639, 8.8), which Ogg carries as a comment; b"" for what is none."""
    try:
        block = b64decode(encoded)
    except (binascii.Error, ValueError):
        return b""
    at = 4  # its kind
    for _ in ("MIME type", "description"):
        at += 4 + int.from_bytes(block[at : at + 4])
    at += 16  # its size, depth and colours
    return block[at + 4 : at + 4 + int.from_bytes(block[at : at + 4])]


# ---- mp4: m4a and m4b -----------------------------------------------------------------------------------------------


def _mp4(path: Path) -> Finished | None:
    from voiceguide.sound.decoding import pyav

    av = pyav(path)
    # The format is named, so that a playlist under this suffix is not followed.
    with av.open(str(path), format="mov", metadata_errors="replace") as container:
        if not container.streams.audio:
            return None
        music, texts = container.streams.audio[0], container.metadata
        chapters = (
            FileChapter(str(entry["metadata"].get("title", "")), float(entry["start"] * entry["time_base"]))
            for entry in container.chapters()
        )
        return Finished(
            title=texts.get("title", ""),
            album=texts.get("album", ""),
            artist=texts.get("artist", ""),
            comment=texts.get("comment", ""),
            language=_language(music.metadata.get("language", "")),
            seconds=float(music.duration * music.time_base),
            chapters=tuple(chapters),
            cover=_attached(av, container),
        )


def _attached(av: Any, container: Any) -> bytes | None:
    """The first attached picture, which FFmpeg gives before all else."""
    attached = [each for each in container.streams.video if each.disposition & av.stream.Disposition.attached_pic]
    if not attached:
        return None
    return next((bytes(packet) for packet in container.demux(attached[0]) if packet.size), None)


_READERS: dict[str, Callable[[Path], Finished | None]] = {
    ".mp3": _mp3,
    ".wav": _wav,
    ".flac": _flac,
    ".ogg": _ogg,
    ".oga": _ogg,
    ".opus": _ogg,
    ".m4a": _mp4,
    ".m4b": _mp4,
}
"""By suffix: a file is read as what it is called, as pages and players take it."""
