"""Words are said in the session's language, with every placeholder filled from where the text stands."""

from __future__ import annotations

import pytest
from planned import plan, told

from voiceguide import phrases
from voiceguide.choices import Choices
from voiceguide.errors import RoutineError
from voiceguide.routine.joining import join
from voiceguide.routine.model import Routine
from voiceguide.script import write

EVERYWHERE = """
  - name: Both {side} hands
    sides: [left, right]
    duration: {short: 2m, full: 3m}
    say: "Say {side}, {minutes}, {next}, {title}."
    say_again: "Again {side}, {minutes}, {next}, {title}."
    switch: "Switch {side}, {minutes}, {next}, {title}."
    warn: "Warn {side}, {minutes}, {next}, {title}."
    position: "on the {side} for {minutes} of {title}"
    cues: [{at: 100s, say: "Cue {side}, {minutes}, {next}, {title}."}]
    reminders: ["Soft {side}, {minutes}, {next}, {title}."]
  - name: G
    sides: [left, right]
    switch: "Group {side}."
    steps:
      - {name: "A {side}", say: "Now {side}, {next}.", duration: 90s, warn: "Mind {side}."}
      - name: B
        say: "Then {next}."
        hold: {times: 1, press: 9s, release: 9s, say_press: "Press {side}", say_release: "Off {side}"}
  - {name: Z, say: "For {minutes}.", duration: 30s}"""


def said(role):
    made = plan(EVERYWHERE, "position: standing")
    return [clip.text for clip in made.clips if clip.role == role and clip.text]


@pytest.mark.parametrize(
    ("role", "texts"),
    [
        ("turn", [told("turn", position="on the left for 2 minutes of T")]),
        ("warn", ["Warn left, 2 minutes, A left, T.", "Mind left.", "Mind right."]),
        (
            "instruction",
            [
                "Say left, 2 minutes, A left, T.",
                "Again right, 2 minutes, A left, T.",
                "Now left, B.",
                "Then A right.",
                "A right",
                "B",
                "For half a minute.",
            ],
        ),
        ("switch", ["Switch right, 2 minutes, A left, T.", "Group right."]),
        ("cue", ["Cue left, 2 minutes, A left, T.", "Cue right, 2 minutes, A left, T."]),
        ("press", ["Press left", "Press right"]),
        ("release", ["Off left", "Off right"]),
        ("next", [told("next", next="A left"), told("next", next="B")]),
    ],
)
def test_placeholders_are_filled_everywhere(role, texts):
    """Side, next and title; minutes are the slot's."""
    assert said(role) == texts


def test_minutes_are_the_sessions_in_opening_and_closing():
    """To the nearest half minute, with their unit."""
    top = "position: standing\nclosing: ['After {minutes} of {title}.']\nsettle: '{minutes} of time'"
    made = plan(EVERYWHERE, top, length="20m", opening=True, closing=True)
    texts = [clip.text for clip in made.clips if clip.text]
    assert "After 20 minutes of T." in texts
    assert told("settle", settle="20 minutes of time") in texts


def test_minutes_of_a_slot_follow_a_chosen_total():
    """The slot as it is laid out."""
    made = plan("  - {name: A, say: 'For {minutes}.', duration: 2m..9m}", length="6m")
    assert 240 < made.seconds() < 345
    assert made.in_slot()[0][3] == f"For {phrases.load('en').minutes(made.seconds())}."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["linke", "rechte"]),
        ("es", ["izquierdo", "derecho"]),
        ("fr", ["gauche", "droit"]),
        ("de-AT", ["linke", "rechte"]),
    ],
)
def test_left_and_right_are_translated(language, words):
    """By every language's phrases; `de-AT` falls back to `de`."""
    texts = f"{{en: Go., {language.partition('-')[0]}: Los.}}"
    head = f"title: {texts}\nsummary: {texts}"
    made = plan(f"  - {{name: {texts}, say: {texts}, sides: [left, right]}}", head=head, language=language)
    assert [slot.side for slot in made.steps()[0].slots] == words
    assert made.in_slot()[0][3] == "Los."


def test_sides_may_be_texts_of_their_own():
    """Another inflection, another pair, marks never spoken."""
    own = "sides: {de: [linker, rechter], en: [left, right]}"
    texts = "name: {en: A, de: B}, say: {en: 'The {side} hand.', de: 'Ein {side} Arm.'}"
    head = "title: {en: T, de: U}\nsummary: {en: S, de: Z}"
    german = plan(f"  - {{{texts}, {own}}}", head=head, language="de")
    assert german.in_slot()[0][3] == "Ein linker Arm."
    assert plan(f"  - {{{texts}, {own}}}", head=head).in_slot()[0][3] == "The left hand."
    pair = plan("  - {name: A, say: '{side}.', sides: [one, 'other [pause 2s]']}")
    assert [slot.side for slot in pair.steps()[0].slots] == ["one", "other"]


def test_a_missing_translation_names_every_place_at_once():
    """Spoken or shown, in one message that says how the places are filled."""
    with pytest.raises(RoutineError) as caught:
        plan("  - {name: {en: A, de: B}, say: Go.}\n  - {name: B, say: {en: C, de: D}}", language="de")
    (fault,) = caught.value.faults
    assert (fault.rule, fault.place.path) == ("untranslated", "title")
    assert "4 of its 6 texts are missing in de, at line" in fault.message
    assert all(f"({path})" in fault.message for path in ("title", "summary", "steps[0].say", "steps[1].name"))
    assert "`voiceguide translate` writes a place for each" in fault.message


def test_words_are_pronounced_as_the_routine_says():
    """In the author's texts and in the program's, whatever the word's capitals; a take's text is what was written."""
    script = written({"title": "Tui na", "say": "Tui na.", "as": "tway"})
    spoken = [sentence.spoken for utterance in script.utterances() for sentence in utterance.sentences()]
    assert "[Tui na](//tway/)." in spoken
    assert sum("[Tui na](//tway/)" in sentence for sentence in spoken) == 2  # and in the title
    assert "Tui na." in [sentence.text for utterance in script.utterances() for sentence in utterance.sentences()]


def test_each_joined_routine_pronounces_its_own_steps():
    """What is said of all is pronounced as the first one says that tells of a word."""
    first, second = (
        {"title": "Tui na one", "say": "Tui na first.", "as": "tway"},
        {"title": "Tui na two", "say": "Tui na second.", "as": "twee"},
    )
    script = written(first, second)
    said = {s.text: s.spoken for utterance in script.utterances() for s in utterance.sentences()}
    assert said["Tui na first."] == "[Tui na](//tway/) first."
    assert said["Tui na second."] == "[Tui na](//twee/) second."
    (title,) = (spoken for text, spoken in said.items() if text.startswith("Tui na one, then"))
    assert title.count("(//tway/)") == 2


def written(*given):
    """The script of a routine, or of several that are joined, of a title, a text and how "Tui na" is pronounced."""
    parts = [
        Routine.from_dict(
            {
                "title": one["title"],
                "summary": "S.",
                "pronounce": {"en": {"tui na": {"as": one["as"]}}},
                "steps": [{"name": one["say"], "say": one["say"], "duration": "1m"}],
            },
            name=f"part{number}",
        )
        for number, one in enumerate(given)
    ]
    return write(join(parts), Choices.of({}), "short")
