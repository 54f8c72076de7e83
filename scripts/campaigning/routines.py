"""Routines: read, checked, planned in short, full and a total; some by a command too."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from campaigning import program
from campaigning.cases import Case, FoundError, Kind, pick
from campaigning.making_routines import as_yaml, document
from campaigning.mutating import damaged, damaged_bytes, damaged_lines

if TYPE_CHECKING:
    from random import Random

    from campaigning.lab import Lab
    from voiceguide.errors import VoiceguideError
    from voiceguide.timeline import Timeline

_COMMANDS = {
    "": 6.0,
    "check": 1.0,
    "check --json": 0.5,
    "check --strict": 0.5,
    "show": 0.7,
    "show --json": 0.3,
    "plan --explain": 0.7,
    "plan --json": 0.3,
    "card -o card.html": 0.5,
    "card -o card.svg": 0.3,
    "list": 0.4,
}
_NAMES = {
    "case.yaml": 20.0,
    "a b.yml": 1.0,
    "Übung.yaml": 1.0,
    "a\x1b[31m.yaml": 0.3,
    "a\nb.yaml": 0.3,
    "a\x85b.yaml": 0.3,
    "a\u202eb.yaml": 0.3,
    "-x.yaml": 0.3,
    "a+b.yaml": 0.3,
    f"{'n' * 250}.yaml": 0.2,
}


class Routines(Kind):
    """What an author may write, and what nobody would."""

    name = "routines"
    count = 10_000
    short = 16

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """A routine that is right, nearly so, or damaged as values, as lines or as bytes."""
        tree: Any = document(rng)
        how = rng.random()
        if how > 0.15:
            tree = damaged(tree, rng, times=rng.choice((0, 1, 1, 1, 2, 6)))
        data = as_yaml(tree, rng)
        if how > 0.85:
            data = damaged_bytes(data, rng, times=rng.choice((1, 1, 3)))
        elif how > 0.7:
            data = damaged_lines(data, rng)
        ways = {
            "suffix": ".yaml",
            "name": pick(rng, _NAMES),
            "command": pick(rng, _COMMANDS),
            "length": rng.choice(("5m", "10m", "15m", "25m", "1h", "90s", "2h", "10h")),
            "talk": rng.choice(("full", "full", "calm", "minimal")),
        }
        return Case(data, ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Check it, read it and plan it; then the command."""
        path = lab.file(case.ways["name"], case.data)
        judged(path, lab, case.ways)
        if case.ways["command"]:
            command, *more = case.ways["command"].split()
            what = [f"./{path.name}"] if command != "list" else ["--routines", "."]
            program.tried(lab, command, *what, *more, names=_named(path.name))


def _named(name: str) -> str:
    """The part of a file's name that a message shows as it is, whatever it makes of the rest.

    What is wrong with a choice is told of the routine, by its name.
    """
    return Path(name).stem if name.isprintable() and name.isascii() and len(name) < 60 else ""


def judged(path: Path, lab: Lab, ways: dict[str, str]) -> None:
    """Check, read and plan a routine's file. Raises FoundError."""
    from voiceguide.errors import VoiceguideError
    from voiceguide.lint import findings
    from voiceguide.session import load

    found = lab.step("check", lambda: findings(path))
    if not isinstance(found, VoiceguideError):
        lab.told("check", "\n".join(fault.with_caret() for fault in found))
        if any(fault.place.file not in fault.text for fault in found):
            raise FoundError("a fault names no file", str(found[0]))
    routine = lab.step("load", lambda: load(path))
    if isinstance(routine, VoiceguideError):
        if not isinstance(found, VoiceguideError) and not any(fault.level == "fault" for fault in found):
            raise FoundError("load refuses what check passes", str(routine)[:1000])
        return
    for length in ("short", "full", ways.get("length", "10m")):
        choices = {"talk": ways.get("talk", "full"), "language": ways.get("language")}
        _plan(routine, lab, length, choices)


def _plan(routine: Any, lab: Lab, length: str, choices: dict[str, Any]) -> None:
    """Plan a session, and hold its timeline against what every timeline promises. Raises FoundError."""
    from voiceguide.errors import VoiceguideError
    from voiceguide.session import plan
    from voiceguide.timeline.reading import timeline as parsed

    made: Timeline | VoiceguideError = lab.step("plan", lambda: plan(routine, length=length, voice="tone", **choices))
    if isinstance(made, VoiceguideError):
        return
    times = [value for clip in made.clips for value in (clip.start, clip.end)]
    if not all(map(math.isfinite, times)) or min(times, default=0) < 0 or max(times, default=0) > made.duration + 1e-6:
        raise FoundError("a clip lies outside the session", f"{length}: {min(times)} to {max(times)}")
    ends = [(chapter.start, chapter.end) for chapter in made.chapters]
    if any(abs(before[1] - after[0]) > 1e-6 for before, after in pairwise(ends)):
        raise FoundError("chapters do not tile", f"{length}: {ends}")
    spoken = sorted((clip.start, clip.end) for clip in made.clips if clip.track == "narration")
    if over := [pair for pair in pairwise(spoken) if pair[0][1] > pair[1][0] + 1e-6]:
        raise FoundError("narration overlaps", f"{length}: {over[0]}")
    text = json.dumps(made.to_json())
    again = lab.step("timeline read back", lambda: parsed(json.loads(text)))
    if isinstance(again, VoiceguideError) or json.dumps(again.to_json()) != text:
        raise FoundError(
            "a timeline changes through JSON", f"{length}: {again if isinstance(again, Exception) else ''}"
        )
