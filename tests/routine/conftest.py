"""Routine files for tests: written to disk, examined, and with the place of a fault marked in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.routine.reading import examine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.routine.model import Routine

    Examined = tuple[Routine | None, tuple[Fault, ...]]


@pytest.fixture
def examined(tmp_path: Path) -> Callable[[str | bytes], Examined]:
    """A function that writes a routine's file and examines it."""

    def run(content: str | bytes) -> Examined:
        path = tmp_path / "routine.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return examine(path)

    return run


@pytest.fixture
def one_fault(examined: Callable[[str], Examined]) -> Callable[[str], Fault]:
    """A function that takes a file with a ▶ before the faulty place, and returns its only fault, found there."""

    def run(content: str) -> Fault:
        before = content.partition("▶")[0]
        _, faults = examined(content.replace("▶", ""))
        assert len(faults) == 1, "\n".join(map(str, faults))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (faults[0].place.line, faults[0].place.column) == (line, column), str(faults[0])
        return faults[0]

    return run
