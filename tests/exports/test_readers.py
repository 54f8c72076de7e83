"""Other programs read the same chapters and the same cover from a session's file: where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess

import av
import pytest
from finished_for_tests import COVER, TAGS, write_session

from voiceguide.tags import reading as finished

CHAPTERS = [("Opening", 0.0), ("Öl", 1.0)]
with_cover = pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".flac"])


def needs(program):
    """Skip a test where a program is not installed; nothing of voiceguide's needs it."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed here")


def said(*command):
    """What a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@with_cover
def test_mutagen(tmp_path, suffix):
    """Chapters and cover, as this program itself reads them."""
    found = finished.told(write_session(tmp_path / f"s{suffix}", TAGS))
    assert [(each.title, pytest.approx(each.start, abs=1e-3)) for each in found.chapters] == CHAPTERS
    assert found.cover == COVER


@with_cover
def test_ffmpegs_libraries(tmp_path, suffix):
    """By PyAV, which brings them along: chapters, and the picture as a stream."""
    with av.open(str(write_session(tmp_path / f"s{suffix}", TAGS))) as container:
        chapters = [
            (each["metadata"]["title"], float(each["start"] * each["time_base"])) for each in container.chapters()
        ]
        assert [(title, pytest.approx(start, abs=1e-3)) for title, start in chapters] == CHAPTERS
        (picture,) = container.streams.video
        assert [bytes(packet) for packet in container.demux(picture) if packet.size] == [COVER]


@needs("ffprobe")
@with_cover
def test_ffprobe(tmp_path, suffix):
    """Chapters, and an attached picture."""
    path = write_session(tmp_path / f"s{suffix}", TAGS)
    found = json.loads(said("ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_streams", str(path)))
    chapters = [(each["tags"]["title"], float(each["start_time"])) for each in found["chapters"]]
    assert [(title, pytest.approx(start, abs=1e-3)) for title, start in chapters] == CHAPTERS
    assert [each["codec_name"] for each in found["streams"] if each["disposition"]["attached_pic"]] == ["png"]


@needs("mpv")
@with_cover
def test_mpv(tmp_path, suffix):
    """The player that many Linux users listen with: chapters, and a cover among its tracks."""
    path = write_session(tmp_path / f"s{suffix}", TAGS)
    facts = ("chapter-list/count", "chapter-list/0/title", "chapter-list/1/title", "=chapter-list/1/time")
    pictures = (f"track-list/{number}/albumart" for number in range(2))
    asked = "--term-playing-msg=FOUND " + "|".join(f"${{{fact}}}" for fact in (*facts, *pictures))
    lines = said("mpv", "--no-config", "--ao=null", "--vo=null", "--length=0.1", asked, str(path)).splitlines()
    (found,) = (line.removeprefix("FOUND ").split("|") for line in lines if line.startswith("FOUND "))
    count, first, second, start, *covers = found
    assert (count, first, second) == ("2", "Opening", "Öl")
    assert float(start) == pytest.approx(1.0, abs=0.03)  # mpv counts an MP3 from its encoder's delay on
    assert "yes" in covers
