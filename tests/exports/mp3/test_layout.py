"""The layout: what an MP3 will be is known from its length alone, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.exports import Options
from voiceguide.exports.mp3.frames import BITRATES, FRAME_SAMPLES, parse_header
from voiceguide.exports.mp3.info import Music
from voiceguide.exports.mp3.layout import Layout
from voiceguide.exports.mp3.reservoir import lengths
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

layouts = st.builds(
    Layout, st.integers(0, 300_000), st.integers(1, 4000 * FRAME_SAMPLES), st.sampled_from(BITRATES), st.integers(0, 9)
)


def tag_of(data: bytes) -> int:
    """Return the bytes of an ID3 tag."""
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte
    return 10 + size


@pytest.mark.parametrize("bitrate", BITRATES)
@pytest.mark.parametrize("frames", [1, 1152, 1153, 30_011])
def test_size_frames_and_info_are_those_of_the_file(bitrate: int, frames: int, written: Written, noise: Noise):
    """At every bitrate LAME makes the foretold frames, and the foretold Info frame lacks the music's checksum alone."""
    data = written(".mp3", noise(frames), None, Options(bitrate, 7))
    layout = Layout(tag_of(data), frames, bitrate, 7)
    assert layout.size == len(data)
    starts = [layout.start(number) for number in range(layout.frames)]
    assert [parse_header(data, start).length for start in starts] == np.diff([*starts, len(data)]).tolist()
    info, foretold = data[layout.tag : layout.music], layout.info()
    # The music's checksum, and the frame's own, in which it counts (see the fields in test_info).
    differ = {at for at, (one, two) in enumerate(zip(info, foretold, strict=True)) if one != two}
    assert differ and differ <= {188, 189, 190, 191}


@given(layouts)
def test_frames_start_where_the_encoder_lays_them(layout: Layout):
    """The place of any frame is told without those before it, as they add up."""
    starts = np.concatenate(([0], np.cumsum(lengths(0, layout.frames, layout.header)))) + layout.music
    assert [layout.start(number) for number in range(layout.frames + 1)] == starts.tolist()


@given(layouts, st.data())
def test_every_byte_lies_in_its_frame(layout: Layout, data: st.DataObject):
    """A frame is found by any of its bytes; before the music it is the first, behind it none."""
    number = data.draw(st.integers(0, layout.frames - 1))
    for byte in (layout.start(number), layout.start(number + 1) - 1):
        assert layout.frame(byte) == number
    assert layout.frame(0) == layout.frame(layout.music - 1) == 0
    assert layout.frame(layout.size) == layout.frame(layout.size + 9) == layout.frames


@given(layouts, st.floats(0.0, 1.0))
def test_a_moment_is_heard_once_its_frame_is_there(layout: Layout, share: float):
    """What is there up to a moment's byte does not sound beyond it, and with one more frame it does."""
    moment = share * layout.samples / SAMPLE_RATE
    byte = layout.byte(moment)
    assert layout.seconds(byte) <= moment + 1 / SAMPLE_RATE
    behind = layout.start(min(layout.frame(byte) + 1, layout.frames))
    assert layout.seconds(behind) >= moment - 1 / SAMPLE_RATE
    assert layout.seconds(layout.size) == layout.samples / SAMPLE_RATE


def test_frames_that_were_not_foretold_are_refused():
    """An encoder that makes other frames than were promised writes no file."""
    layout = Layout(0, 5000, 128, 5)
    with pytest.raises(ValueError, match="expected Music"):
        layout.check(Music(5000, layout.header, 5, layout.frames - 1, layout.size - layout.music, 7))
    layout.check(Music(5000, layout.header, 5, layout.frames, layout.size - layout.music, 7))
