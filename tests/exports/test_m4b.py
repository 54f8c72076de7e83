"""M4B: an audiobook with its index in front, which decodes to what went in, at its place, its level and its length."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from mutagen.mp4 import MP4, MP4Cover

from voiceguide.exports import Options
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

CHAPTERS = (("Öffnung", 0.0, 0.5), ("背中 · der Rücken", 0.5, 1.25), ("Ende 🕊", 1.25, 2.0))
TAGS = Tags("Rücken", album="Massage", genre="Massage", language="de-AT", comment="Öl", chapters=CHAPTERS)


def decode(data: bytes) -> NDArray[np.float32]:
    """Decode with FFmpeg, which heeds the edit list's start and goes on to the end of the last packet."""
    with av.open(BytesIO(data)) as container:
        frames = list(container.decode(audio=0))
    assert (frames[0].pts, frames[0].rate) == (0, SAMPLE_RATE)
    return np.concatenate([frame.to_ndarray() for frame in frames], axis=1).T


def boxes(data: bytes) -> list[tuple[str, bytes]]:
    """Return the name and content of every box in `data`, in order."""
    found, at = [], 0
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        found.append((name.decode("latin-1"), data[at + 8 : at + size]))
        at += size
    assert at == len(data)
    return found


def inside(data: bytes, *path: str) -> Iterator[bytes]:
    """Give the content of every box at a path."""
    for name, content in boxes(data):
        if name == path[0]:
            if path[1:]:
                yield from inside(content, *path[1:])
            else:
                yield content


def only(data: bytes, *path: str) -> bytes:
    """Return the content of the one box at a path."""
    (content,) = inside(data, *path)
    return content


def numbers(content: bytes, skip: int) -> tuple[int, ...]:
    """Return a box's 32-bit numbers, behind the first `skip` bytes."""
    return struct.unpack(f">{(len(content) - skip) // 4}I", content[skip:])


@pytest.mark.parametrize("frames", [1, 2, 575, 1023, 1024, 1025, 2048, 44_100, 44_101, 88_211])
def test_length(frames: int, written: Written, noise: Noise):
    """The file says its length to the sample; a decoder gives no less, and no packet more."""
    data = written(".m4b", noise(frames))
    assert frames <= len(decode(data)) < frames + 1024
    with av.open(BytesIO(data)) as container:
        assert container.streams.audio[0].duration == frames
    assert numbers(only(data, "moov", "mvhd"), 12)[:2] == (SAMPLE_RATE, frames)
    # One stretch, as long as the sound, from behind the 1,024 samples an encoder starts with.
    assert numbers(only(data, "moov", "trak", "edts", "elst"), 4) == (1, frames, 1024, 1 << 16)


@pytest.mark.parametrize("bitrate", [64, 128, 320])
def test_starts_at_sample_zero(bitrate: int, written: Written, noise: Noise):
    """Nothing is early or late: noise lines up with itself best at no offset, on either side."""
    samples = noise(1 << 16)
    decoded = decode(written(".m4b", samples, None, Options(bitrate)))[: len(samples)]
    for side in (0, 1):
        match = np.fft.irfft(np.fft.rfft(decoded[:, side]) * np.conj(np.fft.rfft(samples[:, side])))
        assert int(np.argmax(match)) == 0


@pytest.mark.parametrize("bitrate", [64, 128, 320])
def test_level(bitrate: int, written: Written):
    """A sine comes out within 0.1 dB at every bitrate."""
    sine = 0.25 * np.sin(2 * np.pi * 997 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    samples = np.stack((sine, -sine), axis=1).astype(np.float32)
    decoded = decode(written(".m4b", samples, None, Options(bitrate)))
    middle = slice(5000, 39_000)
    gain = np.vdot(decoded[middle], samples[middle]) / np.vdot(samples[middle], samples[middle])
    assert 20 * np.log10(gain) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("bitrate", [None, 64, 320])
def test_bitrate(bitrate: int | None, written: Written, noise: Noise):
    """The music is as large as was asked, 128 kb/s unless asked."""
    music = only(written(".m4b", noise(4 * SAMPLE_RATE), None, Options(bitrate)), "mdat")
    assert len(music) * 8 / 4 / 1000 == pytest.approx(bitrate or 128, rel=0.15)


def test_tags(written: Written, noise: Noise):
    """Players find the texts, and that it is an audiobook; there is no date."""
    data = written(".m4b", noise(2 * SAMPLE_RATE), TAGS)
    tags = MP4(BytesIO(data)).tags
    assert {key: value for key, value in tags.items() if key != "©too"} == {
        "©nam": ["Rücken"],
        "©ART": ["voiceguide"],
        "©alb": ["Massage"],
        "©gen": ["Massage"],
        "©cmt": ["Öl"],
        "stik": [2],
    }
    with av.open(BytesIO(data)) as container:
        assert container.streams.audio[0].metadata["language"] == "deu"
    assert numbers(only(data, "moov", "mvhd"), 4)[:2] == (0, 0)


def test_what_is_empty_is_left_out(written: Written, noise: Noise):
    """No album, genre, comment, chapters or cover: nothing is said of them."""
    data = written(".m4b", noise(100))
    assert sorted(MP4(BytesIO(data)).tags) == ["stik", "©ART", "©nam", "©too"]
    assert [name for name, _ in boxes(only(data, "moov"))] == ["mvhd", "trak", "udta"]


def test_chapters_by_ffmpeg(written: Written, noise: Noise):
    """A player finds every chapter's name, start and end."""
    with av.open(BytesIO(written(".m4b", noise(2 * SAMPLE_RATE), TAGS))) as container:
        found = [
            (c["metadata"]["title"], float(c["start"] * c["time_base"]), float(c["end"] * c["time_base"]))
            for c in container.chapters()
        ]
    assert found == list(CHAPTERS)


def test_chapters_as_neros_list(written: Written, noise: Noise):
    """Names and starts stand in the list that most players read."""
    found = MP4(BytesIO(written(".m4b", noise(2 * SAMPLE_RATE), TAGS))).chapters
    assert [(chapter.title, chapter.start) for chapter in found] == [(title, start) for title, start, _ in CHAPTERS]


def test_chapters_as_a_track(written: Written, noise: Noise):
    """The music names a text track, as Apple's players want it, whose texts lie where it says, as long as it says."""
    data = written(".m4b", noise(2 * SAMPLE_RATE), TAGS)
    music, text = inside(data, "moov", "trak")
    assert numbers(only(music, "tref", "chap"), 0) == numbers(only(text, "tkhd"), 12)[:1]
    assert only(text, "mdia", "hdlr")[8:12] == b"text"
    table = only(text, "mdia", "minf", "stbl")
    at = numbers(only(table, "stco"), 8)[0]
    titles = []
    for size in numbers(only(table, "stsz"), 12):
        length = int.from_bytes(data[at : at + 2], "big")
        titles.append(data[at + 2 : at + 2 + length].decode())
        at += size
    assert titles == [title for title, _, _ in CHAPTERS]
    runs = numbers(only(table, "stts"), 8)
    lengths = [length for count, length in zip(runs[::2], runs[1::2], strict=True) for _ in range(count)]
    assert lengths == [round((end - start) * SAMPLE_RATE) for _, start, end in CHAPTERS]


@pytest.mark.parametrize(("picture", "kind"), [("png", MP4Cover.FORMAT_PNG), ("jpeg", MP4Cover.FORMAT_JPEG)])
def test_cover(picture: str, kind: int, written: Written, noise: Noise, request: pytest.FixtureRequest):
    """The cover comes back as it was, and neither the sound nor the chapters change."""
    cover = request.getfixturevalue(picture)
    data = written(".m4b", noise(2 * SAMPLE_RATE), Tags("t", chapters=CHAPTERS, cover=cover))
    audio = MP4(BytesIO(data))
    assert [(bytes(found), found.imageformat) for found in audio["covr"]] == [(cover, kind)]
    assert [chapter.title for chapter in audio.chapters] == [title for title, _, _ in CHAPTERS]
    assert np.array_equal(decode(data), decode(written(".m4b", noise(2 * SAMPLE_RATE))))


LONG = tuple((f"{n}: " + "ä" * 300, n / 10, (n + 1) / 10 + n % 2 / 100) for n in range(600))


@pytest.mark.parametrize(
    ("seconds", "tags"),
    [
        (0.1, Tags("t")),
        (0.1, Tags("t" * 5000, album="b" * 5000, genre="c" * 5000, comment="d" * 5000)),
        (0.1, Tags("t", chapters=LONG)),
        (60.0, Tags("t", chapters=LONG, cover=b"\xff\xd8\xff" + bytes(100_000))),
    ],
    ids=["least", "texts", "chapters", "cover"],
)
def test_index_in_front(seconds: float, tags: Tags, written: Written):
    """A player can start before it has the whole file: what it must know fits in front of the music, whatever it is."""
    data = written(".m4b", np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32), tags)
    names = [name for name, _ in boxes(data)]
    assert names[:3] == ["ftyp", "moov", "free"]
    assert names[-1] == "mdat"
    assert boxes(data)[0][1][:4] == b"M4B "
    assert len(boxes(data)[2][1]) > 1000


def test_more_and_longer_chapters_than_neros_list_holds(written: Written):
    """The list ends at 255, the track has them all; a title ends at 255 bytes, never within a letter."""
    data = written(".m4b", np.zeros((SAMPLE_RATE, 2), np.float32), Tags("t", chapters=LONG))
    _, text = inside(data, "moov", "trak")
    assert numbers(only(text, "mdia", "minf", "stbl", "stsz"), 4)[:2] == (0, 600)
    found = MP4(BytesIO(data)).chapters
    assert len(found) == 255
    assert (found[0].title, found[10].title) == ("0: " + "ä" * 126, "10: " + "ä" * 125)
