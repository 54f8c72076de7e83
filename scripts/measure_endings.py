"""Measure whether statements end: how far the voice falls at the end of a sentence, by what punctuation ends it.

`.venv/bin/python -P scripts/measure_endings.py` speaks 70 statements of the bundled sessions (six words and more, taken
evenly from all) in English with the default voice: with the full stop that they have, and with none, "…", "!" and ";"
in its place: two minutes. Praat finds the pitch of each 10 ms (`praat-parselmouth`, of the extra `hear`); a row has the
median of how many semitones it falls over the last 150 ms of the last vowel, how many statements rise by more than half
a semitone there, and how far below the sentence's own median it ends. `measure_endings.py de` takes another language's
best voice. The exit code is 1 where the median of the full stops does not fall.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parent))  # last: a script in it is named as the package

from measure_pace import PACE, said

from voiceguide import voices
from voiceguide.sound.clip import condition, samples_of
from voiceguide.text.pronouncing import plain
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import timing

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATEMENTS = 70
MARKS = (".", "", "…", "!", ";")
HOP = 0.01
"""Seconds."""
LOWEST, HIGHEST = 70.0, 400.0
"""Hertz, of voices that speak calmly."""
VOWEL, LAST = 8, 16
"""Hops that a vowel has at least, and of which the end is looked at: 80 and 150 ms."""
LEAP = 2.0
"""Semitones from hop to hop that no voice goes."""


def pitches(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the pitch of each hop in semitones above 1 Hz; not a number where nothing is voiced."""
    import parselmouth

    sound = parselmouth.Sound(samples.astype(np.float64), SAMPLE_RATE)
    pitch = sound.to_pitch_ac(time_step=HOP, pitch_floor=LOWEST, pitch_ceiling=HIGHEST)
    hertz = pitch.selected_array["frequency"]
    return 12 * np.log2(np.where(hertz > 0, hertz, np.nan))


def ending(samples: NDArray[np.float32]) -> tuple[float, float] | None:
    """Return how many semitones a sentence rises over its last vowel, and how far that ends above its median.

    The last vowel is what is voiced last without a break or a leap; what breath and creak leave after it is no pitch.
    None where there is none.
    """
    found = pitches(samples)
    breaks = np.flatnonzero(~(np.abs(np.diff(found)) < LEAP)) + 1
    runs = [run for run in np.split(found, breaks) if len(run) >= VOWEL]
    if not runs:
        return None
    last = runs[-1][-LAST:]
    return float(last[-1] - last[0]), float(last[-1] - np.nanmedian(found))


def statements(language: str) -> list[str]:
    """Return statements of the bundled sessions, evenly from all of them."""
    texts = dict.fromkeys(text for _, sentences in said(language) for text in sentences if text.endswith("."))
    long = [text for text in texts if timing.count_words(plain(text)) >= timing.SHORT]
    return long[:: max(1, len(long) // STATEMENTS)][:STATEMENTS]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", nargs="?", default="en")
    language = parser.parse_args().language
    voice = voices.pick(None, language=language, pace=PACE)
    texts = statements(language)
    print(f"{language}, {voice.id}\n")
    print("| ends with | statements | falls by | rise | below its median |\n|---|--:|--:|--:|--:|")
    holds = True
    for mark in MARKS:
        clips = (samples_of(condition(voice.say(text[:-1] + mark)))[:, 0] for text in texts)
        ends = np.array([each for each in map(ending, clips) if each is not None])
        fall, rising = -float(np.median(ends[:, 0])), float(np.mean(ends[:, 0] > 0.5))
        below = -float(np.median(ends[:, 1]))
        print(f"| {mark or 'nothing'} | {len(ends)} | {fall:.1f} | {rising:.0%} | {below:.1f} |", flush=True)
        holds = holds and (mark != "." or fall > 0)
    sys.exit(not holds)


if __name__ == "__main__":
    main()
