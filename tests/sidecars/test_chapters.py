"""Chapters for players and podcast apps."""

from __future__ import annotations

import html
import io
import json
from typing import Any

import av
import pytest
import timelines_for_tests as timelines
import webvtt
from goldens_for_tests import each_golden
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.sidecars.chapters import podcasting, podcasting_json, titles
from voiceguide.sidecars.chapters import webvtt as track
from voiceguide.timeline import Timeline
from voiceguide.timeline.reading import read

DOCUMENT: dict[str, tuple[type, bool]] = {
    "version": (str, True),
    "chapters": (list, True),
    "author": (str, False),
    "title": (str, False),
    "podcastName": (str, False),
    "description": (str, False),
    "fileName": (str, False),
    "waypoints": (bool, False),
}
"""Every field of Podcasting 2.0's chapters, JSON format 1.2: its type, and whether it is required."""
CHAPTER: dict[str, tuple[type, bool]] = {
    "startTime": (float, True),
    "title": (str, False),
    "img": (str, False),
    "url": (str, False),
    "toc": (bool, False),
    "endTime": (float, False),
    "location": (dict, False),
}
"""Every field of one of its chapters."""


def session(*chapters: dict[str, Any]) -> Timeline:
    """A session of these chapters, ten seconds each."""
    return timelines.made(
        duration=len(chapters) * 10.0,
        chapters=[
            {"start": n * 10.0, "end": n * 10.0 + 10, **chapter, "slots": _slots(n * 10.0, *chapter.get("slots", ()))}
            for n, chapter in enumerate(chapters)
        ],
        clips=[],
    )


def on(*sides: str) -> tuple[str, ...]:
    """Slots of these sides, a second each."""
    return sides


def _slots(start: float, *sides: str) -> list[dict[str, Any]]:
    return [{"side": side, "start": start + n, "end": start + n + 1} for n, side in enumerate(sides)]


def holds(found: dict[str, Any], fields: dict[str, tuple[type, bool]]) -> None:
    """Assert that a JSON object has the required fields, and no other than the known, each of its type."""
    assert {name for name, (_, required) in fields.items() if required} <= found.keys() <= fields.keys()
    for name, value in found.items():
        assert type(value) is fields[name][0], name


@each_golden
def test_json_is_as_podcast_apps_ask(path):
    """Every field is one of the format's and of its type; chapters ascend and tile the session, to the millisecond."""
    timeline = read(path)
    document = json.loads(podcasting_json(timeline))
    assert document == podcasting(timeline)
    holds(document, DOCUMENT)
    assert document["version"] == "1.2.0"
    assert document["title"] == timeline.title
    chapters = document["chapters"]
    for chapter in chapters:
        holds(chapter, CHAPTER)
    assert [c["startTime"] for c in chapters] == pytest.approx([c.start for c in timeline.chapters], abs=0.0005)
    assert [c["endTime"] for c in chapters[:-1]] == [c["startTime"] for c in chapters[1:]]
    assert chapters[-1]["endTime"] == pytest.approx(timeline.duration, abs=0.0005)


@each_golden
def test_the_track_is_read_as_it_was_written(path):
    """webvtt-py and FFmpeg find a cue a chapter, with its title, and no moment between two."""
    timeline = read(path)
    text = track(timeline)
    want = [
        (round(chapter.start * 1000), round(chapter.end * 1000), title)
        for chapter, title in zip(timeline.chapters, titles(timeline), strict=True)
    ]
    with av.open(io.BytesIO(text.encode()), format="webvtt") as file:
        found = [
            (p.pts, p.pts + p.duration, html.unescape(bytes(p).decode())) for p in file.demux() if p.pts is not None
        ]
    assert found == want
    assert [html.unescape(cue.raw_text) for cue in webvtt.from_string(text, strict=True)] == [t for _, _, t in want]


@each_golden
def test_no_two_chapters_read_the_same(path):
    """A list of chapters says which foot; where titles differ they are the author's."""
    timeline = read(path)
    shown = titles(timeline)
    assert len(set(shown)) == len(shown)
    own = [chapter.title for chapter in timeline.chapters]
    for title, chapter in zip(shown, own, strict=True):
        assert title == chapter if own.count(chapter) == 1 else title.startswith(f"{chapter} (")


def test_a_title_tells_no_more_than_it_must():
    """The side comes first, then the group, then a number."""
    timeline = session(
        {"title": "Opening"},
        {"title": "Calf", "group": "Leg", "slots": on("left")},
        {"title": "Calf", "group": "Leg", "slots": on("right")},
        {"title": "Knead", "group": "Leg", "slots": on("left")},
        {"title": "Knead", "group": "Arm", "slots": on("left")},
        {"title": "Circles", "slots": on("left", "right")},
        {"title": "Rest"},
        {"title": "Rest", "slots": on("left", "right")},
        {"title": "Rest (2)"},
    )
    assert titles(timeline) == (
        *("Opening", "Calf (left)", "Calf (right)", "Leg: Knead (left)", "Arm: Knead (left)", "Circles"),
        *("Rest", "Rest (2)", "Rest (2) (2)"),
    )


@given(
    st.lists(
        st.text(max_size=12) | st.sampled_from(["-->", "<b>&amp;", "a\n\nb", "WEBVTT"]),
        min_size=1,
        max_size=6,
    )
)
def test_no_title_breaks_a_file(names):
    """Whatever a step is called, there is a cue and an entry a chapter, and both files can be written."""
    timeline = session(*({"title": f"x{name}"} for name in names))
    shown = titles(timeline)
    assert len(set(shown)) == len(names)
    cues = webvtt.from_string(track(timeline).encode().decode(), strict=True).captions
    assert [html.unescape(cue.raw_text) for cue in cues] == list(shown)
    document = json.loads(podcasting_json(timeline).encode())
    assert [chapter["title"] for chapter in document["chapters"]] == list(shown)
