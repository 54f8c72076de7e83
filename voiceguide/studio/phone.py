"""A session on the way to phones: a second web server, which only shows, and only while somebody asked for it.

Each session that is sent has an address of its own, which nobody can guess and which ends with it. Nothing else is
behind that server: no other session, no folder, nothing that could be changed.
"""

from __future__ import annotations

import secrets
from asyncio import sleep
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol
from urllib.parse import quote

from voiceguide.errors import Failed
from voiceguide.pages import phone as page
from voiceguide.pages import player
from voiceguide.store.growing import ClosedError
from voiceguide.studio import addresses, codes, ranges
from voiceguide.studio.answers import accepted
from voiceguide.studio.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from voiceguide.routine.notes import Notes
    from voiceguide.timeline import Timeline

    Answer = Callable[["_Sent", Request], Awaitable[Response]]

_LETTERS = "bcdfghjkmnprstvwxz"
"""Of a capability: no two look alike, all are on a phone's first keyboard, and no word comes of them."""
_GROUPS, _GROUP = 4, 4
"""A capability has so many groups of so many letters: 66 bits, for an address that lives as long as it is watched."""
_LOOKS = 0.1
"""Seconds between two looks whether a session is whole by now."""
_METHODS = ("GET", "HEAD")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Sound(ranges.Sound, Protocol):
    """A session's sound, which stays to be read until its session is sent no longer."""

    @property
    def finished(self) -> bool:
        """Whether all of it is there."""
        ...

    @property
    def fault(self) -> BaseException | None:
        """What keeps it from ever being whole."""
        ...


News = Literal["opened", "fetched"]
"""What a phone did: it has the page, and it has all of the session."""


def _nobody(_news: News) -> None:
    pass


class Way(NamedTuple):
    """How far a session is on its way to the phone that has most of it."""

    state: Literal["waiting", "coming", "there"]
    """No phone has come yet, or it fetches, or it has all of it."""
    share: float
    """Of the sound, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A session as phones get it."""

    id: str
    name: str
    """What its saved page is called, without a suffix."""
    sound: Sound
    media_type: str
    suffix: str
    """Of the format, as `.mp3`."""
    timeline: Callable[[], Timeline]
    """As far as it is known by now; the session's own once the sound is `finished`."""
    notes: Notes
    cover: Callable[[], bytes | None]
    """Its picture, asked for in any thread, for each page."""
    tell: Callable[[News], None] = _nobody
    """Called in the server's thread."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where phones find a session."""

    url: str
    qr: str
    """The address as a QR code, an <svg>."""
    others: tuple[str, ...]
    """Addresses of the same, for a phone in another network that this computer is in too."""


@dataclass(slots=True)
class _Sent:
    """A session that is sent, under its capability."""

    shared: Shared
    capability: str
    over: Event = field(default_factory=Event)
    news: set[News] = field(default_factory=set)
    """What any phone did."""
    end: int = 0
    """Up to which byte its sound went out at most."""

    def heard(self, news: News) -> None:
        """Note what a phone did, and tell it."""
        self.news.add(news)
        self.shared.tell(news)

    def went(self, end: int) -> None:
        """Note that the sound went out up to a byte."""
        self.end = max(self.end, end)

    def way(self) -> Way:
        """Return how far it is."""
        if "fetched" in self.news:
            return Way("there", 1.0)
        size = self.shared.sound.size
        share = self.end / size if size else 0.0
        return Way("coming" if share or "opened" in self.news else "waiting", min(1.0, share))


class Phones:
    """The sessions that are sent; it listens while there is one. Its methods wait for its server, up to a second."""

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        """Begin with none; `failed` is told, in the server's thread, of what no answer should ever raise."""
        self._failed = failed
        self._sent: dict[str, _Sent] = {}
        self._listener: Listener | None = None
        self._lock = Lock()

    def start(self, shared: Shared) -> Invitation:
        """Send a session, and return where; one that is sent already keeps its address.

        Raises MissingError where a package is not installed, and Failed where there is no network for it.
        """
        with self._lock:
            self._listen()
            sent = self._sent.setdefault(shared.id, _Sent(shared, _capability()))
            return self._invitation(sent)

    def invitation(self, id: str) -> Invitation | None:  # noqa: A002 (a session's name for it)
        """Return where a session is sent, None where it isn't."""
        with self._lock:
            return self._invitation(self._sent[id]) if id in self._sent else None

    def way(self, id: str) -> Way | None:  # noqa: A002 (a session's name for it)
        """Return how far a session is on its way, None where it isn't sent."""
        with self._lock:
            return self._sent[id].way() if id in self._sent else None

    def stop(self, id: str) -> None:  # noqa: A002 (a session's name for it)
        """End the sending of a session, whoever fetches it; nothing listens after the last one."""
        with self._lock:
            if id in self._sent:
                self._sent.pop(id).over.set()
            if not self._sent:
                self._end()

    def close(self) -> None:
        """End all of it. Idempotent."""
        with self._lock:
            for sent in self._sent.values():
                sent.over.set()
            self._sent.clear()
            self._end()

    def _listen(self) -> None:
        """Listen under the addresses that this computer has by now, which change with the network it is in."""
        wanted = addresses.reachable()
        if self._listener is not None and self._listener.wanted == wanted:
            return
        self._end()
        app = _App(self._sent, self._failed)
        self._listener = Listener(app, wanted)
        app.hosts = self._listener.hosts

    def _end(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _invitation(self, sent: _Sent) -> Invitation:
        hosts = self._listener.hosts if self._listener else ()
        url, *others = (f"http://{host}/{sent.capability}/" for host in hosts)
        return Invitation(url, codes.svg(url), tuple(others))


class _App:
    """What the server answers."""

    def __init__(self, sent: dict[str, _Sent], failed: Callable[[Exception], None]) -> None:
        self.hosts: tuple[str, ...] = ()
        self._sent = sent
        self._failed = failed
        self._answers: dict[str, Answer] = {"": _page, "sound": _sound, "session": _session, "saved": _saved}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        from starlette.requests import Request
        from starlette.responses import PlainTextResponse

        begun = False

        async def guarded(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name for name, _ in message["headers"]}
                policy = {"content-security-policy": _NOTHING, **_HEADERS}
                more = [(name.encode(), value.encode()) for name, value in policy.items() if name.encode() not in given]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        try:
            answer = await self._answer(Request(scope, receive))
            await answer(scope, receive, guarded)
        except ranges.CutError:
            pass  # what was begun stays cut: the page asks for the rest
        except Exception as fault:  # noqa: BLE001 (told where somebody looks, and never to the phone)
            if not isinstance(fault, Failed):  # of a session that cannot be made its maker tells
                self._failed(fault)
            if not begun:
                await PlainTextResponse("", 500)(scope, receive, guarded)

    async def _answer(self, request: Request) -> Response:
        from starlette.responses import PlainTextResponse, RedirectResponse, Response

        if request.headers.get("host") not in self.hosts:
            return PlainTextResponse("", 421)
        if request.method not in _METHODS:
            return PlainTextResponse("", 405, {"allow": ", ".join(_METHODS)})
        capability, slash, what = request.scope["path"].removeprefix("/").partition("/")
        sent = self._found(capability)
        answer = self._answers.get(what)
        if sent is None or answer is None:
            return _gone(request)
        if not slash:
            return RedirectResponse(f"/{sent.capability}/", 308)
        found = await answer(sent, request)
        if request.method == "HEAD":  # of what it would be, without waiting for it
            alone = Response(status_code=found.status_code)
            alone.raw_headers = found.raw_headers
            return alone
        return found

    def _found(self, capability: str) -> _Sent | None:
        """The session under a capability, however it is typed, found in a time that tells nothing of it."""
        asked = _bare(capability)
        same = [sent for sent in [*self._sent.values()] if compare_digest(_bare(sent.capability), asked)]
        return same[0] if same else None


def _capability() -> str:
    """A new one, which nobody guesses and anybody can type."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _bare(capability: str) -> bytes:
    return capability.lower().replace("-", "").encode("utf-8", "surrogateescape")


async def _page(sent: _Sent, request: Request) -> Response:
    """The page, which fetches the rest."""
    from anyio.to_thread import run_sync
    from starlette.responses import HTMLResponse

    shared = sent.shared

    def made() -> page.Page:
        source = page.Source(shared.media_type, shared.suffix, shared.sound.size, shared.id)
        return page.page(shared.timeline(), source, notes=shared.notes, cover=shared.cover())

    found = await run_sync(made)
    if request.method == "GET":
        sent.heard("opened")
    return HTMLResponse(found.html, headers={"content-security-policy": found.policy})


async def _sound(sent: _Sent, request: Request) -> Response:
    """The sound, of which what is not there yet is waited for."""
    return ranges.answer(
        sent.shared.sound,
        request.headers,
        media_type=sent.shared.media_type,
        etag=f'"{sent.capability}"',
        is_over=sent.over.is_set,
        went=sent.went,
    )


async def _session(sent: _Sent, request: Request) -> Response:
    """The session's timeline as it is at last: what a phone asks for once it has all the sound."""
    from starlette.responses import JSONResponse

    await _whole(sent)
    if request.method == "GET":
        sent.heard("fetched")
    return JSONResponse(sent.shared.timeline().to_json())


async def _saved(sent: _Sent, _request: Request) -> Response:
    """The player's page with the sound in it, to be kept."""
    from starlette.responses import StreamingResponse

    await _whole(sent)
    shared = sent.shared
    sound = player.Sound(shared.sound, shared.media_type, shared.suffix)
    parts = player.parts(shared.timeline(), sound, notes=shared.notes, cover=shared.cover())
    name = quote(f"{shared.name}.html")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return StreamingResponse(_while(parts, sent), headers=headers, media_type="text/html; charset=utf-8")


def _while(parts: Iterator[bytes], sent: _Sent) -> Iterator[bytes]:
    """Pass on what is sent, as long as that is not over. Raises CutError."""
    try:
        for part in parts:
            if sent.over.is_set():
                raise ranges.CutError
            yield part
    except ClosedError as error:
        raise ranges.CutError from error


async def _whole(sent: _Sent) -> None:
    """Wait until the session is whole. Raises CutError where nobody waits for that any more, or it never will be."""
    while not sent.shared.sound.finished:
        if sent.over.is_set() or sent.shared.sound.fault is not None:
            raise ranges.CutError
        await sleep(_LOOKS)


def _gone(request: Request) -> Response:
    """What stands under every address that leads nowhere, or nowhere any more, in words of whoever asks."""
    from starlette.responses import HTMLResponse

    return HTMLResponse(page.gone(accepted(request.headers.get("accept-language", ""))), 404)
