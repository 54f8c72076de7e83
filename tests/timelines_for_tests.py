"""Timelines made by hand: what a test does not care about is filled in."""

from __future__ import annotations

from typing import Any

from voiceguide.timeline import Timeline
from voiceguide.timeline.reading import timeline

CHOICES = {"gate": "full", "safety": True, "opening": True, "closing": True, "without": (), "linger": 0.0}
"""What a timeline repeats of them."""

SESSION: dict[str, Any] = {
    "schema": 1,
    "generator": "voiceguide 0.1.0",
    "routine": "test",
    "title": "Test",
    "summary": "",
    "audience": "giver",
    "length": "short",
    "setup": None,
    "talk": "full",
    "language": "en",
    "voice": "tone:steady",
    "pace": 135,
    "bed": None,
    "choices": {**CHOICES, "without": []},
    "sample_rate": 44100,
    "estimated": False,
}


def document(**given: Any) -> dict[str, Any]:
    """A timeline's JSON: `duration`, `chapters` and `clips` as given, and what they and the session lack."""
    return {
        **SESSION,
        **given,
        "chapters": [{"step": None, "group": None, "slots": [], **chapter} for chapter in given["chapters"]],
        "clips": [{"step": None, "side": None, **clip} for clip in given["clips"]],
    }


def made(**given: Any) -> Timeline:
    """The timeline of such a document."""
    return timeline(document(**given))
