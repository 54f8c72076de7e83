"""Measure how well lines are found in a recording: `python -P scripts/measure_recordings.py [LANGUAGE] [ROUTINE]`.

A recording is made of a routine's own lines, spoken by the language's usual voice, with noise, pauses of all lengths,
lines begun and broken off, lines read twice, and talk between. It is then imported as an author's would be, with the
real recogniser (the extra `record`), and each line's edges are held against where it was laid.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import soundfile
import soxr

from voiceguide import voices
from voiceguide.authoring.recordings.lines import lines
from voiceguide.choices import Choices
from voiceguide.session import load
from voiceguide.sound.clip import condition, samples_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.authoring.recordings.lines import Line
    from voiceguide.voices import Voice

RATE = 44_100
TALK = {"en": "Sorry, I will say that again.", "de": "Entschuldigung, das sage ich noch einmal."}


class Laid(NamedTuple):
    """A recording, and where each line's last reading lies."""

    samples: NDArray[np.float32]
    spans: dict[int, tuple[float, float]]
    """Seconds by the line's number."""


def recording(read: list[Line], voice: Voice, language: str, *, noise_db: float = -55.0, seed: int = 1) -> Laid:
    """Lay lines with all that goes wrong in a reading."""
    rng = np.random.default_rng(seed)
    parts: list[NDArray[np.float32]] = []
    spans: dict[int, tuple[float, float]] = {}

    def add(samples: NDArray[np.float32], pause: float) -> tuple[float, float]:
        start = sum(map(len, parts)) / RATE
        parts.append(samples)
        parts.append(np.zeros(round(pause * RATE), np.float32))
        return start, start + len(samples) / RATE

    def spoken(text: str) -> NDArray[np.float32]:
        samples = samples_of(condition(voice.say(text)))[:, 0]
        return samples * np.float32(0.1 / max(float(np.sqrt(np.mean(samples**2))), 1e-6))

    parts.append(np.zeros(round(1.3 * RATE), np.float32))
    for line in read:
        samples, chance = spoken(line.spoken), rng.random()
        if chance < 0.15 and len(samples) > RATE:  # begun, and broken off
            cut = samples[: round(len(samples) * rng.uniform(0.3, 0.6))].copy()
            cut[-400:] *= np.linspace(1, 0, 400, dtype=np.float32)
            add(cut, rng.uniform(0.5, 1.2))
        elif chance < 0.25:  # read once before
            add(samples * np.float32(0.7), rng.uniform(0.6, 1.5))
        elif chance < 0.3:
            add(spoken(TALK[language]), rng.uniform(0.7, 1.4))
        spans[line.number] = add(samples, rng.uniform(0.5, 2.5))
    whole = np.concatenate(parts)
    hiss = rng.standard_normal(len(whole)).astype(np.float32)
    hiss = 0.5 * (hiss + np.concatenate((hiss[:1], hiss[:-1])))  # less of what is high, as in a room
    return Laid(whole + hiss * np.float32(10 ** (noise_db / 20) / np.std(hiss)), spans)


def main(language: str = "en", name: str = "desk-break", most: str = "30") -> None:
    """Make a recording, import it, and tell what came of it."""
    from voiceguide.authoring.recordings import recognising
    from voiceguide.authoring.recordings.hearing import hear
    from voiceguide.authoring.recordings.understanding import understood

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    chosen = [Choices(length=length, language=language) for length in ("short", "full")]
    read = lines(load(name), chosen)[: int(most)]
    voice = voices.pick(None, language=language, pace=130)
    laid = recording(list(read), voice, language)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reading.flac"
        soundfile.write(path, soxr.resample(laid.samples, RATE, 48_000), 48_000)
        began = spent()
        recogniser = recognising.recogniser(lambda: False)
        heard = hear(path)
        found = understood(heard, read, language, recogniser)
        took = spent() - began
    right, worst = 0, 0.0
    for line in read:
        start, end = laid.spans[line.number]
        here = found.taken.get(line.number)
        off = max(abs(here.start - start), abs(here.end - end)) if here else 99.0
        right += off <= 0.1
        worst = max(worst, off if here else 0.0)
        if off > 0.1:
            took_it = here or found.doubtful.get(line.number)
            print(f"{line.number:>3} {line.spoken!r}: laid {start:.2f}-{end:.2f}, took {took_it}")
    seconds = len(laid.samples) / RATE
    print(f"{language}: {right} of {len(read)} lines of {name} right, worst edge {worst:.3f} s")
    print(f"{seconds:.0f} s of recording: {took:.1f} s of CPU", end="")
    print(
        f", peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, {found.share:.0%} explained"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
