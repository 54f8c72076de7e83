"""What a loop is built from. Each block is circular by itself, so their sum has no seam to hide.

Noise and slow movement are sums of whole numbers of periods; what rings over the end goes on at the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from synthesis.blocks import RATE, noise, rise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from synthesis.blocks import Curve, Sound

_MP3_FRAMES, _MP3_FRAME = 2_297, 1_152
FRAMES = _MP3_FRAMES * _MP3_FRAME
"""Frames in a loop: whole MP3 frames, so that a loop encoded once can be laid again and again."""
SECONDS = FRAMES / RATE

_GRID = 144
"""Frames from one point of a slow curve to the next, 306 a second; straight lines lie between."""


def chances(count: int, seed: int) -> Curve:
    """Return `count` random numbers in [0, 1)."""
    return np.asarray((noise(count, seed) + 1) / 2)


def normal(count: int, seed: int) -> Curve:
    """Return `count` normally distributed numbers of mean 0 and deviation 1, none beyond 2."""
    first, second = chances(2 * count, seed).reshape(2, count)
    bell = np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second)  # Box and Muller, 1958
    return np.asarray(np.clip(bell, -2.0, 2.0))


def moments(count: int, seed: int, crowd: Curve | None = None) -> list[int]:
    """Return `count` random frames of the loop, the more of them the higher `crowd` stands there."""
    share = chances(count, seed)
    if crowd is not None:
        grown = np.cumsum(crowd)
        share = np.interp(share * grown[-1], grown, np.arange(FRAMES)) / FRAMES
    return [int(first) for first in share * FRAMES]


def coloured(seed: int, *points: tuple[float, float]) -> Curve:
    """Return noise at an RMS of 1 whose density follows (Hz, dB) points, joined by straight lines over octaves.

    Every frequency turns a whole number of times in the loop, at a random phase. Beyond the outer points is nothing.
    """
    hz, db = zip(*points, strict=True)
    octaves = np.log2(np.fft.rfftfreq(FRAMES, 1 / RATE)[1:])
    amplitude = 10 ** (np.interp(octaves, np.log2(hz), db, left=-np.inf, right=-np.inf) / 20)
    amplitude *= FRAMES / np.sqrt(2 * np.sum(amplitude**2))
    turns = np.exp(2j * np.pi * chances(len(amplitude), seed))
    return _sounding(np.concatenate([[0.0], amplitude * turns]))


def _sounding(half: NDArray[np.complex128]) -> Curve:
    """Return what `np.fft.irfft(half, FRAMES)` does, in a quarter of the time.

    2,297 is a prime, for which one long transform is slow. As it has no divisor in common with 1,152, a transform of
    two dimensions is the same, once frequencies and frames are put in other places (Good, 1958).
    """
    whole = np.concatenate([half, np.conj(half[-2:0:-1])])
    rows, columns = np.arange(_MP3_FRAME)[:, None], np.arange(_MP3_FRAMES)
    turned = np.fft.ifft2(whole[(_MP3_FRAMES * rows + _MP3_FRAME * columns) % FRAMES]).real
    frames = np.arange(FRAMES)
    return np.asarray(turned[frames % _MP3_FRAME, frames % _MP3_FRAMES])


def wide(seed: int, *points: tuple[float, float], width: float = 0.7) -> Sound:
    """Return coloured noise that stands between the ears: `width` is what the sides have of the middle.

    Folded to mono it loses 10 log10(1 + width ** 2) dB: 1.7 at 0.7.
    """
    middle, sides = coloured(seed, *points), width * coloured(seed + 1, *points)
    return np.asarray(np.stack([middle + sides, middle - sides], axis=1) / np.sqrt(1 + width**2))


def wander(seed: int, fastest: float) -> Curve:
    """Return a slow random curve of mean 0 and RMS 1 that moves in periods of 1 / `fastest` seconds and longer."""
    count = FRAMES // _GRID
    turns = np.zeros(count // 2 + 1, complex)
    turns[1 : round(fastest * SECONDS) + 1] = np.exp(2j * np.pi * chances(round(fastest * SECONDS), seed))
    slow = np.fft.irfft(turns, count)
    slow /= np.sqrt(np.mean(slow**2))
    return np.asarray(np.interp(np.arange(FRAMES) / _GRID, np.arange(count + 1), np.append(slow, slow[0])))


def moving(sound: Sound, seed: int, *, depth_db: float, fastest: float) -> Sound:
    """Let each channel's level wander by itself, mostly within `depth_db` up and down."""
    levels = np.stack([wander(seed, fastest), wander(seed + 1, fastest)], axis=1)
    return np.asarray(sound * 10 ** (depth_db / 20 * levels))


def lay(loop: Sound | Curve, first: int, sound: Sound | Curve) -> None:
    """Add a sound to a loop from frame `first` on; what passes the end goes on at the start."""
    first %= FRAMES
    before = min(len(sound), FRAMES - first)
    loop[first : first + before] += sound[:before]
    loop[: len(sound) - before] += sound[before:]


def nothing() -> Sound:
    """Return a silent loop."""
    return np.zeros((FRAMES, 2))


def from_afar(sound: Sound, seed: int, *, decay: float, brightest: float) -> Sound:
    """Return what reaches the ear of something far away: its echoes alone, 60 dB softer after `decay` seconds.

    They are scattered left and right apart, soften above `brightest` Hz, and have the sound's power on either side.
    """
    t = np.arange(round(decay * RATE)) / RATE
    size = 1 << 17
    hop = size - len(t)
    dull = 1 / (1 + (np.fft.rfftfreq(size, 1 / RATE) / brightest) ** 2)
    heard = nothing()
    for channel in (0, 1):
        # The echoes grow for 15 ms: what was struck is heard to swell.
        echoes = dull * np.fft.rfft(rise(t, 0.015) * 10 ** (-3 * t / decay) * noise(len(t), seed + channel), size)
        for first in range(0, FRAMES, hop):
            block = sound[first : first + hop, channel]
            echoed = np.fft.irfft(np.fft.rfft(block, size) * echoes, size)
            lay(heard[:, channel], first, echoed[: len(block) + len(t)])
    return np.asarray(heard * np.sqrt(power(sound) / np.mean(heard**2, axis=0)))


def power(sound: Sound) -> float:
    """Return the mean power of both channels."""
    return float(np.mean(sound**2))


def mixed(*layers: tuple[float, Sound]) -> Sound:
    """Sum (dB, loop) layers, each brought to the same RMS before its dB are applied."""
    whole = nothing()
    for db, layer in layers:
        whole += layer * (10 ** (db / 20) / np.sqrt(power(layer)))
    return whole


def steadied(sound: Sound) -> Sound:
    """Return a loop whose loud stretches are held: what 3 s have over the loop's mean shrinks to a quarter.

    Troughs stay. The mix sets a bed by its whole loudness, and a wave that comes under a sentence must not cover it.
    """
    span = round(3.0 * RATE)
    energy = np.sum(sound**2, axis=1)
    grown = np.concatenate([[0.0], np.cumsum(np.concatenate([energy[-(span // 2) :], energy, energy[:span]]))])
    over_db = 10 * np.log10((grown[span : span + FRAMES] - grown[:FRAMES]) / span / np.mean(energy))
    return np.asarray(sound * 10 ** (-0.75 * np.maximum(over_db, 0.0)[:, None] / 20))


def calm_moments(sound: Sound, count: int) -> list[int]:
    """Return the frames at which the loop may start, the calmest first, none within 0.2 s of another.

    Calm is where the level stays as it was; in it, the frame is taken at which both channels move least.
    """
    spans = np.log(np.mean(sound.reshape(-1, 1_152, 2) ** 2, axis=(1, 2)))
    change = np.abs(spans - np.roll(spans, 1))
    unrest = sum(np.roll(change, shift) for shift in range(-4, 5))
    found: list[int] = []
    for span in np.argsort(unrest, kind="stable"):
        if all(abs(span * 1_152 - one) > 0.2 * RATE for one in found):
            around = sound[np.arange(span * 1_152 - 2, span * 1_152 + 1_152) % FRAMES]
            steps, bends = np.abs(np.diff(around, axis=0)).sum(axis=1), np.abs(np.diff(around, 2, axis=0)).sum(axis=1)
            found.append(int(span * 1_152 + np.argmin(steps[1:] + bends)))
        if len(found) == count:
            break
    return found
