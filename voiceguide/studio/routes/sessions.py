"""Sessions: asked for, listed, told of, deleted; and what is kept of them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from voiceguide.errors import UsageError
from voiceguide.session import speakable
from voiceguide.store.growing import Whole
from voiceguide.studio.answers import NotHere, answer, attached, told
from voiceguide.studio.memory import VISIT
from voiceguide.studio.routes.asking import asking
from voiceguide.studio.telling import told as told_of
from voiceguide.studio.wishes import wish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.routine.notes import Notes
    from voiceguide.studio.house import House
    from voiceguide.studio.routes.asking import Asked
    from voiceguide.studio.sessions import Entry
    from voiceguide.timeline import Timeline

_ONE = "/api/sessions/{id}"
_LONGEST_HEARING = 64
"""Signs of what names a hearing."""
_PATIENCE = 1800.0
"""Seconds for which a download waits until a session is whole."""


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("POST", "/api/sessions", make),
        asking("GET", "/api/sessions", every),
        asking("GET", _ONE, one),
        asking("PATCH", _ONE, change),
        asking("DELETE", _ONE, delete),
        asking("POST", f"{_ONE}/heard", heard),
        asking("GET", f"{_ONE}/keep/{{what}}", keep),
    ]


def session(house: House, entry: Entry, language: str) -> dict[str, Any]:
    """Return a session as JSON's values."""
    return {**told_of(entry, house.sent(entry.facts.id)), "error": told(entry.fault, language) if entry.fault else None}


def make(asked: Asked) -> Response:
    """Make a session, or join the one that is there."""
    from voiceguide.studio.foreseeing import foreseen

    house, wanted = asked.house, wish(asked.document)
    composed = house.composer.compose(house.in_turn(wanted))
    house.ahead.stop()
    speakable.check(composed.session)
    composed.session.check_sounds()
    entry, is_new = house.sessions.wished(composed, foreseen(composed).timeline)
    house.memory.played(wanted.routine, wanted.choices)
    found = session(house, entry, asked.language)
    return answer(found, 201 if is_new else 200, {"location": f"/api/sessions/{entry.facts.id}"})


def every(asked: Asked) -> dict[str, Any]:
    """Tell of all sessions."""
    house = asked.house
    listed = [session(house, entry, asked.language) for entry in house.sessions.all()]
    return {"sessions": listed, "left_out": house.sessions.broken}


def one(asked: Asked) -> dict[str, Any]:
    """Tell of one."""
    return session(asked.house, _entry(asked), asked.language)


def _entry(asked: Asked) -> Entry:
    return asked.house.sessions.get(asked.names["id"])


def change(asked: Asked) -> dict[str, Any]:
    """Keep a session when room is needed, or no longer."""
    from dataclasses import replace

    entry, kept = _entry(asked), asked.document.key("kept").flag()
    asked.house.sessions.change(entry, lambda facts: replace(facts, kept=kept))
    return session(asked.house, entry, asked.language)


def delete(asked: Asked) -> None:
    """Remove a session, also from phones."""
    entry = _entry(asked)
    asked.house.unsent(entry.facts.id)
    asked.house.sessions.delete(entry)


def heard(asked: Asked) -> dict[str, Any]:
    """Take up how much of a session was heard; most of it, once a hearing, is a visit of its routine."""
    house, entry, said = asked.house, _entry(asked), asked.document
    hearing, share = said.key("hearing").text(), said.key("share").number()
    if not 0 < len(hearing) <= _LONGEST_HEARING:
        said.key("hearing").refuse(f"1 to {_LONGEST_HEARING} signs")
    if not 0 <= share <= 1:
        said.key("share").refuse("a share, from 0 to 1")
    at = said.key("position") if said.has("position") else None
    position = None if at is None or at.value is None else at.seconds()
    before = entry.facts.heard
    after = house.sessions.change(
        entry, lambda facts: facts.hearing(hearing, is_visit=share >= VISIT, position=position)
    )
    if after.heard > before:
        house.memory.visited(after.wish.routine)
    return session(house, entry, asked.language)


# ---- what is kept ---------------------------------------------------------------------------------------------------


class _Kept(NamedTuple):
    """A session that is whole, read from its file."""

    name: str
    timeline: Timeline
    notes: Notes
    cover: bytes | None
    artist: str


def keep(asked: Asked) -> Response:
    """Give a session's file, its player, or its card, under its own name, once it is whole."""
    house, entry, what = asked.house, _entry(asked), asked.names["what"]
    if what not in _KEEPING:
        raise NotHere(f'expected mp3, page or card, got "{what[:60]}"')
    if not house.sessions.wait(entry, _PATIENCE):
        raise UsageError("the session is not whole yet: try again").said("not_yet")
    return _KEEPING[what](house, entry)


def _mp3(house: House, entry: Entry) -> Response:
    from starlette.responses import FileResponse

    return FileResponse(house.sessions.file(entry), media_type="audio/mpeg", filename=entry.facts.file_name(".mp3"))


def _page(house: House, entry: Entry) -> Response:
    from starlette.responses import StreamingResponse

    from voiceguide.pages import player

    kept = read(house, entry)
    with ExitStack() as stack:
        sound = stack.enter_context(Whole(house.sessions.file(entry)))
        inside = player.Sound(sound, "audio/mpeg", ".mp3")
        parts = player.parts(kept.timeline, inside, notes=kept.notes, cover=kept.cover)
        closing = stack.pop_all()
    headers = attached(kept.name + ".html")
    return StreamingResponse(_closed(parts, closing), headers=headers, media_type="text/html; charset=utf-8")


def _closed(parts: Iterator[bytes], closing: ExitStack) -> Iterator[bytes]:
    """Pass parts on, and close what they are read from."""
    with closing:
        yield from parts


def _card(house: House, entry: Entry) -> Response:
    from pathlib import PurePath

    from starlette.responses import Response

    from voiceguide.pages.card import bytes_of, card

    kept = read(house, entry)
    name = f"{kept.name}-card.html"
    made = bytes_of(card(kept.timeline, kept.notes, cover=kept.cover if kept.artist else None), PurePath(name))
    return Response(made, headers=attached(name), media_type="text/html; charset=utf-8")


_KEEPING = {"mp3": _mp3, "page": _page, "card": _card}


def read(house: House, entry: Entry) -> _Kept:
    """Return what the file of a session that is whole tells of it. Raises Failed."""
    from voiceguide.exports import finished
    from voiceguide.publish.beside import signed

    path = house.sessions.file(entry)
    file = finished.read(path)
    timeline = finished.timeline_of(path, None)
    notes = signed(house.composer.notes(timeline), file.artist)
    return _Kept(entry.facts.file_name(""), timeline, notes, file.cover, notes.author)
