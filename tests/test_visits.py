"""Every visit to every bundled routine fits, keeps its times to the sample, and says nothing twice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from voiceguide import load
from voiceguide.choices import Choices
from voiceguide.routine import finding
from voiceguide.routine.languages import languages, varies
from voiceguide.routine.model import Group, Routine, Step, Text
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.session.drafting import Draft

VISITS = 20
NAMES = [entry["name"] for entry in finding.index()]


def drafted(routine: Routine, length: str, language: str, visit: int) -> Draft:
    """A visit by the estimates of a voice that says every word at one pace; what does not fit is raised."""
    return by_estimate(
        Session(routine, Choices.of({"length": length, "language": language, "voice": "tone", "visit": visit}))
    )


def at(draft: Draft) -> tuple[object, ...]:
    """Where everything of a session begins, and how long it and its steps last."""
    layout = draft.layout
    starts = tuple((clip.track, clip.role, clip.start) for clip in layout.clips if clip.sound != "swell")
    return layout.duration, layout.chapters, starts


def words(draft: Draft) -> tuple[str, ...]:
    """What a session says."""
    return tuple(clip.text or "" for clip in draft.layout.clips if clip.track == "narration")


def said_twice(draft: Draft) -> list[str]:
    """What a cue says that another one of the session said, and a reminder that came before in its slot."""
    layout = draft.layout
    cues = [clip.text for clip in layout.clips if clip.role == "cue"]
    spoken = [cues]
    for slot in (slot for chapter in layout.chapters for slot in chapter.slots):
        within = (clip for clip in layout.clips if slot.start <= clip.start < slot.end)
        spoken.append([clip.text for clip in within if clip.role == "reminder"])
    return [text for texts in spoken for text in {*texts} if text and texts.count(text) > 1]


def check(routine: Routine, length: str, language: str, visits: Iterable[int]) -> list[tuple[str, ...]]:
    """Hold visits to the promise, and return what each says."""
    first = drafted(routine, length, language, 1)
    said = []
    for visit in visits:
        draft = drafted(routine, length, language, visit)
        assert at(draft) == at(first), visit
        assert said_twice(draft) == [], visit
        said.append(words(draft))
        narrated = [clip for clip in draft.layout.clips if clip.track == "narration"]
        assert all(one.end <= other.start + 1e-6 for one, other in pairwise(narrated)), visit
    return said


@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize("name", NAMES)
def test_every_visit_to_a_bundled_routine(name: str, length: str) -> None:
    """From the first to the twentieth; in other languages, the first two."""
    routine = load(name)
    for language in languages(routine):
        last = VISITS if language == "en" and varies(routine) else 2
        said = check(routine, length, language, range(1, last + 1))
        if not varies(routine):
            assert said[0] == said[1]


def test_what_is_in_other_words_is_heard_in_them() -> None:
    """Wordings that no session has room for vary nothing: on the second visit to a full one, something is new."""
    for name in NAMES:
        if varies(routine := load(name)):
            assert words(drafted(routine, "full", "en", 1)) != words(drafted(routine, "full", "en", 2)), name


def in_other_words(text: Text, number: int) -> Text:
    """A text with two wordings more in each language, one of them shorter, and none like another text's."""
    others = []
    for tag in text.languages():
        words = (text.get(tag) or "").split()
        others.append((tag, (f"{number} {' '.join(words[1:])}", f"{number} {number}.")))
    return replace(text, others=tuple(others))


@cache
def varied(name: str) -> Routine:
    """A bundled routine in which every cue and reminder has three wordings."""
    numbers = iter(range(100, 10_000))

    def step(one: Step) -> Step:
        cues = tuple(
            replace(
                cue,
                say=in_other_words(cue.say, next(numbers)) if cue.say else None,
                say_again=in_other_words(cue.say_again, next(numbers)) if cue.say_again else None,
            )
            for cue in one.cues
        )
        reminders = tuple(in_other_words(text, next(numbers)) for text in one.reminders)
        return replace(one, cues=cues, reminders=reminders)

    routine = load(name)
    steps = tuple(
        replace(one, steps=tuple(map(step, one.steps))) if isinstance(one, Group) else step(one)
        for one in routine.steps
    )
    reminders = tuple(in_other_words(text, next(numbers)) for text in routine.reminders)
    return replace(routine, steps=steps, reminders=reminders)


@pytest.mark.parametrize(("name", "length"), [("upper-back", "full"), ("legs", "14m"), ("feet", "9m")])
def test_every_visit_were_all_of_it_in_other_words(name: str, length: str) -> None:
    """However much an author varies, in any total: nothing moves, and no visit is like the one before it."""
    said = check(varied(name), length, "en", range(1, VISITS + 1))
    assert all(one != other for one, other in pairwise(said))
    assert len({*said}) >= 3
