"""Measure the MP3 encoder in parts against one plain LAME stream: `python -P scripts/measure_mp3.py [--minutes M]`.

The session is made here: a voice's buzz for a quarter of the time, over a bundled bed that steps back for it, or over
room tone (`--bed none`). What is printed are the figures of docs/mp3.md.
"""

from __future__ import annotations

import argparse
import os
import time
from bisect import bisect_left, bisect_right
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from voiceguide.exports.mp3.encoding import BLOCK, encode
from voiceguide.exports.mp3.frames import FRAME_SAMPLES, parse_header, runs
from voiceguide.exports.mp3.info import Music, info_frame
from voiceguide.exports.mp3.lame import Lame
from voiceguide.exports.mp3.laying import Tally
from voiceguide.exports.mp3.sections import Rounds, parts
from voiceguide.sound.source import Loop, Quiet
from voiceguide.store.assets import sounds_folder
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

EVERY, SPOKEN = 29.3, 7.0
"""Seconds from word to word, and of a word: 24 % of the session is spoken."""
STEP = SAMPLE_RATE
"""Samples in which the bed steps back, and comes again."""
DUCKED = 10 ** (-9 / 20)
NEAR = np.arange(-2, 2)
"""Frames around a border, 0.1 s."""


class Session:
    """Words over a loop, as voiceguide.exports.mp3.sections asks for them."""

    def __init__(self, minutes: float, bed: str) -> None:
        self.frames = round(minutes * 60 * SAMPLE_RATE)
        self.bed = bed != "none"
        self.round = bed_round(bed) if self.bed else room_tone()
        self.loop = Loop(bed.encode(), len(self.round), self.endless)
        self.starts = [round(at * SAMPLE_RATE) for at in np.arange(2.0, minutes * 60 - SPOKEN - 2, EVERY)]
        self.word = buzz(round(SPOKEN * SAMPLE_RATE))
        around = STEP if self.bed else 0
        edges = [0, *(edge for at in self.starts for edge in (at - around, at + len(self.word) + around))]
        spans = pairwise((*edges, self.frames))
        self.quiet = [Quiet(start, stop, self.loop) for start, stop in list(spans)[::2]]

    def endless(self, start: int, frames: int) -> NDArray[np.float32]:
        """Samples of the loop, from any time on."""
        return np.take(self.round, np.arange(start, start + frames), axis=0, mode="wrap")

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Samples of the session."""
        stop = min(start + frames, self.frames)
        samples = self.endless(start, stop - start)
        near = slice(bisect_left(self.starts, start - len(self.word) - STEP), bisect_right(self.starts, stop + STEP))
        for first in self.starts[near]:
            if self.bed:
                at = np.arange(start, stop)
                away = np.clip(np.maximum(first - at, at - first - len(self.word)) / STEP, 0, 1)
                samples *= (DUCKED + (1 - DUCKED) * away).astype(np.float32)[:, None]
            low, high = max(first, start), min(first + len(self.word), stop)
            if low < high:
                samples[low - start : high - start] += self.word[low - first : high - first]
        return samples

    def key(self, start: int, stop: int) -> bytes:
        """Never asked for: there is no store here."""
        raise NotImplementedError  # an encoder asks for keys only where it is given a store


def bed_round(name: str) -> NDArray[np.float32]:
    """Return a bundled bed's samples at -29 dBFS."""
    samples, _ = soundfile.read(sounds_folder() / "beds" / f"{name}.ogg", dtype="float32")
    return np.asarray(samples * (10 ** (-29 / 20) / np.sqrt(np.mean(samples**2))), np.float32)


def room_tone() -> NDArray[np.float32]:
    """Return ten seconds of noise at -62 dBFS."""
    rng = np.random.default_rng(1)
    return (rng.standard_normal((383 * FRAME_SAMPLES, 2)) * 10 ** (-62 / 20)).astype(np.float32)


def buzz(frames: int) -> NDArray[np.float32]:
    """Return syllables of a buzz and a hiss near -20 dBFS, shape (frames, 1)."""
    at = np.arange(frames) / SAMPLE_RATE
    pitch = 2 * np.pi * np.cumsum(120 + 25 * np.sin(2 * np.pi * 0.8 * at)) / SAMPLE_RATE
    voiced = sum(np.sin(k * pitch) / k for k in range(1, 25))
    hissed = np.random.default_rng(1).standard_normal(frames) * np.clip(np.sin(2 * np.pi * 1.3 * at), 0, 1) ** 6
    syllables = np.clip(np.sin(2 * np.pi * 2.1 * at) + 0.5, 0, 1) ** 2
    return (syllables * 0.07 * (voiced + hissed))[:, None].astype(np.float32)


def file(stream: bytes, samples: int, quality: int) -> bytes:
    """Put an Info frame in front of a stream."""
    music = Music(samples, parse_header(stream), quality)
    for run in runs([stream]):
        music = music.then(run)
    return info_frame(music) + stream


def powers(source: Session, files: Iterable[bytes]) -> list[NDArray[np.float64]]:
    """Return the session's power in each MP3 frame, and that of what each file adds to it; shape (frames,) each."""
    blocks = [soundfile.blocks(BytesIO(data), FRAME_SAMPLES * 64, dtype="float32") for data in files]
    found: list[list[NDArray[np.float64]]] = [[] for _ in range(len(blocks) + 1)]
    for start, *decoded in zip(range(0, source.frames, FRAME_SAMPLES * 64), *blocks, strict=True):
        true = source.block(start, FRAME_SAMPLES * 64)
        for powers, samples in zip(found, (true, *(one - true for one in decoded)), strict=True):
            squares = np.square(samples).sum(axis=1, dtype=np.float64)
            powers.append(np.add.reduceat(squares, np.arange(0, len(squares), FRAME_SAMPLES)))
    return [np.concatenate(one) for one in found]


def timed(encoded: Callable[[], Iterable[bytes]]) -> tuple[bytes, float, float]:
    """Return a stream, and the seconds of the clock and of the processor that it took."""
    wall, processor = time.perf_counter(), time.process_time()
    stream = b"".join(encoded())
    return stream, time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    """Encode both ways and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--bed", default="rain")
    parser.add_argument("--bitrate", type=int, default=128)
    parser.add_argument("--quality", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    source, lame, tally = Session(asked.minutes, asked.bed), Lame(asked.bitrate, asked.quality), Tally()
    plain, wall, processor = timed(
        lambda: lame.encode(source.block(at, BLOCK) for at in range(0, source.frames, BLOCK))
    )
    ours, our_wall, our_processor = timed(
        lambda: (run.data for run in encode(source, lame, threads=asked.threads, tally=tally))
    )
    power, *noise = powers(source, (file(stream, source.frames, asked.quality) for stream in (plain, ours)))
    tiled = parts(source, lame.settling)
    worse = [10 * np.log10(noise[1][p.first + NEAR].sum() / noise[0][p.first + NEAR].sum()) for p in tiled[1:]]
    loops = sum(part.stop - part.first for part in tiled if isinstance(part, Rounds))
    print(f"{asked.minutes:g} min, bed {asked.bed}, {asked.bitrate} kb/s, quality {asked.quality}")
    print(f"plain stream       {wall:6.1f} s, processor {processor:6.1f} s")
    print(f"in parts           {our_wall:6.1f} s, processor {our_processor:6.1f} s, {asked.threads} threads")
    print(f"share              {our_wall / wall:6.2f}  , processor {our_processor / processor:6.2f}")
    print(f"parts              {len(tiled)}, {tally.encoded} of them encoded, {tally.bridges} bridges")
    print(f"frames from loops  {loops * FRAME_SAMPLES / source.frames:.0%}, silent frames {tally.emptied}")
    print("SNR, plain / parts " + " / ".join(f"{10 * np.log10(power.sum() / one.sum()):.3f} dB" for one in noise))
    spread = ", ".join(f"{np.percentile(worse, p):+.2f}" for p in (50, 95, 100))
    print(f"noise at borders   {spread} dB over the plain stream (median, 95 %, all)")


if __name__ == "__main__":
    main()
