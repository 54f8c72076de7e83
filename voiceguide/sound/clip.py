"""Clips: a sentence made ready (resampled, trimmed, faded) and sentences stitched with their pauses. pydub is the clip.

The one import of pydub, with what it says at import kept from the user. Its own fades, pauses and joins count in whole
milliseconds; here all is exact to the frame.
Imported by modules that handle samples, so numpy, pydub and soxr stand at the top.
"""

from __future__ import annotations

import math
import os
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import soxr

from voiceguide.sound import VOICE_LUFS
from voiceguide.sound.loudness import energies, integrated
from voiceguide.timeline import SAMPLE_RATE

with warnings.catch_warnings():
    warnings.simplefilter("ignore", RuntimeWarning)  # no ffmpeg: nothing here needs it
    warnings.simplefilter("ignore", SyntaxWarning)  # invalid escapes, from Python 3.12
    warnings.simplefilter("ignore", DeprecationWarning)  # audioop leaves the standard library with Python 3.13
    os.environ.setdefault("PATH", os.defpath)  # which pydub looks for ffmpeg in, unasked
    from pydub import AudioSegment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voiceguide.voices import Audio

SAMPLE_WIDTH = 2
"""Bytes of a clip's sample."""

_FULL_SCALE = 32768
_HEADROOM = 0.5
"""Engines speak up to full scale, and resampling overshoots there; the same factor for all keeps a voice's levels."""

# In dBFS, once the voice stands at its level. A clip's first 5 ms above -50 dBFS must lie within 20 ms of its start,
# also when its sentence is up to 4 dB softer in the take than by itself.
_ONSET = -46.0
"""Where a sentence begins: 4 dB over what the interface promises."""
_HEAD_FLOOR = -65.0
"""The softest consonant that is kept before it: three dB under the room tone, which covers what is cut."""
_END = -50.0
"""Where it ends: a decay is softer than an onset."""
_TAIL_FLOOR = -65.0
"""The softest of the decay that is kept after it."""
_WINDOW_SECONDS = 0.005
"""Over which a level is taken, as the promise has it."""
_HEAD_SECONDS = 0.015
"""At most this much of a soft consonant is kept before the onset's 5 ms, which thus end within 20 ms."""
_TAIL_SECONDS = 0.030
"""At most this much of the decay is kept after the end."""
_FADE_SECONDS = 0.004
"""At both edges: long enough that no cut clicks, short enough that no consonant softens."""
_HIGH_PASS_HERTZ = 70.0
"""No voice has anything to say below this."""


def condition(audio: Audio) -> AudioSegment:
    """Return what a voice spoke as a clip: 44.1 kHz, mono, 16 bits, cut to its sound, its edges faded.

    A voice's levels are kept, all 6 dB lower. Raises ValueError for audio with no sound in it.
    Whoever changes a sample of what comes out raises `sound.CONDITIONING`.
    """
    spoken = audio.samples
    if audio.sample_rate != SAMPLE_RATE:
        spoken = soxr.resample(spoken, audio.sample_rate, SAMPLE_RATE, "HQ")
    spoken = _high_passed(spoken)
    trimmed = clip_of(spoken * _HEADROOM).get_sample_slice(*_edges(spoken))
    return clip_of(faded(samples_of(trimmed), SAMPLE_RATE))


def stitch(clips: Sequence[AudioSegment], gaps: Sequence[float]) -> AudioSegment:
    """Join clips with `gaps` seconds between them, one gap fewer than clips, each placed at `round(start * rate)`."""
    parts: list[bytes] = []
    frames, end = 0, 0.0
    for clip, gap in zip(clips, (0.0, *gaps), strict=True):
        start = end + gap
        silence = max(0, round(start * SAMPLE_RATE) - frames)  # a gap of nothing may round to less than nothing
        parts += (bytes(silence * SAMPLE_WIDTH), clip.raw_data)
        frames += silence + int(clip.frame_count())
        end = start + clip.frame_count() / SAMPLE_RATE
    return clip_from(b"".join(parts))


def clip_of(samples: NDArray[np.floating]) -> AudioSegment:
    """Return samples (frames, 1) of full scale 1.0 as a clip; what is beyond full scale is cut off."""
    return clip_from(to_int16(samples).tobytes())


def to_int16(samples: NDArray[np.floating]) -> NDArray[np.int16]:
    """Return samples of full scale 1.0 as 16 bits, little-endian."""
    rounded: NDArray[np.int16] = np.clip(np.rint(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2")
    return rounded


def samples_of(clip: AudioSegment) -> NDArray[np.float32]:
    """Return a clip's samples (frames, 1), full scale 1.0."""
    return np.frombuffer(clip.raw_data, dtype="<i2").astype(np.float32)[:, None] / np.float32(_FULL_SCALE)


def faded(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Return samples (frames, channels) that rise from zero and fall to it in 4 ms, along raised cosines."""
    frames = min(round(_FADE_SECONDS * rate), len(samples) // 2)
    rise = (0.5 - 0.5 * np.cos(np.pi * (np.arange(frames) + 0.5) / max(frames, 1)))[:, None]
    quiet = samples.copy()
    quiet[:frames] *= rise
    quiet[len(quiet) - frames :] *= rise[::-1]
    return quiet


def _high_passed(spoken: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return speech (frames, 1) without what lies below 70 Hz: breath on the microphone, rumble, an offset.

    A second-order Butterworth filter, by its frequency response; the padding holds its ringing.
    """
    if not len(spoken):
        return spoken
    size = 1 << (len(spoken) + SAMPLE_RATE // 4).bit_length()
    spectrum = np.fft.rfft(spoken.astype(np.float32, copy=False), size, axis=0)
    return np.fft.irfft(spectrum * _response(size), size, axis=0)[: len(spoken)]


@lru_cache(maxsize=8)
def _response(size: int) -> NDArray[np.complex64]:
    """The high-pass at the bins of a transform, shape (size // 2 + 1, 1)."""
    s = 1j * np.fft.rfftfreq(size, 1 / SAMPLE_RATE) / _HIGH_PASS_HERTZ
    return np.asarray(s**2 / (s**2 + math.sqrt(2) * s + 1), dtype=np.complex64)[:, None]


def _edges(spoken: NDArray[np.floating]) -> tuple[int, int]:
    """Return the frames [start, end) in which speech (frames, 1) sounds; raises ValueError where there is none."""
    loudness = integrated(energies(spoken, SAMPLE_RATE)) if len(spoken) else -math.inf
    if loudness == -math.inf:
        raise ValueError("expected audio with sound in it, got silence")
    window = round(_WINDOW_SECONDS * SAMPLE_RATE)
    sums = np.concatenate(([0.0], np.cumsum(np.square(spoken[:, 0], dtype=np.float64))))
    starts = np.arange(max(1, len(spoken) - window + 1))
    powers = (sums[np.minimum(starts + window, len(spoken))] - sums[starts]) / window
    levels = 10 * np.log10(np.maximum(powers, 1e-20)) + VOICE_LUFS - loudness

    sounding = np.flatnonzero(levels > _ONSET)
    if not len(sounding):
        raise ValueError("expected audio with sound in it, got a single click")
    first, last = int(sounding[0]), int(np.flatnonzero(levels > _END)[-1])
    before = levels[:first][::-1][: round(_HEAD_SECONDS * SAMPLE_RATE)]
    after = levels[last + 1 :][: round(_TAIL_SECONDS * SAMPLE_RATE)]
    start = first - _run_above(before, _HEAD_FLOOR)
    end = last + _run_above(after, _TAIL_FLOOR) + window
    return start, min(end, len(spoken))


def _run_above(levels: NDArray[np.float64], floor: float) -> int:
    """How many levels lie above a floor before the first that does not."""
    below = np.flatnonzero(levels <= floor)
    return int(below[0]) if len(below) else len(levels)


def clip_from(data: bytes) -> AudioSegment:
    """Return the clip of raw samples: 44.1 kHz, mono, 16 bits, little-endian."""
    return AudioSegment(data, sample_width=SAMPLE_WIDTH, frame_rate=SAMPLE_RATE, channels=1)
