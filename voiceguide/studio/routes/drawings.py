"""The drawings of moves, for a form to pick from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide.drawing import atlas
from voiceguide.studio.answers import NotHere
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.routes.asking import Asked


def routes() -> list[Route]:
    """Return them."""
    return [asking("GET", "/api/drawings", every), asking("GET", "/api/drawings/{area}/{move}.svg", one)]


def every(_: Asked) -> dict[str, Any]:
    """Tell of all that are bundled, by name."""
    told = ({"name": name, "title": atlas.bundled(name).title} for name in atlas.names())
    return {"drawings": [each | {"picture": f"/api/drawings/{each['name']}.svg"} for each in told]}


def one(asked: Asked) -> Response:
    """Give one as it is shown."""
    from starlette.responses import Response

    name = f"{asked.names['area']}/{asked.names['move']}"
    if name not in atlas.names():
        raise NotHere(f'there is no drawing "{name[:60]}"')
    headers = {"cache-control": "private, max-age=3600"}
    return Response(atlas.bundled(name).svg, headers=headers, media_type="image/svg+xml")
