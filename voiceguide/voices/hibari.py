"""The default engine: hibari, natural English voices that run on one core and ship in a wheel.

Nothing heavy is imported, and no model loaded, until a voice first speaks: names, files and estimates need neither
numpy nor onnxruntime. The constants below come from `scripts/calibrate_hibari.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from functools import cached_property, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, MissingError, VoiceguideError
from voiceguide.store import downloads
from voiceguide.text.pronouncing import letters
from voiceguide.voices import Audio, Gender, VoiceInfo, find
from voiceguide.voices.hibari_phonemes import RULES, SIGNS, converted
from voiceguide.voices.timing import RULE, Timing, foretold, ratio, sounding, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

_INSTALL = 'Install it: pip install "hibari-tts>=0.2.1,<0.3"'
_LICENCE = "Apache-2.0"
_LOADING = threading.Lock()
_SEED = 0
"""hibari adds noise to its breath sounds; with one seed the same sentence is the same bytes."""

_GENDERS: dict[str, Gender] = {"heart": "female", "kore": "female", "fenrir": "male", "emma": "female", "fable": "male"}
"""The best first: the voice in the wheel, then the other Americans, then the British; unknown ones follow."""

REFERENCE_PACE = 137.7
"""Words a minute of sentences of six words and more, at the reference speed 0.58."""

TIMING = Timing(base=0.306, nucleus=0.1319, consonant=0.105, pause=0.3327)
"""Seconds at the reference speed."""

TEMPI = (
    (0.34, 1.74),
    (0.36, 1.683),
    (0.38, 1.544),
    (0.4, 1.467),
    (0.42, 1.404),
    (0.44, 1.375),
    (0.46, 1.237),
    (0.48, 1.205),
    (0.5, 1.19),
    (0.52, 1.177),
    (0.54, 1.158),
    (0.56, 1.125),
    (0.58, 1.0),
    (0.6, 0.989),
    (0.62, 0.979),
    (0.64, 0.967),
    (0.66, 0.941),
    (0.68, 0.86),
    (0.7, 0.846),
    (0.72, 0.837),
    (0.74, 0.827),
    (0.76, 0.816),
    (0.78, 0.807),
    (0.8, 0.74),
    (0.82, 0.673),
    (0.84, 0.665),
    (0.86, 0.644),
    (0.88, 0.63),
    (0.9, 0.622),
    (0.92, 0.615),
    (0.94, 0.609),
)
"""(speed, seconds relative to the reference speed), slowest first.

It lengthens each sound by whole frames of 12.5 ms, so its length is a staircase over the speed (0.58 is 12 % faster
than 0.56): a pace takes the nearest step, at most 6 % off.
"""


class HibariEngine:
    """The voice in the wheel, and four that are downloaded into hibari's own folder."""

    name = "hibari"
    picked = True

    def probe(self) -> str | None:
        """None when hibari and what it runs on are installed, else how to install it. Imports none of them."""
        if all(find_spec(module) for module in ("hibari", "onnxruntime", "numpy")):
            return None
        return _INSTALL

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The five voices; those that would have to be downloaded say so in `fix`."""
        package = _package()
        if package is None:
            return ()
        registry = _registry(package)
        best_first = [*_GENDERS]
        names = sorted(registry, key=lambda n: (best_first.index(n) if n in best_first else len(best_first), n))
        return tuple(_info(name, registry[name]) for name in names)

    def voice(self, name: str | None, *, language: str, pace: int) -> HibariVoice:
        """Return a voice.

        Raises UsageError for an unknown name, MissingError when hibari is not installed or the voice not downloaded.
        """
        if fix := self.probe():
            raise MissingError(f'The voice engine "hibari" is not installed. {fix}')
        info = find(self.voices(), name, engine=self.name, language=language)
        if info.fix:
            raise MissingError(f'The voice "hibari:{info.name}" is not here. {info.fix}')
        return HibariVoice(info.name, pace)

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Download a voice's model from where hibari itself does, unless it is here or in the wheel."""
        known = self._known(name)
        if not known["bundled"]:
            from hibari.voices import BASE_URL

            download = downloads.Download(BASE_URL + known["file"], known["bytes"], known["sha256"])
            downloads.fetch(download, _downloads() / known["file"], told)

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove a voice's model; the one in the wheel stays."""
        known = self._known(name)
        return () if known["bundled"] else downloads.removed(_downloads() / known["file"])

    def _known(self, name: str) -> dict[str, Any]:
        """What hibari's registry tells of a voice. Raises UsageError for an unknown name."""
        if fix := self.probe():
            raise MissingError(f'The voice engine "hibari" is not installed. {fix}')
        found = find(self.voices(), name, engine=self.name, language="").name
        package = _package()
        return _registry(package)[found] if package else {}


class HibariVoice:
    """One voice at one pace. Its model is loaded once a process and shared by all threads; each runs on one core."""

    def __init__(self, name: str, pace: int) -> None:
        self._name = name
        self._pace = pace

    @property
    def id(self) -> str:
        """`hibari:heart`."""
        return f"hibari:{self._name}"

    @cached_property
    def fingerprint(self) -> str:
        """The package's version (which names its models by checksum), voice, pace, seed, and what we made of both."""
        constants = repr((REFERENCE_PACE, TIMING, TEMPI, RULE, RULES))
        calibration = hashlib.sha256(constants.encode()).hexdigest()[:12]
        return f"hibari {version('hibari-tts')} {self._name} pace={self._pace} seed={_SEED} {calibration}"

    @property
    def phonemes(self) -> frozenset[str]:
        """The sounds of English."""
        return SIGNS

    def say(self, text: str) -> Audio:
        """Speak one sentence: 24 kHz, with hibari's own silence (0.4-0.9 s) before and after it.

        Raises MissingError when the voice's model is gone, Failed when it cannot speak.
        """
        words = letters(text)
        try:
            model = self._loaded()
            given = converted(text, british=model.g2p.british)

            def speak(speed: float) -> tuple[NDArray[np.float32], float]:
                samples = model(given, speed=speed, seed=_SEED)
                return samples, sounding(samples, 24000)

            samples = unhurried(words, self._pace, self._tempo(words), TEMPI, speak)
        except VoiceguideError:
            raise
        except Exception as fault:
            raise Failed(f'The voice "{self.id}" could not say "{text}": {type(fault).__name__}: {fault}') from fault
        return Audio(samples.reshape(-1, 1), 24000)

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)` once trimmed at -50 dBFS: within 6 % for half of a session, within 2 % in sum."""
        _, relative = self._tempo(text)
        return foretold(text, relative, TIMING, language="en", pace=self._pace, reference=REFERENCE_PACE)

    def _tempo(self, text: str) -> tuple[float, float]:
        """The (speed, relative seconds) of TEMPI to say a sentence at."""
        wanted = ratio(text, TIMING, language="en", pace=self._pace, reference=REFERENCE_PACE)
        return min(TEMPI, key=lambda tempo: abs(tempo[1] / wanted - 1))

    def _loaded(self) -> Any:
        """The model. Raises MissingError."""
        with _LOADING:
            try:
                return _model(self._name)
            except FileNotFoundError:
                raise MissingError(
                    f'The voice "{self.id}" is not here any more. Get it: voiceguide voices get {self.id}'
                ) from None


@lru_cache(maxsize=2)
def _model(name: str) -> Any:
    """Load a voice's model, once a process. Raises FileNotFoundError.

    After loading, hibari keeps no state of its own between sentences (0.2.1): an onnxruntime session may run in many
    threads, the noise comes from a generator made for each call. What it makes lazily (the pronouncer, its model for
    unknown words) is made here, under the lock.
    """
    from hibari import Hibari, voices

    voices.voice_path(name, download_missing=False)
    model = Hibari(voice=name, threads=1)
    _ = model.g2p.oov
    return model


def _package() -> Path | None:
    """Hibari's folder, found without importing it."""
    spec = find_spec("hibari")
    return Path(spec.origin).parent if spec and spec.origin else None


def _registry(package: Path) -> dict[str, Any]:
    """Hibari's own list of voices, read from the file itself: importing it would import numpy."""
    registry: dict[str, Any] = json.loads((package / "assets" / "voices.json").read_text(encoding="utf-8"))
    return registry


def _downloads() -> Path:
    """The folder where hibari keeps downloaded voices (its rule; a test compares)."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("HIBARI_HOME") or user_cache_dir("hibari", appauthor=False, opinion=False))


def _info(name: str, known: dict[str, Any]) -> VoiceInfo:
    """What a line of hibari's own registry tells of a voice."""
    here = known["bundled"] or downloads.is_here(_downloads() / known["file"], known["bytes"])
    megabytes = round(known["bytes"] / 1e6)
    return VoiceInfo(
        name,
        (known["language"],),
        _LICENCE,
        None if here else f"It is downloaded, {megabytes} MB, by: voiceguide voices get hibari:{name}",
        _GENDERS.get(name),
        natural=True,
        download_mb=None if here else megabytes,
    )
