"""Throw hostile input, kills and faults at the program, count what falls over, keep the smallest input of each kind.

    .venv/bin/python -P scripts/campaign.py                            # the short one, as CI runs it: half a minute
    .venv/bin/python -P scripts/campaign.py --seed 1 --count           # all of it: under an hour on two cores
    .venv/bin/python -P scripts/campaign.py --class routines --count 500 --seed 7
    .venv/bin/python -P scripts/campaign.py --seed 1 --count --resume  # go on where it was interrupted
    .venv/bin/python -P scripts/campaign.py --minutes 600 --seed 2     # as many as there is time for
    .venv/bin/python -P scripts/campaign.py --again FOLDER             # a find that was kept, once more

The same seed and number make the same case, whatever ran before it. A line a class tells how many were run, how many
finds there were, and the worst that one step took; a find is also told at once, with the folder of its smallest input
and the command that runs it again. The exit code is 1 where there was a find.

What a find is: a traceback, or "this is a bug in voiceguide"; an exception that is no VoiceguideError; an exit code the
interface has not; more than 2 s of CPU or 200 MB for a step; a hang; control signs on the output; a file read or
written where it must not be; hidden or temporary files left; a target neither whole nor untouched; other bytes the next
time; a message that does not name its file. It needs Linux: forks, and limits that hold.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a fork takes no threads along
    here = Path(__file__).parent.resolve()  # its voiceguide.py would be imported in the package's place
    sys.path[:] = [str(here.parent), *(entry for entry in sys.path if Path(entry or ".").resolve() != here), str(here)]

from campaigning import program
from campaigning.kinds import KINDS
from campaigning.pool import Pool, Task
from campaigning.records import Records, Tally, kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from campaigning.cases import Case, Find, Kind
    from campaigning.records import Record

_MADE = "made"
"""The file that keeps which program made the material."""
_CHECKED_AGAIN = ("slow", "large", "hangs", "outlives")
"""Finds that a crowded machine may make: they count when they come again."""


def parsed(arguments: Sequence[str] | None, known: Sequence[Kind]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    names = [kind.name for kind in known]
    add = parser.add_argument
    add("--seed", type=int, default=1, help="what cases are made of; the same makes the same (default: 1)")
    add("--class", dest="kinds", action="append", choices=names, metavar="NAME", help=f"only: {', '.join(names)}")
    add("--count", type=int, nargs="?", const=0, help="how many cases of each class; alone, the full counts")
    add("--case", type=int, help="only the case of this number")
    add("--short", action="store_true", help="the short counts, as without any option")
    add("--minutes", type=float, help="end after so long; without --count, as many cases as there is time for")
    add("--resume", action="store_true", help="go on with what the state folder has of this seed")
    add("--state", type=Path, help="where records and finds are kept (default: in the user's cache folder)")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once (default: one a core)")
    add("--again", type=Path, metavar="FOLDER", help="run the case that a find's folder keeps")
    add("--markdown", action="store_true", help="print the table as Markdown at the end")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None, known: Sequence[Kind] = KINDS) -> int:
    """Run a campaign of some kinds of case; return the exit code."""
    asked = parsed(arguments, known)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # ends as Ctrl-C does: with its forks
    state: Path = asked.state or _default_state()
    material = state / "material"
    with tempfile.TemporaryDirectory(prefix="campaign-") as scratch:
        pool = Pool(Path(scratch), material, asked.seed, asked.jobs)
        if asked.again:
            return _again(asked.again, pool, material, known)
        kinds = [kind for kind in known if asked.kinds is None or kind.name in asked.kinds]
        records = Records(state, asked.seed, resume=asked.resume)
        campaign = Campaign(pool, records, asked.seed, kinds)
        _prepare(kinds, material)
        try:
            campaign.run(_tasks(kinds, asked, records), asked.minutes)
        except KeyboardInterrupt:
            print("Interrupted: --resume goes on.", file=sys.stderr)
            return 130
        if not _is_made(material):
            print("The program was changed meanwhile: what was found may be of neither.", file=sys.stderr)
            return 1
    for line in table(kinds, records) if asked.markdown else lines(kinds, records):
        print(line)
    return int(any(records.tallies.get(kind.name, Tally()).finds for kind in kinds))


def _default_state() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("voiceguide-campaign", appauthor=False)


def _prepare(kinds: Iterable[Kind], material: Path) -> None:
    """Make what cases are made of, unless this very program has made it; and load the modules that forks need."""
    version = _version()
    if not _is_made(material):
        shutil.rmtree(material, ignore_errors=True)
        material.mkdir(parents=True)
    for kind in kinds:
        kind.prepare(material)
    (material / _MADE).write_text(version, "utf-8")
    if any(kind.forks for kind in kinds):
        program.load()


def _is_made(material: Path) -> bool:
    """Whether what cases are made of is this very program's."""
    made = material / _MADE
    return made.exists() and made.read_text("utf-8") == _version()


def _version() -> str:
    """Return a digest of the program and the campaign."""
    root = Path(__file__).parents[1]
    files = [path for folder in ("voiceguide", "scripts/campaigning") for path in sorted((root / folder).rglob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _tasks(kinds: Sequence[Kind], asked: argparse.Namespace, records: Records) -> Iterator[Task]:
    """Yield the cases that are asked for and not yet run, some of each class in turn: an early end leaves none out."""
    endless = asked.count is None and asked.minutes is not None
    left = {kind.name: iter(_numbers(kind, asked, endless=endless)) for kind in kinds}
    done = {kind.name: records.tallies.get(kind.name, Tally()).numbers for kind in kinds}
    while left:
        for kind in kinds:
            if kind.name not in left:
                continue
            for _ in range(max(1, kind.count // 100)):
                number = next(left[kind.name], None)
                if number is None:
                    del left[kind.name]
                    break
                if number not in done[kind.name]:
                    yield Task(kind, number)


def _numbers(kind: Kind, asked: argparse.Namespace, *, endless: bool) -> range:
    if asked.case is not None:
        return range(asked.case, asked.case + 1)
    if endless:
        return range(sys.maxsize)
    return range(kind.short if asked.count is None or asked.short else asked.count or kind.count)


class Campaign:
    """Runs cases and keeps what comes of them."""

    def __init__(self, pool: Pool, records: Records, seed: int, kinds: Sequence[Kind]) -> None:
        self._pool = pool
        self._records = records
        self._seed = seed
        self._kinds = {kind.name: kind for kind in kinds}

    def run(self, tasks: Iterable[Task], minutes: float | None) -> None:
        """Run them, until the time is up."""
        end = time.monotonic() + minutes * 60 if minutes is not None else float("inf")
        firsts: list[Record] = []
        doubtful: list[Record] = []
        for count, record in enumerate(self._pool.run(_until(end, tasks)), 1):
            if record.find and record.find.kind.startswith(_CHECKED_AGAIN):
                doubtful.append(record)
            else:
                firsts += self._noted(record)
            if count % 500 == 0:
                print(f"{count} cases", file=sys.stderr, flush=True)
        for record in doubtful:
            firsts += self._noted(self._pool.once(Task(self._kinds[record.kind], record.number)))
        for record in firsts:
            self._keep(record)

    def _noted(self, record: Record) -> list[Record]:
        """Add how a case came out to the records; return it where it is the first find of its kind."""
        if not self._records.add(record) or record.find is None:
            return []
        print(f"{record.kind} {record.number}: {record.find.kind}", file=sys.stderr, flush=True)
        return [record]

    def _keep(self, record: Record) -> None:
        """Find the smallest input of a find, and keep it."""
        kind, find = self._kinds[record.kind], record.find
        if find is None:
            return
        case = self._pool.case(Task(kind, record.number))

        def fails(smaller: Case) -> bool:
            nonlocal find
            found = self._pool.once(Task(kind, record.number, smaller)).find
            if found is None or find is None or found.kind != find.kind:
                return False
            find = found
            return True

        if case.data and fails(case):
            case = kind.smaller(case, fails)
        made = f"--seed {self._seed} --class {kind.name} --case {record.number}"
        folder = self._records.keep(kind.name, find, case, made)
        size = f", {len(case.data)} bytes" if case.data else ""
        print(f"{kind.name}: {find.kind}{size}: scripts/campaign.py --again {folder}", file=sys.stderr, flush=True)


def _until(end: float, tasks: Iterable[Task]) -> Iterator[Task]:
    for task in tasks:
        if time.monotonic() > end:
            return
        yield task


def _again(folder: Path, pool: Pool, material: Path, known: Sequence[Kind]) -> int:
    """Run a kept case."""
    name, case = kept(folder)
    kind = next(kind for kind in known if kind.name == name)
    _prepare([kind], material)
    record = pool.once(Task(kind, 0, case))
    print(told(record.find) if record.find else f"{name}: no find, {record.cpu:.1f} s CPU {record.megabytes:.0f} MB")
    return int(record.find is not None)


def told(find: Find) -> str:
    """Return a find in words, safe for a terminal."""
    return f"{find.kind}\n{find.told}".encode("unicode_escape").decode().replace("\\n", "\n")


def lines(kinds: Iterable[Kind], records: Records) -> Iterator[str]:
    """Yield a line a class."""
    for kind in kinds:
        tally = records.tallies.get(kind.name, Tally())
        finds = f"{tally.finds} find{'s' * (tally.finds != 1)}"
        worst = f"worst {tally.cpu:.1f} s CPU {tally.megabytes:.0f} MB"
        yield f"{kind.name:<10} {len(tally.numbers):6} run, {finds}, {worst}"


def table(kinds: Iterable[Kind], records: Records) -> Iterator[str]:
    """Yield the same as a table, with the machine."""
    yield "| class | run | finds | worst step, s of CPU | MB |"
    yield "|---|--:|--:|--:|--:|"
    for kind in kinds:
        tally = records.tallies.get(kind.name, Tally())
        row = (kind.name, f"{len(tally.numbers):,}", tally.finds, f"{tally.cpu:.1f}", f"{tally.megabytes:.0f}")
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
    system = f"{platform.system()} {platform.release()}"
    yield f"{_processor()}, {os.cpu_count()} cores, {system}, Python {platform.python_version()}."


def _processor() -> str:
    try:
        cpus = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in cpus.splitlines() if line.startswith("model name")), "")


if __name__ == "__main__":
    sys.exit(main())
