"""One of Kokoro's voices at one pace: a sentence → signs → samples."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, VoiceguideError
from voiceguide.text.pronouncing import letters
from voiceguide.voices import Audio
from voiceguide.voices.kokoro import edges, model, pace, phonemes
from voiceguide.voices.kokoro.edges import SAMPLE_RATE
from voiceguide.voices.timing import RULE

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.voices.kokoro.pace import Manner, Tempo

_VECTORS = Path(__file__).with_name("vectors")
_LOUDEST = 0.98
"""What a sentence's peak is brought down to, where the model's goes beyond full scale."""

AT_ONCE = 2
"""Sentences; `model.Room` has the longest alone."""

_WINDOW = SAMPLE_RATE // 100
"""Samples over which a level is taken, to find pauses."""
_SILENCE = 10 ** (-40 / 20)
"""Of a sentence's loudest window: below it there is a pause."""
_SHORTEST = 12
"""Windows; what is shorter closes a consonant."""


class KokoroVoice:
    """Speaks with the model that all voices share; each thread's sentence runs on one core."""

    def __init__(
        self, name: str, tongue: str, tempo: Tempo, pace: int, session: Callable[[], Any] = model.session
    ) -> None:
        """`tongue` is one of `phonemes.TONGUES`; `session` gives onnxruntime's, when it is wanted."""
        self._name = name
        self._tongue = tongue
        self._tempo = tempo
        self._pace = pace
        self._session = session

    @property
    def id(self) -> str:
        """`kokoro:ef_dora`."""
        return f"kokoro:{self._name}"

    @cached_property
    def fingerprint(self) -> str:
        """Model and vectors by their checksums, what spells the sounds, pace, and the constants of both."""
        own = (edges.CONSTANTS, _LOUDEST, _SILENCE, _SHORTEST, _WINDOW)
        constants = repr((self._tempo, pace.SPEEDS, pace.SLOWEST, pace.LONGEST_PAUSE, RULE, own))
        made_of = hashlib.sha256(constants.encode() + (_VECTORS / f"{self._name}.npy").read_bytes())
        spelled = phonemes.release(self._tongue)
        return (
            f"kokoro {model.SHA256[:16]} {self._name} {self._tongue} pace={self._pace} {made_of.hexdigest()[:16]} "
            f"{spelled} signs={phonemes.VERSION}"
        )

    @property
    def phonemes(self) -> frozenset[str]:
        """The signs of IPA that a word may be given in, as `[word](/ipa/)`."""
        return phonemes.sayable(self._tongue)

    @property
    def at_once(self) -> int:
        """Few, whatever the machine: the memory of a session stays below 800 MB."""
        return AT_ONCE

    @property
    def slowest(self) -> int:
        """Its pace at the slowest speed, in words a minute."""
        return pace.slowest(self._tempo)

    def say(self, text: str) -> Audio:
        """Speak one sentence: 24 kHz, with the model's own silence (0.2-0.5 s) before and after it.

        A sentence that is longer than the model can take is spoken in pieces, cut where it pauses. Raises MissingError
        when the model is not here, Failed when it cannot speak.
        """
        import numpy as np

        how = self._manner(letters(text))
        try:
            spoken = [self._spoken(piece, how.speed) for piece in phonemes.pieces(phonemes.signs(text, self._tongue))]
        except VoiceguideError:
            raise
        except Exception as fault:
            raise Failed(f'The voice "{self.id}" could not say "{text}": {type(fault).__name__}: {fault}') from fault
        samples = np.concatenate(spoken)
        if how.longer:
            samples = lengthened(samples, how.pauses, round(how.longer * SAMPLE_RATE))
        peak = float(np.abs(samples).max())
        return Audio((samples * min(1.0, _LOUDEST / peak) if peak else samples).reshape(-1, 1), SAMPLE_RATE)

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)` once trimmed at -50 dBFS: within 10 % for half of a session, within 4 % in sum."""
        return self._manner(text).seconds

    def _manner(self, text: str) -> Manner:
        return pace.manner(text, self._tempo, pace=self._pace, language=self._tongue)

    def _spoken(self, piece: str, speed: float) -> NDArray[np.float32]:
        import numpy as np

        tokens = phonemes.tokens(piece)
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._styles[len(tokens) - 1 : len(tokens)],
            "speed": np.array([speed], np.float32),
        }
        session = self._session()
        with model.ROOM.taken(len(tokens)):
            samples, frames = session.run([model.SAMPLES, model.FRAMES], inputs, model.sparing())
        return edges.cleared(samples.reshape(-1), piece, frames.reshape(-1))

    @cached_property
    def _styles(self) -> NDArray[np.float32]:
        """A style for each number of signs, shape (510, 256)."""
        import numpy as np

        styles: NDArray[np.float32] = np.load(_VECTORS / f"{self._name}.npy").astype(np.float32)
        return styles


def lengthened(samples: NDArray[np.float32], pauses: int, more: int) -> NDArray[np.float32]:
    """Return a sentence with its longest pauses, `pauses` of them at most, each longer by `more` samples of silence."""
    import numpy as np

    blocks = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    levels = np.sqrt(np.mean(blocks**2, axis=1))
    loud = np.flatnonzero(levels > _SILENCE * levels.max(initial=0.0))
    gaps = np.diff(loud) - 1
    longest = [place for place in np.argsort(-gaps, kind="stable")[:pauses] if gaps[place] >= _SHORTEST]
    # In the middle of a pause nothing sounds that a cut could be heard in.
    middles = sorted((int(loud[place]) + 1 + int(gaps[place]) // 2) * _WINDOW for place in longest)
    silence = np.zeros(more, np.float32)
    parts = [part for place in np.split(samples, middles) for part in (place, silence)]
    return np.concatenate(parts[:-1])
