"""Downloads: voices that are brought here because somebody asked for them on the page, each by one thread."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import MissingError, UsageError, VoiceguideError
from voiceguide.store.growing import ClosedError
from voiceguide.studio.answers import NotHere
from voiceguide.voices import getting

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.voices import Listed

State = Literal["missing", "getting", "ready", "failed"]


@dataclass
class Download:
    """A voice on its way."""

    voice: Listed
    """As it was before."""
    state: State
    so_far: int = 0
    """Bytes that have come."""
    in_all: int = 0
    """Bytes, 0 until that is known."""
    fault: VoiceguideError | None = None
    over: Event = field(default_factory=Event)
    """Set once nobody wants it any more."""
    thread: Thread | None = None


class Downloads:
    """The voices that are downloaded while a studio runs. Safe to use from several threads."""

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        """Begin; `failed` is told of what nothing should ever raise."""
        self._failed = failed
        self._known: dict[str, Download] = {}
        self._lock = Lock()

    def of(self, identity: str) -> Download:
        """Return how far a voice is. Raises NotHere for an unknown one."""
        with self._lock:
            if (found := self._known.get(identity)) and found.state != "ready":
                return found
        voice = _voice(identity)
        return Download(voice, "ready" if voice.ready else "missing")

    def begin(self, identity: str, licence: str) -> Download:
        """Begin to download a voice, or join whoever did, under the licence that was agreed to.

        Raises NotHere for an unknown voice, MissingError for one that is not downloaded, and UsageError for another
        licence.
        """
        with self._lock:
            if (found := self._known.get(identity)) and found.state == "getting":
                return found
            voice = _voice(identity)
            if voice.ready:
                return Download(voice, "ready")
            if voice.download_mb is None:
                message = f'The voice "{voice.id}" is not ready, and is not downloaded. {voice.fix}'
                raise MissingError(message).said("no_download", name=voice.id)
            if licence != voice.licence:
                raise UsageError(f'licence: expected "{voice.licence}", which the voice is under, got "{licence[:60]}"')
            begun = self._known[identity] = Download(voice, "getting")
            begun.thread = Thread(target=self._get, args=(begun,), name="getting", daemon=True)
            begun.thread.start()
            return begun

    def _get(self, download: Download) -> None:
        def told(so_far: int, in_all: int) -> None:
            if download.over.is_set():
                raise ClosedError
            download.so_far, download.in_all = so_far, in_all

        try:
            getting.get(download.voice.id, told)
            download.state = "ready"
        except ClosedError:
            download.state = "missing"
        except VoiceguideError as fault:
            download.fault, download.state = fault, "failed"
        except BaseException as fault:  # noqa: BLE001 (told where somebody looks)
            download.state = "missing"
            self._failed(fault)

    def end(self, identity: str) -> None:
        """End the download of a voice; what has come of it stays, and the next one goes on with it."""
        with self._lock:
            found = self._known.get(identity)
        if found:
            found.over.set()

    def close(self, timeout: float | None = None) -> None:
        """End all of them, and wait for their threads, for so many seconds at most. Idempotent."""
        with self._lock:
            every = tuple(self._known.values())
        for each in every:
            each.over.set()
        until = None if timeout is None else time.monotonic() + timeout
        for each in every:
            if each.thread:
                each.thread.join(None if until is None else max(0.0, until - time.monotonic()))


def _voice(identity: str) -> Listed:
    try:
        return getting.voice(identity)
    except UsageError as error:
        missing = NotHere(error.text, field="voice", got=identity, known=error.known)
        raise missing.said("voice", name=identity[:100]) from None
