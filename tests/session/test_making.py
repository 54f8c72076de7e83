"""What a session sounds like by its choices: how loud, and how its bed goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import soundfile
from mutagen.wave import WAVE

from voiceguide import load, plan, render
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


def test_a_press_that_comes_without_its_word_is_louder(tmp_path: Path) -> None:
    """By 3 dB in the file, each of the same sound: over a bed it is all there is to go by."""
    hold = {"times": 6, "press": "4s", "release": "4s", "spoken": 1}
    routine = {**ROUTINE, "steps": [{"name": "Lean", "say": "Lean in.", "duration": "60s", "hold": hold}]}
    timeline = render(load(routine), tmp_path / "a.wav", **BARE, closing=False, bed="none", without_voice=True)
    samples, rate = soundfile.read(tmp_path / "a.wav")
    for role in ("press", "release"):
        called = {clip.start for clip in timeline.on("narration") if clip.role == role}
        level: dict[bool, list[float]] = {True: [], False: []}
        for clip in timeline.on("chime"):
            if clip.role == role:
                ring = samples[round(clip.start * rate) :][: rate // 2]
                level[clip.start in called].append(20 * np.log10(np.sqrt(np.mean(ring**2))))
        assert len(level[False]) == 4
        assert np.median(level[False]) - np.median(level[True]) == pytest.approx(3, abs=0.2)


@pytest.mark.parametrize("length", ["short", "full", "17m"])
def test_a_bed_changes_no_word_and_no_time(length: str) -> None:
    """With any and without one everything else is said and rings at the same moment."""
    routine = load("upper-back")
    without, *others = (plan(routine, length=length, bed=bed, voice="tone") for bed in ("none", "rain", "warm-pad"))
    for other in others:
        assert other.chapters == without.chapters
        assert tuple(clip for clip in other.clips if clip.track != "bed") == without.clips
