"""Any sound file is either decoded whole, or refused in one message with nothing of the decoder's on the terminal."""

from __future__ import annotations

import os
import struct
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from voiceguide.errors import Failed
from voiceguide.sound import bed
from voiceguide.sound.decoding import opened
from voiceguide.sound.hushed import hushed
from voiceguide.store.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path

RATE = 44_100
TONE = (0.2 * np.sin(np.arange(3 * RATE) / 20)).astype(np.float32)
STEREO = np.stack((TONE, TONE), axis=1)


def decoded(path: Path) -> int:
    """How many frames there are when all is read."""
    with opened(path) as sound:
        return sum(len(block) for block in sound.blocks())


def written(path: Path, samples: np.ndarray = STEREO, rate: int = RATE, subtype: str | None = None) -> Path:
    """A file of some samples."""
    soundfile.write(path, samples, rate, subtype=subtype)
    return path


def adts(path: Path) -> Path:
    """AAC as it is streamed."""
    import av

    with av.open(str(path), "w", format="adts") as container:
        stream = container.add_stream("aac", rate=RATE)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(STEREO.T), format="fltp", layout="stereo")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def riff(promised: int, data: bytes) -> bytes:
    """A WAV of 16-bit stereo that says what it likes of its sound's bytes."""
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, RATE, RATE * 4, 4, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", min(promised + 36, 2**32 - 1), b"WAVE")
        + fmt
        + struct.pack("<4sI", b"data", promised)
        + data
    )


def test_a_decoder_says_nothing_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An AAC or anything else by the name of an MP3, and an MP3 that is damaged: one message each."""
    whole = written(tmp_path / "whole.mp3").read_bytes()
    faulty = {
        "aac.mp3": adts(tmp_path / "aac.mp3").read_bytes(),
        "text.mp3": b"hello\n" * 2000,
        "nothing.mp3": bytes(99_999),
    }
    damaged = bytearray(whole)
    for at in range(2000, len(damaged), 700):
        damaged[at : at + 9] = os.urandom(9)
    for name, data in {**faulty, "damaged.mp3": bytes(damaged), "cut.mp3": whole[: len(whole) // 3]}.items():
        (tmp_path / name).write_bytes(data)
        try:
            decoded(tmp_path / name)
        except Failed as error:
            assert str(tmp_path / name) in str(error)
        else:
            assert name not in faulty
    assert capfd.readouterr() == ("", "")
    with pytest.raises(Failed, match="got an AAC file"):
        decoded(tmp_path / "aac.mp3")


def test_silence_ends_with_the_last_who_wants_it(capfd: pytest.CaptureFixture[str]) -> None:
    """Also where several threads do at once, and where something goes wrong inside."""
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with hushed():
            inside.set()
            leave.wait()

    thread = threading.Thread(target=other)
    with pytest.raises(ZeroDivisionError), hushed():
        thread.start()
        inside.wait()
        os.write(2, b"a decoder's")
        raise ZeroDivisionError
    os.write(2, b"still a decoder's")
    leave.set()
    thread.join()
    os.write(2, b"ours")
    assert capfd.readouterr().err == "ours"


@pytest.mark.parametrize("suffix", [".wav", ".aiff", ".flac", ".m4a"])
def test_a_file_that_is_cut_off_is_told(tmp_path: Path, suffix: str) -> None:
    """Never taken for a shorter one: what its header promises is compared with what is there."""
    path = tmp_path / f"a{suffix}"
    if suffix == ".m4a":
        import av

        with (
            av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as container,
            av.open(str(adts(tmp_path / "a.aac"))) as source,
        ):
            stream = container.add_stream_from_template(source.streams.audio[0])
            for packet in source.demux(source.streams.audio[0]):
                if packet.size:
                    packet.stream = stream
                    container.mux(packet)
    else:
        written(path)
    assert decoded(path) == pytest.approx(len(TONE), abs=3000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with pytest.raises(Failed, match=r"cut off"):
        decoded(path)


@pytest.mark.parametrize(
    ("promised", "whole"),
    [(60 * RATE * 4, False), (0xFFFFFFFF, True), (0, None), (2 * RATE * 4, True), (2 * RATE * 4 + 1000, True)],
)
def test_a_header_that_promises_more(tmp_path: Path, promised: int, whole: bool | None) -> None:
    """A minute where there are two seconds is told; a stream's, which does not say, and a slip of some bytes, pass."""
    path = tmp_path / "a.wav"
    path.write_bytes(riff(promised, bytes(2 * RATE * 4)))
    if whole:
        assert decoded(path) == 2 * RATE
        return
    with pytest.raises(
        Failed, match="the 1 min that its header promises, .* after 2 s" if promised else "nothing in it"
    ):
        decoded(path)


@pytest.mark.parametrize("value", [1e38, -1e38, 200.0, np.nan, np.inf, -np.inf])
def test_samples_that_are_none_are_told(tmp_path: Path, value: float) -> None:
    """Too large to be sound, endless, or no numbers: where it is, as a bed and anywhere else."""
    samples = STEREO.copy()
    samples[RATE, 1] = value
    path = written(tmp_path / "a.wav", samples, subtype="FLOAT")
    with Cache(tmp_path / "cache", warn=pytest.fail) as cache, pytest.raises(Failed, match=r"a\.wav: .* after 1 s"):
        bed.load(path, cache)


def test_sound_above_full_scale_is_sound(tmp_path: Path) -> None:
    """As mixing desks leave it."""
    assert decoded(written(tmp_path / "a.wav", STEREO * 40, subtype="FLOAT")) == len(TONE)


@pytest.mark.parametrize(
    ("samples", "rate", "words"),
    [
        (STEREO[:100], 1, "2 channels at 1 Hz"),
        (STEREO, 10_000_000, "10000000 Hz"),
        (np.repeat(TONE[:100, None], 64, axis=1), RATE, "64 channels"),
        (STEREO[:1], RATE, "at least 2 s, got 0.00 s"),
        (STEREO * 0, RATE, "silence"),
        (STEREO * np.float32(1e-40), RATE, "silence"),
    ],
)
def test_what_is_no_bed(tmp_path: Path, samples: np.ndarray, rate: int, words: str) -> None:
    """Odd rates, many channels, one frame, silence and what is next to nothing."""
    path = written(tmp_path / "a.wav", samples, rate, "FLOAT")
    with Cache(tmp_path / "cache", warn=pytest.fail) as cache, pytest.raises(Failed, match=words):
        bed.load(path, cache)


def test_a_bed_of_days_is_refused_by_its_header(tmp_path: Path) -> None:
    """Not after hours of it were read."""
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.write(riff(4_000_000_000, b""))
        file.truncate(4_000_000_044)
    with (
        Cache(tmp_path / "cache", warn=pytest.fail) as cache,
        pytest.raises(Failed, match="at most 2 h, got 6 h 17 min"),
    ):
        bed.load(path, cache)


def test_a_flac_that_does_not_say_how_long_it_is(tmp_path: Path) -> None:
    """A stream that was never finished is refused, since nobody can tell where it ends."""
    path = written(tmp_path / "a.flac")
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    path.write_bytes(data)
    with pytest.raises(Failed, match="tells how long it lasts"):
        decoded(path)
