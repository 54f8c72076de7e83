"""Cases run on all cores, each in a fork of this process, which has the modules loaded: a hang or a crash ends one."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import selectors
import shutil
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, NoReturn

from campaigning.cases import Find, FoundError
from campaigning.lab import Lab, Limits, blame
from campaigning.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from campaigning.cases import Case, Kind

MOST_ADDRESSES = 6_000_000_000
"""Bytes that a case may ask for: more, and it meets a MemoryError before the machine is in need."""


@dataclass(frozen=True, slots=True)
class Task:
    """A case to be run."""

    kind: Kind
    number: int
    case: Case | None = None
    """None is the one that the kind makes of its number."""


@dataclass(slots=True)
class _Running:
    task: Task
    process: int
    folder: Path
    said: bytearray
    end: float
    """When it counts as hanging, on the monotonic clock."""


class Pool:
    """So many forks at a time; `seed` is the campaign's."""

    def __init__(self, scratch: Path, material: Path, seed: int, at_once: int) -> None:
        self._scratch = scratch
        self._material = material
        self._seed = seed
        self._at_once = at_once
        self._count = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[Record]:
        """Run cases, and yield how each came out, in the order in which they end."""
        gc.freeze()  # what is loaded stays in pages that the forks share
        waiting = iter(tasks)
        running: dict[int, _Running] = {}
        with selectors.DefaultSelector() as selector:
            try:
                while True:
                    while len(running) < self._at_once and (task := next(waiting, None)) is not None:
                        pipe, started = self._start(task)
                        running[pipe] = started
                        selector.register(pipe, selectors.EVENT_READ)
                    if not running:
                        return
                    for key, _ in selector.select(timeout=0.5):
                        if chunk := os.read(key.fd, 65536):
                            running[key.fd].said += chunk
                            continue
                        selector.unregister(key.fd)
                        os.close(key.fd)
                        yield self._ended(running.pop(key.fd))
                    for one in running.values():
                        if time.monotonic() > one.end:
                            one.end = float("inf")
                            _kill(one.process)
            finally:
                for one in running.values():
                    _kill(one.process)
                    os.waitpid(one.process, 0)
                    shutil.rmtree(one.folder, ignore_errors=True)

    def once(self, task: Task) -> Record:
        """Run one case."""
        return next(self.run([task]))

    def case(self, task: Task) -> Case:
        """Return the case of a task."""
        return task.case or task.kind.generate(self._rng(task), self._material)

    def _rng(self, task: Task) -> Random:
        return Random(f"{self._seed} {task.kind.name} {task.number}")  # noqa: S311 (the same for the same seed)

    def _start(self, task: Task) -> tuple[int, _Running]:
        self._count += 1
        folder = self._scratch / f"{task.kind.name}-{task.number}-{self._count}"
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            os.close(reading)
            self._be(task, folder, writing)
        os.close(writing)
        return reading, _Running(task, process, folder, bytearray(), time.monotonic() + task.kind.most_seconds)

    def _be(self, task: Task, folder: Path, writing: int) -> NoReturn:
        """Run the case, in the fork; never returns."""
        try:
            os.setsid()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            _limit(resource.RLIMIT_AS, MOST_ADDRESSES)
            _limit(resource.RLIMIT_CORE, 0)
            lab = Lab(folder, Limits(task.kind.most_cpu, task.kind.most_megabytes), self._material)
            find: Find | None = None
            try:
                _settle(lab)
                task.kind.run(self.case(task), lab)
            except FoundError as found:
                find = found.find
            except Exception as error:  # noqa: BLE001 (of the program, or of the campaign: either has to be mended)
                find = Find(f"{blame(error)} (outside of a step)", traceback.format_exc()[-3000:])
            told = [find.kind, find.told] if find else None
            said = json.dumps([told, lab.worst_cpu, lab.worst_megabytes]).encode()
            while said:
                said = said[os.write(writing, said) :]
        except BaseException:  # noqa: BLE001 (the parent tells of a fork that says nothing)
            traceback.print_exc()
        finally:
            os._exit(0)

    def _ended(self, one: _Running) -> Record:
        """Return how a case came out whose pipe is closed."""
        _, status = os.waitpid(one.process, 0)
        _kill(one.process)  # what it started and left behind
        shutil.rmtree(one.folder, ignore_errors=True)
        task = one.task
        if one.end == float("inf"):
            return Record(task.kind.name, task.number, Find("hangs", f"over {task.kind.most_seconds:.0f} s"), 0, 0)
        try:
            told, cpu, megabytes = json.loads(one.said)
        except ValueError:
            how = os.waitstatus_to_exitcode(status)
            return Record(task.kind.name, task.number, Find(f"dies: {how}", "the process ended without a word"), 0, 0)
        return Record(task.kind.name, task.number, Find(*told) if told else None, cpu, megabytes)


def _kill(process: int) -> None:
    """End a fork and all that it started."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(process, signal.SIGKILL)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _settle(lab: Lab) -> None:
    """Let the fork see the lab's folders where the program looks for the user's."""
    import tempfile

    variables = lab.environment()
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(lab.work)
    tempfile.tempdir = str(lab.tmp)
    sys.dont_write_bytecode = True
