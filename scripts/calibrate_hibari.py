"""Measure hibari's voice and print the constants of voiceguide/voices/hibari.py, and how far off they are.

Run it in the project's environment when hibari's version changes: `python scripts/calibrate_hibari.py` (about two
minutes). A clip's length is that of the sentence once it is cut to its sound, as a session places it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from calibration_sentences import ENGLISH

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.sound.clip import condition
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import Audio
from voiceguide.voices.hibari import HibariVoice
from voiceguide.voices.timing import SHORT, Timing, count_words, sounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

REFERENCE = 0.58
"""The speed that speaks running text at about the usual pace."""
SPEEDS = tuple(round(0.34 + 0.02 * step, 2) for step in range(31))
PACES = (110, 135, 160)


def trimmed(samples: NDArray[np.float32], rate: int) -> float:
    """Seconds of the sentence as a session plays it."""
    return float(condition(Audio(samples.reshape(-1, 1), rate)).frame_count()) / SAMPLE_RATE


def fit(texts: tuple[str, ...], seconds: NDArray[np.float64], language: str = "en") -> Timing:
    """Fit a Timing: least squares of the relative errors, none of it below 0, then scaled so that the sum is right."""
    parts = [sounds(text, language) for text in texts]
    rows = np.array([(1.0, part.nuclei, part.consonants, part.pauses) for part in parts])
    fitted = rows / seconds[:, None]
    weights = np.linalg.lstsq(fitted, np.ones(len(texts)), rcond=None)[0]
    if (below := weights < 0).any():
        weights = np.where(below, 0.0, weights)
        weights[~below] = np.linalg.lstsq(fitted[:, ~below], np.ones(len(texts)), rcond=None)[0]
    weights *= seconds.sum() / (rows @ weights).sum()
    return Timing(*(round(float(weight), 4) for weight in weights))


def parted(texts: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return each text's words, whether it is running text and no cue, and whether it is held out of the fit."""
    words = np.array([count_words(text) for text in texts])
    return words, words >= SHORT, np.arange(len(texts)) % 3 == 2


def off_by(estimated: NDArray[np.float64], spoken: NDArray[np.float64]) -> str:
    """Say how far estimates are off, one by one and in sum."""
    median = np.median(np.abs(estimated / spoken - 1))
    return f"median error {median:.1%}, sum {estimated.sum() / spoken.sum() - 1:+.1%}"


def main() -> None:
    """Print the constants, then the errors of a voice that uses those now in the module."""
    from hibari import Hibari

    model = Hibari(threads=1)
    words, running, held_out = parted(ENGLISH)
    lengths = {s: np.array([trimmed(model(t, speed=s, seed=0), 24000) for t in ENGLISH]) for s in SPEEDS}
    reference = lengths[REFERENCE]
    print(f"REFERENCE_PACE = {60 * words[running].sum() / reference[running].sum():.1f}")
    known = tuple(text for text, held in zip(ENGLISH, held_out, strict=True) if not held)
    print(f"TIMING = {fit(known, reference[~held_out])}")
    print(f"TEMPI = {tuple((s, round(float(length.sum() / reference.sum()), 3)) for s, length in lengths.items())}")
    for pace in PACES:
        voice = HibariVoice("heart", pace)
        takes = [voice.say(text) for text in ENGLISH]
        spoken = np.array([trimmed(take.samples, take.sample_rate) for take in takes])
        estimated = np.array([voice.estimate(text) for text in ENGLISH])
        print(
            f"pace {pace}: {60 * words[running].sum() / spoken[running].sum():.1f} words a minute in running text, "
            f"{60 * words.sum() / spoken.sum():.1f} with cues; estimates held out: "
            f"{off_by(estimated[held_out], spoken[held_out])}; all: {off_by(estimated, spoken)}"
        )


if __name__ == "__main__":
    main()
