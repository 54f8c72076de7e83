"""What a session sounds like by its choices: how loud, and how its bed goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from mutagen.wave import WAVE

from voiceguide import load, render
from voiceguide.choices import Choices
from voiceguide.session.composing import Session
from voiceguide.session.making import BED_FADE, Ground
from voiceguide.session.narration import by_estimate
from voiceguide.sound.settle import Settling

ROUTINE = {"title": "T", "summary": "S", "steps": [{"name": "Rest", "say": "Rest your hands.", "duration": "8s"}]}
BARE = {"voice": "tone", "gate": "brief", "opening": False}


@pytest.mark.parametrize("bed", ["none", "rain"])
def test_a_softer_session_is_softer_by_what_was_asked(bed: str, tmp_path: Path) -> None:
    """All of it keeps its distances, and the file tells of its voice what levels it for players that do."""
    usual, softer = (
        render(load(ROUTINE), tmp_path / f"{-loudness}.wav", **BARE, bed=bed, loudness=loudness).loudness
        for loudness in (-16, -22)
    )
    assert usual is not None
    assert softer is not None
    assert softer - usual == pytest.approx(-6, abs=0.1)
    told = [str(WAVE(tmp_path / f"{loudness}.wav").tags["TXXX:REPLAYGAIN_TRACK_GAIN"]) for loudness in (16, 22)]
    assert told == ["-2.00 dB", "+4.00 dB"]


@pytest.mark.parametrize(
    ("choices", "seconds"),
    [
        ({}, 0.8 * 5),
        ({"linger": "1m"}, 0.8 * 60),
        ({"linger": 0}, BED_FADE),
        ({"closing": False}, BED_FADE),
        ({"closing": False, "linger": "1m"}, BED_FADE),
    ],
)
def test_a_bed_goes_while_it_lingers(choices: dict[str, Any], seconds: float) -> None:
    """For most of it after the end sound; shortly where no end sound told that the session is over."""
    session = Session(load(ROUTINE), Choices.of({**BARE, **choices}))
    timeline = session.timeline(by_estimate(session), estimated=True)
    under = Ground(session, cast("Any", None)).under(timeline, Settling(timeline, 0.0))
    assert (under.fade_in, under.fade_out) == (BED_FADE, pytest.approx(seconds, abs=0.05))
