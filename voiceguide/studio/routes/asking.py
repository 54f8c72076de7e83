"""A route as a plain function: what is asked for in, JSON's values or an answer out; it may block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.errors import UsageError, VoiceguideError
from voiceguide.studio.answers import answer, body, language_of, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.routing import Route

    from voiceguide.store.documents import Value
    from voiceguide.studio.house import House

_WITH_A_BODY = ("POST", "PUT", "PATCH")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read."""

    house: House
    names: Mapping[str, str]
    """What stands in the address, by name."""
    query: Mapping[str, str]
    match: str | None
    """The `If-Match` of a request, without its quotes; None for none."""
    language: str
    """Of the answer's texts."""
    given: Value | None
    """The document of a request that has one."""

    @property
    def document(self) -> Value:
        """The document. Raises UsageError where there is none."""
        if self.given is None:
            raise UsageError("expected a document in JSON, got none")
        return self.given


def asking(method: str, path: str, function: Callable[[Asked], Any]) -> Route:
    """Return the route of a function, which runs in a thread: None is answered with 204."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response
    from starlette.routing import Route

    async def endpoint(request: Request) -> Response:
        language = "en"
        try:
            language = language_of(request)
            given = await body(request) if method in _WITH_A_BODY else None
            house: House = request.app.state.house
            match = request.headers.get("if-match")
            match = match if match is None else match.strip().strip('"')
            asked = Asked(house, request.path_params, request.query_params, match, language, given)
            made = await run_in_threadpool(function, asked)
        except VoiceguideError as error:
            return refused(error, language)
        if made is None:
            return Response(status_code=204)
        return made if isinstance(made, Response) else answer(made)

    return Route(path, endpoint, methods=[method])
