"""MP3 frames: headers both ways, and streams cut into whole frames."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.exports.mp3.frames import BITRATES, SAMPLE_RATES, FrameError, Header, parse_header, runs

HEADERS = st.builds(Header, st.sampled_from(BITRATES), st.sampled_from(SAMPLE_RATES), st.booleans(), st.integers(0, 3))


def frame(header: Header) -> bytes:
    """Build a frame without music."""
    return header.to_bytes().ljust(header.length, b"\0")


def test_every_header_reads_back():
    """What `to_bytes` writes, `parse_header` reads."""
    for fields in product(BITRATES, SAMPLE_RATES, (False, True), range(4)):
        header = Header(*fields)
        assert parse_header(b"xx" + header.to_bytes(), 2) == header


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("fffb9044", Header(128, 44_100, False, 1)),
        ("fffb9264", Header(128, 44_100, True, 1)),
        ("fffbe004", Header(320, 44_100, False, 0)),
        ("fffb14c4", Header(32, 48_000, False, 3)),
    ],
)
def test_known_headers(data: str, expected: Header):
    """Headers as LAME writes them mean what the standard says."""
    assert parse_header(bytes.fromhex(data)) == expected


@pytest.mark.parametrize(
    ("header", "length"),
    [(Header(128, 44_100, False, 1), 417), (Header(128, 44_100, True, 1), 418), (Header(320, 48_000, False, 0), 960)],
)
def test_length(header: Header, length: int):
    """A frame is as long as the standard's formula says."""
    assert header.length == length


@pytest.mark.parametrize(
    "data",
    ["", "ff", "fffb90", "494433 03", "fffa9044", "fff39044", "fffd9044", "fffb0044", "fffbf044", "fffb9c44"],
)
def test_no_header(data: str):
    """No sync, a CRC, MPEG-2, Layer II, a free or reserved rate: FrameError says where."""
    with pytest.raises(FrameError, match="at byte 1"):
        parse_header(b"\0" + bytes.fromhex(data), 1)


@given(st.lists(HEADERS, max_size=20), st.lists(st.integers(0, 3000), max_size=20))
def test_runs_keep_every_byte_wherever_the_stream_breaks(headers: list[Header], cuts: list[int]):
    """Runs are whole frames, and together the stream."""
    stream = b"".join(frame(header) for header in headers)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    found = list(runs(stream[a:b] for a, b in pairwise(edges)))
    assert b"".join(run.data for run in found) == stream
    assert sum(run.frames for run in found) == len(headers)
    assert all(parse_header(run.data) in headers for run in found)


def test_runs_refuse_a_frame_cut_off():
    """A stream that ends within a frame is at fault."""
    data = frame(Header(128, 44_100, False, 1))
    with pytest.raises(FrameError, match="416 bytes"):
        list(runs([data + data[:-1]]))


def test_runs_refuse_noise_between_frames():
    """A stream that loses its sync is at fault."""
    data = frame(Header(128, 44_100, False, 1))
    with pytest.raises(FrameError, match="at byte 417"):
        list(runs([data + b"\0" + data]))
