"""A server of this machine's own that serves a file, well or badly, each answer as it is told."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """How a server answers once; an honest one by itself."""

    status: int = 0
    """In place of 200 or 206."""
    body: bytes | None = None
    """Another file than the one that is served."""
    cut: int | None = None
    """Bytes after which the connection ends."""
    length: int | None = None
    """What it says of its length, in place of the truth; -1 for nothing."""
    ranges: bool = True
    """Whether it gives the rest of a file when that is asked for."""
    shift: int = 0
    """Bytes by which what it says of a rest is wrong."""
    pause: float = 0.0
    """Seconds before each block."""
    stall: bool = False
    """Whether it sends nothing more where it would have ended, until the server is closed."""
    endless: bool = False
    location: str = ""
    """Where it sends whoever asks; `path` alone is of this server."""
    mark: str = '"1"'
    """The ETag."""


class Server:
    """Serves a file, and others under their paths, as the answers say: one after another, the last again and again."""

    def __init__(self, body: bytes, answers: Sequence[Answer] = (Answer(),)) -> None:
        self.body = body
        self.others: dict[str, bytes] = {}
        """What is served under other paths."""
        self.answers = list(answers)
        self.asked: list[tuple[str, str | None]] = []
        """(path, Range) of each request."""
        self._closed = threading.Event()
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._serve(self)

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = False  # closing waits for them
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def forget(self) -> None:
        """Close, in a fork, what is the server's."""
        self._http.socket.close()

    def __exit__(self, *_ended: object) -> None:
        self._closed.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append((request.path, request.headers.get("Range")))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        request.close_connection = True
        try:
            self._answer(request, answer)
        except OSError:
            return  # whoever asked has gone

    def _answer(self, request: BaseHTTPRequestHandler, answer: Answer) -> None:
        body = self.others.get(request.path, self.body) if answer.body is None else answer.body
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        marked = request.headers.get("If-Range", answer.mark) == answer.mark
        start = int(asked[1]) if asked and answer.ranges and marked else 0
        if start >= len(body) and start:
            request.send_error(416)
            return
        request.send_response(answer.status or (206 if start else 200))
        if answer.location:
            request.send_header("Location", answer.location)
        if start:
            said = start + answer.shift
            request.send_header("Content-Range", f"bytes {said}-{len(body) - 1}/{len(body)}")
        length = len(body) - start if answer.length is None else answer.length
        if length >= 0 and not answer.endless:
            request.send_header("Content-Length", str(length))
        request.send_header("ETag", answer.mark)
        request.end_headers()
        end = len(body) if answer.cut is None else min(len(body), start + answer.cut)
        for at in range(start, end, _BLOCK):
            if answer.pause and self._closed.wait(answer.pause):
                return
            request.wfile.write(body[at : min(at + _BLOCK, end)])
        while answer.endless and not self._closed.is_set():
            request.wfile.write(bytes(_BLOCK))
        if answer.stall:
            request.wfile.flush()
            self._closed.wait()
