"""Vorbis comments, which FLAC and Ogg files carry: the tags, the chapters, the cover."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its classes without)

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.durations import timecode
from voiceguide.tags.gain import replaygain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mutagen.flac import Picture

    from voiceguide.tags import Tags

    Gain = Callable[[Tags], Iterator[tuple[str, str]]]


def comments(tags: Tags, gain: Gain = replaygain) -> Iterator[tuple[str, str]]:
    """Give names and texts in their order, chapters as `CHAPTER001` and `CHAPTER001NAME`; the cover is not among them.

    An end is not said: a chapter lasts until the next one, or the end of the file. `gain` says how loud it is.
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
    yield from gain(tags)
    for number, (title, start, _) in enumerate(tags.chapters, 1):
        yield f"CHAPTER{number:03}", timecode(start)
        yield f"CHAPTER{number:03}NAME", title


def picture(cover: bytes, kind: str) -> Picture:
    """Return a cover of a MIME type as FLAC's picture block, which Ogg carries as a comment."""
    from mutagen.flac import Picture
    from mutagen.id3 import PictureType

    block = Picture()
    block.type, block.mime, block.data = PictureType.COVER_FRONT, kind, cover
    return block
