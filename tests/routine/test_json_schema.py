"""The JSON Schema takes what the reader takes, and refuses what is wrong in shape."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pictures_for_tests import picture
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from scripts_for_tests import loaded

from voiceguide.durations import ONE_WRITTEN, RANGE_WRITTEN, DurationError, parse_duration, parse_range
from voiceguide.routine import forms, schema
from voiceguide.routine.json_schema import DIALECT, document, text
from voiceguide.routine.reading import examine
from voiceguide.routine.sounds import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FORMAT = (ROOT / "docs" / "routine-format.md").read_text("utf-8")
OF_SHAPE = {
    "bad-duration",
    "bad-word",
    "bad-format",
    "bad-language",
    "bad-moment",
    "empty-list",
    "empty-step",
    "empty-text",
    "missing-key",
    "needs-duration",
    "needs-times",
    "no-pronunciation",
    "check-in-with-hold",
    "out-of-range",
    "reserved-name",
    "say-or-chime",
    "too-many-items",
    "unknown-key",
    "unknown-sound",
    "wrong-place",
    "wrong-type",
    "wrong-word",
}
"""The reader's rules about shape, keys and values; what they are about is in the schema too."""


make_docs = loaded("make_docs")


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(document())


def refusals(written: str) -> list[str]:
    """What the schema says against a file, as YAML 1.2 reads it."""
    found = YAML(typ="safe", pure=True).load(written)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(found)]


def routine(body: str = "{name: A, say: Go.}", head: str = "") -> str:
    return f"title: T\nsummary: S\n{head}\nsteps:\n  - {body}\n"


# -- the schema itself -------------------------------------------------------------------------------


def test_it_is_a_schema_of_2020_12() -> None:
    """It says so, and keeps to it."""
    assert document()["$schema"] == DIALECT
    Draft202012Validator.check_schema(document())
    assert json.loads(text()) == document()


def test_every_expression_is_one_of_ecma_s() -> None:
    """What JavaScript's expressions have not is not in one: flags inside, names, looks back, Python's ends."""
    patterns = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', text())
    assert len(patterns) > 20
    assert not [p for p in patterns if re.search(r"\(\?(?![:=!])|\\\\[AZ]", p)]


def test_it_points_nowhere_else() -> None:
    """Editors fetch nothing for it: every reference is inside."""
    assert {ref.startswith("#/$defs/") for ref in re.findall(r'"\$ref": "([^"]+)"', text())} == {True}


def test_every_key_is_explained() -> None:
    """Each key of each mapping has a description in a sentence, without the signs of a docstring's lines."""
    models = {"Routine": document(), **document()["$defs"]}
    known = {
        name: kind
        for module in (schema, forms)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and hasattr(kind, "model_fields")
    }
    assert {*known} >= {*models}
    for name, model in models.items():
        assert model["additionalProperties"] is False, name
        assert {*model["properties"]} == {*known[name].model_fields}
        for key, field in model["properties"].items():
            assert re.fullmatch(r"\S.{8,}[.}]", field["description"]), (name, key)
            assert "null" not in json.dumps(field), (name, key)


def test_what_there_is_to_choose_from_is_offered() -> None:
    """Names of sounds, lengths and audiences are enumerated; defaults are told as they are written."""
    fields = document()["properties"]
    assert fields["audience"]["enum"] == ["giver", "self"]
    assert fields["bed"]["anyOf"][0]["enum"] == [*bundled("beds"), "none"]
    step = document()["$defs"]["Step"]["properties"]
    assert step["chime"]["anyOf"][0]["enum"] == [*bundled("chimes"), "none"]
    assert (step["chime"]["default"], step["transition"]["default"], step["oil"]["default"]) == ("step", "4s", False)
    assert "default" not in step["cues"]
    assert step["only"]["examples"] == ["short", "full"]


# -- what it takes -----------------------------------------------------------------------------------


def _good() -> Iterator[Any]:
    """Every routine of this project, and every example of the pages that the reader takes."""
    for folder in ("voiceguide/routines", "tests/sessions", "tests/routine/files"):
        for path in sorted((ROOT / folder).glob("*.yaml")):
            if path.stem == "billion-laughs":
                continue  # followed by what loads plain YAML, it is 43 million words
            yield pytest.param(path.read_text("utf-8"), id=path.stem)
    for name in ("docs/guide.md", "docs/routine-format.md"):
        for block in make_docs.blocks((ROOT / name).read_text("utf-8")):
            if block.language == "yaml":
                yield pytest.param(make_docs.whole(block.body), id=f"{name}:{block.line}")


@pytest.mark.parametrize("written", [*_good()])
def test_it_agrees_with_the_reader(written: str, tmp_path: Path) -> None:
    """What the reader takes is taken; what is wrong in shape is refused, or is no plain YAML in the first place."""
    path = tmp_path / "routine.yaml"
    path.write_text(written, "utf-8")
    for cover in re.findall(r"^cover: (.+)$", written, re.MULTILINE):
        path.with_name(cover).write_bytes(picture())
    found, faults = examine(path)
    if found is not None:
        assert refusals(written) == []
    elif {fault.rule for fault in faults} & OF_SHAPE:
        assert refusals(written)
    else:
        with pytest.raises(YAMLError):
            refusals(written)


def test_both_sides_of_the_agreement_are_tried() -> None:
    """There is a file that cannot be read among those above."""
    ids = [str(each.id) for each in _good()]
    assert {"everything", "python-object", "upper-back", "legs"} <= set(ids)
    assert len(ids) > 40


@pytest.mark.parametrize(
    "written",
    [
        routine("{name: A, duration: 1:30}"),
        routine("{name: 2024, say: true}"),
        routine("{name: A, say: Go., duration: 2m, chime: gong.flac, cues: [{at: 0%, chime: sub/ring.wav}]}"),
        routine("{name: A, hold: {press: 5s, times: {short: 2, full: 3}, spoken: all}}"),
        routine("{name: A, say: Go., cues: [], check_in: false, only: short}"),
        routine("{name: A, steps: [{name: B, duration: {short: 1m, full: 2-3 min}}]}"),
        routine(head="safety: {do_not_start: {en: [a, b], de: c}}\nbed: rain.mp3\nsetups: [lying, seated]"),
        routine(head="need: [a towel, {en: oil, pt-BR: óleo}]\ntags: 3"),
        routine("{name: A, say: Go., sides: both, touch: false}"),
        routine(
            "{name: A, sides: both, steps: [{name: B, say: x, touch: true}]}", "receivers: 2\nend: {en: Off., de: Weg.}"
        ),
        routine(head="settle: down\nsafety: {core: [a, b, c, d, e, f, g], always: {en: [a, b], de: c}}"),
        routine(head="settle: {en: down, de: [unten, oben]}"),
        routine(head="settle: [down, {en: up, de: auf}, {say: {en: up, de: auf}, only: [full, seated]}, {say: x}]"),
        routine("{name: {en: A, de: B}, say: [{en: Go., de: Los.}], duration: 1m, sides: {de: [l, r], en: [l, r]}}"),
    ],
)
def test_forms_an_author_may_choose(written: str) -> None:
    """Every form of a field that the reader takes."""
    assert refusals(written) == []


# -- what it refuses ---------------------------------------------------------------------------------


def _told() -> Iterator[Any]:
    """The lines of the page's table of messages."""
    table = FORMAT.partition("<!-- messages -->\n")[2].partition("\n\n")[0]
    for where, line in make_docs._rows(table)[1]:
        yield pytest.param(make_docs.around(where, line.strip("`")), id=f"{where}: {line}")


@pytest.mark.parametrize("written", [*_told()])
def test_it_refuses_what_the_page_says_is_wrong_in_shape(written: str, tmp_path: Path) -> None:
    """Each message about a key, a type or a value has its refusal; the others are the reader's alone."""
    path = tmp_path / "line.yaml"
    path.write_text(written, "utf-8")
    _, faults = examine(path)
    if {fault.rule for fault in faults} & OF_SHAPE:
        assert refusals(written)


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("summary: S\nsteps: [{name: A, say: Go.}]", "$: 'title'"),
        (routine("{name: A, say: Go., speed: slow}"), "speed"),
        (routine("{name: A, duration: 90}"), "$.steps[0].duration"),
        (routine("{name: A, duration: 90s, transition: 0}"), "$.steps[0].transition"),
        (routine("{name: A, duration: 0s}"), "$.steps[0].duration"),
        (routine("{name: A, say: Go., oil: yes}"), "$.steps[0].oil"),
        (routine("{name: A, say: }"), "$.steps[0].say"),
        (routine("{name: A, say: ' '}"), "$.steps[0].say"),
        (routine("{name: A, say: Go., pressure: 9}"), "$.steps[0].pressure"),
        (routine("{name: A}"), "$.steps[0]"),
        (routine("{name: A, say: Go., cues: [{at: 1s, say: x}]}"), "duration"),
        (routine("{name: A, duration: 1m, cues: [{at: 1s, say: x, chime: end}]}"), "$.steps[0].cues[0]"),
        (routine("{name: A, duration: 1m, cues: [{at: 100%, say: x}]}"), "$.steps[0].cues[0].at"),
        (routine("{name: A, duration: 1m, chime: stp}"), "$.steps[0].chime"),
        (routine("{name: A, steps: [{name: B, say: x, sides: [left]}]}"), "$.steps[0].steps[0]"),
        (routine("{name: A, steps: [{name: B, steps: [{name: C, say: x}]}]}"), "steps"),
        (routine("{name: A, hold: {press: 5s}}"), "times"),
        (routine("{name: A, duration: 1m, check_in: true, hold: {press: 5s}}"), "$.steps[0]"),
        (routine(head="audience: myself"), "$.audience"),
        (routine(head="language: english"), "$.language"),
        (routine(head="title_: x"), "title_"),
        (routine(head="need: {towel: x}"), "$.need"),
        (routine(head="setups: [short]"), "$.setups[0]"),
        (routine(head="setups: [a, a]"), "$.setups"),
        (routine(head="safety: {ask_first: [a, b, c, d, e, f]}"), "$.safety.ask_first"),
        (routine(head="safety: {ask_first: {en: [a, b, c, d, e, f]}}"), "$.safety.ask_first.en"),
        (routine(head="format: 2"), "$.format"),
        (routine("{name: A, say: Go., sides: left}"), "$.steps[0].sides"),
        (routine("{name: A, say: Go., touch: no}"), "$.steps[0].touch"),
        (routine("{name: A, touch: false, steps: [{name: B, say: x}]}"), "$.steps[0]"),
        (routine(head="receivers: 3"), "$.receivers"),
        (routine(head="receivers: '2'"), "$.receivers"),
        (routine(head="end: [a, b]"), "$.end"),
        (routine(head="settle: [{say: x, when: full}]"), "$.settle"),
        (routine(head="settle: [{only: full}]"), "$.settle"),
        (routine(head="settle: [[x]]"), "$.settle"),
        (routine(head="safety: {always: [a, b, c]}"), "$.safety.always"),
        (routine(head="safety: {core: {en: [a, b, c, d, e, f, g, h]}}"), "$.safety.core.en"),
        ("title: T\nsummary: S\nsteps: []", "$.steps"),
        ("- a list", "$:"),
    ],
)
def test_it_refuses_and_says_where(written: str, where: str) -> None:
    """The refusal is at the place, or names the key."""
    found = refusals(written)
    assert any(where in each for each in found), found


# -- durations ----------------------------------------------------------------------------------------

UNITS = ["s", "S", "sec", "secs.", "seconds", "m", "min", "Mins", "minutes", "h", "hr", "hours", "x", ""]
_written = st.lists(
    st.tuples(st.sampled_from(["1", "2", "07", "1.5", "2,5"]), st.sampled_from(["", " "]), st.sampled_from(UNITS)),
    min_size=1,
    max_size=3,
).map(lambda parts: " ".join("".join(part) for part in parts))


@given(_written | st.from_regex(r"[0-9]{1,3}:[0-9]{1,2}(:[0-9]{2})?|PT([0-9]H)?([0-9]M)?([0-9]S)?", fullmatch=True))
@example("3m30s")
@example("1h 5 min. 2 sec")
@example("2m 2m")
@example("30s2m")
@example("1:75")
@example("PT")
@example("2 months")
def test_durations_are_those_of_the_reader(written: str) -> None:
    """Whatever is read as one duration is one for the schema, and nothing else; zero and 24 hours apart."""
    try:
        parse_duration(written, zero=True)
    except DurationError as error:
        assert "24 hours" in str(error) or not re.fullmatch(ONE_WRITTEN, written)
    else:
        assert re.fullmatch(ONE_WRITTEN, written)


@pytest.mark.parametrize(
    "written", ["3m..5m", "3-5 min", "3–5 min", "3 to 5 minutes", "90s..2m", "1:30..2:00", "2m", "1-1.5 min"]
)
def test_ranges_are_those_of_the_reader(written: str) -> None:
    """Every form of a range."""
    assert parse_range(written).high > 0
    assert re.fullmatch(RANGE_WRITTEN, written)


@pytest.mark.parametrize("written", ["3..", "..5m", "3-5", "a-b", "3m..5m..7m", "3to5 min"])
def test_what_is_no_range_is_refused(written: str) -> None:
    """As by the reader."""
    with pytest.raises(DurationError):
        parse_range(written)
    assert not re.fullmatch(RANGE_WRITTEN, written)
