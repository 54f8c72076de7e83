"""`list`, `voices` and `sounds`: what there is, for people and as JSON."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

ENTRY = {"name", "title", "summary", "audience", "position", "tags", "languages", "lengths"}


def test_list(run: Callable[..., Result]) -> None:
    """The bundled routine, with its lengths."""
    result = run("list")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("upper-back")
    assert "9:00" in result.out
    assert "20:00" in result.out
    listed = run("list", "--json").json
    assert [entry["name"] for entry in listed] == ["upper-back"]
    assert all(set(entry) == ENTRY for entry in listed)
    assert listed[0]["lengths"] == {"short": 540.0, "full": 1200.0}
    assert listed[0]["languages"][0] == "en"


def test_list_of_own_folders(run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Routines of one's own join, from --routines and VOICEGUIDE_ROUTINES; what cannot be read is told on stderr."""
    for name, text in (
        ("one/a.yaml", SMALL),
        ("two/b.yml", SMALL),
        ("two/broken.yaml", "title: x"),
        ("two/no.txt", ""),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", os.pathsep.join(("one", "two")))
    result = run("list", "--json")
    assert result.code == 0
    assert [entry["name"] for entry in result.json] == ["a", "b", "upper-back"]
    assert "broken.yaml" in result.err
    assert all(set(entry) == ENTRY for entry in result.json)
    monkeypatch.delenv("VOICEGUIDE_ROUTINES")
    result = run("list", "--routines", "one", "--json")
    assert [entry["name"] for entry in result.json] == ["a", "upper-back"]
    small = result.json[0]
    assert (small["title"], small["tags"], small["position"]) == ("Small one", ["tests"], "lying face down")
    assert 60 < small["lengths"]["short"] < small["lengths"]["full"]


def test_list_without_the_folder(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there is told."""
    assert "nowhere" in refused("list", "--routines", "nowhere")
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", "gone")
    assert "gone" in refused("list")


def test_voices(run: Callable[..., Result]) -> None:
    """Every engine's voices with languages and licence; what is missing comes with its fix."""
    result = run("voices")
    assert (result.code, result.err) == (0, "")
    assert "hibari:heart" in result.out
    listed = run("voices", "--json").json
    assert all(set(v) == {"id", "engine", "name", "languages", "licence", "ready", "fix"} for v in listed)
    by_id = {voice["id"]: voice for voice in listed}
    assert by_id["hibari:heart"] == {
        "id": "hibari:heart",
        "engine": "hibari",
        "name": "heart",
        "languages": ["en-US"],
        "licence": "Apache-2.0",
        "ready": True,
        "fix": None,
    }
    assert {"hibari", "pyttsx3", "tone"} <= {voice["engine"] for voice in listed}
    assert all((voice["fix"] is None) == voice["ready"] for voice in listed)


def test_sounds(run: Callable[..., Result]) -> None:
    """Chimes and beds with their seconds."""
    listed = run("sounds", "--json").json
    assert set(listed) == {"chimes", "beds"}
    assert all(set(sound) == {"name", "seconds"} for kind in listed.values() for sound in kind)
    code = {"step", "switch", "press", "release", "halfway", "last-minute", "breath", "end"}
    assert code <= {sound["name"] for sound in listed["chimes"]}
    assert all(sound["seconds"] > 0 for kind in listed.values() for sound in kind)
    result = run("sounds")
    assert all(sound["name"] in result.out for kind in listed.values() for sound in kind)
