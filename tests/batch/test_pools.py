"""Processes and clusters: one that dies takes its own job only, nothing is left behind, and all make the same files."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from batches_for_tests import TINY, bell, wish

from voiceguide.batch.jobs import combine
from voiceguide.batch.pools import Cluster, Processes, _deaf
from voiceguide.batch.worker import Failure, Made, make
from voiceguide.errors import Failed, MissingError

if TYPE_CHECKING:
    from voiceguide.batch.jobs import Job
    from voiceguide.batch.pools import Answer, Pool


def _answers(pool: Pool, *jobs: Job) -> list[Answer]:
    """What a pool makes of jobs, all under way at once."""
    futures = [pool.submit(job) for job in jobs]
    wait(futures)
    return [pool.answer(future) for future in futures]


def _left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("voiceguide-*"))


@pytest.fixture
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files that nobody else uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


@pytest.mark.usefixtures("temporary")
def test_a_process_that_dies_takes_its_own_job_only(tiny: Path) -> None:
    """Its job fails and says so, the next one finds a new process, and on leaving nothing of either is left.

    What is large is read once: the next one is made of the music as it was at first, though it is gone by then.
    """
    music = bell(tiny.with_name("music.wav"))
    tiny.write_text(TINY.replace("20s", "1h"), "utf-8")
    combined = combine([wish(tiny, {"length": ("42s", "2h"), "bed": ("music.wav",)}, quality=9)])
    short, long = combined.jobs
    expected = make(short, {digest: path.read_bytes() for digest, path in combined.sources.items()}, 1)
    assert isinstance(expected, Made)
    with Processes(1, combined.sources) as pool:
        music.unlink()
        future = pool.submit(long)
        (process,) = multiprocessing.active_children()
        process.kill()
        answer = pool.answer(future)
        assert isinstance(answer, Failure)
        assert "its process was ended" in answer.message
        assert _answers(pool, short) == [expected]
        pool.submit(long)  # given up on leaving, however long it would take
    assert multiprocessing.active_children() == []
    assert _left_behind() == []


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_process_starts_is_heard_afterwards(number: signal.Signals) -> None:
    """The new process is not met in the middle of its start, and whoever started it hears the signal all the same."""
    heard: list[int] = []
    before = signal.signal(number, lambda number, _frame: heard.append(number))
    try:
        with _deaf():
            signal.raise_signal(number)
            assert heard == []
        assert heard == [number]
    finally:
        signal.signal(number, before)


@pytest.mark.usefixtures("temporary")
def test_a_file_that_is_gone_by_then(tiny: Path) -> None:
    """It is told, and nothing is left behind."""
    music = bell(tiny.with_name("music.wav"))
    combined = combine([wish(tiny, {"bed": ("music.wav",)})])
    music.unlink()
    with pytest.raises(Failed, match=r"music\.wav"), Processes(1, combined.sources):
        raise AssertionError
    assert _left_behind() == []


def test_dask_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the one-line fix."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match=r"-m pip install distributed"), Cluster("tcp://x:1", None, {}):
        raise AssertionError


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Dask's own
def test_a_cluster_makes_the_same_files(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unchanged jobs, with music and a bell of their own, on two workers; a failure comes back too."""
    from distributed import LocalCluster

    bell(tiny.with_name("bell.wav"), seconds=0.5)
    bell(tiny.with_name("music.wav"), pitch=330.0)
    tiny.write_text(TINY + "    chime: bell.wav\n", "utf-8")
    combined = combine([wish(tiny, {"length": ("42s", "1s"), "bed": ("none", "music.wav")}, quality=9)])
    contents = {digest: path.read_bytes() for digest, path in combined.sources.items()}
    expected = [make(job, contents, 1) for job in combined.jobs]
    assert [type(answer) for answer in expected] == [Made] * 2 + [Failure] * 2
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        with Cluster(address, None, combined.sources) as pool:
            assert pool.at_once == 4
            for path in tiny.parent.iterdir():
                path.unlink()
            assert _answers(pool, *combined.jobs) == expected
        with Cluster(address, 1, {}) as pool:
            assert pool.at_once == 1
    monkeypatch.setattr("voiceguide.batch.pools.PATIENCE", 1.0)
    with pytest.raises(Failed, match="no cluster answers there"), Cluster(address, None, {}):
        raise AssertionError
