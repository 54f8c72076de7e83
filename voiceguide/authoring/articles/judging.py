"""A model of the user's own may judge what each sentence is: a command that reads JSON and answers with JSON.

What it reads, and what it may answer, is in docs/interface.md. Whatever it answers, no sentence is lost, and what was
found to be a caution stays one.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from typing import TYPE_CHECKING

from voiceguide.authoring.articles.roles import JUDGED
from voiceguide.errors import Failed, UsageError, option
from voiceguide.store import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voiceguide.authoring.articles.roles import Piece

LIMIT = 120.0
"""Seconds that a judge may take."""
_MOST_ANSWERED = 4 << 20
"""Bytes of an answer: some hundred times what the longest article needs."""
_SCHEMA = 1


def asking(command: str, *, limit: float = LIMIT) -> Callable[[Sequence[Piece]], Mapping[int, str]]:
    """Return what asks a command for the roles of some pieces, by their numbers.

    Asking raises UsageError for a command that is none or is not there, and Failed where it fails, takes longer than
    `limit` seconds, or answers what is no answer.
    """
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        raise UsageError(f"{option('judge')}: expected a command, got {command!r}: {error}: check its quotes") from None
    if not words:
        raise UsageError(
            f"{option('judge')}: expected a command, got nothing: name a program that reads and writes JSON"
        )

    def ask(pieces: Sequence[Piece]) -> dict[int, str]:
        return answers(_answered(words, asked(pieces), limit), pieces)

    return ask


def asked(pieces: Sequence[Piece]) -> str:
    """Return what a judge is asked, as JSON."""
    return json.dumps(
        {
            "schema": _SCHEMA,
            "roles": JUDGED,
            "sentences": [
                {
                    "id": number,
                    "text": piece.text,
                    "line": piece.line,
                    "kind": piece.of.kind,
                    "under": piece.of.topic,
                    "role": "step" if piece.opens and piece.role == "say" else piece.role,
                    "confidence": piece.confidence,
                }
                for number, piece in enumerate(pieces)
            ],
        },
        ensure_ascii=False,
    )


def answers(data: bytes, pieces: Sequence[Piece]) -> dict[int, str]:
    """Return the roles in a judge's answer, by the piece's number; what it leaves out is as it was. Raises Failed."""
    try:
        found: dict[int, str] = {}
        for each in documents.parsed(data, "the judge", what="roles", limit=_MOST_ANSWERED).key("roles").items(100_000):
            number, role = each.key("id").count(0, max(0, len(pieces) - 1)), each.key("role").text()
            if role not in (*JUDGED, pieces[number].role):
                each.key("role").refuse(f"one of {', '.join(JUDGED)}")
            if number in found:
                each.key("id").refuse("each sentence once")
            found[number] = role
    except UsageError as error:
        raise Failed(f"{option('judge')}: {error.text} Mend the judge, or import without it.") from None
    return found


def _answered(words: list[str], question: str, limit: float) -> bytes:
    """Run a judge, with its own group of processes, so that all of it ends with the time it has."""
    own = {"start_new_session": True} if os.name != "nt" else {}
    try:
        process = subprocess.Popen(  # noqa: S603 (the user's own command, no shell)
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **own,  # type: ignore[call-overload]  # own is a flag
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{option('judge')}: {words[0]}: expected a program that can be started, got: {why}") from None
    try:
        said, told = process.communicate(question.encode(), timeout=limit)
    except subprocess.TimeoutExpired:
        raise Failed(
            f"{option('judge')}: {words[0]}: expected an answer within {limit:g} s, got none: use a faster model, or "
            "import without it"
        ) from None
    finally:
        if process.poll() is None:
            _end(process)
    if process.returncode:
        last = told.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
        raise Failed(
            f"{option('judge')}: {words[0]}: expected exit code 0, got {process.returncode}; it said: {last[0][:200]}"
        )
    return bytes(said)


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name != "nt":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
