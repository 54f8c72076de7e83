"""The lines to read are all that any reader's session speaks, in order, with numbers that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from own_for_tests import read_by

from voiceguide import load, plan
from voiceguide.authoring.recordings.lines import SOUND_CHECK, lines, missing
from voiceguide.choices import Choices
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate, said_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def voices_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder of voices."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))


def both(**choices: Any) -> tuple[Choices, ...]:
    return tuple(Choices(length=length, **choices) for length in ("short", "full"))


@pytest.mark.parametrize("pace", [120, 160])
def test_what_any_reader_needs_is_among_them(pace: int) -> None:
    """Whoever reads slowly or fast can render both lengths, whatever minutes they come to, on every visit."""
    routine = load("desk-break")
    found = lines(routine, both())
    assert [line.number for line in found] == [*range(1, len(found) + 1)]
    assert len({line.spoken for line in found}) == len(found)
    read_by("anna", [line.spoken for line in found], pace=pace)
    assert missing(found, routine, both(), "own:anna").lines == ()
    assert lines(routine, both(), "own:anna") == found
    for choices in (each for visit in (1, 2, 3) for each in both(voice="own:anna", visit=visit)):
        session = Session(routine, choices)
        assert not session.voice.lacks(said.spoken for said in said_in(by_estimate(session)))  # type: ignore[attr-defined]  # of recordings


def test_they_stand_in_the_order_of_hearing_under_what_they_are_heard_in() -> None:
    """What tells the level is first; each length's own words stand where they are heard."""
    routine = load("desk-break")
    found = lines(routine, both())
    assert found[0].chapter == SOUND_CHECK
    for length in ("short", "full"):
        timeline = plan(routine, voice="tone", length=length)
        heard = dict.fromkeys(
            text for clip in timeline.on("narration") for words in clip.sentences for text in (words.text,)
        )
        read = [line.text for line in found if line.text in heard]
        again = {text for text in heard if read.index(text) < read.index(next(iter(heard)))}
        assert not again
        assert set(read) == set(heard)
    chapters = [line.chapter for line in found]
    titles = [chapter.title for chapter in plan(routine, voice="tone", length="full").chapters]
    assert list(dict.fromkeys(chapters)) == [SOUND_CHECK, *(title for title in titles if title in chapters)]


def test_a_voice_that_has_some_lacks_the_others_by_the_same_numbers() -> None:
    """So that a file's number means the same line however often one imports."""
    routine = load("desk-break")
    found = lines(routine, both())
    read_by("anna", [line.spoken for line in found[::2]])
    assert set(missing(found, routine, both(), "own:anna").lines) <= set(found[1::2])
    assert lines(routine, both(), "own:anna")[: len(found)] == found


def test_what_another_visit_says_is_read_with_what_it_stands_for() -> None:
    """No visit meets a line that was not there to be read; whoever wants one visit alone reads less."""
    routine = load("desk-break")
    read = [line.text for line in lines(routine, both())]
    each = {visit: [line.text for line in lines(routine, both(visit=visit), visits=False)] for visit in (1, 2)}
    assert set(read) == {*each[1], *each[2]}
    assert read.index("Now the palm: slow circles.") + 1 == read.index("Slow circles on the palm.")
    assert "Slow circles on the palm." not in each[1]
    assert set(read) == {line.text for line in lines(routine, both(visit=2))}
