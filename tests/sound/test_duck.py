"""The bed steps back for the voice, and comes back in the pauses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.sound.duck import CHIME_DB, MOST_MOVES, Ducking
from voiceguide.timeline import Clip, Words


def spoken(*spans: tuple[float, float]) -> Clip:
    words = tuple(Words(start, end, "word") for start, end in spans)
    return Clip("narration", "cue", spans[0][0], spans[-1][1], sentences=words, text="word")


def gain_at(ducking: Ducking, *seconds: float) -> list[float]:
    return [float(ducking.gain_db(np.array([second]))[0]) for second in seconds]


def test_the_bed_is_down_150_ms_before_the_first_word_and_back_1_2_s_after_the_last():
    ducking = Ducking([spoken((10.0, 12.0))], 9.0)
    assert gain_at(ducking, 9.4, 9.85, 11.0, 12.0, 13.2) == pytest.approx([0.0, -9.0, -9.0, -9.0, 0.0])
    assert -9.0 < gain_at(ducking, 9.6)[0] < 0.0
    assert gain_at(ducking, 13.5) == [0.0]


def test_in_a_gap_under_4_5_s_the_gain_does_not_move():
    near = Ducking([spoken((10.0, 12.0), (16.4, 18.0))], 9.0).gain_db(np.linspace(9.9, 18.0, 500))
    assert np.all(near == -9.0)
    far = Ducking([spoken((10.0, 12.0), (16.6, 18.0))], 9.0)
    assert gain_at(far, 14.0) == [0.0]


def test_between_a_word_and_a_sound_it_comes_back_no_further_than_the_sound_asks():
    clips = [spoken((10.0, 12.0)), Clip("chime", "halfway", 15.0, 19.0, sound="halfway")]
    ducking = Ducking(clips, 9.0)
    assert gain_at(ducking, 11.0, 13.2, 15.0, 17.0, 18.2) == pytest.approx([-9, -CHIME_DB, -CHIME_DB, -CHIME_DB, 0])


def called(role: str, at: float, side: str | None = None, *, word: bool) -> list[Clip]:
    rung = Clip("chime", role, at, at + 3.0, 2, side, sound=role)
    said = Clip("narration", role, at, at + 0.5, 2, side, text=role, sentences=(Words(at, at + 0.5, role),))
    return [rung, said] if word else [rung]


def test_through_the_rounds_of_a_hold_the_gain_does_not_move():
    """As far down as for words through those that are called, and as for a sound through those that only ring."""
    rounds = [clip for n in range(8) for clip in called("press", 10.0 + 16 * n, word=n < 4)]
    rounds += [clip for n in range(8) for clip in called("release", 20.0 + 16 * n, word=n < 4)]
    ducking = Ducking(rounds, 13.0)
    assert np.all(ducking.gain_db(np.linspace(10.0, 68.5, 500)) == -13.0)
    assert np.all(ducking.gain_db(np.linspace(70.0, 134.0, 500)) == -CHIME_DB)
    other_side = called("press", 76.0, "left", word=True)
    assert gain_at(Ducking([*rounds, *other_side], 13.0), 75.0) == pytest.approx([-CHIME_DB])


def moves(ducking: Ducking, seconds: float) -> list[float]:
    """When the gain begins to move, down or up."""
    at = np.arange(-2, seconds, 0.01)
    steps = np.diff(ducking.gain_db(at))
    direction = np.sign(np.where(np.abs(steps) < 1e-9, 0, steps))
    begun = np.flatnonzero((direction[1:] != 0) & (direction[1:] != direction[:-1])) + 1
    kept: list[tuple[float, float]] = []
    for index in begun:
        if not kept or kept[-1][1] != direction[index]:
            kept.append((float(at[index]), float(direction[index])))
    return [moment for moment, _ in kept]


@given(st.lists(st.tuples(st.floats(0.2, 20), st.floats(0.3, 6), st.booleans()), min_size=1, max_size=40))
def test_the_bed_moves_at_most_six_times_in_any_minute(gaps: list[tuple[float, float, bool]]):
    """However words and sounds follow each other; and where it comes back, it stays for a while."""
    clips, now = [], 0.0
    for gap, length, word in gaps:
        now += gap
        clips.append(spoken((now, now + length)) if word else Clip("chime", "step", now, now + length, sound="step"))
        now += length
    begun = moves(Ducking(clips, 13.0), now + 5)
    assert all(later - earlier > 59.9 for earlier, later in zip(begun, begun[MOST_MOVES:], strict=False))


def test_a_swell_is_left_room_to_its_end_and_the_bed_stays_down_from_one_to_the_next():
    """It is loudest in its middle; a bed that moved with every stroke would be heard as pumping."""
    swells = [Clip("chime", "swell", at, at + 12.0, sound="swell", fitted=(6.0, 6.0)) for at in (10.0, 22.0)]
    gain = Ducking(swells, 9.0).gain_db(np.linspace(10.0, 34.0, 500))
    assert np.all(gain == -CHIME_DB)
    assert gain_at(Ducking(swells, 9.0), 35.3) == [0.0]


def test_a_sound_ducks_less_and_for_its_first_2_seconds():
    ducking = Ducking([Clip("chime", "step", 10.0, 15.0, sound="step")], 9.0)
    assert gain_at(ducking, 10.0, 11.9, 13.3) == pytest.approx([-CHIME_DB, -CHIME_DB, 0.0])


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 5)), max_size=8),
    st.floats(0, 12),
    st.lists(st.floats(0, 110), min_size=1, max_size=50).map(sorted),
)
def test_any_moment_is_the_same_alone_as_among_others(spans, depth, moments):
    ducking = Ducking([spoken((start, start + length)) for start, length in spans], depth)
    together = ducking.gain_db(np.array(moments))
    assert list(together) == pytest.approx(gain_at(ducking, *moments))
    assert np.all((together <= 0) & (together >= -max(depth, 0) - 1e-9))
    for start, length in spans:
        assert gain_at(ducking, start, start + length) == pytest.approx([-depth, -depth])


def test_the_gain_never_jumps():
    ducking = Ducking([spoken((3.0, 4.0)), spoken((5.6, 7.0)), Clip("chime", "step", 8.1, 9.0, sound="step")], 12.0)
    gains = ducking.gain_db(np.arange(0, 12, 0.001))
    assert np.abs(np.diff(gains)).max() < 0.1, "dB in a millisecond"


heard = st.lists(
    st.tuples(
        st.floats(0.0, 20.0),
        st.floats(0.2, 8.0),
        st.sampled_from(["word", "word", "step", "press", "left out", "swell"]),
    ),
    max_size=24,
)


def laid(drawn: list[tuple[float, float, str]], at: float) -> list[Clip]:
    """What was drawn, each so many seconds after the last one began, from a second on."""
    clips: list[Clip] = []
    for pause, length, what in drawn:
        at += pause
        if what == "word":
            clips.append(spoken((at, at + length)))
        elif what == "press":
            clips += called("press", at, word=length > 4)
        else:
            clips.append(Clip("chime", what, at, at + length, 2, sound=what))
    return clips


@given(heard, heard, st.floats(0.0, 15.0), st.one_of(st.none(), st.tuples(st.floats(0.2, 8.0), st.floats(0.2, 8.0))))
def test_what_is_settled_no_later_sound_moves(before, after, pause, word):
    """Up to the second that is told, the gain is what it will be, whatever comes; a word may be sure to come first."""
    known = laid(before, 0.0)
    until = max((clip.start for clip in known), default=0.0) + pause
    far = [clip for clip in laid(after, until) if clip.start >= until]
    if word:
        guessed, true = (spoken((until, until + length)) for length in word)
        one, other = Ducking([*known, guessed], 13.0), Ducking([*known, true, *far], 13.0)
    else:
        one, other = Ducking(known, 13.0), Ducking([*known, *far], 13.0)
    settled = one.settled(until, said=word is not None)
    seconds = np.arange(0.0, max(settled, 0.0), 0.05)
    assert settled <= until
    assert np.array_equal(one.gain_db(seconds), other.gain_db(seconds))


def test_words_close_together_settle_as_they_come():
    """An opening without pauses can be heard to its last word, whatever the first step sounds like."""
    assert Ducking([spoken((1.0, 4.0))], 13.0).settled(5.0, said=True) == 5.0
    assert Ducking([spoken((1.0, 4.0))], 13.0).settled(5.0) == 4.0
    opening = Ducking([spoken((1.0, 5.0), (6.0, 12.0)), spoken((13.0, 20.0))], 13.0)
    assert opening.settled(22.0) == 20.0
    assert Ducking([spoken((1.0, 5.0)), spoken((30.0, 31.0))], 13.0).settled(60.0) == 5.0
    assert Ducking([spoken((1.0, 5.0)), spoken((30.0, 31.0))], 13.0).settled(100.0) == 31.0
