"""Which bytes of a sound are asked for (RFC 9110, 14), and their answer while the sound is still being made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from voiceguide.store.growing import ClosedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.responses import Response

PIECE = 1 << 16
"""Bytes that are sent at once."""
_PATIENCE = 0.5
"""Seconds after which it is looked again whether anybody still waits."""
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.ASCII)


class Sound(Protocol):
    """Bytes of a known number, which may still come: `store.growing.Growing`, or `store.growing.Whole`."""

    @property
    def size(self) -> int:
        """How many there will be."""
        ...

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:
        """Return bytes from `start` on, at least one, before `end`; as `store.growing.Growing.read` does."""
        ...


class CutError(Exception):
    """The rest of an answer will never come; whoever waits for it is cut off."""


class Part(NamedTuple):
    """What is answered: bytes [start, end) of a sound, `partial` where that was asked for."""

    start: int
    end: int
    partial: bool


def asked(headers: Mapping[str, str], size: int, etag: str) -> Part | None:
    """Return what a request asks for; None where that lies outside.

    What is no range, and several at once, ask for the whole, and so does `If-Range` with another `etag`.
    """
    whole = Part(0, size, partial=False)
    found = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if not found or headers.get("if-range", etag) != etag:
        return whole
    first, last, final = found.groups()
    if final is not None:
        return Part(max(0, size - int(final)), size, partial=True) if int(final) and size else None
    start, end = int(first), min(int(last) + 1 if last else size, size)
    if last and int(last) < start:
        return whole
    return Part(start, end, partial=True) if start < size else None


def _nowhere(_end: int) -> None:
    pass


def answer(
    sound: Sound,
    headers: Mapping[str, str],
    *,
    media_type: str,
    etag: str,
    is_over: Callable[[], bool],
    went: Callable[[int], None] = _nowhere,
) -> Response:
    """Return the answer to a request for a sound: 200, 206 or 416; its bytes are waited for.

    Once it `is_over` no more are sent: the answer then raises CutError, as where the rest will never be made. `went` is
    told up to which byte it went out, as far as whoever asked takes it.
    """
    from starlette.responses import Response, StreamingResponse

    part = asked(headers, sound.size, etag)
    given = {"accept-ranges": "bytes", "etag": etag, "content-type": media_type}
    if part is None:
        return Response(b"", 416, {**given, "content-range": f"bytes */{sound.size}"})
    given["content-length"] = str(part.end - part.start)
    if part.partial:
        given["content-range"] = f"bytes {part.start}-{part.end - 1}/{sound.size}"
    return StreamingResponse(_bytes(sound, part, is_over, went), 206 if part.partial else 200, given)


async def _bytes(
    sound: Sound, part: Part, is_over: Callable[[], bool], went: Callable[[int], None]
) -> AsyncIterator[bytes]:
    from anyio.to_thread import run_sync

    def some(start: int) -> bytes:
        try:
            return sound.read(start, min(start + PIECE, part.end), _PATIENCE)
        except TimeoutError:
            return b""

    at = part.start
    while at < part.end:
        if is_over():
            raise CutError
        try:
            piece = await run_sync(some, at)
        except ClosedError as error:
            raise CutError from error
        if piece:
            yield piece
            at += len(piece)
            went(at)
