"""Samples: how a voice, a bed, a chime or own music sounds, some seconds of it as an MP3 for the page."""

from __future__ import annotations

from collections import OrderedDict
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from voiceguide import voices
from voiceguide.choices import Choices, Options
from voiceguide.errors import UsageError
from voiceguide.session import filling, previewing, saying, speakable, writing
from voiceguide.session.making import Means
from voiceguide.sound import bed as beds
from voiceguide.sound import chimes
from voiceguide.store.cache import Cache, default_folder
from voiceguide.store.temporary import Folder
from voiceguide.studio.answers import NotHere
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.studio.wishes import Composed

LONGEST = 12.0
"""Seconds."""
_FADE = 1.5
"""Seconds at the end of what is cut."""
_BED_DB = -4.0
"""A bed is as loud as the voice; alone that is more than anybody expects of it."""
_KEPT, _KEPT_BYTES = 64, 32 << 20


class Samples:
    """Samples, each made once and kept while the studio runs. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def voice(self, identity: str, language: str) -> bytes:
        """Return a sentence of a voice. Raises NotHere for an unknown one, and as `say` does."""
        choices = Choices(voice=identity, language=language)
        try:
            voices.pick(choices.voice, language=language, pace=choices.pace)
        except UsageError as error:
            missing = NotHere(error.text, field="voice", got=identity, known=error.known)
            raise missing.said("voice", name=identity[:100]) from None

        def made() -> bytes:
            with Folder() as folder:
                target = writing.target(folder / "sample.mp3", Options(), overwrite=True)
                saying.say(filling.calibration(language), target, choices, Means())
                return target.path.read_bytes()

        return self._once(("voice", identity, language), made)

    def bed(self, path: Path, stamp: str = "") -> bytes:
        """Return the beginning of a bed; `stamp` is what changes when its files do. Raises Failed."""

        def made() -> bytes:
            with Cache(default_folder(), warn=_to_nobody) as cache:
                bed = beds.load(path, cache)
                return _mp3(bed.samples(bed.steady, round(LONGEST * SAMPLE_RATE)) * 10 ** (_BED_DB / 20))

        return self._once(("bed", str(path), stamp), made)

    def chime(self, name: str) -> bytes:
        """Return a bundled chime. Raises Failed."""

        def made() -> bytes:
            with Cache(default_folder(), warn=_to_nobody) as cache:
                samples = chimes.kept(chimes.find(name, None), name, cache).samples
                return _mp3(samples[: round(LONGEST * SAMPLE_RATE)])

        return self._once(("chime", name), made)

    def step(self, composed: Composed, step: str | int | None, seconds: float | None) -> bytes:
        """Return a step of a session, or how each begins. Raises VoiceguideError for what cannot be played."""
        wanted = previewing.Wanted.of(step, seconds)

        def made() -> bytes:
            with Folder() as folder:
                target = writing.target(folder / "step.mp3", composed.options, overwrite=True)
                previewing.preview(composed.session, wanted, target, Means())
                return target.path.read_bytes()

        speakable.check(composed.session)
        composed.session.check_sounds()
        return self._once(("step", composed.digest, repr(wanted)), made)

    def _once(self, key: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """Make one at a time: a page asks for many at once, and a session that sounds is in more of a hurry."""
        with self._lock:
            if (found := self._kept.get(key)) is None:
                self._kept[key] = found = make()
                while len(self._kept) > _KEPT or sum(map(len, self._kept.values())) > _KEPT_BYTES:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
            return found


def _to_nobody(_warning: str) -> None:
    """Where the cache cannot be written a sample is made all the same."""


def _mp3(samples: NDArray[np.float32]) -> bytes:
    """Return samples, shape (frames, 2), as an MP3; the last of them fade."""
    import numpy as np

    from voiceguide.exports.mp3 import Mp3Export

    heard = np.array(samples, np.float32)
    fade = min(round(_FADE * SAMPLE_RATE), len(heard))
    heard[len(heard) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    file = BytesIO()
    Mp3Export().write(file, iter([heard]), frames=len(heard), tags=Tags(title=""), options=Options())
    return file.getvalue()
