"""Vorbis comments, which FLAC and Ogg files carry: the tags, the chapters, the cover."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutagen.flac import Picture

    from voiceguide.tags import Tags


def comments(tags: Tags) -> Iterator[tuple[str, str]]:
    """Give names and texts in their order, chapters as `CHAPTER001` and `CHAPTER001NAME`; the cover is not among them.

    An end is not said: a chapter lasts until the next one, or the end of the file.
    """
    texts = (
        ("TITLE", tags.title),
        ("ARTIST", tags.artist),
        ("ALBUM", tags.album),
        ("GENRE", tags.genre),
        ("LANGUAGE", tags.iso_language),
        ("COMMENT", tags.comment),
    )
    yield from ((key, value) for key, value in texts if value)
    for number, (title, start, _) in enumerate(tags.chapters, 1):
        yield f"CHAPTER{number:03}", _clock(start)
        yield f"CHAPTER{number:03}NAME", title


def picture(cover: bytes, kind: str) -> Picture:
    """Return a cover of a MIME type as FLAC's picture block, which Ogg carries as a comment."""
    from mutagen.flac import Picture
    from mutagen.id3 import PictureType

    block = Picture()
    block.type, block.mime, block.data = PictureType.COVER_FRONT, kind, cover
    return block


def _clock(seconds: float) -> str:
    """`hh:mm:ss.mmm`, as chapter comments have it."""
    rest, ms = divmod(round(seconds * 1000), 1000)
    minutes, secs = divmod(rest, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{secs:02}.{ms:03}"
