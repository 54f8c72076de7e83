"""Speaking ahead: what is planned is spoken before it is played, and nothing is that somebody has left."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from studios_for_tests import SOON, Studio, until

from voiceguide import voices
from voiceguide.session import streaming
from voiceguide.studio import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lengths of the sessions that are being spoken ahead."""
    lengths: list[str] = []

    def noted(session: Any, *_: Any, over: threading.Event, **__: Any) -> None:
        lengths.append(session.choices.length.typed)
        over.wait(30)
        lengths.remove(session.choices.length.typed)

    monkeypatch.setattr(streaming, "ahead", noted)
    monkeypatch.setattr(ahead, "SETTLED", 0.2)
    yield lengths


def plan(studio: Studio, length: str) -> None:
    studio.post("/api/plan", {"routine": "small", "choices": {**SOON, "length": length}})


def test_the_last_plan_alone_is_spoken(studio: Studio, spoken: list[str]) -> None:
    """Once it stays as it is; another plan ends it."""
    for length in ("2m", "3m"):
        plan(studio, length)
    until(lambda: spoken == ["3m"])
    plan(studio, "150s")
    until(lambda: spoken == ["150s"])
    studio.close()
    assert spoken == []
    assert "ahead" not in {thread.name for thread in threading.enumerate()}


BEGIN = ahead.Warming.begin


def test_the_voice_of_the_pages_language_is_loaded_once(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody looks at the page; whoever plays first is not kept from it."""
    picked, languages = voices.pick, []

    def pick(spec: str | None, *, language: str, pace: int) -> Any:
        languages.append(language)
        return picked("tone", language=language, pace=pace)

    monkeypatch.setattr(voices, "pick", pick)
    monkeypatch.setattr(ahead.Warming, "begin", BEGIN)
    for language in ("de", "fr"):
        studio.get(f"/api/routines?language={language}")
    until(lambda: "warming" not in {thread.name for thread in threading.enumerate()})
    assert "de" in languages
    assert "fr" not in languages
    languages.clear()
    with_busy = ahead.Warming(studio.house.composer, lambda: True)
    with_busy.begin("es")
    with_busy.close()
    assert languages == []


def test_playing_ends_it(studio: Studio, spoken: list[str]) -> None:
    """What somebody hears goes first."""
    plan(studio, "2m")
    until(lambda: spoken == ["2m"])
    studio.play()
    until(lambda: "ahead" not in {thread.name for thread in threading.enumerate()})


def test_what_was_planned_is_in_the_cache(studio: Studio, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Its first words need not be spoken again."""
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(cache))
    monkeypatch.setattr(ahead, "SETTLED", 0.0)
    plan(studio, "2m")
    until(lambda: "ahead" not in {thread.name for thread in threading.enumerate()})
    assert [*(cache / "sentences").iterdir()]
