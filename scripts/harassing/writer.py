"""Somebody who types a draft as the page does, without a page: noted with the key, sent after a moment, one by one."""

from __future__ import annotations

import http.client
import json
import time
from contextlib import closing
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from harassing.typing import TEMPLATE, Typed, line_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from harassing.server import Server

PAUSE = 0.2
"""Seconds from a key until it is sent: `PAUSE` of the page's draft.js."""
_AGAIN = 0.02
_PATIENCE = 180.0
"""Seconds, with a crowded machine in mind."""
_CONFLICT = 412


class AnswerError(Exception):
    """An answer that the page would not know what to do with."""


def asked(server: Server, method: str, path: str, document: Any = None, match: str = "") -> tuple[int, Any]:
    """Ask a studio; return the status and the answer's document. Raises OSError or HTTPException for no answer."""
    headers = {"Cookie": server.cookie, "Content-Type": "application/json"}
    headers |= {"If-Match": f'"{match}"'} if match else {}
    body = None if document is None else json.dumps(document)
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)) as connection:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
    return answer.status, json.loads(data) if data else None


def begun(server: Server) -> str:
    """Begin a draft of two empty lines, and return its id."""
    return str(asked(server, "POST", "/api/drafts", {"text": TEMPLATE.format("", "")})[1]["id"])


class Note(NamedTuple):
    """What a browser keeps of a draft: what was typed and is not known to be saved."""

    base: str
    text: str


class Writer:
    """Types on one line of a draft."""

    def __init__(self, server: Callable[[], Server], identity: str, number: int, note: Note | None = None) -> None:
        """Open a draft; a `note` that a page left is gone on from, as the page does. `server` tells which one runs."""
        self._server, self._path, self.number = server, f"/api/drafts/{identity}", number
        draft = asked(server(), "GET", self._path)[1]
        self._saved, self._hash = draft["text"], draft["hash"]
        self._text = self._saved
        self.typed = Typed()
        self._due: float | None = None
        self._is_gone = False
        self.faults: list[Exception] = []
        self.conflicts = 0
        self._changed = Condition()
        if note and note.text != self._saved:
            self._text = note.text if note.base == self._hash else self._joined(self._saved, note.text)
            self._due = 0.0
        self._thread = Thread(target=self._send, daemon=True)
        self._thread.start()

    def type(self, sign: str) -> None:
        """Press a key."""
        with self._changed:
            self.typed.type(sign)
            self._text = self._with(self._text, line_of(self._text, self.number) + sign)
            if self._due is None:
                self._due = time.monotonic() + PAUSE
            self._changed.notify()

    def note(self) -> Note | None:
        """Return what the browser has noted; None where nothing waits."""
        with self._changed:
            return Note(self._hash, self._text) if self._text != self._saved else None

    def drop(self) -> None:
        """End as a browser that is killed: nothing more is sent; what is on its way arrives."""
        with self._changed:
            self._is_gone = True
            self._changed.notify()
        self._thread.join()

    def flush(self) -> None:
        """Wait until all is saved. Raises what went wrong, and AnswerError where that never ends."""
        end = time.monotonic() + _PATIENCE
        with self._changed:
            self._due = 0.0
            self._changed.notify()
            while self._text != self._saved and not self.faults:
                if not self._changed.wait(end - time.monotonic()):
                    raise AnswerError(f"what was typed is not saved in {_PATIENCE:.0f} s")
        self.drop()
        if self.faults:
            raise self.faults[0]

    def _with(self, text: str, said: str) -> str:
        lines = [said if number == self.number else line_of(text, number) for number in range(2)]
        return TEMPLATE.format(*lines)

    def _joined(self, theirs: str, mine: str) -> str:
        """What somebody makes of two texts that are shown to her: her own line in theirs."""
        self.conflicts += 1
        return self._with(theirs, line_of(mine, self.number))

    def _send(self) -> None:
        try:
            while self._wait():
                with self._changed:
                    sent, saved, match = self._text, self._saved, self._hash
                    self._due = None
                try:
                    status, told = asked(
                        self._server(), "POST", f"{self._path}/ops", {"ops": [change(saved, sent)]}, match
                    )
                except (OSError, http.client.HTTPException):
                    status, told = 0, None
                with self._changed:
                    self._take(status, told, sent)
                    self._changed.notify()
        except Exception as error:  # noqa: BLE001 (told by whoever waits for it)
            with self._changed:
                self.faults.append(error)
                self._changed.notify()

    def _wait(self) -> bool:
        """Wait until something is to be sent; False for never again."""
        with self._changed:
            while not self._is_gone:
                left = None if self._due is None or self._text == self._saved else self._due - time.monotonic()
                if left is not None and left <= 0:
                    return True
                self._changed.wait(left)
        return False

    def _take(self, status: int, told: Any, sent: str) -> None:
        if status == _CONFLICT:
            there = told["draft"]
            if there["text"] != sent:
                self._text = self._joined(there["text"], self._text)
            self._saved, self._hash = there["text"], there["hash"]
        elif status == 200:
            if told["text"] != sent:
                raise AnswerError(f"sent {sent!r}, and it made {told['text']!r} of it")
            self._saved, self._hash = told["text"], told["hash"]
        elif status:
            raise AnswerError(f"{status}: {told}")
        if status != 200 and self._text != self._saved:
            self._due = 0.0 if status else time.monotonic() + _AGAIN
        elif self._text != self._saved:
            self._due = 0.0  # what was typed meanwhile goes at once


def change(old: str, now: str) -> dict[str, Any]:
    """Return the least change of a text as an operation: `changeOf` of the page's operations.js."""
    most = min(len(old), len(now))
    start = next((at for at in range(most) if old[at] != now[at]), most)
    tail = next((at for at in range(most - start) if old[-1 - at] != now[-1 - at]), most - start)
    (line, column), (end_line, end_column) = (_place(old, at) for at in (start, len(old) - tail))
    mend = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    return {"op": "mend", "mend": {**mend, "text": now[start : len(now) - tail]}}


def _place(text: str, at: int) -> tuple[int, int]:
    lines = text[:at].split("\n")
    return len(lines), len(lines[-1]) + 1
