"""Downloads from a hostile server, by several processes at once, with kills in between: right, or absent.

The server is this process's own. Those that download are forks of it, made before it serves: a fork takes no threads
along. After them one more downloads from a server that is honest again, whatever they left.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import time
import traceback
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

from campaigning.cases import Case, FoundError, Kind, pick
from campaigning.lab import contents, resident
from campaigning.serving import Answer, Server
from voiceguide.errors import VoiceguideError
from voiceguide.store import downloads, fetching

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_SIZES = (1, 4_096, 50_000, 300_000)
_HANG = 20.0
"""Seconds in which all of them end."""
_PATIENCE, _PAUSES = 0.3, (0.0, 0.02)
"""Of those that download, in place of half a minute and some seconds."""
_TARGET = "voice.onnx"
_CODES = {0, 3, 130, -signal.SIGKILL, -signal.SIGTERM}
_ANSWERS = {
    "honest": 4, "cut": 6, "another": 2, "longer": 1, "shorter": 1, "lies": 2, "no length": 2, "endless": 1,
    "no ranges": 2, "wrong ranges": 2, "slow": 1, "stalls": 1, "busy": 2, "refuses": 1, "led": 2, "led away": 1,
    "changed": 2,
}  # fmt: skip
_LEFT = {"": 6, "wrong": 1, "right": 1, "link": 1, "part": 2, "longer part": 1, "part of it": 2, "folder": 1}
_AWAY = (
    "http://example.org/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "http://127.0.0.1:99999/",
    "//",
    "http://[::1",
)


class Downloads(Kind):
    """One file, fetched while everything goes wrong."""

    name = "downloads"
    count = 1_000
    short = 12
    forks = False

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """What a server answers, who asks for it, who is killed, and what was there before."""
        size = rng.choice(_SIZES)
        answers = [_answer(rng, size) for _ in range(rng.choice((1, 1, 2, 3, 5)))]
        killed = rng.choice(("", "", "", "SIGKILL", "SIGTERM", "SIGINT"))
        return Case(
            b"",
            {
                "size": str(size),
                "answers": json.dumps([asdict(answer) | {"body": _told(answer.body)} for answer in answers]),
                "processes": str(rng.choice((1, 1, 2, 3))),
                "killed": f"{killed} {rng.uniform(0, 0.2):.3f}" if killed else "",
                "left": pick(rng, _LEFT),
            },
        )

    def run(self, case: Case, lab: Lab) -> None:
        """Let them download, look, and download once more from an honest server."""
        body = _bytes(int(case.ways["size"]))
        answers = [Answer(**{**told, "body": _body(told["body"], body)}) for told in json.loads(case.ways["answers"])]
        folder = lab.work / "voices"
        folder.mkdir()
        bait = lab.elsewhere / "bait"
        bait.write_bytes(b"bait")
        _leave(case.ways["left"], folder, body, bait)
        before = contents(lab.elsewhere)
        told = json.dumps(case.ways)
        _downloaded(lab, Server(body, answers), body, int(case.ways["processes"]), case.ways["killed"])
        _look(folder, body, told, case.ways["left"])
        if case.ways["left"] != "folder":
            (code,) = _downloaded(lab, Server(body), body, 1, "")
            if code or [path.name for path in folder.iterdir()] != [_TARGET]:
                raise FoundError("an honest server's file is not there, or not alone", f"{code}\n{told}")
            _look(folder, body, told, "")
        lab.untouched(before)


def _answer(rng: Random, size: int) -> Answer:
    """One answer of a server."""
    cut = rng.randrange(size)
    match pick(rng, _ANSWERS):
        case "cut":
            return Answer(cut=cut)
        case "another":
            return Answer(body=b"another")
        case "longer":
            return Answer(body=b"longer")
        case "shorter":
            return Answer(body=b"shorter")
        case "lies":
            return Answer(length=rng.choice((0, 1, size + 1, size * 1000, 10**30)), cut=cut)
        case "no length":
            return Answer(length=-1, cut=rng.choice((None, cut)), body=rng.choice((None, b"longer")))
        case "endless":
            return Answer(endless=True)
        case "no ranges":
            return Answer(ranges=False, cut=rng.choice((None, cut)))
        case "wrong ranges":
            return Answer(shift=rng.choice((-1, 1, 10**18)))
        case "slow":
            return Answer(pause=0.002)
        case "stalls":
            return Answer(cut=cut, stall=True)
        case "busy":
            return Answer(status=rng.choice((408, 429, 500, 503)), body=b"")
        case "refuses":
            return Answer(status=rng.choice((204, 206, 301, 304, 401, 403, 404, 410, 416, 451)), body=b"")
        case "led":
            return Answer(status=rng.choice((301, 302, 303, 307, 308)), location="/there", body=b"")
        case "led away":
            return Answer(status=302, location=rng.choice(_AWAY), body=b"")
        case "changed":
            return Answer(body=b"another", cut=cut, mark='"2"')
    return Answer()


def _told(body: bytes | None) -> str | None:
    return None if body is None else body.decode()


def _body(told: str | None, body: bytes) -> bytes | None:
    """What a word of an answer stands for."""
    others = {"another": bytes(reversed(body)) if len(body) > 1 else b"x", "longer": body + b"x", "shorter": body[:-1]}
    return None if told is None else others.get(told, b"")


def _bytes(size: int) -> bytes:
    return random.Random(size).randbytes(size)  # noqa: S311 (a file's content)


def _leave(left: str, folder: Path, body: bytes, bait: Path) -> None:
    """Put something in the file's place, or beside it, as another run may have left it."""
    target, part = folder / _TARGET, folder / f".{_TARGET}.part"
    match left:
        case "wrong":
            target.write_bytes(bytes(len(body)))
        case "right":
            target.write_bytes(body)
        case "link":
            target.symlink_to(bait)
        case "part":
            part.write_bytes(bytes(len(body) // 2 + 1))
        case "longer part":
            part.write_bytes(body + b"more")
        case "part of it":
            part.write_bytes(body[: len(body) // 2])
        case "folder":
            target.mkdir()


def _look(folder: Path, body: bytes, told: str, left: str) -> None:
    """Hold what there is against the promise."""
    target = folder / _TARGET
    strange = {path.name for path in folder.iterdir()} - {_TARGET, f".{_TARGET}.part", f".{_TARGET}.lock"}
    if strange:
        raise FoundError("leaves a file of another name", f"{strange}\n{told}")
    if not target.is_file() or target.is_symlink():
        return
    there = target.read_bytes()
    if there != body and not (left == "wrong" and there == bytes(len(body))):
        raise FoundError("a file that is not right has its name", f"{len(there)} of {len(body)} bytes\n{told}")


def _downloaded(lab: Lab, server: Server, body: bytes, processes: int, killed: str) -> list[int]:
    """Let some processes download at once, and kill the first where that is asked for; return their exit codes."""
    go, ready = os.pipe()
    size = resident()
    numbers = []
    for _ in range(processes):
        if not (number := os.fork()):
            _download(lab, server, body, go, ready)
        numbers.append(number)
    os.close(go)
    try:
        with server:
            os.write(ready, b"g" * processes)
            if killed:
                name, _, moment = killed.partition(" ")
                time.sleep(float(moment))
                os.kill(numbers[0], getattr(signal, name))
            return [_ended(lab, number, size) for number in numbers]
    finally:
        os.close(ready)


def _ended(lab: Lab, number: int, size: int) -> int:
    """Wait for a process, and return its exit code. Raises FoundError for a hang, and for a code it must not have."""
    end = time.monotonic() + _HANG
    while True:
        found, status, usage = os.wait4(number, os.WNOHANG)
        if found:
            break
        if time.monotonic() > end:
            os.kill(number, signal.SIGKILL)
            os.wait4(number, 0)
            raise FoundError("hangs: a download", f"it did not end in {_HANG:.0f} s")
        time.sleep(0.005)
    lab.spent("a download", usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024 - size / 1024)
    code = os.waitstatus_to_exitcode(status)
    if code not in _CODES:
        raise FoundError(f"exit code {code}: a download", (lab.folder / "said").read_text("utf-8", "replace")[-3000:])
    return code


def _download(lab: Lab, server: Server, body: bytes, go: int, ready: int) -> NoReturn:
    """Be one of those that download; never returns."""
    code = 1
    try:
        os.close(ready)
        server.forget()
        os.environ["no_proxy"] = "127.0.0.1"
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        fetching.PATIENCE, fetching.PAUSES = _PATIENCE, _PAUSES
        os.read(go, 1)
        wanted = downloads.Download(server.url, len(body), hashlib.sha256(body).hexdigest())
        downloads.fetch(wanted, lab.work / "voices" / _TARGET, lambda _had, _size: None)
        code = 0
    except VoiceguideError:
        code = 3
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001 (told as a find)
        (lab.folder / "said").write_text(traceback.format_exc(), "utf-8")
    finally:
        os._exit(code)
