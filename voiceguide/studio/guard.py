"""The guard before every request: who asks, from where, and what for. Pure ASGI.

A page of somebody else's, open in the same browser, can send requests here, and a name of its own can lead to this
computer: so `Host` and `Origin` are held against a list, and nothing is done without the token or the cookie.
"""

from __future__ import annotations

import json
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from voiceguide.studio.keys import LASTING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from typing import Any

    from voiceguide.studio.keys import Keys

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

NAMES = ("127.0.0.1", "localhost")
"""Under which this computer calls itself; any other name was given it by somebody else."""
OPEN = "/open"
MUSIC = "/api/music/"
JSON, BYTES = "application/json", "application/octet-stream"
TEXTS = ("/api/drafts", "/api/check", "/api/plan", "/api/import")
"""What takes a text that somebody writes or pastes; so does what is below each."""
MOST_JSON, MOST_TEXT, MOST_MUSIC = 64 * 1024, 2 * 1024 * 1024, 200 * 1024 * 1024
"""Bytes of a body."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_NO_STORE = (b"cache-control", b"no-store")
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")
_ERROR = 2
"""The command line's code for what cannot be taken."""


class Refused(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Led(Refused):
    """Somebody who followed a link on another page."""


class Guard:
    """Lets requests through to an application that are the owner's own, and answers all others itself."""

    def __init__(self, app: App, keys: Keys, locked: Callable[[str], str], led: Callable[[str], str]) -> None:
        """Guard an application.

        `locked` words, for an `Accept-Language`, what a visitor without a key is told, and `led` is the page for one
        whom another page led here.
        """
        self._app = app
        self._keys = keys
        self._locked = locked
        self._led = led
        self._hosts = frozenset(f"{name}:{keys.port}".encode() for name in NAMES)
        self._origins = frozenset(b"http://" + host for host in self._hosts)
        self._cookie = f"voiceguide-{keys.port}"

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        headers = _Headers(scope["headers"])
        try:
            self._check_sender(headers)
            if scope["path"] == OPEN:
                await self._open(scope, send)
                return
            self._check_key(headers)
            limit = _check_body(scope, headers)
        except Refused as refused:
            await self._refuse(scope, headers, refused, send)
            return
        await self._pass(scope, _limited(receive, limit), send)

    def _check_sender(self, headers: _Headers) -> None:
        if headers.all(b"host") not in [[host] for host in self._hosts]:
            raise Refused(421, f"expected a request to 127.0.0.1:{self._keys.port}, got one to another name")
        origins = headers.all(b"origin")
        if origins and not (len(origins) == 1 and origins[0] in self._origins):
            raise Refused(403, "expected a request of this page's own, got one of another page")
        if any(site not in (b"same-origin", b"none") for site in headers.all(b"sec-fetch-site")):
            is_followed = not origins and headers.text(b"sec-fetch-mode") == "navigate"
            raise (Led if is_followed else Refused)(
                403, "expected a request of this page's own, got one of another site"
            )

    def _check_key(self, headers: _Headers) -> None:
        scheme, _, token = headers.text(b"authorization").partition(" ")
        if scheme.lower() == "bearer" and self._keys.admits(token.strip()):
            return
        jar: SimpleCookie = SimpleCookie()
        for line in headers.all(b"cookie"):
            try:
                jar.load(line.decode("latin-1"))
            except CookieError:
                continue
        morsel = jar.get(self._cookie)
        if morsel is None or not self._keys.knows(morsel.value):
            raise Refused(401, "expected the studio's address with its token: run `voiceguide studio` again")

    async def _open(self, scope: MutableMapping[str, Any], send: Send) -> None:
        """Give who has the token the cookie, and lead on to the page without it in its address."""
        if scope["method"] not in ("GET", "HEAD"):
            raise Refused(405, "expected GET")
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if not self._keys.admits(asked.get("token", "")):
            raise Refused(401, "expected this start's address: run `voiceguide studio` again")
        cookie = f"{self._cookie}={self._keys.cookie}; Path=/; Max-Age={LASTING}; HttpOnly; SameSite=Strict"
        headers = ((b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0"), _NO_STORE)
        await send({"type": "http.response.start", "status": 303, "headers": [*headers, *_HEADERS]})
        await send({"type": "http.response.body", "body": b""})

    async def _pass(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", ()))
                kept = {name.lower() for name, _ in own}
                more = (each for each in (*_HEADERS, _NO_STORE) if each[0] not in kept)
                message = {**message, "headers": [*own, *more]}
            await send(message)

        await self._app(scope, receive, sent)

    async def _refuse(self, scope: MutableMapping[str, Any], headers: _Headers, refused: Refused, send: Send) -> None:
        if refused.status == 401 and not scope["path"].startswith("/api/"):
            told = self._locked(headers.text(b"accept-language")).encode()
            await _answer(scope, send, 401, "text/plain; charset=utf-8", told)
            return
        if isinstance(refused, Led):
            page = self._led(headers.text(b"accept-language")).encode()
            await _answer(scope, send, refused.status, "text/html; charset=utf-8", page)
            return
        await _answer(scope, send, refused.status, JSON, _document(str(refused)))


class _Headers:
    """A request's headers, whose names are in lower case."""

    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        self._raw = raw

    def all(self, name: bytes) -> list[bytes]:
        """Every value of a name, in order."""
        return [value.strip() for key, value in self._raw if key.lower() == name]

    def text(self, name: bytes) -> str:
        """The first value, "" for none."""
        return next((value.decode("latin-1") for value in self.all(name)), "")


def _check_body(scope: MutableMapping[str, Any], headers: _Headers) -> int:
    """Return how many bytes of a body are taken. Raises Refused for one of another type, and a larger one."""
    is_music = scope["method"] == "PUT" and scope["path"].startswith(MUSIC)
    expected, limit = (BYTES, MOST_MUSIC) if is_music else (JSON, _most(scope["path"]))
    length = headers.text(b"content-length")
    is_empty = length in ("", "0") and not headers.all(b"transfer-encoding")
    if scope["method"] not in _CHANGING or (scope["method"] == "DELETE" and is_empty):
        return limit
    types = [value.decode("latin-1").partition(";")[0].strip().lower() for value in headers.all(b"content-type")]
    if types != [expected]:
        raise Refused(415, f"expected a body of {expected}, got {types[0] if types else 'none'}")
    if length.isdecimal() and int(length) > limit:
        raise Refused(413, f"expected at most {limit:,} bytes, got {int(length):,}")
    return limit


def _most(path: str) -> int:
    return MOST_TEXT if any(path == text or path.startswith(f"{text}/") for text in TEXTS) else MOST_JSON


def _limited(receive: Receive, limit: int) -> Receive:
    """Count a body while it comes, whatever it said of its length."""
    from starlette.exceptions import HTTPException

    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        if message["type"] == "http.request":
            came += len(message.get("body", b""))
            if came > limit:
                raise HTTPException(413, f"expected at most {limit:,} bytes, got more")
        return message

    return counted


def _document(message: str) -> bytes:
    error = {"code": _ERROR, "message": message, "field": None, "known": [], "faults": []}
    return json.dumps({"error": error}).encode()


async def _answer(scope: MutableMapping[str, Any], send: Send, status: int, kind: str, body: bytes) -> None:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), _NO_STORE, *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
