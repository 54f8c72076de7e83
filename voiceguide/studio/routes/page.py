"""The page itself, its modules and its style; and the pictures of routines and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.studio.answers import NotHere
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.routes.asking import Asked


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", "/", page),
        asking("GET", "/assets/{name}", asset),
        asking("GET", "/api/routines/{name}/cover.png", routine_cover),
        asking("GET", "/api/sessions/{id}/cover.png", session_cover),
    ]


def page(asked: Asked) -> Response:
    """Give the page, in the language that is asked for."""
    from starlette.responses import HTMLResponse

    from voiceguide.pages import studio

    return HTMLResponse(studio.page(asked.language))


def asset(asked: Asked) -> Response:
    """Give a module, a style or a picture of the page."""
    from starlette.responses import Response

    from voiceguide.pages import studio

    found = studio.asset(asked.names["name"])
    if found is None:
        raise NotHere("there is no such part of the page")
    data, kind = found
    return Response(data, headers={"cache-control": "no-cache", "content-type": kind})


def routine_cover(asked: Asked) -> Response:
    """Give a routine's picture."""
    from voiceguide.studio import covers

    routine = asked.house.composer.routine(asked.names["name"])
    return _picture(covers.of_routine(routine, asked.language))


def session_cover(asked: Asked) -> Response:
    """Give a session's picture."""
    from voiceguide.studio import covers

    return _picture(covers.of_session(asked.house, asked.house.sessions.get(asked.names["id"])))


def _picture(data: bytes) -> Response:
    from starlette.responses import Response

    from voiceguide.tags import picture_type

    return Response(data, headers={"cache-control": "private, max-age=3600"}, media_type=picture_type(data))
