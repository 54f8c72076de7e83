"""What tests of batches share: a routine that is made in no time, wishes for it, and a pool in this process."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import soundfile

from voiceguide.batch.jobs import Wish
from voiceguide.batch.worker import Failure, Made, make

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.batch.jobs import Combined, Job
    from voiceguide.batch.pools import Answer

TINY = """\
title: A tiny one
summary: One short step, for tests of batches.
setups: [lying, seated]
steps:
  - name: Rest
    say: Rest your hands.
    duration: 8s..20s
"""
QUICK = {"gate": "brief", "opening": False, "closing": False}
"""Choices that make a session short."""
VOICE = ("tone",)


def wish(file: Path, axes: dict[str, tuple[Any, ...]] | None = None, **settings: Any) -> Wish:
    """Return a wish for short sessions by the voice for tests."""
    return Wish((file,), {"voice": VOICE, "bed": ("none",), **(axes or {})}, QUICK | settings)


def bell(path: Path, pitch: float = 440.0, seconds: float = 2.5) -> Path:
    """Write a sound of one's own: a tone in stereo."""
    wave = 0.2 * np.sin(2 * np.pi * pitch * np.arange(round(44_100 * seconds)) / 44_100)
    soundfile.write(path, np.stack((wave, wave), axis=1), 44_100)
    return path


class Here:
    """A pool in this process: each job is done as it is submitted, its sources sent as bytes."""

    def __init__(self, combined: Combined, at_once: int = 2) -> None:
        self.at_once = at_once
        self.submitted: list[str] = []
        self._contents = {digest: path.read_bytes() for digest, path in combined.sources.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, job: Job) -> Future[Answer]:
        """Do the job."""
        self.submitted.append(job.file)
        future: Future[Answer] = Future()
        future.set_result(self.done(job))
        return future

    def done(self, job: Job) -> Answer:
        """Return what comes of a job."""
        return make(job, self._contents, 1)

    def answer(self, future: Future[Answer]) -> Answer:
        """Return what came of it."""
        return future.result()


DATA = b"a session"
"""What stands for one where none has to be made."""


class Pretending(Here):
    """A pool that makes nothing and says that it did, but for a session of 1 s, which it fails at."""

    def done(self, job: Job) -> Answer:
        """Return what stands for the job's session."""
        length = dict(job.arguments).get("length", "short")
        if length == "1s":
            return Failure("usage", "out of reach")
        told = ("title", "summary", "language", "voice", "pace", "talk", "setup", "bed")
        timeline = {"routine": job.routines[0].name, "length": length, "duration": 60.0, "chapters": []}
        return Made(DATA, hashlib.sha256(DATA).hexdigest(), timeline | dict.fromkeys(told, "-"), ())
