"""The mix: every sound at its frame, and the same samples however they are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.sound.duck import Ducking
from voiceguide.sound.loop import ROOM_TONE_DBFS
from voiceguide.sound.loudness import energies, integrated
from voiceguide.sound.mix import BLOCK, Mix, Under
from voiceguide.sound.source import Held
from voiceguide.timeline import SAMPLE_RATE, Clip, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

DURATION = 3.0
FRAMES = round(DURATION * SAMPLE_RATE)


class Integers:
    """A mono sound of 16-bit numbers, as takes are."""

    def __init__(self, data: NDArray[np.int16]) -> None:
        self.data = data
        self.frames = len(data)
        self.key = f"take of {len(data)}"

    def samples(self) -> NDArray[np.int16]:
        """The samples themselves."""
        return self.data

    def energies(self) -> NDArray[np.float32]:
        """As a take keeps them."""
        return energies(self.data.astype(np.float32) / 32_768, SAMPLE_RATE)


def _noise(frames: int, channels: int, seed: int) -> NDArray[np.float32]:
    return (np.random.default_rng(seed).standard_normal((frames, channels)) * 0.05).astype(np.float32)


TAKES = {
    "one": Integers((_noise(30_000, 1, 1) * 32_768).astype(np.int16)),
    "two": Integers((_noise(1_000, 1, 2) * 32_768).astype(np.int16)),
}
SOUNDS = {"step": Held(_noise(60_000, 2, 3), "step"), "gong.wav": Held(_noise(7, 2, 4), "gong")}
CLIPS = (
    Clip("bed", "bed", 0.0, DURATION, sound="rain"),
    Clip("chime", "step", 0.0, 1.36, sound="step"),
    Clip("narration", "title", 0.7, 1.38, text="One.", take="one"),
    Clip("narration", "cue", 1.5, 1.52, text="Two.", take="two"),
    Clip("narration", "cue", 1.51, 1.53, text="Two.", take="two"),
    Clip("chime", "gong.wav", 2.0, 2.1, sound="gong.wav"),
    Clip("chime", "step", 2.9, DURATION, sound="step"),
)


class Loop:
    """A bed, without end; its first round begins otherwise."""

    key = "loop"
    period = 10_007
    steady = 3_000

    def __init__(self) -> None:
        self.data = _noise(self.period, 2, 5)

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames)."""
        samples = np.take(self.data, np.arange(start, start + frames), axis=0, mode="wrap")
        samples[: max(self.steady - start, 0)] *= 0.5
        return samples

    def powers(self, first: int, count: int) -> NDArray[np.float64]:
        """Return the K-weighted power of each of `count` stretches of 10 ms."""
        return energies(self.samples(first * 441, count * 441), SAMPLE_RATE).astype(np.float64)


@pytest.fixture(scope="module", params=["room tone", "bed"])
def mix(request: pytest.FixtureRequest) -> Mix:
    """Give a mix of overlapping sounds, over room tone and over a bed; the last rings on beyond the end."""
    under = Under(Loop(), -13.0, Ducking(CLIPS, 9.0), 1.0, 0.5) if request.param == "bed" else None
    return Mix(CLIPS, DURATION, TAKES, SOUNDS, under)


@pytest.fixture(scope="module")
def whole(mix: Mix) -> NDArray[np.float32]:
    """Give all of it, made at once."""
    return mix.block(0, FRAMES)


def _empty() -> Mix:
    return Mix((), DURATION, {}, {})


def test_lasts_to_the_frame(mix: Mix, whole: NDArray[np.float32]) -> None:
    """It has as many frames as its duration rounds to, of two channels of float32."""
    assert mix.frames == FRAMES
    assert whole.shape == (FRAMES, 2)
    assert whole.dtype == np.float32
    assert sum(len(block) for block in mix.blocks()) == FRAMES
    assert Mix((), 1.00001, {}, {}).frames == round(1.00001 * SAMPLE_RATE)


@given(st.integers(1, 2 * BLOCK))
def test_block_size_never_changes_a_sample(mix: Mix, whole: NDArray[np.float32], size: int) -> None:
    """Blocks of any size, one after another, are the whole."""
    size = max(size, FRAMES // 40)  # a handful of blocks tells as much as thousands
    assert np.array_equal(np.concatenate(list(mix.blocks(size))), whole)


@given(st.lists(st.tuples(st.integers(0, FRAMES + 1000), st.integers(0, BLOCK)), min_size=1, max_size=5))
def test_any_block_at_random(mix: Mix, whole: NDArray[np.float32], asked: list[tuple[int, int]]) -> None:
    """A block does not know which came before it; beyond the end there is nothing."""
    for start, frames in asked:
        assert np.array_equal(mix.block(start, frames), whole[start : start + frames])


def test_every_sound_is_at_its_frame() -> None:
    """A clip sounds from `round(start * rate)` on, on both sides where it is mono, and rings on past its clip's end."""
    for start in (0.0, 0.123456, 1.0000113):
        at = round(start * SAMPLE_RATE)
        voice = Mix((Clip("narration", "cue", start, start + 0.1, take="one"),), DURATION, TAKES, {}).block(0, FRAMES)
        difference = voice - _empty().block(0, FRAMES)
        expected = TAKES["one"].data.astype(np.float32) / 32_768
        assert np.allclose(difference[at : at + 30_000], expected, atol=1e-7)
        assert not difference[:at].any()
        assert not difference[at + 30_000 :].any()
        chime = Mix((Clip("chime", "step", start, start + 1.36, sound="step"),), DURATION, {}, SOUNDS)
        difference = chime.block(0, FRAMES) - _empty().block(0, FRAMES)
        assert np.allclose(difference[at : at + 60_000], SOUNDS["step"].data, atol=1e-7)
        assert not difference[:at].any()


def test_predicts_its_loudness(mix: Mix, whole: NDArray[np.float32]) -> None:
    """What the sounds' own energies add up to is what a meter reads from the mix."""
    assert integrated(mix.powers()) == pytest.approx(integrated(energies(whole, SAMPLE_RATE)), abs=0.05)
    halved = Mix(CLIPS, DURATION, TAKES, SOUNDS, gain_db=-6.0)
    plain = Mix(CLIPS, DURATION, TAKES, SOUNDS)
    assert integrated(halved.powers()) == pytest.approx(integrated(plain.powers()) - 6.0, abs=0.01)


LONG = (
    Clip("narration", "title", 0.7, 1.38, text="One.", sentences=(Words(0.7, 1.38, "One."),), take="one"),
    Clip("chime", "step", 9.0, 10.36, sound="step"),
    Clip("narration", "cue", 16.0, 16.68, text="One.", sentences=(Words(16.0, 16.68, "One."),), take="one"),
)


def _long(clips: tuple[Clip, ...] = LONG, *, bed: bool = True, **choices: Any) -> Mix:
    under = Under(Loop(), -13.0, Ducking(clips, 9.0), 1.0, 0.5) if bed else None
    return Mix(clips, 20.0, TAKES, SOUNDS, under, **choices)


@pytest.mark.parametrize("choices", [{}, {"gain_db": -3.0}, {"bed": False}, {"bed": False, "gain_db": -3.0}], ids=str)
def test_where_it_is_quiet_only_the_loop_sounds(choices: dict[str, Any]) -> None:
    """Quiet spans are the loop to the bit, lie in order, and take in nearly all that no sound and no fade touches."""
    mix = _long(**choices)
    whole = mix.block(0, mix.frames)
    spans = mix.quiet
    assert [spans[at].stop <= spans[at + 1].start for at in range(len(spans) - 1)] == [True] * (len(spans) - 1)
    for span in spans:
        assert np.array_equal(span.loop.block(span.start, span.stop - span.start), whole[span.start : span.stop])
        later = span.loop.block(span.start + span.loop.period, span.stop - span.start)
        assert np.array_equal(later, whole[span.start : span.stop])
    assert sum(span.stop - span.start for span in spans) / SAMPLE_RATE > 11
    assert len({span.loop.key for span in spans}) == 1


def test_a_bed_that_settles_is_no_loop_while_it_moves() -> None:
    """Where the gain drifts nothing is quiet; where it stays at another level, that is a loop of its own."""

    def settled(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.interp(seconds, [4.0, 8.0], [0.0, -3.0])

    under = Under(Loop(), -13.0, Ducking((), 9.0), 1.0, 0.5, settled)
    mix = Mix((), 20.0, {}, {}, under)
    spans = [(span.start / SAMPLE_RATE, span.stop / SAMPLE_RATE) for span in mix.quiet]
    assert np.array(spans) == pytest.approx(np.array([(1.0, 4.0), (8.0, 19.5)]), abs=0.02)
    assert len({span.loop.key for span in mix.quiet}) == 2
    whole = mix.block(0, mix.frames)
    for span in mix.quiet:
        assert np.array_equal(span.loop.block(span.start, span.stop - span.start), whole[span.start : span.stop])


class Flat:
    """A bed of nothing but ones: what is heard of it is its gain."""

    key = "flat"
    period = 1_000
    steady = 0

    def samples(self, start: int, frames: int) -> NDArray[np.float32]:  # noqa: ARG002 (the Protocol's)
        """Return frames [start, start + frames)."""
        return np.ones((frames, 2), np.float32)

    def powers(self, first: int, count: int) -> NDArray[np.float64]:  # noqa: ARG002 (the Protocol's)
        """Return the power of each of `count` stretches of 10 ms."""
        return np.ones(count)


def test_the_bed_steps_back_at_the_same_frames_wherever_a_block_begins() -> None:
    """Down 0.15 s before the words and back 1.2 s after them, to the sample, with a block's border anywhere in it."""
    mix = Mix((), 20.0, {}, {}, Under(Flat(), 0.0, Ducking(LONG, 9.0), 1.0, 0.5))
    whole = mix.block(0, mix.frames)
    way = [15.3, 15.4, 15.625, 15.85, 16.0, 16.68, 17.28, 17.88]
    gains_db = 20 * np.log10(whole[np.round(np.array(way) * SAMPLE_RATE).astype(int), 0])
    assert gains_db == pytest.approx(np.array([0, 0, -4.5, -9, -9, -9, -4.5, 0]), abs=0.01)
    for begin, end in ((8.3, 12.3), (15.3, 18.0)):  # of a chime, of words
        for border in range(round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE), 997):
            for frames in (1, 440, 1152, 20_011):
                assert np.array_equal(mix.block(border - frames, frames), whole[border - frames : border])
                assert np.array_equal(mix.block(border, frames), whole[border : border + frames])


def test_keys_change_with_what_sounds_and_with_nothing_else() -> None:
    """A range has the key of its own sounds: an edit elsewhere leaves it, one within it does not."""
    edited = (*LONG[:2], Clip("narration", "cue", 16.0, 16.1, sentences=(Words(16.0, 16.1, "Two."),), take="two"))
    plain, other = _long(), _long(edited)
    early, late = (1152, 12 * SAMPLE_RATE), (14 * SAMPLE_RATE, 18 * SAMPLE_RATE)
    assert plain.key(*early) == other.key(*early)
    assert plain.key(*late) != other.key(*late)
    assert len({_long(**each).key(*early) for each in ({}, {"gain_db": -1.0}, {"bed": False})}) == 3
    assert len({plain.key(start, start + 5000) for start in (0, 1152, 2304, 14 * SAMPLE_RATE, 19 * SAMPLE_RATE)}) == 5
    assert plain.key(0, 5000) != plain.key(0, 5001)
    assert plain.key(0, plain.frames) == plain.key(0, plain.frames + 9)


def test_keys_change_with_the_gain_of_one_clip() -> None:
    """Where a voice is turned down in one clip alone every gain has a key of its own; elsewhere keys stay."""
    plain, softer, softest = (
        _long(clip_db=lambda clip, turned=turned: turned if clip.start > 10 else 0.0) for turned in (0.0, -3.0, -6.0)
    )
    early, late = (1152, 12 * SAMPLE_RATE), (14 * SAMPLE_RATE, 18 * SAMPLE_RATE)
    assert len({mix.key(*early) for mix in (plain, softer, softest)}) == 1
    assert len({mix.key(*late) for mix in (plain, softer, softest)}) == 3


@given(st.integers(0, 19 * SAMPLE_RATE), st.integers(0, 19 * SAMPLE_RATE), st.integers(100, 30_000))
def test_equal_keys_are_equal_sounds(one: int, two: int, frames: int) -> None:
    """Wherever two ranges have the same key, every sample is the same; a round later it is the same key."""
    mix = _mix_for_keys()
    later = one + mix.quiet[0].loop.period
    for a, b in ((one, two), (one, later), (one // 441 * 441, two // 441 * 441)):
        if mix.key(a, a + frames) == mix.key(b, b + frames):
            assert np.array_equal(mix.block(a, frames), mix.block(b, frames))


@lru_cache(maxsize=1)
def _mix_for_keys() -> Mix:
    return _long(bed=False)


def test_sounds_add_up() -> None:
    """Where clips overlap all of them are heard, and nothing is turned down."""
    whole = Mix(CLIPS, DURATION, TAKES, SOUNDS).block(0, FRAMES)
    room = _empty().block(0, FRAMES)
    alone = [Mix((clip,), DURATION, TAKES, SOUNDS).block(0, FRAMES) - room for clip in CLIPS]
    assert np.allclose(whole, room + sum(alone), atol=1e-6)


def test_an_earlier_long_sound_is_not_forgotten() -> None:
    """A block far into a long sound has it, however many short ones began and ended since."""
    long = Held(np.full((2 * SAMPLE_RATE, 2), 0.25, np.float32), "long")
    short = [Clip("chime", "gong.wav", 0.1 * n, 0.1 * n, sound="gong.wav") for n in range(1, 15)]
    mix = Mix((Clip("chime", "long", 0.0, 2.0, sound="long"), *short), DURATION, {}, {**SOUNDS, "long": long})
    late = mix.block(round(1.9 * SAMPLE_RATE), 100)
    assert np.all(late > 0.2)


def test_room_tone() -> None:
    """Where nothing sounds there is faint noise of the level it promises: no zeros, no seam, unlike on both sides."""
    mix = Mix((), 25.0, {}, {})
    room = mix.block(0, mix.frames - SAMPLE_RATE).astype(np.float64)
    assert 20 * np.log10(np.sqrt(np.mean(room**2))) == pytest.approx(ROOM_TONE_DBFS, abs=0.1)
    assert np.abs(room).max() < 10 ** (-45 / 20)
    assert np.mean(room == 0) < 1e-3
    seam = np.abs(np.diff(room, axis=0))[10 * SAMPLE_RATE - 1]
    assert np.all(seam < 6 * np.abs(np.diff(room, axis=0)).std())
    assert abs(np.corrcoef(room.T)[0, 1]) < 0.1


def test_ends_without_a_step() -> None:
    """The last twentieth of a second fades to nothing, and not more than that."""
    loud = Held(np.full((FRAMES + 100, 2), 0.5, np.float32), "loud")
    mixed = Mix((Clip("chime", "loud", 0.0, DURATION, sound="loud"),), DURATION, {}, {"loud": loud}).block(0, FRAMES)
    fade = round(0.05 * SAMPLE_RATE)
    assert np.abs(mixed[-1]).max() < 1e-4
    assert np.all(np.abs(mixed[: -fade - 1] - 0.5) < 0.01)
    assert np.all(np.diff(mixed[-fade + 10 :, 0]) < 5e-3)


def test_needs_every_take() -> None:
    """A clip whose audio is not there is a bug that shows, never silence in its place."""
    with pytest.raises(KeyError):
        Mix(CLIPS, DURATION, {}, SOUNDS)
    with pytest.raises(KeyError):
        Mix(CLIPS, DURATION, TAKES, {})
