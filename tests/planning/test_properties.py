"""Whatever a routine is made of: nothing overlaps, nothing leaves its place, totals are exact or refused."""

from __future__ import annotations

import re
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from planned import Plan, lengths, nearest
from pytest import approx
from strategies import routines, written

from voiceguide.choices import Choices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.planning import GRID
from voiceguide.routine.reading import read
from voiceguide.session.drafting import Drafting

if TYPE_CHECKING:
    from voiceguide.errors import Fault
    from voiceguide.routine.model import Routine
    from voiceguide.timeline import Chapter

EXAMPLES = 20
"""A property; a routine is large, and takes a tenth of a second."""

CLOSE = 1e-6

some = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

choices = st.fixed_dictionaries(
    {},
    optional={
        "talk": st.sampled_from(["calm", "minimal"]),
        "setup": st.sampled_from(["seated", "lying"]),
        "opening": st.just(False),
        "closing": st.just(False),
        "gate": st.sampled_from(["brief", "core", "full"]),
        "safety": st.just(False),
        "linger": st.sampled_from([0.0, 300.0]),
        "length": st.just("full"),
    },
)


@some
@given(routines(), choices)
def test_a_session_keeps_its_anatomy(data, chosen):
    """Nothing overlaps, nothing leaves its place, chapters tile; what does not fit names its line."""
    try:
        made = drafted(loaded(data), **chosen)
    except RoutineError as error:
        event("does not fit")
        assert_placed(error.faults)
        return
    nothing_overlaps(made)
    everything_is_in_its_place(made)
    chapters_tile_on_the_grid(made)
    sides_are_equal(made)
    words_of_a_slot_keep_their_distance(made)
    answers_have_their_silence(made)
    time_is_told_apart(made)


def nothing_overlaps(made: Plan) -> None:
    """Narration clips never do; all are inside the session."""
    assert all(0 <= clip.start <= clip.end <= made.duration + CLOSE for clip in made.clips)
    spoken = [clip for clip in made.clips if clip.track == "narration"]
    assert all(before.end <= after.start + CLOSE for before, after in pairwise(spoken))


def everything_is_in_its_place(made: Plan) -> None:
    """Every clip lies in its lead-in, slot, changeover or stop; chimes ring on."""
    for chapter in made.chapters:
        stretches = parts(chapter)
        for clip in made.within(chapter.start, chapter.end):
            ends = clip.start if clip.track == "chime" else clip.end
            assert any(s[0] - CLOSE <= clip.start and ends <= s[1] + CLOSE for s in stretches), (clip, stretches)
            assert clip.step == chapter.step


def chapters_tile_on_the_grid(made: Plan) -> None:
    """From 0 to the end, on whole frames."""
    assert (made.chapters[0].start, made.chapters[-1].end) == (0, made.duration)
    assert all(before.end == after.start for before, after in pairwise(made.chapters))
    for chapter in made.chapters:
        assert chapter.start / GRID == approx(round(chapter.start / GRID), abs=1e-6)


def sides_are_equal(made: Plan) -> None:
    """Every side of a step has the same time, in a group too."""
    sides: dict[int | None, set[float]] = {}
    for chapter in made.steps():
        sides.setdefault(chapter.step, set()).update(round(slot.end - slot.start, 6) for slot in chapter.slots)
        assert all(before.end <= after.start + CLOSE for before, after in pairwise(chapter.slots))
    assert all(len(seconds) == 1 for seconds in sides.values())


def words_of_a_slot_keep_their_distance(made: Plan) -> None:
    """A free gap is 0.6 s clear of all other narration."""
    placed = {"cue", "reminder", "next", "check_in", "time_left", "recover", "halfway", "last-minute"}
    for chapter in made.steps():
        for slot in chapter.slots:
            for before, after in pairwise(made.within(slot.start, slot.end, "narration")):
                if placed & {before.role, after.role}:
                    assert after.start - before.end >= 0.6 - CLOSE, (before, after)


def answers_have_their_silence(made: Plan) -> None:
    """6 s after a check-in's question in which nothing of ours sounds."""
    asked = [clip for clip in made.clips if clip.role == "check_in"]
    for question, follow in zip(asked[::2], asked[1::2], strict=True):
        assert follow.start - question.end == approx(6)
        heard = [c for c in made.clips if c.start < follow.start - CLOSE and c.end > question.end + CLOSE]
        assert not heard, heard


def time_is_told_apart(made: Plan) -> None:
    """What tells how much is left stands 4 s clear of all; what else tells how it goes, of its like."""
    telling = {"time_left", "next", "recover", "check_in", "halfway", "last-minute"}
    spoken = [clip for clip in made.clips if clip.track == "narration"]
    for before, after in pairwise(spoken):
        roles = {before.role, after.role}
        # A check-in is the author's: it keeps clear of what is said, and no more.
        if "time_left" in roles or (roles <= telling and roles - {"next", "check_in"}):
            assert after.start - before.end >= 4 - CLOSE, (before, after)


@some
@given(routines(), choices, st.integers(30, 5400))
def test_a_total_is_what_was_asked_or_is_refused_with_the_nearest_that_works(data, chosen, seconds):
    """Exact within what an encoder rounds; the nearest then works."""
    routine = loaded(data)
    asked = {**chosen, "length": f"{seconds}s"}
    try:
        made = drafted(routine, **asked)
    except UsageError as error:
        event("refused")
        found = nearest(error)
        then = drafted(routine, **{**asked, "length": found})
        assert then.duration == approx(Choices(found).length.total, abs=0.04)
    except RoutineError as error:
        event("does not fit")
        assert_placed(error.faults)
    else:
        event("exact")
        assert made.duration == approx(seconds, abs=0.04)
        everything_is_in_its_place(made)
        words_of_a_slot_keep_their_distance(made)
        answers_have_their_silence(made)
        time_is_told_apart(made)


@pytest.mark.slow
@some
@given(routines(), choices, st.integers(1, 200))
def test_a_longer_range_never_makes_a_shorter_slot(data, chosen, more):
    """Raising the end of every range leaves every slot no shorter; what says the minutes may have fewer words."""
    longer = {**data, "steps": [_raised(step, more) for step in data["steps"]]}
    one, other = loaded(data), loaded(longer)
    for length in ("short", "full"):
        asked = {**chosen, "length": length}
        before, after = laid(one, **asked).draft, laid(other, **asked).draft
        timed = [work.low is not None for work in before.script.works]
        pairs = zip(before.layout.slots, after.layout.slots, timed, strict=True)
        assert all(longer >= slot - CLOSE for slot, longer, counts in pairs if counts)


# -- helpers -----------------------------------------------------------------------------------------------


def loaded(data: dict[str, Any]) -> Routine:
    """The routine of a file with this data."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.yaml"
        path.write_text(written(data), encoding="utf-8")
        try:
            return read(path)
        except RoutineError:
            # Rules across fields, as {next} in what turns out to be the last step of a setup.
            assume(False)
            raise


def drafted(routine: Routine, **chosen: Any) -> Plan:
    """A plan by measured lengths, a word a second."""
    return Plan(Drafting(routine, Choices(**chosen)).draft(lengths()))


def laid(routine: Routine, **chosen: Any) -> Plan:
    """The same, of routines whose words fit."""
    try:
        return drafted(routine, **chosen)
    except RoutineError:
        assume(False)
        raise


def parts(chapter: Chapter) -> list[tuple[float, float]]:
    """What a chapter is made of: its lead-in, slots, changeovers and end, or all of it."""
    if not chapter.slots:
        return [(chapter.start, chapter.end)]
    found = [(chapter.start, chapter.slots[0].start), (chapter.slots[-1].end, chapter.end)]
    found += [(slot.start, slot.end) for slot in chapter.slots]
    return found + [(before.end, after.start) for before, after in pairwise(chapter.slots)]


def assert_placed(faults: tuple[Fault, ...]) -> None:
    """Every fault has a line, a path and a way out."""
    for fault in faults:
        assert fault.place.line >= 1
        assert fault.place.path
        assert re.search(r"does not fit: there are .* missing: .* too many\. Say less", fault.message), fault.message


def _raised(step: dict[str, Any], more: int) -> dict[str, Any]:
    """A step, its group's too, with a later end of its range."""
    if "steps" in step:
        return {**step, "steps": [_raised(inner, more) for inner in step["steps"]]}
    duration = step.get("duration")
    if isinstance(duration, dict):
        return {**step, "duration": {**duration, "full": _later(duration["full"], more)}}
    return {**step, "duration": _later(duration, more)} if duration else step


def _later(duration: str, more: int) -> str:
    low, *high = [int(number) for number in re.findall(r"\d+", duration)]
    return f"{low}s..{(high or [low])[0] + more}s"
