"""The bundled routines' timelines are the ones that were read and found good."""

from __future__ import annotations

import json

import pytest
from scripts_for_tests import loaded

make_golden = loaded("make_golden")


@pytest.mark.parametrize("golden", make_golden.goldens(), ids=lambda golden: golden.file)
def test_a_timeline_is_as_it_was(golden):
    """Where a change is meant: `.venv/bin/python -P scripts/make_golden.py`, and read the difference."""
    kept = json.loads((make_golden.FOLDER / golden.file).read_text(encoding="utf-8"))
    assert json.loads(make_golden.timeline(golden)) == kept


def test_every_golden_file_is_of_a_bundled_routine():
    """None is left of one that is gone."""
    assert {path.name for path in make_golden.FOLDER.iterdir()} == {golden.file for golden in make_golden.goldens()}
