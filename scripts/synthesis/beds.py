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
    bell_curve,
    chances,
    coloured,
    in_a_room,
    lay,
    mixed,
    moving,
    nothing,
    turned_to_calm,
    wander,
    wide,
)
from synthesis.meter import integrated_lufs, peak_dbfs

if TYPE_CHECKING:
    from collections.abc import Callable

    from synthesis.blocks import Curve, Sound

REFERENCE_LUFS = -30.0
"""The loudness of every bed. Bed and voice then stand a fixed distance apart, whichever bed is chosen."""
PEAK_DBFS = -12.0
"""No sample reaches this: 18 dB over the loudness at most, so that a bed that is turned down is down all the time."""


# ---- weather and water --------------------------------------------------------------------------------------------


def drops(seed: int, *, every: float, lowest: float, highest: float, ring: float, spread_db: float) -> Sound:
    """Let drops fall at random, one in `every` seconds on average, between `lowest` and `highest` Hz.

    A drop is a soft knock that gives way to a tone a fifth of which it has for itself; levels are log-normal, as those of
    drops that fall anywhere around a listener.
    """
    count = round(SECONDS / every)
    starts = (chances(count, seed) * FRAMES).astype(int)
    levels = 10 ** (spread_db * bell_curve(count, seed + 1) / 20)
    kinds = 64
    pans = 1.6 * chances(kinds, seed + 2) - 0.8
    tones = lowest * (highest / lowest) ** chances(kinds, seed + 3)
    rings = ring * 2 ** bell_curve(kinds, seed + 4) ** 1
    t = np.arange(round(5 * ring * RATE)) / RATE
    grains = []
    for pan, tone, length in zip(pans, tones, rings, strict=True):
        slide = tone * (t + 0.15 * t**2 / length / 2)
        grains.append(panned(rise(t, 0.002) * np.exp(-t / length) * np.sin(2 * np.pi * slide), pan))
    fallen = nothing()
    for drop, (start, level) in enumerate(zip(starts, levels, strict=True)):
        lay(fallen, int(start), grains[drop % kinds], float(level))
    return fallen
