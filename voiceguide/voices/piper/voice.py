"""One of Piper's voices at one pace. The constants come from `scripts/calibrate_piper.py`."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, MissingError, VoiceguideError
from voiceguide.text import ipa, pronouncing
from voiceguide.voices import Audio
from voiceguide.voices.timing import RULE, Timing, ratio

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.voices.piper.known import Known

REFERENCE = 1.8
"""Piper's length_scale, near which running text is spoken at the usual pace."""
TIMING = Timing(base=0.1833, nucleus=0.1073, consonant=0.1098, pause=0.5126)
"""Seconds at that, of `joe`; other voices are taken to be as fast."""
TEMPI = (
    (0.8, 0.554),
    (1.0, 0.631),
    (1.2, 0.683),
    (1.4, 0.807),
    (1.6, 0.906),
    (1.8, 1.0),
    (2.0, 1.086),
    (2.2, 1.191),
    (2.4, 1.279),
    (2.6, 1.375),
    (2.8, 1.468),
    (3.0, 1.565),
    (3.2, 1.652),
    (3.4, 1.746),
    (3.6, 1.836),
    (3.8, 1.935),
    (4.0, 2.023),
)
"""(length_scale, seconds relative to the reference), fastest first.

Piper lengthens each sound by whole frames of 12 ms, so its length is a staircase: a pace takes the nearest step.
"""
_NOISES = 0.0, 0.0
"""Piper's two: with any of them the same sentence is other bytes each time, as no seed reaches them."""
_BETWEEN = 0.3
"""Seconds of silence between sentences, where Piper finds several in one."""
_LOUDEST = 0.98
"""What a sentence's peak is brought down to, where the model's goes beyond full scale."""


class PiperVoice:
    """One voice at one pace. Its model is loaded once and shared by all threads; each runs on one core."""

    def __init__(self, known: Known, pace: int) -> None:
        self._known = known
        self._pace = pace
        self._model: Any = None
        self._loading = threading.Lock()

    @property
    def id(self) -> str:
        """`piper:thorsten`."""
        return f"piper:{self._known.name}"

    @cached_property
    def fingerprint(self) -> str:
        """The package's version, the model by its checksum, pace, and the constants above."""
        constants = repr((REFERENCE, TIMING, TEMPI, _NOISES, _BETWEEN, _LOUDEST, RULE, self._known.pace))
        calibration = hashlib.sha256(constants.encode()).hexdigest()[:12]
        model = self._known.model.sha256[:16]
        return f"piper {version('piper-tts')} {self._known.name} {model} pace={self._pace} {calibration}"

    @cached_property
    def phonemes(self) -> frozenset[str]:
        """The signs of IPA that a word may be given in, as `[word](/ipa/)`. Raises as `say` does."""
        return ipa.SIGNS.intersection(self._config["phoneme_id_map"])

    def say(self, text: str) -> Audio:
        """Speak one sentence, with the model's own silence before and after it.

        Raises MissingError when its files are not here any more, Failed when it cannot speak.
        """
        try:
            return self._said(self._loaded(), text)
        except VoiceguideError:
            raise
        except Exception as fault:
            raise Failed(f'The voice "{self.id}" could not say "{text}": {type(fault).__name__}: {fault}') from fault

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)` once trimmed at -50 dBFS. Only `joe` was ever measured."""
        _, relative = self._tempo(text)
        return relative * TIMING.seconds(text, language=self._known.language)

    def _tempo(self, text: str) -> tuple[float, float]:
        """The (length_scale, relative seconds) of TEMPI to say a sentence at."""
        known = self._known
        wanted = ratio(text, TIMING, language=known.language, pace=self._pace, reference=known.pace)
        return min(TEMPI, key=lambda tempo: abs(tempo[1] / wanted - 1))

    def _said(self, model: Any, text: str) -> Audio:
        import numpy as np
        from piper.config import SynthesisConfig

        (scale, _), (noise, width) = self._tempo(pronouncing.letters(text)), _NOISES
        how = SynthesisConfig(length_scale=scale, noise_scale=noise, noise_w_scale=width)
        rate = int(model.config.sample_rate)
        pause = np.zeros(round(_BETWEEN * rate), np.float32)
        parts: list[NDArray[np.float32]] = []
        told = pronouncing.parts(text)
        given = "".join(f"[[ {ipa.at_vowels(sounds)} ]]" if sounds else said for said, sounds in told)
        # Its own `synthesize` cuts off what is beyond full scale.
        for sounds in model.phonemize(given):
            if sounds:
                parts += [pause, model.phoneme_ids_to_audio(model.phonemes_to_ids(sounds), how).reshape(-1)]
        samples = np.concatenate(parts[1:] or [np.zeros(0, np.float32)]).astype(np.float32)
        peak = float(np.abs(samples).max(initial=0.0))
        return Audio((samples * min(1.0, _LOUDEST / peak) if peak else samples).reshape(-1, 1), rate)

    @cached_property
    def _files(self) -> tuple[Path, Path]:
        """Model and config. Raises MissingError where they are gone."""
        found = self._known.here()
        if found is None:
            raise MissingError(f'The voice "{self.id}" is not here any more. Get it: voiceguide voices get {self.id}')
        return found

    @cached_property
    def _config(self) -> dict[str, Any]:
        """The model's config. Raises MissingError where it is gone, Failed where it is none."""
        _, path = self._files
        try:
            config = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(config["phoneme_id_map"], dict):
                raise TypeError("phoneme_id_map")
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise self._broken(path, fault) from fault
        return dict(config)

    def _loaded(self) -> Any:
        """The model, loaded once; it keeps nothing of its own between sentences, and Piper locks what spells them."""
        with self._loading:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> Any:
        import onnxruntime
        import piper
        from piper.config import PiperConfig

        path, _ = self._files
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
            return piper.PiperVoice(session=session, config=PiperConfig.from_dict(self._config))
        except VoiceguideError:
            raise
        except Exception as fault:
            raise self._broken(path, fault) from fault

    def _broken(self, path: Path, fault: Exception) -> Failed:
        return Failed(
            f"{path}: the voice's file cannot be read ({type(fault).__name__}). Get it anew: voiceguide voices remove "
            f"{self.id}, then voiceguide voices get {self.id}"
        )
