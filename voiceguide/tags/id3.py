"""ID3v2.3 tags with chapters, as bytes: nothing else here knows ID3."""

# mypy: disable-error-code="no-untyped-call"
# (mutagen ships types, and leaves its frames without)

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from mutagen import id3

from voiceguide.tags import TIMELINE
from voiceguide.tags.gain import replaygain, sound_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.tags import Tags

_HEADER_BYTES = 10
_NO_OFFSET = 0xFFFFFFFF
"""A chapter is found by its times, not by a byte."""
_MILLISECONDS, _LYRICS = 2, 1
"""SYLT's time stamps, and its kind of content."""
_CONTENTS = 255
"""Elements one table of contents can name: their count is a byte."""


def id3_tag(tags: Tags, seconds: float) -> bytes:
    """Return a whole ID3v2.3 tag for a sound of `seconds`.

    The same tags give the same bytes: no dates, no padding, frames in the order written here.
    """
    # Each frame is rendered by itself, because mutagen sorts a tag's frames by size and so shuffles the chapters.
    body = b"".join(_rendered(frame) for frame in _frames(tags, seconds))
    return b"ID3\x03\x00\x00" + _syncsafe(len(body)) + body


def _frames(tags: Tags, seconds: float) -> Iterator[id3.Frame]:
    for kind, value in (
        (id3.TIT2, tags.title),
        (id3.TPE1, tags.artist),
        (id3.TALB, tags.album),
        (id3.TCON, tags.genre),
    ):
        if value:
            yield kind(encoding=id3.Encoding.UTF16, text=[value])
    yield id3.TLAN(encoding=id3.Encoding.LATIN1, text=[tags.iso_language])
    yield id3.TLEN(encoding=id3.Encoding.LATIN1, text=[str(_ms(seconds))])
    if tags.comment:
        yield id3.COMM(encoding=id3.Encoding.UTF16, lang=tags.iso_language, desc="", text=[tags.comment])
    for name, value in replaygain(tags):
        yield id3.TXXX(encoding=id3.Encoding.LATIN1, desc=name, text=[value])
    if levels := sound_check(tags):
        yield id3.COMM(encoding=id3.Encoding.LATIN1, lang="eng", desc="iTunNORM", text=[levels])
    yield from _chapters(tags.chapters)
    yield from _lyrics(tags)
    if tags.timeline:
        yield id3.GEOB(
            encoding=id3.Encoding.LATIN1,
            mime="application/json",
            filename="timeline.json",
            desc=TIMELINE,
            data=tags.timeline.encode(),
        )
    if tags.cover:  # last: a reader on a slow line has the rest by then
        yield id3.APIC(
            encoding=id3.Encoding.LATIN1,
            mime=tags.cover_type,
            type=id3.PictureType.COVER_FRONT,
            desc="",
            data=tags.cover,
        )


def _chapters(chapters: tuple[tuple[str, float, float], ...]) -> Iterator[id3.Frame]:
    if not chapters:
        return
    ids = [f"ch{number}" for number in range(1, len(chapters) + 1)]
    tables = [ids[at : at + _CONTENTS] for at in range(0, len(ids), _CONTENTS)]
    if len(tables) == 1:
        yield _contents("toc", ids, top=True)
    else:
        names = [f"toc{number}" for number in range(1, len(tables) + 1)]
        yield _contents("toc", names, top=True)
        for name, table in zip(names, tables, strict=True):
            yield _contents(name, table, top=False)
    for element, (title, start, end) in zip(ids, chapters, strict=True):
        yield id3.CHAP(
            element_id=element,
            start_time=_ms(start),
            end_time=_ms(end),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=id3.Encoding.UTF16, text=[title])],
        )


def _lyrics(tags: Tags) -> Iterator[id3.Frame]:
    """What is said, as a text and line by line with its times."""
    if not tags.lyrics:
        return
    text = "\n".join(line for _, line in tags.lyrics)
    yield id3.USLT(encoding=id3.Encoding.UTF16, lang=tags.iso_language, desc="", text=text)
    # A line begins with a line feed (ID3v2.3, 4.10): without one, players run the texts together.
    lines = [(f"\n{line}" if number else line, _ms(start)) for number, (start, line) in enumerate(tags.lyrics)]
    yield id3.SYLT(
        encoding=id3.Encoding.UTF16, lang=tags.iso_language, format=_MILLISECONDS, type=_LYRICS, desc="", text=lines
    )


def _contents(element: str, children: list[str], *, top: bool) -> id3.CTOC:
    flags = id3.CTOCFlags.ORDERED | (id3.CTOCFlags.TOP_LEVEL if top else 0)
    return id3.CTOC(element_id=element, flags=flags, child_element_ids=children, sub_frames=[])


def _rendered(frame: id3.Frame) -> bytes:
    tag, alone = id3.ID3(), BytesIO()
    tag.add(frame)
    tag.save(alone, v1=0, v2_version=3, padding=lambda _: 0)
    return alone.getvalue()[_HEADER_BYTES:]


def _syncsafe(size: int) -> bytes:
    """Four bytes of seven bits, so that a size never looks like the start of a frame."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
