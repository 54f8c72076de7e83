"""ID3 tags: mutagen reads back what was given, and the bytes are the same again."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from mutagen.id3 import ID3

from voiceguide.tags import Tags
from voiceguide.tags.id3 import id3_tag

CHAPTERS = (("Öffnung", 0.0, 61.2), ("背中 · der Rücken", 61.2, 1185.2344), ("Closing 🕊", 1185.2344, 1200.0))
TAGS = Tags("Nacken & Schultern", album="Massage", genre="Speech", language="de-AT", comment="Öl", chapters=CHAPTERS)


def read(data: bytes) -> ID3:
    """Parse a tag, as version 2.3 as it stands."""
    return ID3(BytesIO(data), translate=False)


def test_texts():
    """Every text stands in its frame; the length is in milliseconds, the language ISO 639-2."""
    tag = read(id3_tag(TAGS, 1200.0004))
    texts = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TCON", "TLAN", "TLEN")}
    assert texts == {
        "TIT2": "Nacken & Schultern",
        "TPE1": "voiceguide",
        "TALB": "Massage",
        "TCON": "Speech",
        "TLAN": "deu",
        "TLEN": "1200000",
    }
    assert str(tag["COMM::deu"]) == "Öl"
    assert tag.version == (2, 3, 0)


def test_chapters():
    """Chapters have their titles and milliseconds, and one ordered table on top names them in order."""
    tag = read(id3_tag(TAGS, 1200.0))
    contents = tag["CTOC:toc"]
    assert contents.flags == 3
    chapters = [tag[f"CHAP:{element}"] for element in contents.child_element_ids]
    assert [(str(c.sub_frames["TIT2"]), c.start_time, c.end_time) for c in chapters] == [
        ("Öffnung", 0, 61_200),
        ("背中 · der Rücken", 61_200, 1_185_234),
        ("Closing 🕊", 1_185_234, 1_200_000),
    ]
    assert len(tag.getall("CHAP")) == 3


def test_chapters_stand_in_order():
    """A reader that ignores the table meets the chapters in their order, whatever their titles' lengths."""
    data = id3_tag(TAGS, 1200.0)
    at, found = 10, []
    while at < len(data):
        end = at + 10 + int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"CHAP":
            found.append(data[at + 10 : end].split(b"\0")[0])
        at = end
    assert found == [b"ch1", b"ch2", b"ch3"]


@pytest.mark.parametrize("count", [255, 256, 600])
def test_more_chapters_than_one_table_names(count: int):
    """Every chapter is reached from the one table on top, with no table over 255."""
    chapters = tuple((f"Step {n}", float(n), n + 1.0) for n in range(count))
    tag = read(id3_tag(Tags("Long", chapters=chapters), float(count)))
    tables = {table.element_id: table for table in tag.getall("CTOC")}
    assert all(table.flags & 1 for table in tables.values())
    assert [name for name, table in tables.items() if table.flags & 2] == ["toc"]

    def leaves(name: str) -> list[str]:
        if name not in tables:
            return [name]
        children = tables[name].child_element_ids
        assert len(children) <= 255
        return [leaf for child in children for leaf in leaves(child)]

    titles = [str(tag[f"CHAP:{leaf}"].sub_frames["TIT2"]) for leaf in leaves("toc")]
    assert titles == [title for title, _, _ in chapters]


def test_cover():
    """A cover is the front picture, and a reader that skips it has everything else before."""
    cover = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1000
    data = id3_tag(replace(TAGS, cover=cover), 1200.0)
    picture = read(data)["APIC:"]
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", cover)
    assert data.startswith(id3_tag(TAGS, 1200.0)[10:], 10)
    assert data.endswith(cover)


def test_what_is_empty_is_left_out():
    """No album, genre, comment or chapters: no frames for them."""
    tag = read(id3_tag(Tags("Title"), 1.0))
    assert sorted(tag) == ["TIT2", "TLAN", "TLEN", "TPE1"]


def test_nothing_but_the_tag():
    """The header's size is the bytes behind it: no padding, and the music may follow at once."""
    data = id3_tag(TAGS, 1200.0)
    assert ID3(BytesIO(data + b"\xff\xfb\x90\x44")).size == len(data)


def test_same_bytes_again():
    """There is no date and no chance in a tag."""
    assert id3_tag(TAGS, 1200.0) == id3_tag(TAGS, 1200.0)
