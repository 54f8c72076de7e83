"""What is sent to phones: a routine's session, while it is made, or a finished file."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from voiceguide.exports import finished, playable
from voiceguide.publish.beside import known_notes, signed
from voiceguide.routine.notes import notes_of
from voiceguide.store.files import named
from voiceguide.store.growing import Whole
from voiceguide.studio.phone import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.choices import Choices
    from voiceguide.routine.model import Routine
    from voiceguide.session.making import Means
    from voiceguide.studio.phone import News


@contextmanager
def of_file(
    path: Path, timeline: Path | None, folders: tuple[str, ...], tell: Callable[[News], None]
) -> Iterator[Shared]:
    """Open a finished file, with the timeline given, carried, or made of its tags.

    Its notes are those of the routine that it names, which may lie in `folders` too. Raises UsageError for a file that
    pages do not play, and as `exports.finished` does.
    """
    media_type = playable(path)
    session = finished.timeline_of(path, timeline) if timeline else finished.shown_timeline(path)
    told = finished.read(path)
    with Whole(path) as sound:
        yield Shared(
            id=path.stem,
            name=path.stem,
            sound=sound,
            media_type=media_type,
            suffix=path.suffix.lower(),
            timeline=lambda: session,
            notes=signed(known_notes(session, folders), told.artist),
            cover=lambda: told.cover,
            tell=tell,
        )


@contextmanager
def of_routine(routine: Routine, choices: Choices, means: Means, tell: Callable[[News], None]) -> Iterator[Shared]:
    """Begin to make a session, and hand it out once its first words are spoken. Raises as `session.streaming` does."""
    from voiceguide.session import finishing
    from voiceguide.session.composing import Session
    from voiceguide.session.streaming import streamed

    with streamed(Session(routine, choices, means.warn), means) as made:
        session = made.session
        name = named(routine.name, str(choices.length), suffix="")
        yield Shared(
            id=name,
            name=name,
            sound=made.mp3.file,
            media_type="audio/mpeg",
            suffix=".mp3",
            timeline=lambda: finishing.carried(session, made.unfolding.timeline),
            notes=notes_of(routine, session.language),
            cover=cache(lambda: made.cover or finishing.cover(session, made.unfolding.timeline, made.cache)),
            tell=tell,
        )
