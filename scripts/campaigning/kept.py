"""What is kept as files beside the sessions, and can be anything the next time: jobs, config, indexes, a feed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from campaigning import program, sessions
from campaigning.cases import Case, FoundError, pick
from campaigning.making_routines import as_yaml
from campaigning.mutating import as_json, damaged, damaged_bytes, damaged_lines, nasty_text

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_WHAT = {"jobs": 3.0, "config": 3.0, "index": 2.5, "routines": 1.5, "feed": 1.0}
_COMMANDS = ("list", "sounds", "voices", "cache info", "check small.yaml", "show small.yaml", "plan small.yaml")
_CONFIG = """\
[render]
voice = "tone"
pace = 150
bed = "rain"
bed-level = -20
length = "10m"
talk = "calm"
without = ["Hold"]
opening = false
captions = ["vtt"]

[plan]
explain = true

[list]
routines = ["."]
"""
_FEED = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A</title>
<generator>voiceguide 0.1.0</generator>
<item><title>B</title><guid isPermaLink="false">x</guid><enclosure url="https://example.org/a/small.mp3" length="1"
type="audio/mpeg"/><pubDate>Mon, 05 Jan 2026 10:00:00 +0000</pubDate></item></channel></rss>
"""


def _jobs(rng: Random) -> Any:
    """Return a list of jobs, as a person writes it."""
    jobs: list[dict[str, Any]] = []
    for _ in range(rng.choice((1, 2, 4))):
        job: dict[str, Any] = {"routine": rng.choice(("small.yaml", "feet", ["small.yaml", "feet"], "feet+legs"))}
        for key, values in (
            ("length", ("short", "full", "15m", ["short", "full"], "all")),
            ("language", ("en", "de", ["en", "de"], "all")),
            ("voice", ("tone", "female")),
            ("talk", ("full", ["calm", "minimal"])),
            ("setup", ("lying", "all")),
            ("bed", ("rain", "none", ["rain", "none"], "small.yaml", "../x.mp3")),
            ("format", ("mp3", "wav", "flac")),
            ("name", ("evening", nasty_text(rng))),
            ("pace", (120, 150)),
            ("without", ("Hold", ["Hold"])),
            ("opening", (True, False)),
        ):
            if rng.random() < 0.25:
                job[key] = rng.choice(values)
        jobs.append(job)
    return {"defaults": {"voice": "tone"}, "jobs": jobs} if rng.random() < 0.5 else jobs


def _index(rng: Random) -> Any:
    """Return the index of a folder in which one session is there."""
    facts = {"title": "Small one", "length": "short", "duration": 48.5, "sha256": "0" * 64, "key": "k", "bytes": 3}
    names = ["small-short.mp3", rng.choice(("b.mp3", nasty_text(rng), "../elsewhere/bait.mp3"))]
    return {
        "schema": 1,
        "sessions": [{"file": name, **facts} for name in names],
        "coming": [{"file": "c.mp3", **facts}],
    }


def _routines(rng: Random) -> Any:
    """Return what `list` keeps of the user's routines; the stamp is put in where it is used."""
    entry = {
        "name": "small", "title": "Small one", "summary": "Two.", "audience": "self", "position": "", "positions": [],
        "tags": ["tests"], "languages": ["en"], "lengths": {"short": 48.5, "full": 48.5},
        "hands_on": {"short": 20.0, "full": 20.0},
    }  # fmt: skip
    return {"PATH": {"stamp": [1, 1, rng.choice((1, 2, 3, 4))], "entry": entry}}


class Kept(sessions.OfSessions):
    """Files that the program, or its user, wrote for the program."""

    name = "kept"
    count = 1_000
    short = 6

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """A file of one kind, damaged as values or as bytes."""
        what = pick(rng, _WHAT)
        ways = {"what": what, "suffix": f".{what}"}
        times = rng.choice((0, 1, 1, 2, 5))
        match what:
            case "jobs":
                data = as_yaml(damaged(_jobs(rng), rng, times=times), rng)
            case "config":
                data = _CONFIG.encode()
                ways["command"] = rng.choice(_COMMANDS)
            case "index":
                data = as_json(damaged(_index(rng), rng, times=times), rng)
            case "routines":
                data = as_json(damaged(_routines(rng), rng, times=times), rng)
            case _:
                data = _FEED
        if rng.random() < (0.9 if what in ("config", "feed") else 0.3):
            data = rng.choice((damaged_lines, damaged_bytes, _other_values))(data, rng)
        return Case(data, ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Let the program find the file where it looks for it."""
        lab.file("small.yaml", sessions.SMALL.encode())
        getattr(self, f"_{case.ways['what']}")(case, lab)

    def _jobs(self, case: Case, lab: Lab) -> None:
        from voiceguide.batch import jobsfile
        from voiceguide.batch.jobs import combine
        from voiceguide.errors import VoiceguideError

        path = lab.file("jobs.yaml", case.data)
        lab.step("jobs?", lambda: jobsfile.is_jobs(path))
        wishes = lab.step("jobs", lambda: jobsfile.read(path, ()))
        if isinstance(wishes, VoiceguideError):
            program.tried(lab, "batch", path.name, "-o", "out", "--voice", "tone", names="jobs.yaml")
        else:
            lab.step("combine", lambda: combine(wishes))

    def _config(self, case: Case, lab: Lab) -> None:
        path = lab.home / "own-config.toml"
        path.write_bytes(case.data)
        names = path.name if b"[" not in case.data else ""  # a value's fault may be told by the option alone
        program.tried(lab, *case.ways["command"].split(), names=names, VOICEGUIDE_CONFIG=str(path))

    def _index(self, case: Case, lab: Lab) -> None:
        from voiceguide.batch.index import opened
        from voiceguide.errors import VoiceguideError

        (lab.elsewhere / "bait.mp3").write_bytes(b"bait")
        folder = lab.work / "out"
        folder.mkdir()
        (folder / "index.json").write_bytes(case.data)
        for name in ("small-short.mp3", "b.mp3", "c.mp3"):
            (folder / name).write_bytes(b"abc")

        def write() -> int:
            with opened(folder, overwrite=False) as index:
                index.state("small-short.mp3", "k")
                index.write()
            return 0

        if isinstance(lab.step("index", write), VoiceguideError):
            if (folder / "index.json").read_bytes() != case.data:
                raise FoundError("an index that was refused is changed")
            return
        lines = (folder / "index.m3u").read_text("utf-8").split("\n")[:-1]
        sessions_there = len(json.loads((folder / "index.json").read_text("utf-8"))["sessions"])
        if len(lines) != 2 + 2 * sessions_there:
            raise FoundError("an index adds lines to the playlist", "\n".join(lines)[:1000])
        if any("/" in line or "\\" in line for line in lines[3::2]):
            raise FoundError("an index names files of other folders", "\n".join(lines)[:1000])

    def _routines(self, case: Case, lab: Lab) -> None:
        lab.cache.mkdir(parents=True)
        path = lab.work / "small.yaml"
        stat = path.stat()
        data = case.data.replace(b"PATH", str(path).encode()).replace(
            b"[1, 1,", b"[%d, %d," % (stat.st_mtime_ns, stat.st_size)
        )
        (lab.cache / "routines.json").write_bytes(data)
        for more in ((), ("--json",)):
            said = program.tried(lab, "list", "--routines", ".", *more, codes=frozenset({0}))
        known = {entry["name"] for entry in json.loads(said.out)}
        if "small" not in known and "small.yaml" not in said.err:
            raise FoundError("what is kept hides a routine", said.out[:500])

    def _feed(self, case: Case, lab: Lab) -> None:
        folder = lab.work / "sessions"
        folder.mkdir()
        (folder / "small.mp3").write_bytes(sessions.session(lab.material, ".mp3").read_bytes())
        (folder / "feed.xml").write_bytes(case.data)
        said = program.tried(lab, "feed", "sessions", "--url", "https://example.org/a", names="feed.xml")
        if said.code and (folder / "feed.xml").read_bytes() != case.data:
            raise FoundError("a feed that was refused is changed", said.err)


def _other_values(data: bytes, rng: Random) -> bytes:
    """Return a text in which one value, as TOML and XML write them, is another."""
    text = data.decode("utf-8", "surrogateescape")
    old = rng.choice([part for part in text.replace(">", " ").replace("<", " ").split() if part not in "=[]"] or ["x"])
    new = rng.choice(("[]", "{}", "-1", "1e400", "nan", "true", '"x"', '"' + "x" * 300 + '"', "2024-01-01", "[[]]",
                      "{a=1}", '"\\u0000"', '"\\u001b[31m"', '"\\u0085"', nasty_text(rng)))  # fmt: skip
    return text.replace(old, new, 1).encode("utf-8", "surrogatepass")
