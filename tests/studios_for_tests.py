"""What tests of the studio share: a house in a folder of their own, and a browser's requests to it, in this process."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from voiceguide.studio import keys
from voiceguide.studio.app import guarded, of_house
from voiceguide.studio.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    import pytest

PORT = 8123
SMALL = """\
title: Small one
summary: Half a minute.
tags: [tests]
position: lying face down
setups: [lying, seated]
need: [a towel]
steps:
  - name: First strokes
    say: Glide up.
    duration: 6s..20s
  - name: Hold
    sides: [left, right]
    say: Thumb on the {side}.
    hold: {press: 3s, release: 2s}
    duration: 12s..60s
"""
SOON: dict[str, Any] = {
    "voice": "tone",
    "opening": False,
    "closing": False,
    "gate": "brief",
    "bed": "none",
    "quality": 9,
}
"""Choices that make a session of the small routine soonest."""


class Studio:
    """A house, and who asks it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[BaseException] = []
        self.keys = keys.renewed(keys.kept(folder), PORT)
        self.house = House(folder, self.faults.append)
        keys.keep(folder, self.keys)
        self.app = guarded(self.keys, of_house(self.house), self.faults.append)

    def ask(self, method: str, path: str, **details: Any) -> httpx.Response:
        """Ask as a script does, with the token; `keyless` leaves it out."""
        headers = details.pop("headers", {})
        if not details.pop("keyless", False):
            headers = {"Authorization": f"Bearer {self.keys.token}", **headers}
        return asked(self.app, method, path, headers=headers, **details)

    def get(self, path: str, status: int = 200, **details: Any) -> Any:
        """Return an answer's document."""
        return self._document(self.ask("GET", path, **details), status)

    def post(self, path: str, document: Any, status: int = 200) -> Any:
        """Send a document, and return the answer's."""
        return self._document(self.ask("POST", path, json=document), status)

    def patch(self, path: str, document: Any, status: int = 200) -> Any:
        """Send a change, and return the answer's document."""
        return self._document(self.ask("PATCH", path, json=document), status)

    def delete(self, path: str, status: int = 204) -> None:
        """Remove something."""
        assert self.ask("DELETE", path).status_code == status

    def play(self, routine: str = "small", **choices: Any) -> str:
        """Ask for a session, and return its id."""
        wanted = {"routine": routine, "choices": {**SOON, **choices}}
        made = self.ask("POST", "/api/sessions", json=wanted)
        assert made.status_code in (200, 201), made.text
        return str(made.json()["id"])

    def whole(self, identity: str) -> dict[str, Any]:
        """Wait until a session is whole, and return it."""
        entry = self.house.sessions.get(identity)
        assert self.house.sessions.wait(entry, 180)
        return dict(self.get(f"/api/sessions/{identity}"))

    def sound(self, identity: str, **headers: str) -> httpx.Response:
        """Return a session's sound, or a part of it."""
        return self.ask("GET", f"/api/sessions/{identity}/session.mp3", headers=headers)

    def close(self) -> None:
        """End it; no request was answered with a bug of ours."""
        self.house.close(10)
        assert not self.faults

    @staticmethod
    def _document(answer: httpx.Response, status: int) -> Any:
        assert answer.status_code == status, answer.text
        return answer.json()


@contextmanager
def opened(folder: Path) -> Iterator[Studio]:
    """Open a house for a block."""
    studio = Studio(folder)
    try:
        yield studio
    finally:
        studio.close()


def asked(app: Any, method: str, path: str, **details: Any) -> httpx.Response:
    """Ask an application, as a browser on this computer does, unless its headers say otherwise."""
    import httpx

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{PORT}") as client:
            return await client.request(method, path, **details)

    return asyncio.run(ask())


def raw(app: Any, target: str, headers: dict[str, str]) -> int:
    """Ask for a target as it stands, which no client would send so; return the status."""
    path, _, query = target.partition("?")
    sent: list[Any] = []

    async def ask() -> None:
        gone = asyncio.Event()

        async def receive() -> Any:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        given = {"Host": f"127.0.0.1:{PORT}", **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in given.items()],
        }
        await app(scope, receive, send)

    asyncio.run(ask())
    return int(sent[0]["status"])


def with_small(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str = SMALL) -> Path:
    """Put a small routine where routines are looked for; return its file."""
    folder.mkdir(exist_ok=True)
    file = folder / "small.yaml"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", str(folder))
    return file


def until(true: Any, seconds: float = 180.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
