"""The way of a batch: skip what is whole and current, have the rest made, check it and write it."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.batch.worker import Failure, Made, failure
from voiceguide.errors import Failed, UsageError, VoiceguideError, option
from voiceguide.store.files import check_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from pathlib import Path

    from voiceguide.batch.index import Index
    from voiceguide.batch.jobs import Combined, Job
    from voiceguide.batch.pools import Answer, Pool

_TICK = 0.5
"""Seconds between two moments at which Ctrl-C is heard on Windows."""


@dataclass(frozen=True, slots=True)
class Started:
    """A job is under way."""

    file: str


@dataclass(frozen=True, slots=True)
class Written:
    """A session was made, checked and written."""

    file: str
    path: Path
    made: Made


@dataclass(frozen=True, slots=True)
class Skipped:
    """A session is there already, whole and current."""

    file: str


@dataclass(frozen=True, slots=True)
class Fell:
    """A session could not be made."""

    file: str
    why: Failure


Event = Started | Written | Skipped | Fell


def due(combined: Combined, index: Index, tell: Callable[[Event], None], *, overwrite: bool) -> tuple[Job, ...]:
    """Return the jobs that are to be made, and tell of those that are not.

    Raises UsageError for a name that no file can have. A file in a session's place that is not what a batch wrote there
    is that job's failure, unless `overwrite`.
    """
    for job in combined.jobs:
        check_target(index.folder / job.file, overwrite=True, follow=False)
    for refused in combined.refused:
        tell(Fell(refused.file, failure(refused.error)))
    left = []
    for job in combined.jobs:
        try:
            state = index.state(job.file, job.key)
        except Failed as error:
            tell(Fell(job.file, failure(error)))
            continue
        if state == "current":
            tell(Skipped(job.file))
        elif state == "foreign" and not overwrite:
            message = (
                f"{index.folder / job.file} is there, and is not what a batch wrote there: move it away, or add "
                f"{option('overwrite')}"
            )
            tell(Fell(job.file, failure(UsageError(message))))
        else:
            left.append(job)
    return tuple(left)


def run(jobs: Iterable[Job], pool: Pool, index: Index, tell: Callable[[Event], None], *, overwrite: bool) -> None:
    """Have jobs done by an entered pool, and write what comes back; one that fails stops no other."""
    waiting = deque(jobs)
    under_way: dict[Future[Answer], Job] = {}
    back: list[tuple[Job, Answer]] = []
    while True:
        # First the next jobs, then the writing: meanwhile nobody waits.
        while waiting and len(under_way) < pool.at_once:
            job = waiting.popleft()
            tell(Started(job.file))
            under_way[pool.submit(job)] = job
        for job, answer in back:
            tell(_settled(job, answer, index, overwrite=overwrite))
        if not under_way:
            return
        done, _ = wait(under_way, _TICK, FIRST_COMPLETED)
        back = [(under_way.pop(future), pool.answer(future)) for future in [*under_way] if future in done]


def _settled(job: Job, answer: Answer, index: Index, *, overwrite: bool) -> Event:
    """Check and write what came back."""
    if isinstance(answer, Failure):
        return Fell(job.file, answer)
    try:
        if hashlib.sha256(answer.data).hexdigest() != answer.sha256:
            raise Failed("it came back damaged from where it was made: run the batch again")
        replaces = overwrite or index.state(job.file, job.key) == "outdated"
        path = index.keep(job.file, answer.data, _facts(job, answer), overwrite=replaces)
    except VoiceguideError as error:
        return Fell(job.file, failure(error))
    return Written(job.file, path, answer)


def _facts(job: Job, made: Made) -> dict[str, object]:
    """What the index tells of a session."""
    told = ("routine", "title", "summary", "length", "language", "voice", "pace", "talk", "setup", "bed", "duration")
    chapters = [{name: chapter[name] for name in ("title", "start", "end")} for chapter in made.timeline["chapters"]]
    return {
        "sha256": made.sha256,
        "key": job.key,
        "generator": job.generator,
        **{name: made.timeline[name] for name in told},
        "chapters": chapters,
    }
