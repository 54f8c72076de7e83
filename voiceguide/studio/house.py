"""The house: all that one running studio holds, and that its routes share."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store.files import failed
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

    from voiceguide.studio.sessions import Heard


@dataclass
class House:
    """One studio on one folder."""

    folder: Path
    failed: Callable[[BaseException], None]
    """Told of what no answer should ever raise, in any thread."""
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
        self.composer = Composer(self.music)
        self.sessions = Sessions(self.folder, self.composer, self._whole)
        self.room = Room(self.folder, self.sessions, self.music)
        self.samples = Samples()
        self.phones = Phones(self.failed)
        self._sent: dict[str, Heard] = {}

    def _whole(self) -> None:
        """Make room once there is one session more."""
        try:
            self.room.make()
        except Failed as fault:
            self.failed(fault)

    def sent(self, identity: str, heard: Heard) -> None:
        """Note a session that goes to phones, for which it is heard."""
        self._sent[identity] = heard

    def unsent(self, identity: str) -> None:
        """End the sending of a session."""
        self.phones.stop(identity)
        if heard := self._sent.pop(identity, None):
            heard.close()

    def close(self, timeout: float | None = None) -> None:
        """End all that was begun, and wait for its threads, for so many seconds at most. Idempotent."""
        self.closing.set()
        self.phones.close()
        self.sessions.close(timeout)
