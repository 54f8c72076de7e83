"""Finished files of each format, retagged, reheaded and damaged: read, made a page, a feed, a card, and measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from campaigning import program, sessions
from campaigning.cases import Case, FoundError, pick
from campaigning.lab import contents
from campaigning.mutating import as_json, damaged_bytes
from campaigning.tagging import other_routine, reheaded, retagged
from campaigning.timelines import damaged_timeline

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_COMMANDS = {"player": 1.0, "player --link": 1.0, "feed": 2.0, "card": 1.0, "measure": 0.6}
_OWN = "told by a file of this machine"
_BAIT = sessions.SMALL.replace("Eat a little first.", _OWN)
"""A routine that no finished file may bring into a page."""


class Finished(sessions.OfSessions):
    """What was rendered here once, and has been to other people since."""

    name = "finished"
    count = 3_000
    short = 4

    def generate(self, rng: Random, material: Path) -> Case:
        """A session's file with something done to it."""
        suffix = rng.choice(sessions.FORMATS)
        data = sessions.session(material, suffix).read_bytes()
        how = rng.random()
        if how < 0.5:
            try:
                data = retagged(data, suffix, rng, _timeline(rng, material))
            except Exception:  # noqa: BLE001 (what the library won't write is written as bytes instead)
                how = 0.6
        if 0.5 <= how < 0.8:
            data = reheaded(data, suffix, rng)
        elif how >= 0.8:
            head = rng.choice((256, 4096, 20_000, len(data)))
            data = damaged_bytes(data[:head], rng, times=rng.choice((1, 2, 6))) + data[head:]
        return Case(data, {"suffix": suffix, "command": pick(rng, _COMMANDS)})

    def run(self, case: Case, lab: Lab) -> None:
        """Read it, and let a command have it."""
        from voiceguide.errors import VoiceguideError
        from voiceguide.exports import finished

        (lab.elsewhere / "bait.yaml").write_text(_BAIT, "utf-8")
        before = contents(lab.elsewhere)
        folder = lab.work / "sessions"
        folder.mkdir()
        path = folder / f"small{case.ways['suffix']}"
        path.write_bytes(case.data)
        lab.step("read", lambda: finished.read(path))
        shown = lab.step("timeline", lambda: finished.shown_timeline(path))
        _command(lab, folder, path, case.ways["command"], whole=not isinstance(shown, VoiceguideError))
        lab.untouched(before)
        if path.read_bytes() != case.data:
            raise FoundError("changes the file it reads", case.ways["command"])
        for page in lab.work.rglob("*.html"):
            text = page.read_bytes()
            if _OWN.encode() in text:
                raise FoundError("a file's routine brings another file into a page", case.ways["command"])
            if not text.rstrip().endswith(b"</html>"):
                raise FoundError("half a page", f"{page.name}: {len(text)} bytes")


def _timeline(rng: Random, material: Path) -> bytes:
    """What an MP3 carries as its timeline: another routine's, or one that is damaged."""
    if rng.random() < 0.6:
        return as_json(other_routine(json.loads(sessions.timeline(material).read_bytes()), rng), rng)
    return damaged_timeline(rng, material)


def _command(lab: Lab, folder: Path, path: Path, command: str, *, whole: bool) -> None:
    if command != "feed":
        what, *more = command.split()
        if what == "card":
            more = ["-o", "card.html"]
        program.tried(lab, what, f"sessions/{path.name}", *more, names=path.name)
        return
    good = folder / "good.mp3"
    good.write_bytes(sessions.session(lab.material, ".mp3").read_bytes())
    said = program.tried(lab, "feed", "sessions", "--url", "https://example.org/a", names=path.name)
    feed = folder / "feed.xml"
    if not feed.exists() or b"good.mp3" not in feed.read_bytes():
        raise FoundError("a bad file keeps a good one out of the feed", f"exit {said.code}\n{said.err}")
    if whole and path.name.encode() not in feed.read_bytes() and path.name not in said.err:
        raise FoundError("a session is left out of the feed without a word", said.err)
