"""The page itself, its modules and its style: all that is answered before anything of a session is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.studio.answers import language_of, refusal, refused

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route


def routes() -> list[Route]:
    """Return them."""
    from starlette.routing import Route

    return [Route("/", page), Route("/assets/{name}", asset)]


def page(request: Request) -> Response:
    """Give the page, in the language that is asked for."""
    from starlette.responses import HTMLResponse

    from voiceguide.pages import studio

    try:
        return HTMLResponse(studio.page(language_of(request)))
    except VoiceguideError as error:
        return refused(error)


def asset(request: Request) -> Response:
    """Give a module, a style or a picture of the page."""
    from starlette.responses import Response

    from voiceguide.pages import studio

    found = studio.asset(request.path_params["name"])
    if found is None:
        return refusal(404, "there is no such part of the page")
    data, kind = found
    return Response(data, headers={"cache-control": "no-cache", "content-type": kind})
