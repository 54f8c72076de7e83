"""The application: the routes behind the guard, and the one place where what no route foresees is told.

The page is answered at once; all else waits for what it needs to be imported, which goes on meanwhile.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.store.growing import ClosedError
from voiceguide.studio.answers import accepted, refusal, refused
from voiceguide.studio.guard import Guard
from voiceguide.studio.ranges import CutError

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from typing import Any

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.guard import App, Receive, Send
    from voiceguide.studio.house import House
    from voiceguide.studio.keys import Keys

PAGE = "page"
API = (
    "choosing",
    "sounds",
    "sessions",
    "hearing",
    "sending",
    "keeping",
    "pictures",
    "drawings",
    "drafts",
    "writing",
    "downloading",
)
"""The files of `routes`, in which each address is looked for in this order."""
_API = "/api/"


def guarded(keys: Keys, api: App, failed: Callable[[BaseException], None]) -> Guard:
    """Return the page and its API (ASGI), which the holder of some keys may ask; `failed` is told of bugs."""
    page = _application((PAGE,))

    async def either(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        await (api if scope["path"].startswith(_API) else page)(scope, receive, send)

    return Guard(_told(either, failed), keys, _locked, _led)


def of_house(house: House) -> App:
    """Return what a house answers (ASGI)."""
    made = _application(API)
    made.state.house = house
    return made


class Later:
    """An application that is put together in a thread: requests wait for it."""

    def __init__(self, make: Callable[[], App]) -> None:
        self._made: Future[App] = Future()
        self._thread = Thread(target=self._make, args=(make,), name="opening", daemon=True)
        self._thread.start()

    def _make(self, make: Callable[[], App]) -> None:
        try:
            self._made.set_result(make())
        except BaseException as fault:  # noqa: BLE001 (raised where somebody asks)
            self._made.set_exception(fault)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        app = await asyncio.wrap_future(self._made)
        await app(scope, receive, send)

    def wait(self) -> None:
        """Wait until it is put together. Raises what kept it from that."""
        self._made.result()


def _locked(accept_language: str) -> str:
    """What a visitor without a key is told."""
    return phrases.load(accepted(accept_language)).shown("studio", "stranger")


def _led(accept_language: str) -> str:
    """Return the page for a visitor whom another page led here: what is opened from it is opened by hand."""
    from voiceguide.pages import studio

    return studio.led(accepted(accept_language))


def _application(names: tuple[str, ...]) -> Starlette:
    from starlette.applications import Starlette

    routes: list[Route] = []
    for name in names:
        routes += import_module(f"voiceguide.studio.routes.{name}").routes()
    handlers = {404: _nothing, 405: _no_method, 413: _too_large, Exception: _bug}
    made = Starlette(routes=routes, exception_handlers=handlers)
    made.router.redirect_slashes = False
    return made


async def _nothing(_request: Request, _error: Exception) -> Response:
    return refusal(404, "there is nothing at this address")


async def _no_method(_request: Request, error: Exception) -> Response:
    return refusal(405, "this address takes other methods", getattr(error, "headers", None))


async def _too_large(_request: Request, error: Exception) -> Response:
    return refusal(413, getattr(error, "detail", ""))


async def _bug(_request: Request, error: Exception) -> Response:
    return refused(error)


def _told(app: App, failed: Callable[[BaseException], None]) -> App:
    """Pass requests on; what no route foresees, a bug of ours, is told and ends no server."""

    async def told(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        from starlette.requests import ClientDisconnect

        try:
            await app(scope, receive, send)
        except (CutError, ClosedError, ClientDisconnect):
            return  # whoever asked has gone, or is to ask for the rest
        except Exception as fault:  # noqa: BLE001 (told where somebody looks)
            failed(fault)

    return told
