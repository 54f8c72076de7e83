"""Visits once spoken: whatever a voice makes of each wording, every visit has its steps and words at the same times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import engines_for_tests as engines
import pytest

from voiceguide import plan, render
from voiceguide.routine.model import Routine
from voiceguide.session import preview

if TYPE_CHECKING:
    from pathlib import Path

BARE = {"gate": "brief", "opening": False, "closing": False, "bed": "none"}
ONE, TWO = "Let the hands grow heavy, and stay where it is tight for one more breath.", "Stay."
STEPS = [
    {"name": "A", "say": "Rest.", "duration": "30s..40s", "cues": [{"at": "50%", "say": {"any": [ONE, TWO]}}]},
    {
        "name": "B",
        "say": "Go on.",
        "duration": "24s..40s",
        "cues": [{"at": "8s", "say": {"any": [TWO, "Wait."]}}, {"at": "9s", "say": {"any": ["Soft.", ONE]}}],
    },
]


@pytest.fixture
def routine() -> Routine:
    return Routine.from_dict({"title": "T", "summary": "S", "steps": STEPS})


@pytest.mark.parametrize("length", ["short", "100s", "75s"])
def test_spoken_visits_keep_their_times(
    routine: Routine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: str
) -> None:
    """By a voice that foretells each wording wrongly, at its own length, stretched, and squeezed."""
    engines.register(monkeypatch)
    made = [
        render(routine, tmp_path / f"{visit}.wav", length=length, voice="guessing", visit=visit, **BARE)
        for visit in (1, 2, 3)
    ]
    assert len({tuple(clip.text for clip in one.clips) for one in made}) == 3
    for one in made[1:]:
        assert (one.duration, one.chapters) == (made[0].duration, made[0].chapters)
        assert [clip.start for clip in one.clips] == [clip.start for clip in made[0].clips]


def test_the_next_visit_needs_no_more_words(routine: Routine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made for one visit is all that the others need, and so they are known to the sample."""
    engines.register(monkeypatch)
    render(routine, tmp_path / "1.wav", voice="guessing", **BARE)
    assert not any(plan(routine, voice="guessing", visit=visit, **BARE).estimated for visit in range(1, 5))


def test_a_step_is_heard_with_room_for_its_other_words(
    routine: Routine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are spoken with it, as its words stand where the longest leaves them; another step's are not."""
    engines.register(monkeypatch)
    engines.Counting.spoken.clear()
    preview(routine, tmp_path / "step.wav", step=2, voice="counting", visit=2, **BARE)
    assert {TWO, "Wait.", "Soft.", ONE, "Go on."} <= {*engines.Counting.spoken}
    assert "Rest." not in engines.Counting.spoken
