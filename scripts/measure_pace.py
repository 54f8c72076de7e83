"""Measure how evenly the bundled sessions are spoken: a rule that keeps the pace, and one speed for all sentences.

`.venv/bin/python -P scripts/measure_pace.py` speaks each sentence of six words and more twice, in English with the
default voice: about a minute. `measure_pace.py de es fr --every 8` takes other languages, in the best voice that is
here, and each eighth utterance only, for voices that take their time. A row is a rule:

- `words`: words a minute, 5th to 95th percentile, and how many of the sentences lie within 12 % of what was asked for;
- `neighbours`: the most that two sentences, one after the other in one breath, differ by;
- `care`: the fastest sentence of what keeps people safe (before the session, and a step's own warnings);
- `syllables`: a second, outside of pauses: how many sentences lie within 15 % of the median;
- `estimate`: the median error of what the length was foretold to be, and that of the sum;
- `cost`: CPU seconds a minute of speech.

The exit code is 1 where the rule does not keep what docs/sound.md promises.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide import voices
from voiceguide.choices import Choices
from voiceguide.durations import LENGTHS
from voiceguide.routine.finding import routines
from voiceguide.routine.languages import languages
from voiceguide.session import load
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate
from voiceguide.sound.clip import condition, samples_of
from voiceguide.store.assets import routines_folder
from voiceguide.text.pronouncing import plain
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import timing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.voices import Voice

CARE = ("gate", "avoid", "warn")
PACE, CEILING = voices.DEFAULT_PACE, 140
WINDOW = SAMPLE_RATE // 100
SHORTEST_PAUSE = 12
"""Windows; what is shorter closes a consonant."""


class Spoken(NamedTuple):
    """A sentence as it came out, in seconds."""

    seconds: float
    pauses: float
    foretold: float


def said(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the role and the sentences of every utterance of the bundled sessions, each once."""
    found: dict[tuple[str, tuple[str, ...]], None] = {}
    for path in routines(routines_folder()):
        routine = load(str(path))
        for length in LENGTHS if language in languages(routine) else ():
            session = Session(routine, Choices(length=length, language=language))
            for utterance in by_estimate(session).script.utterances():
                found[utterance.role, tuple(sentence.spoken for sentence in utterance.sentences())] = None
    return tuple(found)


def spoken(voice: Voice, text: str) -> Spoken:
    """Return a sentence's lengths, cut as a session cuts it."""
    clip = samples_of(condition(voice.say(text)))[:, 0]
    levels = np.sqrt(np.mean(clip[: len(clip) // WINDOW * WINDOW].reshape(-1, WINDOW) ** 2, axis=1))
    gaps = np.diff(np.flatnonzero(levels > 10 ** (-35 / 20) * levels.max())) - 1
    paused = float(gaps[gaps >= SHORTEST_PAUSE].sum()) / 100
    return Spoken(len(clip) / SAMPLE_RATE, paused, voice.estimate(text))


def one_speed() -> None:
    """Let every sentence of six words and more have the same speed."""
    timing.MOST_SLOWED = timing.MOST_HURRIED = 1.0
    timing.CEILING = float("inf")


def row(language: str, every: int) -> tuple[str, bool]:
    """Return a line of the table, and whether what is promised holds."""
    voice = voices.pick(None, language=language, pace=PACE)
    utterances = said(language)[::every]
    texts = [
        text for _, sentences in utterances for text in sentences if timing.count_words(plain(text)) >= timing.SHORT
    ]
    begun = time.process_time()
    came = {text: spoken(voice, text) for text in dict.fromkeys(texts)}
    cost = (time.process_time() - begun) / sum(one.seconds for one in came.values()) * 60
    words = {text: 60 * timing.count_words(plain(text)) / one.seconds for text, one in came.items()}
    syllables = {
        text: timing.sounds(plain(text), language).nuclei / (one.seconds - one.pauses) for text, one in came.items()
    }
    near = [abs(np.log(words[a] / words[b])) for _, s in utterances for a, b in pairwise(s) if {a, b} <= words.keys()]
    care = max(words[text] for role, s in utterances if role in CARE for text in s if text in words)
    within = share(np.array([*words.values()]) / PACE, 0.12)
    low, high = np.percentile([*words.values()], (5, 95))
    usual = np.array([*syllables.values()]) / np.median([*syllables.values()])
    lengths = np.array(list(came.values()))
    off = lengths[:, 2] / lengths[:, 0] - 1
    line = (
        f"| {language}, `{voice.id}` | {len(came)} | {low:.0f}–{high:.0f} | {within:.0%} | {np.exp(max(near)):.2f} "
        f"| {care:.0f} | {share(usual, 0.15):.0%} | {np.median(np.abs(off)):.1%}, "
        f"{lengths[:, 2].sum() / lengths[:, 0].sum() - 1:+.1%} | {cost:.2f} |"
    )
    return line, within >= 0.8 and max(near) <= np.log(1.35) and care <= CEILING


def share(relative: NDArray[np.float64], tolerance: float) -> float:
    """Return the share of values that are within a tolerance of 1."""
    return float(np.mean(np.abs(relative - 1) <= tolerance))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=["en"])
    parser.add_argument("--every", type=int, default=1, help="take each so many-th utterance")
    wanted = parser.parse_args()
    print("| | sentences | words | within 12 % | neighbours | care | syllables | estimate | cost |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    kept = True
    for language in wanted.languages:
        line, holds = row(language, wanted.every)
        kept = kept and holds
        print(line, flush=True)
    one_speed()
    for language in wanted.languages:
        print(row(language, wanted.every)[0].replace("|", "| one speed:", 1), flush=True)
    sys.exit(not kept)


if __name__ == "__main__":
    main()
