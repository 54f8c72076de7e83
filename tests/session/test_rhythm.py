"""Strokes in a rhythm, as a file plays them: words and swells begin when the timeline says, and swells fit.

That an MP3 keeps such times: tests/session/test_session.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import measuring
import numpy as np
import pytest

from voiceguide import load, render
from voiceguide.measure.clicks import Clicks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.timeline import Timeline

SESSION = Path(__file__).parents[1] / "sessions" / "rhythm.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Timeline, NDArray[np.float32]]:
    """The timeline, and what is decoded."""
    path = tmp_path_factory.mktemp("rhythm") / "session.wav"
    timeline = render(load(SESSION), path, voice="tone", opening=False, gate="brief")
    return timeline, measuring.decoded(path)


def test_words_and_swells_begin_within_20_ms(made) -> None:
    """Of every stroke, read off the file alone."""
    timeline, samples = made
    found = measuring.onsets(measuring.windows_dbfs(samples))
    begun = [clip for clip in timeline.clips if clip.role in ("out", "back", "last", "swell")]
    assert {clip.role for clip in begun} == {"out", "back", "last", "swell"}
    late = [measuring.onset_near(found, clip.start) - clip.start for clip in begun]
    assert max(map(abs, late)) <= 0.02, late
    assert len(late) > 15


def test_a_swell_rises_and_falls_with_its_stroke(made) -> None:
    """It is loudest where the hands turn, 14 LU below the voice; nothing of it is left when the next begins."""
    timeline, samples = made
    cycles = {c.out[0]: c for chapter in timeline.chapters for slot in chapter.slots for c in slot.cycles}
    swells = [clip for clip in timeline.clips if clip.sound == "swell"]
    assert len({clip.fitted for clip in swells}) == 2
    for clip in swells:
        cycle = cycles[clip.start]
        assert (clip.start, clip.end) == pytest.approx((cycle.out[0], cycle.back[1]), abs=1e-9)
        assert not cycle.voiced
        levels = measuring.windows_dbfs(samples[round(clip.start * 44_100) : round(clip.end * 44_100)])
        wide = round(measuring.RATE / measuring.HOP)
        smooth = np.convolve(10 ** (levels / 10), np.ones(wide) / wide, "same")
        turns = np.argmax(smooth) / len(smooth) * (clip.end - clip.start)
        assert turns == pytest.approx(cycle.out[1] - cycle.out[0], abs=0.5)
        assert levels[-20:].max() < -55
        loudest = (cycle.out[1] - 0.2, cycle.out[1] + 0.2)
        assert measuring.lufs(samples, *loudest) == pytest.approx(-30, abs=0.6)


def test_no_stroke_clicks(made) -> None:
    """Where swells begin, turn and end."""
    _, samples = made
    found = Clicks(44_100, samples.shape[1])
    found.add(samples)
    assert not found.first
