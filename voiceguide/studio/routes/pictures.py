"""The pictures of routines and of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.studio import covers
from voiceguide.studio.routes.asking import asking
from voiceguide.tags import picture_type

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.routes.asking import Asked


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", "/api/routines/{name}/cover.png", of_routine),
        asking("GET", "/api/sessions/{id}/cover.png", of_session),
    ]


def of_routine(asked: Asked) -> Response:
    """Give a routine's."""
    return _picture(covers.of_routine(asked.house.composer.routine(asked.names["name"]), asked.language))


def of_session(asked: Asked) -> Response:
    """Give a session's."""
    return _picture(covers.of_session(asked.house, asked.house.sessions.get(asked.names["id"])))


def _picture(data: bytes) -> Response:
    from starlette.responses import Response

    return Response(data, headers={"cache-control": "private, max-age=3600"}, media_type=picture_type(data))
