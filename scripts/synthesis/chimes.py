"""The chimes: short sounds that say something. A sound is one function, registered in `CHIMES`."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from synthesis.blocks import A4, C5, D5, F4, RATE, gain, in_family, noise, panned, rise, seconds, silence
from synthesis.meter import momentary_lufs, peak_dbfs

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from numpy.typing import NDArray

    from synthesis.blocks import Curve, Sound

REFERENCE_LUFS = -20.0
"""The loudest 400 ms of every file."""
PEAK_DBFS = -3.0
"""No sample reaches this: the mix may turn any sound up a little."""
TAIL_DBFS = -70.0
"""Where a ringing file ends; at playing level that is below -76 dBFS, under any room's tone."""
TAIL_FADE = 0.3
"""Seconds from the natural ring to zero at a file's end."""
BRIGHTEST = 1_900.0
"""Hz: a partial above this is left out. What rings above 2 kHz startles and masks consonants."""


# ---- building blocks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Partial:
    """One mode of a struck body."""

    ratio: float
    """Its frequency over the note's, before it is tuned to the family."""
    level_db: float
    ring: float
    """How long it rings, over the note's own ring."""
    attack: float
    """Seconds from silence to full: high modes speak a little before the note blooms."""
    shimmer: float
    """Hz of the slow beat between the mode and its twin."""
    pan: float
    """Where it stands, from the note's own place: -1 is left."""


Body: TypeAlias = tuple[Partial, ...]

# A singing bowl's modes are not harmonic: the first three lie near 1 : 2.8 : 5.2.
BOWL: Body = (
    Partial(1.0, 0.0, 1.0, 0.036, 0.45, 0.0),
    Partial(2.8, -10.0, 0.6, 0.030, 0.70, -0.2),
    Partial(5.2, -22.0, 0.3, 0.028, 0.90, 0.25),
)
# A hand bell's lie near the octave and the twelfth: clearer and rounder than the bowl.
BELL: Body = (
    Partial(1.0, 0.0, 1.0, 0.034, 0.35, 0.0),
    Partial(2.0, -20.0, 0.5, 0.030, 0.60, 0.2),
    Partial(3.0, -13.0, 0.4, 0.028, 0.80, -0.2),
)
TWIN = 0.2
"""Level of a mode's twin. A round body that is not perfectly round has every mode twice; the pair beats slowly."""
TWIN_TURN = 0.9
"""Radians the twin is turned, left and right apart: the shimmer wanders between the ears, and some stays in mono."""


def stroke(note: float, body: Body, *, ring: float, pan: float = 0.0) -> Sound:
    """Strike a body softly: `ring` is the seconds its note takes to fall by 60 dB, `pan` lies in [-1, 1]."""
    sound = silence(ring * 80 / 60)
    t = seconds(sound)
    for partial in body:
        frequency = in_family(note * partial.ratio)
        if frequency > BRIGHTEST:
            continue
        envelope = gain(partial.level_db) * rise(t, partial.attack) * 10 ** (-3 * t / (ring * partial.ring))
        mode = panned(np.sin(2 * np.pi * frequency * t), pan + partial.pan)
        twin = np.stack(
            [np.sin(2 * np.pi * (frequency + partial.shimmer) * t + turn) for turn in (TWIN_TURN, -TWIN_TURN)], axis=1
        )
        sound += envelope[:, None] * (mode + TWIN * np.sqrt(0.5) * twin)
    return sound


def bend(start: float, end: float, *, length: float) -> Sound:
    """Tilt a bowl that holds water: a soft tone slides from `start` to `end` Hz, gone after `length` seconds."""
    sound = silence(length)
    t = seconds(sound)
    slide = rise(t - 0.06, 0.40 * length)
    phase = 2 * np.pi * np.cumsum(start * (end / start) ** slide) / RATE
    # The slide must be heard to arrive, so the tone fades as a bow leaves a bowl, not as a struck one decays.
    envelope = rise(t, 0.036) * np.cos(np.pi / 2 * t / length) ** 3
    # The octave opens toward the higher of the two notes: rising and falling are told apart by colour too.
    openness = slide if end > start else 1 - slide
    tones = ((1, gain(0.0), 0.1), (2, gain(-20.0) + gain(-13.0) * openness, -0.4))
    for multiple, level, pan in tones:
        sound += panned(level * envelope * np.sin(multiple * phase), pan)
    return sound


def band(curve: Curve, low: float, high: float) -> Curve:
    """Keep `low` to `high` Hz with edges half an octave wide, at an RMS of 1. The ends of the result join up."""
    spectrum = np.fft.rfft(curve)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(curve), 1 / RATE), 1.0))
    kept = rise(octaves - np.log2(low) + 0.5, 0.5) * rise(np.log2(high) + 0.5 - octaves, 0.5)
    filtered = np.fft.irfft(spectrum * kept, len(curve))
    return filtered / float(np.sqrt(np.mean(filtered**2)))


def laid(*placed: tuple[float, float, Sound]) -> Sound:
    """Sum sounds, each at (start in seconds, level in dB, sound)."""
    whole = silence(max(start + len(sound) / RATE for start, _, sound in placed))
    for start, level_db, sound in placed:
        first = round(start * RATE)
        whole[first : first + len(sound)] += gain(level_db) * sound
    return whole


# ---- levels and endings -------------------------------------------------------------------------------------------


def at_reference(sound: Sound) -> Sound:
    """Return the sound with its loudest 400 ms at `REFERENCE_LUFS`."""
    return sound * gain(REFERENCE_LUFS - momentary_lufs(sound))


def rung_out(sound: Sound) -> Sound:
    """Bring a ringing sound to the reference, end it where its tail reaches `TAIL_DBFS`, and fade to zero."""
    sound = at_reference(sound)
    window = round(0.02 * RATE)
    windows = sound[: len(sound) // window * window].reshape(-1, window, 2)
    rms = np.sqrt(np.mean(windows**2, axis=1).max(axis=1))
    sound = sound[: (np.flatnonzero(rms > gain(TAIL_DBFS))[-1] + 1) * window]
    return sound * rise(seconds(sound), TAIL_FADE)[::-1, None]


# ---- the chimes ---------------------------------------------------------------------------------------------------


def step() -> Sound:
    """Strike one warm bowl: the next step, and what a lost listener waits for."""
    # The small bowl a fifth above carries it on a phone, where the big one's own note is thin.
    return rung_out(laid((0.0, 0.0, stroke(F4, BOWL, ring=5.8)), (0.0, -9.0, stroke(C5, BOWL, ring=4.2))))


def switch() -> Sound:
    """Strike two soft notes, a higher one to the right of the first: the other side."""
    return rung_out(
        laid((0.0, 0.0, stroke(A4, BELL, ring=3.2, pan=-0.3)), (0.55, -1.0, stroke(D5, BELL, ring=3.2, pan=0.3)))
    )


def press() -> Sound:
    """Bend a short tone up: sink in."""
    return rung_out(bend(F4, C5, length=1.5))


def release() -> Sound:
    """Bend the same tone down: let go."""
    return rung_out(bend(C5, F4, length=1.5))


def halfway() -> Sound:
    """Strike a bell twice, alike: half of the step is done."""
    bell = stroke(C5, BELL, ring=5.2)
    return rung_out(laid((0.0, 0.0, bell), (1.0, 0.0, bell)))


def last_minute() -> Sound:
    """Strike a lower bell three times, each softer: one minute left."""
    bell = stroke(A4, BELL, ring=5.4)
    return rung_out(laid((0.0, 0.0, bell), (0.9, -3.0, bell), (1.8, -6.0, bell)))


def breath() -> Sound:
    """Let air and a soft fifth swell 5 s and fall 5 s: breathe in, breathe out."""
    sound = silence(10.0)
    t = seconds(sound)
    swell = np.sin(np.pi * t / 10) ** 2
    # A swell from nothing seems to start half a second late. This one starts low and at once, and ends in nothing.
    floor = gain(-14.5)
    level = np.where(t < 5, floor + (1 - floor) * swell, swell) * rise(t, 0.016)
    for seed, sign, width in ((1, (1, 1), 1.0), (2, (1, -1), 0.3)):
        white = noise(len(t), seed)
        # In-breaths brighten: the air moves from a low band to a high one and back.
        air = (1 - 0.6 * swell) * band(white, 350, 650) + swell * band(white, 650, 1150)
        sound += 0.5 * width * level[:, None] * air[:, None] * np.array(sign)
    for note, share, shimmer in ((F4, 1.0, 0.2), (C5, 0.3 + 0.4 * swell, 0.3)):
        tone = np.sin(2 * np.pi * note * t) + TWIN * np.sin(2 * np.pi * (note + shimmer) * t)
        sound += panned(0.35 * share * level * tone, 0.0)
    return at_reference(sound)


def swell() -> Sound:
    """Let a soft fourth and air rise 6 s and fall 6 s: one stroke out, and back.

    A session computes it anew for the phases of its own strokes, by the same code.
    """
    return at_reference(_own_swell().swell(*_own_swell().USUAL))


@cache
def _own_swell() -> ModuleType:
    """The package's module, by its file: it needs nothing else of the package."""
    path = Path(__file__).parents[2] / "voiceguide" / "sound" / "swell.py"
    spec = importlib.util.spec_from_file_location("swell_of_strokes", path)
    if spec is None or spec.loader is None:
        raise AssertionError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def end() -> Sound:
    """Strike three bowls, 4 s apart, each lower and softer: it is over, take your time."""
    return rung_out(
        laid(
            (0.0, 0.0, stroke(C5, BOWL, ring=8.0, pan=-0.15)),
            (4.0, -3.5, stroke(A4, BOWL, ring=8.5, pan=0.15)),
            (8.0, -7.0, stroke(F4, BOWL, ring=9.5)),
        )
    )


CHIMES: dict[str, Callable[[], Sound]] = {
    "step": step,
    "switch": switch,
    "press": press,
    "release": release,
    "halfway": halfway,
    "last-minute": last_minute,
    "breath": breath,
    "swell": swell,
    "end": end,
}
"""A chime's name is its file's, and what an author writes in a routine."""


def samples(sound: Sound) -> NDArray[np.int16]:
    """Return the samples a file holds; raises ValueError when they would pass `PEAK_DBFS`.

    Undithered: the rounding lies 28 dB under a tail that nobody hears, and silence stays silence.
    """
    if peak_dbfs(sound) > PEAK_DBFS:
        raise ValueError(
            f"the peak is {peak_dbfs(sound):.1f} dBFS, expected at most {PEAK_DBFS} at {REFERENCE_LUFS} LUFS:"
            " soften the attack or let the sound last longer"
        )
    return np.round(sound * 32768).astype(np.int16)
