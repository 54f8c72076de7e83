"""Hypothesis strategies: routines of every shape the format knows, as the data of a routine's file."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from voiceguide.durations import LENGTHS

Data = dict[str, Any]

_WORDS = ("glide", "slowly", "and", "rest", "your", "hands", "on", "the", "back", "now")


def sentences(most: int = 6) -> st.SearchStrategy[str]:
    """One sentence."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=most).map(
        lambda said: " ".join(said).capitalize() + "."
    )


def texts(*placeholders: str, most: int = 6) -> st.SearchStrategy[str]:
    """One to three sentences, with marks between them and placeholders in them."""
    parts = [sentences(most), *(st.just(f"With {{{name}}}.") for name in placeholders)]
    marks = st.sampled_from(["", "", "[pause 2s]", "[breath]"])
    return st.lists(st.tuples(st.one_of(*parts), marks), min_size=1, max_size=3).map(
        lambda said: " ".join(" ".join(pair).strip() for pair in said)
    )


def only() -> st.SearchStrategy[list[str]]:
    """Lengths and setups; the two setups are `lying` and `seated`."""
    return st.lists(st.sampled_from([*LENGTHS, "lying", "seated"]), min_size=1, max_size=2, unique=True)


@st.composite
def durations(draw: st.DrawFn) -> tuple[str | Data, int]:
    """A duration in any of its forms, and its short value in seconds."""
    low = draw(st.integers(30, 200))
    high = low + draw(st.integers(0, 400))
    forms: list[str | Data] = [
        f"{low}s",
        f"{low}s..{high}s",
        f"{low}-{high} sec",
        {"short": f"{low}s", "full": f"{high}s"},
        {"short": f"{low}s..{high}s", "full": f"{low} to {high} seconds"},
    ]
    return draw(st.sampled_from(forms)), low


@st.composite
def holds(draw: st.DrawFn, *, counted: bool) -> Data:
    """Rounds whose phases hold the language's own words, a second a word."""
    found: Data = {"press": f"{draw(st.integers(3, 8))}s"}
    found |= draw(_some(release=st.sampled_from(["2s", "5s"]), sink=st.just("2s"), move=st.just("1.5s")))
    found |= draw(_some(spoken=st.sampled_from([0, 1, 4, "all"])))
    times = st.one_of(st.integers(1, 3), st.just({"short": 1, "full": 2}))
    if counted or draw(st.booleans()):
        found["times"] = draw(times)
    return found


@st.composite
def rhythms(draw: st.DrawFn) -> Data:
    """Strokes whose cycles hold the language's own words, a second a word, and fit twice into every slot."""
    found: Data = {"out": draw(st.sampled_from(["2s", "3s", "4.5s"]))}
    found |= draw(_some(back=st.sampled_from(["2s", "5s"]), lift=st.just(True), voiced=st.integers(0, 3)))
    return found | draw(_some(sounded=st.integers(0, 5), again=st.sampled_from(["0s", "20s"]), sound=st.just("press")))


@st.composite
def cues(draw: st.DrawFn, slot: int) -> Data:
    """A cue of a slot that lasts so many seconds at least."""
    at = draw(
        st.one_of(
            st.integers(0, 95).map(lambda percent: f"{percent}%"),
            st.integers(0, slot - 8).map(lambda seconds: f"{seconds}s"),
            st.integers(8, slot).map(lambda seconds: f"-{seconds}s"),
        )
    )
    what = draw(st.one_of(st.builds(lambda text: {"say": text}, sentences(4)), st.just({"chime": "halfway"})))
    return {"at": at, **what, **draw(_some(only=only()))}


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    """Any of these fields, or none."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def steps(draw: st.DrawFn, number: int, *, grouped: bool = False, sided: bool = False, last: bool = False) -> Data:
    """A step; `sided` tells of its group's sides."""
    found: Data = {"name": f"Step {number}"}
    if not grouped:
        sides = [["left", "right"], "both", ["left"], ["one", "other", "third one"]]
        found |= draw(_some(sides=st.sampled_from(sides)))
        found |= draw(_some(position=st.sampled_from(["face up", "face down"])))
    sided = sided or "sides" in found
    side = ("side",) if sided else ()
    told = (*side, "minutes", "title") if last else (*side, "next", "minutes", "title")
    timed = draw(st.booleans())
    if timed:
        found["duration"], low = draw(durations())
        found |= draw(_some(say=texts(*told), stretch=st.just(False), reminders=st.lists(texts(*told), max_size=3)))
        found["cues"] = draw(st.lists(cues(low), max_size=3))
        if draw(st.booleans()):
            found["hold"] = draw(holds(counted=False))
        else:
            found |= draw(_some(check_in=st.just(True), rhythm=rhythms()))
    else:
        found["say"] = draw(st.one_of(texts(*told), st.lists(texts(*told), min_size=1, max_size=3)))
        found |= draw(_some(hold=holds(counted=True)))
    if sided and "say" in found:
        found |= draw(_some(say_again=texts(*told)))
    found |= draw(
        _some(
            only=only(),
            warn=texts(*told),
            oil=st.just(True),
            ready=st.just(True),
            pressure=st.integers(1, 7),
            touch=st.just(False),
            transition=st.sampled_from(["0s", "1s", "9s", "40s"]),
            chime=st.sampled_from(["none", "switch", "end"]),
        )
    )
    return found


@st.composite
def groups(draw: st.DrawFn, number: int, *, last: bool = False) -> Data:
    """A group of one or two steps."""
    found: Data = {"name": f"Group {number}"}
    found |= draw(_some(sides=st.sampled_from([["left", "right"], "both"]), only=only(), transition=st.just("12s")))
    sided = "sides" in found
    if sided:
        found |= draw(_some(switch=texts("side", "minutes")))
    count = draw(st.integers(1, 2))
    found["steps"] = [draw(steps(number * 10 + i, grouped=True, sided=sided, last=last)) for i in range(count)]
    return found


def safeties() -> st.SearchStrategy[Data]:
    """The words of care, any of them left to the language."""
    return _some(
        do_not_start=st.sampled_from([["a fever"], ["a fever", "a rash"]]),
        ask_first=st.just(["pregnancy"]),
        core=st.just(["a head cold"]),
        always=st.sampled_from([["a tearing pain"], ["a tearing pain", "a blow"]]),
        avoid=st.sampled_from([["the spine"], ["the spine", "every bone"]]),
        more=st.just(["nut allergy"]),
    )


@st.composite
def routines(draw: st.DrawFn, most: int = 4) -> Data:
    """A whole routine; its last step is always played, so that there is one in every length and setup."""
    count = draw(st.integers(0, most))
    listed: list[Data] = [draw(st.one_of(steps(n), steps(n), groups(n))) for n in range(1, count + 1)]
    listed.append({**draw(steps(9, last=True)), "only": ["short", "full", "lying", "seated"]})
    found: Data = {"title": "Back", "summary": "For tests.", "setups": ["lying", "seated"], "steps": listed}
    return found | draw(
        _some(
            position=st.just("face down"),
            reminders=st.lists(texts("minutes"), max_size=2),
            closing=st.lists(texts("minutes", "title"), max_size=2),
            need=st.lists(st.sampled_from(["a towel", "oil"]), max_size=2),
            safety=safeties(),
            settle=st.sampled_from(["face down", ["face down", {"say": "back bare. [pause 2s]", "only": "seated"}]]),
            end=texts("title"),
            receivers=st.just(2),
            audience=st.sampled_from(["giver", "self"]),
            language=st.sampled_from(["en", "de", "es", "fr"]),
        )
    )


def written(data: Data) -> str:
    """Return a routine's data as YAML, of which JSON is a part."""
    return json.dumps(data, ensure_ascii=False, indent=1)
