"""Timelines of sound files: given, carried, made of tags, or of nothing but a name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC
from timelines_for_tests import document

from voiceguide.errors import UsageError
from voiceguide.play.files import timeline_of
from voiceguide.tags import TIMELINE

DOCUMENT = document(
    duration=2.0,
    title="Given",
    chapters=[{"title": "A", "start": 0.0, "end": 1.0}, {"title": "B", "start": 1.0, "end": 2.0}],
    clips=[],
)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A file of two seconds without tags."""
    path = tmp_path / "evening rain.flac"
    soundfile.write(path, np.full((88_200, 2), 0.1), 44_100)
    return path


def no_warning(message: str) -> None:
    """Let nothing be warned of."""
    raise AssertionError(message)


def test_a_given_timeline(sound: Path, tmp_path: Path) -> None:
    """The one that is named, if it is this file's."""
    given = tmp_path / "t.json"
    given.write_text(json.dumps(DOCUMENT), "utf-8")
    assert timeline_of(sound, given, 2.0, no_warning).title == "Given"
    longer = [DOCUMENT["chapters"][0], {**DOCUMENT["chapters"][1], "end": 9.0}]
    given.write_text(json.dumps({**DOCUMENT, "duration": 9.0, "chapters": longer}), "utf-8")
    with pytest.raises(UsageError, match="another session"):
        timeline_of(sound, given, 2.0, no_warning)
    given.write_text(json.dumps({**DOCUMENT, "chapters": []}), "utf-8")
    with pytest.raises(UsageError, match=r"t\.json: chapters: expected"):
        timeline_of(sound, given, 2.0, no_warning)


def test_a_carried_timeline(tmp_path: Path) -> None:
    """An .mp3's own; where it is of another length, it is told that the tags' chapters are shown."""
    from mutagen.id3 import GEOB, ID3

    path = tmp_path / "a.mp3"
    soundfile.write(path, np.full((88_200, 2), 0.1), 44_100)
    tags = ID3()
    tags.add(GEOB(encoding=3, mime="application/json", desc=TIMELINE, data=json.dumps(DOCUMENT).encode()))
    tags.save(path)
    assert timeline_of(path, None, 2.0, no_warning).title == "Given"
    said: list[str] = []
    cut = timeline_of(path, None, 1.0, said.append)
    assert [chapter.title for chapter in cut.chapters] == ["a"]
    assert "another length" in said[0]


def test_chapters_in_the_tags(sound: Path) -> None:
    """They tile the file, one that begins after its end is left out, and what comes before the first is named too."""
    tags = FLAC(sound)
    tags["title"] = "Rain"
    for number, (at, title) in enumerate([("00:00:00.500", "First"), ("00:00:01.250", "Second"), ("00:00:05", "No")]):
        tags[f"CHAPTER00{number}"], tags[f"CHAPTER00{number}NAME"] = at, title
    tags.save()
    timeline = timeline_of(sound, None, 2.0, no_warning)
    assert [(each.title, each.start, each.end) for each in timeline.chapters] == [
        ("Rain", 0.0, 0.5),
        ("First", 0.5, 1.25),
        ("Second", 1.25, 2.0),
    ]
    assert timeline.at(1.5).chapter.title == "Second"


def test_a_file_that_tells_nothing(sound: Path) -> None:
    """One chapter with the file's name."""
    (chapter,) = timeline_of(sound, None, 2.0, no_warning).chapters
    assert (chapter.title, chapter.start, chapter.end, chapter.slots) == ("evening rain", 0.0, 2.0, ())
