"""A voice of recordings for tests: lines that the tone has read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import soundfile

from voiceguide.voices import recorded
from voiceguide.voices.tone import ToneVoice

if TYPE_CHECKING:
    from collections.abc import Iterable

TONE = ToneVoice("steady", 135)


def reading(text: str, *, language: str = "en", pace: int = 135) -> recorded.Reading:
    """Return a line as the tone reads it at a pace."""
    audio = ToneVoice("steady", pace).say(text)
    file = io.BytesIO()
    soundfile.write(file, audio.samples, audio.sample_rate, format="FLAC")
    return recorded.Reading(language, text, len(audio.samples) / audio.sample_rate, file.getvalue())


def read_by(name: str, texts: Iterable[str], **how: object) -> None:
    """Put lines into a voice as they are read."""
    recorded.add(name, [reading(text, **how) for text in texts])  # type: ignore[arg-type]  # those of `reading`
