"""Kills at any moment: every target is whole or as it was, nothing is left, and the next run makes the same bytes."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from campaigning import program, sessions
from campaigning.cases import Case, FoundError
from campaigning.lab import Lab

if TYPE_CHECKING:
    from random import Random

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGKILL")
_CODES = frozenset({0, 130})


class _Job(NamedTuple):
    """Something that takes a while."""

    arguments: tuple[str, ...]
    makes: tuple[str, ...]
    """Names of its targets, in the work folder."""
    needs: tuple[str, ...] = ()
    """Suffixes of sessions that stand in the folder `sessions`."""
    warm: bool = False
    """Whether the cache holds what an earlier render made."""


_RENDER = ("render", "small.yaml", *sessions.OPTIONS)
_JOBS = {
    "render": _Job((*_RENDER, "-o", "s.mp3"), ("s.mp3",)),
    "render all": _Job(
        (*_RENDER, "-o", "s.mp3", "--player", "--captions", "vtt", "--transcript", "--timeline", "t.json"),
        ("s.mp3", "s.html", "s.vtt", "s.txt", "t.json"),
    ),
    "render ogg": _Job((*_RENDER[:-2], "-o", "s.ogg"), ("s.ogg",)),
    "batch": _Job(("batch", "small.yaml", "other.yaml", "-o", "out", *sessions.OPTIONS[:-2]), ("out/small-short.mp3",)),
    "feed": _Job(
        ("feed", "sessions", "--url", "https://example.org/a"),
        ("sessions/feed.xml", "sessions/index.html", "sessions/small.html"),
        needs=(".mp3", ".ogg"),
    ),
    "preview": _Job(("preview", "small.yaml", "--voice", "tone", "--bed", "none", "-o", "p.mp3"), ("p.mp3",)),
    "cache": _Job(("cache", "clear"), (), warm=True),
    "render warm": _Job((*_RENDER, "-o", "s.mp3"), ("s.mp3",), warm=True),
}
_BEGUN = 0.1
"""Seconds of CPU in which Python itself has started, and the program hears signals."""
_OLD = b"what stood here before"


class Kills(sessions.OfPrograms):
    """A signal to the program, or to all that it started, at a moment between its start and its end."""

    name = "kills"
    count = 500
    short = 1

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """A job, a signal, and a moment as a share of the job's time."""
        ways = {
            "job": rng.choice([*_JOBS]),
            "signal": rng.choice(_SIGNALS),
            "moment": f"{rng.uniform(0.02, 1.05):.3f}",
            "group": rng.choice(("", "", "group")),
            "old": rng.choice(("", "", "old")),
        }
        return Case(b"", ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Start it, send the signal, look at what there is, and run it again."""
        ways, job = case.ways, _JOBS[case.ways["job"]]
        done = _done(ways["job"], lab)
        whole = {name: (done / "work" / name).read_bytes() for name in job.makes}
        _lay(job, lab)
        arguments = job.arguments
        old = bool(ways["old"]) and arguments[0] in ("render", "preview")
        if old:
            arguments = (*arguments, "--overwrite")
            for name in whole:
                (lab.work / name).write_bytes(_OLD)
        seconds = float((done / "seconds").read_text()) * float(ways["moment"])
        said, begun = _killed(lab, arguments, ways["signal"], seconds, group=bool(ways["group"]))
        asked = ways["signal"] != "SIGKILL"
        _look_at(said, ways, begun=begun)
        _hold_targets(lab, whole, old=old)
        if asked:
            lab.leftovers()
        if said.code != 0 or old:
            _again(lab, arguments, whole)
        lab.leftovers()
        if left := [path for path in (lab.cache / "runs").glob("*") if path.name != "lock"]:
            raise FoundError("a run stays in the cache", f"{ways}: {left}")


def _done(name: str, lab: Lab) -> Path:
    """Return the folder where a job has run to its end: how long it took, and what it made; the first one runs it."""
    folder = lab.material / f"job {name}"
    with (lab.material / f"job {name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "seconds").exists():
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        own = Lab(folder, lab.limits, lab.material)
        _lay(_JOBS[name], own)
        began = time.monotonic()
        said = program.started(own, *_JOBS[name].arguments)
        seconds = time.monotonic() - began
        program.look(own, said, _JOBS[name].arguments, codes=frozenset({0}))
        (folder / "seconds").write_text(f"{seconds}")
    return folder


def _lay(job: _Job, lab: Lab) -> None:
    """Put in the lab what a job works on."""
    lab.file("small.yaml", sessions.SMALL.encode())
    lab.file("other.yaml", sessions.SMALL.replace("Glide", "Slide").encode())
    if job.needs:
        folder = lab.work / "sessions"
        folder.mkdir()
        for suffix in job.needs:
            name = "small" if suffix == ".mp3" else "other"
            shutil.copyfile(sessions.session(lab.material, suffix), folder / f"{name}{suffix}")
            os.utime(folder / f"{name}{suffix}", (1_700_000_000, 1_700_000_000))
    if job.warm:
        shutil.copytree(lab.material / "cache", lab.cache)


def _killed(
    lab: Lab, arguments: tuple[str, ...], name: str, seconds: float, *, group: bool
) -> tuple[program.Said, bool]:
    """Run the program, send it a signal after some seconds, and wait until nothing of it runs any more.

    Return how it ended, and whether Python had begun to run it when the signal came.
    """
    process = program.launch(lab, *arguments)
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.002)
    begun = _cpu(process.pid) >= _BEGUN
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(process.pid, getattr(signal, name))
    said = program.ended(process, arguments)
    end = time.monotonic() + 20
    while True:
        try:
            os.killpg(process.pid, 0)
        except (ProcessLookupError, PermissionError):
            return said, begun
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            raise FoundError(f"outlives its {name}: {arguments[0]}", f"a process of {' '.join(arguments)} goes on")
        time.sleep(0.05)


def _cpu(process: int) -> float:
    """Return the seconds of CPU that a process has had; none where it is gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _look_at(said: program.Said, ways: dict[str, str], *, begun: bool) -> None:
    """Hold how it ended against what a signal promises. Raises FoundError."""
    command, name = ways["job"].partition(" ")[0], ways["signal"]
    shown = f"{ways}\nexit {said.code}\n{said.err[-2500:]}"
    if "this is a bug" in said.err or ("Traceback" in said.err and f"{os.sep}voiceguide{os.sep}" in said.err):
        raise FoundError(f"a traceback after {name}: {command}", shown)
    if name == "SIGKILL":
        return
    unheard = not begun and said.code == -getattr(signal, name) and not said.err  # nothing of ours could answer
    if said.code not in _CODES and not unheard:
        raise FoundError(f"exit code {said.code} after {name}: {command}", shown)


def _hold_targets(lab: Lab, whole: dict[str, bytes], *, old: bool) -> None:
    """Raises FoundError for a target that is neither whole nor as it was."""
    for name, data in whole.items():
        path = lab.work / name
        if not path.exists():
            if old:
                raise FoundError(f"a target is gone: {name}", "it was there before")
            continue
        if path.read_bytes() not in ((data, _OLD) if old else (data,)) and not name.endswith(("feed.xml", ".html")):
            raise FoundError(f"a target is neither whole nor untouched: {name}", f"{path.stat().st_size} bytes")


def _again(lab: Lab, arguments: tuple[str, ...], whole: dict[str, bytes]) -> None:
    """Run it to the end. Raises FoundError where it does not make the same."""
    if arguments[0] in ("render", "preview") and "--overwrite" not in arguments:
        arguments = (*arguments, "--overwrite")
    said = program.started(lab, *arguments)
    program.look(lab, said, arguments, codes=frozenset({0}))
    for name, data in whole.items():
        path = lab.work / name
        if not path.exists() or path.read_bytes() != data:
            raise FoundError(f"other bytes after a kill: {name}", f"{' '.join(arguments)}\n{said.err}")
    if arguments[0] == "batch":
        json.loads((lab.work / "out" / "index.json").read_text("utf-8"))
