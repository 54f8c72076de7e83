"""What stands to be read beside a session: nothing that may be said of care is missing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from timelines_for_tests import made as timeline

from voiceguide import phrases
from voiceguide.routine import finding, notes
from voiceguide.routine.joining import join
from voiceguide.routine.model import Routine
from voiceguide.routine.notes import Notes, gathered, notes_of, sections

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.timeline import Timeline


def made(name: str = "mine", **keys: Any) -> Routine:
    return Routine.from_dict(
        {"title": name, "summary": "S", "steps": [{"name": name, "say": "Go."}], **keys}, name=name
    )


def session(*heard: tuple[str, str], **more: Any) -> Timeline:
    """A timeline with chimes and words, as (track, role)."""
    clips = [
        {"track": track, "role": role, "start": float(at), "end": at + 0.5}
        | ({"sound": role} if track == "chime" else {"text": "x", "sentences": []})
        for at, (track, role) in enumerate(heard)
    ]
    return timeline(duration=60.0, chapters=[{"title": "A", "start": 0.0, "end": 60.0}], clips=clips, **more)


@pytest.mark.parametrize("language", phrases.languages())
@pytest.mark.parametrize("audience", ["giver", "self"])
def test_empty_lists_have_the_languages_own(audience: Any, language: str) -> None:
    """As the spoken words of care do; all others stay empty."""
    book = phrases.load(language)
    told = notes_of(made(audience=audience), language)
    assert told.not_today == told.do_not_start == book.items("core", audience)
    assert told.ask_first == (book.get("gate_core_ask", audience),)
    assert (told.need, told.avoid, told.more) == ((), (), ())


def test_not_today_is_all_that_may_be_said_of_it() -> None:
    """The list, what a short session says in its place, and what is always said; each once, without marks."""
    safety = {
        "do_not_start": ["a fever [pause 1s]", "a rash"],
        "core": ["A fever.", "a head cold"],
        "always": ["a sudden, tearing pain"],
    }
    told = notes_of(made(safety=safety), "en")
    assert told.not_today == ("a fever", "a rash", "a head cold", "a sudden, tearing pain")
    assert (told.core, told.always) == (("A fever.", "a head cold"), ("a sudden, tearing pain",))


def test_not_today_says_in_long_words_alone_what_a_short_session_says_in_few() -> None:
    """Of what is one thing in two wordings the long one stands there; what half of is new stays."""
    safety = {
        "do_not_start": ["a skin infection", "one hot or swollen leg", "starke Kopf- oder Nackenschmerzen"],
        "core": ["infection", "a swollen leg", "neue starke Schmerzen", "sudden severe headache", "flu"],
    }
    told = notes_of(made(safety=safety), "en")
    assert told.not_today == (*safety["do_not_start"], "sudden severe headache", "flu")


def test_of_joined_routines_each_has_its_own_list() -> None:
    """One without a list has the language's, whatever the other says."""
    one, two = made("one", safety={"do_not_start": ["a fever"]}), made("two")
    assert notes_of(join([one, two]), "en").do_not_start == ("a fever", *phrases.load("en").items("core", "giver"))


def test_newcomers_are_led_to_the_session_made_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its title, if there is one for them in their language that can be read; it does not name itself."""
    whole = "title: {en: First time, de: Erstes Mal}\nsummary: S\nsteps: [{name: A, say: Go.}]\n"
    file = tmp_path / "first-time.yaml"
    monkeypatch.setattr(finding, "routines_folder", lambda: tmp_path)
    assert notes_of(made(), "en").first_time == ""
    file.write_text(whole, "utf-8")
    assert notes_of(made(), "en").first_time == "First time"
    assert notes_of(made(), "de").first_time == "Erstes Mal"
    assert notes_of(made(), "fr").first_time == ""
    assert notes_of(made(audience="self"), "en").first_time == ""
    assert notes_of(made("first-time"), "en").first_time == ""
    assert notes_of(join([made(), made("first-time")]), "en").first_time == ""
    file.write_text("title: x\n", "utf-8")
    assert notes_of(made(), "en").first_time == ""
    assert set(notes.FIRST_TIME) == {"giver", "self"}


def test_all_of_it_in_a_calm_order() -> None:
    """What to have and to set, whom it is not for, how to work, what the sounds mean, what else there is."""
    told = Notes("", ("a towel",), ("a fever",), ("pregnancy",), ("the spine",), ("nuts",), first_time="First time")
    found = sections(told, session(("chime", "step"), ("narration", "oil")))
    order = "first_time need volume do_not_start ask_first avoid numbers words sounds lost faint oil more"
    assert " ".join(section.key for section in found) == order
    assert found[0].items == ("New to this? Hear “First time” once, about four minutes.",)
    lines = {"first_time", "volume", "numbers", "words", "lost", "faint", "oil"}
    assert {section.key for section in found if not section.heading} == lines


def test_what_does_not_concern_a_session_is_left_out() -> None:
    """Sounds that it does not play, oil that it does not use, lists without items; of one's own sounds nobody knows."""
    told = {section.key: section for section in sections(Notes(), session())}
    assert set(told) == {"volume", "numbers", "words", "lost", "faint"}
    heard = sections(Notes(), session(("chime", "end"), ("chime", "bell.wav"), ("chime", "step"), ("chime", "step")))
    (sounds,) = (section for section in heard if section.key == "sounds")
    assert sounds.sounds == ("step", "end")
    assert sounds.items == ("A bowl begins each step.", "Three bowls close the session.")


def test_one_alone_has_other_words() -> None:
    (words,) = (section for section in sections(Notes(), session(audience="self")) if section.key == "words")
    assert words.items == (phrases.load("en").shown("card", "words_self"),)


def test_lines_are_gathered_at_the_head_of_the_last_list() -> None:
    """Where only lists can stand."""
    found = sections(Notes(need=("a towel",), more=("nuts",)), session())
    (need, more) = gathered(found, "Good to know", but=("words", "faint", "lost"))
    assert need.key == "need"
    assert (more.key, more.heading, more.items[-1], len(more.items)) == ("more", "Good to know", "nuts", 3)
    (more,) = gathered(sections(Notes(), session()), "Good to know")
    assert (more.heading, len(more.items)) == ("Good to know", 5)
