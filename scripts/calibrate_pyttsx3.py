"""Measure eSpeak NG through pyttsx3, and print the constants of voiceguide/voices/pyttsx3.py and how far off they are.

Run it in the project's environment, on Linux, when eSpeak's version changes: `python scripts/calibrate_pyttsx3.py`
(about a minute).
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from calibrate_hibari import PACES, fit, off_by, parted, trimmed
from calibration_sentences import ENGLISH, FRENCH, GERMAN, SPANISH

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.voices.pyttsx3 import REFERENCE_RATE, Pyttsx3Engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voiceguide.voices import Audio


def lengths(say: Callable[[str], Audio], texts: tuple[str, ...]) -> NDArray[np.float64]:
    """Seconds of each text, trimmed; as many children at once as there are cores."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return np.array([trimmed(take.samples, take.sample_rate) for take in threads.map(say, texts)])


def main() -> None:
    """Print what the reference rate speaks at in each language, then the errors of the constants now in the module."""
    engine = Pyttsx3Engine()
    for language, texts in (("en", ENGLISH), ("de", GERMAN), ("es", SPANISH), ("fr", FRENCH)):
        words, running, held_out = parted(texts)
        voice = engine.voice(None, language=language, pace=PACES[0])
        seconds = lengths(partial(voice.spoken, rate=REFERENCE_RATE), texts)
        known = tuple(text for text, held in zip(texts, held_out, strict=True) if not held)
        words_a_minute = 60 * words[running].sum() / seconds[running].sum()
        print(f"{language}: words a minute {words_a_minute:.1f}, {fit(known, seconds[~held_out], language)}")
        for pace in PACES:
            voice = engine.voice(None, language=language, pace=pace)
            spoken = lengths(voice.say, texts)
            estimated = np.array([voice.estimate(text) for text in texts])
            print(
                f"  pace {pace}: {60 * words[running].sum() / spoken[running].sum():.1f} words a minute in running "
                f"text; estimates held out: {off_by(estimated[held_out], spoken[held_out])}; "
                f"all: {off_by(estimated, spoken)}"
            )


if __name__ == "__main__":
    main()
