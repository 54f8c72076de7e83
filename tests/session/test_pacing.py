"""When a session that is still being spoken begins, so that nobody waits for a slow voice afterwards."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

import pytest

from voiceguide import load
from voiceguide.choices import Choices, Levels
from voiceguide.session import pacing
from voiceguide.session.composing import Session
from voiceguide.session.making import Means
from voiceguide.session.narrate import Narrator, Said
from voiceguide.session.pacing import AHEAD, Due, hold, is_in_time
from voiceguide.session.streaming import Unfolding, unfolding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.session.streaming import Known


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(0.0, None), True),  # nobody knows yet
        (Said(3.0, 0.3), True),  # 17 s of speech take 5.1 s, and are due in 6
        (Said(3.0, 0.4), False),
        (Said(12.0, 0.4), True),  # 8 s take 3.2 s
        (Said(20.0, 3.0), False),  # the opening is there, and what is due at 50 s would take 150
        (Said(70.0, 90.0), True),  # all is there
    ],
)
def test_words_are_in_time_by_the_pace_of_those_before(said: Said, expected: bool) -> None:
    """Each moment by itself: what is far away has more time."""
    dues = (Due(6.0 + AHEAD, 20.0), Due(49.0 + AHEAD, 70.0))
    assert is_in_time(dues, said) is expected


def test_it_is_held_until_then_and_no_longer_than_is_bearable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at again while words are spoken; who goes away ends it."""
    looks: list[float] = []

    def said() -> Said:
        looks.append(5.0 * len(looks))
        return Said(looks[-1], 0.5)

    monkeypatch.setattr(pacing, "_LOOKS", 0.001)
    hold([Due(2.5 + AHEAD, 20.0)], said, Event())
    assert looks == [0.0, 5.0, 10.0, 15.0]
    over = Event()
    over.set()
    hold([Due(2.5 + AHEAD, 20.0)], lambda: Said(1.0, 0.5), over)
    monkeypatch.setattr(pacing, "LONGEST", 0.01)
    begun = time.process_time()
    hold([Due(2.5 + AHEAD, 20.0)], lambda: Said(1.0, 0.5), Event())
    assert time.process_time() - begun < 1.0


def test_every_stretch_that_is_not_spoken_is_due_where_it_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all the speech before it, what was spoken before left out; the title, which is there, is not.

    That is where nothing is certain without it: neither words nor the bed under them.
    """
    told: list[tuple[Due, ...]] = []

    def noted(dues: Iterable[Due], _said: object, _over: Event) -> None:
        told.append(tuple(dues))

    monkeypatch.setattr("voiceguide.session.streaming.hold", noted)
    certain: list[float] = []
    grow = Unfolding.grow

    def grown(growing: Unfolding, known: Known) -> None:
        certain.append(growing.certain)
        grow(growing, known)

    monkeypatch.setattr(Unfolding, "grow", grown)
    session = Session(load("desk-break"), Choices(length=300, voice="tone"))
    with unfolding(session, Means(), Levels()) as (growing, _):
        while growing.certain < 300.0:
            growing.wait(growing.until)
    (dues,) = told
    assert [due.at for due in dues] == pytest.approx(certain, abs=0.1)
    assert certain == sorted(certain)
    assert [due.speech for due in dues] == sorted({due.speech for due in dues})
    with unfolding(session, Means(), Levels()):
        assert len(told) == 1  # all was spoken by then: nothing is to be waited for


def test_no_word_is_spoken_out_of_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a short take's level hangs on is spoken with the stretch of the first one: nobody waits for it later."""
    turns: list[bool] = []
    speaking = Narrator._speaking

    def noted(narrator: Narrator, texts: tuple[str, ...]) -> object:
        turns.append(bool(set(texts) - set(narrator._cached(texts))))
        return speaking(narrator, texts)

    monkeypatch.setattr(Narrator, "_speaking", noted)
    session = Session(load("desk-break"), Choices(length=300, voice="tone"))
    with unfolding(session, Means(), Levels()) as (growing, _):
        while growing.certain < 300.0:
            growing.wait(growing.until)
    assert turns.count(True) == 1
