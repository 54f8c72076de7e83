"""How fast Kokoro's voices speak, and at what speed each keeps a pace. From `scripts/calibrate_kokoro.py`."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.voices.timing import Timing, ratio, sounds

REFERENCE_SPEED = 0.8

SPEEDS = (
    (0.5, 1.625),
    (0.6, 1.33),
    (0.65, 1.26),
    (0.7, 1.175),
    (0.75, 1.115),
    (0.8, 1.0),
    (0.85, 0.91),
    (0.9, 0.87),
    (1.0, 0.81),
    (1.2, 0.71),
)
"""(speed, seconds relative to the reference speed), slowest first: all voices' mean, from which each is 2 % off."""

LONGEST_PAUSE = 0.5
"""Seconds that a pause inside a sentence is made longer by, at most, for a pace below what a voice can be slowed to."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """A voice's own measure."""

    pace: float
    """Words a minute of sentences of six words and more, at the reference speed."""
    timing: Timing
    """Seconds at the reference speed."""
    slowest: float = 0.6
    """The speed below which it no longer sounds right."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one sentence is spoken."""

    speed: float
    pauses: int
    """That it has inside."""
    longer: float
    """Seconds that each of them is made longer by."""
    seconds: float
    """What it lasts then, by estimate."""


def manner(text: str, tempo: Tempo, *, pace: int, language: str) -> Manner:
    """Return how a sentence is spoken at a pace, in words a minute.

    Below its slowest speed a voice adds sounds that are none; what is missing then is put into the sentence's pauses.
    """
    wanted = ratio(text, tempo.timing, language=language, pace=pace, reference=tempo.pace)
    able = [step for step in SPEEDS if step[0] >= tempo.slowest]
    speed, relative = min(able, key=lambda step: abs(step[1] / wanted - 1))
    seconds = relative * tempo.timing.seconds(text, language=language)
    pauses = sounds(text, language).pauses
    if not pauses or speed > tempo.slowest or wanted <= relative:
        return Manner(speed, pauses, 0.0, seconds)
    longer = round(min(seconds * (wanted / relative - 1) / pauses, LONGEST_PAUSE), 2)
    return Manner(speed, pauses, longer, seconds + pauses * longer)


TEMPI = {
    "ef_dora": Tempo(150.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "em_alex": Tempo(148.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "ff_siwis": Tempo(158.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3), slowest=0.8),
    "if_sara": Tempo(150.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "im_nicola": Tempo(145.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "pf_dora": Tempo(150.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "pm_alex": Tempo(150.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "am_michael": Tempo(150.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "bm_george": Tempo(140.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "bf_emma": Tempo(165.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
    "af_nicole": Tempo(108.0, Timing(base=0.3, nucleus=0.13, consonant=0.1, pause=0.3)),
}
