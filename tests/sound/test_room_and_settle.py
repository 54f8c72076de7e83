"""A small room rings on without moving the voice; a settling voice grows softer step by step."""

from __future__ import annotations

import numpy as np
import pytest
from timelines_for_tests import CHOICES

from voiceguide.sound.room import SECONDS, in_room
from voiceguide.sound.settle import Settling
from voiceguide.timeline import Chapter, Clip, Timeline

RATE = 44_100


def test_the_room_adds_a_soft_tail_and_keeps_the_voice():
    voice = (np.random.default_rng(0).standard_normal((RATE, 1)) * 0.1).astype(np.float32)
    wet = in_room(voice)
    assert len(wet) == len(voice) + round(SECONDS * RATE) - 1
    added = wet[: len(voice)] - voice
    ratio_db = 10 * np.log10(np.mean(added**2) / np.mean(voice**2))
    assert -23 < ratio_db < -17
    assert np.abs(wet[-10:]).max() < 1e-4
    assert np.array_equal(wet, in_room(voice)), "the same every time"
    assert np.allclose(wet[:300], voice[:300], atol=1e-6), "nothing comes before the first reflection"


def test_the_room_has_no_ring_of_its_own():
    click = np.zeros((100, 1), np.float32)
    click[0] = 1.0
    tail = in_room(click)[200:, 0]
    quarter = len(tail) // 4
    powers = [float(np.sum(tail[i * quarter : (i + 1) * quarter] ** 2)) for i in range(4)]
    assert powers == sorted(powers, reverse=True)


def session(*steps: float) -> Timeline:
    """A session with an opening of 60 s, steps of these seconds, and a closing of 60 s."""
    chapters, at = [Chapter("Opening", 0.0, 60.0)], 60.0
    for number, seconds in enumerate(steps, start=1):
        chapters.append(Chapter(f"Step {number}", at, at + seconds, number))
        at += seconds
    chapters.append(Chapter("Closing", at, at + 60.0))
    facts = {
        "generator": "",
        "routine": "",
        "title": "",
        "summary": "",
        "audience": "giver",
        "length": "short",
        "setup": None,
        "talk": "full",
        "language": "en",
        "voice": "",
        "pace": 135,
        "bed": None,
        "choices": CHOICES,
        "estimated": False,
    }
    return Timeline(**facts, duration=at + 60.0, chapters=tuple(chapters), clips=())


def test_the_voice_settles_over_the_first_third_and_half_more_in_the_last_step():
    settling = Settling(session(100, 100, 100, 100, 100, 100), 4.0)

    def at(start: float) -> float:
        return settling.voice_db(Clip("narration", "cue", start, start + 1))

    assert at(10.0) == 0.0, "the gate is at full level"
    assert [at(60.0 + 100 * step) for step in range(6)] == pytest.approx([0, -2, -4, -4, -4, -6])
    assert [at(159.9 + 100 * step) for step in range(6)] == pytest.approx([0, -2, -4, -4, -4, -6])
    assert at(700.0) == pytest.approx(-6)


def test_the_bed_settles_with_the_voice_and_never_comes_closer():
    settling = Settling(session(100, 100, 100, 100, 100, 100), 4.0)
    times = np.arange(0, 720, 0.5)
    bed = settling.bed_db(times)
    voice = [settling.voice_db(Clip("narration", "cue", time, time + 1)) for time in times]
    assert np.all(bed <= np.array(voice) + 1e-9)
    assert np.abs(np.diff(bed)).max() < 0.03, "dB in half a second"
    assert bed[0] == 0.0
    assert bed[-1] == pytest.approx(-6)


def test_settling_is_off_by_default():
    settling = Settling(session(100, 100), 0.0)
    assert settling.voice_db(Clip("narration", "cue", 200, 201, 2)) == 0.0
    assert not settling.bed_db(np.arange(10.0)).any()
