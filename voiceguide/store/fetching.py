"""A file fetched by HTTP into a part: gone on with where it was cut, and never more than is wanted.

Nothing of a server's answer is believed: what is fetched is looked at by its checksum afterwards, whatever came.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, cast
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from voiceguide.errors import Failed, MissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO, NoReturn

    from voiceguide.store.part import Download, Part

PATIENCE = 30.0
"""Seconds to wait for a connection and for the next bytes; within them, so many must come as SLOWEST says."""
SLOWEST = 1_000
"""Bytes a second; a server that sends less has as good as stopped."""
PAUSES = (1.0, 3.0, 6.0)
"""Seconds before each try after one that brought nothing; after the last one it is given up."""
_MOST_TRIES = 50
_MOST_REDIRECTS = 5
_BLOCK = 1 << 17
_LATER = {408, 425, 429, 500, 502, 503, 504}
"""What a server answers that may do better in a moment."""
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")
_HERE = {"127.0.0.1", "::1", "localhost"}


class _CutError(Exception):
    """An answer ended before its end, or was none; says why."""


def bring(download: Download, part: Part, told: Callable[[int, int], None]) -> bool:
    """Write what is missing of a file; return whether it came in more than one answer.

    Raises MissingError where it cannot be had, with what has come left in the part, and Failed for another file.
    """
    _check_safe(download.url, None)
    answers, in_vain = _Answers(download, part, told), 0
    for _ in range(_MOST_TRIES):
        had = part.size
        try:
            answers.ask()
        except _CutError as cut:
            in_vain = in_vain + 1 if part.size <= had else 0
            if in_vain > len(PAUSES):
                raise _missing(download, part, str(cut)) from None
            time.sleep(PAUSES[max(in_vain - 1, 0)] if PAUSES else 0)
        else:
            return answers.pieced
    raise _missing(download, part, f"the connection was cut {_MOST_TRIES} times")


class _Answers:
    """What a server answers, one after another, until the part is whole."""

    def __init__(self, download: Download, part: Part, told: Callable[[int, int], None]) -> None:
        self._download = download
        self._part = part
        self._told = told
        self._mark = ""
        """By what the server tells this version of the file from others."""
        self._reached = False
        """Whether there is a server at all, as far as is known."""
        self.pieced = bool(part.size)

    def ask(self) -> None:
        """Ask once for what is missing. Raises _CutError when it did not all come, MissingError and Failed."""
        part, size = self._part, self._download.size
        if part.size == size:
            return
        headers = {"User-Agent": "voiceguide", "Accept-Encoding": "identity"}
        if part.size:
            headers["Range"] = f"bytes={part.size}-"
            if self._mark:
                headers["If-Range"] = self._mark
        with self._answer(headers) as answer:
            self._take(answer)

    def _answer(self, headers: dict[str, str]) -> HTTPResponse:
        request = Request(self._download.url, headers=headers)  # noqa: S310 (its scheme is looked at)
        try:
            with _cuts():
                return cast("HTTPResponse", build_opener(_Redirects).open(request, timeout=PATIENCE))
        except HTTPError as refused:
            refused.close()
            self._reached = True
            self._refused(refused)
        except _CutError as cut:
            if self._reached:
                raise
            raise _missing(self._download, self._part, str(cut)) from None  # to try again would only take longer

    def _take(self, answer: HTTPResponse) -> None:
        self._reached = True
        part, size = self._part, self._download.size
        length = _number(answer.headers.get("Content-Length"))
        if part.size and answer.status == 206:
            if not self._goes_on(answer.headers.get("Content-Range", ""), length):
                part.empty()
                raise _CutError("the server sent another part of it than was asked for")
            self.pieced = True
        elif answer.status == 200:
            if length is not None and length != size:
                raise self._other(f"{length:,}")
            part.empty()
            self.pieced = False
        else:
            raise _CutError(f"the server answered {answer.status}")
        mark = answer.headers.get("ETag", "")
        self._mark = "" if mark.startswith("W/") else mark
        self._told(part.size, size)
        since, had = time.monotonic(), part.size
        while part.size < size:
            with _cuts():
                block = answer.read1(min(_BLOCK, size - part.size))
            if not block:
                raise _CutError("the connection was cut")
            part.write(block)
            self._told(part.size, size)
            if (now := time.monotonic()) - since > PATIENCE:
                if part.size - had < SLOWEST * PATIENCE:
                    raise _CutError(f"less than {SLOWEST:,} bytes a second came")
                since, had = now, part.size
        if length is None:
            with _cuts():
                more = answer.read1(1)
            if more:
                part.empty()
                raise self._other("more")

    def _goes_on(self, told: str, length: int | None) -> bool:
        """Whether an answer is the rest of the file."""
        found = _RANGE.fullmatch(told.strip())
        missing = self._download.size - self._part.size
        return (
            found is not None
            and int(found[1]) == self._part.size
            and found[3] in {"*", str(self._download.size)}
            and length in {None, missing}
        )

    def _refused(self, refused: HTTPError) -> NoReturn:
        answered = f"the server answered {refused.code} {refused.reason}"
        if refused.code == 416 and self._part.size:  # it has less than what is here
            self._part.empty()
            raise _CutError(answered) from None
        if refused.code in _LATER:
            raise _CutError(answered) from None
        raise _missing(self._download, self._part, answered) from None

    def _other(self, got: str) -> Failed:
        return Failed(
            f"{self._download.url}: expected a file of {self._download.size:,} bytes, got one of {got}: it is not the "
            "file it should be, and was not fetched. Try again, in another network; if that is no help, it was changed "
            "where it lies, and a newer voiceguide may know it."
        )


@contextmanager
def _cuts() -> Iterator[None]:
    """Tell what a connection raises as a cut, but for an answer that refuses."""
    try:
        yield
    except HTTPError:
        raise
    except (OSError, HTTPException, ValueError) as fault:
        reason = getattr(fault, "reason", None) or fault
        if isinstance(reason, TimeoutError):
            raise _CutError(f"nothing came for {PATIENCE:.0f} s") from None
        raise _CutError(" ".join(str(reason).split()) or type(fault).__name__) from None


class _Redirects(HTTPRedirectHandler):
    """Follows a server to another address, which must be as safe."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return what is asked next. Raises MissingError for an address that may not be asked."""
        there = urljoin(req.full_url, newurl)
        try:
            _check_safe(there, req.full_url)
        except MissingError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, there)


def _check_safe(url: str, before: str | None) -> None:
    """Raise MissingError for an address that anybody on the way could answer for: not https, nor on this machine."""
    if urlsplit(url).scheme == "https" or (_is_here(url) and (before is None or _is_here(before))):
        return
    sent = f"{before} leads to {url}" if before else url
    raise MissingError(f"{sent}: expected an address that begins with https, and nothing was fetched")


def _is_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in _HERE


def _number(text: str | None) -> int | None:
    return int(text[:18]) if text is not None and text.isascii() and text.isdigit() else None


def _missing(download: Download, part: Part, why: str) -> MissingError:
    stays = "What has come stays, and is gone on with: check" if part.size else "Check"
    return MissingError(
        f"{download.url} could not be downloaded: {why}. {stays} the connection and try again, or download it "
        f"elsewhere and put it here as {part.target}"
    )
