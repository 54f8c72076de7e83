"""Measure what a studio costs: until its page answers, until a session sounds, and for many sessions.

It starts the real command with folders of its own, and reads its CPU seconds, memory, threads and open files from
/proc, so it needs Linux. Sessions differ in their pace by a word a minute, so that each is spoken anew; with `--warm`
the words of each are there already. Every third listener goes away after a second. The exit code is 1 where the page
takes more than a second of CPU, a session more than is promised, or anything grows.
`.venv/bin/python -P scripts/measure_studio.py [ROUTINE] [--length L] [--voice V] [--many 50] [--at-once 5]`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PAGE, COLD, WARM = 1.0, 2.5, 1.0
"""CPU seconds that are promised."""
_FIRST = 40_000
"""Bytes in which the first second of sound lies, its tag included."""
_NOT_OURS = (".ses",)
"""What libraries leave: onnxruntime's."""
_GROWN_MB = 80.0
"""Megabytes by which many sessions may grow what ten took."""
_AT_ONCE_MB = 120.0
"""And by which several at once may."""
_IDLE = 11.0
"""Seconds after which a thread without work may end."""


class Cost(NamedTuple):
    """What a process has taken, and takes."""

    cpu: float
    megabytes: float
    threads: int
    files: int


class Studio:
    """The command, and who asks it."""

    def __init__(self, folder: Path, cache: Path) -> None:
        command = [sys.executable, "-P", "-m", "voiceguide", "studio", "--no-browser", "--folder", str(folder)]
        environment = {**os.environ, "VOICEGUIDE_CACHE": str(cache), "TMPDIR": str(folder.parent / "tmp")}
        (folder.parent / "tmp").mkdir(exist_ok=True)
        self.tmp = folder.parent / "tmp"
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        address = self.process.stdout.readline() if self.process.stdout else ""
        split = urlsplit(address.strip())
        self.port, self.token = int(split.port or 0), split.query.partition("token=")[2]

    def connected(self, method: str, path: str, document: Any = None, **headers: str) -> http.client.HTTPConnection:
        """Ask, and return the connection, whose answer can be read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        own = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        connection.request(method, path, None if document is None else json.dumps(document), own)
        return connection

    def ask(self, method: str, path: str, document: Any = None) -> bytes:
        """Ask, and return what comes."""
        with closing(self.connected(method, path, document)) as connection:
            answer = connection.getresponse()
            told = answer.read()
            if answer.status >= 400:
                raise SystemExit(f"{method} {path}: {answer.status} {told[:500]!r}")
            return told

    def cost(self) -> Cost:
        """Return what it costs by now."""
        folder = Path(f"/proc/{self.process.pid}")
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return Cost(
            cpu, int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]), len([*(folder / "fd").iterdir()])
        )

    def left(self) -> list[str]:
        """Return what lies in its temporary folder."""
        return [path.name for path in self.tmp.iterdir() if path.name not in _NOT_OURS]

    def close(self) -> tuple[float, int]:
        """End it by Ctrl-C; return how long that took, and its code."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        return time.monotonic() - begun, self.process.returncode


def play(studio: Studio, wanted: dict[str, Any], *, leave: bool = False) -> tuple[str, float]:
    """Play a session as the page does; return its id, and the CPU seconds until its first second could be heard."""
    before = studio.cost().cpu
    identity = str(json.loads(studio.ask("POST", "/api/sessions", wanted))["id"])
    with closing(studio.connected("GET", f"/api/sessions/{identity}/session.mp3")) as connection:
        answer = connection.getresponse()
        answer.read(_FIRST)
        spent = studio.cost().cpu - before
        if leave:
            return identity, spent
        while answer.read(1 << 16):
            pass
    return identity, spent


def main() -> int:
    """Run all of it, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("routine", nargs="?", default="desk-break")
    parser.add_argument("--length", default="5m")
    parser.add_argument("--voice", default=None)
    parser.add_argument("--many", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=5)
    parser.add_argument("--warm", action="store_true", help="speak all of it before")
    asked = parser.parse_args()

    def wanted(number: int) -> dict[str, Any]:
        chosen = {"length": asked.length, "voice": asked.voice, "pace": 120 + number % 60, "artist": f"n{number}"}
        return {"routine": asked.routine, "choices": chosen}

    failures: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = Path(scratch) / "studio", Path(scratch) / "cache"
        studio = Studio(folder, cache)
        studio.ask("GET", "/")
        page = studio.cost()
        studio.ask("GET", "/api/routines")
        routines = studio.cost()
        print(f"page after {page.cpu:.2f} s of CPU, routines after {routines.cpu:.2f} s, {routines.megabytes:.0f} MB")
        if page.cpu > PAGE:
            failures.append("the page takes too long")
        _settled(studio)
        _, cold = play(studio, wanted(0))
        studio.ask("DELETE", f"/api/sessions/{json.loads(studio.ask('GET', '/api/sessions'))['sessions'][0]['id']}")
        _, warm = play(studio, wanted(0))
        print(
            f"from Play to the first second: {cold:.2f} s of CPU where nothing was spoken, {warm:.2f} s where all was"
        )
        failures += [
            f"{name} is too slow" for name, got, most in (("cold", cold, COLD), ("warm", warm, WARM)) if got > most
        ]
        base, most = _many(studio, asked.many, wanted)
        begun = studio.cost()
        with ThreadPoolExecutor(asked.at_once) as pool:
            list(pool.map(lambda number: play(studio, wanted(1000 + number)), range(asked.at_once)))
        _quiet(studio)
        ended = studio.cost()
        print(f"{asked.at_once} at once: {ended.cpu - begun.cpu:.1f} s of CPU, {_told(ended)}")
        failures += [what for what in ("threads", "files") if getattr(ended, what) > getattr(base, what)]
        failures += ["memory of many"] * (most.megabytes > base.megabytes + _GROWN_MB)
        failures += ["memory of several at once"] * (ended.megabytes > most.megabytes + _AT_ONCE_MB)
        left = studio.left()
        seconds, code = studio.close()
        after = studio.left()
        print(f"ended in {seconds:.2f} s, code {code}; temporary folders before: {left}, after: {after}")
        if left or after or code != 130:
            failures.append("something is left")
    for failure in failures:
        print(f"NOT KEPT: {failure}")
    if not failures:
        print("KEPT: what is promised of the page, of a session's first second and of what grows")
    return int(bool(failures))


def _settled(studio: Studio) -> None:
    """Wait until it has loaded what it loads while somebody looks at the page."""
    before, now = -1.0, studio.cost().cpu
    while now > before:
        time.sleep(1)
        before, now = now, studio.cost().cpu


def _many(studio: Studio, many: int, wanted: Any) -> tuple[Cost, Cost]:
    """Make many sessions one after another; return what the studio costs after the tenth of them, and the last."""
    base = now = studio.cost()
    for number in range(1, many + 1):
        wish = wanted(number)
        wish["choices"]["quality"] = 9
        identity, _ = play(studio, wish, leave=number % 3 == 0)
        while json.loads(studio.ask("GET", f"/api/sessions/{identity}"))["state"] != "whole":
            time.sleep(0.05)
        if number % 10 == 0:
            _quiet(studio)
            now = studio.cost()
            base = now if number == 10 else base
            print(f"{number:>3} sessions: {now.cpu:.1f} s of CPU, {_told(now)}")
    return base, now


def _quiet(studio: Studio) -> None:
    """Wait until nothing is made, and idle threads and connections have ended."""
    while any(each["state"] == "making" for each in json.loads(studio.ask("GET", "/api/sessions"))["sessions"]):
        time.sleep(0.1)
    time.sleep(_IDLE)
    studio.ask("GET", "/api/languages")  # whoever works next sends home who has been idle
    time.sleep(0.5)


def _told(cost: Cost) -> str:
    return f"{cost.megabytes:.0f} MB, {cost.threads} threads, {cost.files} open files"


if __name__ == "__main__":
    sys.exit(main())
