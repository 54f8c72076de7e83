r"""Measure how well voices are understood: what a session plays is written down by a recogniser.

A session is spoken and laid out, through the usual cache. Each of its distinct clips, which is all that is said in one
go with the pauses inside, is read back by whisper base. Told are the share of words that came back wrong (WER), and of
sounds (PER: eSpeak's phonemes of both texts, without stress), with the takes' loudness. Words that sound the same are
the same: those to which eSpeak gives equal phonemes, two for one too (Spanish "entivia" for "entibia" and "mas" for
"más", French "ses" for "c'est" and "main" for "mains"). Case, punctuation, and numbers in figures count for nothing.
Prints a table in Markdown with the machine; the exit code is 1 where a language is over a bound.

The recogniser is no part of the project. In an environment of its own, which needs no other connection than pip's:

    python3 -m venv /tmp/hearing && /tmp/hearing/bin/pip install -e ".[hear]"
    /tmp/hearing/bin/python -P scripts/measure_voices.py --voice kokoro:ef_dora=es --voice kokoro:ff_siwis=fr \
        --most es=8 --most fr=22 --most-sounds fr=6

`scripts/hear.py` hears the default voice over a bed. Some minutes a voice; `--every 4` listens to a part of the
clips, `--length full` has more of them.
"""

from __future__ import annotations

import argparse
import platform
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

here = Path(__file__).parent.resolve()  # its voiceguide.py would be imported in the package's place
sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here), str(here)]

import numpy as np
import soxr
from hearing import recognisers
from hearing.words import plain, sounds, wrong

from voiceguide.choices import Choices
from voiceguide.installed import cores
from voiceguide.session import load
from voiceguide.session.composing import Session
from voiceguide.session.making import Means, booth
from voiceguide.session.narration import drafted, heard, narrated, said_in
from voiceguide.sound.loudness import energies, integrated
from voiceguide.sound.takes import SHORTEST_LEVELLED
from voiceguide.text.languages import primary
from voiceguide.text.pronouncing import plain as unmarked

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Score:
    """What came back of a voice's sentences."""

    voice: str
    language: str
    clips: int = 0
    words: int = 0
    wrong_words: int = 0
    sounds: int = 0
    wrong_sounds: int = 0
    loudest: float = -99.0
    softest: float = 0.0
    """LUFS of takes that are levelled by themselves."""
    cpu: float = 0.0
    """Seconds of speaking what was not in the cache."""
    seconds: float = 0.0

    @property
    def wer(self) -> float:
        """Per cent."""
        return 100 * self.wrong_words / max(self.words, 1)

    @property
    def per(self) -> float:
        """Per cent."""
        return 100 * self.wrong_sounds / max(self.sounds, 1)


def main() -> None:
    """Measure what was asked for, and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--routine", default="upper-back")
    parser.add_argument("--length", default="short")
    parser.add_argument("--voice", action="append", metavar="ENGINE:NAME=LANGUAGE", required=True)
    parser.add_argument("--pace", type=int, default=135)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="listen to each Nth clip alone")
    parser.add_argument("--most", action="append", default=[], metavar="LANGUAGE=WER", help="per cent; more fails")
    parser.add_argument("--most-sounds", action="append", default=[], metavar="LANGUAGE=PER", help="the same")
    parser.add_argument("--verbose", action="store_true", help="print what came back otherwise")
    asked = parser.parse_args()
    most_words, most_sounds = bounds(asked.most), bounds(asked.most_sounds)
    listener = recognisers.base(Path(tempfile.gettempdir()) / "voiceguide-hearing")
    scores = []
    for each in asked.voice:
        voice, _, language = each.partition("=")
        choices = Choices(length=asked.length, voice=voice, language=language, pace=asked.pace)
        scores.append(measured(Session(load(asked.routine), choices), asked.every, listener, verbose=asked.verbose))
    print("| voice | language | clips | words | WER | PER | takes, LUFS | CPU s a spoken second |")
    print("|---|---|---|---|---|---|---|---|")
    for score in scores:
        cost = f"{score.cpu / score.seconds:.2f}" if score.seconds else "cached"
        print(
            f"| {score.voice} | {score.language} | {score.clips} | {score.words} | {score.wer:.1f} % | "
            f"{score.per:.1f} % | {score.softest:.1f} to {score.loudest:.1f} | {cost} |"
        )
    print(f"\n{asked.routine} {asked.length}, pace {asked.pace}; {platform.platform()}, {cores()} cores")
    over = [
        score.voice
        for score in scores
        if score.wer > most_words.get(primary(score.language), 100.0)
        or score.per > most_sounds.get(primary(score.language), 100.0)
    ]
    sys.exit(f"over its bound: {', '.join(over)}" if over else 0)


def bounds(given: list[str]) -> dict[str, float]:
    """Return per cent by language, of `es=8`."""
    return {language: float(bound) for language, _, bound in (each.partition("=") for each in given)}


def measured(session: Session, every: int, listener: recognisers.Recogniser, *, verbose: bool) -> Score:
    """Speak a session, and read its clips back."""
    language = primary(session.language)
    score = Score(session.voice.id, session.language)
    with booth(session.voice, session.language, Means()) as opened:
        draft = drafted(session, opened.narrator)
        known = opened.narrator.known_lengths(said_in(draft))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        draft = narrated(session, opened.narrator, draft)
        score.cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
        lengths = opened.narrator.known_lengths(said_in(draft))
        score.seconds = sum(seconds for text, seconds in lengths.items() if text not in known)
        pieces = list({piece.key: piece for piece in heard(draft.layout.clips, draft.script)}.values())[::every]
        takes = opened.narrator.takes(pieces)
        for piece in pieces:
            samples = takes[piece.key].samples()[:, 0].astype(np.float32) / 32768
            if len(samples) >= SHORTEST_LEVELLED * takes[piece.key].sample_rate:
                level = integrated(energies(samples.reshape(-1, 1), takes[piece.key].sample_rate))
                score.loudest, score.softest = max(score.loudest, level), min(score.softest, level)
            written = listener.writes(soxr.resample(samples, takes[piece.key].sample_rate, recognisers.RATE), language)
            said = plain(" ".join(unmarked(sentence.spoken) for sentence in piece.sentences), language)
            came = plain(written, language)
            told, back = (sounds(" ".join(each), language) for each in (said, came))
            faults = wrong(said, came, language)
            score.clips += 1
            score.words += len(said)
            score.wrong_words += faults
            score.sounds += len(told)
            score.wrong_sounds += distance(told, back)
            if verbose and faults:
                print(f"{faults} of {len(said)}: {' '.join(said)} | {' '.join(came)}", file=sys.stderr)
    return score


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many sounds were added, left out or changed, at least (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


if __name__ == "__main__":
    main()
