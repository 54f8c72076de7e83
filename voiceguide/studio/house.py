"""The house: all that one running studio holds, and that its routes share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING, Any

from voiceguide.choices import MOST_VISITS
from voiceguide.errors import Failed
from voiceguide.routine.languages import varies
from voiceguide.store.files import failed
from voiceguide.studio.ahead import Ahead, Warming
from voiceguide.studio.downloads import Downloads
from voiceguide.studio.drafts import Drafts
from voiceguide.studio.memory import Memory
from voiceguide.studio.music import Music
from voiceguide.studio.phone import Phones
from voiceguide.studio.room import Room
from voiceguide.studio.samples import Samples
from voiceguide.studio.sessions import Sessions
from voiceguide.studio.wishes import Composer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.studio.phone import Shared
    from voiceguide.studio.sessions import Heard
    from voiceguide.studio.wishes import Wish


@dataclass
class House:
    """One studio on one folder."""

    folder: Path
    failed: Callable[[BaseException], None]
    """Told of what no answer tells, and of what none should ever raise, in any thread."""
    closing: Event = field(default_factory=Event)
    """Set once it ends: whoever still listens is cut off."""

    def __post_init__(self) -> None:
        """Open the folder. Raises Failed where it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed(self.folder, "folder", error) from error
        self.music = Music(self.folder)
        self.memory = Memory(self.folder)
        self.drafts = Drafts(self.folder)
        self.composer = Composer(self.music, self.drafts)
        self.sessions = Sessions(self.folder, self.composer, self._whole)
        self.room = Room(self.folder, self.sessions, self.music)
        self.samples = Samples()
        self.downloads = Downloads(self.failed)
        self.ahead = Ahead(self.sessions.is_busy)
        self.warming = Warming(self.composer, self.sessions.is_busy)
        self.phones = Phones(self.failed)
        if self.memory.set_aside:
            self.failed(Failed(f"what was remembered could not be read, and lies in {self.memory.set_aside} now"))
        self._sent: dict[str, tuple[Heard, dict[str, Any]]] = {}

    def in_turn(self, wanted: Wish) -> Wish:
        """Return a wish for the next visit to its routine, where that has other words each time and none was asked for.

        Raises as `Composer.routine`.
        """
        number = min(self.memory.of(wanted.routine).visits + 1, MOST_VISITS)
        if "visit" in wanted.choices or number == 1 or not varies(self.composer.routine(wanted.routine)):
            return wanted
        return replace(wanted, choices={**wanted.choices, "visit": number})

    def _whole(self) -> None:
        """Make room once there is one session more."""
        try:
            self.room.make()
        except Failed as fault:
            self.failed(fault)

    def send(self, heard: Heard, shared: Shared) -> dict[str, Any]:
        """Send a session to phones, for which it is heard until that ends, and return where, as JSON's values.

        Raises as `Phones.start`.
        """
        found = self.phones.start(shared)
        told = {"url": found.url, "qr": found.qr, "others": list(found.others)}
        before, _ = self._sent.get(shared.id, (None, None))
        self._sent[shared.id] = heard, told
        if before:
            before.close()
        return self.sent(shared.id) or told

    def sent(self, identity: str) -> dict[str, Any] | None:
        """Return where a session is sent, and how far it is on its way; None where it isn't."""
        found, way = self._sent.get(identity), self.phones.way(identity)
        return {**found[1], "state": way.state, "share": round(way.share, 4)} if found and way else None

    def unsent(self, identity: str) -> None:
        """End the sending of a session."""
        self.phones.stop(identity)
        heard, _ = self._sent.pop(identity, (None, None))
        if heard:
            heard.close()

    def close(self, timeout: float | None = None) -> None:
        """End all that was begun, and wait for its threads, for so many seconds at most. Idempotent."""
        self.closing.set()
        self.phones.close()
        self.downloads.close(timeout)
        self.ahead.close(timeout)
        self.warming.close(timeout)
        self.sessions.close(timeout)
