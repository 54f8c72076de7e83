"""A session while it is heard: its sound, its timeline, and what becomes of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from voiceguide import phrases
from voiceguide.errors import VoiceguideError
from voiceguide.pages.player import waits
from voiceguide.pages.player.drawn import drawn
from voiceguide.studio import ranges
from voiceguide.studio.answers import answer, event, language_of, refused
from voiceguide.studio.foreseeing import notes
from voiceguide.studio.routes.sessions import session
from voiceguide.studio.telling import told as told_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import Receive, Scope, Send

    from voiceguide.routine.notes import Notes
    from voiceguide.studio.house import House
    from voiceguide.studio.sessions import Entry, Heard
    from voiceguide.timeline import Timeline

_ONE = "/api/sessions/{id}"
_LOOKS = 0.02
"""Seconds between two looks whether a session has begun."""
_NEWS = 0.25
"""Seconds between two events at least."""
_HEARTBEAT = 15.0
"""Seconds of silence after which a comment tells that the line is there."""
_ENDED = ("whole", "failed")
"""States after which nothing more happens by itself."""


def routes() -> list[Route]:
    """Return them."""
    from starlette.routing import Route

    return [
        Route(f"{_ONE}/session.mp3", sound, methods=["GET"]),
        Route(f"{_ONE}/timeline", timeline, methods=["GET"]),
        Route(f"{_ONE}/events", events, methods=["GET"]),
    ]


async def sound(request: Request) -> _Held | Response:
    """Answer with the bytes that are asked for, as they come."""
    house: House = request.app.state.house
    try:
        heard = house.sessions.heard(house.sessions.get(request.path_params["id"]))
        try:
            size, etag = await _begun(heard, request)
        except BaseException:
            heard.close()
            raise
    except VoiceguideError as error:
        return refused(error, language_of(request))
    found = ranges.answer(
        heard, request.headers, media_type="audio/mpeg", etag=etag, is_over=lambda: _is_over(house, heard, size)
    )
    if request.method == "HEAD":
        found = _without_body(found)
    return _Held(found, heard.close)


def _is_over(house: House, heard: Heard, size: int) -> bool:
    """Whether what was begun cannot go on: a session that was made again has another size only after an update."""
    return house.closing.is_set() or heard.entry.deleted or heard.size not in (0, size)


async def _begun(heard: Heard, request: Request) -> tuple[int, str]:
    """Wait until the first words are spoken: return how many bytes there will be, and what names them."""
    while (found := heard.begun()) is None:
        if await request.is_disconnected():
            raise ranges.CutError
        await asyncio.sleep(_LOOKS)
    return found


def _without_body(found: Response) -> Response:
    from starlette.responses import Response

    alone = Response(status_code=found.status_code)
    alone.raw_headers = found.raw_headers
    return alone


class _Held:
    """An answer, and what is let go of once it is given, or whoever asked has gone."""

    def __init__(self, found: Response, release: Callable[[], None]) -> None:
        self._answer = found
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give it (ASGI)."""
        try:
            await self._answer(scope, receive, send)
        finally:
            self._release()


async def timeline(request: Request) -> Response:
    """Tell what the player needs, as far as it is certain."""
    from starlette.concurrency import run_in_threadpool

    house: House = request.app.state.house
    try:
        heard = house.sessions.heard(house.sessions.get(request.path_params["id"]))
        try:
            size, _ = await _begun(heard, request)
            return answer(await run_in_threadpool(_player, house, heard, size))
        finally:
            heard.close()
    except VoiceguideError as error:
        return refused(error, language_of(request))


def _player(house: House, heard: Heard, size: int) -> dict[str, Any]:
    """What the player's modules are told of a session."""
    facts = heard.entry.facts
    certain = told_of(heard.entry)["certain"]  # before the timeline, which may be certain further on by now
    known = heard.timeline
    routine_notes = house.composer.notes(known)
    artist = facts.wish.choices.get("artist") or routine_notes.author
    return {
        "certain": certain,
        "estimated": known.estimated,
        "session": known.to_json(),
        "words": dict(phrases.load(known.language).all_shown("player")),
        "artist": artist,
        "key": facts.id,
        "waits": waits(known),
        "position": routine_notes.position,
        "drawn": _drawn(known, routine_notes),
        "notes": notes(routine_notes, known),
        "audio": {
            "type": "audio/mpeg",
            "format": ".mp3",
            "link": f"/api/sessions/{facts.id}/session.mp3",
            "bytes": size,
        },
    }


def _drawn(timeline: Timeline, routine_notes: Notes) -> dict[str, Any] | None:
    """The drawings of its steps, as the page has them; None for none."""
    pictures = drawn(timeline, routine_notes.drawings)
    return {"svg": pictures.svg, **pictures.told} if pictures.told else None


# ---- events ---------------------------------------------------------------------------------------------------------


async def events(request: Request) -> Response:
    """Tell what becomes of a session, until it is whole, failed or gone."""
    from starlette.responses import StreamingResponse

    house: House = request.app.state.house
    try:
        entry = house.sessions.get(request.path_params["id"])
        language = language_of(request)
    except VoiceguideError as error:
        return refused(error, "en")
    told = _events(house, entry, language) if request.method == "GET" else iter(())
    return StreamingResponse(told, headers={"x-accel-buffering": "no"}, media_type="text/event-stream")


async def _events(house: House, entry: Entry, language: str) -> AsyncIterator[bytes]:
    from starlette.concurrency import run_in_threadpool

    before: dict[str, Any] | None = None
    silent = 0.0
    while not house.closing.is_set():
        if entry.deleted:
            yield event("gone", {"id": entry.facts.id})
            return
        now = await run_in_threadpool(session, house, entry, language)
        if now != before:
            yield event("session", now)
            if before is None or now["certain"] > before["certain"]:
                yield event("timeline", {"certain": now["certain"]})
            before, silent = now, 0.0
        if now["state"] in _ENDED:
            yield event(now["state"], now)
            return
        if silent >= _HEARTBEAT:
            yield b": still here\n\n"
            silent = 0.0
        await asyncio.sleep(_NEWS)
        silent += _NEWS
