"""Measure how soon a session sounds that is made while it is heard, and where a seek into what is not there lands.

Each start is a process of its own, up to the moment at which its first second can be read: with an empty cache, then
with all words there and nothing encoded; and once more within a process that has spoken ahead. The seek asks for 90 %
of the session while 5 % of it exist, and compares what is decoded there with the finished file. Other work slows a
machine, in CPU seconds too: a fixed loop is timed beside, and CPU is told as at its quiet pace, and as it came.

`--starve` listens instead: from an empty cache, it tells how far what is there is ahead of who hears it from the first
second on. `--many N` streams N sessions one after another, and 5 at once, and tells of threads, files and memory.
The exit code is 1 where something is over what is promised.
`.venv/bin/python -P scripts/measure_stream.py [ROUTINE] [--length L] [--voice ENGINE[:NAME]] [--language L]`.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

sys.path.append(str(Path(__file__).parent))  # last: `voiceguide.py` lies there too

from measure_cost import QUIET_LOOP, loop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.session.composing import Session

COLD, WARM = 2.5, 1.0
"""CPU seconds that are promised."""
SEEK = 0.05
"""Seconds by which a seek may miss."""
GROWN = 8.0
"""Megabytes that a process may grow by from its 10th session to its last."""
_LOOKS = 15.0
"""Seconds after which the machine's pace is looked at again."""
FIRST = 1.0
"""Seconds of sound with which it counts as begun."""

_CHILD = """\
import os, sys, time
from voiceguide import load
from voiceguide.choices import Choices
from voiceguide.session.composing import Session
from voiceguide.session.making import Means
from voiceguide.session.streaming import streamed

begun, routine, length, voice, language = float(sys.argv[1]), *sys.argv[2:6]
session = Session(load(routine), Choices(length=length, voice=voice or None, language=language or None))
with streamed(session, Means()) as stream:
    file, layout = stream.mp3.file, stream.mp3.layout
    while layout.seconds(file.ready_to(0)) < 1.0:
        file.read(file.ready_to(0), file.size)
    print(time.process_time(), time.time() - begun, stream.unfolding.certain, flush=True)
    if len(sys.argv) > 6:
        file.wait()
        stream.keep(sys.argv[6], overwrite=True)
    os._exit(0)
"""


class Wanted(NamedTuple):
    """What is streamed."""

    routine: str
    length: str
    voice: str
    language: str

    def session(self) -> Session:
        """Compose it."""
        from voiceguide import load
        from voiceguide.choices import Choices
        from voiceguide.session.composing import Session

        choices = Choices(length=self.length, voice=self.voice or None, language=self.language or None)
        return Session(load(self.routine), choices)


class Start(NamedTuple):
    """How long it took until it sounded."""

    quiet: float
    """CPU seconds at the loop's quiet pace."""
    cpu: float
    wall: float
    certain: float
    """Seconds of the session that were certain by then."""


def started(wanted: Wanted, cache: Path, *kept: str) -> Start:
    """Start a process of its own."""
    before = loop()
    command = [sys.executable, "-P", "-c", _CHILD, str(time.time()), *wanted, *kept]
    own = {**os.environ, "VOICEGUIDE_CACHE": str(cache)}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=own)
    cpu, wall, certain = map(float, done.stdout.split())
    return Start(cpu * QUIET_LOOP * 2 / (before + loop()), cpu, wall, certain)


def within(wanted: Wanted) -> Start:
    """Speak a session ahead in this process, then play it."""
    from voiceguide.session.making import Means
    from voiceguide.session.streaming import ahead, streamed

    ahead(wanted.session(), Means())
    before, cpu, wall = loop(), time.process_time(), time.monotonic()
    with streamed(wanted.session(), Means()) as stream:
        file, layout = stream.mp3.file, stream.mp3.layout
        while layout.seconds(file.ready_to(0)) < FIRST:
            file.read(file.ready_to(0), file.size)
        cpu, wall, certain = time.process_time() - cpu, time.monotonic() - wall, stream.unfolding.certain
    return Start(cpu * QUIET_LOOP * 2 / (before + loop()), cpu, wall, certain)


class Sought(NamedTuple):
    """A seek to what was not there."""

    share: float
    """Of the file, which was there."""
    made: float
    """The share that was made for it."""
    quiet: float
    """CPU seconds of the process until it was answered, at the loop's quiet pace."""
    wall: float
    missed: float
    """Seconds by which it landed elsewhere."""


def sought(wanted: Wanted, at: float = 0.9) -> Sought:
    """Seek to a share of the session as soon as 5 % of it are there."""
    import numpy as np

    from voiceguide.session.making import Means
    from voiceguide.session.streaming import streamed
    from voiceguide.timeline import SAMPLE_RATE

    with streamed(wanted.session(), Means()) as stream:
        file, layout = stream.mp3.file, stream.mp3.layout
        while file.there < 0.05 * file.size:
            file.read(file.ready_to(0), file.size)
        share, before, cpu, wall = file.there / file.size, loop(), time.process_time(), time.monotonic()
        first = layout.byte(at * layout.samples / SAMPLE_RATE)
        data = file.read(first, first + 16_000)
        cpu, wall, made = time.process_time() - cpu, time.monotonic() - wall, file.there / file.size - share
        quiet = cpu * QUIET_LOOP * 2 / (before + loop())
        while len(data) < 400_000:
            data += file.read(first + len(data), first + 400_000)
        file.wait()
        heard = _decoded(data)
        # Its first frames lean on what lies before them; a decoder is late by what the layout counts with.
        true = stream.unfolding.block(layout.frame(first) * 1152, len(heard))
        one, other = heard[SAMPLE_RATE : 11 * SAMPLE_RATE, 0], true[SAMPLE_RATE : 11 * SAMPLE_RATE, 0]
        size = 1 << (len(one) * 2).bit_length()
        spectrum = np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size))
        late = int(np.argmax(np.fft.irfft(spectrum)))
        late -= size if late > size // 2 else 0
    return Sought(share, made, quiet, wall, (late - 1105) / SAMPLE_RATE)


def _decoded(data: bytes) -> NDArray[np.float32]:
    from io import BytesIO

    import soundfile

    samples: NDArray[np.float32] = soundfile.read(BytesIO(data), dtype="float32", always_2d=True)[0]
    return samples


class Clock:
    """Seconds on a machine where others are at work: as if all its cores were ours, at the loop's quiet pace.

    All that a stream does is done by threads that keep the cores busy, so its CPU seconds tell how late it is.
    """

    def __init__(self, cores: int) -> None:
        """Begin at 0."""
        self._cores = cores
        self._then = time.process_time()
        self._factor = 0.0
        self._seconds = 0.0
        self._looked = -math.inf
        self._lock = threading.Lock()

    def now(self) -> float:
        """Return how many have passed; in any thread."""
        with self._lock:
            return self._now()

    def _now(self) -> float:
        if time.monotonic() - self._looked > _LOOKS:
            before = time.thread_time()
            self._factor, self._looked = QUIET_LOOP / median(loop() for _ in range(5)), time.monotonic()
            self._then += time.thread_time() - before
        cpu = time.process_time()
        self._seconds += (cpu - self._then) * self._factor / self._cores
        self._then = cpu
        return self._seconds


def listened(wanted: Wanted, cores: int) -> bool:
    """Tell how far a session that is spoken anew is ahead of who hears it; return whether it always was.

    Of so many cores, where others are at work; 0 takes seconds as they come.
    """
    from voiceguide.session import narrate, pacing
    from voiceguide.session.making import Means
    from voiceguide.session.streaming import streamed

    clock = Clock(cores).now if cores else time.monotonic
    begun, cpu, before = clock(), time.process_time(), loop()
    with ExitStack() as stack:
        if cores:  # what is held back is held back by the same clock
            stack.enter_context(patch.object(narrate, "time", SimpleNamespace(monotonic=clock)))
            stack.enter_context(patch.object(pacing, "LONGEST", 1e4))
        stream = stack.enter_context(streamed(wanted.session(), Means()))
        file, layout, unfolding = stream.mp3.file, stream.mp3.layout, stream.unfolding
        while layout.seconds(file.ready_to(0)) < FIRST:
            file.read(file.ready_to(0), file.size)
        heard = clock()
        print(f"first sound after {heard - begun:.1f} s, {time.process_time() - cpu:.1f} s CPU as it came", flush=True)
        least, at, certain, speed = math.inf, 0.0, -1.0, 0.0
        while not file.finished:
            time.sleep(0.05)
            now, there = clock() - heard, layout.seconds(file.ready_to(0))
            if not file.finished and there - now < least:
                least, at = there - now, now
            speed = max(speed, now / there)
            if unfolding.certain != certain:
                certain = unfolding.certain
                print(f"{now:6.1f} s heard: {certain:6.1f} s certain, {there:6.1f} s there", flush=True)
        last = clock() - heard
    spent = time.process_time() - cpu
    print(f"whole after {last:.1f} s, {spent:.0f} s CPU as it came; least ahead: {least:.1f} s, at {at:.1f} s")
    print(f"never behind on a machine of {speed:.0%} of this speed; the loop took {before:.3f} to {loop():.3f} s")
    return least >= 0


class Held(NamedTuple):
    """What a process holds."""

    threads: int
    files: int
    megabytes: float

    @classmethod
    def now(cls) -> Held:
        """Look (on Linux)."""
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return cls(
            threading.active_count(),
            len(list(Path("/proc/self/fd").iterdir())),
            pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        )


def many(wanted: Wanted, count: int, folder: Path) -> bool:
    """Stream sessions one after another, each third one left early, then 5 at once; return whether nothing is left."""
    from voiceguide.session.making import Means
    from voiceguide.session.streaming import streamed

    def stream(number: int) -> None:
        with streamed(wanted.session(), Means(threads=1)) as made:
            file = made.mp3.file
            if number % 3:
                file.wait()
            else:
                file.read(made.mp3.layout.music, file.size)

    held: list[Held] = []
    for number in range(1, count + 1):
        stream(number)
        if number in (1, 10) or number == count:
            held.append(Held.now())
            print(f"after {number}: {held[-1].threads} threads, {held[-1].files} files, {held[-1].megabytes:.0f} MB")
    together = [threading.Thread(target=stream, args=(number,)) for number in range(1, 6)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    held.append(Held.now())
    print(f"after 5 at once: {held[-1].threads} threads, {held[-1].files} files, {held[-1].megabytes:.0f} MB")
    left = sorted(path.name for path in folder.iterdir())
    print(f"left in the folder of temporary files: {', '.join(left) or 'nothing'}")
    flat = held[-2].megabytes - held[-3].megabytes <= GROWN
    return flat and not left and {(each.threads, each.files) for each in held[1:]} == {held[1][:2]}


def main() -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("routine", nargs="?", default="upper-back")
    parser.add_argument("--length", default="short")
    parser.add_argument("--voice", default="", help="the default one unless given")
    parser.add_argument("--language", default="", help="the routine's own unless given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--starve", action="store_true", help="listen to one that is spoken anew")
    parser.add_argument("--cores", type=int, default=0, help="listen as if so many, at rest, were ours")
    parser.add_argument("--many", type=int, metavar="N", help="stream N sessions in one process")
    asked = parser.parse_args()
    wanted = Wanted(asked.routine, asked.length, asked.voice, asked.language)
    with TemporaryDirectory() as folder:
        os.environ["VOICEGUIDE_CACHE"] = str(Path(folder) / "own")
        if asked.starve:
            return int(not listened(wanted, asked.cores))
        if asked.many:
            os.environ["TMPDIR"] = str(Path(folder) / "temporary")
            (Path(folder) / "temporary").mkdir()
            return int(not many(wanted, asked.many, Path(folder) / "temporary"))
        return starts_and_seeks(wanted, asked.runs, Path(folder))


def starts_and_seeks(wanted: Wanted, runs: int, folder: Path) -> int:
    """Measure how soon it sounds, and seeks in it."""
    cache = Path(os.environ["VOICEGUIDE_CACHE"])

    def unmade() -> None:
        shutil.rmtree(cache / "sections")

    colds = [started(wanted, folder / str(run)) for run in range(runs)]
    started(wanted, cache, str(folder / "kept.mp3"))
    warms, withins, seeks = [], [], []
    for _ in range(runs):
        unmade()
        warms.append(started(wanted, cache))
        withins.append(within(wanted))
        unmade()
        seeks.append(sought(wanted))
    for name, every in (("cold", colds), ("warm", warms), ("in a process that spoke ahead", withins)):
        quiet, cpu, wall, certain = (median(column) for column in zip(*every, strict=True))
        print(f"{name}: {quiet:.2f} s CPU ({cpu:.2f} as it came), {wall:.2f} s wall, {certain:.0f} s certain by then")
    share, made, quiet, wall, _ = (median(column) for column in zip(*seeks, strict=True))
    missed = max((each.missed for each in seeks), key=abs)
    told = f"{quiet:.2f} s CPU, {wall:.2f} s wall, {made:.0%} made meanwhile, {missed * 1000:+.0f} ms off"
    print(f"seek to 90 % with {share:.0%} there: {told}")
    slow = median(each.quiet for each in colds) > COLD or median(each.quiet for each in warms) > WARM
    return int(slow or abs(missed) > SEEK)


if __name__ == "__main__":
    sys.exit(main())
