"""Rounds without a page: what is killed, who types meanwhile, and what must be there afterwards."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from harassing.server import Server
from harassing.typing import LostError, line_of, typist
from harassing.writer import Note, Writer, asked, begun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from harassing.typing import Typist

_MOST_SIGNS = 24
_AWAY = 0.2
"""Seconds for which a killed server stays away at most."""


class Result(NamedTuple):
    """What a round came to."""

    lost: float = 0.0
    """Seconds of typing that are lost."""
    kills: int = 1
    asked: int = 0
    """How often somebody had to choose between two texts."""


class Place:
    """A studio's folder, and the server that has it now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Server(folder).wait()

    def restart(self, after: float) -> None:
        """Kill the server, and start another one. Raises LostError where what it has is not what lies on the disk."""
        self.server.kill()
        time.sleep(after)
        self.server = Server(self.folder).wait()

    def text(self, identity: str) -> str:
        """Return a draft's text as it is told of. Raises LostError where the disk has another one."""
        told = str(asked(self.server, "GET", f"/api/drafts/{identity}")[1]["text"])
        there = (self.folder / "drafts" / identity / "routine.yaml").read_bytes()
        if told.encode() != there:
            raise LostError(f"told {told!r}, on the disk {there!r}")
        return told

    def close(self) -> None:
        """End it. Raises LostError where it was told of a bug."""
        fault = self.server.fault()
        self.server.kill()
        if fault:
            raise LostError(f"the server's bug: {fault}")


def _typed(who: Typist, *writers: Writer) -> float:
    """Let writers type, in turn; return when what is to be killed is to be, and wait until then."""
    for sign, pause in zip(who.signs, who.pauses, strict=True):
        time.sleep(pause)
        for writer in writers:
            writer.type(sign)
    time.sleep(who.until_kill)
    return time.monotonic()


def _whole(place: Place, identity: str, *writers: Writer) -> None:
    """Wait until all is saved. Raises LostError where a sign is not there."""
    for writer in writers:
        writer.flush()
    text = place.text(identity)
    for writer in writers:
        if (there := line_of(text, writer.number)) != writer.typed.signs:
            raise LostError(f"typed {writer.typed.signs!r}, and there is {there!r}")


def server(place: Place, rng: Random) -> Result:
    """The server is killed while somebody types; she types on."""
    identity = begun(place.server)
    writer = Writer(lambda: place.server, identity, 0)
    _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), writer)
    place.restart(rng.uniform(0, _AWAY))
    _typed(typist(rng, 3), writer)
    _whole(place, identity, writer)
    return Result(asked=writer.conflicts)


def everything(place: Place, rng: Random) -> Result:
    """Server and browser are killed at once, and what the browser noted is lost with it."""
    identity = begun(place.server)
    writer = Writer(lambda: place.server, identity, 0)
    end = _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), writer)
    place.server.kill()
    writer.drop()
    place.restart(0)
    return Result(writer.typed.lost(line_of(place.text(identity), 0), end), 2)


def browser(place: Place, rng: Random) -> Result:
    """The browser is killed, and what it noted is lost with it."""
    identity = begun(place.server)
    writer = Writer(lambda: place.server, identity, 0)
    end = _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), writer)
    writer.drop()
    there = line_of(place.text(identity), 0)
    return Result(writer.typed.lost(there, end))


def page(place: Place, rng: Random) -> Result:
    """The page is killed, and another one goes on from what the browser noted."""
    identity = begun(place.server)
    first = Writer(lambda: place.server, identity, 0)
    _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), first)
    note: Note | None = first.note()
    first.drop()
    if kills := rng.choice((0, 1)):
        place.restart(0)
    second = Writer(lambda: place.server, identity, 0, note)
    second.flush()
    if (there := line_of(place.text(identity), 0)) != first.typed.signs:
        raise LostError(f"typed {first.typed.signs!r}, and there is {there!r}")
    return Result(0.0, 1 + kills, second.conflicts)


def tabs(place: Place, rng: Random) -> Result:
    """Two browsers type in one draft, each on her line, and the server is killed."""
    identity = begun(place.server)
    writers = [Writer(lambda: place.server, identity, number) for number in range(2)]
    _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), *writers)
    place.restart(rng.uniform(0, _AWAY))
    _typed(typist(rng, 3), *writers)
    for writer in writers:
        writer.flush()
    _whole(place, identity, *writers)
    return Result(asked=sum(writer.conflicts for writer in writers))


def servers(place: Place, rng: Random) -> Result:
    """A second server is started beside the first, which is killed; then two at once, of which one gets the folder."""
    identity = begun(place.server)
    writer = Writer(lambda: place.server, identity, 0)
    other = Server(place.folder).wait()
    if other.serves or other.port != place.server.port:
        raise LostError("a second server has a folder that another one has")
    _typed(typist(rng, rng.randint(1, _MOST_SIGNS)), writer)
    place.server.kill()
    racing = [Server(place.folder), Server(place.folder)]
    for each in racing:
        each.wait()
    serving = [each for each in racing if each.serves]
    if len(serving) != 1 or len({each.port for each in racing}) != 1:
        raise LostError(f"of two servers {len(serving)} have a folder")
    place.server = serving[0]
    _typed(typist(rng, 3), writer)
    _whole(place, identity, writer)
    return Result(asked=writer.conflicts)


ROUNDS: dict[str, Callable[[Place, Random], Result]] = {
    "server": server,
    "server and browser": everything,
    "browser": browser,
    "page": page,
    "server, two tabs": tabs,
    "server, two started": servers,
}
