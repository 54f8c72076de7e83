"""A batch on its way: what is current is skipped, what comes back is checked, and one failure stops no other job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batches_for_tests import DATA, TINY, Here, Pretending, wish

from voiceguide.batch.index import Index
from voiceguide.batch.jobs import combine
from voiceguide.batch.running import Event, Fell, Skipped, Started, Written, due, run
from voiceguide.batch.worker import Made
from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.batch.jobs import Combined, Job
    from voiceguide.batch.pools import Answer

LENGTHS = ("1m", "1s", "1m2s")


class Lying(Pretending):
    """What it makes of one session is damaged on the way back."""

    def done(self, job: Job) -> Answer:
        """Give bytes that are not those that were made."""
        answer = super().done(job)
        return replace(answer, data=b"another") if isinstance(answer, Made) and "1m2s" in job.file else answer


@pytest.fixture
def combined(tiny: Path) -> Combined:
    """Three sessions of the tiny routine."""
    return combine([wish(tiny, {"length": LENGTHS})])


def _run(combined: Combined, pool: Here, folder: Path, *, overwrite: bool = False) -> list[Event]:
    told: list[Event] = []
    index = Index(folder, overwrite=overwrite)
    run(due(combined, index, told.append, overwrite=overwrite), pool, index, told.append, overwrite=overwrite)
    return told


def _kinds(told: list[Event]) -> list[str]:
    return [f"{type(event).__name__} {event.file}" for event in told if not isinstance(event, Started)]


def test_one_failure_stops_no_other(combined: Combined, tmp_path: Path) -> None:
    """What was made is written, what failed or came back damaged is told and not written."""
    told = _run(combined, Lying(combined), tmp_path)
    assert _kinds(told) == ["Written tiny-1m.mp3", "Fell tiny-1s.mp3", "Fell tiny-1m2s.mp3"]
    why = [event.why.message for event in told if isinstance(event, Fell)]
    assert why[0] == "out of reach"
    assert "damaged" in why[1]
    assert [path.name for path in tmp_path.glob("*.mp3")] == ["tiny-1m.mp3"]


def test_no_more_are_under_way_than_may_be(combined: Combined, tmp_path: Path) -> None:
    """Each is told when it starts; the next one starts before the last one's result is written."""
    told = _run(combined, Lying(combined, at_once=1), tmp_path)
    assert [f"{type(event).__name__} {event.file[5:-4]}" for event in told] == [
        "Started 1m",
        "Started 1s",
        "Written 1m",
        "Started 1m2s",
        "Fell 1s",
        "Fell 1m2s",
    ]


def test_the_second_run_makes_only_the_rest(combined: Combined, tmp_path: Path) -> None:
    """What is whole and current is skipped by content; what its routine has changed is made anew."""
    _run(combined, Lying(combined), tmp_path)
    again = Lying(combined)
    told = _run(combined, again, tmp_path)
    assert again.submitted == ["tiny-1s.mp3", "tiny-1m2s.mp3"]
    assert told[0] == Skipped("tiny-1m.mp3")
    (tmp_path / "tiny.yaml").write_text(TINY.replace("Rest your", "Rest the"), "utf-8")
    changed = combine([wish(tmp_path / "tiny.yaml", {"length": ("1m",)})])
    assert _kinds(_run(changed, Lying(changed), tmp_path)) == ["Written tiny-1m.mp3"]
    assert _kinds(_run(changed, Lying(changed), tmp_path)) == ["Skipped tiny-1m.mp3"]


def test_a_strangers_file_is_that_jobs_failure(combined: Combined, tmp_path: Path) -> None:
    """It is told before anything is made, and stays, unless it may be overwritten."""
    (tmp_path / "tiny-1m.mp3").write_bytes(b"theirs")
    pool = Lying(combined)
    told = _run(combined, pool, tmp_path)
    assert "tiny-1m.mp3" not in pool.submitted
    assert isinstance(told[0], Fell)
    assert "overwrite" in told[0].why.message
    assert (tmp_path / "tiny-1m.mp3").read_bytes() == b"theirs"
    _run(combined, Lying(combined), tmp_path, overwrite=True)
    assert (tmp_path / "tiny-1m.mp3").read_bytes() == DATA


def test_a_strangers_file_that_comes_meanwhile_stays(combined: Combined, tmp_path: Path) -> None:
    """Its session fails when it is to be written."""

    class Slow(Lying):
        def done(self, job: Job) -> Answer:
            (tmp_path / "tiny-1m.mp3").write_bytes(b"theirs")
            return super().done(job)

    told = _run(combined, Slow(combined), tmp_path)
    assert "Fell tiny-1m.mp3" in _kinds(told)
    assert (tmp_path / "tiny-1m.mp3").read_bytes() == b"theirs"


def test_what_was_refused_is_told(tiny: Path, tmp_path: Path) -> None:
    """A combination that cannot be is a failure like the others."""
    combined = combine([wish(tiny, {"language": ("en", "de")})])
    told = _run(replace(combined, jobs=()), Here(combined), tmp_path)
    assert _kinds(told) == ["Fell tiny-short-de.mp3"]


def test_a_name_that_no_file_can_have(tiny: Path, tmp_path: Path) -> None:
    """It ends the batch before anything is made."""
    combined = combine([replace(wish(tiny), name="n" * 300)])
    with pytest.raises(UsageError, match="shorten"):
        _run(combined, Here(combined), tmp_path)


def test_the_index_has_the_session_s_facts(tiny: Path, tmp_path: Path) -> None:
    """A real session: its entry tells what its timeline tells."""
    combined = combine([wish(tiny, {"bed": ("rain",)}, quality=9)])
    (written,) = (event for event in _run(combined, Here(combined), tmp_path) if isinstance(event, Written))
    (entry,) = Index(tmp_path, overwrite=False)._sorted()
    timeline = written.made.timeline
    assert {name: entry[name] for name in ("title", "voice", "bed", "duration", "setup")} == {
        name: timeline[name] for name in ("title", "voice", "bed", "duration", "setup")
    }
    assert [chapter["title"] for chapter in entry["chapters"]] == [c["title"] for c in timeline["chapters"]]
