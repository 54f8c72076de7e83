"""Kokoro: natural voices in Spanish, French, Italian, Brazilian Portuguese and English, spoken by one model.

The voices' vectors and the model's signs are in the package, from `scripts/make_kokoro.py`; the model (63 MB to
download) is not. Nothing heavy is imported, and the model not loaded, until a voice speaks.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from voiceguide.errors import MissingError
from voiceguide.installed import reinstalling
from voiceguide.voices import VoiceInfo, find
from voiceguide.voices.kokoro import model
from voiceguide.voices.kokoro.pace import TEMPI
from voiceguide.voices.kokoro.voice import KokoroVoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.voices import Gender

_LICENCE = "Apache-2.0"
_NEEDED = {"espeakng_loader": "espeakng-loader", "hibari": "hibari-tts", "numpy": "numpy", "onnxruntime": "onnxruntime"}
"""Modules, and what brings them."""

_VOICES: tuple[tuple[str, str, Gender], ...] = (
    ("ef_dora", "es", "female"),
    ("em_alex", "es", "male"),
    ("ff_siwis", "fr", "female"),
    ("im_nicola", "it", "male"),
    ("if_sara", "it", "female"),
    ("pm_alex", "pt-BR", "male"),
    ("pf_dora", "pt-BR", "female"),
    ("am_michael", "en-US", "male"),
    ("af_nicole", "en-US", "female"),
    ("bf_emma", "en-GB", "female"),
    ("bm_george", "en-GB", "male"),
)
"""The best of a language first; af_nicole whispers."""


class KokoroEngine:
    """The voices of the package, once their model is here."""

    name = "kokoro"
    picked = True

    def probe(self) -> str | None:
        """None when what it runs on is installed, else how to install it. Imports none of it."""
        lacking = [package for module, package in _NEEDED.items() if find_spec(module) is None]
        return f"Install what it runs on: {reinstalling(*lacking)}" if lacking else None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The eleven voices; without their model each says how to get it, for all at once."""
        fault = _lacking()
        size = None if fault is None or model.is_given() else model.DOWNLOAD_MB
        return tuple(
            VoiceInfo(
                name, (tongue,), _LICENCE, fault and fault.replace("NAME", name), gender, natural=True, download_mb=size
            )
            for name, tongue, gender in _VOICES
        )

    def voice(self, name: str | None, *, language: str, pace: int) -> KokoroVoice:
        """Return a voice; the model is loaded when it first speaks.

        Raises UsageError for an unknown name, and MissingError when what it runs on, or its model, is not here.
        """
        if fix := self.probe():
            raise MissingError(f'The voice engine "kokoro" is not installed. {fix}')
        info = find(self.voices(), name, engine=self.name, language=language)
        if info.fix:
            raise MissingError(f'The voice "kokoro:{info.name}" is not ready. {info.fix}')
        return KokoroVoice(info.name, info.languages[0], TEMPI[info.name], pace)

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Bring the model that all the voices speak with, by pip. Raises UsageError, MissingError and Failed."""
        find(self.voices(), name, engine=self.name, language="")
        model.get(told)

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove the model, without which none of the voices speaks. Raises UsageError and Failed."""
        find(self.voices(), name, engine=self.name, language="")
        return model.remove()


def _lacking() -> str | None:
    """What the model lacks; None when it is here."""
    try:
        if model.found():
            return None
    except MissingError as fault:
        return fault.text
    return f"Their model is downloaded, {model.DOWNLOAD_MB:g} MB for all of them, by: voiceguide voices get kokoro:NAME"
