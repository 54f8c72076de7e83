"""Measure how soon a session sounds that is made while it is heard, and where a seek into what is not there lands.

Each start is a process of its own, up to the moment at which its first second can be read: once with an empty cache for
its words (voices and beds are kept), then with all of them there. The seek asks for 90 % of the session while 5 % of it
exist, and compares what is decoded there with the finished file. Prints CPU and wall seconds and the seek's error; the
exit code is 1 where one is over what is promised.
`.venv/bin/python -P scripts/measure_stream.py [ROUTINE] [--length L] [--voice ENGINE[:NAME]] [--runs N]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

COLD, WARM = 2.5, 1.0
"""CPU seconds that are promised."""
SEEK = 0.05
"""Seconds by which a seek may miss."""

_CHILD = """\
import os, sys, time
from voiceguide import load
from voiceguide.choices import Choices
from voiceguide.session.composing import Session
from voiceguide.session.making import Means
from voiceguide.session.streaming import streamed

begun, routine, length, voice = float(sys.argv[1]), *sys.argv[2:5]
session = Session(load(routine), Choices(length=length, voice=voice or None))
with streamed(session, Means()) as stream:
    file, layout = stream.mp3.file, stream.mp3.layout
    while layout.seconds(file.ready_to(0)) < 1.0:
        file.read(file.ready_to(0), file.size)
    print(time.process_time(), time.time() - begun, stream.unfolding.certain, flush=True)
    if len(sys.argv) > 5:
        file.wait()
        stream.keep(sys.argv[5], overwrite=True)
    os._exit(0)
"""


def started(routine: str, length: str, voice: str, cache: Path, *kept: str) -> tuple[float, float, float]:
    """Return CPU and wall seconds to the first second of sound, and how many seconds were certain by then."""
    command = [sys.executable, "-P", "-c", _CHILD, str(time.time()), routine, length, voice, *kept]
    own = {**os.environ, "VOICEGUIDE_CACHE": str(cache)}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=own)
    cpu, wall, certain = map(float, done.stdout.split())
    return cpu, wall, certain


def sought(routine: str, length: str, voice: str, cache: Path) -> tuple[float, float, float]:
    """Seek to 90 % at once: return the share that was there, the seconds of the wait, and those by which it missed."""
    import numpy as np

    from voiceguide import load
    from voiceguide.choices import Choices
    from voiceguide.session.composing import Session
    from voiceguide.session.making import Means
    from voiceguide.session.streaming import streamed
    from voiceguide.timeline import SAMPLE_RATE

    os.environ["VOICEGUIDE_CACHE"] = str(cache)
    session = Session(load(routine), Choices(length=length, voice=voice or None))
    with streamed(session, Means()) as stream:
        file, layout = stream.mp3.file, stream.mp3.layout
        while file.there < 0.02 * file.size:
            file.read(file.ready_to(0), file.size)
        share, begun = file.there / file.size, time.monotonic()
        at = layout.byte(0.9 * layout.samples / SAMPLE_RATE)
        data = b""
        while len(data) < 400_000:
            data += file.read(at + len(data), at + 400_000)
        waited = time.monotonic() - begun
        file.wait()
        heard = _decoded(data)
        # Its first frames lean on what lies before them; a decoder is late by what the layout counts with.
        frame = layout.frame(at)
        true = stream.unfolding.block(frame * 1152, len(heard))
        skipped = SAMPLE_RATE
        one, other = heard[skipped : 11 * SAMPLE_RATE, 0], true[skipped : 11 * SAMPLE_RATE, 0]
        size = 1 << (len(one) * 2).bit_length()
        spectrum = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
        late = int(np.argmax(np.fft.irfft(spectrum)))
        late -= size if late > size // 2 else 0
    return share, waited, (late - 1105) / SAMPLE_RATE


def _decoded(data: bytes):
    from io import BytesIO

    import soundfile

    return soundfile.read(BytesIO(data), dtype="float32", always_2d=True)[0]


def main() -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("routine", nargs="?", default="upper-back")
    parser.add_argument("--length", default="short")
    parser.add_argument("--voice", default="", help="the default one unless given")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    what = asked.routine, asked.length, asked.voice
    with TemporaryDirectory() as folder:
        colds = [started(*what, Path(folder) / str(run)) for run in range(asked.runs)]
        cache = Path(folder) / "warm"
        started(*what, cache, str(Path(folder) / "kept.mp3"))
        warms = [started(*what, cache) for _ in range(asked.runs)]
        share, waited, missed = sought(*what, cache)
    for name, runs in (("cold", colds), ("warm", warms)):
        cpu, wall, certain = (median(column) for column in zip(*runs, strict=True))
        print(f"{name}: {cpu:.2f} s CPU, {wall:.2f} s wall, {certain:.0f} s of the session certain by then")
    print(f"seek to 90 % with {share:.0%} there: {waited:.2f} s wall, {missed * 1000:+.0f} ms off")
    slow = median(each[0] for each in colds) > COLD or median(each[0] for each in warms) > WARM
    return int(slow or abs(missed) > SEEK)


if __name__ == "__main__":
    sys.exit(main())
