"""Texts in several wordings: read in every shape an author may write them in, and refused where one text must stand."""

from __future__ import annotations

import re

import pytest

from voiceguide.authoring.translating import translated
from voiceguide.errors import RoutineError
from voiceguide.lint import sheet
from voiceguide.routine.editing.shown import form
from voiceguide.routine.languages import languages, varies
from voiceguide.routine.reading import from_dict, opened

HEAD = "title: {en: T, de: T}\nsummary: {en: S, de: S}\nsteps:\n"
STEP = "  - name: {en: A, de: A}\n    say: {en: Go., de: Los.}\n    duration: 3m\n"


def written(reminders: str) -> str:
    return f"{HEAD}{STEP}    reminders: {reminders}\n"


def read(examined, text):
    routine, faults = examined(text)
    assert [str(fault) for fault in faults if fault.level == "fault"] == []
    return routine


@pytest.mark.parametrize(
    "reminders",
    [
        "[{any: [{en: One., de: Eins.}, {en: Two., de: Zwei.}, {de: Drei.}]}]",
        "[{any: {en: [One., Two.], de: [Eins., Zwei., Drei.]}}]",
        "[{en: {any: [One., Two.]}, de: {any: [Eins., Zwei., Drei.]}}]",
        "{en: [{any: [One., Two.]}], de: [{any: [Eins., Zwei., Drei.]}]}",
        "{any: {en: [One., Two.], de: [Eins., Zwei., Drei.]}}",
        "{any: [{en: One., de: Eins.}, {en: Two., de: Zwei.}, {de: Drei.}]}",
        "{en: {any: [One., Two.]}, de: {any: [Eins., Zwei., Drei.]}}",
        "\n    - any:\n      - {en: One., de: Eins.}\n      - Two.\n      - de: Zwei.\n      - {de: Drei.}",
    ],
)
def test_every_shape_of_wordings(examined, reminders):
    """They stand for a text, alone, in a list, in a mapping of languages and around one, as many as each has."""
    routine = read(examined, written(reminders))
    (text,) = routine.steps[0].reminders
    assert text.wordings("en") == ("One.", "Two.")
    assert text.wordings("de-AT") == ("Eins.", "Zwei.", "Drei.")
    assert text.get("de") == "Eins."
    assert text.wordings("fr") == ()
    assert languages(routine) == ("en", "de")
    assert varies(routine)


def test_other_texts_beside_them(examined):
    """A list has texts of both kinds, as many of them in each language, whatever the wordings."""
    routine = read(examined, written("{en: [{any: [One., Two.]}, Plain.], de: [Eins., {any: [Glatt., Eben.]}]}"))
    assert [(text.wordings("en"), text.wordings("de")) for text in routine.steps[0].reminders] == [
        (("One.", "Two."), ("Eins.",)),
        (("Plain.",), ("Glatt.", "Eben.")),
    ]


def test_cues_have_them_too():
    """In what is said, and in what is said again."""
    cue = {"at": "30s", "say": {"any": ["One.", "Two."]}, "say_again": {"any": ["Three.", "Four."]}}
    step = {"name": "A", "say": "Go.", "duration": "2m", "sides": ["left", "right"], "cues": [cue]}
    (read,) = from_dict({"title": "T", "summary": "S", "steps": [step]}).every_step[0].cues
    assert read.say.wordings("en") == ("One.", "Two.")
    assert read.say_again.wordings("en") == ("Three.", "Four.")


PLACES = ["title", "summary", "position", "end", "closing", "need", "settle"]
IN_STEP = ["name", "say", "say_again", "switch", "warn", "position"]
SAFETY = ["do_not_start", "ask_first", "core", "always", "avoid", "more"]


@pytest.mark.parametrize("place", [*PLACES, *(f"step {key}" for key in IN_STEP), *(f"safety {key}" for key in SAFETY)])
@pytest.mark.parametrize("is_listed", [False, True])
def test_elsewhere_one_text_stands(place, is_listed):
    """What must be the same each time, above all what keeps people safe: one fault, which tells where they may be."""
    *owner, key = place.split()
    several = {"any": ["One.", "Two."]}
    step = {"name": "A", "say": "Go.", "duration": "1m"}
    routine = {"title": "T", "summary": "S", "steps": [step]}
    listed = is_listed and key in ("closing", "need", "settle", "say", "say_again", *SAFETY)
    holder = step if owner == ["step"] else routine.setdefault("safety", {}) if owner == ["safety"] else routine
    holder[key] = [several] if listed else several
    with pytest.raises(RoutineError) as refused:
        from_dict(routine)
    (fault,) = refused.value.faults
    assert fault.rule == "misplaced-any"
    assert "only what a cue says and a reminder" in fault.message


@pytest.mark.parametrize(
    ("reminders", "rule"),
    [
        ("[{any: []}]", "empty-list"),
        ("[{any: One.}]", "wrong-type"),
        ("[{any: [One., '']}]", "empty-text"),
        ("[{any: [One., {any: [Two.]}]}]", "misplaced-any"),
        ("[{any: [One., [Two.]]}]", "wrong-type"),
        ("[{any: [One.], de: Eins.}]", "unknown-key"),
        ("[{any: ['[wait 3s]', One.]}]", "bad-mark"),
        ("[{any: [One., '{side}']}]", "misplaced-placeholder"),
    ],
)
def test_what_no_wordings_are(examined, reminders, rule):
    """Each mistake is told once, by the rule that it breaks, in whichever wording it stands."""
    _, faults = examined(written(reminders))
    assert [fault.rule for fault in faults if fault.level == "fault"] == [rule]


def test_the_form_has_each_of_them():
    """Nothing is kept from it."""
    shown = form(written("[{any: [One., Two.]}]"))
    assert shown.values["steps"][0]["reminders"] == [{"any": ["One.", "Two."]}]
    assert shown.untouchable == ()


def test_each_wording_is_translated(tmp_path):
    """A place for each of them, in a file that can be read once they are filled in."""
    file = tmp_path / "r.yaml"
    text = re.sub(", de: [^}]*", "", f"{HEAD}{STEP}")
    file.write_text(
        f"{text}    reminders:\n      - {{any: [One., Two.]}}\n      - any:\n        - Three.\n        - Four.\n"
    )
    _, _, document = opened(file)
    made, count = translated(document, "de")
    assert count == 8
    file.write_text(made.replace('""', "Wort."))
    routine, faults, _ = opened(file)
    assert [str(fault) for fault in faults] == []
    assert [text.wordings("de") for text in routine.steps[0].reminders] == [("Wort.", "Wort.")] * 2


def test_where_each_stands_for_what_judges_texts(tmp_path):
    """A wording's language is the file's, or the one that it stands under; `any` is none."""
    file = tmp_path / "r.yaml"
    file.write_text(written("[{any: [One., {de: Zwei.}]}, {any: {en: [Three.], de: [Vier.]}}, {de: {any: [Sechs.]}}]"))
    _, _, document = opened(file)
    said = [(text.leaf.text, text.language) for text in sheet.of(document, "en").texts if text.field == "reminders"]
    assert said == [("One.", "en"), ("Zwei.", "de"), ("Three.", "en"), ("Vier.", "de"), ("Sechs.", "de")]
