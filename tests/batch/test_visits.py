"""What is missing of the visits after the first: made as the first was, beside it, once."""

from __future__ import annotations

import pytest

from voiceguide import load, render
from voiceguide.batch.visits import missing
from voiceguide.exports.finished import shown_timeline

SOON = {"voice": "tone", "opening": False, "closing": False, "gate": "brief", "bed": "none", "quality": 9}
VARIED = """\
title: Hands
summary: Short.
steps:
  - name: Rest
    say: Rest.
    duration: 10s..12s
    cues: [{at: 4s, say: {any: [Soft., Slow., Still.]}}]
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a session of the routine `hands`, which stands in `routines`."""
    made = tmp_path / "made"
    made.mkdir()
    routines = tmp_path / "routines"
    routines.mkdir()
    (routines / "hands.yaml").write_text(VARIED)
    render(load(routines / "hands.yaml"), made / "evening.mp3", **SOON)
    return made


def due(folder, visits, **more):
    told = []
    found = [*missing(folder, visits, [folder.with_name("routines")], told.append, **more)]
    return [each.path.name for each in found], found, told


def test_each_visit_is_made_as_the_first_was(folder):
    """In a file of its own beside it, its words others and all else the same; what is there is not made again."""
    names, found, told = due(folder, 3)
    assert (names, told) == (["evening-visit-2.mp3", "evening-visit-3.mp3"], [])
    first = shown_timeline(folder / "evening.mp3")
    for each in found:
        render(each.routine, each.path, **each.arguments)
    for visit, word in ((2, "Slow."), (3, "Still.")):
        made = shown_timeline(folder / f"evening-visit-{visit}.mp3")
        assert (made.chapters, made.bed, made.voice) == (first.chapters, None, first.voice)
        assert made.choices == {**first.choices, "visit": visit}
        assert [clip.text for clip in made.clips if clip.role == "cue"] == [word]
    assert due(folder, 3)[0] == []
    assert due(folder, 4)[0] == ["evening-visit-4.mp3"]
    assert due(folder, 2, overwrite=True)[0] == ["evening-visit-2.mp3"]


def test_a_routine_that_says_the_same_each_time(folder):
    """There are no other visits to it."""
    file = folder.with_name("routines") / "hands.yaml"
    file.write_text(VARIED.replace("{any: [Soft., Slow., Still.]}", "Soft."))
    assert due(folder, 3)[0] == []


@pytest.mark.parametrize("change", [None, ("Hands", "Feet"), ("steps", "stops")])
def test_a_routine_that_is_gone(folder, change):
    """It is told of, be it away, another by now, or broken: nothing is made that would be no other visit."""
    file = folder.with_name("routines") / "hands.yaml"
    file.write_text(VARIED.replace(*change)) if change else file.unlink()
    names, _, told = due(folder, 3)
    assert names == []
    (message,) = map(str, told)
    assert message == "evening.mp3: visits: its routine is not here, so there are no others beside it"
