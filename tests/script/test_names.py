"""Names: called where a text calls the receiver or the giver, in any script, as they are written; and two turns."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from voiceguide import load, plan
from voiceguide.exports.finished import shown_timeline
from voiceguide.pages import player
from voiceguide.pages.card import bytes_of, card
from voiceguide.routine.model import Routine
from voiceguide.routine.notes import notes_of
from voiceguide.session import render
from voiceguide.sidecars import SIDE_FILES
from voiceguide.timeline.reading import parsed

STEPS = [
    {"name": "Receiver rests", "say": "Receiver: close your eyes. Giver, breathe.", "duration": "2m", "check_in": True},
    {"name": "Sides {side}", "say": "Receiver, the {side} side.", "sides": ["left", "right"], "duration": "1m"},
    {"name": "End", "say": "The receiver's hands. Receivers and a giver stay words.", "duration": "1m"},
]
BASE = {"title": "T", "summary": "S", "settle": "face down", "steps": STEPS}


def routine(**more):
    return Routine.from_dict({**BASE, **more})


def said(made):
    return [clip.text for clip in made.clips if clip.track == "narration"]


def test_names_stand_where_somebody_is_called():
    """In the program's words and the author's, in names of steps too; words that call nobody stay."""
    made = plan(routine(), names="Ben,Ana", voice="tone")
    texts = said(made)
    assert "Ana: close your eyes. Ben, breathe." in texts
    assert "Ana, anywhere not to touch today?" in texts
    assert "Ana: how strong is this, from one to ten?" in texts
    assert any(text.endswith("Ana: take your time, and sit before you stand.") for text in texts)
    assert "The receiver's hands. Receivers and a giver stay words." in texts
    assert made.chapters[1].title == "Ana rests"
    assert made.choices["names"] == ("Ben", "Ana")
    assert "names" not in plan(routine(), voice="tone").choices


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_every_language_calls_by_name(language):
    """Nothing is left of the words in whose place the names stand."""
    texts = said(plan(load("upper-back"), names=("Ben", "Ana"), language=language, voice="tone"))
    assert sum(text.count("Ana") for text in texts) >= 2
    assert not [text for text in texts if any(words in text for words in ("massiert wirst", "que recibes", "recevez"))]


KINDS = [
    "Ana",
    "Anna-Lena",
    "Mary Jane",
    "José Ángel",
    "Zoë O'Brien",
    "Ångström Øystein",
    "Đặng Thị Hương",
    "Łucja",
    "Анна",
    "Ελένη",
    "אנה",
    "آنا ماری",
    "अनन्या",
    "小明",
    "さくら",
    "지민",
    "อนงค์",
    "ሰላም",
    'Ben "Bear" Li',
    "“Bear”",
    "A" * 60,
    "Anna " * 11 + "Maria",
    "<b>Ana</b>",
    "<script>alert(1)</script> Ana",
    "Ana & Co",
    "{side}",
    "{next} {",
    "[pause 3s]",
    "[breath] Ana ]",
    "🦄 Ana",
    "2nd Ana #1",
    "Dr. Ana, M.D.".replace(",", ""),
    "Ana\u202eneB",
    "*Ana* _x_ `y`",
    "\\1 Ana $&",
]


def kept(made):
    """What is said and sounds in a session, but for the words that are left out where there is no room for them."""
    return [clip.role for clip in made.clips if clip.role not in ("next", "recover")]


@cache
def called_ana(*, swap):
    """The same sessions by a name that needs no care."""
    names = ("Ana", "Ben") if swap else ("Ben", "Ana")
    return plan(routine(), names=names, voice="tone", length="8m", swap=swap)


@pytest.mark.parametrize("name", KINDS)
def test_any_name_breaks_nothing(name):
    """It is text: no mark, no placeholder, no markup, in the timeline, in every file beside a sound and on the page."""
    made = plan(routine(), names=("Ben", name), voice="tone", length="8m")
    plain = called_ana(swap=False)
    assert [clip.role for clip in made.clips] == [clip.role for clip in plain.clips]
    assert [(chapter.start, chapter.step) for chapter in made.chapters[:1]] == [(0.0, None)]
    if "<" not in name and len(name) < 60:
        assert sum(name in text for text in said(made)) == sum("Ana" in text for text in said(plain))
    back = parsed(json.dumps(made.to_json(), ensure_ascii=False), "x")
    assert said(back) == said(made)
    for kind in SIDE_FILES:
        kind.write(made, notes_of(routine(), "en"))
    page = io.BytesIO()
    player.write(page, made, Path("s.mp3"), link=True)
    assert b"<script>alert(1)" not in page.getvalue()


@pytest.mark.parametrize("name", KINDS)
def test_any_name_in_two_turns_breaks_nothing(name):
    """Whoever gives first receives then, under the same name: in the chapters, and on the card."""
    made = plan(routine(), names=(name, "Ben"), voice="tone", length="8m", swap=True)
    plain = called_ana(swap=True)
    assert kept(made) == kept(plain)
    told = made.chapters[[chapter.title for chapter in plain.chapters].index("Ana rests")].title
    assert told.endswith(" rests")
    notes = notes_of(routine(), "en")
    listed = next(kind for kind in SIDE_FILES if kind.suffix == ".chapters.json").write(made, notes)
    assert told in [each["title"] for each in json.loads(listed)["chapters"]]
    sheet = card(made, notes)
    shown = "".join(ElementTree.fromstring(bytes_of(sheet, Path("card.svg"))).itertext())  # noqa: S314 (our own output)
    assert told[:8].strip() in shown
    assert b"<script>alert(1)" not in bytes_of(sheet, Path("card.html"))


@pytest.mark.parametrize("name", ["אנה", "Ana [pause 3s]", "{side}", "<i>Ana", "🦄"])
def test_a_name_in_a_file(tmp_path, name):
    """What is made of it is a whole session, which tells the name as it was written."""
    file = tmp_path / "s.wav"
    soon = {"voice": "tone", "opening": False, "closing": False, "gate": "brief", "bed": "none"}
    short = {**BASE, "steps": [{"name": "Receiver", "say": "Receiver: rest.", "duration": "12s"}]}
    render(Routine.from_dict(short), file, names=("Ben", name), **soon)
    assert shown_timeline(file).chapters[1].title == name
