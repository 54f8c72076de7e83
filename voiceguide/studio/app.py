"""The application: the routes behind the guard, and the one place where what no route foresees is told."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.store.growing import ClosedError
from voiceguide.studio.answers import accepted, refusal, refused
from voiceguide.studio.guard import Guard
from voiceguide.studio.ranges import CutError

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.guard import Receive, Send
    from voiceguide.studio.house import House
    from voiceguide.studio.keys import Keys

ROUTES = ("page", "choosing", "sounds", "sessions", "hearing", "sending", "keeping")
"""The files of `routes`, in which each address is looked for in this order."""


def guarded(house: House, keys: Keys) -> Guard:
    """Return the whole application of a house (ASGI), which the holder of its keys may ask."""
    return Guard(_Told(_application(house), house), keys, _locked)


def _locked(accept_language: str) -> str:
    """What a visitor without a key is told."""
    return phrases.load(accepted(accept_language)).shown("studio", "stranger")


def _application(house: House) -> Starlette:
    from starlette.applications import Starlette

    routes: list[Route] = []
    for name in ROUTES:
        routes += import_module(f"voiceguide.studio.routes.{name}").routes()
    handlers = {404: _nothing, 405: _no_method, 413: _too_large, Exception: _bug}
    made = Starlette(routes=routes, exception_handlers=handlers)
    made.router.redirect_slashes = False
    made.state.house = house
    return made


async def _nothing(_request: Request, _error: Exception) -> Response:
    return refusal(404, "there is nothing at this address")


async def _no_method(_request: Request, error: Exception) -> Response:
    return refusal(405, "this address takes other methods", getattr(error, "headers", None))


async def _too_large(_request: Request, error: Exception) -> Response:
    return refusal(413, getattr(error, "detail", ""))


async def _bug(_request: Request, error: Exception) -> Response:
    return refused(error)


class _Told:
    """Passes requests on; what no route foresees, a bug of ours, is told to the house and ends no server."""

    def __init__(self, app: Starlette, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        from starlette.requests import ClientDisconnect

        try:
            await self._app(scope, receive, send)
        except (CutError, ClosedError, ClientDisconnect):
            return  # whoever asked has gone, or is to ask for the rest
        except Exception as fault:  # noqa: BLE001 (told where somebody looks)
            self._house.failed(fault)
