"""What runs where a session is made: a job in, the file's bytes or a failure out. Nothing is shared with the caller."""

from __future__ import annotations

import hashlib
import os
import shutil
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.choices import Choices
from voiceguide.errors import Failed, MissingError, VoiceguideError
from voiceguide.session import filling
from voiceguide.store.temporary import Folder, full

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.batch.jobs import Job
    from voiceguide.timeline import Timeline

    Source = Path | bytes
    """A file's content, or where it is found on this machine."""


@dataclass(frozen=True, slots=True)
class Made:
    """A session, whole."""

    data: bytes
    """The file."""
    sha256: str
    """Of the file, taken where it was made."""
    timeline: dict[str, Any]
    """Its JSON."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a session was not made: an error as a value, since not every exception survives being sent."""

    code: str
    """The exit code's name, in small letters."""
    message: str
    """With its names as `errors.option` leaves them."""
    trace: str = ""
    """Where in the program a bug was met."""


def failure(error: VoiceguideError) -> Failure:
    """Return a fault of ours as a value."""
    return Failure(error.exit_code.name.lower(), error.text)


def make(job: Job, sources: Mapping[str, Source], threads: int) -> Made | Failure:
    """Make a session with so many threads; `sources` has the content of every digest that the job names."""
    try:
        verify(job)
        with Folder() as folder:
            try:
                unpacked = _Unpacked(job, sources, folder)
            except OSError as error:
                raise full(folder, error) from error
            try:
                return unpacked.made(threads)
            except VoiceguideError as error:
                told = failure(error)
                return replace(told, message=unpacked.as_the_user_has_it(told.message))
    except VoiceguideError as error:
        return failure(error)
    except Exception as error:  # noqa: BLE001 (a bug: the caller tells it, and goes on with the other jobs)
        message = f"this is a bug in voiceguide: {type(error).__name__}: {error}"
        return Failure("failed", message, traceback.format_exc())


def verify(job: Job) -> None:
    """Raise Failed or MissingError unless this is the program, and here is the voice, that the job was made for."""
    from voiceguide.installed import generator

    expected = f"expected {job.generator}"
    if generator() != job.generator:
        raise Failed(f"{expected}, the worker has {generator()}: install the same on both")
    arguments = dict(job.arguments)
    choices = Choices.of({**arguments, "voice": job.voice})
    expected += f" with {job.voice}, the worker"
    try:
        voice = filling.chosen(choices, arguments["language"])
    except VoiceguideError as error:
        raise MissingError(f"{expected} has no such voice: {error.text}") from error
    if voice.fingerprint != job.fingerprint:
        raise Failed(
            f"{expected} has another version of it: install the same on both "
            f'(expected "{job.fingerprint}", got "{voice.fingerprint}")'
        )


class _Unpacked:
    """A job's files in a folder of their own."""

    def __init__(self, job: Job, sources: Mapping[str, Source], folder: Path) -> None:
        self.job = job
        self.routines = tuple(folder / f"routine-{number}" / "routine.yaml" for number in range(len(job.routines)))
        self.session = folder / f"session{job.suffix}"
        self.own = {one: folder / one.field / (one.folder or one.files[0][0]) for one in job.own}
        for file, routine in zip(self.routines, job.routines, strict=True):
            file.parent.mkdir()
            file.write_bytes(routine.text)
            for name, digest in routine.files:
                _place(sources[digest], file.parent / name)
        for one, path in self.own.items():
            for name, digest in one.files:
                _place(sources[digest], path / name if one.folder else path)

    def made(self, threads: int) -> Made:
        """Make the session. Raises what `session.render` raises."""
        from voiceguide.routine.joining import join
        from voiceguide.routine.reading import read
        from voiceguide.session import render

        arguments = dict(self.job.arguments)
        arguments |= {one.field: str(path) for one, path in self.own.items()}
        warnings: list[str] = []
        given = zip(self.routines, self.job.routines, strict=True)
        routine = join(read(file, name=routine.name) for file, routine in given)
        timeline = render(
            routine, self.session, voice=self.job.voice, threads=threads, warn=warnings.append, **arguments
        )
        data = self.session.read_bytes()
        return Made(
            data,
            hashlib.sha256(data).hexdigest(),
            self._with_bed_as_typed(timeline).to_json(),
            tuple(map(self.as_the_user_has_it, warnings)),
        )

    def as_the_user_has_it(self, message: str) -> str:
        """Name files as the user knows them, not as they are called for the moment."""
        for file, routine in zip(self.routines, self.job.routines, strict=True):
            shown = Path(routine.shown)
            message = message.replace(str(file), str(shown)).replace(str(file.parent), str(shown.parent))
        for one, path in self.own.items():
            message = message.replace(str(path), one.typed)
        return message

    def _with_bed_as_typed(self, timeline: Timeline) -> Timeline:
        typed = next((one.typed for one in self.own if one.field == "bed"), None)
        if typed is None:
            return timeline
        clips = (replace(clip, sound=typed) if clip.track == "bed" else clip for clip in timeline.clips)
        return replace(timeline, bed=typed, clips=tuple(clips))


def _place(source: Source, target: Path) -> None:
    """Put a file's content in its place; large ones that are on this disk take no room a second time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(source, bytes):
        target.write_bytes(source)
        return
    try:
        os.link(source, target)
    except OSError:  # another disk, or one without links
        shutil.copyfile(source, target)
