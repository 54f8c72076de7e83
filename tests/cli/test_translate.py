"""`voiceguide translate`: the file with its places, which `check` names until they are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_a_routine_to_fill_in(run: Callable[..., Result], folder: Path) -> None:
    """Its path on stdout, what to do on stderr; what is empty is named with its line."""
    result = run("translate", "small.yaml", "--to", "de")
    assert (result.code, result.out) == (0, "small-de.yaml\n")
    text = (folder / "small-de.yaml").read_text("utf-8")
    assert f"{text.count(chr(34) * 2)} places to fill in" in result.err
    checked = run("check", "small-de.yaml")
    assert checked.code == 3
    assert "title.de: expected a text, got nothing" in checked.err + checked.out
    (folder / "small-de.yaml").write_text(text.replace('""', "Wort"), "utf-8")
    assert run("show", "small-de.yaml", "--language", "de").code == 0


def test_what_is_refused(refused: Callable[..., str], folder: Path) -> None:
    """A language that is there, a file that is there, a routine with faults, another ending."""
    assert "is in en already" in refused("translate", "small.yaml", "--to", "en")
    assert "exists" in refused("translate", "small.yaml", "--to", "de", "-o", "small.yaml")
    assert "ends in .yaml" in refused("translate", "small.yaml", "--to", "de", "-o", "small.txt")
    (folder / "bad.yaml").write_text("title: x\n", "utf-8")
    assert "steps" in refused("translate", "bad.yaml", "--to", "de", code=3)
    assert not (folder / "bad-de.yaml").exists()
