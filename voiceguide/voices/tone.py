"""The engine for tests: a steady tone where a sentence would be, its length known to the frame.

Never picked by itself. numpy is imported where it first sounds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from voiceguide.voices import ANY_LANGUAGE, Audio, VoiceInfo, find

SAMPLE_RATE = 44100
SHORTEST = 0.3
"""Seconds; a text without a word sounds too."""

_INFO = VoiceInfo("steady", (ANY_LANGUAGE,), "MIT")
_PARTIALS = (1.0, 0.4, 0.2)
"""Amplitudes of the pitch, its octave and its twelfth."""
_RMS = 0.1
"""-20 dBFS."""
_LOWEST, _HIGHEST = 150.0, 500.0
"""Hz."""


class ToneEngine:
    """One voice for every language, and nothing to install."""

    name = "tone"
    picked = False

    def probe(self) -> str | None:
        """None: it works wherever numpy does."""
        return None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The one voice."""
        return (_INFO,)

    def voice(self, name: str | None, *, language: str, pace: int) -> ToneVoice:
        """Return the voice; raises UsageError for another name."""
        return ToneVoice(find(self.voices(), name, engine=self.name, language=language).name, pace)


@dataclass(frozen=True, slots=True)
class ToneVoice:
    """Sounds a text for exactly as long as its words take at the pace, at a pitch of its own."""

    name: str
    pace: int
    """Words a minute."""

    @property
    def id(self) -> str:
        """`tone:steady`."""
        return f"tone:{self.name}"

    @property
    def fingerprint(self) -> str:
        """Name, pace, and the version of the sound below."""
        return f"tone 2 {self.name} pace={self.pace}"

    def say(self, text: str) -> Audio:
        """Sound a tone at full level from its first sample to its last, -20 dBFS RMS, shape (frames, 1)."""
        import numpy as np

        frames = self._frames(text)
        drawn = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
        pitch = _LOWEST + (_HIGHEST - _LOWEST) * drawn
        # Whole cycles between the first and the last sample: both stand on the wave's peak, so that trimming by level
        # finds nothing to take away, however short the last window is.
        cycles = round(pitch * (frames - 1) / SAMPLE_RATE)
        phase = 2 * np.pi * cycles * np.arange(frames) / (frames - 1)
        below, partial = np.ones(frames), np.cos(phase)
        double = 2 * partial
        wave = np.zeros(frames)
        for level in _PARTIALS:
            wave += level * partial
            below, partial = partial, double * partial - below  # cos (k + 1) x = 2 cos x cos k x - cos (k - 1) x
        scale = _RMS / np.sqrt(sum(level**2 for level in _PARTIALS) / 2)
        return Audio((scale * wave).astype(np.float32).reshape(-1, 1), SAMPLE_RATE)

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)`, exactly."""
        return self._frames(text) / SAMPLE_RATE

    def _frames(self, text: str) -> int:
        return round(max(SHORTEST, len(text.split()) * 60 / self.pace) * SAMPLE_RATE)
