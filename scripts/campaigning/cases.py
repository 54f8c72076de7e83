"""What a case is, what a find is, and what each kind of case offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab


@dataclass(frozen=True, slots=True)
class Case:
    """One input, and how the program gets it: enough to run it again anywhere."""

    data: bytes = b""
    """The file under trial; empty where the trial is of something else."""
    ways: dict[str, str] = field(default_factory=dict)
    """How it is given: a suffix, a command, a moment. A kind reads its own."""


@dataclass(frozen=True, slots=True)
class Find:
    """What the program did and must not do."""

    kind: str
    """Short and the same for every case that fails alike: `KeyError in routine/yaml.py:parse`, `slow: check`."""
    told: str
    """What was seen, in some lines."""


class FoundError(Exception):
    """Ends a case with its find."""

    def __init__(self, kind: str, told: str = "") -> None:
        super().__init__(f"{kind}: {told}")
        self.find = Find(kind, told)


class Kind:
    """A kind of case: how one is made of a random number, how it is run, and how it gets smaller."""

    name: ClassVar[str]
    count: ClassVar[int]
    """Cases of a whole campaign."""
    short: ClassVar[int]
    """Cases of a short one."""
    forks: ClassVar[bool] = True
    """Whether it runs the program in forks, which then have its modules loaded."""
    most_cpu: ClassVar[float] = 2.0
    """Seconds of CPU that any one step of a case may take."""
    most_megabytes: ClassVar[float] = 200.0
    """That any one step may take beyond what was there."""
    most_seconds: ClassVar[float] = 60.0
    """Of wall time until a case counts as hanging: with a crowded machine in mind."""

    def prepare(self, material: Path) -> None:
        """Make once, in a folder, what all cases are made of."""

    def generate(self, rng: Random, material: Path) -> Case:
        """Return a case, the same for the same numbers."""
        raise NotImplementedError  # each kind has its own

    def run(self, case: Case, lab: Lab) -> None:
        """Run a case in its lab; raises FoundError for a find."""
        raise NotImplementedError  # each kind has its own

    def smaller(self, case: Case, fails: Callable[[Case], bool]) -> Case:
        """Return the smallest case that still `fails`; the same one where a kind has nothing to cut."""
        from dataclasses import replace

        from campaigning.shrinking import smallest

        if not case.data:
            return case
        return replace(case, data=smallest(case.data, lambda data: fails(replace(case, data=data))))


def pick(rng: Random, weights: dict[str, float]) -> str:
    """Return one of some words, each as likely as its weight."""
    return rng.choices([*weights], [*weights.values()])[0]
