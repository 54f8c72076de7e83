"""Tags read: what a file tells of itself, in the formats whose tags mutagen knows, and M4B."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.errors import Failed
from voiceguide.tags import TIMELINE, Tags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WHOLE = 0.98
"""Share of its promised bytes that an MP3 has at least: what tags stand at its end makes no such difference."""


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
    """A picture's file."""
    timeline: str = ""
    """The session's own, in JSON."""


def read(path: Path) -> Finished | None:
    """Return what a file's tags tell; None for what is no sound. Raises Failed for an MP3 that is cut off."""
    if shown_seconds(path) is None:
        return None
    tagged = _tagged(path)
    if path.suffix.lower() == ".mp3" and not _is_whole(path, tagged):
        raise Failed(f"{path}: the file is cut off: it holds less than the {clock(tagged.info.length)} it promises.")
    texts = _texts(tagged.tags)
    carried = tagged.tags.getall(f"GEOB:{TIMELINE}") if _kind(tagged.tags) == "id3" else ()
    return Finished(
        title=texts.get("title", ""),
        album=texts.get("album", ""),
        artist=texts.get("artist", ""),
        comment=texts.get("comment", ""),
        language=_language(texts.get("language", "")),
        seconds=tagged.info.length,
        chapters=chapters(path) or (),
        cover=_cover(tagged),
        timeline=carried[0].data.decode("utf-8", "replace") if carried else "",
    )


def chapters(path: Path) -> tuple[FileChapter, ...] | None:
    """Return the chapters in a file's tags, in order; None where the tags of its format cannot be read.

    They are ID3's CHAP frames (mp3, wav), CHAPTER001 comments (flac, ogg, opus), or an mp4's own (m4a, m4b).
    """
    from voiceguide.sound.decoding import PYAV

    if path.suffix.lower() in PYAV:
        return _mp4_chapters(path)
    tagged = _tagged(path)
    if tagged is None:
        return None
    tags = tagged.tags
    if tags is None:
        return ()
    found = _id3_chapters(tags) if _kind(tags) == "id3" else _comment_chapters(tags)
    return tuple(sorted(found, key=lambda chapter: chapter.start))


def shown_seconds(path: Path) -> float | None:
    """Return the length that the file's headers promise and players show, in seconds; None where nothing says."""
    length = getattr(getattr(_tagged(path), "info", None), "length", None)
    return float(length) if length else None


def _tagged(path: Path) -> Any:
    """A file as mutagen reads it; None for one that it cannot."""
    import mutagen

    try:
        return mutagen.File(path)
    except (mutagen.MutagenError, OSError):
        return None


def _is_whole(path: Path, mp3: Any) -> bool:
    """Whether a file has the bytes that its header counts, tags aside; an MP3 plays on without them, to their end."""
    promised = mp3.info.length * mp3.info.bitrate / 8
    there = path.stat().st_size - (mp3.tags.size if mp3.tags else 0)
    return bool(there >= promised * _WHOLE)


_NAMES = {
    "id3": {"title": "TIT2", "artist": "TPE1", "album": "TALB", "comment": "COMM", "language": "TLAN"},
    "mp4": {"title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb", "comment": "\xa9cmt"},
    "comments": {name: name for name in ("title", "artist", "album", "comment", "language")},
}
"""What each kind of tags calls a text."""


def _kind(tags: Any) -> str:
    from mutagen.id3 import ID3
    from mutagen.mp4 import MP4Tags

    return "id3" if isinstance(tags, ID3) else "mp4" if isinstance(tags, MP4Tags) else "comments"


def _texts(tags: Any) -> dict[str, str]:
    kind = _kind(tags)
    held = {
        name: tags.getall(key) if kind == "id3" else (tags or {}).get(key) or () for name, key in _NAMES[kind].items()
    }
    return {name: str(values[0]) for name, values in held.items() if values}


def _language(iso: str) -> str:
    """The language of phrases that ISO 639-2 calls so."""
    return next((tag for tag in phrases.languages() if Tags("", language=tag).iso_language == iso), "en")


def _cover(tagged: Any) -> bytes | None:
    """The first picture: FLAC's own blocks, ID3's APIC, MP4's covr, or a Vorbis comment that holds FLAC's block."""
    from base64 import b64decode

    from mutagen.flac import Picture

    tags, kind = tagged.tags, _kind(tagged.tags)
    if kind == "mp4":
        found = [bytes(picture) for picture in tags.get("covr", ())]
    elif kind == "id3":
        found = [picture.data for picture in tags.getall("APIC")]
    else:
        encoded = (tags or {}).get("metadata_block_picture") or ()
        pictures = [*getattr(tagged, "pictures", ()), *(Picture(b64decode(each)) for each in encoded)]
        found = [picture.data for picture in pictures]
    return found[0] if found else None


def _id3_chapters(tags: Any) -> Iterator[FileChapter]:
    for frame in tags.getall("CHAP"):
        titles = frame.sub_frames.getall("TIT2")
        yield FileChapter(str(titles[0]) if titles else "", frame.start_time / 1000)


def _comment_chapters(tags: Any) -> Iterator[FileChapter]:
    for key, values in tags.as_dict().items():
        number = re.fullmatch(r"CHAPTER(\d{3,})", key.upper())
        clock = re.fullmatch(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)", values[0].strip())
        if number and clock:
            hours, minutes, seconds = clock.groups()
            title = tags.get(f"{key}NAME") or [""]
            yield FileChapter(title[0], int(hours) * 3600 + int(minutes) * 60 + float(seconds))


def _mp4_chapters(path: Path) -> tuple[FileChapter, ...] | None:
    from voiceguide.sound.decoding import pyav

    av = pyav(path)
    try:
        with av.open(str(path), format="mov") as container:
            return tuple(
                FileChapter(str(entry["metadata"].get("title", "")), float(entry["start"] * entry["time_base"]))
                for entry in container.chapters()
            )
    except av.FFmpegError:
        return None
