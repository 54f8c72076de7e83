"""Which voice is best, what could be downloaded for a session, and what is told of one that a robot speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import engines_for_tests as engines
import pytest
from engines_for_tests import Choir, Robot

from voiceguide import voices
from voiceguide.errors import MissingError, UsageError
from voiceguide.voices import VoiceInfo, getting

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def choir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Natural voices that can be downloaded, and a robot."""
    engines.register_alone(monkeypatch, Choir, Robot)
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path / "hibari"))


def picked(spec: str | None, language: str) -> str:
    """The id of who is picked."""
    return voices.pick(spec, language=language, pace=120).id


@pytest.mark.parametrize(
    ("here", "spec", "language", "expected"),
    [
        ((), None, "de", "robot:hans"),
        (("berta",), None, "de", "choir:berta"),
        (("bruno", "berta"), None, "de-AT", "choir:berta"),
        (("berta",), "male", "de", "robot:hans"),
        (("bruno",), "male", "de", "choir:bruno"),
        (("tom",), None, "en", "hibari:heart"),
        ((), "female", "en", "hibari:heart"),
        (("tom",), "male", "en-GB", "choir:tom"),
    ],
)
def test_the_best_voice_is_a_natural_one_that_is_here(
    here: tuple[str, ...], spec: str | None, language: str, expected: str
) -> None:
    """Else a robotic one, of the kind that was asked for; English has its own."""
    Choir.here.update(here)
    assert picked(spec, language) == expected


@pytest.mark.parametrize(
    ("spec", "language", "error", "words"),
    [
        ("female", "es", MissingError, 'No female voice for "es" is ready here. What could speak it: choir: Get it'),
        ("male", "fr", UsageError, 'voice: no male voice speaks "fr"'),
        ("choir:eva", "es", MissingError, 'The voice "choir:eva" is not ready. Get it: voiceguide voices get'),
        ("choir", "es", MissingError, 'The voice "choir:eva" is not ready.'),
        ("femal", "es", UsageError, 'Did you mean "female"?'),
        ("choir:", "es", UsageError, "or female or male"),
    ],
)
def test_who_is_not_here_is_told_with_what_brings_it(
    spec: str, language: str, error: type[Exception], words: str
) -> None:
    """And who is nowhere, as that."""
    with pytest.raises(error) as raised:
        picked(spec, language)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("here", "spec", "language", "expected"),
    [
        ((), None, "de", ("choir:berta", False)),
        ((), "male", "de-CH", ("choir:bruno", False)),
        ((), "choir:bruno", "de", ("choir:bruno", True)),
        ((), "choir", "es", ("choir:eva", True)),
        (("bruno",), None, "de", None),
        (("bruno",), "female", "de", ("choir:berta", True)),
        (("bruno",), "choir", "de", None),
        ((), None, "en", None),
        ((), "male", "en", ("hibari:fenrir", True)),
        ((), "female", "es", ("choir:eva", True)),
        ((), "robot", "de", None),
        ((), None, "fr", None),
        ((), "choir:nobody", "de", None),
    ],
)
def test_what_is_offered(
    here: tuple[str, ...], spec: str | None, language: str, expected: tuple[str, bool] | None
) -> None:
    """The voice that was named, or the best natural one where none is here; whether it cannot be done without."""
    Choir.here.update(here)
    offer = getting.offer(spec, language)
    assert (offer and (offer.voice.id, offer.needed)) == expected
    assert offer is None or offer.mb == (8 if offer.voice.engine == "hibari" else 63)


@pytest.mark.parametrize(
    ("here", "spec", "language", "expected"),
    [
        (
            (),
            None,
            "de",
            "L is spoken by robot:hans here, which sounds like a robot. A natural voice, choir:berta (a woman), is a "
            "download of 63 MB: voiceguide voices get choir:berta",
        ),
        (
            (),
            "male",
            "es",
            "L is spoken by robot:juan here, which sounds like a robot. No natural man's voice for L is known to "
            "voiceguide.",
        ),
        (("berta",), None, "de", None),
        ((), "robot", "de", None),
        ((), "robot:hans", "de", None),
        ((), None, "en", None),
        ((), "female", "es", None),  # picking it is refused
    ],
)
def test_a_robot_is_told_of_unless_it_was_named(
    here: tuple[str, ...], spec: str | None, language: str, expected: str | None
) -> None:
    """With the natural voice that could speak, and the command that brings it; or that none is known."""
    Choir.here.update(here)
    assert getting.note(spec, language, "L") == expected


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("probe", "Run: pip install choir", "natural voice, choir:berta (a woman), is a download of 63 MB"),
        ("voices", [VoiceInfo("ute", ("de",), "MIT", "Ask Ute.", natural=True)], "choir:ute, is not ready: Ask Ute."),
        ("voices", [], "The voice engine choir does not work here: It has no voices here. No natural voice"),
    ],
)
def test_an_engine_that_lacks_something_is_never_passed_over(
    method: str, given: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with what it lacks."""
    monkeypatch.setattr(Choir, method, lambda _self: given)
    assert words in str(getting.note(None, "de", "German"))


def test_getting_a_voice() -> None:
    """It is here then, and its download was told of; once more does nothing, and removing tells the paths."""
    told: list[tuple[int, int]] = []
    assert getting.get("choir:eva", lambda *bytes_: told.append(bytes_)).ready
    assert told[-1] == (63_000_000, 63_000_000)
    told.clear()
    assert getting.get("choir:eva", lambda *bytes_: told.append(bytes_)).ready
    assert not told
    assert getting.remove("choir:eva") == (("voices/eva.bin",), ("choir:eva",))
    assert getting.remove("choir:eva") == ((), ())
    assert not getting.voice("choir:eva").ready


@pytest.mark.parametrize(
    ("voice", "error", "words"),
    [
        ("choir:evy", UsageError, 'Did you mean "eva"?'),
        ("chor:eva", UsageError, 'Did you mean "choir"?'),
        ("choir", UsageError, "it has choir:berta, choir:bruno"),
        ("choir:tom", MissingError, "there is no connection"),
    ],
)
def test_what_cannot_be_got(voice: str, error: type[Exception], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown names get near ones, and what cannot be downloaded is missing still."""
    monkeypatch.setattr(Choir, "reachable", False)
    with pytest.raises(error) as raised:
        getting.get(voice)
    assert words in str(raised.value)
    assert not Choir.here


def test_what_is_got_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that downloads and still has not got it is told."""
    monkeypatch.setattr(Choir, "get", lambda *_: None)
    with pytest.raises(MissingError, match="was downloaded, and is still not ready"):
        getting.get("choir:eva")


def test_what_is_not_downloaded_is_not_removed() -> None:
    """A voice that is just there."""
    with pytest.raises(UsageError, match='"robot:hans" is no voice that is downloaded'):
        getting.remove("robot:hans")


def test_a_no_is_remembered_until_the_voice_is_got() -> None:
    """Of that voice alone."""
    offer, other = getting.offer(None, "de"), getting.offer(None, "es")
    assert offer
    assert other
    getting.decline(offer)
    assert getting.declined(offer)
    assert not getting.declined(other)
    getting.get("choir:berta")
    assert not getting.declined(offer)


def test_a_no_that_cannot_be_kept_is_asked_again(tmp_path: Path) -> None:
    """Where the folder is a file, nothing breaks."""
    (tmp_path / "voices").write_text("")
    offer = getting.offer(None, "de")
    assert offer
    getting.decline(offer)
    assert not getting.declined(offer)
