"""The studio: hostile requests to its server, with its key and without, and kills while a session sounds.

A request is the bytes of one, with the server's port, its token and a session's id in the places of PORT, TOKEN and ID.
"""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import socket
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import urlsplit

from campaigning import program, sessions
from campaigning.cases import Case, FoundError, pick
from campaigning.mutating import damaged_bytes

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab
    from voiceguide.studio.house import House

_METHODS = {"GET": 8, "POST": 8, "PUT": 3, "PATCH": 3, "DELETE": 3, "HEAD": 2, "OPTIONS": 1, "TRACE": 1, "post": 1}
_TARGETS = (
    "/", "/open?token=TOKEN", "/open?token=wrong", "/open", "/assets/studio.js", "/assets/../keys.py", "/assets/%00",
    "/api/routines", "/api/routines/small", "/api/routines/small+small", "/api/routines/%2e%2e%2fsmall",
    "/api/routines/small/cover.png", "/api/plan", "/api/sessions", "/api/sessions/ID", "/api/sessions/ID/session.mp3",
    "/api/sessions/ID/timeline", "/api/sessions/ID/heard", "/api/sessions/ID/keep/mp3", "/api/sessions/ID/keep/page",
    "/api/sessions/ID/keep/../../x", "/api/sessions/..%2f..%2fstudio.json", "/api/sessions/nobody/events",
    "/api/sounds/beds/rain/sample", "/api/sounds/beds/..%2frain/sample", "/api/voices/tone:steady/sample",
    "/api/music", "/api/music/a/b.mp3", "/api/music/..%2fx/b.mp3", "/api/music/%00/b.mp3", "/api/music/" + "a" * 300,
    "/api/memory", "/api/memory/small", "/api/memory/..", "/api/room", "/api/languages?language=xx", "/api/nothing",
    "/api/sessions/ID?language=" + "d" * 5000, "//evil.example/api/routines", "http://evil.example/api/routines",
    "/api/sessions/ID/session.mp3?%ff%fe", "*", "/\xff", "/" + "a" * 70_000,
)  # fmt: skip
_HOSTS = {"127.0.0.1:PORT": 16, "localhost:PORT": 2, "evil.example": 1, "127.0.0.1": 1, "127.0.0.1:PORT.evil": 1, "": 1}
_KEYS = {
    "Authorization: Bearer TOKEN": 14, "Authorization: Bearer wrong": 1, "Authorization: Bearer": 1, "X: none": 3,
    "Cookie: voiceguide-PORT=TOKEN": 1, "Cookie: ;;=;": 1,
}  # fmt: skip
_TYPES = {
    "application/json": 12, "application/octet-stream": 3, "text/plain": 1, "multipart/form-data": 1, "": 1,
}  # fmt: skip
_MORE = (
    "Origin: http://127.0.0.1:PORT", "Origin: null", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: same-origin", "Range: bytes=0-9", "Range: bytes=-5",
    "Range: bytes=" + "0-1," * 2000, "Accept-Language: " + "de;q=x," * 2000, "Host: evil.example", "X: " + "y" * 70_000,
    "Upgrade: websocket\r\nConnection: Upgrade", "Expect: 100-continue", "If-Range: x", " folded: line",
    "X-HTTP-Method-Override: DELETE", "Content-Length: -1", "Range: bytes=9-1",
)  # fmt: skip
_PLAIN: dict[str, Any] = {name: value for name, value in sessions.CHOICES.items() if name != "pace"}
_BODIES = (
    {"routine": "small", "choices": {}}, {"routine": "small", "choices": {"bed": "/etc/passwd"}}, {"routine": "../x"},
    {"routine": "small", "choices": {"cover": "/etc/passwd"}}, {"routine": "small", "choices": {"length": 1e308}},
    {"routine": "small", "choices": {"length": "23h59m"}}, {"routine": "small", "choices": {"bed": "music/../.."}},
    {"routine": "small", "choices": {"without": ["1"] * 150}}, {"routine": "small+" * 30 + "small"}, {"kept": True},
    {"hearing": "a", "share": 0.9}, {"hearing": "a", "share": 1, "position": -1}, {"cap_bytes": 1e300}, {"suggest": 1},
    {"kinds": ["sessions"]}, {"kinds": ["music", "cache"]}, {"kinds": [[]]}, [], None, 7, "x", {"routine": None},
    {"routine": "small", "choices": {"voice": "tone:\u202e"}}, {"routine": "\ud800"}, {"choices": {"length": []}},
)  # fmt: skip
_STATUSES = frozenset({
    200, 201, 204, 206, 303, 400, 401, 403, 404, 405, 409, 413, 414, 415, 416, 421, 422, 424, 431, 501, 503, 505,
})  # fmt: skip
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL", "SIGKILL")
_PATIENCE = 0.4
"""Seconds of silence after which an answer is taken for over."""
_ADDRESS = 60.0
"""Seconds in which the program has its address, on a crowded machine."""


class Studio(sessions.OfSessions):
    """A request to a studio, or a signal to the program while a session of it is heard."""

    name = "studio"
    count = 600
    short = 6
    most_seconds = 240.0
    most_cpu = 4.0
    most_megabytes = 400.0
    """The voice of the page's language is loaded for whoever asks for the routines."""

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """The bytes of a request; or a signal, and a moment after the session was asked for."""
        if rng.random() < 1 / 6:
            return Case(b"", {"signal": rng.choice(_SIGNALS), "moment": f"{rng.uniform(0, 2):.3f}"})
        host, method, key, kind = (pick(rng, each) for each in (_HOSTS, _METHODS, _KEYS, _TYPES))
        body = json.dumps(rng.choice(_BODIES)).encode() if method not in ("GET", "HEAD") else b""
        if rng.random() < 0.3:
            body = damaged_bytes(body, rng, times=2)
        lines = [
            f"{method} {rng.choice(_TARGETS)} HTTP/{rng.choice(('1.1', '1.1', '1.1', '1.0', '2.0'))}",
            f"Host: {host}",
        ]
        lines += [key, f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        lines += rng.sample(_MORE, rng.choice((0, 0, 1, 2)))
        data = "\r\n".join((*lines, "", "")).encode("latin-1") + body
        return Case(damaged_bytes(data, rng, times=rng.choice((1, 3))) if rng.random() < 0.2 else data)

    def run(self, case: Case, lab: Lab) -> None:
        """Ask, and ask honestly afterwards; or run the program, end it, and run it again."""
        if "signal" in case.ways:
            _end(lab, case.ways["signal"], float(case.ways["moment"]))
            return
        routines = lab.work / "routines"
        routines.mkdir()
        (routines / "small.yaml").write_text(sessions.SMALL, "utf-8")
        with patch.dict(os.environ, lab.environment(VOICEGUIDE_ROUTINES=str(routines))):
            lab.step("studio", lambda: _ask(case.data, lab))
        lab.leftovers()
        if strange := {path.name for path in lab.work.iterdir()} - {"routines", "studio"}:
            raise FoundError("writes outside its folder: studio", str(sorted(strange)))


def _ask(request: bytes, lab: Lab) -> None:
    """Raises FoundError for an answer that tells or does too much, and for a server that is worse for it."""
    from voiceguide.studio import keys
    from voiceguide.studio.app import guarded, of_house
    from voiceguide.studio.house import House
    from voiceguide.studio.listener import Listener

    failed: list[BaseException] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as opened:
        port = opened.getsockname()[1]
        own = keys.renewed(None, port)
        house = House(lab.work / "studio", failed.append)
        listener = Listener(guarded(own, of_house(house), failed.append), ("127.0.0.1",), [opened])
        try:
            identity = _laid(house, lab)
            asked = request.replace(b"PORT", str(port).encode()).replace(b"TOKEN", own.token.encode())
            asked = asked.replace(b"ID", identity.encode())
            _look(asked, _answered(port, asked), own, lab)
            status, told = _honestly(port, own.token, "GET", "/api/languages")
            if status != 200 or b"Deutsch" not in told:
                raise FoundError("an honest request gets something else afterwards", f"{status} {told[:300]!r}")
        finally:
            house.closing.set()
            listener.close()
            house.close(20)
    if failed and not isinstance(failed[0], OSError):
        raise failed[0]


def _laid(house: House, lab: Lab) -> str:
    """Put a session that is whole on the shelf, as if it had been made here; return its id."""
    from dataclasses import replace

    from voiceguide.studio.foreseeing import foreseen
    from voiceguide.studio.shelf import HEAD, KEPT, Behind, facts_of
    from voiceguide.studio.wishes import Wish

    composed = house.composer.compose(Wish("small", dict(_PLAIN)))
    sound = sessions.session(lab.material, ".mp3").read_bytes()
    facts = facts_of(composed.id, composed.wish, composed.digest, foreseen(composed).timeline, time.time())
    facts = replace(facts, behind=Behind(KEPT, 1000, len(sound) - 1000))
    house.sessions.shelf.write(facts)
    place = house.sessions.shelf.place(facts.id)
    (place / KEPT).write_bytes(sound)
    (place / HEAD).write_bytes(b"head")
    house.sessions.look()
    return facts.id


def _look(asked: bytes, answer: bytes, own: Any, lab: Lab) -> None:
    """Hold an answer against what is promised."""
    told = f"{asked[:600]!r}\n{answer[:600]!r}"
    if not answer:
        return
    for secret in (b"Traceback", b"root:x:0", own.cookie.encode(), str(lab.material).encode()):
        if secret in answer and not (secret == own.cookie.encode() and own.token.encode() in asked):
            raise FoundError("an answer tells what is not its asker's", told)
    head, _, _ = answer.partition(b"\r\n\r\n")
    first, *headers = head.decode("latin-1").split("\r\n")
    if first.startswith("HTTP/1.1 100 "):
        return
    status = int(first.split()[1]) if first.startswith("HTTP/1.1 ") else 0
    if status not in _STATUSES:
        raise FoundError(f"status {status}: studio", told)
    if status < 400 and own.token.encode() not in asked:
        raise FoundError("an answer to who has no key", told)
    if status < 400 and any(
        sign in asked for sign in (b"evil.example\r", b"Origin: null", b"cross-site", b"same-site")
    ):
        raise FoundError("an answer to somebody else's page", told)
    names = {line.partition(":")[0].lower() for line in headers}
    ours = status not in (400, 431, 503) or b"application/json" in head
    if ours and not {"content-security-policy", "x-content-type-options", "cache-control"} <= names:
        raise FoundError("an answer without its guard: studio", told)
    if [name for name in names if name.startswith("access-control")]:
        raise FoundError("another origin is allowed something", told)


def _answered(port: int, asked: bytes) -> bytes:
    """Send bytes as they are, and return what comes back."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(asked)
            while select.select([connection], [], [], _PATIENCE)[0] and (piece := connection.recv(1 << 16)):
                answer += piece
        except OSError:  # it has hung up
            return answer
    return answer


def _honestly(port: int, token: str, method: str, path: str, document: Any = None) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = None if document is None else json.dumps(document)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


# ---- kills ----------------------------------------------------------------------------------------------------------


def _end(lab: Lab, name: str, moment: float) -> None:
    """End the program while a session sounds, and start it again: the session is there, its sound the same."""
    routines = lab.work / "routines"
    routines.mkdir()
    (routines / "small.yaml").write_text(sessions.SMALL, "utf-8")
    wanted = {"routine": "small", "choices": {**sessions.CHOICES, "quality": 9}}
    process, port, token = _begun(lab, routines)
    status, made = _honestly(port, token, "POST", "/api/sessions", wanted)
    if status != 201:
        process.kill()
        raise FoundError("an honest wish is refused", f"{status} {made[:600]!r}")
    identity, duration = (json.loads(made)[key] for key in ("id", "duration"))
    with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as listening:
        asked = f"GET /api/sessions/{identity}/session.mp3 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        listening.sendall(f"{asked}Authorization: Bearer {token}\r\n\r\n".encode())
        time.sleep(moment)
        process.send_signal(getattr(signal, name))
        said = program.ended(process, ("studio",))
    shown = f"{name} after {moment} s\nexit {said.code}\n{said.err[-2500:]}"
    if said.code != (-signal.SIGKILL if name == "SIGKILL" else 130):
        raise FoundError(f"exit code {said.code} after {name}: studio", shown)
    if "this is a bug" in said.err or "Traceback" in said.err:
        raise FoundError(f"a traceback after {name}: studio", shown)
    if name != "SIGKILL":
        lab.leftovers()
    process, port, token = _begun(lab, routines)
    listed = json.loads(_honestly(port, token, "GET", "/api/sessions")[1])
    kept = _honestly(port, token, "GET", f"/api/sessions/{identity}/keep/mp3")[1]
    process.send_signal(signal.SIGTERM)
    program.ended(process, ("studio",))
    if [each["id"] for each in listed["sessions"]] != [identity] or listed["left_out"]:
        raise FoundError(f"a session is lost, or there twice, after {name}", f"{shown}\n{listed}")
    if kept != _rendered(lab, routines / "small.yaml", duration):
        raise FoundError(f"other bytes after {name}: studio", f"{shown}\n{len(kept)} bytes")
    lab.leftovers()


def _rendered(lab: Lab, routine: Path, duration: float) -> bytes:
    """Return what a render writes."""
    from voiceguide import load, render

    path = lab.work / "rendered.mp3"
    with patch.dict(os.environ, lab.environment()):
        render(load(routine), path, length=duration, quality=9, **sessions.CHOICES)
    return path.read_bytes()


def _begun(lab: Lab, routines: Path) -> tuple[subprocess.Popen[bytes], int, str]:
    """Start the program, and return its port and token. Raises FoundError where it has none."""
    arguments = ("studio", "--no-browser", "--folder", "studio")
    process = program.launch(lab, *arguments, variables={"VOICEGUIDE_ROUTINES": str(routines)})
    if process.stdout is None or not select.select([process.stdout], [], [], _ADDRESS)[0]:
        process.kill()
        raise FoundError("hangs: studio", "it had no address in a minute")
    address = process.stdout.readline().decode().strip()
    if not address:
        raise FoundError("ends by itself: studio", program.ended(process, arguments).err)
    split = urlsplit(address)
    return process, int(split.port or 0), split.query.partition("token=")[2]
