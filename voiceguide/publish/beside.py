"""What stands beside a session's sound, under the same name: captions, chapters, transcript, player."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.drawing import atlas
from voiceguide.errors import UsageError, did_you_mean, option
from voiceguide.exports import playable
from voiceguide.routine.notes import Notes, notes_of
from voiceguide.sidecars import SIDE_FILES, beside
from voiceguide.store.files import check_target, whole
from voiceguide.tags import ARTIST
from voiceguide.text import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.routine.model import Routine
    from voiceguide.sidecars import SideFile
    from voiceguide.timeline import Timeline

    Write = Callable[[BinaryIO], None]

CAPTIONS = tuple(each.suffix.removeprefix(".") for each in SIDE_FILES if each.kind == "captions")
PLAYER = ".html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files are to stand beside a sound. Raises UsageError for captions of a kind that nobody writes."""

    captions: tuple[str, ...] = ()
    """Of CAPTIONS; `vtt` brings the chapters in that format too."""
    chapters: bool = False
    transcript: bool = False
    player: bool = False
    link: bool = False
    """Whether the player has the sound beside it, not inside."""

    def __post_init__(self) -> None:
        for kind in self.captions:
            if kind not in CAPTIONS:
                raise UsageError(
                    f'{option("captions")}: expected {", ".join(CAPTIONS)}, or several with commas, got "{kind}".'
                    f"{did_you_mean(kind, CAPTIONS)}"
                )
        if self.link and not self.player:
            raise UsageError(
                f"{option('link')} says how the player finds its sound: add {option('player')}, or leave it out"
            )

    def check(self, sound: Path, *, overwrite: bool) -> None:
        """Find what is wrong with the files to be written, as `files.check_target` does; and a sound no page plays."""
        if self.player:
            playable(sound)
        for path in self.paths(sound):
            check_target(path, overwrite=overwrite, follow=False)

    def paths(self, sound: Path) -> tuple[Path, ...]:
        """Where they stand."""
        pages = (beside(sound, PLAYER),) if self.player else ()
        return (*(beside(sound, kind.suffix) for kind in self._kinds()), *pages)

    def files(self, sound: Path, timeline: Timeline, notes: Notes, cover: bytes | None) -> Iterator[tuple[Path, Write]]:
        """Yield each file's path and what writes it; `sound` is there, and `timeline` is its own."""
        for kind in self._kinds():
            yield beside(sound, kind.suffix), partial(_text, kind, timeline, notes)
        if self.player:
            from voiceguide.pages import player

            page = partial(player.write, timeline=timeline, audio=sound, link=self.link, notes=notes, cover=cover)
            yield beside(sound, PLAYER), page

    def write(
        self, sound: Path, timeline: Timeline, notes: Notes, cover: bytes | None, *, overwrite: bool
    ) -> tuple[Path, ...]:
        """Write them all, each whole or not at all, and return their paths."""
        for path, write in self.files(sound, timeline, notes, cover):
            with whole(path, overwrite=overwrite, follow=False) as file:
                write(file)
        return self.paths(sound)

    def _kinds(self) -> Iterator[SideFile]:
        for each in SIDE_FILES:
            format_ = each.suffix.rpartition(".")[2]
            if (
                (each.kind == "captions" and format_ in self.captions)
                or (each.kind == "chapters" and (self.chapters or format_ in self.captions))
                or (each.kind == "transcript" and self.transcript)
            ):
                yield each


def _text(kind: SideFile, timeline: Timeline, notes: Notes, file: BinaryIO) -> None:
    file.write(kind.write(timeline, notes).encode())


def signed(notes: Notes, artist: str) -> Notes:
    """Return notes with who made the session, as its file says, where that is somebody."""
    return replace(notes, author=artist) if artist not in ("", ARTIST) else notes


def known_notes(timeline: Timeline, folders: tuple[str, ...] = ()) -> Notes:
    """Return the notes of the routine that a timeline names; none where it is not here, or has another title.

    `folders` are looked in too. A timeline may come from anywhere, so what it names is a name and never a file of this
    machine. Nobody asked for these notes, so a routine that is gone or broken is no fault.
    """
    from voiceguide.errors import VoiceguideError
    from voiceguide.routine import finding, joining

    try:
        files = finding.named(timeline.routine, finding.folders(folders))
        routine = joining.read_all(files) if files else None
    except VoiceguideError:
        return Notes()
    return notes_if_its(routine, timeline) if routine else Notes()


def drawings_gone(timeline: Timeline, notes: Notes) -> str | None:
    """Say which drawings a session shows that are not here, so that its pages and its card lack them; None for none."""
    named = dict.fromkeys(chapter.show for chapter in timeline.chapters if chapter.show)
    gone = [name for name in named if atlas.found(name, notes.drawings) is None]
    if not gone:
        return None
    return f"left out, as they are not here: {lines.visible(', '.join(gone), line=True)}. They stand beside the routine"


def notes_if_its(routine: Routine, timeline: Timeline) -> Notes:
    """Return a routine's notes, none where a timeline has another title than it."""
    return notes_of(routine, timeline.language) if is_of(timeline, routine) else Notes()


def is_of(timeline: Timeline, routine: Routine) -> bool:
    """Whether a timeline may be a routine's own: whether it has its title."""
    return routine.title.get(timeline.language) == timeline.title
