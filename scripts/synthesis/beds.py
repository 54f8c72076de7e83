"""The beds: seamless loops under the voice. A bed is one function, registered in `BEDS`.

Each leaves room for speech (little above 2 kHz, nothing that jumps out), is alive above 300 Hz and in mono for a phone,
and moves so slowly and in so many periods at once that a minute does not come back as a pattern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from synthesis.blocks import (
    A3,
    A4,
    C3,
    C4,
    C5,
    D3,
    D4,
    D5,
    F2,
    F3,
    F4,
    F5,
    G3,
    G4,
    RATE,
    gain,
    in_family,
    panned,
    rise,
)
from synthesis.loops import (
    FRAMES,
    SECONDS,
    chances,
    from_afar,
    lay,
    mixed,
    moments,
    moving,
    normal,
    nothing,
    power,
    steadied,
    wander,
    wide,
)
from synthesis.meter import integrated_lufs, peak_dbfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from synthesis.blocks import Curve, Sound

REFERENCE_LUFS = -30.0
"""The loudness of every bed: bed and voice then stand a fixed distance apart, whichever bed is chosen."""
PEAK_DBFS = -12.0
"""No sample reaches this: at most 18 dB over the loudness, so that a bed turned down is down at every moment."""


# ---- rain, stream -------------------------------------------------------------------------------------------------


def drops(
    seed: int,
    *,
    a_second: float,
    lowest: float,
    highest: float,
    cycles: float,
    spread_db: float,
    crowd: Curve | None = None,
) -> Sound:
    """Let drops fall at random, tuned between `lowest` and `highest` Hz, the more the higher `crowd` stands.

    A drop is the ring of the bubble it makes: a tone that dies within some `cycles` and rises a little as it does.
    Levels are log-normal, as those of drops that fall anywhere around a listener.
    """
    count, kinds = round(a_second * SECONDS), 500
    grains = []
    tones, pans = lowest * (highest / lowest) ** chances(kinds, seed), 1.7 * chances(kinds, seed + 1) - 0.85
    for tone, pan in zip(tones, pans, strict=True):
        ring = cycles / tone
        t = np.arange(round(7 * ring * RATE)) / RATE
        phase = 2 * np.pi * tone * (t + 0.06 * t**2 / ring)
        level = np.sqrt(tone / lowest)  # a higher drop is shorter: this gives all the same energy
        grains.append(panned(level * rise(t, 1.5 / tone) * np.exp(-t / ring) * np.sin(phase), pan))
    levels = 10 ** (spread_db * normal(count, seed + 2) / 20)
    fallen = nothing()
    for drop, (first, level) in enumerate(zip(moments(count, seed + 3, crowd), levels, strict=True)):
        lay(fallen, first, level * grains[drop % kinds])
    return fallen


def rain() -> Sound:
    """Let steady rain fall on leaves: a broad wash, a fine patter, and a few near drops."""
    # Real rain is bright where consonants are, from 3 to 8 kHz. This one is heard through foliage.
    wash = wide(100, (60, -24), (180, -9), (450, -1), (900, 0), (1800, -5), (3500, -13), (7000, -26), (12000, -46))
    body = wide(110, (60, -20), (160, -3), (350, 0), (700, -6), (1500, -18), (4000, -44))
    patter = drops(120, a_second=320, lowest=700, highest=2700, cycles=4, spread_db=6)
    near = drops(130, a_second=5, lowest=420, highest=1300, cycles=7, spread_db=4)
    return mixed(
        (0.0, moving(wash, 140, depth_db=0.7, fastest=0.2)),
        (-5.0, moving(body, 150, depth_db=1.2, fastest=0.1)),
        (-6.0, moving(patter, 160, depth_db=1.0, fastest=0.15)),
        (-15.0, near),
    )


def stream() -> Sound:
    """Let a small stream run at the far end of a garden: a low murmur, and bubbles that come in flurries."""
    murmur = wide(200, (60, -18), (150, -5), (300, 0), (600, -2), (1200, -9), (2500, -24), (6000, -50))
    flurries = np.exp(0.4 * wander(210, 2.5) + 0.15 * wander(211, 0.2))
    small = drops(220, a_second=140, lowest=650, highest=1900, cycles=11, spread_db=4, crowd=flurries)
    large = drops(230, a_second=45, lowest=320, highest=750, cycles=9, spread_db=3, crowd=np.roll(flurries, RATE // 3))
    # A trickle near the ear sends people to the toilet. Far away, each bubble is mostly its echo.
    bubbles = mixed((0.0, large), (-3.0, small))
    bubbles = mixed((0.0, from_afar(bubbles, 240, decay=0.3, brightest=2200)), (-5.0, bubbles))
    return mixed(
        (0.0, moving(murmur, 250, depth_db=1.0, fastest=0.15)),
        (1.0, moving(bubbles, 260, depth_db=0.8, fastest=0.2)),
    )


# ---- ocean --------------------------------------------------------------------------------------------------------


def surf(
    waves: tuple[tuple[float, float], ...],
    *,
    peak: float,
    growth: float,
    fall: float,
    lean: float,
    first: float = 0.0,
) -> Sound:
    """Return the levels, left and right, of waves (seconds, dB) that follow each other around the loop.

    A wave of length T is highest at `peak` T, after it grew for `growth` T; then it falls to a third in every `fall` T,
    on under the next one. By `lean` seconds it comes sooner on one side, in turn on the left and the right.
    """
    scale = SECONDS / sum(length for length, _ in waves)
    levels = nothing()
    start = first
    for wave, (length, db) in enumerate((scale * length, db) for length, db in waves):
        t = np.arange(round((growth + 5 * fall) * length * RATE)) / RATE
        shape = rise(t, growth * length) * np.exp(-np.maximum(t - growth * length, 0) / (fall * length))
        shape *= gain(db) * rise(t[::-1], 2 * fall * length)
        for channel, sooner in enumerate((lean, -lean) if wave % 2 else (-lean, lean)):
            lay(levels[:, channel], round((start + (peak - growth) * length - sooner / 2) * RATE), shape)
        start += length
    return levels


def ocean() -> Sound:
    """Let waves of 7 to 12 s break on a flat shore: each draws up, breaks, and leaves foam; others break far out."""
    # Long ones follow long ones: taken in turn with short ones, their crests would come like a clock.
    near = ((7.4, -1.5), (8.3, 0.0), (11.4, -2.0), (11.9, -0.5), (12.0, -1.0), (9.0, -2.5))
    far = ((7.2, 0.0), (7.6, -2.0), (9.3, -1.0), (9.8, -3.0), (9.5, 0.0), (8.4, -1.0), (8.2, -2.0))
    draw = wide(300, (40, -14), (120, -2), (250, 0), (450, -6), (900, -22), (2000, -50))
    breaking = wide(310, (100, -26), (300, -5), (600, 0), (1000, -3), (2000, -14), (4500, -40))
    foam = wide(320, (300, -40), (700, -12), (1300, -1), (2300, 0), (3600, -6), (6000, -20), (11000, -46))
    distance = wide(330, (40, -16), (140, -4), (300, 0), (600, -3), (1200, -14), (3000, -42))
    # Foam is thousands of bursting bubbles: its hiss has a grain.
    grain = np.stack([1 + 0.22 * wander(340 + side, 14.0) for side in (0, 1)], axis=1)
    waves = mixed(
        (-2.0, draw * surf(near, peak=0.50, growth=0.50, fall=0.30, lean=0.3)),
        (-1.0, breaking * surf(near, peak=0.55, growth=0.30, fall=0.26, lean=0.8)),
        (-9.0, foam * grain * surf(near, peak=0.62, growth=0.28, fall=0.36, lean=1.2)),
        (-5.0, distance * surf(far, peak=0.5, growth=0.45, fall=0.40, lean=1.0, first=1.0)),
        (-7.0, moving(distance[::-1], 350, depth_db=1.0, fastest=0.1)),
    )
    return steadied(waves)  # and once more as every bed is: their crests stand twice as high as anything else


# ---- night --------------------------------------------------------------------------------------------------------


def cricket(seed: int, *, tone: float, every: float, pulses: int, pan: float) -> Sound:
    """Let a cricket sing around the loop: chirps of some `pulses`, one in `every` seconds, with rests of its own."""
    count = round(SECONDS / every)
    t = np.arange(round((pulses / 38 + 0.02) * RATE)) / RATE
    # The wing closes some 38 times a second; the chirp grows from pulse to pulse, and slides down as it does.
    song = np.sin(np.pi * np.minimum(38 * t, pulses)) ** 2 * np.sqrt(t / t[-1]) * rise(t[::-1], 0.03)
    chirp = panned(song * np.sin(2 * np.pi * tone * (t - 0.05 * t**2)), pan)
    rests = rise(wander(seed, 0.12) + 0.9, 1.0)
    sung = nothing()
    for place, late in enumerate(0.12 * normal(count, seed + 1)):
        first = round((place + late) / count * FRAMES)
        lay(sung, first, float(rests[first % FRAMES]) * chirp)
    return sung


def night() -> Sound:
    """Let a warm night stand still: a breath of wind, leaves that answer it, and crickets far across a meadow."""
    gusts = wander(400, 0.12)
    wind = wide(410, (50, -22), (130, -4), (280, 0), (500, -3), (900, -12), (1800, -28), (5000, -56))
    leaves = wide(420, (200, -40), (500, -12), (900, -2), (1500, 0), (2400, -8), (4500, -26), (9000, -50))
    singers = mixed(
        (0.0, cricket(430, tone=2310, every=0.83, pulses=3, pan=-0.7)),
        (-3.0, cricket(440, tone=2590, every=1.07, pulses=4, pan=0.6)),
        (-6.0, cricket(450, tone=2450, every=0.71, pulses=3, pan=0.1)),
    )
    # A field of them, too many to tell apart, is one band that trembles.
    field = wide(460, (1900, -60), (2300, 0), (2550, 0), (3000, -60))
    t = np.arange(FRAMES) / RATE
    tremble = 1 + 0.4 * np.sin(2 * np.pi * round(19 * SECONDS) / SECONDS * t)
    return mixed(
        (0.0, moving(wind * gain_of(1.1 * gusts), 470, depth_db=1.0, fastest=0.15)),
        (-11.0, moving(leaves * gain_of(2.0 * np.roll(gusts, RATE)), 480, depth_db=1.0, fastest=0.3)),
        (-17.0, from_afar(singers, 490, decay=0.3, brightest=2500)),
        (-21.0, moving(field * tremble[:, None], 500, depth_db=1.0, fastest=0.1)),
    )


def gain_of(curve_db: Curve) -> Sound:
    """Return a curve in dB as amplitude factors for both channels."""
    return 10 ** (curve_db[:, None] / 20)


# ---- tones --------------------------------------------------------------------------------------------------------


def warm(note: float, length: float, seed: int, pan: float) -> Sound:
    """Return a soft tone of `length` seconds: harmonics of the family alone, each three times, a hair apart."""
    t = np.arange(round(length * RATE)) / RATE
    sound = np.zeros((len(t), 2))
    for harmonic in range(1, 9):
        frequency = in_family(harmonic * note)
        if abs(np.log2(frequency / (harmonic * note))) > 0.4 / 12 or frequency > 1500:
            continue
        swing, turns = chances(2, seed + harmonic), chances(3, seed + 10 + harmonic)
        # What an analogue filter with two poles at 600 Hz leaves of a sawtooth.
        level = 1 / harmonic / (1 + (frequency / 600) ** 2)
        level = level * (1 + 0.2 * np.sin(2 * np.pi * ((0.04 + 0.05 * swing[0]) * t + swing[1])))
        apart = 0.12 + 0.03 * harmonic
        for place, beat, share, turn in zip((pan, -0.6, 0.6), (0, -apart, apart), (1, 0.28, 0.28), turns, strict=True):
            sound += panned(share * level * np.sin(2 * np.pi * ((frequency + beat) * t + turn)), place)
    return sound


def part(notes: tuple[float, ...], seed: int, *, first: float, pan: float) -> Sound:
    """Let one voice move slowly through its notes, around the loop: each grows while the one before it fades."""
    sung = nothing()
    each = SECONDS / len(notes)
    for place, note in enumerate(notes):
        tone = warm(note, 1.7 * each, seed + 20 * place, pan)
        t = np.arange(len(tone)) / RATE
        # At constant power: sine and cosine of the same angle, the notes having nothing in common.
        fade = np.sqrt(rise(t, 0.7 * each) * rise(t[::-1], 0.7 * each))
        lay(sung, round((first + place * each) * RATE), fade[:, None] * tone / np.sqrt(power(tone)))
    return sung


def warm_pad() -> Sound:
    """Let four voices drift through F, each at its own pace: chords come about, and none of them arrives."""
    # 3, 4, 5 and 7 notes: no two voices move together but once a loop. Their ranges leave a third between neighbours,
    # so that F and G never rub.
    air = wide(500, (80, -30), (250, -4), (500, 0), (900, -6), (1800, -16), (4000, -28), (8000, -42), (14000, -60))
    return mixed(
        (-8.0, part((F2, D3, C3), 510, first=0.0, pan=0.0)),
        (-2.0, part((A3, C4, G3, C4), 600, first=4.0, pan=-0.3)),
        (0.0, part((F4, A4, G4, F4, D4), 700, first=8.0, pan=0.2)),
        (-3.0, part((C5, D5, C5, F5, D5, C5, D5), 850, first=2.5, pan=0.0)),
        (-13.0, moving(air, 990, depth_db=1.5, fastest=0.15)),
    )


def rubbed(note: float, seed: int, *, pan: float) -> Sound:
    """Rub a singing bowl with a leather mallet until it sings, and let it ring: a tone with no stroke."""
    swell, ring = 4.5, 20.0
    t = np.arange(round((swell + ring) * RATE)) / RATE
    sound = np.zeros((len(t), 2))
    for mode, (ratio, level_db, shimmer) in enumerate(((1.0, 0.0, 0.21), (2.8, -6.0, 0.33), (5.2, -20.0, 0.47))):
        frequency = in_family(note * ratio)
        if frequency > 1500:
            continue
        turns = chances(3, seed + mode)
        # 1 dB a second and more for the high modes: a bowl that is let go grows darker.
        envelope = gain(level_db) * rise(t, swell) * 10 ** (-(1.0 + 0.4 * mode) * np.maximum(t - swell, 0) / 20)
        envelope *= rise(t[::-1], 0.6 * ring)
        beats = (0.0, -shimmer, shimmer)
        for place, beat, share, turn in zip((pan, -0.5, 0.5), beats, (1.0, 0.3, 0.3), turns, strict=True):
            sound += panned(share * envelope * np.sin(2 * np.pi * ((frequency + beat) * t + turn)), place)
    return sound


def bowls() -> Sound:
    """Let bowls sing one after the other, rubbed and never struck, four or five at a time."""
    rounds = (
        (0.0, F3, -1.0, -0.2),
        (4.3, C4, 0.0, 0.26),
        (7.9, A4, -3.0, -0.32),
        (12.4, D4, 0.0, 0.1),
        (16.1, F4, -2.0, 0.32),
        (20.6, A3, -0.5, -0.2),
        (24.7, C5, -5.0, 0.2),
        (28.2, C4, 0.0, -0.26),
        (32.9, G4, -2.5, 0.0),
        (36.6, F3, -1.0, 0.26),
        (40.3, D4, 0.0, -0.26),
        (44.8, A4, -3.5, 0.2),
        (48.5, C4, -0.5, 0.32),
        (52.2, G3, -1.0, -0.1),
        (56.3, F4, -2.5, 0.0),
    )
    sung = nothing()
    for place, (start, note, level_db, pan) in enumerate(rounds):
        lay(sung, round(start * RATE), gain(level_db) * rubbed(note, 1000 + 10 * place, pan=pan))
    air = wide(1300, (80, -30), (250, -4), (450, 0), (800, -6), (1800, -16), (4000, -28), (8000, -42), (14000, -60))
    return mixed((0.0, sung), (-15.0, moving(air, 1310, depth_db=1.0, fastest=0.1)))


def brown_noise() -> Sound:
    """Let brown noise stand like a waterfall behind a hill: 6 dB less an octave, softer below what a phone plays."""
    # A true one falls from 0 Hz on, and leaves a phone's speaker nothing. Below 150 Hz this one is held back.
    held_back = ((20, -30), (45, -8), (90, 0), (150, -1))
    falling = ((300, -5), (600, -10.5), (1200, -17), (2400, -24), (4800, -33), (9000, -48))
    brown = wide(1400, *held_back, *falling)
    return moving(brown, 1410, depth_db=0.8, fastest=0.08)


BEDS: dict[str, Callable[[], Sound]] = {
    "rain": rain,
    "ocean": ocean,
    "stream": stream,
    "night": night,
    "warm-pad": warm_pad,
    "bowls": bowls,
    "brown-noise": brown_noise,
}
"""A bed's name is its file's, and what an author writes in a routine."""


def made(name: str) -> Sound:
    """Return a bed at the reference; raises ValueError when a sample would pass `PEAK_DBFS`."""
    sound = steadied(BEDS[name]())
    sound *= gain(REFERENCE_LUFS - integrated_lufs(sound))
    if peak_dbfs(sound) > PEAK_DBFS:
        raise ValueError(
            f"{name}: the peak is {peak_dbfs(sound):.1f} dBFS, expected at most {PEAK_DBFS} at {REFERENCE_LUFS} LUFS:"
            " soften what jumps out"
        )
    return sound
