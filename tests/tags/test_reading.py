"""Tags read: of whatever a file holds, what is plausible, or nothing; in no more time and memory than tags take."""

from __future__ import annotations

import base64
import struct
import time
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from finished_for_tests import COVER, TAGS, write_session
from mutagen.flac import FLAC
from mutagen.oggopus import OggOpus

from voiceguide.exports import suffixes
from voiceguide.tags.frames import frames, tag_bytes
from voiceguide.tags.id3 import id3_tag
from voiceguide.tags.metered import READS, Metered, TooMuchError
from voiceguide.tags.reading import FileChapter, Finished, plausible, told


@pytest.fixture(scope="session")
def sessions(tmp_path_factory):
    """A session in every format."""
    folder = tmp_path_factory.mktemp("sessions")
    return {suffix: write_session(folder / f"s{suffix}") for suffix in suffixes()}


def tag(*bodies, version=3, flags=0):
    """An ID3 tag of (name, body, second flag)."""
    size = (lambda n: n.to_bytes(4)) if version == 3 else syncsafe
    laid = b"".join(name + size(len(body)) + bytes([0, mark]) + body for name, body, mark in bodies)
    return b"ID3" + bytes([version, 0, flags]) + syncsafe(len(laid)) + laid


def syncsafe(size):
    """Four bytes of seven bits."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def mp3(folder, sessions, head):
    """The session's music behind another tag."""
    data = sessions[".mp3"].read_bytes()
    path = folder / "t.mp3"
    path.write_bytes(head + data[tag_bytes(data) :])
    return path


@pytest.mark.parametrize("suffix", suffixes())
def test_every_damage_leaves_something_plausible_or_nothing(sessions, tmp_path, suffix):
    """Cut anywhere, or with its head's bytes turned: never an error of a library's."""
    whole = sessions[suffix].read_bytes()
    path = tmp_path / f"d{suffix}"
    for at in (0, 1, 4, 9, 11, 30, 60, 100, 200, 400, len(whole) // 2, len(whole) - 3):
        path.write_bytes(whole[:at])
        told(path)
        for byte in (0, 0x7F, 0xFF):
            path.write_bytes(whole[:at] + bytes([byte] * 3) + whole[at + 3 :])
            found = told(path)
            assert found is None or found == plausible(found)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (b"APIC", b""),
        (b"APIC", b"\0image/png\0\3\0no picture"),
        (b"CHAP", b"ch1\0" + b"\xff" * 16),
        (b"CHAP", b"ch1\0\0"),
        (b"TIT2", b"\x07x"),
        (b"GEOB", b"\1\xff"),
    ],
)
def test_a_frame_that_is_damaged_takes_nothing_else_along(sessions, tmp_path, name, body):
    """The title behind it is read; a picture that is none, or a chapter past all time, is as none."""
    found = told(mp3(tmp_path, sessions, tag((name, body, 0), (b"TALB", b"\0Album", 0))))
    assert found is not None
    assert (found.album, found.cover, found.chapters) == ("Album", None, ())


@pytest.mark.parametrize(("version", "mark"), [(3, 0x80), (4, 0x08)])
def test_a_frame_that_unfolds_is_left_folded(sessions, tmp_path, version, mark):
    """A kilobyte may hold a gigabyte."""
    bomb = struct.pack(">I", 1 << 30) + zlib.compress(bytes(1 << 22))
    found = told(mp3(tmp_path, sessions, tag((b"TIT2", bomb, mark), (b"TALB", b"\0Album", 0), version=version)))
    assert found is not None
    assert (found.title, found.album) == ("", "Album")


def test_every_version_and_every_guard_of_its_bytes_is_read():
    """Version 2's short names; 4's sizes, groups and zeros put in; a whole tag with zeros put in, as 3 has it."""
    old = b"ID3\2\0\0" + syncsafe(11) + b"TT2\0\0\5\0Back"
    assert [*frames(old)] == [("TIT2", b"\0Back")]
    marked = tag((b"TIT2", b"\7" + b"\0\0\0\5" + b"\0\xff\0a", 0x43), version=4)
    assert [*frames(marked)] == [("TIT2", b"\0\xffa")]
    (unguarded,) = frames(tag((b"TIT2", b"\0\xff\0a", 0), flags=0x80))
    assert unguarded.body == b"\0\xffa"


def test_what_is_written_is_read():
    """Of the tag as it was rendered, every frame."""
    data = id3_tag(TAGS, 2.0)
    assert tag_bytes(data) == len(data)
    assert [name for name, _ in frames(data)].count("CHAP") == 2


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("CHAPTER002", "9" * 400 + ":00:00"),
        ("CHAPTER002", "999999:00:00"),
        ("CHAPTER" + "9" * 5000, "00:00:01"),
        ("METADATA_BLOCK_PICTURE", "no base64!"),
        ("METADATA_BLOCK_PICTURE", "AAAA"),
        ("METADATA_BLOCK_PICTURE", base64.b64encode(b"\0\0\0\3" + b"\xff" * 40).decode()),
    ],
)
def test_a_comment_that_is_damaged_takes_nothing_else_along(sessions, tmp_path, key, text):
    """Title and the other chapter are read."""
    path = tmp_path / "s.opus"
    path.write_bytes(sessions[".opus"].read_bytes())
    file = OggOpus(path)
    del file["METADATA_BLOCK_PICTURE"], file["CHAPTER002"]
    file[key] = text
    file.save()
    found = told(path)
    assert found is not None
    assert (found.title, found.cover, len(found.chapters)) == (TAGS.title, None, 1)


def test_many_comments_take_no_long(sessions, tmp_path):
    """Each is looked at once."""
    path = tmp_path / "s.flac"
    path.write_bytes(sessions[".flac"].read_bytes())
    file = FLAC(path)
    file.tags.extend((f"CHAPTER{number:06}", "00:00:01") for number in range(30_000))
    file.save()
    before = time.process_time()
    found = told(path)
    assert found is not None
    assert len(found.chapters) == 20_000
    assert time.process_time() - before < 3


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0, 0.0, 1e18])
def test_a_length_that_no_file_has_is_none(seconds):
    """Whoever read it, a format of somebody else's as well."""
    assert plausible(Finished(seconds=seconds)) is None


def test_texts_are_lines_and_chapters_have_times():
    """No control sign, no half of a sign; chapters come in order, within bounds."""
    inf = float("inf")
    chapters = (FileChapter("b\x1b]0;x", 2.0), FileChapter("a\n", 1.0), FileChapter("", inf), FileChapter("", -1.0))
    found = plausible(Finished("a\ud800\x07", seconds=3.0, chapters=chapters, cover=b"GIF8", comment="x" * 10_000))
    assert found is not None
    assert found.title == "a\N{REPLACEMENT CHARACTER}"
    assert found.chapters == (FileChapter("a", 1.0), FileChapter("b]0;x", 2.0))
    assert (found.cover, len(found.comment)) == (None, 4_999)
    assert plausible(replace(found, cover=COVER + bytes(20 << 20))) == found


def test_a_library_is_led_in_no_circle_and_to_no_gigabyte():
    """Reads are counted, and are as long as the file at most."""
    file = BytesIO(b"abc")
    file.name = "x"  # type: ignore[attr-defined]  # a BytesIO takes any
    metered = Metered(file)
    assert metered.read(1 << 60) == b"abc"
    with pytest.raises(TooMuchError):
        for _ in range(READS):
            metered.read(1)


def test_a_wav_above_four_gib_tells_its_length(sessions, tmp_path):
    """RF64 says it in a chunk of its own."""
    from voiceguide.exports.wav import riff_head

    path = tmp_path / "long.wav"
    path.write_bytes(riff_head(1_000_000_000, 0))
    found = told(path)
    assert found is not None
    assert found.seconds == pytest.approx(1_000_000_000 / 44_100)
