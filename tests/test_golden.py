"""The bundled routines' timelines are the ones that were read and found good."""

from __future__ import annotations

import json

import pytest
from goldens_for_tests import CHOSEN, FOLDER
from scripts_for_tests import loaded

from voiceguide.timeline import reading as timeline_reading

make_golden = loaded("make_golden")


@pytest.mark.parametrize("golden", make_golden.goldens(), ids=lambda golden: golden.file)
def test_a_timeline_is_as_it_was(golden):
    """Where a change is meant: `.venv/bin/python -P scripts/make_golden.py`, and read the difference."""
    kept = json.loads((make_golden.FOLDER / golden.file).read_text(encoding="utf-8"))
    assert json.loads(make_golden.timeline(golden)) == kept


@pytest.mark.parametrize("golden", make_golden.own_goldens(), ids=lambda golden: golden.file)
def test_strokes_in_a_rhythm_are_as_they_were(golden):
    """One-way strokes on two sides with oil between, spoken anew soon, which no bundled routine has all at once."""
    kept = json.loads((make_golden.SESSIONS / golden.file).read_text(encoding="utf-8"))
    assert json.loads(make_golden.timeline(golden)) == kept
    assert timeline_reading.timeline(kept | {"generator": "voiceguide"}).to_json() == kept
    assert any(slot.get("cycles") for chapter in kept["chapters"] for slot in chapter["slots"])


def test_every_golden_file_is_of_a_bundled_routine():
    """None is left of one that is gone."""
    assert {path.name for path in make_golden.FOLDER.iterdir()} == {golden.file for golden in make_golden.goldens()}


def test_the_six_that_stand_for_all_have_what_the_others_have():
    """Whom it is for, how long, how much is said; every role and sound, side, group, hold and stop point."""
    kinds = {path.stem: _kinds(json.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.iterdir()}
    assert set().union(*(kinds[name] for name in CHOSEN)) == set().union(*kinds.values())
    assert len(CHOSEN) == 6


def _kinds(timeline):
    """What a timeline is made of."""
    slots = [slot for chapter in timeline["chapters"] for slot in chapter["slots"]]
    return {
        *((key, timeline[key]) for key in ("audience", "length", "talk", "language")),
        *((clip["track"], clip["role"]) for clip in timeline["clips"]),
        *(("side", slot["side"]) for slot in slots),
        *(("keys", *slot) for slot in slots),
        *(("grouped", chapter["group"] is not None, len(chapter["slots"])) for chapter in timeline["chapters"]),
    }
