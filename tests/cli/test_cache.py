"""`voiceguide cache` and `voiceguide doctor`: what is kept, and what works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def _entries(run: Callable[..., Result]) -> dict[str, int]:
    lines = run("cache", "info").out.splitlines()[1:]
    return {line.split()[0]: int(line.split()[1]) for line in lines}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which there is nothing at all."""
    folder = tmp_path / "empty"
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(folder))
    return folder


def test_info_and_clear(run: Callable[..., Result], cache: Path) -> None:
    """What was spoken is kept, shown with its folder, and cleared: all, or only what was spoken, or only sections."""
    assert run("cache", "info").out.splitlines()[0] == str(cache)
    assert sum(_entries(run).values()) == 0
    run("say", "Now. And rest.", "-o", "a.wav", "--voice", "tone")
    kept = _entries(run)
    assert kept["takes"] == 1
    assert kept["sentences"] >= 2
    assert run("cache", "clear", "--sections").code == 0
    assert _entries(run) == kept
    assert run("cache", "clear", "--takes").out.startswith("freed 0")
    assert sum(_entries(run).values()) == 0
    run("say", "Now. And rest.", "-o", "b.wav", "--voice", "tone")
    assert run("cache", "clear").code == 0
    assert sum(_entries(run).values()) == 0


def test_doctor(run: Callable[..., Result], cache: Path) -> None:
    """Each thing a session needs, and that it works here."""
    result = run("doctor")
    assert result.code == 0
    assert result.out.startswith("voiceguide ")
    for what in ("routines", "sounds", "hibari", "pyttsx3", ".mp3 files", "playing", "cache"):
        assert what in result.out


def test_doctor_tells_what_is_missing(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an encoder no session can be made: exit 1, and the fix; a voice that is not needed is only told."""
    monkeypatch.setattr("voiceguide.voices.pyttsx3.Pyttsx3Engine.probe", lambda _self: "run: apt install espeak-ng")
    result = run("doctor")
    assert result.code == 0
    assert "apt install espeak-ng" in result.out
    monkeypatch.setattr("voiceguide.exports.mp3.Mp3Export.probe", lambda _self: "run: pip install lameenc")
    result = run("doctor")
    assert result.code == 1
    assert "pip install lameenc" in result.out


def test_doctor_finds_a_cache_that_cannot_be_written(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """A folder that cannot be written is no reason to stop, and told."""
    (folder / "file").touch()
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(folder / "file" / "cache"))
    result = run("doctor")
    assert result.code == 0
    assert "VOICEGUIDE_CACHE" in result.out
