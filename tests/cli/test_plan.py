"""`voiceguide plan`: what happens when, without a word spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from commands_for_tests import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

TIMELINE = {
    "schema": int,
    "generator": str,
    "routine": str,
    "title": str,
    "summary": str,
    "audience": str,
    "length": str,
    "setup": str | None,
    "talk": str,
    "language": str,
    "voice": str,
    "pace": int,
    "bed": str | None,
    "choices": dict,
    "sample_rate": int,
    "duration": float,
    "estimated": bool,
    "chapters": list,
    "clips": list,
}


def _six_decimals(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_six_decimals(v) for v in value.values())
    if isinstance(value, list):
        return all(_six_decimals(v) for v in value)
    return not isinstance(value, float) or value == round(value, 6)


@pytest.mark.parametrize("length", ["short", "full", "5m"])
def test_json_is_the_interfaces(length: str, run: Callable[..., Result]) -> None:
    """One document with exactly the interface's fields, seconds with six decimals."""
    timeline = run("plan", "small.yaml", "--voice", "tone", "--length", length, "--json").json
    assert {name: type(value) for name, value in timeline.items()} == {
        name: kind if isinstance(kind, type) else type(timeline[name]) for name, kind in TIMELINE.items()
    }
    assert list(timeline) == list(TIMELINE)
    assert (timeline["schema"], timeline["sample_rate"], timeline["length"]) == (1, 44_100, length)
    assert (timeline["routine"], timeline["voice"], timeline["bed"]) == ("small", "tone:steady", "warm-pad")
    assert set(timeline["choices"]) == {"gate", "chime_level", "safety", "opening", "closing", "without", "linger"}
    assert _six_decimals(timeline)
    for chapter in timeline["chapters"]:
        assert list(chapter) == ["title", "step", "group", "start", "end", "slots"]
        for slot in chapter["slots"]:
            assert set(slot) | {"rounds"} == {"side", "start", "end", "rounds"}
            assert all(list(r) == ["press", "release"] for r in slot.get("rounds", []))
    common = ["track", "role", "step", "side", "start", "end"]
    for clip in timeline["clips"]:
        own = ["text", "sentences"] if clip["track"] == "narration" else ["sound"]
        assert list(clip) == common + own
        assert all(list(sentence) == ["start", "end", "text"] for sentence in clip.get("sentences", []))
    first, last = timeline["chapters"][0], timeline["chapters"][-1]
    assert (first["step"], first["slots"], last["step"], last["slots"]) == (None, [], None, [])


def test_sides_and_steps_of_clips(run: Callable[..., Result]) -> None:
    """`side` is the spoken word in slots and the coming side at a switch, `step` counts the steps played."""
    clips = run("plan", "small.yaml", *QUICK, "--json").json["clips"]
    assert {(clip["step"], clip["side"]) for clip in clips} == {
        (None, None),
        (1, None),
        (2, None),
        (2, "left"),
        (2, "right"),
    }
    switches = [clip for clip in clips if clip["role"] == "switch"]
    assert [(clip["track"], clip["side"]) for clip in switches] == [("chime", "right"), ("narration", "right")]
    assert {clip["side"] for clip in clips if clip["role"] == "instruction"} == {None, "left", "right"}


def test_speaks_nothing(run: Callable[..., Result], cache: Path) -> None:
    """A plan is estimated as long as nothing was spoken, and nothing is kept of it."""
    assert run("plan", "small.yaml", "--voice", "tone", "--json").json["estimated"] is True
    assert not list(cache.glob("sentences/*"))


def test_shows_chapters_and_words(run: Callable[..., Result]) -> None:
    """For people: every chapter with its time, and what is said in it."""
    result = run("plan", "small.yaml", *QUICK)
    assert result.code == 0
    for words in ("First strokes", "Hold", "Glide up.", "Thumb on the left.", "(switch)", "left", "right", "estimated"):
        assert words in result.out


def test_explain(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """`--explain` draws the session; it and --json exclude each other."""
    result = run("plan", "small.yaml", *QUICK, "--explain")
    assert result.code == 0
    assert "First strokes" in result.out
    assert "--json" in refused("plan", "small.yaml", *QUICK, "--explain", "--json")


def test_same_length_however_typed(run: Callable[..., Result]) -> None:
    """`length` is the total as typed, and the session lasts as long however it is."""
    for typed in ("6m", "360s", "6:00", "PT6M", "6 min"):
        timeline = run("plan", "small.yaml", "--voice", "tone", "--length", typed, "--json").json
        assert (timeline["length"], timeline["duration"]) == (typed, 360.0)
