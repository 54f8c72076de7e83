"""An author's recordings, and the folder of a voice that is made of them, as anybody may have changed them."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from campaigning import program, sessions
from campaigning.cases import Case, FoundError, pick
from campaigning.mutating import as_json, damaged, damaged_bytes, nasty_text

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_WHAT = {"files": 2.0, "words": 3.0, "index": 3.0, "lines": 1.5}
_CHOICES = ("--no-opening", "--no-closing", "--skip-safety")
_CODES = frozenset({0, 1, 2, 3, 4})
_NAMES = ("1.wav", "line 2.flac", "03.ogg", "take 4 of 9.wav", "memo.wav", "99.wav", "0.wav", "2.wav")


@cache
def _texts(material: Path) -> tuple[str, ...]:
    """What the small session says."""
    from voiceguide.authoring.recordings.lines import lines
    from voiceguide.choices import Choices
    from voiceguide.session import load

    chosen = Choices(length="full", opening=False, closing=False, safety=False)
    return tuple(line.spoken for line in lines(load(sessions.routine(material)), (chosen,)))


def _said(text: str) -> bytes:
    """A line as FLAC."""
    from io import BytesIO

    import numpy as np
    import soundfile

    from voiceguide.voices.tone import ToneVoice

    audio = ToneVoice("steady", 200).say(text)
    quiet = np.zeros((8000, 1), np.float32)
    file = BytesIO()
    soundfile.write(file, np.vstack((quiet, audio.samples, quiet)), audio.sample_rate, format="FLAC")
    return file.getvalue()


def _words(rng: Random, texts: tuple[str, ...]) -> list[list[Any]]:
    """Return what a recogniser may say it understood: [start, end, text], in any order and of any size."""
    words: list[list[Any]] = []
    at = 0.0
    for text in (rng.choice((*texts, nasty_text(rng))) for _ in range(rng.randrange(1, 12))):
        for word in text.split()[: rng.choice((2, 100))]:
            lasts = rng.choice((0.3, 0.3, 0.3, 0.0, -1.0, 20.0))
            words.append([at, at + lasts, f" {word}"])
            at += 0.3
        at += rng.choice((0.1, 0.5, 1.0))
    return words


class Recordings(sessions.OfSessions):
    """Recordings as they are imported, without a recogniser of words: what one may say is made up."""

    name = "recordings"
    count = 1_000
    short = 6

    def prepare(self, material: Path) -> None:
        """Render the sessions, and make a voice of all lines of the small one."""
        super().prepare(material)
        folder = material / "voices"
        if folder.exists():
            return
        from voiceguide.voices import recorded

        with patch.dict(os.environ, VOICEGUIDE_VOICES=str(folder)):
            recorded.add("anna", [recorded.Reading("en", text, 1.0, _said(text)) for text in _texts(material)])

    def generate(self, rng: Random, material: Path) -> Case:
        """Files of a line each, a recogniser's words, or a voice's folder, damaged."""
        what = pick(rng, _WHAT)
        ways = {"what": what, "name": rng.choice(("anna", "ben", nasty_text(rng)[:80]))}
        match what:
            case "files":
                data = _said(rng.choice(_texts(material)))
                if rng.random() < 0.7:
                    data = damaged_bytes(data, rng, times=rng.choice((1, 3)))
                ways["files"] = "|".join(rng.sample(_NAMES, rng.choice((1, 1, 2, 4))))
            case "words":
                words = _words(rng, _texts(material))
                data = as_json(damaged(words, rng, times=rng.choice((0, 0, 1))), rng)
            case "index":
                data = (material / "voices" / "own" / "anna" / "index.json").read_bytes()
                if rng.random() < 0.8:
                    data = as_json(damaged(json.loads(data), rng, times=rng.choice((1, 1, 3))), rng)
                else:
                    data = damaged_bytes(data, rng, times=rng.choice((1, 4)))
            case _:
                data = damaged_bytes(_said("Glide up."), rng, times=rng.choice((1, 3)))
        return Case(data, ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Let the program find it; whatever it says, what it keeps is whole."""
        lab.file("small.yaml", sessions.SMALL.encode())
        os.environ["VOICEGUIDE_VOICES"] = str(lab.home / "voices")
        getattr(self, f"_{case.ways['what']}")(case, lab)

    def _files(self, case: Case, lab: Lab) -> None:
        names = case.ways["files"].split("|")
        for name in names:
            lab.file(name, case.data)
        program.tried(
            lab, "voices", "import", "small.yaml", *names, "--as", case.ways["name"], *_CHOICES, codes=_CODES, names="",
            **_voices(lab),
        )  # fmt: skip
        _whole(lab)

    def _words(self, case: Case, lab: Lab) -> None:
        from voiceguide.authoring.recordings.lines import Line
        from voiceguide.authoring.recordings.listening import Atom, Word
        from voiceguide.authoring.recordings.matching import match

        try:
            given = json.loads(case.data)
            words = [Word(float(start), float(end), str(text)) for start, end, text in given]
        except (ValueError, TypeError, OverflowError):
            return  # no recogniser gives what is no list of words
        atoms, at = [], 0
        while at < len(words):
            part = tuple(words[at : at + 4])
            atoms.append(Atom(at * 0.3, (at + len(part)) * 0.3, at // 8, part, part if at % 3 else None))
            at += 4
        lines = [Line(number, "", text, text) for number, text in enumerate(_texts(lab.material), 1)]
        found = lab.step("match", lambda: match(atoms, lines, "en"))
        spans = sorted((taken.start, taken.end) for taken in found.taken.values())
        if any(after[0] < before[1] - 1e-6 for before, after in pairwise(spans)):
            raise FoundError("lines overlap in a recording", str(spans))

    def _index(self, case: Case, lab: Lab) -> None:
        place = self._placed(lab)
        (place / "index.json").write_bytes(case.data)
        self._used(lab)

    def _lines(self, case: Case, lab: Lab) -> None:
        place = self._placed(lab)
        for path in place.glob("*.flac"):
            path.write_bytes(case.data)
        self._used(lab)

    def _placed(self, lab: Lab) -> Path:
        place = lab.home / "voices" / "own" / "anna"
        shutil.copytree(lab.material / "voices" / "own" / "anna", place)
        return place

    def _used(self, lab: Lab) -> None:
        """List the voice, plan and render with it, and remove it."""
        for arguments in (
            ("voices", "--json"),
            ("plan", "small.yaml", "--voice", "own:anna", "--length", "full", *_CHOICES),
            ("render", "small.yaml", "--voice", "own:anna", "--bed", "none", "-o", "s.wav", *_CHOICES),
        ):
            program.tried(lab, *arguments, codes=_CODES, names="", **_voices(lab))
        said = program.tried(lab, "voices", "remove", "own:anna", "--yes", codes=_CODES, names="", **_voices(lab))
        if said.code or (lab.home / "voices" / "own" / "anna" / "index.json").exists():
            raise FoundError("a damaged voice cannot be removed", said.err)


def _voices(lab: Lab) -> dict[str, str]:
    return {"VOICEGUIDE_VOICES": str(lab.home / "voices")}


def _whole(lab: Lab) -> None:
    """Hold what an import kept against its index. Raises FoundError."""
    for place in (lab.home / "voices" / "own").glob("*"):
        index = place / "index.json"
        if not index.exists():
            raise FoundError("a voice without an index is left", str([*place.iterdir()]))
        named = {line["file"] for line in json.loads(index.read_text("utf-8"))["lines"]}
        if named != {path.name for path in place.glob("*.flac")}:
            raise FoundError("a voice's index and its recordings differ", str(named))
