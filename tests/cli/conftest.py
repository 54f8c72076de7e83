"""The command line, run in this process and in one of its own, in a folder of the test's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from commands_for_tests import SMALL, Result

from voiceguide.cli import main
from voiceguide.session import load, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a small routine in it."""
    inside = tmp_path / "here"
    inside.mkdir()
    (inside / "small.yaml").write_text(SMALL, "utf-8")
    monkeypatch.chdir(inside)
    return inside


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small session, made once: s.mp3, and its timeline in s.json."""
    inside = tmp_path_factory.mktemp("rendered")
    (inside / "small.yaml").write_text(SMALL, "utf-8")
    quick: dict[str, Any] = {"voice": "tone", "opening": False, "closing": False, "gate": "brief", "quality": 9}
    timeline = render(load(inside / "small.yaml"), inside / "s.mp3", **quick, bed="none", linger=0.0)
    (inside / "s.json").write_text(json.dumps(timeline.to_json()), "utf-8")
    return inside


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """A function that runs a command in this process."""

    def run(*arguments: str) -> Result:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capfd.readouterr()
        return Result(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def refused(run: Callable[..., Result]) -> Callable[..., str]:
    """A function that runs a command which must end with `code` (2 unless given) and returns its message."""

    def refused(*arguments: str, code: int = 2) -> str:
        result = run(*arguments)
        assert result.code == code, result
        assert result.out == ""
        assert "Traceback" not in result.err
        assert "this is a bug" not in result.err
        return result.err

    return refused


@pytest.fixture
def program() -> Callable[..., Result]:
    """A function that runs the program in a process of its own."""

    def program(*arguments: str, **variables: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "voiceguide", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **variables},
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return program
