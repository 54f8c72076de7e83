"""Sessions on their way to a phone."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from voiceguide.studio.answers import NotHere
from voiceguide.studio.covers import of_session
from voiceguide.studio.phone import Shared
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from starlette.routing import Route

    from voiceguide.studio.routes.asking import Asked
    from voiceguide.studio.sessions import Heard

_PHONE = "/api/sessions/{id}/phone"
_LOOKS = 0.02


def routes() -> list[Route]:
    """Return them."""
    return [asking("POST", _PHONE, send), asking("GET", _PHONE, told), asking("DELETE", _PHONE, end)]


def send(asked: Asked) -> dict[str, Any]:
    """Send a session, once its first words are spoken."""
    house, entry = asked.house, asked.house.sessions.get(asked.names["id"])
    if found := house.sent(entry.facts.id):
        return found
    heard = house.sessions.heard(entry)
    try:
        while heard.begun() is None:
            time.sleep(_LOOKS)
        return house.send(heard, _shared(asked, heard))
    except BaseException:
        heard.close()
        raise


def told(asked: Asked) -> dict[str, Any]:
    """Tell where a session is sent, and how far it is on its way."""
    entry = asked.house.sessions.get(asked.names["id"])
    found = asked.house.sent(entry.facts.id)
    if found is None:
        raise NotHere("the session is not sent to a phone: send it")
    return found


def _shared(asked: Asked, heard: Heard) -> Shared:
    facts = heard.entry.facts
    return Shared(
        id=facts.id,
        name=facts.file_name(""),
        sound=heard,
        media_type="audio/mpeg",
        suffix=".mp3",
        timeline=lambda: heard.timeline,
        notes=asked.house.composer.notes(heard.timeline),
        cover=cache(lambda: of_session(asked.house, heard.entry)),
    )


def end(asked: Asked) -> None:
    """End it."""
    entry = asked.house.sessions.get(asked.names["id"])
    asked.house.unsent(entry.facts.id)
