"""`voiceguide schema`: the format for editors, on stdout or in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from voiceguide.routine.json_schema import document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_it_is_printed(run: Callable[..., Result]) -> None:
    """One JSON document and nothing else."""
    result = run("schema")
    assert (result.code, result.err) == (0, "")
    assert result.json == document()


def test_it_is_written(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """To the file that is asked for, whose path is printed; another file there stays."""
    result = run("schema", "-o", "routine.schema.json")
    assert (result.code, result.out) == (0, "routine.schema.json\n")
    path = folder / "routine.schema.json"
    assert json.loads(path.read_text("utf-8")) == document()
    path.write_text("mine", "utf-8")
    assert "--overwrite" in refused("schema", "-o", "routine.schema.json")
    assert path.read_text("utf-8") == "mine"
    assert run("schema", "-o", "routine.schema.json", "--overwrite").code == 0
    assert path.read_text("utf-8") != "mine"
    assert "folder" in refused("schema", "-o", "nowhere/s.json")
