"""`voiceguide batch`: many sessions, the paths of the files, what failed, and what is there already."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batches_for_tests import TINY, Pretending

from voiceguide.batch.worker import Failure, Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result

    from voiceguide.batch.jobs import Combined, Job
    from voiceguide.batch.pools import Answer

QUICK = ("--voice", "tone", "--no-opening", "--no-closing", "--gate", "brief", "--bed", "none", "--quality", "9")


@pytest.fixture
def tiny(folder: Path) -> Path:
    """A routine that is made in no time."""
    path = folder / "tiny.yaml"
    path.write_text(TINY, "utf-8")
    return path


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch, tiny: Path) -> None:
    """Nothing is really made, which takes its time."""
    monkeypatch.setattr("voiceguide.cli.batch._pool", lambda _dask, _jobs, _left, combined: Pretending(combined))


def _batch(run: Callable[..., Result], *arguments: str, what: str = "tiny.yaml") -> Result:
    return run("batch", what, *QUICK, "-o", "out", *arguments)


@pytest.mark.usefixtures("pool")
def test_prints_the_paths_and_then_makes_only_the_rest(run: Callable[..., Result], folder: Path) -> None:
    """Each path as it is written; the second time what is there is skipped, and told on stderr only."""
    first = _batch(run, "--length", "short,42s")
    assert (first.code, first.out) == (0, "out/tiny-short.mp3\nout/tiny-42s.mp3\n")
    assert "2 of 2 sessions made." in first.err
    second = _batch(run, "--length", "short,42s", "--length", "43s")
    assert (second.code, second.out) == (0, "out/tiny-43s.mp3\n")
    assert "1 of 3 sessions made, 2 there already." in second.err
    assert {path.name for path in (folder / "out").iterdir()} == {
        "tiny-short.mp3",
        "tiny-42s.mp3",
        "tiny-43s.mp3",
        "index.json",
        "index.m3u",
    }


@pytest.mark.usefixtures("pool")
def test_joined_routines_are_called_by_all(run: Callable[..., Result], folder: Path) -> None:
    """As `render` calls them."""
    (folder / "other.yaml").write_text(TINY.replace("Rest", "Stay"), "utf-8")
    result = _batch(run, what="tiny.yaml+other.yaml")
    assert (result.code, result.out) == (0, "out/tiny+other-short.mp3\n")


@pytest.mark.usefixtures("pool")
def test_json_is_an_event_a_line(run: Callable[..., Result], tiny: Path) -> None:
    """Started, made, skipped, failed and how it ended; quiet as to everything else but the failures."""
    _batch(run, "--length", "42s")
    result = _batch(run, "--length", "42s,short,1s", "--json", "--quiet")
    events = [json.loads(line) for line in result.out.splitlines()]
    assert [(event["event"], event.get("file")) for event in events] == [
        ("skipped", "tiny-42s.mp3"),
        ("started", "tiny-short.mp3"),
        ("started", "tiny-1s.mp3"),
        ("made", "tiny-short.mp3"),
        ("failed", "tiny-1s.mp3"),
        ("finished", None),
    ]
    assert events[3]["bytes"] == Path(events[3]["path"]).stat().st_size
    assert events[4]["code"] == "usage"
    assert events[4]["message"] == "out of reach"
    assert events[5] == {"event": "finished", "sessions": 3, "made": 1, "skipped": 1, "failed": 1}
    assert result.code == 5
    assert "made" not in result.err.splitlines()[0]


@pytest.mark.usefixtures("pool")
def test_a_failure_stops_no_other(run: Callable[..., Result], folder: Path) -> None:
    """The rest is made; then a table says what failed and why, and the code is 5."""
    (folder / "broken.yaml").write_text("title: x\n", "utf-8")
    result = run(
        "batch", "broken.yaml", "tiny.yaml", *QUICK, "--length", "1s,short", "--language", "en,de", "-o", "out"
    )
    assert (result.code, result.out) == (5, "out/tiny-short-en.mp3\n")
    head, *rows = [line for line in result.err.splitlines() if line and not line.startswith(" ")]
    assert head.split() == ["file", "code", "why"]
    assert [row.split()[:2] for row in rows[:4]] == [
        ["broken.yaml", "routine"],
        ["tiny-1s-de.mp3", "usage"],
        ["tiny-short-de.mp3", "usage"],
        ["tiny-1s-en.mp3", "usage"],
    ]
    assert rows[4:] == ["1 of 5 sessions made, 4 failed.", "Error: 4 of 5 sessions could not be made"]


def test_a_bug_shows_where_it_is_with_debug(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tiny: Path
) -> None:
    """The traceback of the worker."""

    class Broken(Pretending):
        def done(self, _job: Job) -> Answer:
            return Failure("failed", "this is a bug", "Traceback of a worker")

    monkeypatch.setattr("voiceguide.cli.batch._pool", lambda _dask, _jobs, _left, combined: Broken(combined))
    assert "Traceback" not in _batch(run).err
    assert "Traceback of a worker" in _batch(run, "--debug").err


@pytest.mark.usefixtures("pool")
def test_a_jobs_file(run: Callable[..., Result], folder: Path) -> None:
    """It says what to make; a typed option replaces what it says."""
    (folder / "jobs.yaml").write_text(
        "defaults: {length: [42s, 43s], voice: nobody}\n"
        "jobs:\n  - {routine: tiny.yaml, setup: all}\n  - {routine: tiny.yaml, name: other}\n",
        "utf-8",
    )
    result = _batch(run, "--length", "42s", what="jobs.yaml")
    assert result.out.split() == ["out/tiny-42s-lying.mp3", "out/tiny-42s-seated.mp3", "out/other-42s.mp3"], result.err


def test_a_jobs_file_at_fault(run: Callable[..., Result], folder: Path, tiny: Path) -> None:
    """Every fault with its line, exit 3, and nothing is made."""
    (folder / "jobs.yaml").write_text("- routine: tiny.yaml\n  lenght: full\n", "utf-8")
    result = _batch(run, what="jobs.yaml")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith('jobs.yaml:2:3: [0].lenght: expected a key of a job, got "lenght".')
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--length", "short,"], "commas"),
        (["--length", "15"], '"15m"'),
        (["--pace", "fast"], "--pace: expected a whole number, 80 to 220"),
        (["--pace", "20"], "80"),
        (["--bed", "rian"], 'Did you mean "rain"'),
        (["--voice", "tone,nobody"], "nobody"),
        (["--language", "xx"], "xx"),
        (["--format", "txt"], ".txt"),
        (["--format", "wav"], "--quality"),
        (["--linger", "5"], '"5s"'),
        (["--bed-level", "3"], "-40"),
        (["--jobs", "0"], "--jobs"),
        (["upper-bak"], 'Did you mean "upper-back"'),
        (["-o", "tiny.yaml"], "no folder can be made there"),
        (["./in/tiny.yaml"], "two sessions would both be tiny-short.mp3"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refuses_before_anything_is_made(
    arguments: list[str], words: str, refused: Callable[..., str], folder: Path, tiny: Path
) -> None:
    """What no session can have ends with 2, and nothing is written."""
    (folder / "in").mkdir()
    (folder / "in" / "tiny.yaml").write_text(TINY.replace("20s", "21s"), "utf-8")
    assert words in refused("batch", "tiny.yaml", *QUICK, *([] if "-o" in arguments else ["-o", "out"]), *arguments)
    assert not (folder / "out").exists()


@pytest.mark.usefixtures("pool")
def test_defaults_of_its_own(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable has its values between commas; so has the config file, or a list."""
    monkeypatch.setenv("VOICEGUIDE_BATCH_LENGTH", "42s, 43s")
    config = tmp_path / "config.toml"
    config.write_text('[batch]\nsetup = ["lying", "seated"]\n', "utf-8")
    monkeypatch.setenv("VOICEGUIDE_CONFIG", str(config))
    assert len(_batch(run).out.split()) == 4


@pytest.mark.parametrize(("quiet", "told"), [((), ["tiny-42s.mp3: Mind the gap."]), (("--quiet",), [])])
def test_warnings_are_told_of_their_file(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tiny: Path, quiet: tuple[str, ...], told: list[str]
) -> None:
    """On stderr, and not when quiet."""

    class Warned(Pretending):
        def done(self, job: Job) -> Answer:
            made = super().done(job)
            assert isinstance(made, Made)
            return replace(made, warnings=("Mind the gap.",))

    monkeypatch.setattr("voiceguide.cli.batch._pool", lambda _dask, _jobs, _left, combined: Warned(combined))
    result = _batch(run, "--length", "42s", *quiet)
    assert [line for line in result.err.splitlines() if "gap" in line] == told
    assert result.out == "out/tiny-42s.mp3\n"


@pytest.mark.slow
@pytest.mark.usefixtures("tiny")
def test_processes_make_what_render_makes(run: Callable[..., Result], folder: Path) -> None:
    """Two of them, and nothing of theirs is left."""
    result = _batch(run, "--length", "42s,43s", "--jobs", "2")
    assert sorted(result.out.split()) == ["out/tiny-42s.mp3", "out/tiny-43s.mp3"], result.err
    assert run("render", "tiny.yaml", *QUICK, "--length", "42s", "-o", "one.mp3").code == 0
    assert (folder / "out" / "tiny-42s.mp3").read_bytes() == (folder / "one.mp3").read_bytes()


def test_ctrl_c(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tiny: Path) -> None:
    """What was made stays and is told; exit 130."""

    class Interrupted(Pretending):
        def done(self, job: Job) -> Answer:
            if "43s" in job.file:
                raise KeyboardInterrupt
            return super().done(job)

    def interrupted(_dask: None, _jobs: None, _left: int, combined: Combined) -> Pretending:
        return Interrupted(combined, at_once=1)

    monkeypatch.setattr("voiceguide.cli.batch._pool", interrupted)
    result = _batch(run, "--length", "42s,44s,43s")
    assert (result.code, result.out) == (130, "out/tiny-42s.mp3\n")
    assert "what was made stays" in result.err


HALFWAY = ("batch", "tiny.yaml", *QUICK, "-o", "out", "--json")


def _started(*arguments: str) -> subprocess.Popen[str]:
    """Start a batch in a process of its own, and wait until a session is made: the short one."""
    command = [sys.executable, "-m", "voiceguide", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while '"made"' not in (line := process.stdout.readline()):
        assert line, process.communicate()
    return process


def _events(result: Result) -> list[Any]:
    return [json.loads(line)["event"] for line in result.out.splitlines()]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "lengths", "jobs"),
    [
        pytest.param(signal.SIGTERM, ("40s", "80s", "81s"), "2", id="interrupted"),
        pytest.param(signal.SIGKILL, ("40s", "80s"), "1", id="killed"),
    ],
)
def test_halfway(
    number: signal.Signals,
    lengths: tuple[str, ...],
    jobs: str,
    run: Callable[..., Result],
    tiny: Path,
    folder: Path,
) -> None:
    """Stopped in the middle however rudely, every file is whole and in the index; the same command makes the rest."""
    tiny.write_text(TINY.replace("20s", "80s"), "utf-8")
    command = (*HALFWAY, "--length", ",".join(lengths), "--jobs", jobs)
    process = _started(*command)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == (130 if number == signal.SIGTERM else -signal.SIGKILL), err
    index = json.loads((folder / "out" / "index.json").read_text("utf-8"))
    there = {path.name for path in (folder / "out").glob("*.mp3")}
    assert 1 <= len(there) < len(lengths)
    assert {entry["file"] for entry in index["sessions"]} | {e["file"] for e in index.get("coming", ())} >= there
    again = run(*command)
    assert (again.code, _events(again).count("skipped")) == (0, len(there))
    assert _events(again).count("made") == len(lengths) - len(there)
    assert len(json.loads((folder / "out" / "index.json").read_text("utf-8"))["sessions"]) == len(lengths)
