"""Covers: the pictures of routines and of sessions, each drawn once."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.errors import VoiceguideError
from voiceguide.exports import finished
from voiceguide.routine.languages import languages
from voiceguide.session import finishing
from voiceguide.store import pictures
from voiceguide.store.cache import Cache, default_folder
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine
    from voiceguide.studio.house import House
    from voiceguide.studio.sessions import Entry

_drawing = Lock()
"""One at a time: a page asks for all of them at once, and a session that sounds is in more of a hurry."""


def of_routine(routine: Routine, language: str) -> bytes:
    """Return a routine's own picture, else one with its title in the nearest language that it has. Raises Failed."""
    if routine.cover is not None:
        return pictures.read(routine.folder / routine.cover)
    spoken = nearest(language, languages(routine)) or routine.language
    return _drawn(routine.title.get(spoken) or "", "", routine.tags)


def of_session(house: House, entry: Entry) -> bytes:
    """Return the picture that a session's file carries, or will. Raises VoiceguideError."""
    facts = entry.facts
    if facts.behind:
        with suppress(VoiceguideError):
            found = finished.read(house.sessions.file(entry)).cover
            if found:
                return found
    routine = house.composer.routine(facts.wish.routine)
    if routine.cover is not None:
        return pictures.read(routine.folder / routine.cover)
    return _drawn(facts.title, phrases.load(facts.language).minutes(facts.duration), routine.tags)


def _drawn(title: str, minutes: str, tags: tuple[str, ...]) -> bytes:
    with _drawing, Cache(default_folder(), warn=lambda _: None) as cache:
        return finishing.drawn(title, minutes, tags, cache)
