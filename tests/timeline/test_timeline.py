"""The timeline says what goes on at any second, and writes the interface's schema."""

from __future__ import annotations

import json

import pytest
from pytest import approx
from timelines_for_tests import CHOICES

from voiceguide.timeline import Chapter, Clip, Round, Slot, Timeline, Words

HELD = (Round((20.0, 25.0), (25.0, 28.0)), Round((30.0, 35.0), (35.0, 38.0)))
CHAPTERS = (
    Chapter("Opening", 0.0, 10.0),
    Chapter("Thumbs", 10.0, 71.0, 1, None, (Slot("left", 14.0, 40.0, HELD), Slot("right", 46.0, 70.0))),
    Chapter("Foot", 71.0, 90.0, 2, "Leg", (Slot("one", 75.0, 89.5),)),
    Chapter("Closing", 90.0, 100.123457),
)


def timeline(**changes):
    made = {
        "generator": "voiceguide 0.1.0",
        "routine": "back",
        "title": "Back",
        "summary": "One line.",
        "audience": "giver",
        "length": "short",
        "setup": None,
        "talk": "full",
        "language": "en",
        "voice": "tone:steady",
        "pace": 135,
        "bed": None,
        "choices": CHOICES,
        "duration": 100.123456789,
        "estimated": False,
        "chapters": CHAPTERS,
        "clips": (
            Clip("chime", "step", 10.0, 14.8, 1, None, sound="step"),
            Clip(
                "narration", "instruction", 14.0, 16.0, 1, "left", None, "Go on.", (Words(14.0, 16.0, "Go on."),), "key"
            ),
        ),
    }
    return Timeline(**(made | changes))


MOMENTS = [
    # seconds, chapter, phase, side, next, left in the chapter
    (-5.0, 0, "opening", None, "Thumbs", 10.0),
    (0.0, 0, "opening", None, "Thumbs", 10.0),
    (9.999, 0, "opening", None, "Thumbs", 0.001),
    (10.0, 1, "lead-in", None, "Foot", 61.0),
    (13.999, 1, "lead-in", None, "Foot", 57.001),
    (14.0, 1, "slot", "left", "Foot", 57.0),
    (20.0, 1, "press", "left", "Foot", 51.0),
    (24.999, 1, "press", "left", "Foot", 46.001),
    (25.0, 1, "release", "left", "Foot", 46.0),
    (28.0, 1, "slot", "left", "Foot", 43.0),
    (36.0, 1, "release", "left", "Foot", 35.0),
    (40.0, 1, "changeover", None, "Foot", 31.0),
    (45.999, 1, "changeover", None, "Foot", 25.001),
    (46.0, 1, "slot", "right", "Foot", 25.0),
    (70.0, 1, "tail", None, "Foot", 1.0),
    (71.0, 2, "lead-in", None, "Closing", 19.0),
    (80.0, 2, "slot", "one", "Closing", 10.0),
    (90.0, 3, "closing", None, None, 10.123457),
    (1000.0, 3, "closing", None, None, 0.0),
]


@pytest.mark.parametrize(("seconds", "index", "phase", "side", "following", "left"), MOMENTS)
def test_at_says_what_is_going_on(seconds, index, phase, side, following, left):
    """Ranges are half-open; a time outside the session is its first or last moment."""
    moment = timeline().at(seconds)
    assert (moment.index, moment.chapter) == (index, CHAPTERS[index])
    assert (moment.phase, moment.side, moment.next) == (phase, side, following)
    assert moment.left_in_chapter == approx(left, abs=1e-5)
    assert moment.left == approx(100.123456789 - min(max(seconds, 0), 100.123456789))


def test_a_session_without_closing_ends_in_its_last_step():
    """And one of care alone begins with it."""
    made = timeline(chapters=CHAPTERS[:3], duration=90.0)
    assert made.at(90.0).phase == "tail"
    assert made.at(90.0).next is None


def test_the_json_is_the_interfaces():
    """Every key, seconds to 6 decimals, nothing else."""
    document = timeline(
        setup="lying",
        bed="rain",
        choices=CHOICES | {"gate": "brief", "safety": False, "without": ("Thumbs",), "linger": 5.0},
    ).to_json()
    assert document == {
        "schema": 1,
        "generator": "voiceguide 0.1.0",
        "routine": "back",
        "title": "Back",
        "summary": "One line.",
        "audience": "giver",
        "length": "short",
        "setup": "lying",
        "talk": "full",
        "language": "en",
        "voice": "tone:steady",
        "pace": 135,
        "bed": "rain",
        "choices": {
            "gate": "brief",
            "safety": False,
            "opening": True,
            "closing": True,
            "without": ["Thumbs"],
            "linger": 5.0,
        },
        "sample_rate": 44100,
        "duration": 100.123457,
        "estimated": False,
        "chapters": [
            {"title": "Opening", "step": None, "group": None, "start": 0.0, "end": 10.0, "slots": []},
            {
                "title": "Thumbs",
                "step": 1,
                "group": None,
                "start": 10.0,
                "end": 71.0,
                "slots": [
                    {
                        "side": "left",
                        "start": 14.0,
                        "end": 40.0,
                        "rounds": [
                            {"press": [20.0, 25.0], "release": [25.0, 28.0]},
                            {"press": [30.0, 35.0], "release": [35.0, 38.0]},
                        ],
                    },
                    {"side": "right", "start": 46.0, "end": 70.0},
                ],
            },
            {
                "title": "Foot",
                "step": 2,
                "group": "Leg",
                "start": 71.0,
                "end": 90.0,
                "slots": [{"side": "one", "start": 75.0, "end": 89.5}],
            },
            {"title": "Closing", "step": None, "group": None, "start": 90.0, "end": 100.123457, "slots": []},
        ],
        "clips": [
            {"track": "chime", "role": "step", "step": 1, "side": None, "start": 10.0, "end": 14.8, "sound": "step"},
            {
                "track": "narration",
                "role": "instruction",
                "step": 1,
                "side": "left",
                "start": 14.0,
                "end": 16.0,
                "text": "Go on.",
                "sentences": [{"start": 14.0, "end": 16.0, "text": "Go on."}],
            },
        ],
    }
    assert json.loads(json.dumps(document)) == document


def test_narration_is_the_spoken_clips():
    """In order."""
    assert [clip.text for clip in timeline().on("narration")] == ["Go on."]


def test_what_was_left_out_is_no_part_of_a_timelines_identity():
    """It is for `plan`, not in the JSON."""
    made = timeline(left_out=(("reminder", 2),))
    assert made == timeline()
    assert made.to_json() == timeline().to_json()
