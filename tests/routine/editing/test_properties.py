"""Any sequence of operations on any layout: the data are what was asked, the notes stay, and undoing is exact."""

from __future__ import annotations

import copy
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.errors import UsageError
from voiceguide.routine import slips
from voiceguide.routine.editing import apply, form
from voiceguide.routine.source import Source

LAYOUTS = (
    """\
# About it
title: Calf rub   # the title
summary: "A rub."

need: [oil, a towel]
# -- the steps
steps:
  # The first one.
  - name: Knead
    say: >  # folded
      Knead the calf slowly, from the ankle up to the knee, and come back lightly,
      without any pressure at all, again and again.
    duration: 2m  # two

  # The second one.
  - name: Hold
    sides: [left, right]
    say:
      # a note
      - Hold the heel.
      - "Feel the {side} foot."  # both feet
    duration: {short: 1m, full: 2m}
    cues:
      - {at: 50%, say: Softer.}   # half
      - at: -10s
        say: Let go.

  - {name: Rest, say: Rest.}  # rest
""",
    """\
title:
  en: Legs
  de: Beine
summary: A long text that goes on
  over two lines # note
language: en
safety:
  do_not_start:
  - a fever
  - {en: a cut, de: ein Schnitt}
  more: [one]
steps:
-
  name: A   # first
  say: |
    Line one.
      Line two.

    Line four.
  # between
  duration: 1:30
- name: Group
  sides: both
  steps:
  - name: B
    # about B
    say: 'It''s so.'
  - name: C
    hold: {press: 5s,
      times: 3}
    say:
      Go on.
# the end""",
    '{"title": "T", "summary": "S",\n "steps": [{"name": "A", "say": ["x", "y: z"]},\n'
    '  {"name": "B", "duration": "1m"}]}\n',
    "title: T\r\nsummary: S\r\nsteps:\r\n    - name: A\r\n      say: Go.\r\n\r\n"
    "    -   name: B # b\r\n        say: >-\r\n          Stop\r\n          now.\r\n",
)
WORDS = st.sampled_from(
    [
        *(
            "Slow and even.",
            "Note: soft",
            "a # b",
            "-x",
            "- x",
            "true",
            "2024",
            "it's",
            'say "now"',
            "{side}",
            "[pause 2s]",
        ),
        *(
            "• soft",
            "a, b",
            "“Now”",
            "two  spaces",
            " x",
            "x ",
            "null",
            "1:30",
            "50%",
            "-30s",
            "line\nline",
            "x:",
            "é ü",
            "@",
            "%",
        ),
        *("Long words that go on and on, for as long as a hand moves over a back and finds the next place.",),
    ]
)
STEPS = st.fixed_dictionaries(
    {"name": WORDS},
    optional={
        "say": st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3)),
        "duration": st.sampled_from(["2m", "90s", {"short": "1m", "full": "2m"}]),
        "cues": st.lists(st.fixed_dictionaries({"at": st.just("50%"), "say": WORDS}), min_size=1, max_size=2),
        "rhythm": st.just({"out": "6s", "back": "6s"}),
        "pressure": st.integers(1, 7),
        "check_in": st.booleans(),
    },
)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of some data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(p for key, each in inner for p in paths(each, (*path, key)))]


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a place of some data."""
    for key in path:
        value = value[key]
    return value


def done(values: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """The same operation on the data alone."""
    values = copy.deepcopy(values)
    path = tuple(asked["path"])
    if asked["op"] == "add":
        at(values, path).insert(asked["at"], asked["value"])
        return values
    holder, key = at(values, path[:-1]), path[-1]
    match asked["op"]:
        case "set":
            holder[key] = asked["value"]
        case "remove":
            while len(holder) == 1 and len(path) > 1:
                path = path[:-1]
                holder, key = at(values, path[:-1]), path[-1]
            del holder[key]
        case "move":
            holder.insert(asked["to"], holder.pop(key))
        case "translate" if isinstance(holder[key], dict):
            holder[key][asked["language"]] = asked["text"]
        case "translate":
            holder[key] = {"en": holder[key], asked["language"]: asked["text"]}
    return values


def wished(data: st.DataObject, values: dict[str, Any]) -> dict[str, Any]:
    """An operation that fits some data."""
    op = data.draw(st.sampled_from(["set", "set", "add", "remove", "move", "translate"]))
    every = paths(values)
    if op in ("add", "move"):
        lists = [path for path in every if isinstance(at(values, path), list)]
        path = data.draw(st.sampled_from(lists))
        count = len(at(values, path))
        if op == "move":
            number, to = (data.draw(st.integers(0, count - 1)) for _ in range(2))
            return {"op": op, "path": [*path, number], "to": to}
        value = data.draw(
            STEPS if path[-1] == "steps" else WORDS if path[-1] != "cues" else st.just({"at": "9s", "say": "x"})
        )
        return {"op": op, "path": list(path), "at": data.draw(st.integers(0, count)), "value": value}
    if op == "translate":
        texts = [
            p for p in every if p[-1] in ("title", "summary", "name", "say") and isinstance(at(values, p), str | dict)
        ]
        path = data.draw(st.sampled_from(texts))
        return {
            "op": op,
            "path": list(path),
            "language": data.draw(st.sampled_from(["de", "fr"])),
            "text": data.draw(WORDS),
        }
    path = data.draw(st.sampled_from(every))
    if op == "set" and data.draw(st.booleans()):
        new = data.draw(st.sampled_from(["say", "warn", "position", "reminders", "bed", "duration"]))
        path = (*(path[:2] if path[0] == "steps" and len(path) > 1 else ()), new)
        return {
            "op": op,
            "path": list(path),
            "value": data.draw(st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=2))),
        }
    if op == "set":
        old = at(values, path)
        value = data.draw(
            STEPS if isinstance(old, dict) and "name" in old else WORDS if isinstance(old, str) else st.just(old)
        )
        return {"op": op, "path": list(path), "value": value}
    return {"op": op, "path": list(path)}


def notes(text: str) -> list[str]:
    """The comments of a text, none of which is in quotes here."""
    return sorted(
        found.strip()
        for found in re.findall(r"(?:^|(?<=[ ,]))# [a-zA-Z-][a-z A-Z-]*$", text.replace("\r", ""), re.MULTILINE)
    )


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(LAYOUTS))
def test_any_sequence_of_operations(data: st.DataObject, text: str) -> None:
    """Each says of the data what was asked and nothing else; undoing all of them gives the very text."""
    first, undos = text, []
    for _ in range(data.draw(st.integers(1, 4))):
        values = form(text).values
        asked = wished(data, values)
        try:
            edited = apply(text, asked)
        except UsageError as error:
            assert re.search("to stay|lines of their own|expected a field of the form", str(error)), asked
            continue
        assert form(edited.text).values == done(values, asked), (asked, edited.text)
        assert [slip for slip in slips.find(Source("x", edited.text.replace("\r", ""))).found if slip.silent] == []
        assert edited.splice.on(text) == edited.text
        if asked["op"] in ("move", "translate"):
            assert notes(edited.text) == notes(text), (asked, edited.text)
        undos.append(edited.undo)
        text = edited.text
    for undo in reversed(undos):
        text = undo.on(text)
    assert text == first
