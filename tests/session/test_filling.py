"""A session of recordings: what it lacks is told at once, or said by another voice at the same level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from own_for_tests import read_by

from voiceguide import load, plan, preview, render, say
from voiceguide.choices import Choices
from voiceguide.errors import MissingError, UsageError
from voiceguide.session import filling
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate, said_in
from voiceguide.sound import RECORDED_LUFS
from voiceguide.sound.loudness import energies, integrated
from voiceguide.sound.takes import SHORTEST_LEVELLED

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {
    "title": "Hands",
    "summary": "A minute.",
    "audience": "self",
    "steps": [
        {"name": "Rest", "say": "Rest the hands on the legs. Breathe out.", "duration": "20s"},
        {"name": "Rub", "say": "Now rub them together, slowly at first.", "duration": "20s..40s"},
    ],
}
QUICK: dict[str, Any] = {"opening": False, "closing": False, "safety": False, "bed": "none"}


@pytest.fixture(autouse=True)
def voices_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder of voices."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))


def lines(**choices: Any) -> list[str]:
    """Everything that the small session says, and what tells its level."""
    session = Session(load(SMALL), Choices(voice="tone", **QUICK | choices))
    said = [sentence.spoken for sentence in said_in(by_estimate(session))]
    return list(dict.fromkeys((filling.calibration("en"), *said)))


def test_a_session_of_recordings_is_what_was_read(tmp_path: Path) -> None:
    """By the plan too, which is exact before anything is decoded; the pace is told to change nothing."""
    read_by("anna", lines(), pace=100)
    warned: list[str] = []
    planned = plan(load(SMALL), voice="own:anna", pace=180, warn=warned.append, **QUICK)
    made = render(load(SMALL), tmp_path / "s.wav", voice="own:anna", **QUICK)
    assert made.voice == "own:anna"
    assert [(clip.start, clip.end) for clip in planned.clips] == [(clip.start, clip.end) for clip in made.clips]
    assert warned == ['pace: the voice "own:anna" keeps the pace of its recordings']


def test_all_that_is_lacking_is_told_before_anything_is_made(tmp_path: Path) -> None:
    """One error lists every line, and what tells the level with them; a preview asks for no more than it needs."""
    wanted = lines()
    read_by("anna", wanted[2:3])
    with pytest.raises(MissingError) as told:
        render(load(SMALL), tmp_path / "s.wav", voice="own:anna", **QUICK)
    assert f"no recording of {len(wanted) - 1} lines:" in str(told.value)
    assert [text for text in wanted if f'  "{text}"\n' in str(told.value)] == [*wanted[:2], *wanted[3:]]
    assert "fill has another voice say it" in str(told.value)
    with pytest.raises(MissingError) as one:
        say(f"{wanted[2]} Never read.", tmp_path / "t.wav", voice="own:anna")
    assert 'no recording of 1 line:\n  "Never read."\n' in str(one.value)
    assert not [*tmp_path.glob("*.wav")]
    read_by("anna", [text for text in lines(without=("Rub",)) if text not in wanted[2:3]])
    preview(load(SMALL), tmp_path / "p.wav", step="Rest", voice="own:anna", **QUICK)


def test_another_voice_fills_what_is_lacking(tmp_path: Path) -> None:
    """The timeline's voice stays, the lines are counted, and nothing is filled where nothing lacks."""
    wanted = lines()
    read_by("anna", wanted[:2], pace=100)
    warned: list[str] = []
    made = render(load(SMALL), tmp_path / "s.wav", voice="own:anna", fill="tone", warn=warned.append, **QUICK)
    assert made.voice == "own:anna"
    (told,) = warned
    assert told.endswith('spoken by tone:steady: the voice "own:anna" has no recording of them')
    assert told.startswith(f"{len(wanted) - 2} lines of {len(wanted) - 1} ")
    read_by("anna", wanted[2:])
    warned.clear()
    preview(load(SMALL), tmp_path / "p.wav", voice="own:anna", fill="tone", warn=warned.append, **QUICK)
    assert not warned


def test_both_voices_stand_at_one_level() -> None:
    """A sentence of the filling voice at that of recorded lines; a short one by the gain of a longer one."""
    read_by("anna", ["Rest."])
    voice = filling.chosen(Choices(voice="own:anna", fill="tone"), "en")
    long, short = "Now let both of the hands rest here for a while.", "Now."
    for text in (long, short):
        audio = voice.say(text)
        assert (len(audio.samples) / audio.sample_rate < SHORTEST_LEVELLED) is (text == short)
        loudness = integrated(energies(np.tile(audio.samples, (9, 1)), audio.sample_rate))
        assert loudness == pytest.approx(RECORDED_LUFS, abs=0.6)
    assert filling.chosen(Choices(voice="tone", fill="own:anna"), "en").id == "tone:steady"
    with pytest.raises(UsageError, match='fill: there is no engine "nobody"') as fault:
        filling.chosen(Choices(voice="own:anna", fill="nobody"), "en")
    assert fault.value.field == "fill"
