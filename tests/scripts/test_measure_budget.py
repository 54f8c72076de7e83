"""The table of what the library keeps of its budget has every session, and tells one that misses it."""

from __future__ import annotations

import re
from pathlib import Path

import bundled_for_tests as bundled
from scripts_for_tests import loaded

from voiceguide import load

CHECKOUT = Path(__file__).parents[2]

measure_budget = loaded("measure_budget")


def test_the_page_s_table_has_every_session() -> None:
    """Both lengths of each bundled routine, and no other."""
    table = measure_budget.TABLE.search((CHECKOUT / "docs" / "content-guide.md").read_text("utf-8"))
    sessions = {tuple(row.split(", ")[:2]) for row in re.findall(r"^\| ([a-z][^|]*?) \|", table[0], re.MULTILINE)}
    assert sessions - {("session",)} == {(name, length) for name in bundled.NAMES for length in ("short", "full")}


def test_a_session_that_misses_it_is_told() -> None:
    """A routine of ten seconds' touch is all opening: it has its row, and its fault."""
    brief = {"title": "Brief", "summary": "Too brief.", "steps": [{"name": "Rest", "duration": "10s"}]}
    told = measure_budget.Measured.nothing()
    short, full = measure_budget.rows(load(brief), ("en",), told)
    assert short.startswith("| ")
    assert "70% ·" in short
    assert full.count("|") == 5
    assert len(told.missed) == 2
    assert "miss what is expected" in told.missed[0]
