"""Where sessions are made: the processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Protocol, Self

from voiceguide.batch.worker import Failure, Made, failure, make
from voiceguide.errors import Failed, MissingError, option
from voiceguide.installed import cores, installing
from voiceguide.interrupts import signals
from voiceguide.store import owned
from voiceguide.store.temporary import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Executor, Future
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import TracebackType
    from typing import Any

    from voiceguide.batch.jobs import Job

    Answer = Made | Failure

PATIENCE = 20.0
"""Seconds to wait for a cluster, and for its first worker."""


class Pool(Protocol):
    """Something that makes sessions while it is entered; on leaving, what is still under way is given up."""

    def __enter__(self) -> Self:
        """Make ready. Raises VoiceguideError where that cannot be."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def at_once(self) -> int:
        """How many jobs may be under way."""

    def submit(self, job: Job) -> Future[Answer]:
        """Have a job done."""

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a job that is done; also when whoever did it is gone."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One process for one job at a time, so that one that dies takes no other job with it."""

    executor: ProcessPoolExecutor
    line: Connection
    """While it is open, the process lives."""


class Processes:
    """Processes of this machine, one a job; the cores are shared out among them."""

    def __init__(self, at_once: int, sources: Mapping[str, Path]) -> None:
        self.at_once = at_once
        self._threads = max(1, cores() // at_once)
        self._originals = sources
        self._sources: dict[str, Path] = {}
        # Spawned, not forked: a fork of a process with threads may inherit a lock that nobody will ever open.
        self._context = multiprocessing.get_context("spawn")
        self._free: list[_Place] = []
        self._busy: dict[Future[Answer], _Place] = {}

    def __enter__(self) -> Self:
        """Copy what the jobs name, so that all sessions are made of what it is now."""
        self._folder = Folder()
        try:
            for digest, path in self._originals.items():
                self._sources[digest] = shutil.copyfile(path, self._folder.path / digest)
        except OSError as error:
            self._folder.close()
            raise Failed(
                f"{path}: the file cannot be copied to {self._folder.path} for the batch ({error.strerror or error}): "
                "free some space there, or name another temporary folder in TMPDIR (on Windows TEMP)"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for place in (*self._free, *self._busy.values()):
            _close(place)
        self._folder.close()

    def submit(self, job: Job) -> Future[Answer]:
        """Have a job done by a process that is free, or by a new one."""
        place = self._free.pop() if self._free else self._new()
        sources = {digest: self._sources[digest] for digest in job.digests}
        try:
            future = self._begun(place, job, sources)
        except BrokenProcessPool:  # it has died since its last job
            _close(place)
            place = self._new()
            future = self._begun(place, job, sources)
        self._busy[future] = place
        return future

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a job; a process that died is replaced when the next job needs one."""
        place = self._busy.pop(future)
        try:
            answer = future.result()
        except BrokenProcessPool:
            _close(place)
            message = (
                "its process was ended, perhaps because memory ran out: close other programs, or choose fewer "
                f"{option('jobs')}"
            )
            return failure(Failed(message))
        self._free.append(place)
        return answer

    def _begun(self, place: _Place, job: Job, sources: Mapping[str, Path]) -> Future[Answer]:
        with _deaf():
            return place.executor.submit(make, job, sources, self._threads)

    def _new(self) -> _Place:
        theirs, line = self._context.Pipe(duplex=False)
        return _Place(ProcessPoolExecutor(1, self._context, _begin, (theirs, str(self._folder.path))), line)


@contextmanager
def _deaf() -> Iterator[None]:
    """Have a process that is started meanwhile hear no signal before `_begin`; what comes meanwhile is heard after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would hear them again by itself
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _close(place: _Place) -> None:
    """End a process, whatever it does at the moment."""
    place.line.close()
    place.executor.shutdown(wait=True, cancel_futures=True)


def _begin(line: Connection, folder: str) -> None:
    """Begin a process: it heeds whoever started it, not the keyboard, and leaves nothing behind."""
    for number in signals():
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals())
    tempfile.tempdir = folder
    threading.Thread(target=_end_with, args=(line, folder), daemon=True).start()


def _end_with(line: Connection, folder: str) -> None:
    """End this process as soon as the other end of the line is closed, be it that its holder was killed."""
    with suppress(EOFError, OSError):
        line.recv_bytes()
    owned.take_away()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


class Cluster:
    """The workers of a Dask cluster; each runs as many jobs as it has threads, each job one."""

    def __init__(self, address: str, at_once: int | None, sources: Mapping[str, Path]) -> None:
        self._address = address
        self._at_once = at_once
        self._originals = sources

    def __enter__(self) -> Self:
        """Find the cluster, and give it what the jobs name: each content once."""
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingError(f"{option('dask')} needs one more package: {installing('dask')}") from error
        try:
            self._client: Any = Client(self._address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise Failed(
                f"{option('dask')} {self._address}: no cluster answers there ({error}): check the address, which "
                "`dask scheduler` prints when it starts"
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            contents = {digest: path.read_bytes() for digest, path in self._originals.items()}
            self._sources = self._client.scatter(contents) if contents else {}  # Dask fails at nothing
        except TimeoutError as error:
            self._client.close()
            raise Failed(
                f"{option('dask')} {self._address}: the cluster has no workers: start one with "
                f"`dask worker {self._address}`"
            ) from error
        except OSError as error:
            self._client.close()
            raise Failed(f"a file cannot be sent to the cluster: {error}") from error
        self._executor: Executor = self._client.get_executor(pure=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()

    @property
    def at_once(self) -> int:
        """As asked, or twice the threads there are now: none of them waits, and few results do."""
        return self._at_once or max(1, 2 * sum(self._client.nthreads().values()))

    def submit(self, job: Job) -> Future[Answer]:
        """Have a job done by any worker; Dask sends it there with what it names."""
        sources = {digest: self._sources[digest] for digest in job.digests}
        return self._executor.submit(make, job, sources, 1)

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of a job; what Dask says of a worker that is lost or lacks the program is told as it is."""
        try:
            return future.result()
        except Exception as error:  # noqa: BLE001 (whatever happened on the cluster, the other jobs go on)
            what = f"{type(error).__name__}: {error}"
            return failure(Failed(f"the cluster could not make it ({what}): every machine of it needs voiceguide"))
