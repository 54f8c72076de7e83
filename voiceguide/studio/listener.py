"""A web server in a thread of its own, which prints nothing and is gone when it is closed."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from threading import Thread
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, MissingError
from voiceguide.installed import installing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SILENT: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "loggers": {"uvicorn": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False}},
}
_MOST_AT_ONCE = 64
"""Connections: a browser has six, and whoever opens more keeps nobody's memory."""
_IDLE = 5
"""Seconds for which a connection without a request is kept."""
_LOOKS = 0.01
"""Seconds between two looks whether it has begun."""


def check() -> None:
    """Find that what serves is installed. Raises MissingError with what installs it."""
    try:
        import segno  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingError(
            f"pages need packages that are not installed here ({error.name}): `{installing('studio')}`"
        ) from error


class Listener:
    """Serves an ASGI application on some addresses, under one port, from its making until it is closed."""

    def __init__(self, app: Any, addresses: Iterable[str], sockets: Sequence[socket.socket] | None = None) -> None:
        """Begin, on `sockets` where they are open already.

        Raises MissingError where what serves is not installed, and Failed where no address can be had.
        """
        check()
        from uvicorn import Config, Server

        self.wanted = tuple(addresses)
        """The addresses that it was made for."""
        sockets = list(sockets or _opened(self.wanted))
        self.hosts = tuple("{}:{}".format(*each.getsockname()) for each in sockets)
        """As a browser names them in `Host`: those that could be had, in order."""
        self._server = Server(
            Config(
                app,
                http="h11",
                loop="asyncio",
                ws="none",
                lifespan="off",
                log_config=_SILENT,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=_MOST_AT_ONCE,
                timeout_keep_alive=_IDLE,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = Thread(target=self._server.run, args=(sockets,), name="listening", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(_LOOKS)

    @property
    def is_open(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Hear nobody any more, and cut off who still listens. Idempotent."""
        self._server.should_exit = True
        self._thread.join()


def _opened(addresses: Iterable[str]) -> list[socket.socket]:
    """Open each of some addresses that can be, all under a port that the first one finds free."""
    port, failure = 0, OSError("no address")
    with ExitStack() as stack:
        sockets: list[socket.socket] = []
        for address in addresses:
            try:
                sockets.append(stack.enter_context(socket.create_server((address, port))))
            except OSError as error:
                failure = error
                continue
            port = port or sockets[0].getsockname()[1]
        if not sockets:
            why = f"this computer's address cannot be opened ({failure.strerror})"
            raise Failed(f"no phone can be let in: {why}.").said("address")
        stack.pop_all()
    return sockets
