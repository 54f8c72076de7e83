"""Measure what it costs to check and to plan routines of every shape as they grow, up to the format's limits.

    .venv/bin/python -P scripts/measure_cost.py                      # the table of docs/reliability.md, minutes
    .venv/bin/python -P scripts/measure_cost.py --only cues sides    # some shapes
    .venv/bin/python -P scripts/measure_cost.py --random 200 --seed 1    # mixtures near the limits, the dearest last

Every routine is checked, and planned short, full and to an exact total, each in a process of its own; its CPU seconds
and its peak memory are those of the whole process. What starting costs by itself stands in the first line.

Other work slows a machine, in CPU seconds too: a fixed loop is timed beside, and seconds are told as at QUIET_LOOP.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING

import voiceguide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MEGABYTES = 2.0, 200.0
"""What checking or planning one routine may cost: CPU and peak memory of the whole process."""
KILLED_AFTER = 60  # CPU seconds
QUIET_LOOP = 0.055
"""About the least CPU seconds that `loop` took on the machine of docs/reliability.md."""

MOST_DRAWN = 20
LOOPS: list[float] = []
"""What the loop took beside each command."""
Document = dict[str, object]


def _routine(*steps: object, **fields: object) -> Document:
    return {"title": "A measured routine", "summary": "Grown by a script.", **fields, "steps": list(steps)}


_PLACES = ("back", "shoulder", "arm", "hip", "leg", "foot", "neck", "hand", "belly", "calf")
_numbers = counting()


def _step(name: str = "", **fields: object) -> Document:
    """Return a step whose words are no other's, as an author's are."""
    number = next(_numbers)
    where = f"{_PLACES[number % 10]} at spot {number}"
    return {"name": name or f"The {where}", "say": f"Stroke the {where} slowly.", **fields}


def _words(count: int) -> str:
    return " ".join(f"Stroke {number} slowly out." for number in range(count))


def steps(count: int) -> Document:
    """Steps of 10 s."""
    return _routine(*(_step(duration="10-20s") for _ in range(count)))


def untimed(count: int) -> Document:
    """Steps that last what they say."""
    return _routine(*(_step() for _ in range(count)))


def sides(count: int) -> Document:
    """Steps on two sides."""
    return _routine(*(_step(duration="10-20s", sides="both") for _ in range(count // 2)))


def group(count: int) -> Document:
    """A group on 20 sides."""
    names = [f"spot {number}" for number in range(20)]
    one = {"name": "All", "sides": names, "steps": [_step(duration="10-20s") for _ in range(count // 20)]}
    return _routine(one)


def sentences(count: int) -> Document:
    """Sentences of one step's instruction."""
    return _routine(_step(say=_words(count), duration="20h"))


def spread_sentences(count: int) -> Document:
    """Sentences, ten a step."""
    return _routine(*(_step(say=_words(10), duration="2-3m") for _ in range(count // 10)))


def cues(count: int) -> Document:
    """Cues, 100 a step."""
    return _routine(*(_step(duration="20-25m", cues=_cues("{:.0f}s", 10.0)) for _ in range(count // 100)))


def _cues(at: str, every: float) -> list[Document]:
    return [{"at": at.format(every * (number + 1)), "say": f"Slow, {next(_numbers)}."} for number in range(100)]


def crowded(count: int) -> Document:
    """Cues at shares of a step, 100 a step."""
    return _routine(*(_step(duration="10-25m", cues=_cues("{:.2f}%", 0.98)) for _ in range(count // 100)))


def rounds(count: int) -> Document:
    """Rounds of holds, all voiced, 500 a step."""
    hold = {"press": "5s", "release": "3s", "times": 500, "spoken": "all"}
    return _routine(*(_step(hold=hold) for _ in range(count // 500)))


def strokes(count: int) -> Document:
    """Cycles of strokes, 450 a step."""
    rhythm = {"out": "2s", "back": "2s", "again": "10s"}
    return _routine(*(_step(duration="30m", rhythm=rhythm) for _ in range(count // 450)))


def cues_in_strokes(count: int) -> Document:
    """Cycles of strokes, 450 a step, and cues that find their places among them."""
    said = [{"at": moment, "say": "Soft."} for moment in ("40s", "80s", "140s", "40%")]
    rhythm = {"out": "2s", "back": "2s"}
    return _routine(*(_step(duration="10-30m", rhythm=rhythm, cues=said) for _ in range(count // 450)))


def reminders(count: int) -> Document:
    """Reminders that hours hold."""
    return _routine(*(_step(duration=f"{count * 50 // 20}s") for _ in range(20)), reminders=["Slow and even."])


def setups(count: int) -> Document:
    """Steps of ten setups, each with its own."""
    names = [f"way {number}" for number in range(10)]
    one = [_step(duration="10-20s", only=names[number % 10]) for number in range(count // 20)]
    both = [_step(duration="10-20s") for _ in range(count // 20)]
    return _routine(*one, *both, setups=names)


def languages(count: int) -> Document:
    """Steps in four languages."""
    said = {"en": "Stroke the back slowly.", "de": "Streichen.", "fr": "Glissez.", "es": "Deslice."}
    return _routine(*({"name": said, "say": said, "duration": "10-20s"} for _ in range(count))) | {
        "title": said,
        "summary": said,
    }


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of routine, and how far it is grown."""

    make: Callable[[int], Document]
    unit: str
    counts: tuple[int, ...]


SHAPES = {
    "steps": Shape(steps, "steps", (125, 250, 500, 1000)),
    "untimed": Shape(untimed, "steps", (125, 250, 500, 1000)),
    "sides": Shape(sides, "slots", (250, 500, 1000, 2000)),
    "group": Shape(group, "slots", (240, 500, 1000, 2000)),
    "sentences": Shape(sentences, "sentences", (600, 1250, 2500, 4900)),
    "spread-sentences": Shape(spread_sentences, "sentences", (600, 1250, 2500, 4900)),
    "cues": Shape(cues, "cues", (300, 600, 1200, 2500)),
    "crowded": Shape(crowded, "cues", (300, 600, 1200, 2500)),
    "rounds": Shape(rounds, "rounds", (500, 1000, 2000)),
    "cues-in-strokes": Shape(cues_in_strokes, "cycles", (450, 900, 1350, 1800)),
    "strokes": Shape(strokes, "cycles", (450, 900, 1350, 1800)),
    "reminders": Shape(reminders, "reminders", (216, 432, 864, 1728)),
    "setups": Shape(setups, "steps in all setups", (375, 750, 1500, 3000)),
    "languages": Shape(languages, "steps", (60, 125, 250, 500)),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    seconds: float
    megabytes: float
    code: int
    said: str

    def fits(self) -> bool:
        """Whether it is within what is promised, and ended by itself with a routine that is taken or refused."""
        within = self.seconds <= SECONDS and self.megabytes <= MEGABYTES
        return within and self.code in (0, 2, 3) and "bug in voiceguide" not in self.said


def loop() -> float:
    """Time a fixed piece of Python's usual work, in this thread's CPU seconds: calls, small objects, and memory."""
    started = time.thread_time()
    len({str(number): (number, number + 1) for number in range(150_000)})
    return time.thread_time() - started


def run(*arguments: str) -> Cost:
    """Run voiceguide in a process of its own, and scale its seconds by the loop before and after."""
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (KILLED_AFTER, KILLED_AFTER + 1))

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-P", "-m", "voiceguide", *arguments]
    before = loop()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, preexec_fn=limited, env=environment
        )  # a limit is the child's own: it must be set there
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    megabytes = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    LOOPS.append((before + loop()) / 2)
    return Cost((used.ru_utime + used.ru_stime) * QUIET_LOOP / LOOPS[-1], megabytes, child.returncode, said)


def measured(file: str) -> Iterator[tuple[str, Cost]]:
    """Yield what is done with a routine (several joined, with `+`), and what it costs."""
    if "+" not in file:
        yield "check", run("check", file)
    lasts = []
    for length in ("short", "full"):
        cost = run("plan", file, "--length", length)
        yield length, cost
        if found := re.search(r": ([\d:]+) \((?:estimated|measured)\)", cost.said):
            parts = [int(part) for part in found[1].split(":")]
            lasts.append(sum(part * 60**power for power, part in enumerate(reversed(parts))))
    if lasts:
        yield "total", run("plan", file, "--length", f"{(lasts[0] + lasts[-1]) // 2}s")


def written(folder: Path, name: str, document: Document) -> str:
    """Write a routine, and return its path."""
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=0), encoding="utf-8")  # JSON is YAML
    return str(path)


def curves(shapes: Iterable[str], folder: Path) -> bool:
    """Print a table of every shape as it grows, and say whether all of it is within what is promised."""
    started = run("--version").seconds
    print(f"Starting: {started:.2f} s. {platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}.")
    print("\n| shape | size | KiB | check | short | full | total | MB | ms a unit |")
    print("|---|---|---|---|---|---|---|---|---|")
    fits = True
    for name in shapes:
        shape = SHAPES[name]
        for count in shape.counts:
            path = written(folder, f"{name}-{count}", shape.make(count))
            costs = dict(measured(path))
            fits &= all(cost.fits() for cost in costs.values())
            each = (max(cost.seconds for cost in costs.values()) - started) * 1000 / count
            row = [f"{count:,} {shape.unit}", f"{Path(path).stat().st_size // 1024}"]
            row += [_told(costs.get(what)) for what in ("check", "short", "full", "total")]
            row += [f"{max(cost.megabytes for cost in costs.values()):.0f}", f"{each:.2f}"]
            print(f"| {name} | {' | '.join(row)} |", flush=True)
    return fits


def joined(folder: Path) -> bool:
    """Print what several routines in one session cost, and say whether all of it is within what is promised."""
    parts = [written(folder, f"part-{number}", steps(320 + number)) for number in range(3)]
    parts.append(written(folder, "part-of-cues", cues(1400)))
    fits = True
    print("\n| joined | full | total | MB |\n|---|---|---|---|")
    for many in (2, 3, 4):
        costs = dict(measured("+".join(parts[:many])))
        fits &= all(cost.fits() for cost in costs.values())
        row = [_told(costs.get(what)) for what in ("full", "total")]
        print(f"| {many} | {' | '.join(row)} | {max(cost.megabytes for cost in costs.values()):.0f} |", flush=True)
    return fits


def _told(cost: Cost | None) -> str:
    if cost is None:
        return "-"
    return f"{cost.seconds:.2f}" + ("" if cost.code == 0 else " refused" if cost.code in (2, 3) else f" ({cost.code})")


def mixture(chance: random.Random) -> Document:
    """Return a routine near several of the limits at once."""
    names = [f"way {number}" for number in range(chance.choice((0, 0, 2, 5, 10)))]
    many_steps = chance.choice((1, 3, 10, 50, 200, 1000))
    made = [_any_step(chance, names, many_steps, number) for number in range(many_steps)]
    if chance.random() < 0.3:
        inner = [{key: value for key, value in step.items() if key != "sides"} for step in made]
        made = [{"name": "All", "sides": _any_sides(chance, many_steps), "steps": inner}]
    fields: Document = {"setups": names} if names else {}
    if chance.random() < 0.5:
        fields["reminders"] = [f"Soft hands, {number}." for number in range(chance.choice((1, 5, 50)))]
    if chance.random() < 0.3:
        fields["settle"] = [{"say": f"lie {name}", "only": name} for name in names] or "lie down"
    return _routine(*made, **fields)


def _any_sides(chance: random.Random, many_steps: int) -> list[str]:
    most = min(20, max(1, 2000 // many_steps))
    return [f"spot {number}" for number in range(chance.choice((2, most, chance.randint(1, most))))][:most]


def _any_step(chance: random.Random, setups: list[str], many_steps: int, number: int) -> Document:
    share = max(1, 4000 // many_steps)
    low = min(chance.choice((2, 20, 60, 600, 3600)), 20_000 // many_steps + 2)
    high = min(low * chance.choice((1, 1, 2, 4)), 7200)
    step: Document = {"name": chance.choice((f"Step {number}", f"Now {{side}} {number}", "Same")).replace("{side}", "")}
    if chance.random() < 0.8:
        step["say"] = _words(chance.choice((1, 1, 2, min(share, chance.choice((5, 50, 1000))))))
    kind = chance.choice(("plain", "plain", "hold", "counted", "rhythm", "untimed"))
    if kind == "untimed":
        step.setdefault("say", "Stroke the back slowly.")
    else:
        step["duration"] = f"{low}s..{high}s"
    if kind == "hold":
        step["hold"] = {"press": f"{3 + high // 500}s", "release": "2s", "spoken": chance.choice((0, 3, "all"))}
    if kind == "counted":
        step["hold"] = {"press": "4s", "release": "2s", "times": max(1, low // 12), "spoken": chance.choice((1, "all"))}
    if kind == "rhythm":
        step["rhythm"] = {"out": "2s", "back": f"{9 + high // 500}s", "again": chance.choice(("0s", "10s", "90s"))}
        step["rhythm"]["say_last"] = chance.choice(("Last.", "And now this is the last of them."))
    if kind != "untimed" and chance.random() < 0.5:
        most = chance.choice((1, 5, 100))
        moments = [chance.choice((f"{chance.randint(0, 99)}%", f"{chance.randint(0, low // 2)}s")) for _ in range(most)]
        step["cues"] = [
            {"at": moment, **chance.choice(({"say": "Slow."}, {"chime": "step"}))} for moment in moments[:share]
        ]
    if kind in ("plain", "rhythm") and chance.random() < 0.3:
        step["check_in"] = True
    if kind != "untimed" and chance.random() < 0.3:
        step["reminders"] = [f"Low shoulders, {number}." for number in range(chance.choice((1, 5, 20)))]
    if chance.random() < 0.3:
        step["sides"] = _any_sides(chance, many_steps)
    if setups and chance.random() < 0.5:
        step["only"] = chance.sample(setups, chance.randint(1, len(setups)))
    for key, value in (("oil", True), ("ready", True), ("pressure", chance.randint(1, 7)), ("warn", "Mind the spine.")):
        if chance.random() < 0.2:
            step[key] = value
    return step


def taken(chance: random.Random) -> Document:
    """Return a mixture that holds no more than a routine may, the last of MOST_DRAWN where none does."""
    for _ in range(MOST_DRAWN):
        document = mixture(chance)
        with suppress(voiceguide.RoutineError):
            voiceguide.Routine.from_dict(document)
            break
    return document


def mixtures(count: int, seed: int, folder: Path) -> bool:
    """Try routines near the limits, print the dearest, and say whether all are within what is promised."""
    found: list[tuple[float, str, str, Cost]] = []
    for number in range(count):
        document = taken(random.Random(f"{seed}-{number}"))  # noqa: S311 (the same again, no secret)
        path = written(folder, f"mixture-{seed}-{number}", document)
        for what, cost in measured(path):
            found.append((cost.seconds, path, what, cost))
            if not cost.fits():
                print(f"{path} {what}: {cost.seconds:.2f} s, {cost.megabytes:.0f} MB, exit {cost.code}", flush=True)
    well = sum(cost.code == 0 for _, _, what, cost in found if what == "check")
    dearest = max(found, key=lambda each: each[0])
    print(f"{count} routines, {well} taken; dearest {dearest[0]:.2f} s: {dearest[2]} {dearest[1]}")
    print(f"most memory {max(cost.megabytes for *_, cost in found):.0f} MB")
    return all(cost.fits() for *_, cost in found)


def main() -> None:
    """Print the table, or try mixtures; exit 1 where something costs more than is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=SHAPES, default=list(SHAPES), metavar="SHAPE")
    parser.add_argument("--random", type=int, metavar="N", help="try N mixtures in place of the curves")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the routines there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["VOICEGUIDE_CACHE"] = str(Path(made) / "cache")
        if asked.random:
            fits = mixtures(asked.random, asked.seed, folder)
        else:
            fits = all([curves(asked.only, folder), joined(folder)])
    print(f"\nThe loop took {min(LOOPS):.3f} to {max(LOOPS):.3f} s beside; seconds are as at {QUIET_LOOP} s.")
    sys.exit(0 if fits else 1)


if __name__ == "__main__":
    main()
