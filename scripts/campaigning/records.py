"""What a campaign has run: a line a case, so that an interrupted one goes on, and a folder for each kind of find."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from campaigning.cases import Case, Find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """How a case came out."""

    kind: str
    number: int
    find: Find | None
    cpu: float
    """Seconds of its most expensive step."""
    megabytes: float


@dataclass
class Tally:
    """What is known of all cases of a kind."""

    numbers: set[int] = field(default_factory=set)
    finds: int = 0
    cpu: float = 0.0
    megabytes: float = 0.0

    def add(self, record: Record) -> None:
        """Count one."""
        self.numbers.add(record.number)
        self.finds += record.find is not None
        self.cpu = max(self.cpu, record.cpu)
        self.megabytes = max(self.megabytes, record.megabytes)


class Records:
    """One campaign's file and its folder of finds."""

    def __init__(self, folder: Path, seed: int, *, resume: bool) -> None:
        """Open the records of a seed: go on with them, or begin anew."""
        self.folder = folder
        self.finds = folder / f"finds-{seed}"
        self._file = folder / f"campaign-{seed}.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        if not resume:
            self._file.unlink(missing_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write("\n")  # ends the line that a kill cut short
        self.tallies: dict[str, Tally] = {}
        self.kinds: dict[tuple[str, str], int] = {}
        """How often each kind of find was met, by the kind of case and its own."""
        for record in self._read():
            self._count(record)

    def _read(self) -> Iterator[Record]:
        if not self._file.exists():
            return
        for line in self._file.read_text("utf-8").splitlines():
            try:
                kind, number, cpu, megabytes, find = json.loads(line)
            except ValueError:  # empty, or cut short by a kill
                continue
            yield Record(kind, number, Find(*find) if find else None, cpu, megabytes)

    def add(self, record: Record) -> bool:
        """Keep how a case came out; say whether its find is the first of its kind."""
        find = [record.find.kind, record.find.told[:300]] if record.find else None
        line = [record.kind, record.number, round(record.cpu, 3), round(record.megabytes, 1), find]
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return self._count(record)

    def _count(self, record: Record) -> bool:
        self.tallies.setdefault(record.kind, Tally()).add(record)
        if record.find is None:
            return False
        key = (record.kind, record.find.kind)
        self.kinds[key] = self.kinds.get(key, 0) + 1
        return self.kinds[key] == 1

    def keep(self, kind: str, find: Find, case: Case, made: str) -> Path:
        """Keep a kind of find's smallest input; return its folder, from which `--again` runs it."""
        name = re.sub(r"[^\w.]+", "-", f"{kind} {find.kind}").strip("-")[:100]
        folder = self.finds / name
        folder.mkdir(parents=True, exist_ok=True)
        suffix = case.ways.get("suffix", "")
        (folder / f"input{suffix}").write_bytes(case.data)
        document = {"kind": kind, "find": find.kind, "made": made, "ways": case.ways, "input": f"input{suffix}"}
        (folder / "case.json").write_text(json.dumps(document, indent=1) + "\n", "utf-8")
        (folder / "told.txt").write_text(f"{find.kind}\n\n{find.told}\n", "utf-8", "backslashreplace")
        return folder


def kept(folder: Path) -> tuple[str, Case]:
    """Return the kind and the case that a folder of a find holds."""
    document: dict[str, Any] = json.loads((folder / "case.json").read_text("utf-8"))
    return document["kind"], Case((folder / document["input"]).read_bytes(), document["ways"])
