"""Make the bundled sounds: each is computed here from sines and seeded noise; no recording, no sample from elsewhere.

    python scripts/make_audio_assets.py [--only NAME]

A sound is one function that returns float64 samples (frames, 2), registered in `CHIMES`. Making it again gives the same
decoded samples. Files are stored at one reference loudness; how loud a sound plays is the mix's decision.

It needs numpy and soundfile alone, nothing of the package: a test holds its meter against the package's.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import soundfile

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Sound: TypeAlias = "NDArray[np.float64]"
"""Samples (frames, 2), full scale 1.0."""
Curve: TypeAlias = "NDArray[np.float64]"
"""One value a frame, shape (frames,)."""

RATE = 44_100
FOLDER = Path(__file__).parent.parent / "audio_assets"

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

# F major pentatonic. Two sounds may ring together at any moment of a session, and no two notes of this family clash.
# F4 is its lowest note, because phone speakers lose what lies below 300 Hz.
F4, A4, C5, D5 = (440.0 * 2 ** (semitones / 12) for semitones in (-4, 0, 3, 5))
FAMILY = (5, 7, 9, 0, 2)
"""Pitch classes, semitones above C."""


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


def in_family(frequency: float) -> float:
    """Return the nearest note of the family: a body's high modes are tuned as a founder tunes a bell."""
    semitone = 69 + 12 * np.log2(frequency / 440.0)
    notes = [octave * 12 + pitch for octave in range(11) for pitch in FAMILY]
    nearest = min(notes, key=lambda note: abs(note - semitone))
    return float(440.0 * 2 ** ((nearest - 69) / 12))


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


def noise(frames: int, seed: int) -> Curve:
    """Return white noise in [-1, 1) that is the same in every numpy: only the bit generator's stream is promised."""
    raw = np.random.PCG64(seed).random_raw(frames)
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0


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


def momentary_lufs(sound: Sound) -> float:
    """Return the loudest 400 ms of a sound in LUFS, by windows 10 ms apart (ITU-R BS.1770, annex 1)."""
    size = 1 << (len(sound) + RATE).bit_length()  # a second of room: the filters' ring must not wrap around
    # Tables 1 and 2 give both filters at 48 kHz; their response, read at the true frequency, weights any rate alike.
    z = np.exp(2j * np.pi * np.fft.rfftfreq(size, 1 / RATE) / 48_000)
    shelf = np.polyval([1.53512485958697, -2.69169618940638, 1.19839281085285], z)
    shelf /= np.polyval([1.0, -1.69065929318241, 0.73248077421585], z)
    high_pass = np.polyval([1.0, -2.0, 1.0], z) / np.polyval([1.0, -1.99004745483398, 0.99007225036621], z)
    weighted = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * (shelf * high_pass)[:, None], size, axis=0)
    energy = np.concatenate([[0.0], np.cumsum(np.sum(weighted**2, axis=1))])
    window, hop = round(0.4 * RATE), round(0.01 * RATE)
    starts = np.arange(0, max(len(sound) - window, 0) + 1, hop)
    loudest = np.max(energy[starts + window] - energy[starts]) / window
    return float(-0.691 + 10 * np.log10(loudest))  # eq. 2


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
    "end": end,
}
"""A chime's name is its file's, and what an author writes in a routine."""


# ---- files --------------------------------------------------------------------------------------------------------


def peak_dbfs(sound: Sound) -> float:
    """Return the highest sample in dBFS."""
    return float(20 * np.log10(np.max(np.abs(sound))))


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


def main(arguments: list[str] | None = None) -> None:
    """Write the files, and print each with its seconds, peak and loudness."""
    parser = argparse.ArgumentParser(description="Make the bundled sounds in audio_assets/.")
    parser.add_argument("--only", metavar="NAME", choices=CHIMES, help=f"make one sound: {', '.join(CHIMES)}")
    only = parser.parse_args(arguments).only
    for name, make in CHIMES.items():
        if only in (None, name):
            sound = make()
            path = FOLDER / "chimes" / f"{name}.flac"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, samples(sound), RATE, subtype="PCM_16")
            print(
                f"{path.relative_to(FOLDER)!s:26}{len(sound) / RATE:7.2f} s"
                f"{peak_dbfs(sound):8.1f} dBFS{momentary_lufs(sound):8.1f} LUFS"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
