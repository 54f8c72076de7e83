"""A transcript is a text to read: nothing said is missing, and nothing in it is for machines."""

from __future__ import annotations

import timelines_for_tests as timelines
from goldens_for_tests import each_golden

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.routine.notes import Notes
from voiceguide.sidecars.chapters import titles
from voiceguide.sidecars.transcript import transcript
from voiceguide.timeline.reading import read


@each_golden
def test_all_that_is_said_is_read_in_order(path):
    """A paragraph a clip, under the chapter in which it sounds, and sides in brackets; nothing else after the notes."""
    timeline = read(path)
    head, *rest = transcript(timeline).removesuffix("\n").split("\n\n")
    assert head == timeline.title
    headings = {
        f"{clock(chapter.start)}  {title}": chapter
        for chapter, title in zip(timeline.chapters, titles(timeline), strict=True)
    }
    assert [text for text in rest if text in headings] == list(headings)
    rest = rest[rest.index(f"0:00  {titles(timeline)[0]}") :]
    said = [text for text in rest if text not in headings and not text.startswith("[")]
    assert said == [clip.text for clip in timeline.on("narration")]
    chapter = None
    for text in rest:
        chapter = headings.get(text, chapter)
        if text not in headings and not text.startswith("["):
            assert any(c.text == text and chapter.start <= c.start < chapter.end for c in timeline.on("narration"))


def test_a_page_of_it():
    """Title, summary and length; what to know before; then chapters with their times, and a side where it changes."""
    slots = [{"side": "left", "start": 64.0, "end": 80.0}, {"side": "right", "start": 84.0, "end": 95.0}]
    words = [
        (1.0, None, "Back.\nTwo minutes."),
        (65.0, "left", "Press & hold."),
        (70.0, "left", "And <b>release</b>."),
        (82.0, "right", "Now the right side."),
        (97.0, None, "Next: rest."),
    ]
    timeline = timelines.made(
        title="Back",
        summary="Short and calm.",
        duration=120.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 62.4},
            {"title": "Thumbs", "start": 62.4, "end": 120.0, "slots": slots},
        ],
        clips=[
            {
                "track": "narration",
                "role": "cue",
                "side": side,
                "start": start,
                "end": start + 2,
                "text": text,
                "sentences": [],
            }
            for start, side, text in words
        ],
    )
    notes = Notes(position="face down", need=("a towel", "oil"), always=("a sudden\npain",))
    book = phrases.load("en")
    assert transcript(timeline, notes) == (
        "Back\n\nShort and calm.\n\n2 minutes\n\n"
        "Before you begin\n\nface down\n\nYou need\n- a towel\n- oil\n\n"
        f"{book.shown('notes', 'volume')}\n\nNot today with\n- a sudden pain\n\n"
        f"{book.shown('notes', 'numbers')}\n\n{book.shown('card', 'words')}\n\n"
        f"{book.shown('notes', 'lost')}\n\n{book.shown('notes', 'faint')}\n\n"
        "0:00  Opening\n\nBack. Two minutes.\n\n"
        "1:02  Thumbs\n\n[left]\n\nPress & hold.\n\nAnd <b>release</b>.\n\n"
        "[right]\n\nNow the right side.\n\nNext: rest.\n"
    )
