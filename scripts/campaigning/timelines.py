"""Timelines in JSON, as another program may have written them: read, drawn, captioned, played, measured against."""

from __future__ import annotations

import io
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from campaigning import program, sessions
from campaigning.cases import Case, pick
from campaigning.mutating import as_json, damaged, damaged_bytes, damaged_lines

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_COMMANDS = {"": 3.0, "player": 1.0, "card": 0.7, "measure": 0.7}


def damaged_timeline(rng: Random, material: Path) -> bytes:
    """Return the bytes of a timeline in which something is not as it should be."""
    data = sessions.timeline(material).read_bytes()
    how = rng.random()
    if how < 0.75:
        return as_json(damaged(json.loads(data), rng, times=rng.choice((0, 1, 1, 2, 6))), rng)
    if how < 0.85:
        return damaged_lines(data, rng)
    return damaged_bytes(data, rng, times=rng.choice((1, 1, 4)))


class Timelines(sessions.OfSessions):
    """What `--timeline` is given, and what a file carries."""

    name = "timelines"
    count = 2_000
    short = 6

    def generate(self, rng: Random, material: Path) -> Case:
        """A damaged timeline, and what is done with it."""
        return Case(damaged_timeline(rng, material), {"suffix": ".json", "command": pick(rng, _COMMANDS)})

    def run(self, case: Case, lab: Lab) -> None:
        """Read it, and use it for all that it is for."""
        from voiceguide.errors import VoiceguideError
        from voiceguide.timeline.reading import read

        path = lab.file("t.json", case.data)
        sound = lab.file("s.wav", sessions.session(lab.material, ".wav").read_bytes())
        made = lab.step("read", lambda: read(path))
        if not isinstance(made, VoiceguideError):
            used(made, lab, sound)
        if command := case.ways["command"]:
            program.tried(lab, command, sound.name, "--timeline", path.name, names="" if command == "measure" else "t")


def used(timeline: Any, lab: Lab, sound: Path) -> None:
    """Do with a timeline what it is for. Raises FoundError."""
    from voiceguide.pages import player
    from voiceguide.pages.card import card
    from voiceguide.routine.notes import Notes
    from voiceguide.sidecars import SIDE_FILES
    from voiceguide.timeline.explain import left_out, picture

    drawn = lab.step("explain", lambda: [*picture(timeline), *left_out(timeline)])
    if isinstance(drawn, list):
        lab.told("explain", "\n".join(map(str, drawn)))
    for each in SIDE_FILES:
        lab.step(each.suffix, partial(each.write, timeline, Notes()))
    lab.step("player", lambda: player.write(io.BytesIO(), timeline, sound, link=True))
    lab.step("card", lambda: card(timeline, Notes()))
