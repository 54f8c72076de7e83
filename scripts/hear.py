r"""Hear the bundled sessions as people do: every sentence over its bed, written down by two recognisers.

Every distinct sentence of every routine that has the language, short and full and in every setup, spoken by its best
voice here, is levelled as a session has it, laid over the bed as far below as it lies under words, and written down by
whisper base and, in English, by whisper tiny.en. Told is the share of words that came back wrong (WER), homophones
being the same. Some sentences are written down at once, with pauses between them. Where a recogniser went round in
circles (what it wrote packs to less than 1/2.4, whisper's own bound), it hears each of them by itself. What both hear
wrong is heard again, by itself and elsewhere on the bed; what both hear wrong each time is listed, and makes the exit
code 1.

    python3 -m venv /tmp/hearing && /tmp/hearing/bin/pip install -e ".[hear]"
    /tmp/hearing/bin/python -P scripts/hear.py --markdown
    /tmp/hearing/bin/python -P scripts/hear.py --phone                # by a phone's loudspeaker, a fan 12 dB below
    /tmp/hearing/bin/python -P scripts/hear.py --mos                  # how natural 20 sentences sound, over each bed
    /tmp/hearing/bin/python -P scripts/hear.py --language fr --only upper-back --verbose

The packages need some GB, as Distill-MOS brings torch; without it all but `--mos` works. A language takes some minutes
the first time; what was written is kept (`--cache`), so that only what has changed is heard anew.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    here = Path(__file__).parent.resolve()  # its voiceguide.py would be imported in the package's place
    sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here), str(here)]

import numpy as np
from hearing import recognisers, words
from hearing.recognisers import repeats
from hearing.scenes import Scene, batches

from voiceguide.choices import Choices
from voiceguide.installed import cores
from voiceguide.routine.finding import routines
from voiceguide.routine.languages import languages
from voiceguide.session import load
from voiceguide.session.composing import Session
from voiceguide.session.making import Means, booth
from voiceguide.session.narration import by_estimate, sentences
from voiceguide.sound import bed as beds
from voiceguide.store.assets import routines_folder, sounds_folder
from voiceguide.text.languages import primary
from voiceguide.text.pronouncing import plain as unmarked
from voiceguide.text.utterance import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hearing.recognisers import Recogniser

    from voiceguide.routine.model import Routine
    from voiceguide.text.utterance import Sentence
    from voiceguide.voices import Voice

AGAIN = 2
"""How often what both heard wrong is heard again."""
JUDGED = 20
"""Sentences whose naturalness is judged, of LONG_ENOUGH seconds."""
LONG_ENOUGH = 2.5
FRAME: tuple[dict[str, Any], ...] = ({"gate": "full"}, {"gate": "brief"}, {"talk": "minimal"})
"""What else the first routines are heard with, for the sentences that stand around all steps."""
FRAMED = ("upper-back", "desk-break")


@dataclass
class Score:
    """How many words came back wrong."""

    words: int = 0
    wrong: int = 0

    def add(self, said: int, wrong: int) -> None:
        """Count a sentence."""
        self.words += said
        self.wrong += wrong

    def __str__(self) -> str:
        return f"{100 * self.wrong / max(self.words, 1):.1f} %"


@dataclass(frozen=True)
class Written:
    """What a recogniser made of a sentence."""

    text: str
    wrong: int


class Hearing:
    """A voice's sentences over one scene, and what recognisers wrote."""

    def __init__(self, language: str, scene: Scene, listeners: Sequence[Recogniser]) -> None:
        self.language = language
        self.scene = scene
        self.listeners = listeners
        self.written: dict[str, tuple[Written, ...]] = {}
        """By what is spoken, what each listener wrote at first."""
        self.missed: dict[str, list[str]] = {}
        """What all heard wrong each time, with all that was written."""
        self.takes: dict[str, Any] = {}
        self.stretches = 0
        """How often some sentences were heard at once."""
        self.circles = [0 for _ in listeners]
        """In how many of them each listener went round in circles."""

    def said(self, spoken: str) -> list[str]:
        """Return a sentence's words."""
        return words.plain(unmarked(spoken), self.language)

    def hear(self, takes: dict[str, Any]) -> None:
        """Hear what is new among takes, in order, by what is spoken."""
        new = {spoken: take for spoken, take in takes.items() if spoken not in self.takes}
        self.takes |= new
        for batch in batches(new):
            sound = self.scene.heard([new[spoken] for spoken in batch], " ".join(batch))
            self.stretches += 1
            each = []
            for number, listener in enumerate(self.listeners):
                text = listener.writes(sound, self.language)
                if repeats(text):
                    self.circles[number] += 1
                    each.append([self._alone(listener, spoken, new[spoken]) for spoken in batch])
                else:
                    each.append(self._parted(text, batch))
            for spoken, *written in zip(batch, *each, strict=True):
                self.written[spoken] = tuple(written)
                if all(one.wrong for one in written):
                    self._again(spoken, new[spoken], written)

    def _alone(self, listener: Recogniser, spoken: str, take: Any) -> Written:
        """Have a sentence written down by itself, and elsewhere on the bed where that goes round in circles as well."""
        for time in range(AGAIN):
            text = listener.writes(self.scene.heard([take], f"alone {time} {spoken}"), self.language)
            if not repeats(text):
                break
        return self._parted(text, [spoken])[0]

    def _again(self, spoken: str, take: Any, first: Sequence[Written]) -> None:
        texts = [one.text for one in first]
        for time in range(AGAIN):
            sound = self.scene.heard([take], f"{time} {spoken}")
            each = [self._parted(listener.writes(sound, self.language), [spoken])[0] for listener in self.listeners]
            if not all(one.wrong for one in each):
                return
            texts += [one.text for one in each]
        self.missed[spoken] = list(dict.fromkeys(texts))

    def _parted(self, text: str, batch: Sequence[str]) -> list[Written]:
        """Tell what of a text belongs to which sentence."""
        parts = [self.said(spoken) for spoken in batch]
        back = words.heard([word for part in parts for word in part], words.plain(text, self.language), self.language)
        told, at = [], 0
        for part in parts:
            own = back[at : at + len(part)]
            told.append(Written(" ".join(w for one in own for w in one.words), sum(one.wrong for one in own)))
            at += len(part)
        return told

    def score(self, spoken: Sequence[str]) -> list[Score]:
        """Return each listener's score of some sentences."""
        scores = [Score() for _ in self.listeners]
        for text in spoken:
            for score, written in zip(scores, self.written[text], strict=True):
                score.add(len(self.said(text)), written.wrong)
        return scores


def sessions(routine: Routine, language: str) -> Iterator[Session]:
    """Yield the sessions whose sentences are heard of a routine."""
    for setup, length in product(routine.setups or (None,), ("short", "full")):
        yield Session(routine, Choices(length=length, language=language, setup=setup))
    if routine.name in FRAMED:
        yield from (Session(routine, Choices(language=language, **more)) for more in FRAME)


def all_said(routine: Routine, language: str) -> dict[str, Sentence]:
    """Return every distinct sentence of a routine, in the order of a session."""
    return {
        spoken: sentence
        for session in sessions(routine, language)
        for spoken, sentence in sentences(session.drafting.written(by_estimate(session)).utterances()).items()
    }


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--language", default="en")
    parser.add_argument("--only", action="append", metavar="ROUTINE", help="these routines alone; repeatable")
    usual = f"default: {beds.DEFAULT}, and for --mos each of them"
    parser.add_argument("--bed", metavar="NAME", help=f"its name, or none ({usual})")
    parser.add_argument("--phone", action="store_true", help="by a phone's loudspeaker, a fan 12 dB below")
    parser.add_argument("--mos", action="store_true", help="judge how natural it sounds, in place of its words")
    parser.add_argument("--markdown", action="store_true", help="print the table as docs/sound.md has it")
    parser.add_argument("--verbose", action="store_true", help="print all that a recogniser heard wrong")
    kept = Path(tempfile.gettempdir()) / "voiceguide-hearing"
    parser.add_argument("--cache", type=Path, default=kept, help="where what was written is kept")
    return parser.parse_args()


def main() -> None:
    """Hear what was asked for, and print what came back."""
    asked = parsed()
    language = asked.language
    chosen = [load(str(path)) for path in routines(routines_folder())]
    chosen = [routine for routine in chosen if not asked.only or routine.name in asked.only]
    chosen = [routine for routine in chosen if primary(language) in languages(routine)]
    voice = Session(chosen[0], Choices(language=language)).voice
    with booth(voice, language, Means()) as opened:

        def over(name: str) -> Scene:
            file = sounds_folder() / "beds" / f"{name}.ogg"
            return Scene(None if name == beds.NONE else beds.load(file, opened.cache), asked.phone)

        def spoken(routine: Routine) -> dict[str, Any]:
            pieces = {text: Piece((sentence,), ()) for text, sentence in all_said(routine, language).items()}
            takes = opened.narrator.takes(pieces.values())
            return {text: takes[piece.key] for text, piece in pieces.items()}

        if asked.mos:
            judged = {text: take for routine in chosen for text, take in spoken(routine).items()}
            every = sorted(file.stem for file in (sounds_folder() / "beds").glob("*.ogg"))
            print("| bed | sentences | mean | 10th percentile |\n|---|--:|--:|--:|")
            for name in [asked.bed] if asked.bed else [beds.NONE, *every]:
                print(natural(over(name), judged, name), flush=True)
            return
        asked.bed = asked.bed or beds.DEFAULT
        listeners = [recognisers.base(asked.cache)]
        if primary(language) == "en":
            listeners.append(recognisers.tiny(asked.cache))
        hearing = Hearing(primary(language), over(asked.bed), listeners)
        rows = []
        for routine in chosen:
            takes = spoken(routine)
            hearing.hear(takes)
            rows.append((routine.name, [*takes], hearing.score([*takes])))
            print(row(*rows[-1], markdown=asked.markdown), file=sys.stderr, flush=True)
    sys.exit(report(hearing, rows, voice, asked))


def row(name: str, said: Sequence[str], scores: Sequence[Score], *, markdown: bool) -> str:
    """Return a line of the table."""
    cells = (name, str(len(said)), str(scores[0].words), *(str(score) for score in scores))
    return "| " + " | ".join(cells) + " |" if markdown else "  ".join(f"{cell:<22}" for cell in cells).rstrip()


def report(hearing: Hearing, rows: Sequence[tuple[str, list[str], list[Score]]], voice: Voice, asked: Any) -> int:
    """Print the table and what all heard wrong; return the exit code."""
    heads = ("session", "sentences", "words", *(listener.name for listener in hearing.listeners))
    print("| " + " | ".join(heads) + " |" if asked.markdown else "  ".join(f"{head:<22}" for head in heads).rstrip())
    if asked.markdown:
        print("|---|" + "--:|" * (len(heads) - 1))
    for each in rows:
        print(row(*each, markdown=asked.markdown))
    print(row("all, each once", [*hearing.written], hearing.score([*hearing.written]), markdown=asked.markdown))
    if asked.verbose:
        for spoken, written in hearing.written.items():
            for listener, one in zip(hearing.listeners, written, strict=True):
                if one.wrong:
                    print(f"{listener.name:<8} {one.wrong}: {unmarked(spoken)} | {one.text}", file=sys.stderr)
    where = f"{asked.language}, {voice.id}, bed {asked.bed}{', on a phone beside a fan' if asked.phone else ''}"
    print(f"\n{where}; {platform.platform()}, {cores()} cores")
    for listener, circles in zip(hearing.listeners, hearing.circles, strict=True):
        if circles:
            print(f"{listener.name} went round in circles in {circles} of {hearing.stretches} stretches of sentences")
    print(f"{len(hearing.missed)} sentences were heard wrong by all, each time")
    for spoken, texts in hearing.missed.items():
        print(f"- {unmarked(spoken)} → {'; '.join(texts)}")
    return 1 if hearing.missed else 0


def natural(scene: Scene, takes: dict[str, Any], name: str) -> str:
    """Return how natural some of the sentences sound by Distill-MOS: the mean, and the 10th percentile."""
    import distillmos
    import torch

    model = distillmos.ConvTransformerSQAModel()
    model.eval()
    fit = [text for text, take in takes.items() if take.seconds >= LONG_ENOUGH]
    values = []
    with torch.no_grad():
        for text in fit[:: max(len(fit) // JUDGED, 1)][:JUDGED]:
            sound = np.asarray(scene.heard([takes[text]], text), np.float32)
            values.append(float(model(torch.from_numpy(sound)[None, :])))
    return f"| {name} | {len(values)} | {np.mean(values):.2f} | {np.percentile(values, 10):.2f} |"


if __name__ == "__main__":
    main()
