"""What tests of phones share: a session that is sent on this computer alone, and questions to it, as they stand."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import finished_for_tests

from voiceguide.routine.notes import Notes
from voiceguide.studio import addresses
from voiceguide.studio.phone import Shared, Sound
from voiceguide.timeline.reading import timeline

if TYPE_CHECKING:
    import pytest

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def at_home(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    """Let this computer be in a home network, whatever it is in: phones are on it."""
    monkeypatch.setattr(addresses, "reachable", lambda: found or (HERE,))


def asked(url: str, method: str = "GET", path: str | None = None, **headers: str) -> Answer:
    """Ask a server, with a path as it is and headers in place of a browser's."""
    split = urlsplit(url)
    connection = http.client.HTTPConnection(str(split.hostname), split.port, timeout=30)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, split.path if path is None else path, skip_host="Host" in given)
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders()
        found = connection.getresponse()
        body = found.read()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, body)
    finally:
        connection.close()


def listens(url: str) -> bool:
    """Whether anybody is there."""
    split = urlsplit(url)
    try:
        socket.create_connection((str(split.hostname), split.port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


@dataclass
class Told:
    """What was heard of phones, and of what must not be."""

    news: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)


def shared(sound: Sound, told: Told, name: str = "back", **changes: Any) -> Shared:
    """The session of `finished_for_tests`, with a sound."""
    session = timeline(finished_for_tests.SESSION)
    given: dict[str, Any] = {
        "id": name,
        "name": name,
        "sound": sound,
        "media_type": "audio/mpeg",
        "suffix": ".mp3",
        "timeline": lambda: session,
        "notes": Notes(need=("a towel",)),
        "cover": lambda: finished_for_tests.COVER,
        "tell": told.news.append,
        **changes,
    }
    return Shared(**given)
