"""What no option leaves out: who is not massaged, what to leave out, what stops it, and every warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from voiceguide import Routine, phrases, plan
from voiceguide.errors import UsageError
from voiceguide.routine.joining import join
from voiceguide.text.utter import utter

if TYPE_CHECKING:
    from voiceguide.phrases import Phrases
    from voiceguide.timeline import Clip, Timeline

CLOSE = 1e-6
LANGUAGES = ("en", "de", "es", "fr")


def each(word: str) -> dict[str, str]:
    """A text in every language, another in each."""
    return {tag: f"{word} {tag}" for tag in LANGUAGES}


PRESSES = {"hold": {"times": 1, "press": "9s", "release": "9s"}}
STEPS: list[dict[str, Any]] = [
    {"name": "A", "say": each("Warm"), "touch": False, "ready": True},
    {"name": "B", "say": each("Glide"), "duration": "40s..4m", "check_in": True, "warn": each("Mind B")},
    {
        "name": "G",
        "sides": "both",
        "steps": [
            {"name": "C", "duration": "20s..5m", "pressure": 2, "warn": each("Mind C")},
            {"name": "D", **PRESSES, "only": "full", "warn": each("Mind D")},
            {"name": "E", "duration": "20s..5m", "pressure": 5, "oil": True},
        ],
    },
    {"name": "F", "duration": "30s..2m", "only": "seated", "warn": each("Mind F"), "position": each("over")},
    {"name": "H", "duration": "30s..2m", "pressure": 3, "warn": each("Mind H")},
]
NAMES = "ABCDEFH"
SAFETY = {
    "do_not_start": [each("fever"), each("rash")],
    "ask_first": [each("heart"), each("clot")],
    "core": [each("cold")],
    "always": [each("tearing"), each("blow")],
    "avoid": [each("spine"), each("bone")],
}
OTHER_SAFETY = {"always": [each("fall")], "avoid": [each("shin")], "do_not_start": [each("gout")]}


def made(name: str, steps: list[dict[str, Any]], **fields: Any) -> Routine:
    """A routine in every language."""
    named = [
        {
            **s,
            "name": each(s["name"]),
            **({"steps": [{**i, "name": each(i["name"])} for i in s["steps"]]} if "steps" in s else {}),
        }
        for s in steps
    ]
    return Routine.from_dict({"title": each(name), "summary": each(name), "steps": named, **fields}, name=name)


@st.composite
def routines(draw: st.DrawFn) -> tuple[Routine, ...]:
    """One with any of the lists left to the language, or two to be joined."""
    kept = draw(st.sets(st.sampled_from(sorted(SAFETY))))
    fields: dict[str, Any] = {"setups": ["lying", "seated"], "audience": draw(st.sampled_from(["giver", "self"]))}
    fields |= {"settle": each("down")} if draw(st.booleans()) else {}
    one = made("one", STEPS, safety={key: SAFETY[key] for key in kept}, **fields)
    if not draw(st.booleans()):
        return (one,)
    steps = [{"name": "X", "say": each("Rest")}, {"name": "Y", "say": each("Press"), **PRESSES, "warn": each("Mind Y")}]
    return one, made("two", steps, safety=OTHER_SAFETY, audience=fields["audience"])


choices = st.fixed_dictionaries(
    {"language": st.sampled_from(LANGUAGES)},
    optional={
        "gate": st.sampled_from(["core", "full", "brief"]),
        "safety": st.just(False),
        "opening": st.just(False),
        "closing": st.just(False),
        "talk": st.sampled_from(["calm", "minimal"]),
        "setup": st.just("seated"),
        "length": st.one_of(st.just("full"), st.integers(5, 30).map(lambda minutes: f"{minutes}m")),
        "without": st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
        "chime_level": st.sampled_from([-6, "none"]),
        "linger": st.sampled_from([0, 300]),
        "bed": st.sampled_from(["none", "rain"]),
        "pace": st.sampled_from([110, 160]),
    },
)


@settings(max_examples=60)
@given(routines(), choices)
def test_no_option_leaves_out_what_keeps_people_safe(parts: tuple[Routine, ...], chosen: dict[str, Any]) -> None:
    """The stop-today line with the red flags, doctors, what to leave out, the words, what to mind, warnings."""
    language, without = chosen["language"], [f"{name} {chosen['language']}" for name in chosen.get("without", ())]
    try:
        timeline = plan(join(parts), voice="tone", **{**chosen, "without": without})
    except UsageError as error:
        assert "out of reach" in str(error)  # which totals there are depends on all of it
        event("out of reach")
        return
    event("planned")
    gate = [clip for clip in timeline.clips if clip.role == "gate"]
    _stops_today(parts, chosen, timeline, gate)
    _asks_what_to_leave_out(parts[0], language, timeline, gate)
    _says_the_words(parts[0], language, timeline, gate)
    _minds_before_pressing(parts, language, timeline)
    _warns(timeline, language)


def _stops_today(parts: tuple[Routine, ...], chosen: dict[str, Any], timeline: Timeline, gate: list[Clip]) -> None:
    """Who is not massaged, the red flags, and with every gate but the brief one who asks a doctor."""
    book, audience, language = phrases.load(chosen["language"]), parts[0].audience, chosen["language"]
    brief = chosen.get("gate") == "brief" or "safety" in chosen
    first = gate[0].text or ""
    said = " ".join(clip.text or "" for clip in gate)
    for part in parts:
        safety = part.safety
        assert all(text.get(language) in first for text in safety.always)
        own = [[text.get(language) or "" for text in texts] for texts in (safety.core, safety.do_not_start)]
        core = own[0] or list(book.items("core", audience))
        full = own[1] or core
        is_core = all(item in first for item in core)
        is_full = all(item in first for item in full)
        # An asked total counts what sounds after the end, whatever was asked for; a session's own length does not.
        exact = chosen.get("length", "full") != "full"
        lasts = timeline.duration - (0 if exact or "closing" in chosen else chosen.get("linger", 0))
        gates = {"core": is_core, "full": is_full, "brief": all(i in first for i in book.items("brief", audience))}
        asked = "brief" if brief else chosen.get("gate") or ("core" if lasts < 880 else "full" if lasts > 950 else None)
        assert gates[asked] if asked else is_core or is_full
        asks = [text.get(language) or "" for text in safety.ask_first]
        doctors = _said(book, "gate_core_ask", audience=audience)
        in_full = all(item in said for item in asks) if asks else doctors in said
        assert brief or doctors in said or (in_full and asked != "core")


def _asks_what_to_leave_out(routine: Routine, language: str, timeline: Timeline, gate: list[Clip]) -> None:
    """And waits 4 or 5 s for the answer; one who is alone is told, and needs no answer."""
    book = phrases.load(language)
    lines = {
        _said(book, key, audience=routine.audience): wait
        for key, wait in (("gate_leave_out", 4), ("gate_leave_out_full", 5))
    }
    (question,) = [clip for clip in gate if clip.text in lines]
    after = min(clip.start for clip in timeline.clips if clip.start > question.start + CLOSE and clip.track != "bed")
    assert after - question.end >= (lines[question.text or ""] if routine.audience == "giver" else 1) - CLOSE


def _says_the_words(routine: Routine, language: str, timeline: Timeline, gate: list[Clip]) -> None:
    """What stops it at once, and time to get ready, before the first step."""
    book, audience = phrases.load(language), routine.audience
    faint = "gate_seated" if timeline.setup == "seated" else "gate_dizzy"
    assert gate[-1].text == _said(book, "gate_words", faint, audience=audience)
    (ready,) = [clip for clip in timeline.clips if clip.role == "ready" and clip.step is None]
    first = next(chapter for chapter in timeline.chapters if chapter.step)
    assert first.start - ready.end >= 4 - CLOSE


def _minds_before_pressing(parts: tuple[Routine, ...], language: str, timeline: Timeline) -> None:
    """What each routine says to mind, once, before the first of its slots in which hands press."""
    book = phrases.load(language)
    pressing = {f"{name} {language}": 0 for name in "DEH"} | {f"Y {language}": 1}
    own = [f"{name} {language}" for name in NAMES], [f"{name} {language}" for name in "XY"]
    for number, part in enumerate(parts):
        chapters = [chapter for chapter in timeline.chapters if chapter.title in own[number]]
        items = book.joined([text.get(language) or "" for text in part.safety.avoid], "and")
        text = _said(book, "avoid", audience=part.audience, items=items)
        said = [clip.end for clip in timeline.clips if clip.role == "avoid" and clip.text == text]
        touching = [chapter for chapter in chapters if not chapter.title.startswith("A ")]
        assert len(said) == bool(items and touching)
        pressed = [chapter.slots[0].start for chapter in chapters if chapter.title in pressing]
        assert not said or not pressed or said[0] < min(pressed)


def _warns(timeline: Timeline, language: str) -> None:
    """In every lead-in of a step that has a warning, on each side."""
    for chapter in timeline.chapters:
        name = chapter.title.removesuffix(f" {language}")
        if name in "BCDFHY" and chapter.step:
            warned = [
                c for c in timeline.clips if c.role == "warn" and chapter.start <= c.start < chapter.slots[0].start
            ]
            assert [clip.text for clip in warned] == [f"Mind {chapter.title}"]


def _said(book: Phrases, *keys: str, audience: Any, **values: str) -> str:
    """Phrases as a clip's text has them."""
    text = " ".join(book.get(key, audience) for key in keys)
    return utter("gate", (text,), values, book.language).pieces()[0].text


# -- chimes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("talk", ["full", "minimal"])
def test_without_chimes_only_the_end_is_heard(talk: str) -> None:
    """And no time and no word is another."""
    steps = [{"name": "A", "say": "Go. [breath]", "duration": "5m", "sides": "both"}, {"name": "B", **PRESSES}]
    routine = made("T", [*steps, {"name": "C", "duration": "1m", "rhythm": {"out": "5s"}}], language="en")
    loud, level, none = (plan(routine, voice="tone", talk=talk, chime_level=db) for db in (None, -6, "none"))
    assert loud.clips == level.clips
    assert {clip.sound for clip in loud.clips if clip.track == "chime"} >= {
        "step",
        "switch",
        "press",
        "halfway",
        "swell",
    }
    assert none.clips == tuple(clip for clip in loud.clips if clip.track != "chime" or clip.sound == "end")
    assert [clip.sound for clip in none.clips if clip.track == "chime"] == ["end"]
    assert (none.chapters, none.duration) == (loud.chapters, loud.duration)
    assert [each.choices["chime_level"] for each in (loud, level, none)] == [None, -6.0, "none"]


@pytest.mark.parametrize("bed", ["rain", "none"])
@pytest.mark.parametrize("length", ["short", "16m"])
def test_a_bed_changes_no_word_and_no_time(bed: str, length: str) -> None:
    """Not even how long the end goes on."""
    routine = made("T", [{"name": "A", "duration": "1m..9m"}])
    timelines = [plan(routine, voice="tone", bed=name, length=length) for name in (bed, "warm-pad")]
    assert len({timeline.duration for timeline in timelines}) == 1
    heard = [[clip for clip in timeline.clips if clip.track != "bed"] for timeline in timelines]
    assert heard[0] == heard[1]
    end = heard[0][-1]
    assert timelines[0].duration - end.end == pytest.approx(5 if length == "short" else 12, abs=0.06)
