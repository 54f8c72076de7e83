"""The ways there are to do without voiceguide, each a process of its own: `python scripts/rivals.py NAME FOLDER`.

`scripts/bench.py` prepares the folder and times them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 44_100
BED_DB = -13
BLOCK = 1152 * 64


def plain_stream(folder: Path) -> None:
    """Encode the session's samples in one go."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(128)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    encoder.set_quality(5)
    with (folder / "session.pcm").open("rb") as samples, (folder / "plain.mp3").open("wb") as file:
        while block := samples.read(4 * BLOCK):
            file.write(encoder.encode(block))
        file.write(encoder.flush())


def pydub(folder: Path) -> None:
    """Lay clips one after the other with silence between them, overlay the bed, export."""
    import warnings

    warnings.simplefilter("ignore")
    from pydub import AudioSegment

    clips = json.loads((folder / "clips.json").read_text())
    session = AudioSegment.silent(0, frame_rate=RATE).set_channels(2)
    for file, start in clips:
        gap = round(1000 * start) - len(session)
        if gap > 0:
            session += AudioSegment.silent(gap, frame_rate=RATE)
        session += AudioSegment.from_wav(folder / file)
    if (folder / "bed.wav").exists():
        session = session.overlay(AudioSegment.from_wav(folder / "bed.wav") + BED_DB, loop=True)
    session.export(folder / "pydub.mp3", format="mp3", bitrate="128k")


def ffmpeg(folder: Path) -> None:
    """Join clips and silences by `concat`, and duck the bed by listening to them."""
    clips = json.loads((folder / "clips.json").read_text())
    lines, at = ["ffconcat version 1.0"], 0.0
    for file, start in clips:
        if start - at > 0.01:
            lines += ["file silence.wav", "inpoint 0", f"outpoint {start - at:.3f}"]
            at = start
        lines.append(f"file {file}")
        at += _wav_seconds(folder / file)
    (folder / "clips.ffconcat").write_text("\n".join(lines) + "\n")
    voice = ["-f", "concat", "-safe", "0", "-i", str(folder / "clips.ffconcat")]
    duck = "[0]asplit[v][k];[1]volume=-13dB[b];[b][k]sidechaincompress=ratio=8:release=1200[d];[v][d]amix=normalize=0"
    bed = ["-stream_loop", "-1", "-i", str(folder / "bed.wav"), "-filter_complex", duck + ":duration=first"]
    over = bed if (folder / "bed.wav").exists() else []
    coding = ["-c:a", "libmp3lame", "-b:a", "128k", "-compression_level", "5", str(folder / "ffmpeg.mp3")]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *voice, *over, *coding], check=True)


def _wav_seconds(path: Path) -> float:
    import wave

    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


RIVALS: dict[str, Callable[[Path], None]] = {"plain": plain_stream, "pydub": pydub, "ffmpeg": ffmpeg}


if __name__ == "__main__":
    RIVALS[sys.argv[1]](Path(sys.argv[2]))
