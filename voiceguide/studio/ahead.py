"""What is done ahead, so that it sounds sooner once somebody presses Play: loading, and speaking what they choose."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from voiceguide.errors import VoiceguideError
from voiceguide.routine import finding
from voiceguide.session import filling
from voiceguide.session.composing import silent
from voiceguide.session.making import Means
from voiceguide.studio.foreseeing import foreseen
from voiceguide.studio.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.sound.bed import BedRef
    from voiceguide.studio.wishes import Composed, Composer

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


class Warming:
    """Loads what the first session in a language needs, once, in a thread, while somebody still looks at the page."""

    def __init__(self, composer: Composer, is_busy: Callable[[], bool]) -> None:
        """Begin with nothing; where somebody plays before it is done, it leaves off."""
        self._composer = composer
        self._is_busy = is_busy
        self._lock = Lock()
        self._over = Event()
        self._thread: Thread | None = None

    def begin(self, language: str) -> None:
        """Load what sessions in a language need, unless something was loaded before."""
        with self._lock:
            if self._thread is None and not self._over.is_set():
                self._thread = Thread(target=self._load, args=(language,), name="warming", daemon=True)
                self._thread.start()

    def close(self, timeout: float | None = None) -> None:
        """End after the step at hand, and wait for that, for so many seconds at most. Idempotent."""
        self._over.set()
        if self._thread:
            self._thread.join(timeout)

    def _load(self, language: str) -> None:
        with suppress(VoiceguideError):  # told where it is played
            for step in self._steps(language):
                if self._over.is_set() or self._is_busy():
                    return
                step()

    def _steps(self, language: str) -> Iterator[Callable[[], object]]:
        """Yield what there is to load: the modules, a routine with its plan, the voice, the bed."""
        yield _import_all
        known = next((entry for entry in finding.index() if language in entry["languages"]), None)
        if known is None:
            return
        composed = self._composer.compose(Wish(known["name"], {"language": language}))
        yield lambda: foreseen(composed)
        spoken = filling.calibration(language)
        yield lambda: composed.session.voice.say(spoken)
        yield lambda: _decode(composed.session.bed)


def _import_all() -> None:
    import voiceguide.exports.mp3.streaming
    import voiceguide.session.streaming
    import voiceguide.sound.mix  # noqa: F401 (that all of them are loaded)


def _decode(bed: BedRef | None) -> None:
    from voiceguide.sound import bed as beds
    from voiceguide.store.cache import Cache, default_folder

    if bed:
        with Cache(default_folder(), warn=silent) as cache:
            beds.load(bed.path, cache)
