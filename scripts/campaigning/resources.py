"""Routines at the limits and beyond them: each is refused with the limit, or costs no more than any other may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from campaigning.cases import Case, Kind
from campaigning.making_routines import as_yaml
from campaigning.routines import judged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab


def _steps(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"name": f"Step {number}", "say": "Slow and even.", **more} for number in range(count)]


def _sides(count: int) -> list[str]:
    return [f"side {number}" for number in range(count)]


def _setups(n: int) -> dict[str, Any]:
    names = [f"way {number}" for number in range(n)]
    return {"setups": names, "steps": [{**step, "only": names[at % n]} for at, step in enumerate(_steps(3 * n))]}


def _hours(n: int) -> str:
    return f"{min(n, 86_000)}s"


_SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "steps": lambda n: {"steps": _steps(n, duration="1m")},
    "steps without duration": lambda n: {"steps": _steps(n)},
    "steps of short holds": lambda n: {"steps": _steps(n, hold={"press": "0.1s", "times": 1, "spoken": 0})},
    "sides": lambda n: {"steps": _steps(1, duration="30s", sides=_sides(n))},
    "group of sides and steps": lambda n: {
        "steps": [{"name": "A", "sides": _sides(n), "steps": _steps(n, duration="20s")}]
    },
    "sides and steps": lambda n: {"steps": _steps(n, duration="20s", sides=_sides(n))},
    "setups and steps": _setups,
    "cues": lambda n: {
        "steps": _steps(
            1, duration=_hours(12 * n + 60), cues=[{"at": f"{12 * at + 9}s", "say": "So."} for at in range(n)]
        )
    },
    "cues in one place": lambda n: {
        "steps": _steps(1, duration="1h", cues=[{"at": "50%", "say": "So."} for _ in range(n)])
    },
    "cues and steps": lambda n: {
        "steps": _steps(n, duration="20m", cues=[{"at": f"{9 + 10 * at}s", "say": "So."} for at in range(n)])
    },
    "reminders": lambda n: {"steps": _steps(1, duration=_hours(50 * n)), "reminders": ["Slow."] * n},
    "reminders over hours": lambda n: {"steps": _steps(1, duration=_hours(60 * n)), "reminders": ["Slow."]},
    "sentences in a text": lambda n: {"steps": [{"name": "A", "say": "One more. " * n}]},
    "items of a text": lambda n: {"steps": [{"name": "A", "say": ["One more."] * n}]},
    "marks in a text": lambda n: {"steps": [{"name": "A", "say": "[pause 1s] a " * n}]},
    "breaths in a text": lambda n: {"steps": [{"name": "A", "say": "[breath] " * n}]},
    "words in a sentence": lambda n: {"steps": [{"name": "A", "say": "more " * n}]},
    "letters in a word": lambda n: {"steps": [{"name": "A", "say": "m" * (8 * n)}]},
    "digits in a number": lambda n: {"steps": [{"name": "A", "say": "1" * n}]},
    "spoken rounds": lambda n: {
        "steps": _steps(1, duration=_hours(2 * n + 9), hold={"press": "1s", "release": "1s", "spoken": "all"})
    },
    "counted rounds": lambda n: {"steps": _steps(1, hold={"press": "1s", "times": n, "spoken": "all"})},
    "short rounds": lambda n: {"steps": _steps(1, duration=_hours(n), hold={"press": "0.1s", "spoken": "all"})},
    "strokes": lambda n: {"steps": _steps(1, duration=_hours(6 * n), rhythm={"out": "3s", "back": "3s"})},
    "short strokes": lambda n: {"steps": _steps(1, duration=_hours(n), rhythm={"out": "0.5s", "back": "0.5s"})},
    "strokes and cues": lambda n: {
        "steps": _steps(
            1,
            duration=_hours(12 * n + 60),
            rhythm={"out": "3s", "back": "3s"},
            cues=[{"at": f"{12 * at + 9}s", "say": "So."} for at in range(n)],
        )
    },
    "languages": lambda n: {
        "steps": [{"name": "A", "say": {f"{chr(97 + at // 26 % 26)}{chr(97 + at % 26)}": "So." for at in range(n)}}]
    },
    "tags": lambda n: {"tags": [f"tag{at}" for at in range(n)], "steps": _steps(1)},
    "closing": lambda n: {"closing": ["Drink some water."] * n, "steps": _steps(1)},
    "needs": lambda n: {"need": ["a towel"] * n, "steps": _steps(1)},
    "notes": lambda n: {"safety": {"more": ["patch test"] * n}, "steps": _steps(1)},
    "words of pronounce": lambda n: {
        "pronounce": {"en": {f"word{chr(97 + at % 26)}{at}": {"as": "so"} for at in range(n)}},
        "steps": [{"name": "A", "say": "So. " * 30}],
    },
    "wordings": lambda n: {"steps": [{"name": "A", "say": {"any": [f"Wording {at}." for at in range(n)]}}]},
    "unknown keys": lambda n: {"steps": [{"name": "A", **{f"k{at}": 1 for at in range(n)}}]},
    "keys nearly known": lambda n: {"steps": [{"name": "A", **{f"durations{at}": 1 for at in range(n)}}]},
}
"""By what there are many of: a routine with `n` of it."""

_RAW: dict[str, Callable[[int], bytes]] = {
    "signs nobody sees": lambda n: b"title: " + b"\0" * (40 * n) + b"\n",
    "unknown keys in a line": lambda n: b"{" + b", ".join(b"k%d: 1" % at for at in range(n)) + b"}\n",
    "keys without values in a line": lambda n: b"{" + b",".join(b"%x" % at for at in range(n)) + b"}\n",
    "brackets": lambda n: b"steps: " + b"[" * (10 * n) + b"\n",
    "braces": lambda n: b"steps: " + b"{a: " * (10 * n) + b"\n",
    "dashes": lambda n: b"- " * (20 * n) + b"\n",
    "quotes": lambda n: b"title: '" + b"''" * (20 * n) + b"\n",
    "escapes": lambda n: b'title: "' + rb"\x41" * (10 * n) + b'"\n',
    "bad escapes": lambda n: b'title: "' + rb"\q" * (20 * n) + b'"\n',
    "comments": lambda n: b"# a\n" * (10 * n) + b"title: A\n",
    "blank lines": lambda n: b"\n" * (50 * n) + b"title: A\n",
    "tabs": lambda n: b"title:" + b"\t" * (50 * n) + b"A\n",
    "documents": lambda n: b"---\n" * (10 * n),
    "anchors": lambda n: b"".join(b"a%d: &a%d [*a%d]\n" % (at, at, at - 1) for at in range(n)),
    "duplicate keys": lambda n: b"title: A\n" * (4 * n),
    "levels": lambda n: b"".join(b" " * at + b"a:\n" for at in range(min(n, 700))),
    "lines of one text": lambda n: b"title: |\n" + b" a\n" * (20 * n),
    "colons": lambda n: b"title: " + b"a: " * (20 * n) + b"\n",
    "letters of four bytes": lambda n: (
        b"title: " + "\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL A}".encode() * (15 * n) + b"\n"
    ),
    "windows' line ends": lambda n: b"title: A\r\n" * (5 * n),
    "old line ends": lambda n: b"a: 1\r" * (5 * n),
}
"""By what there is much of: a file's bytes."""
_COUNTS = (8, 10, 11, 20, 21, 40, 80, 100, 101, 300, 500, 501, 1000, 1001, 2000, 2001, 4000, 5000, 5001, 8000)


class Resources(Kind):
    """One thing many times: as often as is allowed, and oftener."""

    name = "resources"
    count = 300
    short = 6

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """A routine with a number of one thing."""
        shape = rng.choice([*_SHAPES, *_RAW])
        n = rng.choice(_COUNTS)
        if " and steps" in shape or shape == "group of sides and steps":  # n times n
            n = min(n, 300)
        ways = {"suffix": ".yaml", "shape": f"{n} {shape}", "length": rng.choice(("10m", "1h", "10h", "23h"))}
        if shape in _RAW:
            return Case(_RAW[shape](n), ways)
        head = {"title": "Many", "summary": "One thing many times."}
        return Case(as_yaml({**head, **_SHAPES[shape](n)}, rng), ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Check it, read it and plan it."""
        judged(lab.file("case.yaml", case.data), lab, case.ways)
