"""A session's file tells what was given to it, in every format."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from finished_for_tests import COVER, SESSION, TAGS, session, write_session
from mutagen.id3 import ID3
from timelines_for_tests import made

from voiceguide.errors import Failed, UsageError
from voiceguide.exports import finished, known, suffixes
from voiceguide.tags import Tags
from voiceguide.tags.id3 import id3_tag


@pytest.fixture
def written(tmp_path):
    """Write two seconds of quiet in the format of a suffix."""

    def write(suffix, tags=TAGS):
        return write_session(tmp_path / f"s{suffix}", tags)

    return write


@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_tells_its_session(written, suffix):
    """Title, album, words, length, chapters and, where the format has one, the cover."""
    found = finished.read(written(suffix))
    assert (found.title, found.album, found.comment) == ("Rücken (short)", "Rücken", "Ruhig.")
    assert found.artist == "voiceguide"
    assert found.seconds == pytest.approx(2.0, abs=0.03)
    assert [(chapter.title, round(chapter.start, 2)) for chapter in found.chapters] == [("Opening", 0.0), ("Öl", 1.0)]
    assert found.cover == COVER


@pytest.mark.parametrize("suffix", suffixes())
def test_a_format_says_truly_whether_it_carries_chapters(written, suffix):
    """What is written by it has them where it says so, and none where it does not."""
    path = written(suffix)
    export = known(path)
    assert export is not None
    assert bool(finished.read(path).chapters) is export.carries_chapters


def test_an_mp3_carries_its_timeline(written):
    """Nothing else is needed to show it: the same JSON, told as a timeline."""
    assert finished.timeline_of(written(".mp3"), None).to_json() == SESSION


def test_a_named_timeline_goes_before_the_carried_one(written, tmp_path):
    """What the user names is what counts."""
    (tmp_path / "t.json").write_text(json.dumps({**SESSION, "title": "Other"}))
    assert finished.timeline_of(written(".mp3"), tmp_path / "t.json").title == "Other"


@pytest.mark.parametrize("seconds", [9.0, 1.0])
def test_a_timeline_of_another_session_is_refused(written, tmp_path, seconds):
    """By its length, longer or shorter, with both told."""
    chapters = [{"title": "Opening", "start": 0.0, "end": seconds}]
    other = made(duration=seconds, chapters=chapters, clips=[]).to_json()
    (tmp_path / "t.json").write_text(json.dumps(other))
    with pytest.raises(UsageError, match=rf"the file lasts 2\.0 s, the timeline {seconds} s"):
        finished.timeline_of(written(".flac"), tmp_path / "t.json")


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".flac"])
def test_a_timeline_of_the_same_length_with_other_chapters_is_refused(written, tmp_path, suffix):
    """Its page would show another session's steps."""
    first, second = SESSION["chapters"]
    for chapters, differs in (
        ([{**first, "end": 2.0}], "the file has 2 chapters, the timeline 1"),
        ([{**first, "end": 0.25}, {**second, "start": 0.25}], r"chapter 2 begins at 0:01 in the file, at 0:00"),
    ):
        (tmp_path / "t.json").write_text(json.dumps({**SESSION, "chapters": chapters}))
        with pytest.raises(UsageError, match=differs):
            finished.timeline_of(written(suffix), tmp_path / "t.json")


def test_an_mp3_that_is_cut_off_is_told(written):
    """Its header still promises the whole: a page of it would fall silent in the middle."""
    path = written(".mp3")
    path.write_bytes(path.read_bytes()[:-8000])
    with pytest.raises(Failed, match=r"s\.mp3: the file is cut off: it holds less than the 0:02 it promises"):
        finished.read(path)


def test_a_file_without_a_timeline_asks_for_one(written):
    """The message says what to do."""
    with pytest.raises(UsageError, match=r"timeline FILE\.json"):
        finished.timeline_of(written(".flac"), None)


def test_a_damaged_timeline_is_told(written):
    """It is not half read."""
    path = written(".mp3", Tags("x", timeline='{"schema": 1'))
    with pytest.raises(UsageError, match=r"s\.mp3: expected the timeline in this file in JSON"):
        finished.timeline_of(path, None)


def test_a_file_without_a_timeline_is_shown_by_its_chapters(written):
    """Titles, times, language and length are those of its tags."""
    shown = finished.shown_timeline(written(".flac"))
    assert [(each.title, round(each.start, 2), round(each.end, 2)) for each in shown.chapters] == [
        ("Opening", 0.0, 1.0),
        ("Öl", 1.0, 2.0),
    ]
    assert (shown.title, shown.language, shown.clips) == ("Rücken (short)", "de", ())


def test_a_file_that_was_cut_since_is_not_shown_by_its_old_timeline(written):
    """Every word in it would be told at another's time."""
    longer = [SESSION["chapters"][0], {**SESSION["chapters"][1], "end": 9.0}]
    path = written(".mp3", session(duration=9.0, chapters=longer))
    with pytest.raises(UsageError, match=r"no longer its own: the file lasts 2\.0 s, the timeline 9\.0 s"):
        finished.shown_timeline(path)


def test_a_file_without_chapters_is_one(written):
    """Whatever the sound, there is something to show."""
    (chapter,) = finished.shown_timeline(written(".ogg", Tags("Only"))).chapters
    assert (chapter.title, chapter.start, chapter.end) == ("Only", 0.0, pytest.approx(2.0))


@pytest.mark.parametrize("content", [None, b"no sound at all"])
def test_what_is_no_session_is_refused(tmp_path, content):
    """A missing file, and one that is something else."""
    path = tmp_path / "s.mp3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Failed, match=r"s\.mp3: expected a session's file"):
        finished.read(path)


def test_what_is_said_is_in_the_tag_with_its_times():
    """As a text, and line by line: a line begins with a line feed, as ID3 asks."""
    tag = ID3(BytesIO(id3_tag(TAGS, 2.0)), translate=False)
    assert tag["USLT::deu"].text == "Begin שלום.\nGo on."
    lines = tag["SYLT::deu"]
    assert (lines.format, lines.type) == (2, 1)
    assert lines.text == [("Begin שלום.", 500), ("\nGo on.", 1250)]
