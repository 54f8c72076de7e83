"""A session is written by as many threads as are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from voiceguide import load, render
from voiceguide.installed import cores

ROUTINE = {"title": "T", "summary": "S", "steps": [{"name": "Rest", "say": "Rest.", "duration": "8s"}]}


@pytest.mark.parametrize("threads", [1, cores() + 2, None])
def test_an_mp3_is_encoded_by_the_threads_asked_for(
    threads: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One a core unless given: who renders many sessions at once shares the cores out."""
    found: list[Any] = []

    def write_parts(_self: object, file: Any, *_sound: object, **given: Any) -> None:
        found.append(given["threads"])
        file.write(b"x")

    monkeypatch.setattr("voiceguide.exports.mp3.Mp3Export.write_parts", write_parts)
    bare: dict[str, Any] = {"opening": False, "closing": False, "gate": "brief", "bed": "none"}
    render(load(ROUTINE), tmp_path / "a.mp3", voice="tone", **bare, threads=threads)
    assert found == [threads or cores()]
