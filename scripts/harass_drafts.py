"""Kill the studio's server, its page and the browser while somebody types a draft, and look what of it is there.

    .venv/bin/python -P scripts/harass_drafts.py                         # 300 rounds, 40 of them in a real browser
    .venv/bin/python -P scripts/harass_drafts.py --rounds 30 --browser 0 # without one: a few seconds
    .venv/bin/python -P scripts/harass_drafts.py --seed 7 --round 12     # one of them again

A round types some words, kills something at a moment, and holds what is on the disk against what was typed. What goes
on must have all of it; where browser and note are gone too, at most the last 300 ms may be lost. A round in a browser
types into the page itself; one without speaks the page's protocol. The seed tells what is typed, at which pace, what is
killed and when, as far as a machine keeps time; as a crowded one doesn't, more than 300 ms count when they come again.
It prints a table, also when it is interrupted; the exit code is 1 where there was a find.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if __name__ == "__main__":
    here = Path(__file__).parent.resolve()  # its voiceguide.py would be imported in the package's place
    sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here), str(here)]

from harassing.rounds import ROUNDS, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from harassing.rounds import Result

    Kind = Callable[[Any, Random], Result]

MOST_LOST_MS = 300
"""Of typing."""
_LATE = "are lost"
_TRIES = 3
"""How often a round may lose too much before that counts."""


@dataclass(slots=True)
class Tally:
    """What the rounds of one kind came to."""

    rounds: int = 0
    kills: int = 0
    lost: float = 0.0
    """Seconds, the most of all."""
    asked: int = 0
    finds: int = 0

    def add(self, result: Result) -> None:
        """Add a round."""
        self.kills += result.kills
        self.lost = max(self.lost, result.lost)
        self.asked += result.asked


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="what is typed and killed, and when (default: 1)")
    add("--rounds", type=int, default=300, help="how many in all (default: 300)")
    add("--browser", type=int, default=40, help="how many of them in a real browser (default: 40)")
    add("--lost", type=int, default=MOST_LOST_MS, metavar="MS", help="how much may be (default: 300)")
    add("--round", type=int, help="only the one of this number")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds; return the exit code."""
    asked = parsed(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does: with what was run
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory(prefix="harass-", ignore_cleanup_errors=True) as scratch:
        os.environ["VOICEGUIDE_CACHE"] = str(Path(scratch) / "cache")  # before the first server is started
        numbers = range(asked.rounds) if asked.round is None else [asked.round]
        first = asked.rounds - asked.browser
        without, within = ([each for each in numbers if (each >= first) == in_it] for in_it in (False, True))
        ended = False
        try:
            _without(without, Path(scratch), asked, tallies)
            _within(within, Path(scratch), asked, tallies)
            ended = True
        except KeyboardInterrupt:
            print("Interrupted: these were run.", file=sys.stderr)
    for line in table(tallies):
        print(line)
    return int(any(tally.finds for tally in tallies.values())) if ended else 130


def _without(numbers: Sequence[int], scratch: Path, asked: argparse.Namespace, tallies: dict[str, Tally]) -> None:
    if numbers:
        with closing(Place(scratch / "studio")) as place:
            for number in numbers:
                _round(ROUNDS, place, number, asked, tallies)


def _within(numbers: Sequence[int], scratch: Path, asked: argparse.Namespace, tallies: dict[str, Tally]) -> None:
    if numbers:
        from harassing.browser import IN_BROWSER, Desk

        with Desk(scratch) as desk:
            for number in numbers:
                _round(IN_BROWSER, desk, number, asked, tallies)


def _round(
    kinds: Mapping[str, Kind], place: Any, number: int, asked: argparse.Namespace, tallies: dict[str, Tally]
) -> None:
    name = [*kinds][number % len(kinds)]
    tally = tallies.setdefault(name, Tally())
    for _ in range(_TRIES):
        tally.rounds += 1
        found = _tried(lambda: kinds[name](place, Random(f"{asked.seed} {number}")), tally, asked.lost)  # noqa: S311 (the same for the same seed)
        if not found:
            return
        print(f"{name}, --seed {asked.seed} --round {number}: {found}", file=sys.stderr, flush=True)
        if not found.endswith(_LATE):
            break
    tally.finds += 1


def _tried(run: Callable[[], Result], tally: Tally, most_ms: int) -> str:
    """Run a round, and return what is to be told of it."""
    try:
        result = run()
    except Exception as error:  # noqa: BLE001 (whatever it is, the others go on)
        return f"{type(error).__name__}: {error}"
    tally.add(result)
    return f"{result.lost * 1000:.0f} ms {_LATE}" if result.lost * 1000 > most_ms else ""


def table(tallies: dict[str, Tally]) -> list[str]:
    """Return what was found, a line a kind and one for all."""
    rows = ["| killed | rounds | kills | longest loss, ms | had to choose | finds |", "|---|--:|--:|--:|--:|--:|"]
    every = Tally()
    for name, tally in tallies.items():
        every = Tally(every.rounds + tally.rounds, every.kills + tally.kills, max(every.lost, tally.lost),
                      every.asked + tally.asked, every.finds + tally.finds)  # fmt: skip
        rows.append(_row(name, tally))
    return [*rows, _row("all", every)]


def _row(name: str, tally: Tally) -> str:
    told = (name, tally.rounds, tally.kills, f"{tally.lost * 1000:.0f}", tally.asked, tally.finds)
    return f"| {' | '.join(map(str, told))} |"


if __name__ == "__main__":
    sys.exit(main())
