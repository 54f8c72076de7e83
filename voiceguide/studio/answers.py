"""What requests ask and answers say, in JSON: bodies, languages, errors."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from voiceguide import phrases
from voiceguide.errors import ExitCode, RoutineError, UsageError, VoiceguideError, worded
from voiceguide.store import documents
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from voiceguide.errors import Fault

LABEL = "choice_{}"
"""The key, among the studio's words, of what a choice is called on the page."""
_STATUS = {
    ExitCode.FAILED: HTTPStatus.INTERNAL_SERVER_ERROR,
    ExitCode.USAGE: HTTPStatus.BAD_REQUEST,
    ExitCode.ROUTINE: HTTPStatus.UNPROCESSABLE_ENTITY,
    ExitCode.MISSING: HTTPStatus.FAILED_DEPENDENCY,
}
_BUG = "this is a bug in voiceguide: {}. Please report it."


class NotHere(UsageError):
    """What an address names is not there."""


class NotNow(VoiceguideError):
    """It cannot be done as things are."""


class Unmatched(UsageError):
    """Nothing says what is to be changed."""


class NotOfThis(VoiceguideError):
    """It cannot be made of what came."""


async def body(request: Request) -> documents.Value:
    """Return a request's document. Raises UsageError for what is none."""
    return documents.parsed(await request.body(), "the request", what="an object")


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a value as an answer in JSON."""
    from starlette.responses import Response

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "backslashreplace"), status, headers, "application/json")


def event(name: str, data: Any) -> bytes:
    """Return an event of an event stream, with a value as its data."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode("utf-8", "backslashreplace")


def refused(error: BaseException, language: str = "en") -> Response:
    """Return the answer that tells of an error."""
    return answer({"error": told(error, language)}, status(error))


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to a request that no route takes."""
    return answer({"error": _error(ExitCode.USAGE, message)}, status, headers)


def status(error: BaseException) -> int:
    """Return the status of the answer that tells of an error."""
    if isinstance(error, NotHere):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, NotNow):
        return HTTPStatus.CONFLICT
    if isinstance(error, Unmatched):
        return HTTPStatus.PRECONDITION_REQUIRED
    if isinstance(error, NotOfThis):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, VoiceguideError):
        return _STATUS.get(error.exit_code, HTTPStatus.INTERNAL_SERVER_ERROR)
    return HTTPStatus.INTERNAL_SERVER_ERROR


def told(error: BaseException, language: str = "en") -> dict[str, Any]:
    """Return an error as JSON's values, its choices called as the page calls them in a language."""
    if not isinstance(error, VoiceguideError):
        return _error(ExitCode.FAILED, _BUG.format(f"{type(error).__name__}: {error}"))
    usage = error if isinstance(error, UsageError) else None
    faults = error.faults if isinstance(error, RoutineError) else ()
    return _error(error.exit_code, message(error, language)) | {
        "field": usage.field if usage else None,
        "known": [str(each) for each in usage.known] if usage else [],
        "faults": [fault_told(fault, language) for fault in faults],
    }


def _error(code: ExitCode, message: str) -> dict[str, Any]:
    return {"code": int(code), "message": message, "field": None, "known": [], "faults": []}


def message(error: VoiceguideError, language: str) -> str:
    """Return what an error says in a language: by the studio's own words where it has some, else as it is."""
    if error.phrase is None:
        return labelled(error.text, language)
    key, values = error.phrase
    given = {
        name: message(each, language) if isinstance(each, VoiceguideError) else each for name, each in values.items()
    }
    return phrases.load(language).shown("refused", key).format(**given)


def labelled(text: str, language: str) -> str:
    """Return a message in which choices are called as the page calls them."""
    words = phrases.load(language).all_shown("studio")
    return worded(text, lambda field: words.get(LABEL.format(field), field.replace("_", " ")))


def fault_told(fault: Fault, language: str) -> dict[str, Any]:
    """Return a fault as the command line tells it in JSON, and more for a page that mends it."""
    place = fault.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": place.path,
        "step": place.step,
        "level": fault.level,
        "rule": fault.rule,
        "message": labelled(fault.message, language),
        "many": fault.many,
        "mend": asdict(fault.mend) if fault.mend else None,
    }


def time_told(seconds: float) -> str:
    """Return a moment, in seconds of the epoch, as JSON has it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def attached(name: str) -> dict[str, str]:
    """Return the header under which a browser saves an answer."""
    return {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}


def language_of(request: Request) -> str:
    """Return the language of an answer's texts: the one that is asked for, else the browser's, else English."""
    asked = request.query_params.get("language")
    if asked is not None:
        known = nearest(asked, phrases.languages()) if len(asked) < _LONGEST_TAG else None
        if known is None:
            raise UsageError(f'language: expected {", ".join(phrases.languages())}, got "{asked[:_LONGEST_TAG]}"')
        return known
    return accepted(request.headers.get("accept-language", ""))


_LONGEST_TAG = 36


def accepted(header: str) -> str:
    """Return the first language of an `Accept-Language` that there are words in, by its weights; English for none."""
    weighed = []
    for number, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        if tag.strip() and quality > 0:
            weighed.append((-quality, number, tag.strip()))
    found = (nearest(tag, phrases.languages()) for _, _, tag in sorted(weighed) if len(tag) < _LONGEST_TAG)
    return next((tag for tag in found if tag), "en")
