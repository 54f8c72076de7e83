"""Texts become utterances: every pause and breath of the contract has its seconds."""

from __future__ import annotations

import pytest
from planned import spoken

from voiceguide.text.marks import MarkError
from voiceguide.text.placeholders import PlaceholderError
from voiceguide.text.utter import utter
from voiceguide.text.utterance import Breath, Piece, Silence

ANATOMY = [
    # items, what they become: sentences as words, gaps and silences as seconds, breaths as B
    (["Go."], [["Go."]]),
    (["Go. On."], [["Go.", 0.6, "On."]]),
    (["Go.", "On."], [["Go.", 1.0, "On."]]),
    (["Go. On.", "Now."], [["Go.", 0.6, "On.", 1.0, "Now."]]),
    # A pause replaces the gap, between sentences, inside one, and at an item's edge.
    (["Go. [pause 3s] On."], [["Go.", 3.0, "On."]]),
    (["Go [pause 3s] on."], [["Go", 3.0, "on."]]),
    (["Go.[pause 0.2s]On."], [["Go.", 0.2, "On."]]),
    (["Go. [pause 3s]", "On."], [["Go.", 3.0, "On."]]),
    (["Go.", "[pause 3s] On."], [["Go.", 3.0, "On."]]),
    (["Go.", "[pause 3s]", "On."], [["Go.", 3.0, "On."]]),
    # Two pauses are one.
    (["Go. [pause 1s] [pause 2s] On."], [["Go.", 3.0, "On."]]),
    (["Go. [pause 1s]", "[pause 2s] On."], [["Go.", 3.0, "On."]]),
    # At a text's end a mark belongs to its length; at its start too.
    (["Go. [pause 3s]"], [["Go."], 3.0]),
    (["[pause 3s] Go."], [3.0, ["Go."]]),
    (["[pause 3s]"], [3.0]),
    # A breath starts 0.6 s after words, at once without any; words go on 0.6 s after it.
    (["Go. [breath] On."], [["Go."], 0.6, "B", 0.6, ["On."]]),
    (["[breath] Go."], ["B", 0.6, ["Go."]]),
    (["Go. [breath]"], [["Go."], 0.6, "B"]),
    (["[breath]"], ["B"]),
    (["[breath] [breath]"], ["B", 0.6, "B"]),
    # At an item's edge a breath replaces the 1.0 s.
    (["Go. [breath]", "On."], [["Go."], 0.6, "B", 0.6, ["On."]]),
    (["Go.", "[breath] On."], [["Go."], 0.6, "B", 0.6, ["On."]]),
    (["Go.", "[breath]", "On."], [["Go."], 0.6, "B", 0.6, ["On."]]),
    # A pause beside a breath replaces its 0.6 s.
    (["Go. [pause 3s] [breath] On."], [["Go."], 3.0, "B", 0.6, ["On."]]),
    (["Go. [breath] [pause 3s] On."], [["Go."], 0.6, "B", 3.0, ["On."]]),
    (["Go. [breath] [pause 3s]"], [["Go."], 0.6, "B", 3.0]),
    (["[pause 3s] [breath]"], [3.0, "B"]),
    # Pasted HTML is no text: where a paragraph ends, a sentence does.
    (["<p>Go</p><p><b>On</b> &amp; up.</p>"], [["Go.", 0.6, "On & up."]]),
    # Marks are never spoken, nor is a sign without words.
    (["Go. — [pause 3s] On."], [["Go. —", 3.0, "On."]]),
    (["…"], []),
    ([], []),
]


@pytest.mark.parametrize(("items", "anatomy"), ANATOMY)
def test_an_utterance_has_its_anatomy(items, anatomy):
    """0.6 s between sentences, 1.0 s between items, marks in their place."""
    assert [_shown(part) for part in utter("say", items, {}, "en").parts] == [_plain(part) for part in anatomy]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Go on. Now.", 2 + 0.6 + 1),
        ("Go on. [pause 3s] Now.", 2 + 3 + 1),
        ("Go on. [breath] Now.", 2 + 0.6 + 10 + 0.6 + 1),
        ("Go on. [pause 3s]", 2 + 3),
        ("[breath]", 10),
        ("", 0),
    ],
)
def test_its_length_is_the_sum_of_its_parts(text, seconds):
    """A breath lasts 10 s."""
    assert utter("say", [text], {}, "en").length(spoken) == seconds


def test_placeholders_are_filled_and_numbers_spoken_as_a_person_says_them():
    """The text stays as it was written, marks removed."""
    (piece,) = utter("say", ["Hold the {side} for 3–5 min. [pause 2s]"], {"side": "left"}, "en").pieces()
    assert [s.text for s in piece.sentences] == ["Hold the left for 3–5 min."]
    assert piece.sentences[0].spoken == "Hold the left for 3 to 5 minutes."
    assert piece.text == "Hold the left for 3–5 min."


def test_a_value_is_never_read_as_a_mark_or_a_placeholder():
    """Not even a title in brackets."""
    (piece,) = utter("say", ["This is {title}."], {"title": "[pause 3s] {side}"}, "en").pieces()
    assert piece.text == "This is [pause 3s] {side}."


def test_without_values_braces_are_text():
    """As `say TEXT` takes them."""
    assert utter("say", ["Say {side}."], None, "en").pieces()[0].text == "Say {side}."


@pytest.mark.parametrize(("text", "error"), [("[sigh] Go.", MarkError), ("The {next}.", PlaceholderError)])
def test_what_is_no_mark_and_what_has_no_value_is_refused(text, error):
    """Both name it."""
    with pytest.raises(error, match=r"sigh|next"):
        utter("say", [text], {"side": "left"}, "en")


def test_equal_words_and_pauses_have_equal_keys():
    """So that a take is spoken once; a pause more is another piece."""
    first, same, other, paused = (
        utter("say", [text], {}, "en").pieces()[0] for text in ("Go. On.", "Go.  On.", "Go. In.", "Go. [pause 1s] On.")
    )
    assert first.key == same.key
    assert len({first.key, other.key, paused.key}) == 3


def _shown(part):
    if isinstance(part, Piece):
        told = [s.text for s in part.sentences]
        return ("said", told, list(part.gaps))
    return "B" if isinstance(part, Breath) else part.seconds if isinstance(part, Silence) else part


def _plain(part):
    return ("said", part[::2], part[1::2]) if isinstance(part, list) else part
