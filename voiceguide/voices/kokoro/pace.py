"""How fast Kokoro's voices speak, and at what speed each keeps a pace. From `scripts/calibrate_kokoro.py`."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.voices.timing import Timing, ratio, sounds

REFERENCE_SPEED = 0.8

SPEEDS = (
    (0.5, 1.614),
    (0.55, 1.505),
    (0.6, 1.32),
    (0.62, 1.291),
    (0.64, 1.264),
    (0.66, 1.238),
    (0.68, 1.196),
    (0.7, 1.167),
    (0.72, 1.142),
    (0.74, 1.12),
    (0.76, 1.097),
    (0.78, 1.073),
    (0.8, 1.0),
    (0.82, 0.939),
    (0.84, 0.917),
    (0.86, 0.894),
    (0.88, 0.874),
    (0.9, 0.859),
    (0.95, 0.83),
    (1.0, 0.805),
    (1.05, 0.782),
    (1.1, 0.758),
    (1.2, 0.708),
    (1.3, 0.66),
    (1.4, 0.585),
    (1.5, 0.51),
    (1.8, 0.465),
)
"""(speed, seconds relative to the reference speed), slowest first: the voices' mean, each is 2 % off at most.

It lengthens each sound by whole frames of 25 ms, so its length is a staircase over the speed.
"""

SLOWEST = 0.6
"""The speed below which no voice sounds right."""
LONGEST_PAUSE = 0.5
"""Seconds that a pause inside a sentence is made longer by, at most, for a pace that the voice cannot keep."""
_MADE = 0.5
"""The share of the marks inside sentences at which the voice that needs this makes a pause: 16 of 32."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """A voice's own measure."""

    pace: float
    """Words a minute of sentences of six words and more, at the reference speed."""
    timing: Timing
    """Seconds at the reference speed."""


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

    What the slowest speed lacks of a pace is put into the sentence's pauses.
    """
    wanted = ratio(text, tempo.timing, language=language, pace=pace, reference=tempo.pace)
    able = [step for step in SPEEDS if step[0] >= SLOWEST]
    speed, relative = min(able, key=lambda step: abs(step[1] / wanted - 1))
    seconds = relative * tempo.timing.seconds(text, language=language)
    pauses = sounds(text, language).pauses
    if not pauses or speed > SLOWEST or wanted <= relative:
        return Manner(speed, pauses, 0.0, seconds)
    longer = round(min(seconds * (wanted / relative - 1) / pauses, LONGEST_PAUSE), 2)
    return Manner(speed, pauses, longer, seconds + _MADE * pauses * longer)


def slowest(tempo: Tempo) -> int:
    """Return the pace at a voice's slowest speed, in words a minute."""
    return round(tempo.pace / dict(SPEEDS)[SLOWEST])


TEMPI = {
    "ef_dora": Tempo(156.8, Timing(base=0.304, nucleus=0.0896, consonant=0.077, pause=0.1089)),
    "em_alex": Tempo(153.5, Timing(base=0.3568, nucleus=0.0837, consonant=0.0839, pause=0.0966)),
    "ff_siwis": Tempo(176.1, Timing(base=0.0545, nucleus=0.149, consonant=0.0417, pause=0.0256)),
    "if_sara": Tempo(155.3, Timing(base=0.3989, nucleus=0.1162, consonant=0.0577, pause=0.0)),
    "im_nicola": Tempo(144.6, Timing(base=0.2008, nucleus=0.1249, consonant=0.0708, pause=0.0)),
    "pf_dora": Tempo(162.1, Timing(base=0.497, nucleus=0.0724, consonant=0.0871, pause=0.0)),
    "pm_alex": Tempo(157.9, Timing(base=0.579, nucleus=0.0501, consonant=0.1067, pause=0.0)),
    "am_michael": Tempo(165.1, Timing(base=0.0933, nucleus=0.1293, consonant=0.0864, pause=0.1514)),
    "bm_george": Tempo(148.4, Timing(base=0.3865, nucleus=0.1276, consonant=0.0971, pause=0.0582)),
    "bf_emma": Tempo(188.0, Timing(base=0.2669, nucleus=0.0808, consonant=0.0893, pause=0.0621)),
    "af_nicole": Tempo(118.2, Timing(base=0.0, nucleus=0.2238, consonant=0.0981, pause=0.266)),
}
