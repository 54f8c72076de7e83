"""Understanding: a recording listened to, once or twice, until each of its stretches is some line's or none's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.authoring.recordings import listening, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voiceguide.authoring.recordings.hearing import Heard
    from voiceguide.authoring.recordings.lines import Line
    from voiceguide.authoring.recordings.listening import Recogniser
    from voiceguide.authoring.recordings.matching import Found

TURNS = 2
"""How often what is unsure is listened to again: what is taken then may be other phrases."""


def understood(
    heard: Heard,
    lines: Sequence[Line],
    language: str,
    recogniser: Recogniser,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """Return which line is where in a recording. Raises Failed where no speech stands out, and as a recogniser does."""
    atoms = listening.listen(heard, language, recogniser, progress)
    found = matching.match(atoms, lines, language)
    for _ in range(TURNS):
        if not found.unsure:
            break
        atoms = listening.again(heard, atoms, found.unsure, language, recogniser, progress)
        found = matching.match(atoms, lines, language)
    return found
