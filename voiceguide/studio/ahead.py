"""Speaking ahead: the first words of what somebody is choosing, so that it sounds sooner once they press Play."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.session.making import Means

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.studio.wishes import Composed

SETTLED = 0.7
"""Seconds for which a choice has to stay what it is."""
SECONDS = 30.0
"""Of a session: more is spoken while that is heard."""


class Ahead:
    """Speaks ahead what was planned last, in a thread of its own. Safe to use from several threads."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        """Begin with nothing; while it `is_busy`, nothing is spoken ahead of what somebody hears."""
        self._is_busy = is_busy
        self._lock = Lock()
        self._over = Event()
        self._thread: Thread | None = None

    def plan(self, composed: Composed) -> None:
        """Speak the beginning of a session, unless another one is planned, or played, before that."""
        with self._lock:
            self._over.set()
            self._over = Event()
            self._thread = Thread(target=self._speak, args=(composed, self._over), name="ahead", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Speak no more: it ends after the sentence at hand, which is kept."""
        with self._lock:
            self._over.set()

    def close(self, timeout: float | None = None) -> None:
        """End, and wait for the thread, for so many seconds at most. Idempotent."""
        self.stop()
        if self._thread:
            self._thread.join(timeout)

    def _speak(self, composed: Composed, over: Event) -> None:
        from voiceguide.session.streaming import ahead

        if over.wait(SETTLED) or self._is_busy():
            return
        with suppress(VoiceguideError):  # told where it is played
            ahead(composed.session, Means(), seconds=SECONDS, levels=composed.levels, over=over)
