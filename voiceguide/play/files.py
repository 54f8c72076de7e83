"""The timeline of a sound file that is played: the one given or carried, else one made of what its tags tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.exports import finished
from voiceguide.tags.reading import Finished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.timeline import Timeline


def timeline_of(path: Path, given: Path | None, seconds: float, warn: Callable[[str], None]) -> Timeline:
    """Return the timeline of a file that lasts some seconds.

    Where neither `given` nor the file itself has one of this length, it is made of the chapters in the file's tags, or
    of the whole file as one. Raises UsageError for a given timeline that is none or not this file's, and for a damaged
    one in the file.
    """
    if given is not None:
        return finished.timeline_of(path, given)
    told = finished.told(path) or Finished()  # a format that has no tags, or none that can be read
    carried = finished.carried(path, told)
    if carried is not None and abs(carried.duration - seconds) <= finished.PADDING:
        return carried
    if carried is not None:
        warn(f"{path}: the timeline in this file is of another length, so the chapters in its tags are shown instead.")
    return finished.timeline_of_tags(path, told, seconds)
