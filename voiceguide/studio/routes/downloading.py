"""A voice that is not here, and is downloaded: asked for, followed, ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from voiceguide.errors import VoiceguideError
from voiceguide.studio.answers import event, language_of, refused, told
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.downloads import Download
    from voiceguide.studio.house import House
    from voiceguide.studio.routes.asking import Asked

_DOWNLOAD = "/api/voices/{id}/download"
_NEWS = 0.25
"""Seconds between two events at least."""
_HEARTBEAT = 15.0
"""Seconds of silence after which a comment tells that the line is there."""


def routes() -> list[Route]:
    """Return them."""
    from starlette.routing import Route

    return [
        asking("GET", _DOWNLOAD, state),
        asking("POST", _DOWNLOAD, begin),
        asking("DELETE", _DOWNLOAD, end),
        Route(f"{_DOWNLOAD}/events", events, methods=["GET"]),
    ]


def state(asked: Asked) -> dict[str, Any]:
    """Tell how far a voice is."""
    return _told(asked.house.downloads.of(asked.names["id"]), asked.language)


def begin(asked: Asked) -> dict[str, Any]:
    """Begin to download a voice, once its licence is agreed to."""
    licence = asked.document.key("licence").text()
    return _told(asked.house.downloads.begin(asked.names["id"], licence), asked.language)


def end(asked: Asked) -> None:
    """End it."""
    asked.house.downloads.end(asked.names["id"])


async def events(request: Request) -> Response:
    """Tell how far a voice is until it is here, or nothing more comes."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import StreamingResponse

    house: House = request.app.state.house
    language = "en"
    try:
        language = language_of(request)
        download = await run_in_threadpool(house.downloads.of, request.path_params["id"])
    except VoiceguideError as error:
        return refused(error, language)
    said = _events(house, download, language)
    return StreamingResponse(said, headers={"x-accel-buffering": "no"}, media_type="text/event-stream")


async def _events(house: House, download: Download, language: str) -> AsyncIterator[bytes]:
    before: dict[str, Any] | None = None
    silent = 0.0
    while not house.closing.is_set():
        now = _told(download, language)
        if now["state"] != "getting":
            yield event(now["state"], now)
            return
        if now != before:
            yield event("progress", now)
            before, silent = now, 0.0
        if silent >= _HEARTBEAT:
            yield b": still here\n\n"
            silent = 0.0
        await asyncio.sleep(_NEWS)
        silent += _NEWS


def _told(download: Download, language: str) -> dict[str, Any]:
    voice = download.voice
    return {
        "id": voice.id,
        "licence": voice.licence,
        "download_mb": voice.download_mb,
        "state": download.state,
        "so_far": download.so_far,
        "in_all": download.in_all,
        "error": told(download.fault, language) if download.fault else None,
    }
