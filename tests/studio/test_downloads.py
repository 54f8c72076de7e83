"""Voices that are downloaded from the page: under the licence that was shown, followed, ended."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from studios_for_tests import Studio, until

from voiceguide import phrases, voices
from voiceguide.errors import Failed, UsageError
from voiceguide.voices import getting

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/api/voices/far:anna/download"
LICENCE = {"licence": "Apache-2.0"}


class Far:
    """Where a voice comes from: it sends as much as it is let."""

    def __init__(self) -> None:
        listed = next(voice for voice in voices.listing() if voice.name)
        self.voice = replace(
            listed,
            id="far:anna",
            engine="far",
            name="anna",
            licence="Apache-2.0",
            ready=False,
            download_mb=2.0,
            fix="get it",
        )
        self.begun = 0
        self.more, self.fault = Event(), False

    def look(self, spec: str) -> voices.Listed:
        """Find it, as `getting.voice` does."""
        if spec != self.voice.id:
            raise UsageError(f'there is no voice "{spec}"', field="voice")
        return self.voice

    def get(self, _spec: str, told: Callable[[int, int], None]) -> voices.Listed:
        """Bring it, as `getting.get` does."""
        self.begun += 1
        told(500_000, 2_000_000)
        while not self.more.wait(0.01):
            told(1_000_000, 2_000_000)
        if self.fault:
            raise Failed("there is no connection")
        self.voice = replace(self.voice, ready=True)
        return self.voice


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Far:
    made = Far()
    monkeypatch.setattr(getting, "voice", made.look)
    monkeypatch.setattr(getting, "get", made.get)
    return made


def events(studio: Studio) -> list[tuple[str, dict[str, Any]]]:
    """All that is told until it ends."""
    text = studio.ask("GET", f"{PATH}/events").text
    told = [part.split("\n", 1) for part in text.split("\n\n") if part.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in told]


def test_a_voice_is_downloaded_once_and_told_of(studio: Studio, far: Far) -> None:
    """Whoever asks again joins; how far it is comes in bytes, and at the end that it is here."""
    before = studio.get(PATH)
    assert (before["state"], before["download_mb"], before["licence"]) == ("missing", 2.0, "Apache-2.0")
    assert studio.post(PATH, LICENCE)["state"] == "getting"
    until(lambda: studio.get(PATH)["so_far"] == 1_000_000)
    assert studio.post(PATH, LICENCE)["in_all"] == 2_000_000
    far.more.set()
    (name, last) = events(studio)[-1]
    assert (name, last["state"]) == ("ready", "ready")
    assert studio.post(PATH, LICENCE)["state"] == studio.get(PATH)["state"] == "ready"
    assert far.begun == 1


def test_it_is_asked_for_under_its_licence(studio: Studio, far: Far) -> None:
    """Who has not read it, or another one, gets nothing."""
    for body in ({}, {"licence": "MIT"}, {"licence": True}):
        assert studio.ask("POST", PATH, json=body).status_code == 400
    assert far.begun == 0


def test_it_can_be_ended_and_begun_again(studio: Studio, far: Far) -> None:
    studio.post(PATH, LICENCE)
    studio.delete(PATH)
    until(lambda: studio.get(PATH)["state"] == "missing")
    assert events(studio)[-1][0] == "missing"
    far.more.set()
    studio.post(PATH, LICENCE)
    until(lambda: studio.get(PATH)["state"] == "ready")
    assert far.begun == 2


def test_what_goes_wrong_is_told_and_can_be_tried_again(studio: Studio, far: Far) -> None:
    """With the message that the command line has."""
    far.fault = True
    far.more.set()
    studio.post(PATH, LICENCE)
    (name, told) = events(studio)[-1]
    assert (name, told["error"]["message"]) == ("failed", "there is no connection")
    far.fault = False
    studio.post(PATH, LICENCE)
    assert events(studio)[-1][0] == "ready"


def test_what_is_no_download_is_refused(studio: Studio, far: Far) -> None:
    """An unknown voice, and one that comes in another way."""
    for method in ("GET", "POST"):
        gone = studio.ask(method, "/api/voices/far:nobody/download?language=de", json=LICENCE)
        expected = phrases.load("de").shown("refused", "voice").format(name="far:nobody")
        assert (gone.status_code, gone.json()["error"]["message"]) == (404, expected)
    far.voice = replace(far.voice, download_mb=None)
    assert studio.ask("POST", PATH, json=LICENCE).status_code == 424


def test_a_studio_that_ends_ends_it(studio: Studio, far: Far) -> None:
    studio.post(PATH, LICENCE)
    studio.house.close(10)
    assert studio.house.downloads.of("far:anna").state == "missing"
    assert not far.voice.ready
