"""A timeline's JSON is read back whole, or refused by the key that is not as it should be."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from typing import Any

import pytest
from goldens_for_tests import each_golden
from hypothesis import given
from hypothesis import strategies as st
from timelines_for_tests import document

from voiceguide.errors import UsageError
from voiceguide.timeline import Clip
from voiceguide.timeline.reading import read, timeline

WHOLE = document(
    duration=20.0,
    chapters=[
        {"title": "Opening", "start": 0.0, "end": 4.0},
        {
            "title": "Hold",
            "step": 1,
            "start": 4.0,
            "end": 20.0,
            "slots": [
                {"side": "left", "start": 5.0, "end": 19.0, "rounds": [{"press": [6.0, 9.0], "release": [9.0, 9.5]}]}
            ],
        },
    ],
    clips=[
        {
            "track": "narration",
            "role": "instruction",
            "start": 1.0,
            "end": 3.0,
            "text": "Begin. Go on.",
            "sentences": [{"start": 1.0, "end": 2.0, "text": "Begin."}, {"start": 2.0, "end": 3.0, "text": "Go on."}],
        },
        {"track": "narration", "role": "cue", "start": 6.0, "end": 7.0, "text": "Soft.", "sentences": []},
        {"track": "chime", "role": "step", "start": 8.0, "end": 9.0, "sound": "step"},
    ],
)


@each_golden
def test_what_was_written_is_read_back(path):
    """A bundled session's timeline comes through unchanged."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert timeline(kept).to_json() == kept
    assert read(path).to_json() == kept


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ((), [], "expected an object"),
        (("schema",), 2, "schema: expected 1"),
        (("duration",), None, "duration: expected seconds"),
        (("duration",), 0, "duration: expected more than 0"),
        (("estimated",), "no", "estimated: expected true or false"),
        (("chapters",), {}, "chapters: expected a list"),
        (("chapters",), [], "chapters: expected at least one chapter"),
        (("chapters", 1, "start"), "soon", r"chapters\[1\]\.start: expected seconds"),
        (("chapters", 1, "title"), 3, r"chapters\[1\]\.title: expected a text"),
        (("clips", 0, "end"), 0.5, r"clips\[0\]\.end: expected no less than the start, 1"),
        (("clips", 0, "track"), "narations", r'clips\[0\]\.track: expected one of .* Did you mean "narration"'),
        (("clips", 0, "sentences", 1, "start"), math.nan, r"clips\[0\]\.sentences\[1\]\.start: expected seconds"),
        (("clips", 0, "start"), True, r"clips\[0\]\.start: expected seconds"),
        (("clips", 2), "a clip", r"clips\[2\]: expected an object"),
        (("clips", 0, "step"), 0, r"clips\[0\]\.step: expected a whole number from 1"),
        (("chapters", 1, "slots", 0, "rounds", 0, "press"), [1], r"chapters\[1\]\.slots\[0\]\.rounds\[0\]\.press: exp"),
        (("choices", "without"), [3], r"choices\.without\[0\]: expected a text"),
        (("setup",), 3, "setup: expected a text"),
    ],
)
def test_a_timeline_that_is_none_is_refused_by_its_key(path, value, named):
    """The message leads to the very value."""
    whole: Any = {"whole": copy.deepcopy(WHOLE)}
    at = whole
    for key in ("whole", *path)[:-1]:
        at = at[key]
    at[("whole", *path)[-1]] = value
    with pytest.raises(UsageError, match=f"T.json: {named}"):
        timeline(whole["whole"], "T.json")


def test_a_key_that_is_missing_is_named():
    """A document that another program cut short is not half read."""
    whole = copy.deepcopy(WHOLE)
    del whole["clips"][1]["sentences"]
    with pytest.raises(UsageError, match=r"T.json: clips\[1\]\.sentences: expected this key"):
        timeline(whole, "T.json")


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000], ids=["empty", "broken", "deep"])
def test_a_file_that_is_no_json_is_refused(tmp_path, text):
    """One message, with the file's name."""
    path = tmp_path / "T.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"T\.json: expected a timeline in JSON"):
        read(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    """With its name."""
    with pytest.raises(UsageError, match=r"none\.json: expected a timeline's file, found none"):
        read(tmp_path / "none.json")


def test_clips_come_in_the_order_they_sound():
    """Whatever order another program has written them in."""
    mixed = {**WHOLE, "clips": [WHOLE["clips"][at] for at in (2, 0, 1)]}
    assert timeline(mixed) == timeline(WHOLE)
    assert [clip.start for clip in timeline(mixed).clips] == [1.0, 6.0, 8.0]


def test_choices_are_read_as_they_were_made():
    """Steps left out are a tuple, as in the session that was rendered; numbers, switches and what is open stay so."""
    told = {"without": ["Knead", "3"], "linger": 20.0, "safety": False, "gate": "brief", "own": None}
    assert timeline({**WHOLE, "choices": told}).choices == {**told, "without": ("Knead", "3")}


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("audience",), "all", "audience: expected one of giver, self, got 'all'"),
        (("title",), "x" * 2_001, "title: expected a text of at most 2,000 signs"),
        (("title",), "\ud800", "title: expected a text of whole signs"),
        (("duration",), 10**400, "duration: expected seconds"),
        (("choices", "linger"), 10**400, r"choices\.linger: expected a number"),
        (("choices", "without"), None, r"choices\.without: expected a list"),
        (("chapters", 0, "start"), 1.0, r"chapters\[0\]\.start: expected 0, got 1"),
        (("chapters", 1, "start"), 3.0, r"chapters\[1\]\.start: expected 4, where the one before ends, got 3"),
        (("chapters", 1, "end"), 19.0, r"chapters\[1\]\.end: expected 20, where the session ends, got 19"),
        (("chapters", 1, "slots", 0, "start"), 3.0, r"chapters\[1\]\.slots\[0\]: expected what lies from 4 to 20 s"),
        (("chapters", 1, "slots", 0, "rounds", 0, "press"), [1, 9], r"slots\[0\]\.rounds\[0\]: expected what lies"),
        (("chapters", 1, "slots", 0, "rounds", 0, "press"), [9, 6], r"rounds\[0\]\.press\[1\]: expected no less"),
        (("chapters", 1, "slots", 0, "rounds", 0, "release"), [8, 9], r"rounds\[0\]\.release: expected what begins at"),
        (("clips", 1, "start"), 2.0, r"clips\[1\]: expected what lies from 3 to 20 s, got 2 to 7 s"),
        (("clips", 2, "end"), 21.0, r"clips\[2\]\.end: expected no more than the session's 20 s"),
        (("clips", 0, "sentences", 1, "end"), 4.0, r"clips\[0\]\.sentences\[1\]: expected what lies from 2 to 3 s"),
    ],
)
def test_what_lies_outside_or_out_of_order_is_refused(path, value, named):
    """Nobody who reads a timeline has to ask whether a step begins before the last is over."""
    test_a_timeline_that_is_none_is_refused_by_its_key(path, value, f".*{named}")


def test_a_timeline_has_no_more_than_can_be_shown():
    """Where work goes by how many there are."""
    beds = [{"track": "bed", "role": "bed", "start": 0.0, "end": 9.0, "sound": "x", "step": None, "side": None}]
    with pytest.raises(UsageError, match=r"clips: expected at most 100 of the bed"):
        timeline({**WHOLE, "clips": beds * 101}, "T.json")
    with pytest.raises(UsageError, match=r"chapters: expected a list of 3000 at most, got 3001"):
        timeline({**WHOLE, "chapters": WHOLE["chapters"][:1] * 3_001}, "T.json")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.sampled_from("ab")), max_size=8))
def test_clips_that_start_together_keep_their_order(placed):
    """A session that was written and read back is the same, to the last clip."""
    chimes = [Clip("chime", name, at, at + lasts, sound=name) for at, lasts, name in sorted(placed, key=lambda p: p[0])]
    whole = replace(timeline(WHOLE), clips=tuple(chimes))
    assert timeline(json.loads(json.dumps(whole.to_json()))) == whole
