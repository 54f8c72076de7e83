"""The bundled routines' timelines are the ones that were read and found good."""

from __future__ import annotations

import json
from functools import cache

import pytest
from goldens_for_tests import CHOSEN, FOLDER
from scripts_for_tests import loaded

from voiceguide.timeline import reading as timeline_reading

make_golden = loaded("make_golden")


@cache
def wanted():
    """The sessions whose timelines are kept, by their files' names; it takes reading all routines."""
    return {golden.file: golden for golden in make_golden.goldens()}


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.iterdir()))
def test_a_timeline_is_as_it_was(file):
    """Where a change is meant: `.venv/bin/python -P scripts/make_golden.py`, and read the difference."""
    kept = json.loads((FOLDER / file).read_text(encoding="utf-8"))
    assert json.loads(make_golden.timeline(wanted()[file])) == kept


@pytest.mark.parametrize("golden", make_golden.own_goldens(), ids=lambda golden: golden.file)
def test_strokes_in_a_rhythm_are_as_they_were(golden):
    """One-way strokes on two sides with oil between, spoken anew soon, which no bundled routine has all at once."""
    kept = json.loads((make_golden.SESSIONS / golden.file).read_text(encoding="utf-8"))
    assert json.loads(make_golden.timeline(golden)) == kept
    assert timeline_reading.timeline(kept | {"generator": "voiceguide"}).to_json() == kept
    assert any(slot.get("cycles") for chapter in kept["chapters"] for slot in chapter["slots"])


def test_every_golden_file_is_of_a_bundled_routine():
    """None is missing, and none is left of one that is gone."""
    assert {path.name for path in FOLDER.iterdir()} == wanted().keys()


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
