"""The Info frame: its layout byte by byte, and LAME's CRC."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.exports.mp3.frames import BITRATES, Header, Run, parse_header
from voiceguide.exports.mp3.info import Music, crc16, info_frame, info_header


def bitwise_crc(data: bytes, crc: int = 0) -> int:
    """CRC-16/ARC, a bit at a time."""
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def music(bitrate: int = 128, mode: int = 1) -> Music:
    """1,000 frames of 417 bytes at `bitrate`, said to hold 1,150,000 samples."""
    return Music(1_150_000, Header(bitrate, 44_100, False, mode), 5, 1000, 417_000, 0xBEEF)


def test_crc_of_the_catalogue():
    """The check value of CRC-16/ARC."""
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=300), st.integers(0, 0xFFFF))
def test_crc_is_the_bitwise_one(data: bytes, start: int):
    """Folding gives the CRC that walking the bits gives, from any start."""
    assert crc16(data, start) == bitwise_crc(data, start)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_crc_goes_on(first: bytes, second: bytes):
    """The CRC of two parts is that of the whole."""
    assert crc16(second, crc16(first)) == crc16(first + second)


def test_music_adds_up():
    """Runs behind each other are counted, and their CRC runs on."""
    header = Header(128, 44_100, False, 1)
    one, two = Run(b"abc", 2), Run(b"defg", 3)
    assert Music(10, header, 5).then(one).then(two) == Music(10, header, 5, 5, 7, bitwise_crc(b"abcdefg"))


@pytest.mark.parametrize("bitrate", BITRATES)
def test_every_field(bitrate: int):
    """The frame has Xing's and LAME's fields, each in its place."""
    frame = info_frame(music(bitrate))
    assert len(frame) == parse_header(frame).length == info_header(music(bitrate).header).length
    assert parse_header(frame).bitrate == max(bitrate, 64)
    assert not any(frame[4:36])
    tag, flags, frames, size = struct.unpack_from(">4sIII", frame, 36)
    assert (tag, flags, frames, size) == (b"Info", 15, 1000, len(frame) + 417_000)
    (quality,) = struct.unpack_from(">I", frame, 152)
    encoder, method, *_ = struct.unpack_from(">9sB", frame, 156)
    assert (quality, encoder, method) == (55, b"LAME3.100", 1)
    assert frame[176] == min(bitrate, 255)
    delays = int.from_bytes(frame[177:180], "big")
    assert (delays >> 12, delays & 0xFFF) == (576, 1000 * 1152 - 576 - 1_150_000)
    misc, gain, preset, length, crc, own_crc = struct.unpack_from(">BBHIHH", frame, 180)
    assert (misc, gain, preset, length, crc) == (0x4C, 0, bitrate, size, 0xBEEF)
    assert own_crc == bitwise_crc(frame[:190])
    assert not any(frame[192:])


@pytest.mark.parametrize(("mode", "lame_mode"), [(0, 1), (1, 3), (2, 2)])
def test_stereo_mode(mode: int, lame_mode: int):
    """The mode of the music's frames is the Info frame's too, in LAME's numbers."""
    frame = info_frame(music(mode=mode))
    assert parse_header(frame).mode == mode
    assert frame[180] >> 2 & 7 == lame_mode


def test_seek_points():
    """The seek points rise from 0 and lead to their share of the bytes, within the 256th they can say."""
    frame = info_frame(music())
    points = frame[52:152]
    assert points[0] == 0
    assert list(points) == sorted(points)
    total = len(frame) + 417_000
    for percent, point in enumerate(points):
        true = (len(frame) + 417_000 * percent / 100) / total if percent else 0.0
        assert 0 <= true - point / 256 < 1 / 256


@pytest.mark.parametrize("samples", [1000 * 1152 - 576 - 528, 1000 * 1152 - 576 - 4096, 2_000_000])
def test_refuses_samples_that_the_frames_do_not_hold(samples: int):
    """A padding that no decoder could cut off is a fault, never written."""
    with pytest.raises(ValueError, match="1000 frames"):
        info_frame(Music(samples, Header(128, 44_100, False, 1), 5, 1000, 417_000))
