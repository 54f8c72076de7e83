"""What a session's voice cannot say is refused before anything is spoken, with every place."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import voiceguide
from voiceguide.choices import Choices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.routine.joining import join
from voiceguide.routine.model import Routine
from voiceguide.session import speakable
from voiceguide.session.composing import Session

if TYPE_CHECKING:
    from pathlib import Path


def made(name: str = "rub", **fields: Any) -> Routine:
    """A routine for tests."""
    step = {"name": "Knead", "say": "Glide.", "duration": "30s", **fields.pop("step", {})}
    return Routine.from_dict({"title": name.title(), "summary": f"{name}.", "steps": [step], **fields}, name=name)


def refused(routine: Routine, **choices: Any) -> list[tuple[str, str]]:
    """What a session of a routine is refused for: rules and paths."""
    session = Session(routine, Choices.of({"voice": "hibari", **choices}))
    try:
        speakable.check(session)
    except RoutineError as error:
        return [(fault.rule, fault.place.path) for fault in error.faults]
    return []


EVERYWHERE = {
    "title": "Ασκηση",
    "reminders": ["ゆっくり。"],
    "end": "Закончить.",
    "closing": ["سلام"],
    "settle": "ลง",
    "safety": {"do_not_start": ["חום"], "avoid": ["척추"], "more": ["油"]},
    "need": ["油"],
    "position": "趴",
    "step": {
        "name": "हाथ",
        "say": ["Glide.", "שלום glide."],
        "cues": [{"at": "50%", "say": "α"}],
        "warn": "ß, é and ł are fine",
        "sides": ["left", "दायां"],
    },
}


def test_every_text_that_may_be_said_is_looked_at() -> None:
    """All at once, each in its place; what is only shown may be in any letters, and Latin letters have any accent."""
    paths = ["title", "safety.do_not_start[0]", "safety.avoid[0]", "settle", "reminders[0]", "end", "closing[0]"]
    step = [f"steps[0].{path}" for path in ("name", "sides[1]", "say[1]", "cues[0].say")]
    assert sorted(refused(made(**EVERYWHERE))) == sorted(("unsayable-letters", path) for path in (*paths, *step))


def test_a_voice_of_any_language_says_anything() -> None:
    """Nothing is refused where nobody can tell; and nothing by a language that the text is not in."""
    assert refused(made(**EVERYWHERE), voice="tone") == []
    both = {"en": "Glide.", "ru": "Закончить."}
    assert refused(made(title=both, summary=both, step={"name": both, "say": both})) == []


def test_a_word_whose_sound_is_told_can_be_said() -> None:
    """By a respelling or by sounds, for whole words alone."""
    told = {"en": {"שלום": {"as": "shalom"}, "привет": {"ipa": "pɹɪˈvjɛt"}}}
    assert refused(made(pronounce=told, step={"say": "שלום, Привет!"})) == []
    assert refused(made(pronounce=told, step={"say": "שלומות."})) == [("unsayable-letters", "steps[0].say")]


def test_a_joined_routine_is_looked_at_by_its_parts() -> None:
    """Each with its own pronunciations; the second begins with a turn to its position."""
    told = made(pronounce={"en": {"שלום": {"as": "shalom"}}}, step={"say": "שלום."}, position="趴")
    other = made("calf", step={"say": "Шаг."}, position="趴")
    both = [("unsayable-letters", "position"), ("unsayable-letters", "steps[0].say")]
    assert sorted(refused(join([told, other]))) == both
    assert ("unsayable-letters", "steps[0].say") in refused(join([other, told]))


def test_sounds_that_the_voice_has_not_are_refused() -> None:
    """In the session's language, with a way out; a voice of letters takes its respelling."""
    word = {"rue": {"ipa": "ʁy", "as": "roo"}}
    routine = made(pronounce={"en": word})
    assert refused(routine) == [("unknown-sound", "pronounce.en.rue")]
    assert refused(routine, voice="tone") == []
    assert refused(made(pronounce={"fr": word})) == []
    over = {"en": word, "en-GB": {"Rue": {"ipa": "ruː"}}}
    assert refused(made(pronounce=over)) == [("unknown-sound", "pronounce.en.rue")]


def test_nothing_is_spoken_or_written(tmp_path: Path) -> None:
    """A render, a preview and a text are refused with their places; a plan speaks nothing, and is made."""
    routine, out = made(step={"say": "שלום."}), tmp_path / "out.wav"
    for speak in (voiceguide.render, voiceguide.preview):
        with pytest.raises(RoutineError, match=r"the voice hibari:heart cannot say \"שלום\" \(Hebrew\)"):
            speak(routine, out, voice="hibari")
    with pytest.raises(UsageError, match=r'cannot say "日本" \(Chinese\), "λ" \(Greek\)'):
        voiceguide.say("A 日本 λ.", out, voice="hibari")
    assert not out.exists()
    assert voiceguide.plan(routine, voice="hibari").duration > 30
