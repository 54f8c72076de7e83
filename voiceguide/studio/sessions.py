"""Sessions: each is made once, whoever asks for it, and stays until it is deleted or room is needed.

Few are made at a time, and what is heard goes first: where all places are taken, one that nobody listens to is put
back, and made again later; what was spoken and encoded of it is in the cache.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from threading import Condition, RLock
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import Failed, VoiceguideError
from voiceguide.exports import finished
from voiceguide.installed import cores
from voiceguide.session import finishing
from voiceguide.store.growing import ClosedError
from voiceguide.studio.answers import NotHere, NotNow
from voiceguide.studio.making import Making
from voiceguide.studio.shelf import KEPT, Shelf, etag, facts_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.studio.making import Stream
    from voiceguide.studio.shelf import Behind, Facts
    from voiceguide.studio.wishes import Composed, Composer
    from voiceguide.timeline import Timeline

MOST_MADE = min(2, cores())
"""Sessions that are made at a time, unless more are listened to."""
_TICK = 0.02
"""Seconds between two looks at what becomes of a session that is listened to."""
MOST_HEARD = 6
"""Sessions that are made at a time, whoever listens."""

State = Literal["waiting", "making", "whole", "failed"]


class Entry:
    """One session: its facts, and what becomes of it. Its `Sessions` change it."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.making: Making | None = None
        self.composed: Composed | None = None
        """Kept from its wish to its first making."""
        self.fault: BaseException | None = None
        self.asked: float | None = None
        """When somebody last asked for it to be made; None where nobody waits for it."""
        self.readers = 0
        self.deleted = False
        self.head: bytes | None = None
        """The first bytes of its stream, once they were read."""

    @property
    def state(self) -> State:
        """What becomes of it."""
        if self.facts.behind:
            return "whole"
        if self.making:
            return "making"
        return "failed" if self.fault else "waiting"

    @property
    def stream(self) -> Stream | None:
        """Its stream while it is made; None before its first words are spoken, and once it is whole."""
        return self.making.stream if self.making else None


class Sessions:
    """All sessions, and the few that are being made. Safe to use from several threads."""

    def __init__(self, folder: Path, composer: Composer, whole: Callable[[], None] = lambda: None) -> None:
        """Find those that are there; `whole` is called, in a thread of a making, whenever one has become whole."""
        self.shelf = Shelf(folder)
        self.composer = composer
        self._whole = whole
        self._change = Condition(RLock())
        self.closed = False
        """Whether nothing is made any more."""
        self._entries: dict[str, Entry] = {}
        self._ending: set[Making] = set()
        self.broken: list[str] = []
        """A message for each that cannot be read."""
        self.look()

    # ---- which there are ---------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Find what lies on the shelf."""
        with self._change:
            found, self.broken = self.shelf.read()
            for facts in sorted(found, key=lambda facts: facts.begun):
                self._entries.setdefault(facts.id, Entry(facts))

    def all(self) -> list[Entry]:
        """Return them, the newest first."""
        with self._change:
            return list(reversed(self._entries.values()))

    def get(self, identity: str) -> Entry:
        """Return one. Raises NotHere."""
        with self._change:
            entry = self._entries.get(identity)
        if entry is None:
            raise NotHere(f'there is no session "{identity[:100]}" any more: play it again').said("session")
        return entry

    def wished(self, composed: Composed, timeline: Timeline) -> tuple[Entry, bool]:
        """Return the session that somebody asks for, and whether it is a new one; it is made from now on.

        `timeline` is by estimate. Raises Failed where nothing can be written.
        """
        with self._change:
            entry = self._entries.get(composed.id)
            is_new = entry is None
            if entry is None:
                entry = Entry(facts_of(composed.id, composed.wish, composed.digest, timeline, time.time()))
                entry.facts = replace(entry.facts, length=composed.session.choices.length.typed)
                self.shelf.write(entry.facts)
                self._entries[composed.id] = entry
            entry.composed = composed
            self.want(entry)
            return entry, is_new

    def want(self, entry: Entry) -> None:
        """Have a session made, unless it is whole, or is being made; one that failed is tried again."""
        with self._change:
            if entry.state in ("waiting", "failed") and not (entry.deleted or self.closed):
                entry.asked, entry.fault = time.monotonic(), None
                self._next()

    def change(self, entry: Entry, change: Callable[[Facts], Facts]) -> Facts:
        """Change a session's facts. Raises NotHere for one that is deleted, and Failed."""
        with self._change:
            if entry.deleted:
                raise NotHere("this session was deleted").said("session")
            changed = change(entry.facts)
            if changed != entry.facts:
                self.shelf.write(changed)
                entry.facts = changed
            return changed

    def delete(self, entry: Entry) -> None:
        """Remove a session; who listens to it is cut off."""
        with self._change:
            if entry.deleted:
                return
            entry.deleted = True
            self._entries.pop(entry.facts.id, None)
            self._put_back(entry)
            self.shelf.remove(entry.facts.id)
            self._next()
            self._change.notify_all()

    # ---- making ------------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        """Begin to make what waits, as far as there are places; what is heard first, then what was asked for last."""
        waiting = [each for each in self._entries.values() if each.state == "waiting" and each.asked is not None]
        for entry in sorted(waiting, key=lambda each: (each.readers > 0, each.asked or 0.0), reverse=True):
            if self.closed:
                return
            made = [each for each in self._entries.values() if each.making]
            if len(made) >= MOST_MADE:
                unheard = [each for each in made if not each.readers]
                if not entry.readers:
                    return
                if unheard:
                    self._put_back(min(unheard, key=lambda each: each.asked or 0.0))
                elif len(made) >= MOST_HEARD:
                    return
            self._make(entry)

    def _make(self, entry: Entry) -> None:
        identity = entry.facts.id
        try:
            composed = entry.composed or self.composer.compose(entry.facts.wish)
            if composed.digest != entry.facts.digest:
                raise Failed("the routine, its music or its voice is not what it was: play it anew").said("changed")
        except VoiceguideError as fault:
            entry.fault, entry.asked = fault, None
            return
        entry.composed = None
        entry.making = Making(composed, identity, self.shelf, lambda making: self._ended(entry, making))
        entry.making.start()

    def _put_back(self, entry: Entry) -> None:
        """Stop making a session; its place is free at once, and its thread ends soon."""
        if entry.making:
            self._ending.add(entry.making)
            entry.making.stop()
            entry.making = None

    def _ended(self, entry: Entry, making: Making) -> None:
        """Take up what has become of a making; called from its thread."""
        with self._change:
            self._ending.discard(making)
            if entry.making is not making:  # put back, or deleted
                if entry.deleted and entry.facts.id not in self._entries:
                    self.shelf.remove(entry.facts.id)
                return
            entry.making, entry.asked, entry.fault = None, None, making.fault
            if making.behind:
                try:
                    self.change(entry, lambda facts: replace(facts, behind=making.behind))
                except VoiceguideError as fault:
                    entry.fault = fault
            self._next()
            self._change.notify_all()
        if making.behind and not self.closed:
            self._whole()

    def is_busy(self) -> bool:
        """Whether a session is being made."""
        with self._change:
            return any(entry.making for entry in self._entries.values())

    # ---- hearing -----------------------------------------------------------------------------------------------------

    def heard(self, entry: Entry) -> Heard:
        """Listen to a session until that is closed: it is made, and before others."""
        with self._change:
            entry.readers += 1
            if entry.state == "waiting":
                self.want(entry)
        return Heard(self, entry)

    def lost(self, entry: Entry) -> None:
        """Make a session again whose file is not there any more, or was cut."""
        with self._change:
            if entry.facts.behind and not entry.deleted:
                self.change(entry, lambda facts: replace(facts, behind=None))
                self.want(entry)

    def head(self, entry: Entry) -> bytes:
        """Return the first bytes of the stream of a session that is whole."""
        if entry.head is None:
            entry.head = self.shelf.head(entry.facts.id)
        return entry.head or b""

    def unheard(self, entry: Entry) -> None:
        """Take back that somebody listens."""
        with self._change:
            entry.readers -= 1

    def file(self, entry: Entry) -> Path:
        """Return the finished file of a session that is whole."""
        return self.shelf.place(entry.facts.id) / KEPT

    def wait(self, entry: Entry, timeout: float) -> bool:
        """Wait until a session is whole, and say whether it is. Raises what it failed at, and NotHere."""
        with self._change:
            self.want(entry) if not entry.fault else None
            self._change.wait_for(lambda: entry.state in ("whole", "failed") or entry.deleted or self.closed, timeout)
            self.check(entry)
            return entry.state == "whole"

    def check(self, entry: Entry) -> None:
        """Raise NotHere for a session that was deleted, and NotNow with what one failed at."""
        if entry.deleted:
            raise NotHere("this session was deleted").said("session")
        if self.closed:
            raise NotNow("the studio was closed").said("closed")
        if entry.fault is not None:
            told = NotNow(f"this session could not be made: {entry.fault}").said("not_made", why=entry.fault)
            raise told from entry.fault

    def close(self, timeout: float | None = None) -> None:
        """Stop making, and wait until all threads have ended, for so many seconds at most. Idempotent."""
        with self._change:
            self.closed = True
            making = [entry.making for entry in self._entries.values() if entry.making]
            for each in making:
                each.stop()
            making += self._ending
            self._change.notify_all()
        until = None if timeout is None else time.monotonic() + timeout
        for each in making:
            each.join(None if until is None else max(0.0, until - time.monotonic()))


class Heard:
    """A session's stream, whatever becomes of the session meanwhile: made, whole, or put back and made again.

    It is read as `store.growing.Growing` is, once it has begun.
    """

    def __init__(self, sessions: Sessions, entry: Entry) -> None:
        self.entry = entry
        self._sessions = sessions
        self._open = True

    def close(self) -> None:
        """Listen no longer. Idempotent."""
        if self._open:
            self._open = False
            self._sessions.unheard(self.entry)

    def begun(self) -> tuple[int, str] | None:
        """Return its bytes and what names them; None until its first words are spoken. Raises as `Sessions.check`."""
        facts, stream = self.entry.facts, self.entry.stream
        if facts.behind:
            head = self._sessions.head(self.entry)
            size = len(head) + facts.behind.bytes
            return size, etag(facts.id, head, size)
        if stream:
            return stream.size, stream.etag
        self._sessions.check(self.entry)
        return None

    @property
    def size(self) -> int:
        """Its bytes; 0 before it has begun."""
        found = self.begun()
        return found[0] if found else 0

    @property
    def finished(self) -> bool:
        """Whether all of it is there."""
        return self.entry.facts.behind is not None

    @property
    def fault(self) -> BaseException | None:
        """What keeps it from ever being whole."""
        return self.entry.fault

    @property
    def timeline(self) -> Timeline:
        """Its timeline as far as it is known by now; it has begun. Raises Failed for a file that cannot be read."""
        if self.entry.facts.behind is None and (stream := self.entry.stream):
            return finishing.carried(stream.made.session, stream.made.unfolding.timeline)
        return finished.timeline_of(self._sessions.file(self.entry), None)

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:
        """Return bytes from `start` on, as `store.growing.Growing.read` does."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            facts, stream = self.entry.facts, self.entry.stream
            left = None if until is None else max(0.0, until - time.monotonic())
            if facts.behind:
                found = self._from_disk(facts, facts.behind, start, end)
                if found is not None:
                    return found
                self._sessions.lost(self.entry)
            elif stream:
                with suppress(ClosedError):  # whole by now, or put back
                    return stream.read(start, end, left)
            if self.entry.deleted or self._sessions.closed or self.entry.fault is not None:
                raise ClosedError
            if left == 0.0:
                raise TimeoutError("no byte came")
            time.sleep(_TICK)

    def _from_disk(self, facts: Facts, behind: Behind, start: int, end: int) -> bytes | None:
        """Return bytes of a session that is whole; None where its file is not."""
        head = self._sessions.head(self.entry)
        if start < len(head):
            return head[start:end]
        path = self._sessions.shelf.place(facts.id) / behind.file
        begin, stop = start - len(head), min(end - len(head), behind.bytes)
        try:
            with path.open("rb") as file:
                file.seek(behind.offset + begin)
                found = file.read(max(0, stop - begin))
        except OSError:
            return None
        return found if found or begin >= stop else None
