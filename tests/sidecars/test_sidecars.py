"""The list of files that can stand beside a sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from goldens_for_tests import FOLDER

from voiceguide.routine.notes import Notes
from voiceguide.sidecars import SIDE_FILES, beside
from voiceguide.timeline.reading import read


def test_suffixes_are_the_interface_s():
    """They tell the files apart, and from a player's page."""
    assert [file.suffix for file in SIDE_FILES] == [".vtt", ".srt", ".lrc", ".chapters.vtt", ".chapters.json", ".txt"]
    assert {file.kind for file in SIDE_FILES} == {"captions", "chapters", "transcript"}


@pytest.mark.parametrize("file", SIDE_FILES, ids=lambda file: file.suffix)
def test_each_writes_a_text_file(file):
    """It is never empty, ends with its only last newline, and is the same each time."""
    timeline = read(FOLDER / "legs-short-full.json")
    text = file.write(timeline, Notes())
    assert text.encode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert file.write(timeline, Notes()) == text


@pytest.mark.parametrize(
    ("sound", "suffix", "path"),
    [
        ("s.mp3", ".vtt", "s.vtt"),
        ("s.mp3", ".chapters.json", "s.chapters.json"),
        ("evening/back v2.0.flac", ".txt", "evening/back v2.0.txt"),
    ],
)
def test_it_stands_beside_the_sound(sound, suffix, path):
    """In the same folder, with the same stem, whose own dots stay."""
    assert beside(Path(sound), suffix) == Path(path)
