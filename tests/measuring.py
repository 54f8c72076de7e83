"""Measure exported files: decode them and compare what sounds with what the timeline says."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import mutagen.id3
import mutagen.mp3
import numpy as np
import pyloudnorm
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 44_100
WINDOW = round(0.005 * RATE)
"""Frames of the 5 ms window that says when a clip starts to sound."""
HOP = round(0.001 * RATE)
"""Frames from one window to the next."""
ONSET_DBFS = -50.0


def decoded(path: Path) -> NDArray[np.float32]:
    """Return a file's samples, shape (frames, 2)."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == RATE
    return samples


def windows_dbfs(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the RMS level in dBFS of every 5 ms window, one every HOP frames; channels together."""
    power = np.concatenate([[0.0], np.cumsum(np.mean(samples**2, axis=1), dtype=np.float64)])
    starts = np.arange(0, len(samples) - WINDOW, HOP)
    return 10 * np.log10(np.maximum(power[starts + WINDOW] - power[starts], 0) / WINDOW + 1e-12)


def onset(samples: NDArray[np.float32], expected: float, *, before: float = 0.1, after: float = 0.3) -> float | None:
    """Return when the first 5 ms above -50 dBFS start, looking from a little before `expected` seconds."""
    first = max(0, round((expected - before) * RATE))
    levels = windows_dbfs(samples[first : round((expected + after) * RATE)])
    loud = np.flatnonzero(levels > ONSET_DBFS)
    return first / RATE + loud[0] * HOP / RATE if len(loud) else None


def onsets(levels: NDArray[np.float64], *, quiet: float = 0.25) -> NDArray[np.float64]:
    """Return every second at which a file begins to sound after `quiet` seconds of less, from its `windows_dbfs`."""
    loud = np.concatenate([[-quiet], np.flatnonzero(levels > ONSET_DBFS) * HOP / RATE])
    return loud[1:][np.diff(loud) >= quiet]


def onset_near(found: NDArray[np.float64], expected: float) -> float:
    """Return the onset nearest to a time."""
    return float(found[np.argmin(np.abs(found - expected))])


def longest_hush(levels: NDArray[np.float64]) -> float:
    """Return the longest stretch in seconds in which a file does not sound, its ends included."""
    loud = np.flatnonzero(levels > ONSET_DBFS) * HOP / RATE
    return float(np.diff(np.concatenate([[0.0], loud, [len(levels) * HOP / RATE]])).max())


def digital_silence(samples: NDArray[np.float32]) -> float:
    """Return the longest stretch of zeros in seconds."""
    sounding = np.flatnonzero((samples[:, 0] != 0) | (samples[:, 1] != 0))
    return float(np.diff(np.concatenate([[-1], sounding, [len(samples)]])).max() - 1) / RATE


def tagged_chapters(path: Path) -> list[tuple[str, float, float]]:
    """Return (title, start, end) of an MP3's chapters, by their times."""
    found = mutagen.id3.ID3(path).getall("CHAP")
    chapters = [(str(f.sub_frames["TIT2"]), f.start_time / 1000, f.end_time / 1000) for f in found]
    return sorted(chapters, key=lambda chapter: chapter[1])


def mp3_seconds(path: Path) -> float:
    """Return an MP3's length as its Info frame says it."""
    return float(mutagen.mp3.MP3(path).info.length)


def unmasked(timeline: dict[str, Any], *, clear: float = 0.15) -> list[dict[str, Any]]:
    """Return the narration clips before whose start nothing else sounds for `clear` seconds."""
    clips = [clip for clip in timeline["clips"] if clip["track"] != "bed"]
    return [
        clip
        for clip in clips
        if clip["track"] == "narration"
        and not any(
            other is not clip and other["start"] < clip["start"] + clear and other["end"] > clip["start"] - clear
            for other in clips
        )
    ]


def lufs(samples: NDArray[np.float32], start: float, end: float) -> float:
    """Return the integrated loudness of a stretch in LUFS, by pyloudnorm."""
    return float(pyloudnorm.Meter(RATE).integrated_loudness(samples[round(start * RATE) : round(end * RATE)]))


def level_dbfs(samples: NDArray[np.float32], start: float, end: float) -> float:
    """Return the RMS level in dBFS of a stretch in seconds; channels together."""
    stretch = samples[round(start * RATE) : round(end * RATE)].astype(np.float64)
    return float(10 * np.log10(np.mean(stretch**2) + 1e-12))


def true_peak_dbtp(samples: NDArray[np.float32]) -> float:
    """Return the 4 x oversampled peak in dBTP; only what comes within 10 dB of full scale is oversampled."""
    from scipy.signal import resample_poly

    level = np.abs(samples).max(axis=1)
    peak = float(level.max())
    block = RATE // 10
    for at in np.unique(np.flatnonzero(level > 10 ** (-10 / 20)) // block) * block:
        near = samples[max(0, at - block // 10) : at + block + block // 10].astype(np.float64)
        peak = max(peak, float(np.abs(resample_poly(near, 4, 1, axis=0)).max()))
    return float(20 * np.log10(max(peak, 1e-9)))


def clip_peak_dbtp(samples: NDArray[np.floating]) -> float:
    """Return the 4 x oversampled peak in dBTP of a clip, all of it oversampled; minus infinity for silence."""
    fine = soxr.resample(samples, 1, 4, "HQ")
    peak = max(float(np.abs(samples).max(initial=0.0)), float(np.abs(fine).max(initial=0.0)))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def longest_quiet(timeline: dict[str, Any]) -> float:
    """Return the longest stretch in seconds in which no voice and no sound of ours is heard."""
    at = longest = 0.0
    for clip in sorted((c for c in timeline["clips"] if c["track"] != "bed"), key=lambda c: float(c["start"])):
        longest = max(longest, clip["start"] - at)
        at = max(at, clip["end"])
    return max(longest, timeline["duration"] - at)
