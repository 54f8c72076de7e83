"""The bit reservoir: frames taken out of a stream and laid in another hold the same music, whatever is cut."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise

import lameenc
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voiceguide.exports.mp3.frames import BITRATES, FrameError, Header, parse_header
from voiceguide.exports.mp3.reservoir import Layer, Loose, join, joins, take
from voiceguide.timeline import SAMPLE_RATE

EITHER = ((64, 2), (128, 2), (192, 2), (320, 2), (64, 1), (128, 1))
"""Bitrates and channels: LAME makes joint stereo up to 128 kb/s and plain stereo above."""


@cache
def stream(bitrate: int = 128, channels: int = 2) -> bytes:
    """Encode three seconds of noise and tone bursts, which draw on the reservoir."""
    time = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    rng = np.random.default_rng(5)
    noise = rng.standard_normal((len(time), 2)) * 0.01
    burst = (np.sin(2 * np.pi * 1.7 * time) > 0.6) * np.sin(2 * np.pi * 440 * time**1.1)
    samples = np.clip((noise + 0.3 * burst[:, None]) * 32767, -32768, 32767).astype(np.int16)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(bitrate)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_out_sample_rate(SAMPLE_RATE)
    encoder.set_channels(channels)
    return bytes(encoder.encode(samples[:, :channels].tobytes()) + encoder.flush())


def laid(layer: Layer, *parts: Loose) -> bytes:
    """Lay all parts, and end."""
    runs = [*(layer.lay(part) for part in parts), layer.end()]
    assert sum(run.frames for run in runs) == sum(map(len, parts))
    return b"".join(run.data for run in runs)


def decode(data: bytes) -> NDArray[np.float32]:
    """Decode with libmpg123."""
    samples, _ = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)
    return samples


def made(sizes: list[int], seed: int = 1) -> Loose:
    """Make stereo frames whose main data is so many random bytes: enough for a layer, if not for a decoder."""
    heads = np.zeros((len(sizes), 36), np.uint8)
    heads[:, :4] = tuple(Header(128, SAMPLE_RATE, False, 0).to_bytes())
    for head, size in zip(heads, sizes, strict=True):
        side = 0
        for part in range(4):  # part2_3_length: 12 bits at bit 20, and every 59 bits from there
            bits = min(max(8 * size - 4088 * part, 0), 4088)
            side |= bits << (256 - 20 - 59 * part - 12)
        head[4:] = tuple(side.to_bytes(32, "big"))
    data = np.frombuffer(np.random.default_rng(seed).bytes(sum(sizes)), np.uint8)
    return Loose(heads, np.array(sizes, np.int64), data)


@pytest.mark.parametrize(("bitrate", "channels"), EITHER)
def test_laid_again_nothing_is_lost(bitrate: int, channels: int):
    """A stream taken apart and laid again is as long, and decodes with difference 0."""
    original = stream(bitrate, channels)
    frames = take(original)
    layer = Layer(frames.header)
    again = laid(layer, frames)
    assert layer.emptied == 0
    assert len(again) == len(original)
    assert np.array_equal(decode(again), decode(original))


@pytest.mark.parametrize("bitrate", BITRATES)
def test_frames_are_as_long_as_lame_makes_them(bitrate: int):
    """Every header of a laid stream says what LAME's says, padding included, and stands at the same byte."""
    original = stream(bitrate)
    again = laid(Layer(parse_header(original)), take(original))
    at = 0
    while at < len(original):
        assert again[at : at + 4] == original[at : at + 4]
        at += parse_header(original, at).length
    assert at == len(again)


@settings(max_examples=30)
@given(st.sampled_from(EITHER), st.lists(st.integers(0, 120), max_size=8))
def test_laid_in_any_portions(kind: tuple[int, int], cuts: list[int]):
    """However the frames come, the stream is the same; slices put together are the whole."""
    frames = take(stream(*kind))
    whole = laid(Layer(frames.header), frames)
    edges = [0, *sorted(min(cut, len(frames)) for cut in cuts), len(frames)]
    portions = [frames[first:stop] for first, stop in pairwise(edges)]
    assert laid(Layer(frames.header), *portions) == whole
    together = join(portions)
    assert np.array_equal(together.data, frames.data)
    assert np.array_equal(together.sizes, frames.sizes)


def test_a_later_frame_may_stand_anywhere():
    """Frames decode alike behind other frames, once their neighbours' overlap has passed."""
    frames = take(stream())
    layer = Layer(frames.header)
    moved = decode(laid(layer, frames[:30], frames[40:100]))
    original = decode(stream())
    assert layer.emptied == 0
    # libmpg123's filters turn with the frames' numbers, and so does the rounding of their floats.
    assert np.allclose(moved[32 * 1152 : 90 * 1152], original[42 * 1152 : 100 * 1152], atol=1e-6)


def test_free_tells_what_frames_find():
    """What `free` tells beforehand is what the frames' own side information then says."""
    frames = take(stream())
    layer = Layer(frames.header)
    told = layer.free(frames.sizes)
    assert np.array_equal(take(laid(layer, frames)).reservoir, told[:-1])
    assert told.max() <= 511


@settings(max_examples=60)
@given(st.lists(st.integers(0, 2044), min_size=1, max_size=40), st.sampled_from(BITRATES))
def test_any_frames_make_a_whole_stream(sizes: list[int], bitrate: int):
    """Whatever comes, the stream is whole: each frame is there with all of its main data, or was counted as empty."""
    frames = made(sizes)
    layer = Layer(Header(bitrate, SAMPLE_RATE, False, 0))
    got = take(laid(layer, frames))
    assert len(got) == len(sizes)
    kept = [size for size in got.sizes if size]
    assert layer.emptied == sum(map(bool, sizes)) - len(kept)
    expected = [frames[at : at + 1].data for at, size in enumerate(got.sizes) if size]
    assert got.data.tobytes() == b"".join(map(bytes, expected))
    if layer.emptied == 0:
        assert list(got.sizes) == sizes


def test_empty_frames_are_silent_and_the_rest_plays():
    """Frames of a richer stream, too large for this one, leave gaps and nothing worse."""
    frames = take(stream(192))
    layer = Layer(Header(80, SAMPLE_RATE, False, frames.header.mode))
    decoded = decode(laid(layer, frames))
    assert layer.emptied > 0
    assert len(decoded) == len(decode(stream(192)))
    assert np.abs(decoded).max() < 1


def test_frames_of_one_encoder_join():
    """Every frame of a stream goes over into the next."""
    frames = take(stream())
    assert joins(frames.heads[:-1], frames.heads[1:]).all()


def test_a_long_window_does_not_join_a_short_one():
    """A frame that ends towards short blocks goes over into none that begins with a long one."""
    frames = made([100, 100])
    heads = frames.heads.copy()
    for part in (2, 3):  # the second granule of either channel: window switching, block type 1
        side = int.from_bytes(heads[0, 4:].tobytes(), "big")
        side |= 0b101 << (256 - 20 - 59 * part - 36)
        heads[0, 4:] = tuple(side.to_bytes(32, "big"))
    start = Loose(heads, frames.sizes, frames.data)
    assert joins(frames.heads[:1], frames.heads[1:2]).tolist() == [True]
    assert joins(start.heads[:1], frames.heads[1:2]).tolist() == [False]


def test_kept_and_read_back():
    """What `to_bytes` keeps, `from_bytes` gives back."""
    frames = take(stream())[3:50]
    again = Loose.from_bytes(frames.to_bytes())
    for one, other in ((again.heads, frames.heads), (again.sizes, frames.sizes), (again.data, frames.data)):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("cut", [5, 100, -1])
def test_refuses_kept_bytes_cut_off(cut: int):
    """Bytes that lack something are no frames."""
    with pytest.raises(FrameError, match="kept frames"):
        Loose.from_bytes(take(stream()).to_bytes()[:cut])


def test_refuses_a_stream_cut_off():
    """A stream that ends within a frame, or is none at all, is at fault."""
    for cut in (-1, 3, 1000):
        with pytest.raises(FrameError):
            take(stream()[:cut])


def test_refuses_a_stream_that_loses_its_sync():
    """The frame that is none is named."""
    broken = bytearray(stream())
    broken[417:419] = b"\0\0"
    with pytest.raises(FrameError, match="frame 1 of 128 kb/s at byte 417"):
        take(broken)


def test_refuses_the_end_of_a_stream():
    """Frames that refer to main data before the first byte are told from a whole stream."""
    frames = take(stream())
    layer = Layer(frames.header)
    later = b"".join(run.data for run in (layer.lay(frames), layer.end()))[417:]
    with pytest.raises(FrameError):
        take(later)


def test_refuses_frames_of_another_mode():
    """Mono frames do not go into a stereo stream."""
    layer = Layer(take(stream()).header)
    with pytest.raises(FrameError, match="mode"):
        layer.lay(take(stream(128, 1)))
