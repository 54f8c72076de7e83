"""What a routine tells the people beside its session: things to have at hand, and whom it is not for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.routine.joining import once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.routine.model import Routine, Text


@dataclass(frozen=True, slots=True)
class Notes:
    """A routine's notes in one language, as its author wrote them; a text that is not in it is left out."""

    position: str = ""
    need: tuple[str, ...] = ()
    do_not_start: tuple[str, ...] = ()
    ask_first: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Shown, never spoken."""


def notes_of(routine: Routine, language: str) -> Notes:
    """Return a routine's notes in a BCP 47 language."""

    def said(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(filter(None, (text.get(language) for text in once(routine, texts, language))))

    safety = routine.safety
    return Notes(
        position=(routine.position.get(language) or "") if routine.position else "",
        need=said(routine.need),
        do_not_start=said(safety.do_not_start),
        ask_first=said(safety.ask_first),
        avoid=said(safety.avoid),
        more=said(safety.more),
    )
