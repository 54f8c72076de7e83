"""Files that stand beside a session's sound, each the text of a timeline: captions, chapters, transcript. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voiceguide.sidecars.captions import lrc, srt, vtt
from voiceguide.sidecars.chapters import podcasting_json, webvtt
from voiceguide.sidecars.transcript import transcript

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.routine.notes import Notes
    from voiceguide.timeline import Timeline


@dataclass(frozen=True, slots=True)
class SideFile:
    """One kind of file beside the sound."""

    kind: Literal["captions", "chapters", "transcript"]
    suffix: str
    """What follows the sound's stem, from the first dot."""
    write: Callable[[Timeline, Notes], str]
    """Return the file's text, to be written as UTF-8; the notes are its routine's."""


def _alone(write: Callable[[Timeline], str]) -> Callable[[Timeline, Notes], str]:
    """What needs no notes."""
    return lambda timeline, _notes: write(timeline)


SIDE_FILES = (
    SideFile("captions", ".vtt", _alone(vtt)),
    SideFile("captions", ".srt", _alone(srt)),
    SideFile("captions", ".lrc", _alone(lrc)),
    SideFile("chapters", ".chapters.vtt", _alone(webvtt)),
    SideFile("chapters", ".chapters.json", _alone(podcasting_json)),
    SideFile("transcript", ".txt", transcript),
)
"""All there are."""


def beside(audio: Path, suffix: str) -> Path:
    """Return the path of a sound's side file: `s.mp3` and `.chapters.json` make `s.chapters.json`."""
    return audio.with_name(audio.stem + suffix)
