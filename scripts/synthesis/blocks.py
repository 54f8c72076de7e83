"""What every sound is built from: levels, slopes, places, seeded noise, and the notes of the one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Sound: TypeAlias = "NDArray[np.float64]"
"""Samples (frames, 2), full scale 1.0."""
Curve: TypeAlias = "NDArray[np.float64]"
"""One value a frame, shape (frames,)."""

RATE = 44_100

# F major pentatonic. Two sounds may ring together at any moment of a session, and no two notes of this family clash.
FAMILY = (5, 7, 9, 0, 2)
"""Pitch classes, semitones above C."""


def pitch(semitone: float) -> float:
    """Return the Hz of a MIDI note number: 69 is A4, 440 Hz."""
    return float(440.0 * 2 ** ((semitone - 69) / 12))


# Every note that is played by name. Phone speakers lose what lies below 300 Hz: F4 is the lowest that all hear.
F2, C3, D3, F3, G3, A3 = map(pitch, (41, 48, 50, 53, 55, 57))
C4, D4, F4, G4, A4, C5, D5, F5 = map(pitch, (60, 62, 65, 67, 69, 72, 74, 77))


def in_family(frequency: float) -> float:
    """Return the nearest note of the family: a body's high modes are tuned as a founder tunes a bell."""
    semitone = 69 + 12 * np.log2(frequency / 440.0)
    notes = [octave * 12 + place for octave in range(11) for place in FAMILY]
    return pitch(min(notes, key=lambda note: abs(note - semitone)))


def seconds(sound_or_curve: Sound | Curve) -> Curve:
    """Return the time of each frame, in seconds."""
    return np.arange(len(sound_or_curve)) / RATE


def silence(length: float) -> Sound:
    """Return `length` seconds of zeros."""
    return np.zeros((round(length * RATE), 2))


def gain(db: float) -> float:
    """Return the amplitude factor of a level in dB."""
    return float(10 ** (db / 20))


def rise(t: Curve, length: float) -> Curve:
    """Return a raised cosine from 0 at t = 0 to 1 at t = `length`, and 1 from there on."""
    return np.sin(np.pi / 2 * np.clip(t / length, 0.0, 1.0)) ** 2


def panned(curve: Curve, pan: float) -> Sound:
    """Place a mono curve between left (-1) and right (1) at constant power."""
    angle = (1 + pan) * np.pi / 4
    return np.stack([curve * np.cos(angle), curve * np.sin(angle)], axis=1)


def noise(frames: int, seed: int) -> Curve:
    """Return white noise in [-1, 1) that is the same in every numpy: only the bit generator's stream is promised."""
    raw = np.random.PCG64(seed).random_raw(frames)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0
