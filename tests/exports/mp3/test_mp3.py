"""MP3: the file itself decodes to what went in, at its place, its level and its length."""

from __future__ import annotations

import shutil
import struct
import subprocess
import weakref
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mixes_for_tests import Mixed
from mutagen.mp3 import MP3, BitrateMode

from voiceguide.errors import Failed
from voiceguide.exports import Options, exporter
from voiceguide.exports.mp3 import encoding
from voiceguide.exports.mp3.frames import BITRATES, parse_header
from voiceguide.exports.mp3.info import crc16
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from voiceguide.exports.mp3.frames import Run

    Written = Callable[..., bytes]
    Noise = Callable[[int], NDArray[np.float32]]

CHAPTERS = (("Öffnung", 0.0, 0.5), ("背中", 0.5, 1.25), ("Ende", 1.25, 2.0))


def decode(data: bytes) -> NDArray[np.float32]:
    """Decode with libsndfile, which leaves MP3 to libmpg123."""
    samples, rate = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)
    assert rate == SAMPLE_RATE
    return samples


def music_at(data: bytes) -> int:
    """Return where the Info frame starts, behind the ID3 tag."""
    assert data[:3] == b"ID3"
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte
    return 10 + size


@pytest.mark.parametrize("frames", [1, 2, 47, 528, 529, 575, 576, 577, 1151, 1152, 1153, 2304, 5000, 44_100, 88_211])
def test_exact_length(frames: int, written: Written, noise: Noise):
    """Every length, however odd, comes out to the sample."""
    data = written(".mp3", noise(frames))
    assert len(decode(data)) == frames
    assert MP3(BytesIO(data)).info.length == pytest.approx(frames / SAMPLE_RATE, abs=1e-6)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.integers(1, 9000), st.sampled_from(BITRATES), st.integers(0, 9), st.integers(1, 4000))
def test_exact_length_with_any_settings(
    written: Written, noise: Noise, frames: int, bitrate: int, quality: int, block: int
):
    """No bitrate, quality or block size changes the length."""
    assert len(decode(written(".mp3", noise(frames), None, Options(bitrate, quality), block))) == frames


@pytest.mark.parametrize("bitrate", [32, 128, 320])
def test_starts_at_sample_zero(bitrate: int, written: Written, noise: Noise):
    """Nothing is early or late: noise lines up with itself best at no offset, on either side."""
    samples = noise(1 << 16)
    decoded = decode(written(".mp3", samples, None, Options(bitrate)))
    for side in (0, 1):
        match = np.fft.irfft(np.fft.rfft(decoded[:, side]) * np.conj(np.fft.rfft(samples[:, side])))
        assert int(np.argmax(match)) == 0


def test_impulse_stays_where_it_is(written: Written):
    """A click in a session is heard at its sample."""
    samples = np.zeros((SAMPLE_RATE, 2), np.float32)
    samples[12_345] = 0.8
    assert int(np.argmax(np.abs(decode(written(".mp3", samples))[:, 0]))) == 12_345


@pytest.mark.parametrize("bitrate", BITRATES)
@pytest.mark.parametrize("quality", [5, 9])
def test_level(bitrate: int, quality: int, written: Written):
    """LAME's own attenuation is taken back: a sine comes out within 0.01 dB at every bitrate."""
    sine = 0.25 * np.sin(2 * np.pi * 997 * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    samples = np.stack((sine, sine), axis=1).astype(np.float32)
    decoded = decode(written(".mp3", samples, None, Options(bitrate, quality)))
    middle = slice(5000, -5000)
    gain = np.vdot(decoded[middle], samples[middle]) / np.vdot(samples[middle], samples[middle])
    assert 20 * np.log10(gain) == pytest.approx(0.0, abs=0.01)


def test_every_frame_has_the_bitrate(written: Written, noise: Noise):
    """The bitrate is constant, so a time is a place in the file."""
    data = written(".mp3", noise(SAMPLE_RATE), None, Options(bitrate=96))
    at, seen = music_at(data), []
    while at < len(data):
        header = parse_header(data, at)
        seen.append((header.bitrate, header.sample_rate))
        at += header.length
    assert set(seen) == {(96, 44_100)}
    info = MP3(BytesIO(data)).info
    assert info.bitrate_mode == BitrateMode.CBR
    assert (info.encoder_info[:10], info.channels) == ("LAME 3.100", 2)


@pytest.mark.parametrize("bitrate", [32, 128])
def test_info_frame_counts_this_file(bitrate: int, written: Written, noise: Noise):
    """Frames, bytes and the music's CRC are those of the file, counted again here."""
    data = written(".mp3", noise(30_000), None, Options(bitrate))
    start = music_at(data)
    first = start + parse_header(data, start).length
    at, frames = first, 0
    while at < len(data):
        at += parse_header(data, at).length
        frames += 1
    assert at == len(data)
    tag, _, counted, size = struct.unpack_from(">4sIII", data, start + 36)
    length, crc, own = struct.unpack_from(">IHH", data, start + 184)
    assert (tag, counted, size, length) == (b"Info", frames, len(data) - start, len(data) - start)
    assert crc == crc16(data[first:])
    assert own == crc16(data[start : start + 190])


def test_tags_and_chapters_read_back(written: Written, noise: Noise):
    """A player finds the title and each chapter's time."""
    tags = Tags("Rücken", album="Massage", language="de", chapters=CHAPTERS)
    read = MP3(BytesIO(written(".mp3", noise(2 * SAMPLE_RATE), tags))).tags
    assert (str(read["TIT2"]), str(read["TLAN"]), str(read["TLEN"])) == ("Rücken", "deu", "2000")
    found = [read[f"CHAP:{element}"] for element in read["CTOC:toc"].child_element_ids]
    assert [(str(c.sub_frames["TIT2"]), c.start_time / 1000, c.end_time / 1000) for c in found] == list(CHAPTERS)


def test_same_bytes_again_in_any_blocks(written: Written, noise: Noise):
    """The same sound gives the same file, however it is cut into blocks."""
    samples = noise(50_000)
    assert len({written(".mp3", samples, block=block) for block in (50_000, 50_000, 1152, 777)}) == 1


def test_too_loud(written: Written):
    """A peak that LAME's gain would clip is refused."""
    with pytest.raises(Failed, match="too loud"):
        written(".mp3", np.full((100, 2), 0.99, np.float32))


def test_one_block_at_a_time():
    """A session is never held whole: no more than two blocks are alive at once."""
    alive: list[weakref.ref[np.ndarray]] = []
    most = 0

    def blocks() -> Iterator[NDArray[np.float32]]:
        nonlocal most
        for _ in range(50):
            block = np.zeros((4410, 2), np.float32)
            alive.append(weakref.ref(block))
            most = max(most, sum(ref() is not None for ref in alive))
            yield block
            del block

    told: list[int] = []
    export = exporter(Path("a.mp3"))
    export.write(BytesIO(), blocks(), frames=220_500, tags=Tags("t"), options=Options(), progress=told.append)
    assert most <= 2
    assert told == list(range(4410, 220_501, 4410))


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("bitrate", [32, 128, 320])
def test_ffmpeg_agrees(bitrate: int, written: Written, noise: Noise, tmp_path: Path):
    """Another decoder gives the same samples, and the rest of them from a time on."""
    path = tmp_path / "a.mp3"
    path.write_bytes(written(".mp3", noise(3 * SAMPLE_RATE + 11), None, Options(bitrate)))
    expected = decode(path.read_bytes())
    for seconds in (0, 2):
        command = ["ffmpeg", "-v", "error", "-ss", str(seconds), "-i", path, "-f", "f32le", "-"]
        raw = subprocess.run(command, capture_output=True, check=True).stdout
        got = np.frombuffer(raw, "<f4").reshape(-1, 2)
        rest = expected[seconds * SAMPLE_RATE :]
        assert len(got) == len(rest)
        # The first frames after a seek lack the bit reservoir before them: 511 bytes, 8 frames at 32 kb/s.
        whole = slice(10 * 1152 if seconds else 0, None)
        assert np.allclose(got[whole], rest[whole], atol=1e-5)


def test_parts_that_do_not_fit_are_thrown_away(monkeypatch: pytest.MonkeyPatch):
    """A stream with a silent frame in it is never kept: the session is encoded in one go."""
    monkeypatch.setattr("voiceguide.exports.mp3.PLAIN", 30 * SAMPLE_RATE)
    source, tags, options = Mixed(60 * SAMPLE_RATE), Tags("Title"), Options(quality=9)
    encode = encoding.encode

    def emptied(*arguments: Any, tally: encoding.Tally, **choices: Any) -> Iterator[Run]:
        yield from encode(*arguments, tally=tally, **choices)
        tally.emptied = 1

    export, parts, plain, again = exporter(Path("a.mp3")), BytesIO(), BytesIO(), BytesIO()
    export.write_parts(parts, source, tags=tags, options=options, threads=2)
    monkeypatch.setattr(encoding, "encode", emptied)
    export.write_parts(again, source, tags=tags, options=options, threads=2)
    export.write(plain, iter([source.block(0, source.frames)]), frames=source.frames, tags=tags, options=options)
    assert again.getvalue() == plain.getvalue()
    assert again.getvalue() != parts.getvalue()
    assert len(parts.getvalue()) == len(plain.getvalue())
