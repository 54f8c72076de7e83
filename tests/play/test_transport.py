"""The transport: what is heard is the session to the sample, and whatever is done to it never clicks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from playing_for_tests import RATE, STEEP, Array, Pulled, hum
from timelines_for_tests import made

from voiceguide.play.transport import FADE, LOUDEST_DB, SOFTEST_DB, Chapters, Transport

FADED = round(FADE * RATE)
HALF = 0.5 / RATE
"""Seconds of half a frame."""
CHAPTERS = Chapters(starts=(0, 5 * RATE, 10 * RATE))
CLICK = STEEP + 1.5 / FADED
"""The hum's own steepness, and that of a fade over it."""


def playing(seconds: float = 15, chapters: Chapters = CHAPTERS, **how) -> tuple[Transport, Pulled]:
    """A hum being played by a device that holds nothing back."""
    transport = Transport(hum(seconds), chapters, clock=lambda: 0.0, **how)
    return transport, Pulled(transport)


def test_untouched_it_is_the_source_exactly():
    """Every sample, in order, then silence; it is over when the last one was taken."""
    noise = np.random.default_rng(1).uniform(-1, 1, (3 * RATE + 7, 2)).astype(np.float32)
    transport = Transport(Array(noise), Chapters((0, RATE)), clock=lambda: 0.0)
    device = Pulled(transport)
    device.pull(3 * RATE)
    assert not transport.heard().over
    device.pull(1000)
    assert transport.heard().over
    assert np.array_equal(device.all[: len(noise)], noise)
    assert not device.all[len(noise) :].any()


def test_begins_anywhere():
    """From a place within, the samples are those from there on, faded in."""
    transport, device = playing(start=7 * RATE)
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(8, abs=0.001)
    assert np.array_equal(device.all[FADED:], hum(15).samples[7 * RATE + FADED : 8 * RATE])
    assert abs(device.all[0, 0]) < 0.01


def test_pause_and_go_on():
    """It fades out and stays where it is, however long; then it goes on from there, with no sample lost or repeated."""
    transport, device = playing()
    device.pull(RATE)
    transport.toggle()
    device.pull(RATE)
    stands = transport.heard()
    assert (stands.paused, stands.waiting, stands.seconds) == (True, False, pytest.approx(1 + FADE, abs=0.001))
    assert not device.all[RATE + FADED + 1 :].any()
    device.pull(5 * RATE)
    assert transport.heard() == stands
    transport.toggle()
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(stands.seconds + 1)
    place = int(stands.seconds * RATE)
    assert np.array_equal(device.pieces[-1], hum(15).samples[place + RATE - len(device.pieces[-1]) : place + RATE])
    assert device.steepest < CLICK


def test_steps_forth_and_back():
    """Right goes to the next chapter; left to this one's start, or to the one before in its first three seconds."""
    transport, device = playing()

    def after(act, seconds=0.0) -> float:
        act()
        device.pull(round((FADE + seconds) * RATE) + 1)
        return transport.heard().seconds - seconds

    assert after(transport.following, 2.0) == pytest.approx(5, abs=0.03)
    assert after(transport.previous) == pytest.approx(0, abs=0.03)
    assert after(transport.following, 4.0) == pytest.approx(5, abs=0.03)
    assert after(transport.previous) == pytest.approx(5, abs=0.03)
    assert after(transport.following) == pytest.approx(10, abs=0.03)
    before = transport.heard().seconds
    assert after(transport.following, 1.0) == pytest.approx(before + FADE, abs=0.03)
    assert after(transport.previous) == pytest.approx(5, abs=0.03)
    assert device.steepest < CLICK


def test_steps_add_up_before_they_are_heard():
    """Two presses at once are two steps."""
    transport, device = playing()
    transport.following()
    transport.following()
    device.pull(2 * FADED + 10)
    assert transport.heard().seconds == pytest.approx(10, abs=0.03)


def test_a_step_while_paused_stays_paused():
    """It is shown where it will go on, and nothing sounds."""
    transport, device = playing()
    device.pull(RATE)
    transport.toggle()
    device.pull(RATE)
    transport.following()
    device.pull(RATE)
    assert (transport.heard().seconds, transport.heard().paused) == (5.0 + HALF, True)
    assert not device.all[-RATE:].any()
    transport.toggle()
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(6, abs=0.001)


def test_the_volume_has_limits_and_does_not_click():
    """Steps of 2 dB, down to a soft one and never above the session's own."""
    transport, device = playing()
    transport.louder()
    assert transport.heard().volume_db == LOUDEST_DB == 0
    device.pull(RATE)
    for _ in range(3):
        transport.softer()
        device.pull(RATE // 4)
    assert transport.heard().volume_db == -6
    assert np.abs(device.all[-1000:]).max() == pytest.approx(10 ** (-6 / 20), abs=0.01)
    for _ in range(30):
        transport.softer()
    device.pull(RATE // 4)
    assert transport.heard().volume_db == SOFTEST_DB
    assert 0 < np.abs(device.all[-1000:]).max() < 0.011
    for _ in range(30):
        transport.louder()
    device.pull(RATE // 4)
    assert np.abs(device.all[-1000:]).max() == pytest.approx(1, abs=0.001)
    assert device.steepest < CLICK


def test_a_stop_point_pauses_when_its_words_are_over():
    """It waits there by itself, as long as it takes, and goes on at the next chapter."""
    transport, device = playing(chapters=replace(CHAPTERS, stops=(3 * RATE,)))
    device.pull(4 * RATE)
    stands = transport.heard()
    assert (stands.waiting, stands.paused) == (True, True)
    assert stands.seconds == pytest.approx(3 + FADE, abs=0.001)
    assert np.array_equal(device.all[: 3 * RATE], hum(15).samples[: 3 * RATE])
    transport.toggle()
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(6, abs=0.001)
    assert not transport.heard().paused
    assert device.steepest < CLICK


def test_leaving_a_stop_point_by_a_step_plays():
    """Who goes back to the step from where it waits wants to hear it; it stops there again."""
    transport, device = playing(chapters=replace(CHAPTERS, stops=(8 * RATE,)), start=6 * RATE)
    device.pull(3 * RATE)
    assert transport.heard().waiting
    transport.previous()
    device.pull(RATE)
    assert (transport.heard().paused, transport.heard().seconds) == (False, pytest.approx(6, abs=0.001))
    device.pull(3 * RATE)
    assert transport.heard().waiting


def test_stops_and_starts_are_the_timeline_s():
    """A stop lies at the end of what a `ready` clip says; where nobody can go on, there is none."""
    words = {"track": "narration", "text": "Pause me.", "sentences": []}
    session = made(
        duration=9.0,
        chapters=[{"title": "A", "step": 1, "start": 0.0, "end": 4.5}, {"title": "B", "start": 4.5, "end": 9.0}],
        clips=[
            {**words, "role": "instruction", "step": 1, "start": 0.0, "end": 1.0},
            {**words, "role": "ready", "step": 1, "start": 1.5, "end": 2.25},
        ],
    )
    assert Chapters.of(session, RATE, stopping=True) == Chapters((0, 36_000), (18_000,))
    assert Chapters.of(session, RATE, stopping=False) == Chapters((0, 36_000))


def test_the_opening_waits_at_its_end():
    """Silence after its question is heard, none of the first step is, and going on begins with that step."""
    session = made(
        duration=15.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 6.0},
            {"title": "One", "step": 1, "start": 6.0, "end": 10.0},
            {"title": "Two", "step": 2, "start": 10.0, "end": 15.0},
        ],
        clips=[{"track": "narration", "role": "ready", "start": 1.0, "end": 2.0, "text": "Pause.", "sentences": []}],
    )
    transport, device = playing(chapters=Chapters.of(session, RATE, stopping=True))
    device.pull(8 * RATE)
    stands = transport.heard()
    assert stands.waiting
    assert 5.9 < stands.seconds < 6
    assert session.at(stands.seconds).chapter.title == "Opening"
    transport.toggle()
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(7, abs=0.001)
    assert device.steepest < CLICK
    assert Chapters.of(session, RATE, stopping=False).stops == ()


@dataclass
class Clock:
    """A clock that is set."""

    now: float = 0.0

    def __call__(self) -> float:
        """Say what it was set to."""
        return self.now


def test_what_is_told_is_what_is_heard():
    """The device's buffer is accounted for, and the time since it was filled; a jump shows when it is heard."""
    clock = Clock()
    transport = Transport(hum(15), CHAPTERS, latency=RATE // 2, clock=clock)
    transport.pull(RATE // 4)
    assert transport.heard().seconds == HALF
    transport.pull(RATE // 4)
    clock.now = 0.1
    assert transport.heard().seconds == pytest.approx(0.1, abs=0.001)
    clock.now = 5.0  # a device that takes no more cannot be heard to go on
    assert transport.heard().seconds == pytest.approx(0.5, abs=0.001)
    transport.following()
    transport.pull(RATE)
    assert transport.heard().seconds == pytest.approx(5.48, abs=0.001)
    clock.now = 5.25
    assert transport.heard().seconds == pytest.approx(5.73, abs=0.001)


def test_it_is_over_when_the_device_has_sounded_it():
    """Not before its buffer is empty."""
    transport = Transport(hum(1), Chapters((0,)), latency=RATE // 2, clock=lambda: 0.0)
    transport.pull(RATE + 10)
    assert not transport.heard().over
    transport.pull(RATE // 2)
    assert transport.heard().over


class Stuttering(Array):
    """A source that has nothing for a while."""

    dry = False

    def read(self, start, frames):
        """Nothing, while it is dry."""
        return self.samples[start : start + (0 if self.dry else frames)]


def test_where_nothing_is_ready_there_is_silence():
    """It waits, loses nothing, and comes back from silence."""
    source = Stuttering(hum(1).samples)
    transport = Transport(source, Chapters((0,)), clock=lambda: 0.0)
    assert np.array_equal(transport.pull(1000), source.samples[:1000])
    source.dry = True
    assert not transport.pull(1000).any()
    assert transport.heard().seconds == pytest.approx(1000 / RATE, abs=0.001)
    source.dry = False
    again = transport.pull(1000)
    assert abs(again[0, 0]) < 0.01
    assert np.array_equal(again[FADED:], source.samples[1000 + FADED : 2000])


class Coming(Array):
    """A source of which less is there than it promises."""

    there = 0

    def read(self, start, frames):
        """A slice of what is there."""
        return self.samples[start : min(start + frames, self.there)]


def test_who_goes_where_nothing_is_yet_is_told_and_hears_it_when_it_comes() -> None:
    """In silence, at that place, and told only once it lasts."""
    now = [0.0]
    source = Coming(hum(20).samples)
    source.there = 5 * RATE
    transport = Transport(source, Chapters((0, 10 * RATE)), clock=lambda: now[0])
    device = Pulled(transport)
    device.pull(RATE)
    transport.following()
    device.pull(RATE)
    assert not transport.heard().coming
    now[0] = 0.6
    assert not device.pull(RATE // 10).any()
    heard = transport.heard()
    assert (heard.coming, round(heard.seconds), heard.over) == (True, 10, False)
    source.there = 20 * RATE
    assert device.pull(RATE // 10).any()
    assert not transport.heard().coming


def test_a_step_that_begins_elsewhere_than_was_thought_is_waited_for_there() -> None:
    """The plan of what is not spoken yet may move by seconds; where somebody already is, nothing does."""
    known = [Chapters((0, 4 * RATE, 10 * RATE))]
    source = Coming(hum(20).samples)
    source.there = 5 * RATE
    transport = Transport(source, known[0], clock=lambda: 0.0, unfolding=lambda: known[0])
    device = Pulled(transport)
    transport.following()
    transport.following()
    device.pull(RATE)
    known[0], source.there = Chapters((0, 4 * RATE, 11 * RATE), (15 * RATE,)), 12 * RATE
    device.pull(RATE // 10)
    assert transport.heard().seconds == pytest.approx(11.1, abs=0.1)
    transport.previous()
    device.pull(RATE)
    known[0] = Chapters((0, 4 * RATE, 12 * RATE))
    device.pull(RATE)
    assert transport.heard().seconds == pytest.approx(6, abs=0.2)
