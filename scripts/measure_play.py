"""Measure how soon `voiceguide play` sounds: from the start of the process to the first frames that the device takes.

Each run is a process of its own on the silent device, with every word in the cache; the first run, which may speak, is
not counted. Prints each run and the medians of CPU and wall seconds; the exit code is 1 where the median CPU is more
than a second. `.venv/bin/python -P scripts/measure_play.py [ROUTINE] [--runs N] [--voice ENGINE[:NAME]]`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from statistics import median

MOST = 1.0
"""CPU seconds that are promised."""

_CHILD = """\
import os, sys, time
from voiceguide.cli import main
from voiceguide.play.device import Device

begun = float(sys.argv.pop())

def timed(self, pull, start=Device.start):
    def first(frames):
        samples = pull(frames)
        print(time.process_time(), time.time() - begun, flush=True)
        os._exit(0)
    start(self, first)

Device.start = timed
main(sys.argv[1:])
"""


def measured(arguments: list[str]) -> tuple[float, float]:
    """Return (CPU seconds, wall seconds) of one start."""
    command = [sys.executable, "-P", "-c", _CHILD, "-q", "play", *arguments, "--device", "null", str(time.time())]
    # Python keeps what it compiled, unless a machine forbids it: then each start would compile everything again.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=kept)
    cpu, wall = map(float, done.stdout.split())
    return cpu, wall


def main() -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("routine", nargs="?", default="upper-back")
    parser.add_argument("--voice", help="the default one unless given")
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    arguments = [chosen.routine, *(("--voice", chosen.voice) if chosen.voice else ())]
    measured(arguments)
    runs = [measured(arguments) for _ in range(chosen.runs)]
    for cpu, wall in runs:
        print(f"{cpu:.2f} s CPU, {wall:.2f} s wall")
    cpu, wall = (median(column) for column in zip(*runs, strict=True))
    print(f"median {cpu:.2f} s CPU (at most {MOST:g}), {wall:.2f} s wall")
    return int(cpu > MOST)


if __name__ == "__main__":
    sys.exit(main())
