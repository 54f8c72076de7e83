"""Sessions on their way to phones: hostile requests to the server in the house, and kills while phones fetch.

A request is the bytes of one, with the server's host and a session's capability in the places of HOST and KEY.
"""

from __future__ import annotations

import http.client
import select
import signal
import socket
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from campaigning import program, sessions
from campaigning.cases import Case, FoundError, pick
from campaigning.mutating import damaged_bytes

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_METHODS = {
    "GET": 8, "HEAD": 3, "POST": 2, "PUT": 1, "DELETE": 1, "OPTIONS": 1, "TRACE": 1, "CONNECT": 1, "PRI": 1, "get": 1,
    "G" * 3000: 1,
}  # fmt: skip
_TARGETS = {
    "/KEY/sound": 6, "/KEY/": 2, "/KEY": 1, "/KEY/session": 1, "/KEY/saved": 1, "/": 1, "*": 1, "": 1,
    "/KEY/../../etc/passwd": 1, "/KEY/%2e%2e/%2e%2e/etc/passwd": 1, "/KEY/sound%00": 1, "/KEY/sound?x=1#y": 1,
    "/OTHER/sound": 2, "/KEY/OTHER": 1, "//KEY/sound": 1, "http://HOST/KEY/sound": 1, "http://evil.example/KEY/": 1,
    "/KEY/\\..\\sound": 1, "/KEY/\xff\xfe": 1, "/api/sessions": 1, "/open?token=KEY": 1, "/" + "a" * 70_000: 1,
}  # fmt: skip
_HOSTS = {"HOST": 12, "evil.example": 2, "localhost": 1, "HOST.evil.example": 1, "HOST@evil.example": 1, "": 1}
_RANGES = (
    "bytes=0-9", "bytes=5-", "bytes=-5", "bytes=-0", "bytes=9-1", "bytes=0-0,2-2", "bytes=99999999999999999999-",
    "bytes=" + "0-1," * 2000 + "5-", "bytes=-", "bytes=0x1-", "lines=1-2", "bytes=50000-60000",
)  # fmt: skip
_MORE = (
    "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: -1", "Content-Length: 5\r\nContent-Length: 6",
    "Host: HOST", "Expect: 100-continue", "Upgrade: websocket\r\nConnection: Upgrade", "Origin: null", "Cookie: a=b",
    "X: " + "y" * 70_000, "Connection: keep-alive, close", "Accept-Language: " + "de," * 3000, " folded: line",
    "Accept-Language: \xff;q=z, -, ,;;", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
)  # fmt: skip
_ANSWERS = frozenset({200, 206, 308, 400, 404, 405, 413, 414, 416, 421, 431, 501, 505})
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")
_SOUND = bytes(range(256)) * 200
_HIDDEN = b"the sound of another session" * 50
_PATIENCE = 0.3
"""Seconds of silence after which an answer is taken for over: a body that was promised never comes."""
_ADDRESS = 60.0
"""Seconds in which the program has its address, on a crowded machine."""


class Send(sessions.OfSessions):
    """A request to a session that is sent, or a signal to the program that sends one."""

    name = "send"
    count = 600
    short = 5

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """The bytes of a request; or a signal, and a moment after the address is known."""
        if rng.random() < 1 / 6:
            return Case(b"", {"signal": rng.choice(_SIGNALS), "moment": f"{rng.uniform(0, 0.8):.3f}"})
        host, method, target = (pick(rng, each) for each in (_HOSTS, _METHODS, _TARGETS))
        lines = [f"{method} {target} HTTP/{rng.choice(('1.1', '1.1', '1.1', '1.0', '0.9', '2.0'))}", f"Host: {host}"]
        if rng.random() < 0.5:
            lines.append(f"Range: {rng.choice(_RANGES)}")
        lines += rng.sample(_MORE, rng.choice((0, 0, 1, 2)))
        data = "\r\n".join((*lines, "", rng.choice(("", "", "hello", "5\r\nhello\r\n0\r\n\r\n")))).encode("latin-1")
        return Case(damaged_bytes(data, rng, times=rng.choice((1, 3))) if rng.random() < 0.3 else data)

    def run(self, case: Case, lab: Lab) -> None:
        """Ask, and ask honestly afterwards; or run the program and end it."""
        if "signal" in case.ways:
            _end(lab, case.ways["signal"], float(case.ways["moment"]))
        else:
            _look(lab.step("send", lambda: _asked(case.data, sessions.timeline(lab.material))))
            lab.leftovers()


class _Talk(NamedTuple):
    """What was asked of whom, what came back, and what an honest phone got afterwards."""

    asked: bytes
    answer: bytes
    host: str
    key: str
    honest: bytes


def _asked(request: bytes, told: Path) -> _Talk:
    """Send one of two sessions, and ask for it. Raises what an answer raised and must not."""
    from unittest.mock import patch

    from voiceguide.routine.notes import Notes
    from voiceguide.store.growing import Growing
    from voiceguide.studio import addresses
    from voiceguide.studio.phone import Phones, Shared
    from voiceguide.timeline.reading import read

    session = read(told)
    failed: list[Exception] = []

    def shared(name: str, data: bytes) -> Shared:
        sound = Growing(len(data))
        sound.write(0, data)
        sound.finish()
        sounds.append(sound)
        return Shared(name, name, sound, "audio/mpeg", ".mp3", lambda: session, Notes(), lambda: None)

    sounds: list[Growing] = []
    with patch.object(addresses, "reachable", lambda: ("127.0.0.1",)), closing(Phones(failed.append)) as phones:
        url, _ = (phones.start(shared(*each)).url for each in (("one", _SOUND), ("other", _HIDDEN)))
        host, key = urlsplit(url).netloc, urlsplit(url).path.strip("/")
        asked = request.replace(b"HOST", host.encode()).replace(b"KEY", key.encode())
        asked = asked.replace(b"OTHER", b"A" * len(key))
        talk = _Talk(asked, _answered(host, asked), host, key, _honestly(url))
    for sound in sounds:
        sound.close()
    if failed:
        raise failed[0]
    return talk


def _look(talk: _Talk) -> None:
    """Hold the answers against what is promised. Raises FoundError."""
    asked, answer, host, key, honest = talk
    if honest != _SOUND:
        raise FoundError("an honest phone gets something else afterwards", f"{len(honest)} bytes")
    answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    told = f"{asked[:600]!r}\n{answer[:600]!r}"
    if _HIDDEN[:28] in answer or b"Traceback" in answer or b"voiceguide/" in answer:
        raise FoundError("an answer tells what is not its asker's", told)
    if not answer:
        return
    head, _, _ = answer.partition(b"\r\n\r\n")
    first, *headers = head.decode("latin-1").split("\r\n")
    status = int(first.split()[1]) if first.startswith("HTTP/1.1 ") else 0
    if status not in _ANSWERS:
        raise FoundError(f"status {status}", told)
    if status in (200, 206) and not (asked.startswith((b"GET ", b"HEAD ")) and key.encode() in asked):
        raise FoundError("an answer to who has no capability", told)
    if status in (200, 206) and host.encode() not in asked:
        raise FoundError("an answer to another name", told)
    names = {line.partition(":")[0].lower() for line in headers}
    ours = status not in (400, 431)  # those are told before the request is one
    if ours and not {"content-security-policy", "x-content-type-options", "cache-control"} <= names:
        raise FoundError("an answer without its guard", told)


def _answered(host: str, asked: bytes) -> bytes:
    """Send bytes as they are, and return what comes back."""
    name, port = host.split(":")
    answer = b""
    with socket.create_connection((name, int(port)), timeout=10) as connection:
        try:
            connection.sendall(asked)
            while select.select([connection], [], [], _PATIENCE)[0] and (piece := connection.recv(1 << 16)):
                answer += piece
        except OSError:  # it has hung up
            return answer
    return answer


def _honestly(url: str) -> bytes:
    split = urlsplit(url)
    with closing(http.client.HTTPConnection(str(split.hostname), split.port, timeout=20)) as connection:
        connection.request("GET", f"{split.path}sound")
        return connection.getresponse().read()


def _end(lab: Lab, name: str, moment: float) -> None:
    """End the program while a phone fetches. Raises FoundError for what is left of it, and for what it says."""
    lab.file("small.yaml", sessions.SMALL.encode())
    arguments = ("send", "small.yaml", *sessions.OPTIONS[:-2])
    process = program.launch(lab, *arguments)
    if process.stdout is None or not select.select([process.stdout], [], [], _ADDRESS)[0]:
        process.kill()
        raise FoundError("hangs: send", "it had no address in a minute")
    url = process.stdout.readline().decode().strip()
    if not url:
        said = program.ended(process, arguments)
        if "in no home network" not in said.err:
            raise FoundError("ends by itself: send", said.err)
        return  # nobody can be sent anything here
    split = urlsplit(url)
    with closing(socket.create_connection((str(split.hostname), split.port), timeout=20)) as phone:
        phone.sendall(f"GET {split.path}sound HTTP/1.1\r\nHost: {split.netloc}\r\n\r\n".encode())
        time.sleep(moment)
        process.send_signal(getattr(signal, name))
        said = program.ended(process, arguments)
    shown = f"{name} after {moment} s\nexit {said.code}\n{said.err[-2500:]}"
    if said.code != (-signal.SIGKILL if name == "SIGKILL" else 130):
        raise FoundError(f"exit code {said.code} after {name}: send", shown)
    if "this is a bug" in said.err or "Traceback" in said.err:
        raise FoundError(f"a traceback after {name}: send", shown)
    try:
        socket.create_connection((str(split.hostname), split.port), timeout=5).close()
    except OSError:
        pass
    else:
        raise FoundError(f"still listens after {name}: send", shown)
    if name != "SIGKILL":
        lab.leftovers()
