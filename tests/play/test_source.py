"""What is played: mixes and files, stereo, from any place on."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import soundfile
from timelines_for_tests import made

from voiceguide.errors import Failed
from voiceguide.play.source import SessionSource, opened
from voiceguide.session.streaming import Known, Unfolding
from voiceguide.sound.decoding import opened as decoded
from voiceguide.store.growing import ClosedError

ALL = ({"title": "All", "start": 0.0, "end": 2.0},)
FRAMES = 5 * 44_100 + 77
"""More than is decoded at once."""


def written(path: Path, channels: int = 2, rate: int = 44_100) -> None:
    """A file of a rising tone, which is nowhere the same; noise is made up anew by AAC's decoder each time."""
    at = np.arange(FRAMES) / rate
    tone = np.repeat(0.3 * np.sin(2 * np.pi * (200 * at + 150 * at**2))[:, None], channels, axis=1)
    if path.suffix == ".m4b":
        _written_by_pyav(path, tone.astype(np.float32))
    elif path.suffix == ".opus":
        soundfile.write(path, tone, rate, format="OGG", subtype="OPUS")
    else:
        soundfile.write(path, tone, rate)


def _written_by_pyav(path: Path, samples: np.ndarray) -> None:
    import av

    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44_100, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def taken(source, start: int, frames: int) -> np.ndarray:
    """Read frames in the portions that it gives."""
    parts = []
    while frames and len(part := source.read(start, frames)):
        parts.append(part)
        start, frames = start + len(part), frames - len(part)
    return np.concatenate(parts)


@pytest.mark.parametrize(
    ("suffix", "apart"), [(".wav", 0), (".flac", 0), (".mp3", 1e-6), (".ogg", 1e-6), (".opus", 1e-3), (".m4b", 1e-3)]
)
def test_a_file_is_read_from_any_place(suffix: str, apart: float, tmp_path: Path) -> None:
    """Block by block, and sought forth and back, each sample is the one that is there when all is decoded at once."""
    path = tmp_path / f"a{suffix}"
    written(path, rate=48_000 if suffix == ".opus" else 44_100)
    with decoded(path) as file:
        whole = np.concatenate(list(file.blocks()))
    with opened(path) as source:
        assert source.frames == pytest.approx(FRAMES, abs=1024)  # AAC's come in frames of 1,024
        for start in (0, 100_001, 40_000, 40_000, 185_000):
            expected = whole[start : min(start + 30_000, FRAMES)]
            got = taken(source, start, len(expected))
            assert got.shape == expected.shape
            # A lossy decoder needs some frames until what it was sought from no longer matters.
            assert np.abs(got - expected)[2000:].max(initial=0) <= apart
        assert not len(source.read(max(len(whole), FRAMES), 100))


def test_mono_is_heard_on_both_sides(tmp_path: Path) -> None:
    """Any file is stereo here, at its own rate."""
    written(tmp_path / "a.wav", channels=1, rate=22_050)
    with opened(tmp_path / "a.wav") as source:
        part = taken(source, 0, FRAMES)
        assert (source.rate, part.shape) == (22_050, (FRAMES, 2))
    assert np.array_equal(part[:, 0], part[:, 1])
    assert part.any()


def test_a_damaged_file_fails_when_it_is_read(tmp_path: Path) -> None:
    """With the file's name."""
    samples = np.zeros((FRAMES, 2), np.float32)
    samples[-100:] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, 44_100, subtype="FLOAT")
    with opened(tmp_path / "a.wav") as source:
        assert len(source.read(0, 1000)) == 1000
        with pytest.raises(Failed, match=r"a\.wav: the file is damaged"):
            taken(source, 4 * 44_100, FRAMES)


def test_a_session_is_read_as_far_as_it_is_certain() -> None:
    """As it is mixed for a file; who reads on waits, and is let go when nobody listens any more."""
    from voiceguide.sound.mix import Mix

    mix, timeline = Mix((), 2.0, {}, {}), made(duration=2.0, chapters=ALL, clips=())
    session = Unfolding(Known(mix, timeline, 50_000))
    source = SessionSource(session)
    assert (source.rate, source.frames) == (44_100, 88_200)
    assert len(source.read(49_000, 8_000)) == 1_000
    assert session.asked.is_set()
    later = Thread(target=lambda: session.grow(Known(mix, timeline, 88_200)))
    later.start()
    assert np.array_equal(taken(source, 0, 88_200), np.concatenate(list(mix.blocks())))
    later.join()
    source.close()
    with pytest.raises(ClosedError):
        source.read(88_200, 1)
